"""parts in their whole -> nested bars: each part stands inside the bar of its whole, as sure and as unsure as the bounds allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from course.chart.claim_words import axis_label, joined, record_of, unit_of
from course.chart.claims_table import Row, rows_of
from course.chart.crosstab import listed
from course.chart.description import remember
from course.chart.layout import MOST, Page, Words, figure_with, gutter, number_axis, page
from course.chart.marks import ARROW, KEY
from course.chart.reading import OURS
from course.chart.style import BLUE, DARK, GREY, SMALL, figure_of, style, width_of
from course.chart.words import claim_in_words
from course.quantity import Quantity, at_least, between, exactly

ROW, BAR = 0.62, 0.2  # inches
DOWN = 0.11  # inches from the middle of a row down to the middle of its bar
_HATCH = "////"
_OPEN: dict[str, Any] = {"facecolor": "#dcebf5", "edgecolor": BLUE, "hatch": _HATCH, "linewidth": 0.8}
STEPS = 8  # of a soft edge
_WHOLE: dict[str, Any] = {"color": "#868e96", "linewidth": 1, "linestyle": (0, (3, 2))}


@dataclass(frozen=True)
class Part:
    """A row, the number of the row that is its whole (None for a whole), and how deep it is nested."""

    row: Row
    whole: int | None
    depth: int


def nested_bars(
    data: pd.DataFrame | Sequence[tuple[str, Quantity]] | Mapping[str, Quantity],
    *,
    label: str | None = None,
    part_of: str | Mapping[str, str] = "part_of",
    title: str = "",
    measure: str = "",
    unit: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure with one bar a quantity, each inside the pale frame of the whole that it is a part of.

    Solid is what the lower bound makes sure, hatched what the bounds leave open, an arrow means that no upper limit is given. The
    share of the whole is written beside, by interval arithmetic, or that none can be concluded. Zero is always on the axis.

    Args:
        data: a list of (label, Quantity) or a dict, each a part of the one before; or a table as for `ranges`, where the column
            `part_of` names the label of the whole ("" for a whole).
        label: the column that names the rows.
        part_of: the column that names the whole of each part; or a dict that names the whole of each part by their labels, such as
            {"killed": "casualties"}, for data of any kind. A row that is no part in it is a whole.
        title: the message, in one sentence; without it the figure says what share is known.
        measure, unit: what is counted and in what, where one word fits all rows.
        source: where the figures come from. Printed under the chart, which says "not stated" without it.
        ax: draw here instead of on a figure of its own; give it 0.6 inches of height for each row.

    Errors: TypeError for data of another kind; ValueError where there is nothing to draw, a part or a whole is not there, or parts contain
        each other in a circle.
    """
    rows = rows_of(data, label, measure, unit, "nested_bars")
    named = not isinstance(part_of, str) or (isinstance(data, pd.DataFrame) and part_of in data.columns)
    parts = _nest(rows, part_of if named else None)
    drawn = parts[:MOST]
    shares = [_share(part, parts) for part in parts]
    message, notes = _message(parts, shares), _notes(parts)
    measures = list(dict.fromkeys(row.measure for row in rows if row.numbers)) or [""]
    subtitle = f"Parts in their whole{f', in {unit_of(rows)}' if unit_of(rows) else ''}"
    words = Words(title or message, subtitle, axis_label(measures, rows), source, notes)
    open_ended = any(part.row.numbers and part.row.quantity.upper is None for part in drawn)
    with style():
        names = [f"{'→ ' * part.depth}{part.row.label}" for part in drawn]
        sheet = page(names, words, row=ROW, gutters=(False, open_ended), key=KEY, axes=ax)
        bounds = [float(number) for part in drawn for number in part.row.numbers]
        number_axis(
            sheet.axes, min(bounds, default=0), max(bounds, default=0), whole=all(one.is_integer() for one in bounds)
        )
        if not bounds:
            sheet.axes.set_xticks([])
        if open_ended:
            gutter(sheet.axes, 1, sheet.right, "no upper\nlimit")
        for number, (part, share, y) in enumerate(zip(drawn, shares, sheet.y, strict=False)):
            whole = None if part.whole is None else parts[part.whole].row.quantity
            _draw(sheet, part.row.quantity, whole, y + DOWN, f"{OURS}part-{number}")
            _say(sheet, part, share, y + DOWN)
        _key(sheet, ax is None)
    records = [
        record_of(part.row, part.row.wording, number < MOST)
        | {"part_of": "" if part.whole is None else parts[part.whole].row.label, "share": share}
        for number, (part, share) in enumerate(zip(parts, shares, strict=True))
    ]
    said = [
        f"{record['label']}: {claim_in_words(record)}"
        + (f", {record['share']} of {record['part_of']}" if record["part_of"] else "")
        for record in records
    ]
    record = {"kind": "nested", "table": records, "in_words": listed(said, "parts"), "message": message, "notes": notes}
    remember(sheet.axes, {**record, "names": names, "written": words.every})
    return figure_with(sheet.axes)


