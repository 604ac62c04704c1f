"""The process that runs the hidden tests. It has never loaded a student's code: answers come to it as JSON text.

| frame | answer |
|---|---|
| `{"open": {"imports": source, "lesson": name}}` | `{"ready": true}` |
| `{"score": {...}}`: one test cell with its answer | `{"points": number, "outputs": [...], "ready": bool}`, or `{"ours": what went wrong}` |

While it scores it may send `{"ask": ...}`, to have a handed-in function called.
"""

from __future__ import annotations

import ast
import contextlib
import io
import math
import os
import signal
import socket
import traceback
from typing import Any

from course.grading.frames import ChannelError, Frame, receive, send
from course.grading.limits import Limits
from course.grading.testcell import CALL, lines_hidden

_CELL = "<test cell>"


class OurError(Exception):
    """The course's own checks failed, not the student."""


def serve(channel: socket.socket, nursery: socket.socket, limits: Limits) -> None:
    """Score the tasks of one submission, one after the other, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    scorer = _Scorer(channel, limits)
    while True:
        try:
            frame = receive(channel)
        except ChannelError:
            return
        scorer.number = frame["number"]
        try:
            reply = scorer.open(**frame["open"]) if "open" in frame else scorer.score(**frame["score"])
        except KeyboardInterrupt:
            reply = {"ours": "The check took too long."}
        except OurError as error:
            reply = {"ours": str(error)}
        send(channel, reply | {"number": scorer.number})


class _Scorer:
    def __init__(self, channel: socket.socket, limits: Limits) -> None:
        self.channel, self.limits = channel, limits
        self.names: dict[str, Any] = {}
        self.lesson = ""
        self.number = 0  # of the frame that is to be answered

    def open(self, imports: str, lesson: str, choice: list[str]) -> Frame:
        """Run the imports of the lesson's own cells, once for all of its tasks."""
        self.lesson, self.choice = lesson, choice
        try:
            exec(compile(imports, "<set-up>", "exec"), self.names)
        except Exception as error:
            raise OurError(f"The lesson's imports stop with {type(error).__name__}: {error}") from error
        return {"ready": True}

    def score(
        self,
        task: str,
        source: str,
        points: float,
        answer: str = "",
        choice: list[str] | None = None,
        snapshot: int | None = None,
        failed: list[str] | None = None,
    ) -> Frame:
        """Run one test cell on an answer.

        Args:
            task: the task's number, as in `hand_in`.
            source: the instructor's cell.
            points: the task's points.
            answer: the JSON text of the parts, from the student's side.
            choice: case and student's name, from there as well.
            snapshot: the number of the process that can call handed-in functions.
            failed: in place of an answer, what stopped when it should be handed in: kind and text.
        """
        from course.handin import answer as handing_in
        from course.handin.lesson import ANSWERED, not_yet
        from course.handin.plain import AnswerError

        def ask(function: str, arguments: list[Any]) -> Any:
            return self._ask(snapshot, function, arguments)

        handing_in._received.clear()
        space = dict(self.names)
        printed = io.StringIO()
        value: Any = None
        error: BaseException | None = None
        with contextlib.redirect_stdout(printed):
            try:
                if failed:
                    raise _stopped(*failed)
                space["lesson"] = self._lesson(choice or self.choice)
                space[CALL] = handing_in.rebuild(task, answer, ask)
                handing_in._received[task] = False
                value = _run(source, space)
            except KeyboardInterrupt:
                raise
            except BaseException as stopped:
                error = stopped
        outputs = _printed(printed.getvalue())
        ready = bool(handing_in._received.get(task))
        if error is None:
            earned = _earned(value, points)
            result = {"output_type": "execute_result", "data": {"text/plain": repr(value)}, "metadata": {}}
            return {"points": earned, "outputs": [*outputs, result], "ready": ready}
        hidden = not failed and _line(error) in lines_hidden(source)
        if not isinstance(error, AssertionError | AnswerError) and (hidden or not isinstance(error, ANSWERED)):
            raise OurError(_what(error))
        lines = not_yet(error)
        shown = {"output_type": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": lines}
        return {"points": 0.0, "outputs": [*outputs, shown], "ready": ready}

    def _lesson(self, choice: list[str]) -> Any:
        """The lesson's material as this student has it; as the instructor's, where the student's choice names none."""
        from course.corpus.lessons import LessonError, open_lesson

        if not self.lesson:
            return None
        try:
            return open_lesson(self.lesson, *choice)
        except LessonError:
            return open_lesson(self.lesson, *self.choice)

    def _ask(self, snapshot: int | None, function: str, arguments: list[Any]) -> Any:
        from course.handin.answer import called, stopped
        from course.handin.plain import AnswerError, from_plain, loads

        given = [from_plain(argument) for argument in arguments]
        call = called(function, given)
        if snapshot is None:
            raise AnswerError(f"{function} is a function, and nobody is there to answer for it.")
        send(
            self.channel,
            {
                "ask": function,
                "snapshot": snapshot,
                "arguments": arguments,
                "called": call[:500],
                "number": self.number,
            },
        )
        reply = receive(self.channel)
        self.number = reply["number"]
        if isinstance(reply.get("result"), str):
            return loads(reply["result"], call)
        if "gone" in reply:
            raise OurError(f"{call} could not be asked: {reply['gone']}.")
        kind, text = (str(part)[:500] for part in reply["failed"])
        raise AnswerError(text if kind == "AnswerError" else stopped(function, given, kind, text))


def _run(source: str, space: dict[str, Any]) -> Any:
    """Run a test cell with its answer in the place of `hand_in(...)`; the value of its last expression."""
    tree = ast.parse(source, _CELL)
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and _hands_in(statement.value):
            statement.value = ast.copy_location(ast.Name(CALL, ast.Load()), statement.value)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, _CELL, "exec"), space)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), _CELL, "eval"), space)


def _stopped(kind: str, text: str) -> Exception:
    """The error that the student's side met when an answer should be handed in."""
    from course.handin.plain import AnswerError

    if kind == "NameError" and text.isidentifier():
        return NameError(f"name {text!r} is not defined", name=text)
    return AnswerError(text) if kind == "AnswerError" else ValueError(text)


def _hands_in(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "hand_in"


def _earned(value: Any, points: float) -> float:
    import numpy as np

    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number):
        raise OurError(f"The check gave no points, but {value!r:.80}.")
    earned = float(value)
    if not math.isfinite(earned) or not 0 <= earned <= points:
        raise OurError(f"The check gave {earned} of {points:g} points.")
    return earned


def _printed(text: str) -> list[dict[str, Any]]:
    return [{"output_type": "stream", "name": "stdout", "text": text}] if text else []


def _line(error: BaseException) -> int:
    """The line of the test cell in which the error happened."""
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _CELL]
    return lines[-1] if lines else 0


def _what(error: BaseException) -> str:
    if isinstance(error, OurError):
        return str(error)
    return f"The check stopped with {type(error).__name__} in line {_line(error)}: {str(error)[:300]}"
