"""Points for a task: a finite number from 0 to the task's points, with the messages that explain what is missing."""

from __future__ import annotations

import math

from course.handin.checks import Outcome


def score(points: float, *unnamed: Outcome, weights: tuple[float, ...] | None = None, **named: Outcome) -> float:
    """The points earned, as the last expression of a test cell; prints the message of each part that has one.

    Args:
        points: the task's points, as in the cell's metadata.
        unnamed, named: what the checks found, one a part; a name stands before its message, so that learners know which part is meant.
        weights: how much each part counts; all the same unless given.

    Errors: ValueError for points, credits or weights that are not finite and in range: an error of the course, never full marks.
    """
    if not _in_range(points, 0, math.inf) or points == 0:
        raise ValueError(f"A task needs a finite number of points above 0, not {points!r}.")
    outcomes = (*unnamed, *named.values())
    if not outcomes:
        raise ValueError("A score needs at least one outcome.")
    weights = weights or (1.0,) * len(outcomes)
    if (
        len(weights) != len(outcomes)
        or not all(_in_range(weight, 0, math.inf) for weight in weights)
        or not sum(weights)
    ):
        raise ValueError(f"{len(outcomes)} outcomes need as many weights, none below 0 and not all 0; not {weights!r}.")
    for outcome in outcomes:
        if not isinstance(outcome, Outcome) or not _in_range(outcome.credit, 0, 1):
            raise ValueError(f"A credit must be a finite number from 0 to 1: {outcome!r}.")
    share = sum(o.credit * w for o, w in zip(outcomes, weights, strict=True)) / sum(weights)
    for name, outcome in [*(("", outcome) for outcome in unnamed), *named.items()]:
        if outcome.message:
            print(f"{name.replace('_', ' ')}: {outcome.message}" if name else outcome.message)
    # Halves of a tenth of a point are noise; a share below the whole must not round up to full marks.
    earned = round(points * share, 1)
    return points if share == 1 else max(0.0, min(earned, points - 0.1))


def _in_range(number: object, low: float, high: float) -> bool:
    return (
        isinstance(number, int | float)
        and not isinstance(number, bool)
        and math.isfinite(number)
        and low <= number <= high
    )
