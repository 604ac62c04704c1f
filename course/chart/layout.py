"""The page that a chart stands on: a title that states the message, one row for each thing, and the source below.

All distances are inches, so that text keeps its size however many rows there are; the figure grows instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from course.chart.description import NOT_STATED
from course.chart.output import Chart
from course.chart.reading import OURS
from course.chart.style import (
    DARK,
    GREY,
    LABEL,
    LINE,
    ORANGE,
    PALE,
    SMALL,
    SUBTITLE,
    TITLE,
    height_of,
    thousands,
    width_of,
    wrap,
)

WIDTH = 8.0  # a notebook's column at 100 %
MARGIN = 0.22
GUTTER = 0.52  # where the arrows of open ends go
GAP = 0.14
NAMES = 2.2  # the widest that the names of the rows may be
CAVEAT = 0.14  # the mark left of a caveat
MOST = 30  # rows drawn; more do not fit a page that can be read


@dataclass(frozen=True)
class Words:
    """What is written around the marks."""

    title: str
    subtitle: str
    axis: str
    source: str
    notes: Sequence[str] = ()
    caveat: str = ""

    @property
    def warning(self) -> str:
        """What the reader must know before comparing; "" where nobody gave a caveat."""
        return f"Caveat: {self.caveat}" if self.caveat else ""

    @property
    def footer(self) -> list[str]:
        """The notes, then the source: always there, and when nobody named one it says so."""
        return [*self.notes, f"Source: {self.source or NOT_STATED}"]

    @property
    def every(self) -> list[str]:
        """All of it as it was before it was broken into lines."""
        return [self.title, self.subtitle, self.axis, self.warning, *self.footer]


@dataclass
class Page:
    """An axes made ready for rows: `y` are their middles (inches from the top), `left` and `right` the gutters (fractions of the axes)."""

    axes: Axes
    y: list[float]
    left: float
    right: float
    wide: float  # the axes, in inches
    below: float  # where the key may begin, inches under the axes
    high: Sequence[float] = ()  # the rows, in inches


def page(
    names: Sequence[str],
    words: Words,
    *,
    row: float,
    gutters: tuple[bool, bool] = (False, False),
    key: float = 0.0,
    heading: float = 0.0,
    narrow: float | None = None,
    ticked: bool = True,
    axes: Axes | None = None,
) -> Page:
    """An axes with one named row for each of `names`, and `words` around it.

    Args:
        names: the text left of each row.
        row: the least height of a row, in inches.
        gutters: whether arrows leave the axes on the left and on the right.
        key: inches to keep free for the key.
        heading: inches to keep free over the axes.
        narrow: the most that the axes may be wide, in inches; None for all the width there is.
        ticked: whether the horizontal axis has ticks under it.
        axes: draw here, where title, key and source are set close to the axes; without it a figure of the right height is made.
    """
    labels = [wrap(name, NAMES, LABEL, most=3) for name in names]
    heights = [max(row, height_of(label, LABEL) + 0.16) for label in labels]
    left, right = (GUTTER if there else 0.0 for there in gutters)
    if any(gutters):
        heading = max(heading, height_of("two\nlines", SMALL))
    sides = (names_width(names) + GAP + left, right or 0.08)
    if axes is None and narrow is not None:
        sides = (sides[0], sides[1] + max(0.0, width_for(None, sides) - narrow))
    wide = width_for(axes, sides)
    label = wrap(words.axis, wide, LABEL)
    ticks = (0.29 if ticked else 0.0) + height_of(label, LABEL)
    axes = stand(words, sides=sides, high=sum(heights), above=heading, below=ticks + key, axes=axes)
    middles = [sum(heights[:number]) + height / 2 for number, height in enumerate(heights)]
    axes.set_ylim(sum(heights) or 1, 0)
    axes.set_yticks(middles, labels, linespacing=LINE)
    axes.tick_params(axis="y", pad=(left + GAP * 0.8) * 72)
    axes.set_xlabel(label, labelpad=6, loc="left", linespacing=LINE)
    return Page(axes, middles, left / wide, right / wide, wide, ticks + 0.05, heights)


def width_for(axes: Axes | None, sides: tuple[float, float]) -> float:
    """How wide the axes will be, in inches; `sides` are the inches kept free on its left and right."""
    if axes is None:
        return WIDTH - 2 * MARGIN - sum(sides)
    whole = axes.get_figure(root=True)
    return axes.get_position().width * (float(whole.get_size_inches()[0]) if whole else WIDTH)


def stand(
    words: Words,
    *,
    sides: tuple[float, float],
    high: float,
    above: float = 0.0,
    below: float = 0.0,
    axes: Axes | None = None,
) -> Axes:
    """An axes with `words` around it: on a figure of its own, or `axes` as it is. All in inches.

    Args:
        sides: kept free on the left and on the right of the axes, for names and arrows.
        high: the height of the axes.
        above, below: kept free over and under the axes, for headings and for ticks, label and key.
    """
    if axes is not None:
        _around(axes, words, width_for(axes, sides), above, below)
        return axes
    page_width = WIDTH - 2 * MARGIN
    title = wrap(words.title, page_width, TITLE, "bold")
    subtitle = wrap(words.subtitle, page_width, SUBTITLE)
    caveat = wrap(words.warning, page_width - CAVEAT, LABEL)
    footer = [wrap(line, page_width, SMALL) for line in words.footer]
    under_title = MARGIN + height_of(title, TITLE) + 0.05
    under_subtitle = under_title + height_of(subtitle, SUBTITLE)
    top = under_subtitle + (height_of(caveat, LABEL) + 0.16 if caveat else 0) + 0.2 + above
    bottom = below + 0.14 + sum(height_of(line, SMALL) for line in footer) + MARGIN * 0.8
    height = top + high + bottom
    figure: Figure = Chart(figsize=(WIDTH, height))
    x0, x1 = MARGIN + sides[0], WIDTH - MARGIN - sides[1]
    axes = figure.add_axes((x0 / WIDTH, bottom / height, (x1 - x0) / WIDTH, high / height))
    figure.suptitle(
        title,
        x=MARGIN / WIDTH,
        y=1 - MARGIN / height,
        ha="left",
        va="top",
        fontsize=TITLE,
        fontweight="bold",
        linespacing=LINE,
    )
    _write(figure, MARGIN / WIDTH, 1 - under_title / height, subtitle, SUBTITLE, "top", "subtitle")
    if caveat:
        start, end = (
            1 - (under_subtitle + 0.12) / height,
            1 - (under_subtitle + 0.12 + height_of(caveat, LABEL)) / height,
        )
        _write(figure, (MARGIN + CAVEAT) / WIDTH, start, caveat, LABEL, "top", "caveat", DARK)
        bar = Line2D(
            [(MARGIN + 0.02) / WIDTH] * 2,
            [start, end],
            color=ORANGE,
            linewidth=3,
            solid_capstyle="butt",
            gid=OURS + "caveat",
        )
        figure.add_artist(bar)
    up = MARGIN * 0.8
    for line in reversed(footer):
        _write(figure, MARGIN / WIDTH, up / height, line, SMALL, "bottom", "footer")
        up += height_of(line, SMALL)
    return axes


def number_axis(axes: Axes, low: float, high: float, *, whole: bool, room: float = 1.05) -> None:
    """Set the horizontal axis of numbers: zero is always on it, and the numbers have thousands separators."""
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-100:  # nothing but zeros, or what a computer cannot tell from zero
        high = 1 / room
    axes.set_xlim(low * room, high * room)
    figure = axes.get_figure(root=True)
    wide = axes.get_position().width * (figure.get_size_inches()[0] if figure else WIDTH)
    formatter = thousands()
    most = max(1, min(7, int(wide / (width_of(formatter(max(abs(low), high)), 9.5) + 0.22))))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10], integer=whole))
    axes.xaxis.set_major_formatter(formatter)
    axes.axvline(0, color="#57606a", linewidth=1, zorder=1.5, gid=OURS + "zero", clip_on=False)


def figure_with(axes: Axes) -> Figure:
    """The figure that `axes` stands on."""
    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)
    return figure


def _around(axes: Axes, words: Words, wide: float, above: float, below: float) -> None:
    """Title, subtitle, caveat and footer for an axes on somebody else's figure."""
    axes.spines[["left", "top", "right"]].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="x", color="#e3e6ea", linewidth=0.8)
    axes.set_axisbelow(True)
    subtitle, caveat = wrap(words.subtitle, wide, SUBTITLE), wrap(words.warning, wide, LABEL)
    heads = [(caveat, LABEL, "caveat", DARK), (subtitle, SUBTITLE, "subtitle", GREY)]
    pieces, up = [], above * 72 + 8
    for text, size, role, color in heads:
        pieces.append((text, 1, size, up, role, color))
        up += height_of(text, size) * 72 + (4 if text else 0)
    axes.set_title(wrap(words.title, wide, TITLE, "bold"), loc="left", fontsize=TITLE, fontweight="bold", pad=up)
    down = below + 0.12
    for line in (wrap(line, wide, SMALL) for line in words.footer):
        pieces.append((line, 0, SMALL, -down * 72, "footer", GREY))
        down += height_of(line, SMALL)
    for text, at, size, up, role, color in pieces:
        axes.annotate(
            text, (0, at), xycoords="axes fraction", xytext=(0, up), textcoords="offset points", fontsize=size, color=color,
            ha="left", va="bottom" if at else "top", annotation_clip=False, gid=OURS + role, linespacing=LINE,
        )  # fmt: skip


def _write(figure: Figure, x: float, y: float, text: str, size: float, va: str, role: str, color: str = GREY) -> None:
    figure.text(x, y, text, fontsize=size, color=color, ha="left", va=va, gid=OURS + role, linespacing=LINE)


def names_width(names: Sequence[str]) -> float:
    """The inches that the names of the rows take, broken into lines."""
    lines = [line for name in names for line in wrap(name, NAMES, LABEL, most=3).split("\n")]
    return max((width_of(line, LABEL) for line in lines), default=0.0)


def gutter(axes: Axes, start: float, wide: float, text: str) -> None:
    """A pale strip beside the axes, and over it what the arrows in it mean; `start` and `wide` are fractions of the axes."""
    strip = Rectangle(
        (start, 0), wide, 1, transform=axes.transAxes, color=PALE, zorder=0, clip_on=False, gid=OURS + "gutter"
    )
    axes.add_artist(strip)
    axes.annotate(
        text, (start + wide / 2, 1), xycoords="axes fraction", xytext=(0, 4), textcoords="offset points", fontsize=SMALL,
        color=GREY, ha="center", va="bottom", annotation_clip=False, gid=OURS + "gutter",
    )  # fmt: skip
