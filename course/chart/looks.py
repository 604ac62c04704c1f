"""axes -> how it looks, as plain data: sizes of text, where the legend stands, colour maps, discs, arrows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import Colormap, to_rgb
from matplotlib.container import StemContainer
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrow, FancyArrowPatch, Polygon, StepPatch
from matplotlib.quiver import Quiver
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from course.chart.reading import is_ours, is_seen, one_line

THICK = 6.0  # points; a line as thick as that is a bar
MOST = 200  # sizes of discs that are written out
_POINTED = {"^", "v", "<", ">", *range(12)}  # markers that point somewhere; matplotlib numbers its carets and ticks


def lightness(color: Any) -> float:
    """The lightness L* of a colour after CIE 1976, from 0 (black) to 100 (white): what is left of it in grey."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return float(116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance)


def box_of(axes: Axes) -> list[float]:
    """Where the panel lies: left, bottom, width and height in inches."""
    figure = axes.get_figure(root=True)
    wide, high = figure.get_size_inches() if figure else (1.0, 1.0)
    left, bottom, width, height = axes.get_position().bounds
    return [round(float(part), 3) for part in (left * wide, bottom * high, width * wide, height * high)]


def sizes_on(axes: Axes, name: str) -> dict[str, float | None]:
    """The size of the tick labels and of the label of one axis, in points; None where there is no text."""
    axis = getattr(axes, f"{name}axis")
    ticks = [tick.label1 for tick in axis.get_major_ticks()[:3]] if axis.get_visible() else []
    shown = [float(label.get_fontsize()) for label in ticks if label.get_visible()]
    label = axis.get_label()
    return {
        "ticks_size": min(shown, default=None),
        "label_size": float(label.get_fontsize()) if label.get_text().strip() else None,
    }


def legend_of(legend: Legend | None, panels: Iterable[Axes]) -> dict[str, Any] | None:
    """A legend: its entries, the size of its text, and how far in inches it stands from the nearest of `panels`."""
    if legend is None or not legend.get_visible():
        return None
    texts = legend.get_texts()
    figure = legend.get_figure(root=True)
    gaps = []
    if isinstance(figure, Figure):
        place = legend.get_window_extent()
        gaps = [_gap(place, axes.get_window_extent()) / figure.dpi for axes in panels]
    return {
        "title": one_line(legend.get_title().get_text()) if legend.get_title().get_visible() else "",
        "entries": [one_line(text.get_text()) for text in texts],
        "size": min((float(text.get_fontsize()) for text in texts), default=None),
        "gap": round(min(gaps, default=0.0), 2),
    }


def _gap(one: Bbox, two: Bbox) -> float:
    across = max(one.x0 - two.x1, two.x0 - one.x1, 0.0)
    up = max(one.y0 - two.y1, two.y0 - one.y1, 0.0)
    return float(np.hypot(across, up))


def images_on(axes: Axes) -> list[dict[str, Any]]:
    """Grids of colours: {colormap, steady (whether it only darkens or only lightens), colorbar (its label, None without one), cells}."""
    found = []
    grids = [*axes.images, *(one for one in axes.collections if type(one).__name__ in ("QuadMesh", "PolyQuadMesh"))]
    grids += [one for one in axes.collections if isinstance(one, ContourSet) and one.filled and one.colors is None]
    for grid in grids:
        values = grid.get_array()
        if is_ours(grid) or not grid.get_visible() or values is None or (np.ndim(values) == 3 and values.shape[2] > 2):
            continue  # a photograph, or ours
        found.append(
            {
                "colormap": grid.get_cmap().name,
                "steady": _steady(grid.get_cmap()),
                "parts_at_middle": _parts_at_middle(grid.get_cmap()),
                "colorbar": _colorbar(grid),
                "cells": int(np.size(values)),
            }
        )
    return found


def colours_of(axes: Axes) -> list[str]:
    """The colour maps that say how much something is: of grids, of points and of hexagons."""
    shown = [*axes.images, *axes.collections]
    mapped = [one for one in shown if not is_ours(one) and one.get_visible() and one.get_array() is not None]
    return list(dict.fromkeys(one.get_cmap().name for one in mapped if np.asarray(one.get_array()).ndim < 3))


def darker_is_less(name: str) -> bool:
    """Whether a colour map made to run from white to dark has been turned round: its dark end then stands for little."""
    if not name.endswith("_r") or name.removesuffix("_r") not in colormaps:
        return False
    ends = [lightness(color[:3]) for color in colormaps[name]([0.0, 1.0])]
    return bool(ends[1] > 92 and ends[1] - ends[0] > 40 and _steady(colormaps[name]))


def _colorbar(grid: Any) -> str | None:
    bar = getattr(grid, "colorbar", None)
    return None if bar is None else one_line(bar.ax.get_ylabel() or bar.ax.get_xlabel())


def _parts_at_middle(colormap: Colormap) -> bool:
    """Whether a colour map that no name tells runs from its middle to two ends that are equally dark."""
    if colormap.name in colormaps:
        return False
    values = np.array([lightness(color[:3]) for color in colormap(np.linspace(0, 1, 33))])
    left, right = np.diff(values[:17]), np.diff(values[16:])
    there = ((left > -1).all() and (right < 1).all()) or ((left < 1).all() and (right > -1).all())
    return bool(there and abs(values[0] - values[-1]) < 15)


