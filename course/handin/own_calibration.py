"""The learner's own calibration chart over all lessons, or a kind word where there is too little to draw."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from course.chart import calibration_curve
from course.handin.confidence import my_answers, my_confidence, my_points

LEAST = 10
"""Answers from which a chart is drawn; with fewer, each single answer would move it."""


def my_calibration(
    points: Mapping[str, Any] | pd.DataFrame | None = None,
    *,
    enough: float = 1.0,
    title: str = "",
    folder: str | Path = ".",
) -> Figure | None:
    """Your calibration chart over all lessons: how often you were right among the answers of which you were so sure.

    With fewer than 10 answers that have both a confidence and points, or with points that cannot be read, it prints what to do, and
    gives None.

    Args:
        points, enough, folder: as for `my_answers`.
        title: the message, in one sentence; without it the figure compares confidence and outcome.
    """
    try:
        got = points if isinstance(points, pd.DataFrame) else my_points(points, folder)
        both = my_answers(got, enough=enough, folder=folder)
    except ValueError as error:
        print(error)
        return None
    if len(both) < LEAST:
        print(_too_few(len(my_confidence(folder)), len(got), len(both)))
        return None
    lessons = both["lesson"].nunique()
    source = f"my own answers in {lessons} lesson{'' if lessons == 1 else 's'}"
    return calibration_curve(both["sure"] / 100, both["right"], title=title, source=source)


def _too_few(sure: int, points: int, both: int) -> str:
    told = [f"There is no chart yet: it needs {LEAST} answers with a confidence and points, and there are {both}."]
    told.append(f"Kept here: your confidence for {sure} answers, your points for {points}.")
    if not sure:
        told.append("Open a lesson that you did, and run its cells under “How sure are you?” once more.")
    elif not points:
        told.append("Type the points that you got back, or save the feedback pages beside this notebook.")
    else:
        told.append("Add the points of more tasks, or come back when you have them.")
    return " ".join(told)
