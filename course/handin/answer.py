"""Handing in: a learner's answers, turned into plain data and rebuilt from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from course.handin.checks import Misunderstanding, kind_of
from course.handin.confidence import keep_confidence, keep_ready
from course.handin.plain import TAG, AnswerError, Functions, dumps, from_plain, loads, to_plain

__all__ = ["Answer", "AnswerError", "hand_in", "progress"]

SURE = "how sure"
"""The task under which each lesson hands in its `sure`; it is kept for the learner's own chart over all lessons."""

_received: dict[str, bool] = {}

Ask = Callable[[str, list[Any]], Any]


class Answer:
    """What was handed in for one task: each part under its name, rebuilt from plain data."""

    def __init__(self, task: str, parts: dict[str, Any], unanswered: list[str]) -> None:
        self._task = task
        self._parts = parts
        self._unanswered = unanswered

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._parts:
            raise AttributeError(f"Task {self._task} has no part {name!r}. It has: {', '.join(self._parts)}.")
        return self._parts[name]

    def __dir__(self) -> list[str]:
        return [*self._parts, "require", "visible_checks_pass"]

    def __repr__(self) -> str:
        return f"Task {self._task}, handed in: {', '.join(self._parts)}"

    def require(self, form: type | tuple[type, ...], *names: str) -> None:
        """Stop with a message where none of the parts is answered yet, or one has another form than `form`.

        A part without an answer passes as long as another has one: what is there earns its own points.
        Errors: Misunderstanding.
        """
        parts = {name: getattr(self, name) for name in names}
        if not any(_answered(part) for part in parts.values()):
            raise Misunderstanding(f"There is no answer yet. Write {_listed(names)} in the place of None.")
        for name, part in parts.items():
            if _answered(part) and (not isinstance(part, form) or isinstance(part, bool)):
                wanted = " or ".join(
                    dict.fromkeys(kind_of(one()) for one in (form if isinstance(form, tuple) else (form,)))
                )
                comma = " Look for a comma at the end of the line." if isinstance(part, list) else ""
                raise Misunderstanding(f"{name} should be {wanted}; this is {kind_of(part)}.{comma}")

    def visible_checks_pass(self) -> None:
        """Say so, with what has no answer yet, and note it for `progress()`. Stands at the end of a task's visible checks."""
        _received[self._task] = not self._unanswered
        task = f"Task {self._task}" if self._task[0].isdigit() else self._task.capitalize()
        missing = f"Still without an answer: {_listed(self._unanswered)}." if self._unanswered else ""
        print(f"{task}: the visible checks pass. {missing or 'Your answer is ready.'}")


def hand_in(task: str, /, **parts: Any) -> Answer:
    """The answer of a task as the grader sees it: every part made plain data and rebuilt from it.

    Args:
        task: the task's number, such as "1.2".
        parts: the answers by name. `None` and `...` both mean "not answered".

    Errors: AnswerError for a part that cannot be handed in; the message names the part and says what to do.
    """
    if task == SURE:
        keep_confidence(parts.get("sure"))  # on the learner's side only
    functions: Functions = {}

    def ask(name: str, arguments: list[Any]) -> Any:
        given = [from_plain(argument) for argument in arguments]
        try:
            result = functions[name](*given)
        except Exception as error:
            raise AnswerError(stopped(name, given, type(error).__name__, str(error))) from error
        return json.loads(dumps(to_plain(result, called(name, given)), name))

    return rebuild(task, pack(task, parts, functions), ask)


def pack(task: str, parts: Mapping[str, Any], functions: Functions) -> str:
    """The parts of a task as JSON text: the student's side of the boundary. Handed-in functions are put into `functions`.

    Errors: AnswerError, as for `hand_in`.
    """
    if not isinstance(task, str) or not task:
        raise AnswerError(f"The task must be a text such as '1.2', not {task!r}.")
    if not parts:
        raise AnswerError(f"Task {task} has nothing to hand in. Name each part: hand_in({task!r}, claimant=claimant).")
    _received.setdefault(task, False)
    plain = {name: to_plain(part, name, functions) for name, part in parts.items()}
    return dumps(plain, f"Task {task}")


def rebuild(task: str, packed: str, ask: Ask | None = None) -> Answer:
    """The answer of a task from the JSON text that `pack` gave: the grader's side of the boundary.

    Args:
        task: the task's number.
        packed: the JSON text; it may come from anybody.
        ask: as for `from_plain`.

    Errors: AnswerError for a text that `pack` cannot have given.
    """
    received = loads(packed, f"Task {task}")
    if not isinstance(received, dict) or not all(str(name).isidentifier() for name in received):
        raise AnswerError(f"What was handed in for task {task} is not a record of its parts.")
    rebuilt = {name: from_plain(part, ask) for name, part in received.items()}
    unanswered = [name for name, part in rebuilt.items() if not _answered(part)]
    for name, part in rebuilt.items():
        if isinstance(part, Mapping) and name not in unanswered and received[name].get(TAG, "dict") == "dict":
            unanswered += [f"{name}[{key!r}]" for key, one in part.items() if not _answered(one)]
    return Answer(task, rebuilt, unanswered)


def called(name: str, given: Sequence[Any]) -> str:
    """A call as a learner writes it: `name(1, 'two')`."""
    return f"{name}({', '.join(repr(argument) for argument in given)})"


def stopped(name: str, given: Sequence[Any], kind: str, text: str) -> str:
    """The message for a handed-in function that stopped with an error when it was called."""
    return f"{called(name, given)} stopped with {kind}: {text}. Try that call in a cell of its own."


def _answered(part: Any) -> bool:
    """Whether there is an answer: 0, False and an empty table are, an empty text or list is not, nor a dict of nothing."""
    if isinstance(part, Mapping):
        return any(_answered(one) for one in part.values())
    return part is not None and not (isinstance(part, str | list | set) and len(part) == 0)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def progress() -> None:
    """Print which tasks of this session are ready and which are not yet, and note it for `course_progress`; says nothing of points."""
    ready = [task for task, done in _received.items() if done]
    waiting = [task for task, done in _received.items() if not done]
    if not _received:
        print("No task has been run yet. Run the notebook from the top: menu Run, Run All Cells.")
        return
    keep_ready(_received)
    print(f"Ready: {', '.join(ready) or 'none yet'}.")
    print(f"Not yet: {', '.join(waiting)}." if waiting else "Every task that you ran is ready.")
