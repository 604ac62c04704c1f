"""axes -> what is drawn on it, as plain data: bars, lines, points, error bars, and values as JSON has them."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colors, dates
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.category import StrCategoryFormatter
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle, Wedge
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter, FuncFormatter

OURS = "course:"  # the gid of an artist that the record of our own chart already tells about
MOST = 2_000  # values of one series that are written out, spread evenly; `count` always says how many there are

# --- what is drawn -----------------------------------------------------------------------------------------------------


def bars_on(axes: Axes) -> tuple[list[dict[str, Any]], set[int]]:
    bars: list[dict[str, Any]] = []
    seen: set[int] = set()
    for container in axes.containers:
        if not isinstance(container, BarContainer):
            continue
        upright = container.orientation != "horizontal"
        names = _names(axes, "x" if upright else "y")
        for patch in container.patches:
            seen.add(id(patch))
            if not isinstance(patch, Rectangle) or is_ours(patch):
                continue
            base, value = (patch.get_y(), patch.get_height()) if upright else (patch.get_x(), patch.get_width())
            along = (patch.get_x(), patch.get_width()) if upright else (patch.get_y(), patch.get_height())
            bars.append(
                {
                    "label": _name_at(names, along[0], along[0] + along[1]),
                    "series": _series(container.get_label()),
                    "value": value_of(value),
                    "base": value_of(base),
                    "orientation": "vertical" if upright else "horizontal",
                    "width": value_of(along[1]),
                    "color": _color(patch.get_facecolor()),
                    "hatch": str(patch.get_hatch() or ""),
                }
            )
    by_hand = _rectangles(axes, seen)
    seen.update(id(patch) for patch, _ in by_hand)
    return bars + [bar for _, bar in by_hand], seen


def _rectangles(axes: Axes, skip: set[int]) -> list[tuple[Rectangle, dict[str, Any]]]:
    """Rectangles that stand side by side on one level, two at least: bars that were drawn one by one."""
    loose = [
        one
        for one in axes.patches
        if type(one) is Rectangle
        and id(one) not in skip
        and not is_ours(one)
        and one.get_visible()
        and one.get_data_transform() == axes.transData
        and one.get_width()
        and one.get_height()
    ]
    for upright in (True, False):
        bases = {round(float(one.get_y() if upright else one.get_x()), 9) for one in loose}
        widths = {round(float(one.get_width() if upright else one.get_height()), 9) for one in loose}
        ends = {round(float(one.get_height() if upright else one.get_width()), 9) for one in loose}
        if len(loose) > 1 and len(bases) == 1 and len(widths) == 1 and len(ends) > 1:
            names = _names(axes, "x" if upright else "y")
            made = []
            for one in loose:
                place, wide = (one.get_x(), one.get_width()) if upright else (one.get_y(), one.get_height())
                made.append(
                    (
                        one,
                        {
                            "label": _name_at(names, place, place + wide),
                            "series": "",
                            "value": value_of(one.get_height() if upright else one.get_width()),
                            "base": value_of(bases.copy().pop()),
                            "orientation": "vertical" if upright else "horizontal",
                            "width": value_of(wide),
                            "color": _color(one.get_facecolor()),
                            "hatch": str(one.get_hatch() or ""),
                        },
                    )
                )
            return made
    return []


def slice_of(wedge: Wedge) -> dict[str, Any]:
    return {
        "label": _series(wedge.get_label()),
        "series": "",
        "value": round((wedge.theta2 - wedge.theta1) / 360, 4),
        "base": None,
        "orientation": "slice",
        "color": _color(wedge.get_facecolor()),
        "hatch": str(wedge.get_hatch() or ""),
    }


def errors_on(axes: Axes) -> tuple[list[dict[str, Any]], set[int]]:
    errors: list[dict[str, Any]] = []
    seen: set[int] = set()
    for container in axes.containers:
        if not isinstance(container, ErrorbarContainer):
            continue
        _, caps, whiskers = container
        seen.update(id(part) for part in (*caps, *whiskers))
        directions = [name for name, there in (("x", container.has_xerr), ("y", container.has_yerr)) if there]
        for along, collection in zip(directions, whiskers, strict=False):
            column = "xy".index(along)
            segments = [segment for segment in collection.get_segments() if len(segment) == 2]
            errors.append(
                {
                    "series": _series(container.get_label()),
                    "along": along,
                    "at": [value_of(segment[0][1 - column]) for segment in segments[:MOST]],
                    "low": [value_of(segment[0][column]) for segment in segments[:MOST]],
                    "high": [value_of(segment[1][column]) for segment in segments[:MOST]],
                }
            )
    return errors, seen


def lines_on(axes: Axes, skip: set[int]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    lines: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    references: list[dict[str, Any]] = []
    for line in axes.lines:
        if id(line) in skip or is_ours(line) or not line.get_visible():
            continue
        if line.get_transform() != axes.transData:
            references.append(_reference(axes, line))
            continue
        joined = line.get_linestyle() not in ("None", "none", " ", "")
        series = _series_of(axes, line.get_label(), line.get_xdata(), line.get_ydata(), line.get_color())
        marker = line.get_marker()
        series["marker"] = "" if marker in (None, "None", "none", "") else str(marker)
        if joined:
            series["style"] = line.get_linestyle()
        else:
            series["hollow"] = _color(line.get_markerfacecolor()) in ("#ffffff", "")
        (lines if joined else points).append(series)
    return lines, points, references


def _reference(axes: Axes, line: Line2D) -> dict[str, Any]:
    upright = line.get_transform() == axes.get_xaxis_transform(which="grid")
    values = np.ravel(line.get_xdata() if upright else line.get_ydata())
    along = "x" if upright else "y"
    return {"along": along, "at": value_of(values[0], getattr(axes, f"{along}axis")) if len(values) else None}


def collections_on(axes: Axes) -> tuple[list[dict[str, Any]], Counter[str]]:
    points, others = [], Counter[str]()
    whiskers = {id(part) for one in axes.containers if isinstance(one, ErrorbarContainer) for part in one[2]}
    for collection in axes.collections:
        if is_ours(collection) or not collection.get_visible() or id(collection) in whiskers:
            continue
        if isinstance(collection, PathCollection):
            offsets: Any = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
            face: Any = collection.get_facecolor()
            color = face[0] if len(face) else ""
            series = _series_of(axes, collection.get_label(), offsets[:, 0], offsets[:, 1], color)
            paths = collection.get_paths()
            series["marker"] = f"path of {np.size(paths[0].vertices)}" if len(paths) else ""
            series["hollow"] = _color(color) in ("", "#ffffff")
            series["size"] = float(np.median(collection.get_sizes())) if len(collection.get_sizes()) else 0.0
            series["opacity"] = float(face[0][3]) if len(face) and len(face[0]) == 4 else 1.0
            points.append(series)
        else:
            area = isinstance(collection, PolyCollection)
            others["PolyCollection" if area else type(collection).__name__] += 1
    return points, others


def _series_of(axes: Axes, label: object, x: Any, y: Any, color: Any) -> dict[str, Any]:
    xs, ys = np.ravel(np.asarray(x)), np.ravel(np.asarray(y))
    count = len(xs)
    if count > MOST:
        chosen = np.unique(np.linspace(0, count - 1, MOST).round().astype(int))
        xs, ys = xs[chosen], ys[chosen]
    return {
        "series": _series(label),
        "x": [value_of(one, axes.xaxis) for one in xs],
        "y": [value_of(one, axes.yaxis) for one in ys],
        "count": count,
        "color": _color(color),
    }


# --- values and words --------------------------------------------------------------------------------------------------


def is_ours(artist: Artist) -> bool:
    return str(artist.get_gid() or "").startswith(OURS)


def shows(axis: Any) -> str:
    """What stands along an axis: "numbers", "dates" or "names"."""
    formatter = axis.get_major_formatter()
    if isinstance(formatter, dates.AutoDateFormatter | dates.DateFormatter | dates.ConciseDateFormatter):
        return "dates"
    if _period_of(axis):
        return "dates"
    if not isinstance(formatter, FixedFormatter | FuncFormatter | StrCategoryFormatter):
        return "numbers"
    places = axis.get_majorticklocs()
    labels = [(at, one_line(text)) for at, text in zip(places, formatter.format_ticks(places), strict=False)]
    return "names" if any(text and not _is_number(text, at) for at, text in labels) else "numbers"


def _period_of(axis: Any) -> str:
    """The frequency of an axis on which pandas counts periods ("M" for months); "" for any other."""
    freq = getattr(axis.axes, "freq", None)
    periods = type(axis.get_major_formatter()).__name__ == "TimeSeries_DateFormatter"
    return str(getattr(freq, "freqstr", freq) or "") if periods else ""


def _is_number(text: str, at: float) -> bool:
    """Whether a tick label is the number at which it stands; the years under a row of bars are names."""
    try:
        return math.isclose(float(text.replace(",", "").replace("−", "-")), at, rel_tol=1e-3, abs_tol=1e-9)
    except ValueError:
        return False


def _names(axes: Axes, name: str) -> list[tuple[float, str]]:
    axis = getattr(axes, f"{name}axis")
    places = axis.get_majorticklocs()
    return [
        (float(at), one_line(text))
        for at, text in zip(places, axis.get_major_formatter().format_ticks(places), strict=False)
    ]


def _name_at(names: list[tuple[float, str]], start: float, end: float) -> str:
    """The tick label nearest to the middle of a bar: within the bar, or within a group of bars side by side."""
    low, high = sorted((start, end))
    middle = (low + high) / 2
    near = [(abs(at - middle), text) for at, text in names if text]
    distance, text = min(near, default=(math.inf, ""))
    return text if distance <= 0.5 or low <= middle - distance or distance <= (high - low) else ""


def _series(label: object) -> str:
    text = str(label or "")
    return "" if text.startswith("_") else one_line(text)


def value_of(value: Any, axis: Any = None) -> float | int | str | None:
    """A number, text or date as JSON has it; what is not a number (NaN, infinite, masked) is None."""
    if value is None or value is np.ma.masked:
        return None
    if isinstance(value, np.datetime64 | datetime.date):
        return _date(pd.Timestamp(value))
    if isinstance(value, str | bytes):
        return str(value)
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value)
    if not math.isfinite(number):
        return None
    if axis is not None and (freq := _period_of(axis)):
        return _date(pd.Period(ordinal=round(number), freq=freq).to_timestamp())
    if axis is not None and shows(axis) == "dates":
        return _date(pd.Timestamp(dates.num2date(number)).tz_localize(None))
    return int(number) if number.is_integer() and abs(number) < 2**53 else float(f"{number:.12g}")


def _color(color: Any) -> str:
    try:
        return str(colors.to_hex(color))
    except (TypeError, ValueError):
        return ""


def one_line(text: object) -> str:
    """A text as it reads: on one line, and 10^3 for what matplotlib typesets as a formula."""
    words = str(text)
    if words.startswith("$\\mathdefault{") and words.endswith("}$"):
        words = words.removeprefix("$\\mathdefault{").removesuffix("}$").replace("{", "").replace("}", "")
    return " ".join(words.split())


def _date(moment: pd.Timestamp) -> str | None:
    return None if moment is pd.NaT else moment.isoformat(timespec="seconds").removesuffix("T00:00:00")


def unbroken(text: object, written: Sequence[str]) -> str:
    """`text` on one line: as it was written, where a line break may have cut a long word."""
    bare = "".join(str(text).split())
    return next((one for one in written if "".join(one.split()) == bare), one_line(text))


def is_seen(text: Text) -> bool:
    return bool(text.get_visible() and text.get_text().strip())


def as_written(text: Text, written: Sequence[str]) -> dict[str, Any]:
    return {"text": unbroken(text.get_text(), written), "size": round(float(text.get_fontsize()), 2)}
