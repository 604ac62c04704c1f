"""claims -> lanes over time: one lane a claimant, all lanes on one scale, so that who said what when can be read at a glance."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from course.chart.claim_words import beside, record_of, span_of, subtitle_of, unit_of
from course.chart.claims_table import Row, rows_of
from course.chart.crosstab import listed
from course.chart.description import remember
from course.chart.gate import gate
from course.chart.layout import GAP, Page, Words, figure_with, names_width, page, width_for
from course.chart.marks import ARROW, DOT, HALO, SOFT, forms_of, key, key_height
from course.chart.reading import OURS
from course.chart.style import DARK, GREY, PALE, PALETTE, SMALL, figure_of, style, width_of
from course.chart.words import claim_in_words

LANES, MARKS = 14, 150  # drawn; more do not fit a page that can be read
LANE = 0.86  # inches
TOP, FOOT = 0.66, 0.1  # of a lane: where the largest number and where zero stand
UP = 0.2  # inches, the arrow of a claim without an upper limit
Box = tuple[float, float, float, float]  # from left to right and from top to bottom

_SHAPES = ("o", "s", "D", "^", "v", "P", "X")  # a shape for each measure, so that colour is not alone


def lanes(
    data: pd.DataFrame,
    *,
    lane: str = "claimant",
    at: str = "date",
    title: str = "",
    measure: str = "",
    unit: str = "",
    source: str = "",
    caveat: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure with one lane a claimant and time from left to right; each claim stands as high over its lane's zero line as its number is.

    All lanes have the same scale, from zero. A stem with a dot is a number, a bar a range, an arrow where no limit is given; the
    wording stands beside the mark where there is room. Claims that cannot be compared are drawn only with a caveat; that they end on
    different days is no obstacle, for the axis shows it. The 14 lanes with most claims and 150 claims are drawn.

    Args:
        data: a claims table with the columns lower, upper, `lane` and `at`; others as for `ranges`.
        lane: the column that names the lanes.
        at: the column with the dates.
        title: the message, in one sentence; without it the figure says what the figures span.
        measure, unit, source, caveat, ax: as for `ranges`; give `ax` 0.9 inches of height for each lane.

    Errors: Incomparable (a ValueError) with the reasons where claims should not share an axis and there is no caveat; TypeError for
        what is no table, ValueError where columns are missing, no claim has a date, or units differ.
    """
    if not isinstance(data, pd.DataFrame):
        raise TypeError(f"lanes() needs a table of claims with dates, not {type(data).__name__}.")
    if at not in data.columns:
        raise ValueError(
            f"There is no column {at!r} with the dates. Say which: lanes(table, at='...'). The table has: {', '.join(map(str, data.columns))}."
        )
    rows = rows_of(data, lane, measure, unit, "lanes")
    days = _days(data[at], at)
    dated = [(row, day) for row, day in zip(rows, days, strict=True) if day is not None]
    if not dated:
        raise ValueError(f"lanes() has nothing to draw: no claim has a date in the column {at!r}.")
    sizes = pd.Series([row.label for row, _ in dated]).value_counts(sort=False)
    names = list(sizes.sort_values(ascending=False, kind="stable").index[:LANES])
    names = [name for name in sizes.index if name in names]  # in the order given
    drawn = [(number, row, day) for number, (row, day) in enumerate(dated) if row.label in names][:MARKS]
    caveat = gate([{**row.claim, "period_end": None} for _, row, _ in drawn if row.numbers], caveat, "lanes")
    measures = list(dict.fromkeys(row.measure for row, _ in dated if row.numbers)) or [""]
    message, common = span_of([row for row, _ in dated]), unit_of([row for row, _ in dated])
    notes = _notes(len(rows), len(dated), len(drawn), measures)
    first, last = (f"{day.day} {day:%B %Y}" for day in (min(day for _, day in dated), max(day for _, day in dated)))
    when = f"claims of {first}" if first == last else f"claims from {first} to {last}"
    subtitle = f"{subtitle_of(measures, [row for row, _ in dated], '')}, by {lane}, {when}"
    words = Words(title or message, subtitle, "", source, notes, caveat)
    forms = forms_of([row.quantity for _, row, _ in drawn])
    with style():
        highest = _highest([row for _, row, _ in drawn])
        narrow = width_for(ax, (names_width(names) + GAP, 0.1 + width_of(figure_of(highest), SMALL)))
        sheet = page(names, words, row=LANE, key=key_height(forms, ax), narrow=narrow, axes=ax)
        _time(sheet, [day for _, _, day in drawn])
        for name, y, high in zip(names, sheet.y, sheet.high, strict=True):
            here = [(number, row, day) for number, row, day in drawn if row.label == name]
            _lane(sheet, here, y + high / 2 - high * FOOT, high, highest, common, measures)
        key(sheet, forms, own=ax is None)
    shown = {number for number, _, _ in drawn}
    place = iter(range(len(dated)))
    records = [
        record_of(row, beside(row, common, measures), day is not None and next(place) in shown)
        | {"date": None if day is None else day.date().isoformat()}
        for row, day in zip(rows, days, strict=True)
    ]
    record = {"kind": "lanes", "table": records, "in_words": _said(rows, days, common, measures), "message": message}
    remember(sheet.axes, {**record, "notes": notes, "caveat": caveat, "names": names, "written": words.every})
    return figure_with(sheet.axes)


