"""The beginning of a lesson: its material, and messages in place of tracebacks where an answer is checked."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any

import pandas as pd
from IPython.core.getipython import get_ipython

from course.corpus.article import ArticleError
from course.corpus.lessons import Lesson, LessonError, open_lesson
from course.handin.plain import AnswerError

# What a check can meet when an answer is missing or has another form than the check expects.
_ANSWERED = (AssertionError, NameError, AttributeError, TypeError, KeyError, IndexError, ValueError)


def start_lesson(name: str, case: str, student: str = "") -> Lesson:
    """The lesson's material for the chosen case; in a notebook, failed checks show their message alone from now on.

    Args and errors: as for `open_lesson`.
    """
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc(_ANSWERED, _show)
        pd.set_option("display.max_colwidth", None)  # the words of a claim are never cut off
    return open_lesson(name, case, student)


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
        shell.showtraceback((kind, error, trace), running_compiled_code=True)
        return []
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
            f"({kind.__name__}: {message}). Compare it with the example in the task."
        )
    lines = [f"\x1b[1mNot yet.\x1b[0m {message}"]
    shell._showtraceback(kind, error, lines)
    return lines
