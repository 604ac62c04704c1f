"""The grader's side of the rooms: start a warm parent, have it fork a room, talk to that."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import course
from course.grading import sandbox
from course.grading.frames import ChannelError, Frame, Late, pack, parse, receive_bytes, send
from course.grading.keeper import FROM_KEEPER, GRACE
from course.grading.limits import Limits

_HELP = "docs/grading.md tells what to do; --unsafe does without."
_START = 120.0  # seconds until the imports must be done


class Died(Exception):
    """The code's process ended before it answered. `reason` is a word, then details: "time", "memory", "exit: with status 1"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Room:
    """One submission's processes. Use it in a `with` statement: at its end, all of them are gone."""

    def __init__(self, channel: socket.socket, limits: Limits) -> None:
        self.channel, self.limits, self.asked = channel, limits, 0
        self.interrupted = ""

    def ask(self, frame: Frame, seconds: float | None = None) -> Frame:
        """Send a frame and wait for its answer.

        Args:
            frame: the question.
            seconds: of the processor's time that the answer may take. [default: the limit for a cell]

        Errors: Died where there will be no answer. Where the code was interrupted, `interrupted` says why afterwards.
        """
        seconds = self.limits.cell_seconds if seconds is None else seconds
        self.asked += 1
        self.interrupted = ""
        self.send(frame | {"seconds": seconds, "number": self.asked})
        until = self._until(seconds)
        while (reply := self.receive(until - time.monotonic())).get("number") != self.asked:
            _still(until)  # it was something that nobody asked for, of which there may be no end
        return reply

    def call(self, frame: Frame, seconds: float) -> Frame:
        """Have a handed-in function called; the room's first process answers, and nobody else. Errors: Died."""
        self.send(frame)
        until = self._until(seconds)
        while True:
            ours, reply = self._next(until - time.monotonic())
            if ours and "interrupted" not in reply:
                return reply
            _still(until)

    def _until(self, seconds: float) -> float:
        """When there will be no answer any more: later than the room's first process gives up, which tells why."""
        return time.monotonic() + (seconds + 5 * GRACE) * self.limits.patience

    def send(self, frame: Frame) -> None:
        """Send a frame. Errors: Died."""
        try:
            self.channel.settimeout(30)
            send(self.channel, frame)
        except ChannelError as error:
            raise Died(f"channel: {error}") from error

    def receive(self, seconds: float) -> Frame:
        """The next frame. Errors: Died."""
        return self._next(seconds)[1]

    def _next(self, seconds: float) -> tuple[bool, Frame]:
        """The next frame, and whether it is the first process's own."""
        try:
            data = receive_bytes(self.channel, max(0.1, seconds))
            frame = parse(data[1:])
        except Late as error:
            raise Died("time") from error
        except ChannelError as error:
            raise Died(f"channel: {error}") from error
        if data[:1] == FROM_KEEPER and isinstance(reason := frame.get("died"), str):
            if reason.startswith("isolation: "):
                raise sandbox.SandboxError(f"The sandbox works only in part here ({reason[11:]}). {_HELP}")
            raise Died(reason)
        if data[:1] == FROM_KEEPER and isinstance(why := frame.get("interrupted"), str):
            self.interrupted = why
        return data[:1] == FROM_KEEPER, frame

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(Died):
            self.send({"end": True})
        with contextlib.suppress(ChannelError):
            receive_bytes(
                self.channel, GRACE
            )  # the end of the channel: the room's first process is gone, and all with it
        self.channel.close()


def _still(until: float) -> None:
    """Go on waiting. Errors: Died where it is too late."""
    if time.monotonic() > until:
        raise Died("time")


class Warm:
    """A warm parent. Rooms can be taken from several threads at once."""

    def __init__(self, role: Literal["student", "hidden"], *, safe: bool = True) -> None:
        """Start it; `wait` tells when it is warm. Errors: SandboxError where `safe` cannot be had."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.role = role
        self.control, self._lock, self._warm = ours, threading.Lock(), False
        self._words = tempfile.TemporaryFile()  # noqa: SIM115  (a pipe that nobody reads would fill up)
        # -B -s: nothing is written beside the course, and no package of one user is seen
        program = [sandbox.python() if safe else sys.executable, "-B", "-m", "course.grading.warm", role]
        program += [str(theirs.fileno()), "isolated" if safe else "bare"]
        environment = os.environ | {"PYTHONPATH": str(Path(course.__file__).resolve().parents[1])}
        try:
            self.process = subprocess.Popen(
                sandbox.command(program) if safe else program,
                env=environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._words,
                start_new_session=True,  # Ctrl-C in the terminal is for the grader
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()

    def wait(self) -> None:
        """Wait until the imports are done. Errors: SandboxError where it did not come up, with its last words."""
        with self._lock:
            if self._warm:
                return
            self.control.settimeout(_START)
            try:
                self._warm = self.control.recv(16) == b"warm"
            except OSError:
                self._warm = False
            if not self._warm:
                self.process.kill()
                self.process.wait()
                self._words.seek(0)
                words = self._words.read().decode("utf-8", "replace").strip().splitlines()
                last = words[-1] if words else "no message"
                raise sandbox.SandboxError(f"The sandbox does not start ({last}). {_HELP}")

    def try_room(self, limits: Limits) -> None:
        """See whether rooms can be had at all, before anybody's code is run. Errors: SandboxError."""
        frame = {"run": "1"} if self.role == "student" else {"open": {"imports": "", "lesson": "", "choice": ["", ""]}}
        try:
            with self.room(limits) as room:
                room.ask(frame)
        except Died as died:
            raise sandbox.SandboxError(f"The sandbox does not work ({died.reason}). {_HELP}") from died

    def room(self, limits: Limits) -> Room:
        """A new room. Errors: SandboxError where the warm parent is gone."""
        self.wait()
        ours, theirs = socket.socketpair()
        try:
            with self._lock:
                socket.send_fds(self.control, [pack(limits.plain())[4:]], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise sandbox.SandboxError("The sandbox has ended before its time.") from error
        finally:
            theirs.close()
        return Room(ours, limits)

    def close(self) -> None:
        """End it and all of its rooms."""
        self.control.close()
        if not self._warm:
            self.process.kill()  # it is busy with its imports, and would not listen
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(2)
        self.process.kill()
        self.process.wait()
        self._words.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