# --- drawing -----------------------------------------------------------------------------------------------------------


def _highest(rows: Sequence[Row]) -> float:
    """A round number that no claim exceeds: the top of every lane."""
    most = max((abs(float(number)) for row in rows for number in row.numbers), default=0.0)
    return float(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]).tick_values(0, most or 1)[-1])


def _time(sheet: Page, days: Sequence[pd.Timestamp]) -> None:
    axes = sheet.axes
    first, last = min(date2num(day) for day in days), max(date2num(day) for day in days)
    room = max(1.0, (last - first) * 0.04)
    axes.set_xlim(first - room, last + room + (last - first) * 0.14)  # words stand on the right of a mark
    locator = AutoDateLocator(minticks=2, maxticks=max(2, int(sheet.wide / 0.95)))
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
    axes.spines["bottom"].set_visible(False)


def _lane(
    sheet: Page, claims: Sequence[tuple[int, Row, pd.Timestamp]], zero: float, high: float, highest: float, common: str,
    measures: Sequence[str],
) -> None:  # fmt: skip
    axes = sheet.axes
    start, end = axes.get_xlim()
    axes.axhspan(zero, zero - high * TOP, color=PALE, zorder=0, gid=OURS + "lane")
    axes.axhline(zero, color=GREY, linewidth=0.9, zorder=1.5, gid=OURS + "zero")
    numbered = any(row.numbers for _, row, _ in claims)
    for level, text in ((zero, "0"), (zero - high * TOP, figure_of(highest))) if numbered else ():
        axes.annotate(text, (1, level), xycoords=axes.get_yaxis_transform(), xytext=(3, 0), textcoords="offset points", fontsize=8,
                      color=GREY, va="center", ha="left", annotation_clip=False, gid=OURS + "scale")  # fmt: skip
    aside = 0.07 * (end - start) / sheet.wide
    marks: list[Box] = []
    words: list[Box] = []
    for number, row, day in claims:
        x = float(date2num(day))
        color = PALETTE[measures.index(row.measure) % len(PALETTE)] if row.numbers else GREY
        shape = _SHAPES[measures.index(row.measure) % len(_SHAPES)] if row.numbers else "x"
        top = _mark(axes, row, x, zero, high * TOP / highest, color, shape, f"{OURS}claim-{number}")
        marks.append((x - aside, x + aside, top, zero - 0.05))
    silent = 0
    for _, row, day in sorted(claims, key=lambda claim: max(claim[1].numbers, default=0)):  # the upper words move up
        level = zero - max(0.09, float(max(row.numbers, default=0)) * high * TOP / highest)
        lane = (zero - high * TOP - 0.08, zero)
        silent += not _say(sheet, beside(row, common, measures), float(date2num(day)), level, lane, marks, words)
    if silent:
        axes.annotate(
            f"wording of {silent} not shown", (1, zero - high * TOP), xycoords=axes.get_yaxis_transform(), xytext=(-3, 6),
            textcoords="offset points", fontsize=8, color=GREY, ha="right", va="bottom", gid=OURS + "scale",
        )  # fmt: skip


