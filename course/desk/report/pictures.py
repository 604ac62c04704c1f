"""The charts of the report, by `course.chart`: each passes the course's own linter."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from course.chart import calibration_curve, counts, heatmap
from course.desk.report.gather import Class
from course.desk.report.items import Item, Messages
from course.desk.report.readers import Confidence, Disputed, Labelled

BANDS = [
    "90 to 100 %",
    "80 to 89 %",
    "70 to 79 %",
    "60 to 69 %",
    "50 to 59 %",
    "40 to 49 %",
    "30 to 39 %",
    "below 30 %",
]
MOST_MESSAGES = 10
MOST_ITEMS = 12  # columns of a grid


def pictures(
    group: Class, every: Sequence[Item], told: Sequence[Messages], sure: Confidence, labels: Sequence[Labelled]
) -> dict[str, Figure]:
    """Name -> figure: "points", "tasks", "messages", "confidence", "labels"; those for which there is something to draw."""
    source = f"{group.lesson}, {len(group.counted)} graded submissions"
    found: dict[str, Figure] = {}
    if bands := shares(group):
        found["points"] = counts(
            [band(share) for share in bands], BANDS, of="students", by="share of the points", source=source
        )
    if grid := _outcomes(every):
        found["tasks"] = heatmap(
            pd.DataFrame(grid, columns=["outcome", "task"]),
            "outcome",
            "task",
            of="answers",
            title=_hardest(every),
            source=source,
        )
    most = sorted((one for task in told for one in task.found), key=lambda one: -one.count)[:MOST_MESSAGES]
    if most:
        numbers = {f"{one.task.number}: {group.veil(one.shown)}": one.count for one in most}
        found["messages"] = counts(
            numbers, title="What most students were told", of="students", by="message of a task", source=source
        )
    if sure.sure:
        found["confidence"] = calibration_curve(sure.sure, sure.right, source=source)
    if labels and labels[0].disputed:
        first = labels[0]
        pairs = [(label, one.item) for one in _one_case(first) for label, count in one.labels for _ in range(count)]
        found["labels"] = heatmap(
            pd.DataFrame(pairs, columns=["label", "item"]), "label", "item", of="labels",
            title=f"Task {first.task.number}: the items on which the class differs most", source=source,
        )  # fmt: skip
    return found


def shares(group: Class) -> list[float]:
    """Each student's share of the points that are known: tasks that wait for a person are left out on both sides."""
    found = []
    for work in group.counted:
        known = [
            (work.points[task.grade_id], task.points)
            for task in group.tasks
            if work.points.get(task.grade_id) is not None
        ]
        most = sum(points for _, points in known)
        if most:
            found.append(sum(points or 0.0 for points, _ in known) / most)
    return found


def band(share: float) -> str:
    """The band of a share."""
    percent = min(99, int(100 * share + 1e-9))
    return BANDS[-1] if percent < 30 else BANDS[9 - percent // 10]


def _outcomes(every: Sequence[Item]) -> list[tuple[str, str]]:
    rows = []
    for item in every:
        for name, count in (
            ("full points", item.full), ("some points", item.part), ("no points", item.none),
            ("no answer", item.empty), ("not marked yet", item.waiting),
        ):  # fmt: skip
            rows += [(name, item.task.number)] * count
    return rows


def _hardest(every: Sequence[Item]) -> str:
    known = [item for item in every if item.facility is not None]
    if not known:
        return ""
    hard = min(known, key=lambda item: item.facility or 0.0)
    return f"Task {hard.task.number} was the hardest: {100 * (hard.facility or 0):.0f} % of its points were earned"


def _one_case(first: Labelled) -> list[Disputed]:
    """The most disputed items of the case that most students chose."""
    totals: dict[str, int] = {}
    for one in first.disputed:
        totals[one.case] = totals.get(one.case, 0) + sum(count for _, count in one.labels)
    case = max(totals, key=lambda name: totals[name])
    return [one for one in first.disputed if one.case == case][:MOST_ITEMS]
