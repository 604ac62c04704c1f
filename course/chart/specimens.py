"""A table -> small charts side by side, each drawn as its row says, faults included: specimens for a lesson on misleading charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from course.chart.output import Chart
from course.chart.style import BLUE, GREY, wrap

WAYS = ("bars", "dots", "whiskers")
ACROSS = 3
_WIDE, _HIGH, _LOW = 3.3, 3.1, 2.0  # inches for one chart; whiskers need less height
_SOLE = (6.0, 3.6)


def specimens(rows: pd.DataFrame | pd.Series) -> Figure:
    """A figure with one small chart a row, named by the table's index; nothing is mended, so that there is something to find.

    Args:
        rows: a table, or one row of it, with these columns; what has several parts separates them by "; ", and "" is none.
            title; draws ("bars", "dots" or "whiskers"); names and values of the marks; axis, its label; source. And, if there:
            low and high, the ends of whiskers, an arrow where only one is given; begins_at, where the axis of values begins, 0
            unless given; upside_down ("yes"); note, a sentence under the chart.

    Errors: ValueError for another way to draw, or a number that cannot be read.
    """
    table = rows.to_frame().T if isinstance(rows, pd.Series) else rows
    across = min(ACROSS, len(table))
    down = -(-len(table) // across)
    each = _LOW if set(table["draws"]) == {"whiskers"} else _HIGH
    size = _SOLE if len(table) == 1 else (_WIDE * across, each * down)
    figure: Figure = Chart(figsize=size, layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12))
    for axes, (name, row) in zip(
        figure.subplots(down, across, squeeze=False).flat, table.astype(str).iterrows(), strict=False
    ):
        title = row["title"] if len(table) == 1 else f"{name}. {row['title']}"
        _draw(axes, {str(key): cell for key, cell in row.items()}, title, size[0] / across, size[1] / down)
    for axes in figure.axes[len(table) :]:
        axes.remove()
    return figure


def _draw(axes: Axes, row: Mapping[str, Any], title: str, wide: float, high: float) -> None:
    draws, values = row["draws"], _numbers(row["values"])
    names = _parts(row["names"]) or [""] * len(values)
    start = (_numbers(row.get("begins_at", "")) or [0.0])[0]
    room = wide - 0.9
    labels = [wrap(name, room / max(1, len(names)) - 0.1, 9) for name in names]
    if draws == "whiskers":
        _whiskers(axes, row, values, start)
    elif draws in WAYS:
        places = range(len(values))
        if draws == "bars":
            axes.bar(places, values, color=BLUE, width=0.6)
        else:
            axes.plot(places, values, "o", color=BLUE, markersize=9)
            axes.margins(x=0.4)
        axes.set_xticks(list(places), labels)
        top = max(values)
        axes.set_ylim(start, top + 0.08 * (top - start))
        axes.set_ylabel(wrap(row["axis"], high - 1.4, 9), fontsize=9)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10], integer=True))
        axes.yaxis.set_major_formatter(_plain)
        if row.get("upside_down") == "yes":
            axes.invert_yaxis()
    else:
        raise ValueError(f"There is no way to draw called {draws!r}. There are: {', '.join(WAYS)}.")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=9)
    axes.set_title(wrap(title, room, 10, "bold"), fontsize=10, fontweight="bold", loc="left")
    below = [row.get("note", ""), f"Source: {row['source']}" if row["source"] else ""]
    for line, text in enumerate(filter(None, below)):
        axes.annotate(
            wrap(text, room + 0.4, 8), (0, 0), xycoords="axes fraction", xytext=(-30, -46 - 24 * line),
            textcoords="offset points", fontsize=8, color=GREY, va="top",
        )  # fmt: skip


def _whiskers(axes: Axes, row: Mapping[str, Any], values: list[float], start: float) -> None:
    """One dot with whiskers, lying; without a dot where no value is given. Where an end is not given, an arrow to the edge."""
    low, high = (_numbers(row.get(name, "")) for name in ("low", "high"))
    ends = [*low, *high, *values]
    edge = max(ends) * (1.15 if high else 1.5)
    axes.set_xlim(start, edge)
    axes.set_ylim(-1, 1)
    if low and high:
        middle = values[0] if values else (low[0] + high[0]) / 2
        axes.errorbar(
            [middle], [0], xerr=[[middle - low[0]], [high[0] - middle]], fmt="o" if values else "none", color=BLUE, markersize=8,
            capsize=7, elinewidth=2, capthick=2,
        )  # fmt: skip
    else:
        axes.plot(ends, [0] * len(ends), "|", color=BLUE, markersize=14, markeredgewidth=2)
        arrow = {"arrowstyle": "-|>", "color": BLUE, "linewidth": 2, "shrinkA": 0, "mutation_scale": 14}
        axes.annotate("", (start if high else edge, 0), xytext=(ends[0], 0), arrowprops=arrow)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(wrap(row["axis"], 2.6, 9), fontsize=9)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(_plain)


def _plain(number: float, _: float) -> str:
    return f"{number:,.0f}"


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _numbers(cell: str) -> list[float]:
    try:
        return [float(part.replace(",", "")) for part in _parts(cell)]
    except ValueError as error:
        raise ValueError(f"{cell!r} holds something that is no number; separate numbers by a semicolon.") from error