def _mark(axes: Axes, row: Row, x: float, zero: float, per_one: float, color: str, shape: str, name: str) -> float:
    """Draw one claim; the top of what is drawn."""
    quantity = row.quantity
    lower, upper = quantity.lower, quantity.upper
    if lower is None and upper is None:
        axes.plot([x], [zero], "x", color=GREY, markersize=7, markeredgewidth=1.6, zorder=3, gid=f"{name}-nothing")
        return zero - 0.1
    ends = {
        bound: hollow
        for bound, hollow in ((lower, quantity.lower_open), (upper, quantity.upper_open))
        if bound is not None
    }
    heights = {bound: zero - float(bound) * per_one for bound in ends}
    if lower is not None:
        axes.plot([x, x], [zero, heights[lower]], color=color, linewidth=1.3, alpha=0.75, zorder=2, gid=f"{name}-stem")
    if lower is not None and upper is not None and lower != upper:
        axes.plot([x, x], [heights[lower], heights[upper]], color=color, alpha=0.35, linewidth=6.5, solid_capstyle="butt",
                  gid=f"{name}-range")  # fmt: skip
    if lower is None or upper is None:
        (level,) = heights.values()
        axes.annotate(
            "", (x, zero if lower is None else level - UP), xytext=(x, level), annotation_clip=False, zorder=2.2,
            gid=f"{name}-{'lower' if lower is None else 'upper'}-arrow",
            arrowprops={"arrowstyle": "-|>,head_length=0.4,head_width=0.24", "color": color, "linewidth": ARROW, "shrinkA": 0,
                        "shrinkB": 0, "mutation_scale": 13, "joinstyle": "miter", "capstyle": "butt"},
        )  # fmt: skip
    for bound, hollow in ends.items():
        place = [x], [heights[bound]]
        for size in HALO if quantity.approximate else ():
            axes.plot(*place, shape, color=color, alpha=SOFT, markersize=size * 0.9, markeredgewidth=0, clip_on=False, zorder=2.5,
                      gid=f"{name}-soft")  # fmt: skip
        if hollow or not quantity.approximate:
            axes.plot(*place, shape, markersize=DOT - 1, markeredgecolor=color, markerfacecolor="white" if hollow else color,
                      markeredgewidth=ARROW, clip_on=False, zorder=3, gid=f"{name}-{'hollow' if hollow else 'filled'}")  # fmt: skip
    return min(heights.values()) - (UP if upper is None else 0.05)


def _say(
    sheet: Page, wording: str, x: float, level: float, lane: tuple[float, float], marks: Sequence[Box], words: list[Box]
) -> bool:
    """The wording beside its mark, on the first side where no mark and no other wording stands; whether there was one."""
    axes = sheet.axes
    start, end = axes.get_xlim()
    per_inch = (end - start) / sheet.wide
    wide, half, aside = width_of(wording, SMALL) * per_inch, 0.085, 0.09 * per_inch
    for up in (0.0, -0.09, -0.17, 0.09, 0.17):
        for left, ha in ((x + aside, "left"), (x - aside - wide, "right")):
            place = (left, left + wide, level + up - half, level + up + half)
            inside = start <= left and left + wide <= end and lane[0] <= place[2] and place[3] <= lane[1]
            if inside and not any(_meet(place, box) for box in (*marks, *words)):
                axes.text(left if ha == "left" else left + wide, level + up, wording, ha=ha, va="center", fontsize=SMALL,
                          color=DARK, gid=OURS + "wording", path_effects=[withStroke(linewidth=2.5, foreground="white")])  # fmt: skip
                words.append(place)
                return True
    return False


def _meet(one: Box, two: Box) -> bool:
    return one[0] < two[1] and two[0] < one[1] and one[2] < two[3] and two[2] < one[3]


# --- words -------------------------------------------------------------------------------------------------------------


def _days(column: pd.Series, name: str) -> list[pd.Timestamp | None]:
    try:
        with warnings.catch_warnings():  # about a format that pandas must guess
            warnings.simplefilter("ignore", UserWarning)
            days = pd.to_datetime(column)
    except (ValueError, TypeError) as error:
        raise ValueError(f"The column {name!r} must hold dates, such as '2023-05-01': {error}.") from error
    return [None if pd.isna(day) else pd.Timestamp(day) for day in days]


def _notes(every: int, dated: int, drawn: int, measures: Sequence[str]) -> list[str]:
    notes = []
    if len(measures) > 1:
        named = [measure or "something not stated" for measure in measures]
        shapes = ("disc", "square", "diamond", "triangle up", "triangle down", "plus", "cross")
        told = "; ".join(f"{shape}: {measure}" for shape, measure in zip(shapes, named, strict=False))
        notes.append(f"What is counted differs. {told[:1].upper()}{told[1:]}.")
    if dated < every:
        notes.append(f"{every - dated:,} of {every:,} claims have no date and are not drawn; the data table has them.")
    if drawn < dated:
        notes.append(f"Drawn are {drawn:,} of {dated:,} claims, from the lanes with most; the data table has all.")
    return notes


def _said(
    rows: Sequence[Row], days: Sequence[pd.Timestamp | None], common: str, measures: Sequence[str]
) -> list[str]:  # fmt: skip
    told = []
    for row, day in zip(rows, days, strict=True):
        when = "no date" if day is None else f"{day.day} {day:%B %Y}"
        said = claim_in_words(record_of(row, beside(row, common, measures), True))
        told.append(f"{row.label}, {when}: {said}")
    return listed(told, "claims")