def _steady(colormap: Colormap) -> bool:
    values = [lightness(color[:3]) for color in colormap(np.linspace(0, 1, 32))]
    steps = np.diff(values)
    return bool((steps > -1.0).all() or (steps < 1.0).all())


def discs_on(axes: Axes) -> list[float]:
    """The areas, in square points or in the axes' own unit, of discs of several sizes; empty where all have one size."""
    scattered = [
        float(size)
        for one in axes.collections
        if isinstance(one, PathCollection) and not is_ours(one) and one.get_visible()
        for size in one.get_sizes()
    ]
    circles = [float(np.pi * one.radius**2) for one in axes.patches if isinstance(one, Circle) and not is_ours(one)]
    areas = sorted({round(area, 6) for area in (*scattered, *circles)})
    return areas[:MOST] if len(areas) > 1 else []


def fills_on(axes: Axes) -> list[dict[str, Any]]:
    """Filled areas, as `fill_between` and pandas make them: {base, top}: the level they stand on, None for a band between two curves."""
    fills = []
    for one in axes.collections:
        if not isinstance(one, PolyCollection) or is_ours(one) or not one.get_visible():
            continue
        for path in one.get_paths():
            outline = np.asarray(path.vertices)
            fills.append({"base": _base_of(outline), "top": float(outline[:, 1].max()) if len(outline) else None})
    for patch in axes.patches:
        if is_ours(patch) or not patch.get_visible():
            continue
        if isinstance(patch, StepPatch):
            base = patch.get_data()[2]
            fills.append({"base": float(base) if isinstance(base, int | float | np.number) else None})
        elif isinstance(patch, Polygon) and patch.get_transform() == axes.transData and len(patch.get_xy()) > 8:
            heights = patch.get_xy()[:, 1]  # a histogram of steps begins and ends on its base
            if heights[0] == heights[-1] and np.isclose(heights[0], (heights.min(), heights.max())).any():
                fills.append({"base": float(heights[0])})
    for segments in _thick_lines(axes):
        starts = {float(round(one[0][1], 9)) for one in segments}
        tops = {float(round(one[-1][1], 9)) for one in segments}
        if len(starts) == 1 and len(tops) > 1:
            fills.append({"base": starts.pop()})
    return fills[:MOST]


def _base_of(outline: Any) -> float | None:
    """The level on which an area stands, or from which it hangs, along the whole of it; None for a band between two curves."""
    ends: dict[float, list[float]] = {}
    for x, y in np.round(outline, 9):
        ends.setdefault(float(x), []).append(float(y))
    lows, highs = {min(ys) for ys in ends.values()}, {max(ys) for ys in ends.values()}
    if len(ends) < 2 or (len(lows) == 1) == (len(highs) == 1):
        return None
    return lows.pop() if len(lows) == 1 else highs.pop()


def _thick_lines(axes: Axes) -> list[list[Any]]:
    """Groups of upright lines that are as thick as bars, or stand as stems on one base."""
    stems = {id(one.stemlines) for one in axes.containers if isinstance(one, StemContainer)}
    found = []
    for one in axes.collections:
        if not isinstance(one, LineCollection) or is_ours(one) or not one.get_visible():
            continue
        segments = [segment for segment in one.get_segments() if len(segment) == 2]
        upright = [segment for segment in segments if segment[0][0] == segment[1][0]]
        thick = max(np.atleast_1d(one.get_linewidth()), default=0) >= THICK
        if len(upright) > 1 and len(upright) == len(segments) and (thick or id(one) in stems):
            found.append(upright)
    return found


def _points_somewhere(marker: Any) -> bool:
    return isinstance(marker, str | int) and marker in _POINTED


def _along_an_axis(axes: Axes, arrow: Annotation) -> bool:
    """Whether an arrow without words runs along one of the axes, as one that says “or more” does; others point at something."""
    try:
        (x0, y0), (x1, y1) = axes.transData.transform([arrow.xyann, arrow.xy])
    except (TypeError, ValueError):  # a date or a name on an axis
        return True
    across, up = abs(x1 - x0), abs(y1 - y0)
    return bool(min(across, up) <= 0.2 * max(across, up))


def arrows_on(axes: Axes) -> int:
    """How many marks point away from their value: arrows without words, and markers or caps in the shape of an arrow."""
    bare = [
        one
        for one in axes.texts
        if isinstance(one, Annotation) and one.arrow_patch and not one.get_text().strip() and _along_an_axis(axes, one)
    ]
    drawn = [one for one in axes.patches if isinstance(one, FancyArrow | FancyArrowPatch)]
    quivers = [one for one in axes.collections if isinstance(one, Quiver)]
    lines = [one for one in axes.get_children() if isinstance(one, Line2D) and _points_somewhere(one.get_marker())]
    signs = [one for one in axes.texts if re.fullmatch(r"[→←↑↓▲▼►◄⟶⇢]+", one.get_text().strip()) and is_seen(one)]
    return len(bare) + len(drawn) + len(quivers) + len(lines) + len(signs)
