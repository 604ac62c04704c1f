"""confidence and outcome -> a calibration curve: how often answers are right among those of which one was so sure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator

from course.chart.crosstab import listed
from course.chart.description import remember
from course.chart.layout import WIDTH, Words, figure_with, stand
from course.chart.reading import OURS
from course.chart.style import BLUE, DARK, GREY, SMALL, figure_of, style

SIDE = 4.0  # inches
FEW = 5  # answers below which a point is hollow
Z = 1.959964  # the normal quantile of a 95 % interval
SLACK = 5  # percentage points within which confidence and outcome are called alike


@dataclass(frozen=True)
class Group:
    """Answers given with about the same confidence; all but `count` are shares from 0 to 1, `low` and `high` a 95 % interval."""

    sure: float
    right: float
    low: float
    high: float
    count: int


def calibration_curve(
    confidence: Iterable[Any],
    right: Iterable[Any],
    *,
    bins: int = 5,
    title: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure with a point for each level of confidence, as high as the share of answers that were right, and the diagonal on which both agree.

    Whiskers are 95 % intervals after Wilson (1927); a point of fewer than 5 answers is hollow. The number of answers stands beside.

    Args:
        confidence: how sure each answer was, from 0 to 1, or from 0 to 100 where any is above 1.
        right: whether each answer was right, True or False, in the same order.
        bins: into how many levels of equal width the confidence is sorted.
        title: the message, in one sentence; without it the figure compares confidence and outcome.
        source: where the answers come from. Printed under the chart, which says "not stated" without it.
        ax: draw here instead of on a figure of its own.

    Errors: TypeError for values of another kind; ValueError where there is no answer, the lists differ in length, or a confidence is
        outside 0 to 1 (or 100). Answers without a confidence are left out, and a note says so.
    """
    sure, hits, skipped = _answers(confidence, right)
    if not isinstance(bins, int) or isinstance(bins, bool) or not 1 <= bins <= 20:
        raise ValueError(f"bins must be a whole number from 1 to 20, not {bins!r}.")
    groups = _groups(sure, hits, bins)
    message = _message(sure, hits)
    notes = [f"Whiskers: 95 % interval of the share (Wilson). Hollow: fewer than {FEW} answers. Numbers: answers."]
    if skipped:
        notes.append(f"{skipped:,} without a confidence or an outcome {'are' if skipped > 1 else 'is'} left out.")
    subtitle = f"Share of right answers by confidence, {len(sure):,} answers"
    words = Words(title or message, subtitle, "Confidence (percent)", source, notes)
    with style():
        axes = stand(words, sides=(0.72, WIDTH - 2 * 0.22 - 0.72 - SIDE), high=SIDE, above=0.05, below=0.52, axes=ax)
        _frame(axes, words.axis)
        _draw(axes, groups)
    table = [
        {
            "confidence": round(group.sure, 4), "right": round(group.right, 4), "low": round(group.low, 4),
            "high": round(group.high, 4), "count": group.count,
        }
        for group in groups
    ]  # fmt: skip
    said = [f"{_percent(one.sure)} sure: {_percent(one.right)} right of {one.count:,}" for one in groups]
    record = {
        "kind": "calibration",
        "table": table,
        "in_words": listed(said, "levels"),
        "message": message,
        "notes": notes,
    }
    remember(axes, {**record, "written": words.every})
    return figure_with(axes)


# --- reckoning ---------------------------------------------------------------------------------------------------------


def _answers(confidence: Any, right: Any) -> tuple[list[float], list[bool], int]:
    for name, values in (("confidence", confidence), ("right", right)):
        if isinstance(values, str | bytes | dict) or not isinstance(values, Iterable):
            raise TypeError(f"calibration_curve() needs a list as {name}, not {type(values).__name__}.")
    sure, hits = list(confidence), list(right)
    if len(sure) != len(hits):
        raise ValueError(f"Each answer needs a confidence and an outcome: there are {len(sure):,} and {len(hits):,}.")
    pairs = [(one, two) for one, two in zip(sure, hits, strict=True) if not (_empty(one) or _empty(two))]
    if not pairs:
        raise ValueError("calibration_curve() has nothing to draw: no answer has a confidence and an outcome.")
    numbers = []
    for one, two in pairs:
        try:
            numbers.append(float(one))
        except (TypeError, ValueError):
            raise TypeError(f"A confidence must be a number from 0 to 1, not {one!r}.") from None
        if two not in (True, False):
            raise TypeError(f"An outcome must be True or False, not {two!r}.")
    whole = 100.0 if max(numbers) > 1 else 1.0
    outside = [number for number in numbers if not 0 <= number <= whole]
    if outside:
        raise ValueError(f"A confidence must lie from 0 to 1, or from 0 to 100; {outside[0]!r} does not.")
    return [number / whole for number in numbers], [bool(two) for _, two in pairs], len(sure) - len(pairs)


