"""claims -> intervals: what each claim says about a number, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from course.chart.claim_words import axis_label, beside, joined, record_of, span_of, subtitle_of, unit_of
from course.chart.claims_table import Row, rows_of
from course.chart.description import remember
from course.chart.gate import gate
from course.chart.layout import MOST, Page, Words, figure_with, gutter, number_axis, page
from course.chart.marks import ARROW, DOT, HALO, SOFT, forms_of, key, key_height
from course.chart.reading import OURS
from course.chart.style import GREY, PALETTE, style, width_of
from course.quantity import Quantity

SAID = 9.5  # points, the wording of a claim
BAR = 6.5  # points
LOWER = 0.09  # inches from the middle of a row down to its mark
ROW = 0.52  # inches, the mark with its wording over it


def ranges(
    data: pd.DataFrame | Sequence[tuple[str, Quantity]] | Mapping[str, Quantity],
    *,
    label: str | None = None,
    title: str = "",
    measure: str = "",
    unit: str = "",
    period: str = "",
    source: str = "",
    caveat: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure with one row a claim: a dot for an exact number, a bar for a range, an arrow where no limit is given.

    A hollow end leaves the number itself out ("more than"), a filled one counts it ("at least"); approximate numbers have a soft
    edge. Zero is always on the axis. Claims that cannot be compared are drawn only with a caveat, and it is printed. The first 30 claims are drawn; the figure says how many more there are, and `data_table` has all.

    Args:
        data: a table with the columns lower and upper (None where no limit is given) and, if there, lower_open, upper_open,
            approximate, whole, measure, unit, text; or a list of (label, Quantity), or a dict.
        label: the column that names the claims; "label" or "claimant" is found without.
        title: the message, in one sentence; without it the figure says what the figures span.
        measure, unit: what is counted ("killed") and in what ("persons"), for all rows; without them the table's own columns.
        period: the time that the claims are about, for the subtitle.
        source: where the claims come from. Printed under the chart, which says "not stated" without it.
        caveat: what readers must know before they compare the claims, where `course.compare.comparable` has something against it.
        ax: draw here instead of on a figure of its own; give it half an inch of height for each row.

    Errors: Incomparable (a ValueError) with the reasons where claims should not share an axis and there is no caveat; TypeError for
        data of another kind, ValueError where there is nothing to draw, columns are missing, or units differ.
    """
    rows = rows_of(data, label, measure, unit)
    drawn = rows[:MOST]
    caveat = gate([row.claim for row in drawn if row.numbers], caveat, "ranges")
    measures = list(dict.fromkeys(row.measure for row in rows if row.numbers)) or [""]
    common, message = unit_of(rows), span_of(rows)
    notes = _notes(rows, measures)
    words = Words(
        title or message, subtitle_of(measures, rows, period), axis_label(measures, rows), source, notes, caveat
    )
    open_ended = [row.quantity for row in drawn if row.numbers]
    gutters = (any(one.lower is None for one in open_ended), any(one.upper is None for one in open_ended))
    forms = forms_of([row.quantity for row in drawn])
    with style():
        sheet = page([row.label for row in drawn], words, row=ROW, gutters=gutters, key=key_height(forms, ax), axes=ax)
        _scale(sheet, drawn, gutters)
        for number, (row, y) in enumerate(zip(drawn, sheet.y, strict=True)):
            color = PALETTE[measures.index(row.measure) % len(PALETTE)] if row.numbers else GREY
            _draw(sheet, row.quantity, y + LOWER, color, f"{OURS}claim-{number}")
            _say(sheet, row.quantity, y + LOWER, beside(row, common, measures))
        key(sheet, forms, own=ax is None)
    records = [record_of(row, beside(row, common, measures), number < MOST) for number, row in enumerate(rows)]
    drawn_as = {"kind": "ranges", "rows": records, "message": message, "notes": notes, "caveat": caveat}
    remember(sheet.axes, {**drawn_as, "written": words.every})
    return figure_with(sheet.axes)


# --- drawing -----------------------------------------------------------------------------------------------------------


