"""The first process of a room: stands between the grader and the process that runs the code, keeps the time, ends what must end.

It runs no code of a student. It passes on frames whole, and never looks into them, but for the few that are meant for itself:

| from the grader | meaning |
|---|---|
| `{"ask": name, "snapshot": number, "arguments": [...]}` | call a handed-in function, in the state that it had then |
| `{"end": true}` | the room is no longer needed |
| any other, with `"seconds"` | for the process that runs the code; it has so much of the processor's time to answer |

To the grader it adds `{"died": reason}`, in the place of the answer that will not come, and `{"interrupted": why}` before an answer that
comes because the code was interrupted. A byte before each frame says whose it is.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course.grading import isolation
from course.grading.frames import ChannelError, Frame, Reader, head, pack, parse, receive
from course.grading.limits import Limits

FROM_CODE, FROM_KEEPER = b"c", b"k"
GRACE = 2.0  # seconds of the processor's time that a cell has to stop once it was interrupted
_LOOK = 0.1  # seconds between two looks at the memory
_MOST_SNAPSHOTS = 32

Main = Callable[[socket.socket, socket.socket, Limits], None]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What code may use until it answers: `seconds` of the processor's time from `spent` on, and by the clock until `until`."""

    seconds: float
    spent: float
    until: float

    def exceeded(self, spent: float, now: float) -> str:
        """Which limit is passed, in words; "" where none is."""
        if spent - self.spent > self.seconds:
            return f"more than {self.seconds:g} seconds of the processor's time"
        return "too long by the clock" if now > self.until else ""


