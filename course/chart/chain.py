"""edges of provenance -> a graph from left to right: where a claim begins, and through whose hands it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path

from course.chart.crosstab import listed
from course.chart.description import remember
from course.chart.layout import Words, figure_with, stand, width_for
from course.chart.reading import OURS
from course.chart.style import BLUE, DARK, GREY, PALE, SMALL, height_of, style, width_of, wrap

NODES = 40  # drawn; more do not fit a page that can be read
STEP, LEAST_GAP = 0.14, 0.42  # inches between two boxes one above the other, and side by side
WIDEST = 1.7  # inches, a box
_ROUNDS = 12  # sweeps that bring neighbours to one height

Place = tuple[float, float]


@dataclass
class Box:
    """A name in its place: the middle and the size of its box in inches, right and down from the corner of the axes."""

    text: str
    x: float = 0.0
    y: float = 0.0
    wide: float = 0.0
    high: float = 0.0


def chain_graph(
    edges: Any,
    *,
    taken_from: str = "taken_from",
    carrier: str = "carrier",
    title: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure with an arrow from each source to each carrier that took the claim from it; origins stand on the left, filled.

    Who has no source in the table is an origin; who passes nothing on has a thick frame. A number on an arrow says how many rows of
    the table it stands for. `data_table` gives the edges. The 40 names that are most connected are drawn.

    Args:
        edges: a table with a row for each step, such as `case.chains`, or the rows of one claim; or what `course.compare.chain` finds.
        taken_from, carrier: the columns with who is taken from and who takes.
        title: the message, in one sentence; without it the figure counts the origins.
        source: where the table comes from. Printed under the chart, which says "not stated" without it.
        ax: draw here instead of on a figure of its own.

    Errors: TypeError for what is no table; ValueError for missing columns or a table without an edge.
    """
    edges = getattr(edges, "edges", edges)
    graph = _graph(edges, taken_from, carrier)
    shown = _most_connected(graph)
    columns = _columns(shown)
    origins = [node for node in graph if not graph.in_degree(node)]
    ends = [node for node in graph if not graph.out_degree(node)]
    message, notes = _message(graph, origins, ends), [*_several(edges), *_notes(graph, shown)]
    words = Words(title or message, "From the origin on the left to the last carrier on the right", "", source, notes)
    with style():
        wide = width_for(ax, (0.05, 0.05))
        boxes, routes, high = _arrange(shown, columns, wide)
        axes = stand(words, sides=(0.05, 0.05), high=high, above=0.05, below=0.34, axes=ax)
        axes.set_xlim(0, wide)
        axes.set_ylim(high, 0)
        axes.set_axis_off()
        for (start, end), places in routes.items():
            _edge(axes, boxes[start], boxes[end], places, graph.edges[start, end]["count"])
        for node, box in boxes.items():
            _box(axes, box, origin=node in origins, last=node in ends)
        _key(axes, high)
    table = [
        {"carrier": end, "taken_from": start, "count": data["count"], "drawn": start in shown and end in shown}
        for start, end, data in graph.edges(data=True)
    ]
    record = {"kind": "chain", "table": table, "in_words": _said(graph, origins), "message": message, "notes": notes}
    remember(axes, {**record, "written": words.every})
    return figure_with(axes)


# --- the graph ---------------------------------------------------------------------------------------------------------


def _graph(edges: Any, taken_from: str, carrier: str) -> nx.DiGraph[str]:
    if not isinstance(edges, pd.DataFrame):
        raise TypeError(f"chain_graph() needs a table of steps, such as case.chains, not {type(edges).__name__}.")
    missing = [name for name in (taken_from, carrier) if name not in edges.columns]
    if missing:
        raise ValueError(
            f"chain_graph() needs the columns {taken_from} and {carrier}; missing: {', '.join(missing)}. The table has: "
            f"{', '.join(map(str, edges.columns)) or 'none'}. Say which: chain_graph(table, taken_from='...', carrier='...')."
        )
    graph = nx.DiGraph()
    for start, end in edges[[taken_from, carrier]].itertuples(index=False, name=None):
        one, two = _text(start), _text(end)
        if one and two and one != two:
            count = graph.edges[one, two]["count"] + 1 if graph.has_edge(one, two) else 1
            graph.add_edge(one, two, count=count)
        elif one or two:
            graph.add_node(one or two)
    if not graph:
        raise ValueError("chain_graph() has nothing to draw: no row names a carrier.")
    return graph


def _text(value: Any) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    return " ".join(str(value).split())