def _scale(sheet: Page, rows: Sequence[Row], gutters: tuple[bool, bool]) -> None:
    axes = sheet.axes
    numbers = [float(number) for row in rows for number in row.numbers]
    whole = all(number.is_integer() for number in numbers)
    number_axis(axes, min(numbers, default=0), max(numbers, default=0), whole=whole)
    if not numbers:
        axes.set_xticks([])
        axes.lines[-1].set_visible(False)  # no zero line on an axis without numbers
    if gutters[0]:
        gutter(axes, -sheet.left, sheet.left, "no lower\nlimit")
    if gutters[1]:
        gutter(axes, 1, sheet.right, "no upper\nlimit")


def _draw(sheet: Page, quantity: Quantity, y: float, color: str, name: str) -> None:
    axes = sheet.axes
    lower, upper = quantity.lower, quantity.upper
    if lower is None and upper is None:
        axes.plot([-sheet.left, 1 + sheet.right], [y, y], transform=axes.get_yaxis_transform(), color=GREY, linewidth=1.2,
                  linestyle=(0, (1, 3)), clip_on=False, gid=f"{name}-nothing")  # fmt: skip
        return
    if lower is not None and upper is not None and lower != upper:
        axes.plot(
            [lower, upper], [y, y], color=color, alpha=0.32, linewidth=BAR, solid_capstyle="butt", gid=f"{name}-range"
        )
    for bound, other, at, side in (
        (lower, upper, -sheet.left * 0.85, "lower"),
        (upper, lower, 1 + sheet.right * 0.85, "upper"),
    ):
        if bound is None:
            axes.annotate(
                "", (at, y), xycoords=axes.get_yaxis_transform(), xytext=(other, y), textcoords="data", annotation_clip=False,
                gid=f"{name}-{side}-arrow",
                arrowprops={"arrowstyle": "-|>,head_length=0.5,head_width=0.28", "color": color, "linewidth": ARROW, "shrinkA": 0,
                            "shrinkB": 0, "mutation_scale": 14, "joinstyle": "miter", "capstyle": "butt"},
            )  # fmt: skip
    ends = {lower: quantity.lower_open, upper: quantity.upper_open}
    for bound, hollow in ends.items():
        if bound is None:
            continue
        for size in HALO if quantity.approximate else ():
            axes.plot([bound], [y], "o", color=color, alpha=SOFT, markersize=size, markeredgewidth=0, clip_on=False,
                      zorder=2.5, gid=f"{name}-soft")  # fmt: skip
        if hollow or not quantity.approximate:
            axes.plot([bound], [y], "o", markersize=DOT, markeredgecolor=color, markerfacecolor="white" if hollow else color,
                      markeredgewidth=ARROW, clip_on=False, zorder=3, gid=f"{name}-{'hollow' if hollow else 'filled'}")  # fmt: skip


def _say(sheet: Page, quantity: Quantity, y: float, wording: str) -> None:
    """The wording over the mark, beginning at it, or ending at it where the room on the right does not do."""
    axes = sheet.axes
    start, end = axes.get_xlim()
    bound = quantity.lower if quantity.lower is not None else quantity.upper
    at = 0.0 if bound is None else (bound - start) / (end - start)
    fits = at * sheet.wide + width_of(wording, SAID) <= sheet.wide * (1 + sheet.right)
    aside = max(-4, 5 - at * sheet.wide * 72) if fits else 4  # points; never across the zero line
    axes.annotate(
        wording, (start if bound is None else bound, y), xytext=(aside, 8), textcoords="offset points", fontsize=SAID,
        ha="left" if fits else "right", va="bottom", annotation_clip=False, gid=OURS + "wording",
        path_effects=[withStroke(linewidth=3, foreground="white")],
    )  # fmt: skip


def _notes(rows: Sequence[Row], measures: Sequence[str]) -> list[str]:
    notes = []
    if len(measures) > 1:
        named = [measure or "something not stated" for measure in measures]
        notes.append(f"These claims count different things ({joined(named)}): do not compare one with the other.")
    if len(rows) > MOST:
        notes.append(
            f"The first {MOST} of {len(rows):,} claims are drawn, in the order given; the data table has all of them."
        )
    return notes
