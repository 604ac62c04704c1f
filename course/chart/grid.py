"""The grid that matrices are drawn on: rows by columns, with a sign, a number or a word in every cell, so that no shade stands alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle

from course.chart.layout import GAP, MOST, Page, Words, names_width, page, width_for
from course.chart.looks import lightness
from course.chart.marks import KEY
from course.chart.reading import OURS
from course.chart.style import BLUE, DARK, GREY, LABEL, LINE, SMALL, height_of, width_of, wrap

COLUMNS = 12  # columns drawn; more leave no room for words
WIDEST, ROW = 1.05, 0.34  # inches, the widest that a column and the least high that a row is
TILT, SLANTED = 50, 1.5  # degrees and inches of a heading that is too wide for its column

_SHADES = LinearSegmentedColormap.from_list("shades", ["#f4f8fb", "#8fc1de", BLUE])


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: `text`, over a shade from 0 (nearly white) to 1 (dark), None for white; `outline` draws a frame."""

    text: str = ""
    shade: float | None = None
    outline: bool = False
    size: float = LABEL


def column_width(rows: Sequence[str], columns: Sequence[str], axes: Axes | None) -> float:
    """How wide a column will be, in inches."""
    return min(WIDEST, width_for(axes, (names_width(rows[:MOST]) + GAP, 0.08)) / max(1, len(columns[:COLUMNS])))


def draw_grid(
    names: tuple[Sequence[str], Sequence[str]],
    cells: Mapping[tuple[int, int], Cell],
    words: Words,
    *,
    signs: Mapping[str, str] | None = None,
    axes: Axes | None = None,
) -> Page:
    """An axes with one named row and one named column for each of `names`, and in each place the cell for (row, column), or nothing.

    `signs` are explained under the grid: {sign: what it means}.
    """
    rows, columns = names[0][:MOST], names[1][:COLUMNS]
    count = max(1, len(columns))
    wide = column_width(rows, columns, axes)
    longest = max((width_of(word, SMALL) for name in columns for word in name.split()), default=0.0)
    tilted = longest > wide - 0.06  # rather slanted than broken within a word
    headings = [wrap(name, SLANTED if tilted else wide - 0.06, SMALL, most=1 if tilted else 4) for name in columns]
    highest = max((height_of(text, SMALL) for text in headings), default=0.0)
    if tilted:
        highest = max(width_of(text, SMALL) for text in headings) * math.sin(math.radians(TILT)) + 0.1
    key_lines = _lines(signs or {}, axes)
    sheet = page(
        rows, words, row=ROW, heading=highest + 0.1, narrow=wide * count, ticked=False,
        key=KEY * len(key_lines) * bool(signs), axes=axes,
    )  # fmt: skip
    axes = sheet.axes
    axes.set_xlim(0, count)
    axes.grid(False)
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.set_ticks_position("top")
    axes.set_xticks([number + 0.5 for number in range(len(columns))], headings, fontsize=SMALL, linespacing=LINE)
    axes.tick_params(axis="both", length=0)
    if tilted:
        axes.tick_params(axis="x", labelrotation=TILT, pad=2)
        for text in axes.get_xticklabels():
            text.set(ha="left", va="bottom", rotation_mode="anchor")
    top = 0.0
    for row, high in enumerate(sheet.high):
        for column in range(len(columns)):
            _draw(axes, cells.get((row, column), Cell()), column, top, high, sheet.wide / count)
        top += high
    if signs:
        _explain(sheet, key_lines)
    return sheet


def _draw(axes: Axes, cell: Cell, left: float, top: float, high: float, wide: float) -> None:
    aside, above = 0.015 / wide, 0.015  # a white line between the cells
    face = "white" if cell.shade is None else to_hex(_SHADES(min(1.0, max(0.0, cell.shade))))
    axes.add_patch(
        Rectangle(
            (left + aside, top + above), 1 - 2 * aside, high - 2 * above, facecolor=face, gid=OURS + "cell",
            edgecolor=DARK if cell.outline else "#e3e6ea" if cell.shade is None else face, linewidth=1.5 if cell.outline else 0.7,
        )
    )  # fmt: skip
    if cell.text:
        color = "white" if lightness(face) < 54 else DARK
        axes.text(
            left + 0.5, top + high / 2, cell.text, ha="center", va="center_baseline", fontsize=cell.size, color=color, linespacing=1.1,
            gid=OURS + "cell",
        )  # fmt: skip


def _lines(signs: Mapping[str, str], axes: Axes | None) -> list[list[tuple[str, str]]]:
    """The signs in as many lines as their words need."""
    room = width_for(axes, (0.0, 0.0))
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for sign, meaning in signs.items():
        wide = width_of(f"{sign}  {meaning}", SMALL) + 0.25
        if lines[-1] and used + wide > room:
            lines.append([])
            used = 0.0
        lines[-1].append((sign, meaning))
        used += wide
    return lines


def _explain(sheet: Page, lines: Sequence[Sequence[tuple[str, str]]]) -> None:
    figure = sheet.axes.get_figure(root=True)
    start = -(sheet.axes.get_position().x0 * figure.get_size_inches()[0] - 0.22) * 72 if figure else 0.0
    for number, line in enumerate(lines):
        text = "      ".join(f"{sign}  {meaning}" for sign, meaning in line)
        down = (sheet.below + KEY * (number + 0.6)) * 72
        sheet.axes.annotate(
            text, (0, 0), xycoords="axes fraction", xytext=(start, -down), textcoords="offset points", fontsize=SMALL, color=GREY,
            ha="left", va="center_baseline", annotation_clip=False, gid=OURS + "key",
        )  # fmt: skip
