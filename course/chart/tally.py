"""kinds -> counts: how often each kind occurs, as horizontal bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.chart.description import remember
from course.chart.layout import MOST, Words, figure_with, number_axis, page
from course.chart.reading import OURS
from course.chart.style import BLUE, LABEL, figure_of, style

NOTHING = "(no answer)"  # how an empty value is named, so that it is counted and seen


def counts(
    values: Iterable[Any] | Mapping[str, int],
    order: Sequence[str] | None = None,
    *,
    title: str = "",
    of: str = "claims",
    by: str = "kind",
    period: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure with one bar for each kind in `values`, as long as the kind is frequent; the number stands at its end.

    Args:
        values: the kinds, one for each thing counted (a list, a column of a table); or the counts, {kind: how many}.
        order: the kinds from top to bottom, also those that do not occur; any others follow. Without it, the most frequent is first.
        title: the message, in one sentence; without it the figure names the most frequent kind.
        of, by: what is counted ("claims") and how it is sorted ("kind"), for subtitle and axis.
        period: the time that they are from, for the subtitle.
        source: where they come from. Printed under the chart, which says "not stated" without it.
        ax: draw here instead of on a figure of its own; give it a third of an inch of height for each kind.

    Errors: TypeError for values of another kind, ValueError where there is nothing to count or a count is not a whole number from 0.
    """
    counted = _count(values, order)
    drawn = list(counted.items())[:MOST]
    message = _message(counted, of)
    notes = []
    if len(counted) > MOST:
        notes.append(f"The first {MOST} of {len(counted):,} kinds are drawn; the data table has all of them.")
    total = sum(counted.values())
    subtitle = ", ".join(part for part in (f"{of[:1].upper()}{of[1:]} by {by}", f"{total:,} in all", period) if part)
    words = Words(title or message, subtitle, f"Number of {of}", source, notes)
    with style():
        sheet = page([kind for kind, _ in drawn], words, row=0.36, axes=ax)
        number_axis(sheet.axes, 0, max(count for _, count in drawn), whole=True, room=1.08)
        bars = sheet.axes.barh(sheet.y, [count for _, count in drawn], height=0.22, color=BLUE)
        for bar, (_, count), y in zip(bars, drawn, sheet.y, strict=True):
            bar.set_gid(OURS + "count")
            sheet.axes.annotate(
                figure_of(count), (count, y), xytext=(5, 0), textcoords="offset points", va="center_baseline", ha="left",
                fontsize=LABEL, fontweight="bold", annotation_clip=False, gid=OURS + "number",
            )  # fmt: skip
    records = [
        {"label": kind, "count": count, "drawn": number < MOST} for number, (kind, count) in enumerate(counted.items())
    ]
    remember(
        sheet.axes, {"kind": "counts", "counts": records, "message": message, "notes": notes, "written": words.every}
    )
    return figure_with(sheet.axes)


def _count(values: Any, order: Sequence[str] | None) -> dict[str, int]:
    """How often each kind occurs, in the order in which it is drawn."""
    if (
        isinstance(values, pd.Series)
        and pd.api.types.is_numeric_dtype(values)
        and not isinstance(values.index, pd.RangeIndex)
    ):
        values = values.to_dict()  # the result of value_counts()
    if isinstance(values, pd.DataFrame):
        example = next(iter(values), "kind")
        raise TypeError(f"counts() needs one column, not a whole table. Write: counts(table[{example!r}]).")
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise TypeError(
            "counts() needs a list of kinds, such as ['opinion', 'numerical', 'opinion'], or a dict of counts, "
            f"not {type(values).__name__}."
        )
    if isinstance(order, str):
        raise TypeError(f"order must be a list of kinds, such as [{order!r}], not a text.")
    found: Counter[str] = Counter()
    if isinstance(values, Mapping):
        for kind, count in values.items():
            found[name_of(kind)] += whole_of(kind, count)
    else:
        found.update(name_of(value) for value in values)
    if not found and not order:
        raise ValueError("counts() has nothing to draw: the list of kinds is empty.")
    first = [name_of(kind) for kind in order or ()]
    rest = [kind for kind, _ in found.most_common() if kind not in first]
    return {kind: found[kind] for kind in [*first, *rest]}


def whole_of(kind: Any, count: Any) -> int:
    """`count` as a whole number. Errors: ValueError that names the kind."""
    try:
        whole = int(count)
    except (TypeError, ValueError):
        whole = -1
    if whole < 0 or whole != count:
        raise ValueError(f"The count of {kind!r} must be a whole number from 0, not {count!r}.")
    return whole


def name_of(value: Any) -> str:
    """A kind as it is written on a chart; an empty one has a name too."""
    if value is None or value is pd.NA or value != value:
        return NOTHING
    return " ".join(str(value).split()) or NOTHING


def _message(counted: Mapping[str, int], of: str) -> str:
    total, most = sum(counted.values()), max(counted.values())
    if not most:
        return f"No {of} of these kinds were counted"
    leaders = [kind for kind, count in counted.items() if count == most]
    if len(counted) == 1:
        return f"All {total:,} {of}: {leaders[0]}"
    if len(leaders) == 1:
        return f"Most frequent: {leaders[0]} ({most:,} of {total:,})"
    if len(leaders) == len(counted):
        return f"All {len(counted)} kinds are equally frequent ({most:,} of {total:,} each)"
    names = f"{', '.join(leaders[:-1])} and {leaders[-1]}" if len(leaders) < 4 else f"{len(leaders)} kinds"
    return f"Most frequent: {names} ({most:,} of {total:,} each)"
