"""The process that runs a student's cells. Everything in it belongs to the student, and nothing that it says is believed.

| frame | answer |
|---|---|
| `{"file": path, "content": base64}` | `{"ready": true}`: a file that was handed in beside the notebook is laid into the work folder |
| `{"records": outputs}` | `{"ready": true}`: widgets' records are laid into the work folder |
| `{"run": source}` | `{"outputs": [...], "count": number}` |
| `{"hand_in": task, "parts": {name: expression}, "visible": source}` | `{"answer": JSON text, "functions": bool, ...}` or `{"failed": kind, ...}` |
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from course.grading.frames import ChannelError, Frame, pack, receive, send
from course.grading.keeper import Main
from course.grading.limits import Limits
from course.grading.shell import Shell, make_shell

_LONGEST = 2000  # characters of an error's text


def prepare() -> Main:
    """The shell, made in the warm parent; what comes back serves a room with it."""
    shell = make_shell()

    def main(channel: socket.socket, nursery: socket.socket, limits: Limits) -> None:
        _Student(shell, channel, nursery, limits).serve()

    return main


class _Student:
    def __init__(self, shell: Shell, channel: socket.socket, nursery: socket.socket, limits: Limits) -> None:
        self.shell, self.channel, self.nursery, self.limits = shell, channel, nursery, limits
        self.left = 5 * limits.output_characters
        self.snapshots = 0

    def serve(self) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (1, 2):
            os.dup2(os.memfd_create("printed"), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        while True:
            try:
                frame = receive(self.channel)
            except ChannelError:
                os._exit(0)
            while True:
                try:
                    reply = self._answer(frame) | {"number": frame["number"]}
                    send(self.channel, reply)
                    break
                except KeyboardInterrupt:  # it was late, and stopped between two of our own lines
                    continue

    def _answer(self, frame: Frame) -> Frame:
        if "run" in frame:
            outputs, count = self.shell.run(frame["run"], min(self.left, self.limits.output_characters))
            self.left -= min(self.left, len(json.dumps(outputs, default=str)))
            return {"outputs": _sendable(outputs), "count": count}
        if "hand_in" in frame:
            return self._hand_in(frame)
        if "file" in frame:
            with contextlib.suppress(OSError, ValueError):  # the disk is full, say: the cell that wants it will tell
                path = Path.cwd() / frame["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(base64.b64decode(frame["content"]))
            return {"ready": True}
        from course.widgets.kept import lay_out

        with contextlib.suppress(OSError, ValueError):  # records that cannot be laid out leave the widgets empty
            lay_out({"cells": [{"outputs": frame["records"]}]}, Path.cwd())
        return {"ready": True}

    def _hand_in(self, frame: Frame) -> Frame:
        from course.handin.answer import pack as pack_answer
        from course.handin.plain import AnswerError, Functions

        space, functions = self.shell.user_ns, Functions()
        try:
            parts = {name: eval(expression, space) for name, expression in frame["parts"].items()}
            packed = pack_answer(frame["hand_in"], parts, functions)
        except NameError as error:
            return {"failed": "NameError", "text": str(error.name or error)[:_LONGEST]}
        except AnswerError as error:
            return {"failed": "AnswerError", "text": str(error)[:_LONGEST]}
        except Exception as error:
            return {"failed": "other", "text": f"{type(error).__name__}: {error}"[:_LONGEST]}
        reply: Frame = {"answer": packed, "choice": self._choice()}
        if functions:
            try:
                reply["snapshot"] = self._keep(functions)
            except OSError as error:  # too many open files or processes
                return {"failed": "other", "text": f"{type(error).__name__}: {error}"[:_LONGEST]}
        self.shell.run(frame["visible"], 10_000)  # for the names it sets and for progress(); what it shows is not used
        return reply

    def _choice(self) -> list[str]:
        """What the student chose: the case, and the name that draws the tasks of their own."""
        lesson = self.shell.user_ns.get("lesson")
        return [str(getattr(lesson, name, ""))[:200] for name in ("case", "student")]

    def _keep(self, functions: dict[str, Any]) -> int:
        """Fork a process that waits with the functions as they are now; it is asked when the notebook is done.

        What the functions see then, no cell can show.
        """
        ours, theirs = socket.socketpair()
        number = self.snapshots
        self.snapshots += 1
        if os.fork() == 0:
            try:
                ours.close()
                self.channel.close()
                _wait(theirs, functions, self.limits)
            finally:
                os._exit(0)
        theirs.close()
        socket.send_fds(self.nursery, [str(number).encode()], [ours.fileno()])
        ours.close()
        return number


class _Late(BaseException):
    """A call took too long."""


def _wait(channel: socket.socket, functions: dict[str, Any], limits: Limits) -> None:
    from course.handin.plain import from_plain, to_plain

    def late(*_: object) -> None:
        raise _Late

    seconds = limits.call_seconds
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, late)
    silent = open(os.devnull, "w")  # noqa: PTH123, SIM115
    sys.stdout = sys.stderr = silent
    while True:
        frame = receive(channel)
        try:
            given = [from_plain(argument) for argument in frame["arguments"]]
            signal.setitimer(signal.ITIMER_PROF, seconds)
            signal.setitimer(signal.ITIMER_REAL, seconds * limits.patience)
            try:
                result = functions[frame["ask"]](*given)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.setitimer(signal.ITIMER_REAL, 0)
            reply: Frame = {"result": json.dumps(to_plain(result, frame["called"]), allow_nan=False)}
        except _Late:
            reply = {"failed": ["TimeoutError", f"no answer in {seconds:g} seconds"]}
        except ChannelError:
            raise
        except BaseException as error:
            reply = {"failed": [type(error).__name__, str(error)[:_LONGEST]]}
        channel.sendall(pack(reply))


def _sendable(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outputs as JSON can hold them."""
    return list(json.loads(json.dumps(outputs, default=str), parse_constant=lambda number: None))
