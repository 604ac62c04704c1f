"""axes -> how it looks, as plain data: sizes of text, where the legend stands, colour maps, discs, arrows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import Colormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrow, FancyArrowPatch
from matplotlib.quiver import Quiver
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from course.chart.reading import is_ours, is_seen, one_line

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
    for grid in grids:
        values = grid.get_array()
        if is_ours(grid) or not grid.get_visible() or values is None or (np.ndim(values) == 3 and values.shape[2] > 2):
            continue  # a photograph, or ours
        found.append(
            {
                "colormap": grid.get_cmap().name,
                "steady": _steady(grid.get_cmap()),
                "colorbar": _colorbar(grid),
                "cells": int(np.size(values)),
            }
        )
    return found


def _colorbar(grid: Any) -> str | None:
    bar = getattr(grid, "colorbar", None)
    return None if bar is None else one_line(bar.ax.get_ylabel() or bar.ax.get_xlabel())


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
    """Filled areas, as `fill_between` and pandas make them: {base}, the level they stand on, None for a band between two curves."""
    fills = []
    for one in axes.collections:
        if not isinstance(one, PolyCollection) or is_ours(one) or not one.get_visible():
            continue
        for path in one.get_paths():
            heights = np.round(np.asarray(path.vertices)[:, 1], 9)
            level, times = np.unique(heights, return_counts=True)
            flat = times.max() >= 0.4 * len(heights) and len(level) > 1
            base = float(level[times.argmax()])
            fills.append({"base": base if flat and base in (heights.min(), heights.max()) else None})
    return fills[:MOST]


def arrows_on(axes: Axes) -> int:
    """How many marks point away from their value: arrows without words, and markers or caps in the shape of an arrow."""
    bare = [one for one in axes.texts if isinstance(one, Annotation) and one.arrow_patch and not one.get_text().strip()]
    drawn = [one for one in axes.patches if isinstance(one, FancyArrow | FancyArrowPatch)]
    quivers = [one for one in axes.collections if isinstance(one, Quiver)]
    lines = [one for one in axes.get_children() if isinstance(one, Line2D) and one.get_marker() in _POINTED]
    signs = [one for one in axes.texts if re.fullmatch(r"[→←↑↓▲▼►◄⟶⇢]+", one.get_text().strip()) and is_seen(one)]
    return len(bare) + len(drawn) + len(quivers) + len(lines) + len(signs)
