"""How long: the grader's seconds, which are known, and a learner's minutes, as far as a notebook tells them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from course.desk.report.gather import Class, Task, Work

PAUSE = 30  # minutes between two runs of cells from which on it counts as a pause


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of some durations and the quarters around it; `count` of them."""

    count: int
    low: float
    middle: float
    high: float


def spread(values: list[float]) -> Spread | None:
    """Quartiles of durations; None where there is none."""
    if not values:
        return None
    if len(values) == 1:
        return Spread(1, values[0], values[0], values[0])
    low, _, high = quantiles(values, n=4, method="inclusive")
    return Spread(len(values), low, median(values), high)


def grading_seconds(group: Class) -> Spread | None:
    """Seconds of grading a submission; None where stock nbgrader graded, which keeps no times."""
    return spread([work.seconds["all"] for work in group.works if "all" in work.seconds])


def minutes(work: Work) -> dict[str, float]:
    """Task ("" for all) -> minutes of work, by JupyterLab's record of when each cell was last run: the time since the run before, pauses left out."""
    found: dict[str, float] = {}
    for (before, _), (now, task) in zip(work.stamps, work.stamps[1:], strict=False):
        gap = (now - before).total_seconds() / 60
        if gap <= PAUSE:
            found[""] = found.get("", 0.0) + gap
            if task:
                found[task] = found.get(task, 0.0) + gap
    return found


def working_minutes(group: Class) -> dict[str, Spread]:
    """The same over the class; empty where no notebook keeps a record."""
    every = [found for work in group.counted if (found := minutes(work))]
    names = ["", *(task.grade_id for task in group.tasks)]
    spreads = {name: spread([found[name] for found in every if name in found]) for name in names}
    return {name: one for name, one in spreads.items() if one}


def minutes_of(task: Task, found: dict[str, Spread]) -> float | None:
    """The middle of a task's minutes; None where they are not known."""
    return found[task.grade_id].middle if task.grade_id in found else None
