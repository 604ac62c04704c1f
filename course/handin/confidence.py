"""How sure a learner was, and whether the answer was right: kept over all lessons, for the learner's own eyes.

Each lesson's confidence lies in `counterclaim-work/sure-NN.json` beside the notebook, and which of its tasks are ready in `ready-NN.json`.
Points come from the learner, or from nbgrader's feedback pages that lie in the notebook's folder. Nothing here is graded or sent.
"""

from __future__ import annotations

import contextlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from course.files import WORK, write_whole

LOWEST, HIGHEST = 50, 100
"""Percent: a pure guess, and certain."""

_TASK = re.compile(r"(\d{1,2})\.(\d{1,2})")
_LARGEST = 10_000_000  # bytes of a feedback page; nbgrader writes less than one million
_CELL = re.compile(r'href="#t(\d{1,2})-(\d{1,2})"[^>]*>[^<]*</a>\s*\(Score:\s*([\d.]+)\s*/\s*([\d.]+)\)')


def keep_confidence(sure: Any) -> None:
    """Keep how sure the learner is in `counterclaim-work/sure-NN.json`; where it cannot be written, or says nothing, nothing happens.

    Args:
        sure: a dict from task ("4.1") to a number from 50 to 100; all else in it is left out.
    """
    if not isinstance(sure, Mapping):
        return
    given = {str(task): number for task, number in sure.items() if _TASK.fullmatch(str(task)) and _is_sure(number)}
    if lesson := _lesson_of(given):
        _keep("sure", lesson, {"lesson": lesson, "sure": given})


def keep_ready(received: Mapping[str, bool]) -> None:
    """Keep which tasks of a lesson are ready in `counterclaim-work/ready-NN.json`; where it cannot be written, nothing happens."""
    tasks = {task: bool(ready) for task, ready in received.items() if _TASK.fullmatch(task)}
    if lesson := _lesson_of(tasks):
        _keep("ready", lesson, {"lesson": lesson, "ready": tasks})


def my_confidence(folder: str | Path = ".") -> pd.DataFrame:
    """How sure you were, over all lessons: one row a task with `lesson`, `task` and `sure` (percent, 50 to 100).

    Args:
        folder: the notebook's folder; the folders of the other lessons beside it are looked at as well.
    """
    rows: dict[str, tuple[int, str, Any]] = {}
    for record in _records(Path(folder), "sure"):
        given = record.get("sure")
        for task, number in given.items() if isinstance(given, dict) else ():
            if (found := _TASK.fullmatch(task)) and _is_sure(number):
                rows[task] = (int(found[1]), task, number)
    return pd.DataFrame([rows[task] for task in sorted(rows, key=_by_task)], columns=["lesson", "task", "sure"])


def my_points(typed: Mapping[str, Any] | None = None, folder: str | Path = ".") -> pd.DataFrame:
    """The points that you got back: one row a task with `task`, `earned` and `most`.

    Args:
        typed: task -> what you got: "2.5/3" or (2.5, 3), or True and False for right and wrong. It goes before what is read from a page.
        folder: the notebook's folder; feedback pages (.html) in it, in its folder `feedback` and in those of the other lessons are read.

    Errors: ValueError that names the entry which cannot be read.
    """
    rows = {task: (task, earned, most) for page in _pages(Path(folder)) for task, earned, most in _points_on(page)}
    if typed is not None and not isinstance(typed, Mapping):
        raise ValueError(f'Write the points as a dict, such as {{"4.1": "2.5/3"}}, not as {type(typed).__name__}.')
    for task, points in (typed or {}).items():
        if points is None:
            continue
        earned, most = _points(str(task), points)
        rows[str(task)] = (str(task), earned, most)
    return pd.DataFrame([rows[task] for task in sorted(rows, key=_by_task)], columns=["task", "earned", "most"])


