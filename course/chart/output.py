"""figure -> notebook: the picture with its text alternative, and the data folded beside it."""

from __future__ import annotations

import base64
import sys
from html import escape
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course.chart.description import describe, figure_behind
from course.chart.style import quiet, style
from course.chart.words import data_table, text_alternative
from course.corpus import Report
from course.extract import marked

DPI = 100  # picture points for an inch on the screen; the picture itself has twice as many, for sharp displays
MOST = 200  # rows of the folded table
_ROWS = 16  # of points, at a time


class Chart(Figure):
    """A figure that a notebook shows with its text alternative, also where `show` was forgotten."""

    def _ipython_display_(self) -> None:
        show(self)


def show(figure: Any) -> None:
    """Show a figure in the notebook: the picture, its text alternative for screen readers, its data as a table that folds out.

    A report, or an article's text, is shown with the spans of its claims marked.

    Outside a notebook the text alternative is printed. A figure made with pyplot is closed, so that it does not appear twice.

    Args:
        figure: a matplotlib figure, an axes or another part of one; the course's own or made by hand. Or a report or a text.

    Errors: TypeError for anything that is not a figure or a part of one.
    """
    from IPython.display import display

    if isinstance(figure, Report | str):
        display(marked(figure))
        return
    figure = figure_behind(figure, "show")
    display(_Shown(figure))
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)


def as_html(figure: Any) -> str:
    """A figure as a piece of an HTML page that needs nothing else: the picture with its text alternative, and its data folded below.

    Errors: TypeError for anything that is not a figure or a part of one.
    """
    return _Shown(figure_behind(figure, "as_html"))._html()


class _Shown:
    """One look at a figure, in the forms that a notebook may choose from."""

    def __init__(self, figure: Figure) -> None:
        chart = describe(figure)
        self.words, self.table = text_alternative(chart), data_table(chart)
        self.picture, self.width = _png(figure)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/html": self._html(), "text/plain": self.words}

    def __repr__(self) -> str:
        return self.words

    def _html(self) -> str:
        # JupyterLab 4.6 drops the alternative text of an image/png output, so the picture stands in HTML, which it keeps
        # also where a notebook is not trusted.
        picture = base64.b64encode(self.picture).decode("ascii")
        words = escape(self.words)
        return (
            f'<img src="data:image/png;base64,{picture}" alt="{words}" width="{self.width}" style="max-width: 100%; height: auto">'
            "<details><summary>The chart in words and numbers</summary>"
            f"<p>{words}</p>{_table(self.table)}</details>"
        )


def _png(figure: Figure) -> tuple[bytes, int]:
    """The figure as PNG bytes, and its width on the screen in picture points."""
    if isinstance(figure, Chart):
        picture = _few_colours(_drawn(figure))
        target = BytesIO()
        picture.save(target, "png")
        return target.getvalue(), round(picture.width / 2)
    target = BytesIO()
    with quiet():
        _print(figure, target, "png", bbox_inches="tight")
    return target.getvalue(), round(Image.open(target).width / 2)


def _drawn(figure: Figure) -> np.ndarray:
    """The course's own figure as points in memory: what goes into no file need not be packed first."""
    with style(), quiet():
        canvas = _print(figure, _Nowhere(), "raw")
    points: np.ndarray = np.asarray(canvas.renderer.buffer_rgba())
    return points


def _few_colours(points: np.ndarray) -> Image.Image:
    """A picture with a palette of 256, which makes a notebook three times smaller, from rows of red, green, blue and 255.

    A chart has some hundred colours: they are brought down to 256 once, and not the million points. Those are taken some rows at a
    time, as new memory costs more than the work.
    """
    height, width = points.shape[:2]
    counted = Image.frombuffer("RGBA", (width, height), points, "raw", "RGBA", 0, 1).getcolors(1 << 16)
    if counted is None:
        return _quantized(Image.fromarray(points).convert("RGB"))
    colours = np.array([colour for _, colour in counted], np.uint8)
    few = _quantized(Image.fromarray(np.ascontiguousarray(colours[np.newaxis, :, :3])))
    place = np.zeros(1 << 24, np.uint8)  # of which no more memory is touched than there are colours
    place[_number(colours)] = np.asarray(few)[0]
    made = np.empty((height, width), np.uint8)
    for row in range(0, height, _ROWS):
        place.take(_number(points[row : row + _ROWS]), out=made[row : row + _ROWS], mode="clip")
    picture = Image.fromarray(made)
    picture.putpalette(few.getpalette() or [])
    return picture


def _quantized(picture: Image.Image) -> Image.Image:
    return picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def _number(colours: np.ndarray) -> np.ndarray:
    """Red, green and blue as one number each."""
    return colours.view("<u4")[..., 0] & 0xFFFFFF


class _Nowhere(BytesIO):
    def write(self, data: Any) -> int:
        return len(data)


def _print(figure: Figure, target: BytesIO, form: str, **more: Any) -> FigureCanvasAgg:
    """Draw a figure for a sharp display; it keeps the canvas that it had."""
    before, canvas = figure.canvas, FigureCanvasAgg(figure)
    canvas.print_figure(target, format=form, dpi=2 * DPI, facecolor=figure.get_facecolor(), **more)
    figure.set_canvas(before)
    return canvas


def _table(table: pd.DataFrame) -> str:
    """The table in HTML, without the columns that say nothing: the same empty, False or True in every row."""
    silent = ("drawn", "whole", "text", "approximate", "series", "measure", "unit")
    usual = {name: name == "drawn" for name in silent}
    table = table.drop(
        columns=[name for name in silent if name in table and all(not _says(cell, usual[name]) for cell in table[name])]
    )
    if table.empty:
        return ""
    head = "".join(f'<th scope="col">{escape(str(name).replace("_", " "))}</th>' for name in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(value))}</td>" for value in row) + "</tr>"
        for row in table.head(MOST).astype(object).itertuples(index=False)
    )
    rest = len(table) - MOST
    more = f"<p>{rest:,} more rows: data_table(figure) has them all.</p>" if rest > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _says(value: Any, usual: bool) -> bool:
    return not (_empty(value) or value == "" or value is usual)


def _empty(value: Any) -> bool:
    return value is None or value is pd.NA or value != value


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _empty(value):
        return "not given"
    if isinstance(value, int | float):
        return f"{value:,}"
    return str(value)