# --- reckoning ---------------------------------------------------------------------------------------------------------


def _nest(rows: Sequence[Row], part_of: str | Mapping[str, str] | None) -> list[Part]:
    """The rows with their wholes, each whole followed by its parts."""
    if part_of is None:
        return [Part(row, number - 1 if number else None, number) for number, row in enumerate(rows)]
    numbers = {row.label: number for number, row in reversed(list(enumerate(rows)))}
    if isinstance(part_of, str):
        named = [_named(row.cells.get(part_of)) for row in rows]
    else:
        if strangers := [label for label in part_of if label not in numbers]:
            raise ValueError(f"There is no row {strangers[0]!r} to be a part. The rows: {joined([*numbers])}.")
        named = [_named(part_of.get(row.label)) for row in rows]
    for row, whole in zip(rows, named, strict=True):
        if whole and (whole not in numbers or whole == row.label):
            raise ValueError(
                f"{row.label!r} is a part of {whole!r}, and there is no other row of that name. The rows: {joined([*numbers])}."
            )
    order: list[Part] = []
    places: dict[int, int] = {}

    def add(number: int, whole: int | None, depth: int) -> None:
        places[number] = len(order)
        order.append(Part(rows[number], whole, depth))
        for child, name in enumerate(named):
            if name and numbers[name] == number and child not in places:
                add(child, places[number], depth + 1)

    for number, name in enumerate(named):
        if not name:
            add(number, None, 0)
    if len(order) < len(rows):
        lost = [row.label for number, row in enumerate(rows) if number not in places]
        raise ValueError(
            f"{joined(lost)} contain each other in a circle: one of them must be a whole, with no part_of."
        )
    return order


def _named(value: Any) -> str:
    return "" if value is None or value is pd.NA or value != value else " ".join(str(value).split())


def _share(part: Part, parts: Sequence[Part]) -> str:
    """The share of the whole in words, as far as the bounds allow; "" for a whole."""
    if part.whole is None:
        return ""
    whole = parts[part.whole].row.quantity
    if not part.row.numbers or whole.lower == whole.upper == 0:
        return "share not known"
    share = part.row.quantity / whole * 100
    low = max(0.0, float(share.lower or 0))
    if low > 100:
        return "more than the whole"
    known_high = share.upper is not None and share.upper < 100
    if share.lower is not None and share.lower == share.upper:
        return str(replace(_rounded(exactly(share.lower)), approximate=share.approximate)) + " %"
    if known_high and low > 0:
        return str(replace(_rounded(between(low, float(share.upper or 0))), approximate=share.approximate)) + " %"
    if known_high:
        return f"{'less than' if share.upper_open else 'at most'} {_percent(float(share.upper or 0))} %"
    return (
        f"{'more than' if share.lower_open else 'at least'} {_percent(low)} %"
        if low > 0
        else "share cannot be concluded"
    )


def _rounded(share: Quantity) -> Quantity:
    if share.lower == share.upper:
        return exactly(round(float(share.lower or 0), 1))
    return (
        between(round(float(share.lower or 0), 1), round(float(share.upper or 0), 1))
        if share.upper is not None
        else at_least(0)
    )


def _percent(share: float) -> str:
    return figure_of(round(share, 1))


def _misfit(part: Part, parts: Sequence[Part]) -> bool:
    """Whether the part is surely larger than its whole."""
    if part.whole is None:
        return False
    whole = parts[part.whole].row.quantity
    return part.row.quantity.lower is not None and whole.upper is not None and part.row.quantity.lower > whole.upper


def _message(parts: Sequence[Part], shares: Sequence[str]) -> str:
    told = [(part, share) for part, share in zip(parts, shares, strict=True) if share]
    if not told:
        return (
            f"{len(parts):,} quantities without parts"
            if len(parts) > 1
            else f"{parts[0].row.label}: {parts[0].row.wording}"
        )
    if len(told) == 1:
        part, share = told[0]
        return f"{part.row.label} in {parts[part.whole or 0].row.label}: {share}"
    unknown = sum(share in ("share cannot be concluded", "share not known") for _, share in told)
    return f"The bounds give a share for {len(told) - unknown} of {len(told)} parts"