class Keeper:
    """Keeps one room. `isolated` tells that its processes stand alone in their namespaces."""

    def __init__(self, grader: socket.socket, limits: Limits, main: Main, isolated: bool) -> None:
        self.grader, self.limits, self.isolated = grader, limits, isolated
        ours, theirs = socket.socketpair()
        ours_nursery, theirs_nursery = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.code = ours
        self.nursery: socket.socket | None = ours_nursery
        self.snapshots: dict[int, socket.socket] = {}
        self.allowance: Allowance | None = None
        self.interrupted = ""
        self.died = ""
        if isolated:
            isolation.restrict(limits)
        self.whole = self._allow(limits.all_seconds, 0.0)
        self.process = os.fork()
        if self.process == 0:
            for mine in (grader, ours, ours_nursery):
                mine.close()
            os.setsid()
            if isolated:
                isolation.show()
            main(theirs, theirs_nursery, limits)
            os._exit(0)
        theirs.close()
        theirs_nursery.close()

    def keep(self) -> None:
        """Serve the grader until it says `end`, or is gone; then end everything in the room."""
        try:
            self._serve()
        finally:
            self._kill()
            self._see_off()

    def _serve(self) -> None:
        from_grader, from_code = Reader(), Reader()
        looked = 0.0
        while True:
            watched = [self.grader, *([self.nursery] if self.nursery else []), *([] if self.died else [self.code])]
            ready, _, _ = select.select(watched, [], [], None if self.died else _LOOK)
            if self.grader in ready:
                data = self.grader.recv(1 << 20)
                if not data:
                    return
                for frame in from_grader.feed(data):
                    if self._obey(frame):
                        return
            if self.nursery in ready:
                self._admit()
            if self.code in ready:
                self._listen(from_code)
            self._reap()
            now = time.monotonic()
            if now - looked > _LOOK and not self.died:
                looked = now
                self._look(now)

    def _look(self, now: float) -> None:
        """See whether the code uses more than it may."""
        if self.allowance:
            spent = self._spent()
            if self.whole.exceeded(spent, now):
                self._end("time: the whole notebook took too long")
            elif why := self.allowance.exceeded(spent, now):
                self._late(why, spent)
        if self.isolated and isolation.takes_more(self.limits.memory_mb * 2**20, but=os.getpid()):
            self._end("memory")

    def _spent(self) -> float:
        return isolation.processor_seconds(os.getpid(), None if self.isolated else self.process)

    def _allow(self, seconds: float, spent: float) -> Allowance:
        return Allowance(seconds, spent, time.monotonic() + seconds * self.limits.patience)

    def _obey(self, data: bytes) -> bool:
        frame = parse(data)
        if frame.get("end"):
            return True
        if "ask" in frame:
            self._tell(self._ask(frame))
        elif self.died:
            self._tell({"died": self.died})
        else:
            if "seconds" in frame:
                self.allowance, self.interrupted = self._allow(frame["seconds"], self._spent()), ""
            with contextlib.suppress(OSError):  # it died just now, which the next look tells
                self.code.settimeout(10)
                self.code.sendall(head(data))
        return False

    def _listen(self, reader: Reader) -> None:
        """Pass on what the code's process says; whatever is no frame ends it."""
        try:
            data = self.code.recv(1 << 20)
            frames = reader.feed(data)
        except (OSError, ChannelError):
            self._end("channel: it sent what is no answer")
            return
        if not data:
            self._end("")
        for frame in frames:
            self.allowance = None
            if self.interrupted:
                self._tell({"interrupted": self.interrupted})
                self.interrupted = ""
            self.grader.sendall(head(FROM_CODE + frame))

    def _late(self, why: str, spent: float) -> None:
        if not self.interrupted:
            self.interrupted, self.allowance = why, self._allow(GRACE, spent)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGINT)
        else:
            self._end(f"time: it took {self.interrupted}, and could not be interrupted")

    def _end(self, reason: str) -> None:
        """End the code's process; `reason` is what the grader hears, where it waits for an answer. Snapshots live on."""
        if self.died:
            return
        reason = reason or self._how_it_ended(0.5)  # its channel is closed: perhaps it is still on its way out
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        if reason == "memory":
            self._kill()
        self.died = reason or self._how_it_ended(10) or "exit"
        if self.allowance:
            self.allowance = None
            self._tell({"died": self.died})

    def _how_it_ended(self, seconds: float) -> str:
        """What ended the code's process; "" where it has not ended within so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                number, status = os.waitpid(self.process, os.WNOHANG)
            except ChildProcessError:
                return "exit"
            if number and os.WIFSIGNALED(status):
                return f"signal: {signal.Signals(os.WTERMSIG(status)).name}"
            if number:
                return f"exit: with status {os.WEXITSTATUS(status)}"
            time.sleep(0.005)
        return ""

    def _kill(self) -> None:
        """Kill every process of the room but this one."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self.isolated:
                os.kill(-1, signal.SIGKILL)
            else:
                os.killpg(self.process, signal.SIGKILL)

    def _see_off(self) -> None:
        """Wait until all are gone: the system would end them anyway, but not count their time."""
        until = time.monotonic() + GRACE
        with contextlib.suppress(ChildProcessError):
            while time.monotonic() < until:
                if not os.waitpid(-1, os.WNOHANG)[0]:
                    time.sleep(0.001)

    def _reap(self) -> None:
        if not self.isolated or not self.died:
            return  # the code's own process must still be there to be asked how it ended
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass

    def _admit(self) -> None:
        """Take in the socket of a snapshot: a process that waits, with the state that handed-in functions had."""
        assert self.nursery
        data, handles, _, _ = socket.recv_fds(self.nursery, 16, 1)
        number = len(self.snapshots)
        for handle in handles:
            if data.isdigit() and int(data) == number < _MOST_SNAPSHOTS:
                self.snapshots[number] = socket.socket(fileno=handle)
            else:
                os.close(handle)
        if not data:
            self.nursery.close()
            self.nursery = None

    def _ask(self, frame: Frame) -> Frame:
        snapshot = self.snapshots.get(frame.get("snapshot", -1))
        if snapshot is None:
            return {"gone": "the process that knew this function was ended"}
        seconds = self.limits.call_seconds
        try:
            snapshot.settimeout(seconds * self.limits.patience)
            snapshot.sendall(pack(frame))
            answer = receive(snapshot, seconds * self.limits.patience + GRACE)
        except (ChannelError, OSError):
            self.snapshots.pop(frame["snapshot"]).close()
            return {"failed": ["TimeoutError", f"no answer in {seconds:g} seconds"]}
        return {key: value for key, value in answer.items() if key in ("result", "failed")}

    def _tell(self, frame: dict[str, Any]) -> None:
        self.grader.settimeout(None)
        self.grader.sendall(head(FROM_KEEPER + pack(frame)[4:]))