def _empty(value: Any) -> bool:
    return value is None or value is pd.NA or value != value


def _groups(sure: Sequence[float], hits: Sequence[bool], bins: int) -> list[Group]:
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for one, hit in zip(sure, hits, strict=True):
        sorted_in.setdefault(min(bins - 1, int(one * bins + 1e-9)), []).append((one, hit))
    groups = []
    for number in sorted(sorted_in):
        answers = sorted_in[number]
        count = len(answers)
        share = sum(hit for _, hit in answers) / count
        low, high = _wilson(share, count)
        groups.append(Group(sum(one for one, _ in answers) / count, share, low, high, count))
    return groups


def _wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share of `count` answers (Wilson 1927)."""
    middle = share + Z**2 / (2 * count)
    half = Z * math.sqrt(share * (1 - share) / count + Z**2 / (4 * count**2))
    below = 1 + Z**2 / count
    return max(0.0, (middle - half) / below), min(1.0, (middle + half) / below)


def _message(sure: Sequence[float], hits: Sequence[bool]) -> str:
    said, was = 100 * sum(sure) / len(sure), 100 * sum(hits) / len(hits)
    told = f"{figure_of(round(said))} % sure, {figure_of(round(was))} % right"
    if abs(said - was) <= SLACK:
        return f"Confidence fits the outcome: {told}"
    return f"Surer than right: {told}" if said > was else f"Less sure than right: {told}"


def _percent(share: float) -> str:
    return f"{figure_of(round(100 * share))} %"


# --- drawing -----------------------------------------------------------------------------------------------------------


def _frame(axes: Axes, label: str) -> None:
    axes.set_xlim(-2, 102)
    axes.set_ylim(-2, 102)
    axes.spines["left"].set_visible(True)
    axes.grid(True, axis="both")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MultipleLocator(20))
        axis.set_major_formatter(FuncFormatter(lambda number, _: figure_of(number)))
    axes.set_xlabel(label, labelpad=6, loc="left")
    axes.set_ylabel("Right answers (percent)", labelpad=6, loc="top")
    axes.plot([0, 100], [0, 100], color=GREY, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1.5, gid=OURS + "diagonal")
    axes.text(97, 100, "as right\nas sure", fontsize=SMALL, color=GREY, ha="right", va="top", rotation=0, gid=OURS + "diagonal",
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip


def _draw(axes: Axes, groups: Sequence[Group]) -> None:
    xs, ys = [100 * group.sure for group in groups], [100 * group.right for group in groups]
    sound = [number for number, group in enumerate(groups) if group.count >= FEW]  # a few answers make no trend
    axes.plot([xs[one] for one in sound], [ys[one] for one in sound], color=BLUE, linewidth=1.4, alpha=0.6, zorder=2,
              gid=OURS + "curve")  # fmt: skip
    for group, x, y in zip(groups, xs, ys, strict=True):
        axes.plot(
            [x, x], [100 * group.low, 100 * group.high], color=BLUE, linewidth=1.4, zorder=2.2, gid=OURS + "whisker"
        )
        for end in (group.low, group.high):
            axes.plot([x - 1.2, x + 1.2], [100 * end] * 2, color=BLUE, linewidth=1.4, zorder=2.2, gid=OURS + "whisker")
        axes.plot([x], [y], "o", markersize=8, markeredgewidth=1.8, markeredgecolor=BLUE, zorder=3, clip_on=False,
                  markerfacecolor="white" if group.count < FEW else BLUE, gid=OURS + "level")  # fmt: skip
        right = x < 90
        axes.annotate(f"{group.count:,}", (x, y), xytext=(7 if right else -7, -3 if y > 10 else 3), textcoords="offset points", fontsize=SMALL,
                      color=DARK, ha="left" if right else "right", va="top" if y > 10 else "bottom", zorder=4, gid=OURS + "count",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})  # fmt: skip