def _most_connected(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    if len(graph) <= NODES:
        return graph
    reached = sorted(graph, key=lambda node: -graph.degree(node))[:NODES]
    return graph.subgraph([node for node in graph if node in set(reached)])


def _columns(graph: nx.DiGraph[str]) -> list[list[str]]:
    """The names by how many steps they are from an origin; those that take from each other in a circle share a column."""
    circles = nx.condensation(graph)
    members = nx.get_node_attributes(circles, "members")
    order = {node: number for number, node in enumerate(graph)}
    generations = nx.topological_generations(circles)
    return [
        sorted((node for one in generation for node in members[one]), key=order.__getitem__)
        for generation in generations
    ]


def _arrange(
    graph: nx.DiGraph[str], columns: list[list[str]], wide: float
) -> tuple[dict[str, Box], dict[tuple[str, str], list[Place]], float]:
    """Boxes and the ways of the edges: an edge over several columns keeps a lane free in each (Sugiyama, Tagawa and Toda 1981)."""
    column_of = {node: number for number, column in enumerate(columns) for node in column}
    gap = max(LEAST_GAP, 0.5 if len(columns) < 4 else LEAST_GAP)
    room = min(WIDEST, (wide - gap * (len(columns) - 1)) / len(columns))
    lanes: list[list[Any]] = [list(column) for column in columns]
    ways: dict[tuple[str, str], list[Any]] = {}
    links = nx.Graph()
    links.add_nodes_from(graph)
    for start, end in graph.edges:
        between = range(column_of[start] + 1, column_of[end])
        ways[start, end] = [(start, end, number) for number in between]
        for number, lane in zip(between, ways[start, end], strict=True):
            lanes[number].append(lane)
        nx.add_path(links, [start, *ways[start, end], end])
    _untangle(lanes, links, column_of)
    boxes = {}
    for node in graph:
        text = wrap(node, room - 0.16, SMALL, most=4)
        size = max(width_of(line, SMALL) for line in text.split("\n")) + 0.16, height_of(text, SMALL) + 0.12
        boxes[node] = Box(text, wide=size[0], high=size[1])
    widths = [max((boxes[node].wide for node in column), default=0.0) for column in columns]
    spare = (wide - sum(widths)) / max(1, len(columns) - 1)
    space = min(spare, 1.5)
    heights = _heights(lanes, links, boxes)
    left = 0.0
    middles = []
    for column, width in zip(columns, widths, strict=True):
        for node in column:
            boxes[node].x, boxes[node].y = left + width / 2, heights[node]
        middles.append((left, left + width))
        left += width + space
    routes = {
        edge: [
            place
            for lane in way
            for place in ((middles[lane[2]][0], heights[lane]), (middles[lane[2]][1], heights[lane]))
        ]
        for edge, way in ways.items()
    }
    deepest = max(heights[one] + (boxes[one].high / 2 if one in boxes else 0) for one in heights)
    return boxes, routes, max(deepest + 0.06, 0.5)


def _untangle(lanes: list[list[Any]], links: nx.Graph[Any], column_of: Mapping[str, int]) -> None:
    """Order each column by the middle of its neighbours, there and back, so that few arrows cross."""

    def column(one: Any) -> int:
        return one[2] if isinstance(one, tuple) else column_of[one]

    for sweep in range(_ROUNDS):
        forward = sweep % 2 == 0
        for number in range(len(lanes)) if forward else reversed(range(len(lanes))):
            beside = number - 1 if forward else number + 1
            if not 0 <= beside < len(lanes):
                continue
            rank = {one: place for place, one in enumerate(lanes[beside])}
            own = {one: place for place, one in enumerate(lanes[number])}

            def middle(one: Any, rank: dict[Any, int] = rank, own: dict[Any, int] = own, beside: int = beside) -> float:
                near = [rank[other] for other in links[one] if column(other) == beside]
                return sum(near) / len(near) if near else own[one] * len(rank) / max(1, len(own))

            lanes[number].sort(key=middle)


def _heights(lanes: Sequence[Sequence[Any]], links: nx.Graph[Any], boxes: Mapping[str, Box]) -> dict[Any, float]:
    """The middle of every box and lane: near its neighbours, and none over another."""
    size = {one: boxes[one].high if one in boxes else 0.1 for lane in lanes for one in lane}
    y: dict[Any, float] = {}
    for lane in lanes:
        top = 0.0
        for one in lane:
            y[one] = top + size[one] / 2
            top += size[one] + STEP
    for sweep in range(_ROUNDS * 2):
        for lane in lanes if sweep % 2 == 0 else reversed(lanes):
            wish = [sum(y[other] for other in links[one]) / len(links[one]) if links[one] else y[one] for one in lane]
            for one, goal in zip(lane, _apart(wish, [size[one] for one in lane]), strict=True):
                y[one] = goal
    shift = min(y[one] - size[one] / 2 for one in y)
    return {one: place - shift + 0.05 for one, place in y.items()}


def _apart(wish: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Places in the given order, as near to those wished for as their sizes allow (pool adjacent violators)."""
    blocks: list[tuple[float, int]] = []  # the mean wish of a run of neighbours that touch, and how many they are
    offsets = [0.0]
    for one, two in pairwise(sizes):
        offsets.append(offsets[-1] + (one + two) / 2 + STEP)
    for goal, offset in zip(wish, offsets, strict=True):
        blocks.append((goal - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (one, m), (two, n) = blocks[-2:]
            blocks[-2:] = [((one * m + two * n) / (m + n), m + n)]
    starts = [start for start, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


# --- drawing -----------------------------------------------------------------------------------------------------------


def _box(axes: Axes, box: Box, *, origin: bool, last: bool) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (box.x - box.wide / 2 + 0.03, box.y - box.high / 2 + 0.03), box.wide - 0.06, box.high - 0.06,
            boxstyle="round,pad=0.03,rounding_size=0.05", facecolor=BLUE if origin else "white" if last else PALE,
            edgecolor=BLUE if origin else DARK if last else "#9aa1a9", linewidth=1.8 if last or origin else 0.9, zorder=3,
            gid=OURS + ("origin" if origin else "last" if last else "carrier"),
        )
    )  # fmt: skip
    axes.text(box.x, box.y, box.text, ha="center", va="center", fontsize=SMALL, color="white" if origin else DARK, linespacing=1.15,
              zorder=4, gid=OURS + "name")  # fmt: skip


def _edge(axes: Axes, start: Box, end: Box, places: Sequence[Place], count: int) -> None:
    if start.x == end.x:  # two that take from each other: beside their column
        first, last = (start.x + start.wide / 2, start.y), (end.x + end.wide / 2, end.y)
        out = max(first[0], last[0]) + 0.25
        path = Path([first, (out, first[1]), (out, last[1]), last], [Path.MOVETO, *[Path.CURVE4] * 3])
    else:
        points = [(start.x + start.wide / 2, start.y), *places, (end.x - end.wide / 2 - 0.02, end.y)]
        path = _curve(points)
    axes.add_patch(PathPatch(path, facecolor="none", edgecolor=GREY, linewidth=1.2, zorder=2, gid=OURS + "edge"))
    x, y = (float(part) for part in np.asarray(path.vertices)[-1])
    back = -1 if start.x != end.x else 1
    head = [(x, y), (x + back * 0.09, y - 0.035), (x + back * 0.09, y + 0.035), (x, y)]
    axes.add_patch(PathPatch(Path(head), facecolor=GREY, edgecolor="none", zorder=2.5, gid=OURS + "edge"))
    if count > 1:
        axes.text(x + back * 0.16, y, str(count), fontsize=8, color=DARK, ha="center", va="center", zorder=2.6, gid=OURS + "count",
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})  # fmt: skip


def _curve(points: Sequence[Place]) -> Path:
    """A line that leaves and arrives level, and is level where it passes under other columns."""
    vertices: list[Place] = [points[0]]
    codes: list[Any] = [Path.MOVETO]
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2
        vertices += [(middle, y0), (middle, y1), (x1, y1)]
        codes += [Path.CURVE4] * 3
    return Path(vertices, codes)


def _key(axes: Axes, high: float) -> None:
    """Under the graph: what the boxes mean."""
    x = 0.0
    for origin, last, text in ((True, False, "origin"), (False, False, "passes it on"), (False, True, "last carrier")):
        _box(axes, Box("", x + 0.14, high + 0.22, 0.26, 0.16), origin=origin, last=last)
        axes.text(x + 0.34, high + 0.22, text, fontsize=SMALL, color=GREY, va="center", gid=OURS + "key", clip_on=False)
        x += 0.34 + width_of(text, SMALL) + 0.3
    text = "number on an arrow: rows of the table"
    axes.text(x, high + 0.22, text, fontsize=SMALL, color=GREY, va="center", gid=OURS + "key", clip_on=False)
    for patch in axes.patches:
        patch.set_clip_on(False)


# --- words -------------------------------------------------------------------------------------------------------------


def _message(graph: nx.DiGraph[str], origins: Sequence[str], ends: Sequence[str]) -> str:
    if not graph.edges:
        return f"{len(graph):,} names and no step between them"
    last = f"{len(ends):,} last carrier{'s' if len(ends) != 1 else ''}"
    if not origins:
        return "No origin: all take from each other"
    return f"{len(origins):,} origin{'s' if len(origins) != 1 else ''} behind {last}"


def _several(edges: pd.DataFrame) -> list[str]:
    claims = edges["claim"].nunique() if "claim" in edges.columns else 1
    if claims < 2:
        return []
    return [f"The steps of {claims:,} claims stand in one graph: not every claim went every way."]


def _notes(graph: nx.DiGraph[str], shown: nx.DiGraph[str]) -> list[str]:
    notes = []
    circles = [sorted(circle) for circle in nx.strongly_connected_components(graph) if len(circle) > 1]
    if circles:
        notes.append(f"These take from each other in a circle, so no origin can be told: {', '.join(circles[0][:4])}.")
    if len(shown) < len(graph):
        notes.append(
            f"Drawn are the {len(shown)} most connected of {len(graph):,} names; the data table has every step."
        )
    return notes


def _said(graph: nx.DiGraph[str], origins: Sequence[str]) -> list[str]:
    told = []
    for origin in origins:
        carriers = nx.descendants(graph, origin)
        steps = max(nx.single_source_shortest_path_length(graph, origin).values())
        told.append(f"{origin}: reaches {len(carriers):,} in {steps} step{'s' if steps != 1 else ''}")
    steps_said = [f"{end} from {start}" for start, end in graph.edges]
    return [*listed(told, "origins"), *listed(steps_said, "steps")]
