"""figure -> plain data: what a chart shows, as a dict that JSON can carry; also for a figure that a learner made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Wedge
from matplotlib.text import Text

from course.chart.looks import arrows_on, box_of, colours_of, discs_on, fills_on, images_on, legend_of, sizes_on
from course.chart.reading import (
    MOST,
    OURS,
    as_written,
    bars_on,
    collections_on,
    errors_on,
    is_ours,
    is_seen,
    lines_on,
    shows,
    slice_of,
    unbroken,
    value_of,
)

FORMAT = 1
NOT_STATED = "not stated"  # what a chart of ours prints where nobody named a source

_RECORD = "_course_chart_record"


def remember(axes: Axes, record: dict[str, Any]) -> None:
    """Keep with `axes` what a chart function drew on it: kind, rows or counts, message, notes, and what is written, unbroken."""
    setattr(axes, _RECORD, record)


def figure_behind(thing: Any, caller: str) -> Figure:
    """The figure that `thing` is, or that it belongs to.

    Errors: TypeError where it is neither a matplotlib figure nor a part of one.
    """
    if isinstance(thing, Figure):
        return thing
    if isinstance(thing, BarContainer | ErrorbarContainer) and len(thing.get_children()):
        thing = thing.get_children()[0]
    found = thing.get_figure(root=True) if isinstance(thing, Artist) else None
    if isinstance(found, Figure):
        return found
    raise TypeError(
        f"{caller}() needs a figure, as ranges(...) and counts(...) return it, not {type(thing).__name__}. "
        "For a chart that you made with pandas: figure = table.plot.bar().figure."
    )


def describe(figure: Any) -> dict[str, Any]:
    """What a chart shows, as plain data: a dict of strings, numbers, lists and None, safe for `json.dumps`.

    What the eye sees (titles, labels, limits, texts) is read from the figure as it is now, also after a change by hand; the
    claims of `ranges` and the counts of `counts` come from the data they were drawn from.

    Args:
        figure: a matplotlib figure, an axes or another part of one; its own or made by hand with matplotlib or pandas.

    These are its keys::

        format: 1, the version of these keys.
        made_by: the chart function that drew it ("ranges", "counts", "lanes", ...), or "hand".
        kind: the same, or for a figure made by hand "bars", "lines", "points", "pie", "image", "area", several of these joined
            by " and ", "other", or "empty".
        title, subtitle, source: as printed, "" where there is none. A source is a text that begins with "Source".
        message: the chart's own summary in one sentence, "" for a figure made by hand.
        notes: the other sentences printed under the chart, a list of strings.
        size: width and height in inches.
        texts: everything written on the figure outside its panels: {text, size in points}.
        legends: those outside the panels: {entries, size in points, gap in inches to the nearest panel}.
        panels: one dict for each axes:
            kind, title, subtitle, source, message, notes: as above, for this panel; title_size in points; caveat, "" where none.
            box: left, bottom, width, height of the panel, in inches.
            x, y: {label, label_size, ticks_size (points, None where there is no text), shows ("numbers", "dates" or "names"), limits [at the start, at the end], scale ("linear", "log", ...), ticks [{at, text}]}; dates are ISO strings.
            rows: the claims of `ranges`: {label, lower, upper, lower_open, upper_open, approximate, whole, measure, unit, text, wording, drawn,
                marks {lower, upper: "filled", "hollow", "arrow"; faded: bool}}; empty for other charts.
            counts: the rows of `counts`: {label, count, drawn}; empty for other charts.
            table: the data of our other charts, one dict a row, with the columns that the chart function names.
            in_words: the same in sentences, for the text alternative.
            bars: {label, series, value, base, orientation ("vertical", "horizontal"), width, color, hatch}.
            lines, points: {series, x, y, count, color, marker}; a line also has style, points also whether they are hollow, and where they
                were scattered their size and opacity. Of a long series 2,000 values stand there, spread evenly; count is that of all.
            errors: error bars, one dict for each series: {series, along ("x" or "y"), at, low, high}.
            reference_lines: lines drawn across the panel: {along ("x" or "y"), at}.
            legend: its entries, a list of strings; legend_title, "" without one; legend_at: {size in points, gap in inches from the panel}, None without one.
            images: grids of colours by hand: {colormap, steady (one way from light to dark), parts_at_middle, colorbar, cells}.
            colours: the names of the colour maps that stand for numbers. pie: {tilted, shadow, pieces}, None without slices.
            discs: the areas of discs of several sizes, from smallest to largest; fills: filled areas, {base, top}.
            arrows: how many marks point away from their value.
            texts: {text, size in points}.
            projection: "rectilinear", "3d", "polar"; twin_of: the number of the panel whose place it shares, or None.
            others: what else is drawn and not read: {class name: how many}.

    Errors: TypeError for anything that is not a figure or a part of one.
    """
    figure = figure_behind(figure, "describe")
    axes = [one for one in figure.axes if not hasattr(one, "_colorbar")]
    panels = [_panel(one, axes) for one in axes]
    records = [record for record in (getattr(one, _RECORD, {}) for one in axes) if record]
    written = [text for record in records for text in record["written"]]
    texts = [as_written(text, written) for text in figure.texts if is_seen(text)]
    suptitle = unbroken(figure.get_suptitle(), written)
    sources = [_source(texts), *(panel["source"] for panel in panels)]
    subtitles = [_subtitle(figure.texts, written), *(panel["subtitle"] for panel in panels)]
    return {
        "format": FORMAT,
        "made_by": records[0]["kind"] if records else "hand",
        "kind": " and ".join(dict.fromkeys(panel["kind"] for panel in panels if panel["kind"] != "empty")) or "empty",
        "title": suptitle or next((panel["title"] for panel in panels if panel["title"]), ""),
        "subtitle": next((subtitle for subtitle in subtitles if subtitle), ""),
        "source": "; ".join(dict.fromkeys(source for source in sources if source)),
        "message": ". ".join(panel["message"] for panel in panels if panel["message"]),
        "notes": [note for panel in panels for note in panel["notes"]],
        "size": [round(float(inches), 2) for inches in figure.get_size_inches()],
        "texts": texts,
        "legends": [legend for one in figure.legends if (legend := legend_of(one, axes))],
        "panels": panels,
    }


# --- a panel -----------------------------------------------------------------------------------------------------------


def _panel(axes: Axes, every: list[Axes]) -> dict[str, Any]:
    record = getattr(axes, _RECORD, {})
    bars, in_bars = bars_on(axes)
    errors, in_errors = errors_on(axes)
    lines, points, references = lines_on(axes, in_errors)
    scattered, others = collections_on(axes)
    patches = [one for one in axes.patches if id(one) not in in_bars and not is_ours(one) and one.get_visible()]
    wedges = [one for one in patches if isinstance(one, Wedge)]
    others.update(type(one).__name__ for one in patches if not isinstance(one, Wedge))
    others.update({"AxesImage": len(axes.images)} if axes.images else {})
    kinds = [
        (bool(bars), "bars"),
        (bool(lines), "lines"),
        (bool(points or scattered or errors), "points"),
        (bool(wedges), "pie"),
        (bool(axes.images or others["QuadMesh"]), "image"),
        (bool(others["PolyCollection"] or others["Polygon"]), "area"),
        (bool(references or others), "other"),
    ]
    by_hand = [kind for there, kind in kinds if there]
    if len(by_hand) > 1:
        by_hand = [kind for kind in by_hand if kind != "other"]
    legend = legend_of(axes.get_legend(), [axes])
    written = record.get("written", [])
    titles = [axes.get_title(loc=where) for where in ("left", "center", "right")]
    texts = [as_written(text, written) for text in axes.texts if is_seen(text)]
    return {
        "kind": record.get("kind") or " and ".join(by_hand) or "empty",
        "title": unbroken(" ".join(title for title in titles if title), written),
        "title_size": float(axes.title.get_fontsize()),
        "subtitle": _subtitle(axes.texts, written),
        "source": _source(texts),
        "message": record.get("message", ""),
        "notes": list(record.get("notes", [])),
        "caveat": record.get("caveat", ""),
        "box": box_of(axes),
        "x": _axis(axes, "x", written),
        "y": _axis(
            axes, "y", record.get("names") or [row["label"] for row in record.get("rows", record.get("counts", []))]
        ),
        "rows": record.get("rows", []),
        "counts": record.get("counts", []),
        "table": record.get("table", []),
        "in_words": list(record.get("in_words", [])),
        "bars": bars + [slice_of(one) for one in wedges],
        "lines": lines,
        "points": points + scattered,
        "errors": errors,
        "reference_lines": references,
        "legend": legend["entries"] if legend else [],
        "legend_title": legend["title"] if legend else "",
        "legend_at": {"size": legend["size"], "gap": legend["gap"]} if legend else None,
        "images": images_on(axes),
        "colours": colours_of(axes),
        "pie": _pie(axes, wedges),
        "discs": discs_on(axes),
        "fills": fills_on(axes),
        "arrows": arrows_on(axes),
        "texts": texts,
        "projection": axes.name,
        "twin_of": _twin(axes, every),
        "others": dict(others),
    }


def _pie(axes: Axes, wedges: Sequence[Wedge]) -> dict[str, Any] | None:
    """How slices are drawn: whether the disc is tilted, casts a shadow, or lies in pieces; None without slices."""
    if not wedges:
        return None
    centres = {(round(float(one.center[0]), 6), round(float(one.center[1]), 6)) for one in wedges}
    return {
        "tilted": axes.get_aspect() not in ("auto", 1, 1.0, "equal"),
        "shadow": any(type(one).__name__ == "Shadow" for one in axes.patches),
        "pieces": len(centres) > 1,
    }


def _axis(axes: Axes, name: str, written: Sequence[str]) -> dict[str, Any]:
    axis = getattr(axes, f"{name}axis")
    limits = getattr(axes, f"get_{name}lim")()
    ticks = []
    if axis.get_visible() and axes.axison:
        places = axis.get_majorticklocs()
        shown = [
            (at, text)
            for at, text in zip(places, axis.get_major_formatter().format_ticks(places), strict=False)
            if min(limits) <= at <= max(limits)
        ]
        ticks = [{"at": value_of(at, axis), "text": unbroken(text, written)} for at, text in shown[:MOST]]
    return {
        "label": unbroken(axis.get_label_text(), written),
        **sizes_on(axes, name),
        "shows": shows(axis),
        "limits": [value_of(limit, axis) for limit in limits],
        "scale": axis.get_scale(),
        "ticks": ticks,
    }


def _twin(axes: Axes, every: list[Axes]) -> int | None:
    """The earlier panel that lies in the same place and shares one of its two axes: a second scale."""
    for number, other in enumerate(every):
        if other is axes:
            return None
        shares = [group.joined(axes, other) for group in (axes.get_shared_x_axes(), axes.get_shared_y_axes())]
        if any(shares) and np.allclose(axes.get_position().bounds, other.get_position().bounds):
            return number
    return None


def _source(texts: Sequence[Mapping[str, Any]]) -> str:
    for written in texts:
        start, _, rest = written["text"].partition(":")
        if start.strip().casefold() in ("source", "sources", "data source") and rest.strip():
            return "" if rest.strip().startswith(NOT_STATED) else rest.strip()
    return ""


def _subtitle(texts: Iterable[Text], written: Sequence[str]) -> str:
    return next((unbroken(text.get_text(), written) for text in texts if text.get_gid() == OURS + "subtitle"), "")