def _notes(parts: Sequence[Part]) -> list[str]:
    notes = [
        f"{part.row.label} ({part.row.wording}) does not fit into {parts[part.whole or 0].row.label} ({parts[part.whole or 0].row.wording})."
        for part in parts
        if _misfit(part, parts)
    ][:3]
    if any(part.row.quantity.approximate for part in parts):
        notes.append("Figures called “about” are approximate, and so are the shares.")
    if len(parts) > MOST:
        notes.append(f"The first {MOST} of {len(parts):,} parts are drawn; the data table has all of them.")
    return notes


# --- drawing -----------------------------------------------------------------------------------------------------------


def _draw(sheet: Page, quantity: Quantity, whole: Quantity | None, y: float, name: str) -> None:
    axes = sheet.axes
    if whole is not None:
        _frame(sheet, whole, y, name + "-whole")
    lower, upper = quantity.lower, quantity.upper
    if lower is None and upper is None:
        return
    sure = float(lower or 0) if lower is not None else 0.0
    soft = (axes.get_xlim()[1] - axes.get_xlim()[0]) * 0.02 if quantity.approximate else 0.0
    end = sure if upper is not None and float(upper) != sure else max(0.0, sure - soft)
    _bar(axes, 0, end, y, BAR, name + "-sure", facecolor=BLUE)
    for step in range(STEPS if end < sure else 0):  # the soft edge of an approximate number
        start = end + 2 * soft * step / STEPS
        _bar(
            axes,
            start,
            start + 2 * soft / STEPS,
            y,
            BAR,
            name + "-soft",
            facecolor=BLUE,
            alpha=1 - (step + 0.5) / STEPS,
        )
    if upper is not None and float(upper) != sure:
        _bar(axes, sure, float(upper), y, BAR, name + "-open", **_OPEN)
    if upper is None:
        axes.annotate(
            "", (1 + sheet.right * 0.85, y), xycoords=axes.get_yaxis_transform(), xytext=(sure, y), textcoords="data",
            annotation_clip=False, gid=f"{name}-upper-arrow",
            arrowprops={"arrowstyle": "-|>,head_length=0.5,head_width=0.28", "color": BLUE, "linewidth": ARROW, "shrinkA": 0,
                        "shrinkB": 0, "mutation_scale": 14, "joinstyle": "miter", "capstyle": "butt"},
        )  # fmt: skip


def _frame(sheet: Page, whole: Quantity, y: float, gid: str) -> None:
    """The whole of a part, dashed; where it has no upper limit, the frame has no end."""
    if not (whole.lower is not None or whole.upper is not None):
        return
    axes = sheet.axes
    start, last = axes.get_xlim()
    end = float(whole.upper) if whole.upper is not None else last + (last - start) * sheet.right
    up, down = y - BAR, y + BAR
    x, height = [end, 0, 0, end], [up, up, down, down]
    axes.plot(x, height, clip_on=False, gid=gid, zorder=1.8, **_WHOLE)
    for bound in {whole.lower, whole.upper} - {None}:
        axes.plot([float(bound or 0)] * 2, [up, down], gid=gid, zorder=1.8, **_WHOLE)


def _bar(axes: Axes, start: float, end: float, y: float, high: float, gid: str, **look: Any) -> None:
    axes.add_patch(Rectangle((start, y - high / 2), end - start, high, gid=gid, zorder=2, **look))


def _say(sheet: Page, part: Part, share: str, y: float) -> None:
    wording = part.row.wording + (f": {share}" if share and part.row.numbers else "")
    start, end = sheet.axes.get_xlim()
    zero = (0 - start) / (end - start) * sheet.wide
    room = zero + width_of(wording, 9.5) <= sheet.wide * (1 + sheet.right)
    sheet.axes.annotate(
        wording, (0, y - BAR - 0.02), xytext=(3 if room else 0, 0), textcoords="offset points", fontsize=9.5, color=DARK, va="bottom",
        ha="left" if room else "right", annotation_clip=False, gid=OURS + "wording",
        path_effects=[withStroke(linewidth=3, foreground="white")],
    )  # fmt: skip


def _key(sheet: Page, own: bool) -> None:
    sure, open_ = Rectangle((0, 0), 1, 1, facecolor=BLUE), Rectangle((0, 0), 1, 1, **_OPEN)
    down = sheet.below / (sheet.axes.get_position().height * figure_with(sheet.axes).get_size_inches()[1])
    sheet.axes.legend(
        [sure, open_, Line2D([], [], **_WHOLE)],
        ["sure (soft end: about)", "open, between the bounds", "the whole"],
        loc="upper left", bbox_to_anchor=(0, -down), borderaxespad=0, borderpad=0.2, frameon=False, fontsize=SMALL, labelcolor=GREY,
        handlelength=1.8, columnspacing=1.8, ncols=3 if own or sheet.wide > 5 else 1,
    )  # fmt: skip