def my_answers(
    points: Mapping[str, Any] | pd.DataFrame | None = None, *, enough: float = 1.0, folder: str | Path = "."
) -> pd.DataFrame:
    """Confidence and outcome side by side: one row a task with `lesson`, `task`, `sure`, `earned`, `most` and `right`.

    Only tasks that have both are in it.

    Args:
        points: what `my_points` takes or gives.
        enough: the share of a task's points, above 0 and up to 1, from which its answer counts as right.
        folder: as for `my_points`.

    Errors: ValueError for points that cannot be read, or a share outside of that.
    """
    if isinstance(enough, bool) or not isinstance(enough, int | float) or not 0 < enough <= 1:
        raise ValueError(f"enough must be a share above 0 and up to 1, such as 0.8, not {enough!r}.")
    got = points if isinstance(points, pd.DataFrame) else my_points(points, folder)
    both = my_confidence(folder).merge(got, on="task")
    both["right"] = [earned >= enough * most - 1e-9 for earned, most in zip(both["earned"], both["most"], strict=True)]
    return both.astype({"right": bool})


def course_progress(folder: str | Path = ".") -> None:
    """Print one line over all lessons: how many tasks of each are ready, as the last cell of each noted it; says nothing of points."""
    told = {}
    for record in _records(Path(folder), "ready"):
        tasks = record.get("ready")
        if isinstance(tasks, dict) and isinstance(lesson := record.get("lesson"), int):
            told[lesson] = f"{lesson}: {sum(one is True for one in tasks.values())} of {len(tasks)}"
    if not told:
        print("No lesson has been noted yet. The last code cell of each lesson notes which of its tasks are ready.")
        return
    print(f"Tasks ready, by lesson: {'; '.join(told[lesson] for lesson in sorted(told))}.")


# --- files -------------------------------------------------------------------------------------------------------------


def _keep(kind: str, lesson: int, record: Mapping[str, Any]) -> None:
    with contextlib.suppress(OSError):
        folder = Path.cwd() / WORK
        folder.mkdir(exist_ok=True)
        write_whole(folder / f"{kind}-{lesson:02}.json", json.dumps(record, ensure_ascii=False, indent=1))


def _places(folder: Path) -> list[Path]:
    """The notebook's folder last, so that what lies in it goes before; before it those of the other lessons."""
    here = folder.resolve()
    others = [path for path in sorted(here.parent.glob("[0-9][0-9]-*")) if path.is_dir() and path != here]
    return [*(others if re.match(r"\d\d-", here.name) else []), here]


def _records(folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    for place in _places(folder):
        for path in sorted((place / WORK).glob(f"{kind}-[0-9][0-9].json")):
            with contextlib.suppress(OSError, ValueError):
                record = json.loads(path.read_text("utf-8"))
                if isinstance(record, dict):
                    yield record


def _pages(folder: Path) -> Iterator[str]:
    for place in _places(folder):
        for path in sorted([*place.glob("*.html"), *(place / "feedback").glob("**/*.html")]):
            with contextlib.suppress(OSError):
                if path.stat().st_size <= _LARGEST:
                    yield path.read_text("utf-8", errors="replace")


def _points_on(page: str) -> Iterator[tuple[str, float, float]]:
    """The points of each task in the list at the head of a feedback page."""
    for lesson, number, earned, most in _CELL.findall(page):
        with contextlib.suppress(ValueError):
            if float(most) > 0:
                yield f"{int(lesson)}.{int(number)}", float(earned), float(most)


# --- reading -----------------------------------------------------------------------------------------------------------


def _points(task: str, given: Any) -> tuple[float, float]:
    if isinstance(given, bool):
        return float(given), 1.0
    parts = re.split(r"\s*(?:/|of)\s*", given.strip()) if isinstance(given, str) else given
    try:
        earned, most = (float(Fraction(str(part))) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        raise ValueError(f'{task}: write the points as "2.5/3", or True or False for right or wrong.') from None
    if not 0 <= earned <= most or most <= 0 or not math.isfinite(most):
        raise ValueError(f"{task}: {earned:g} of {most:g} points cannot be. First what you got, then the most.")
    return earned, most


def _is_sure(number: Any) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and LOWEST <= number <= HIGHEST


def _lesson_of(tasks: Mapping[str, Any]) -> int:
    """The lesson that most of the tasks belong to; 0 where there is none."""
    lessons = Counter(int(task.split(".")[0]) for task in tasks)
    return lessons.most_common(1)[0][0] if lessons else 0


def _by_task(task: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in task.split(".")]
