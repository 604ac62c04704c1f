"""The beginning of a lesson: its material, and messages in place of tracebacks where an answer is checked."""

from __future__ import annotations

import re
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
from IPython.core.getipython import get_ipython

from course.corpus.article import ArticleError
from course.corpus.lessons import Lesson, LessonError, open_lesson
from course.handin.plain import AnswerError

_COURSE = Path(__file__).resolve().parents[1]
# What a check can meet when an answer is missing or has another form than the check expects.
ANSWERED = (AssertionError, NameError, AttributeError, TypeError, KeyError, IndexError, ValueError)


def start_lesson(name: str, case: str, student: str = "") -> Lesson:
    """The lesson's material for the chosen case; in a notebook, failed checks show their message alone from now on.

    Args and errors: as for `open_lesson`.
    """
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc(ANSWERED, _show)
        pd.set_option("display.max_colwidth", None)  # the words of a claim are never cut off
    return open_lesson(name, case, student)


def _of_the_learner(trace: TracebackType | None) -> TracebackType | None:
    """The way of an error up to the learner's own call, where the course itself stops it: its message says what to change."""
    steps, step = [], trace
    while step is not None:
        steps.append(step)
        step = step.tb_next
    ours = [Path(step.tb_frame.f_code.co_filename).is_relative_to(_COURSE) for step in steps]
    if ours and ours[-1] and not ours[0]:
        steps[ours.index(True) - 1].tb_next = None
    return trace


def _show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> list[str]:
    """Shows the message without the traceback for a lesson or an article that cannot be opened, and where the cell hands in an
    answer; elsewhere IPython's own traceback."""
    if isinstance(error, LessonError | ArticleError):
        shell._showtraceback(kind, error, [str(error)])
        return []
    cell = shell.user_ns.get("In", [""])[-1]
    if "hand_in(" not in cell:
        shell.showtraceback((kind, error, _of_the_learner(trace)), running_compiled_code=True)
        return []
    lines = not_yet(error)
    shell._showtraceback(kind, error, lines)
    return lines


def not_yet(error: BaseException) -> list[str]:
    """What the learner reads in place of a traceback where a check of an answer stopped with `error`, line by line."""
    message = str(error) or "A check failed. Read the question once more."
    if isinstance(error, NameError):
        name = error.name or next(iter(re.findall(r"'(\w+)'", message)), "a name")
        message = (
            f"The name {name} is not known here. Run the answer cell above this one first "
            "(or all cells: menu Run, Run All Cells). If you gave your answer another name, change it back."
        )
    elif not isinstance(error, AssertionError | AnswerError):
        message = (
            "The check could not read your answer, because it has another form than the task asks for "
            f"({type(error).__name__}: {message}). Compare it with the example in the task."
        )
    return [f"\x1b[1mNot yet.\x1b[0m {message}"]
