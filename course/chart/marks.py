"""The marks that say how a number is bounded, and the key that explains them: filled, hollow, soft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend_handler import HandlerBase
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation, Transform

from course.chart.layout import MARGIN, Page, figure_with
from course.chart.style import DARK, GREY, SMALL
from course.quantity import Quantity

KEY = 0.25  # inches, a line of the key
DOT, ARROW = 8.0, 1.8  # points
HALO = tuple(5 + 1.4 * step for step in range(11))  # the discs that make a soft edge, in points
SOFT = 0.13  # the strength of each

_KEY = {
    "filled": "the number is included",
    "hollow": "the number itself is left out (“more than”, “fewer than”)",
    "soft": "approximate",
}


def forms_of(quantities: Iterable[Quantity]) -> list[str]:
    """What the key must explain: the two kinds of end where one is hollow, and the soft edge."""
    quantities = list(quantities)
    hollow = any(one.lower_open or one.upper_open for one in quantities)
    soft = any(one.approximate for one in quantities)
    return [form for form, there in (("filled", hollow), ("hollow", hollow), ("soft", soft)) if there]


def key_height(forms: Sequence[str], axes: Axes | None) -> float:
    """The inches that the key takes: one line where the page has the width for it."""
    return KEY * (len(forms) if axes is not None else min(1, len(forms)))


def key(sheet: Page, forms: Sequence[str], own: bool, words: Mapping[str, str] = _KEY) -> None:
    """Under the axis: what the ends mean."""
    if not forms:
        return
    axes = sheet.axes
    figure = figure_with(axes)
    left = MARGIN - axes.get_position().x0 * figure.get_size_inches()[0] if own else 0
    # In inches from the corner of the axes, whatever becomes of their size.
    below = ScaledTranslation(left, -sheet.below, figure.dpi_scale_trans)
    axes.legend(
        [_Form(form) for form in forms], [words.get(form, form) for form in forms], handler_map={_Form: _Mark()}, loc="upper left",
        bbox_to_anchor=(0, 0), bbox_transform=axes.transAxes + below, borderaxespad=0, borderpad=0.2, frameon=False, fontsize=SMALL,
        labelcolor=GREY, handlelength=1.8, handleheight=1.2, handletextpad=0.4, columnspacing=1.8, ncols=len(forms) if own else 1,
    )  # fmt: skip


class _Form(Artist):
    """A line of the key."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form


class _Mark(HandlerBase):
    """Draws in the key what the rows show."""

    def create_artists(
        self, legend: Any, orig_handle: Any, xdescent: float, ydescent: float, width: float, height: float, fontsize: float,
        trans: Transform,
    ) -> list[Artist]:  # fmt: skip
        place: dict[str, Any] = {"linestyle": "", "marker": "o", "transform": trans, "color": DARK}
        x, y = [width / 2], [height / 2 - ydescent]
        if orig_handle.form == "soft":
            discs = [Line2D(x, y, markersize=size * 0.7, alpha=SOFT, markeredgewidth=0, **place) for size in HALO]
            return list(discs)
        face = "white" if orig_handle.form == "hollow" else DARK
        return [Line2D(x, y, markersize=6, markeredgewidth=1.5, markerfacecolor=face, **place)]
