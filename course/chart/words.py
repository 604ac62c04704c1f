"""chart description -> words and a table: what a reader gets who does not see the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from course.chart.description import NOT_STATED, describe
from course.chart.style import figure_of

MOST = 8  # things that a text alternative names one by one; the table has all

_KINDS = {
    "ranges": "Chart of ranges",
    "counts": "Bar chart of counts",
    "lanes": "Chart of lanes over time",
    "coverage": "Grid of what each report carries",
    "omissions": "Grid of what each report changes or leaves out",
    "chain": "Graph of who takes a claim from whom",
    "heatmap": "Grid of counts",
    "nested": "Nested bars, parts in their whole",
    "confusion": "Confusion matrix",
    "calibration": "Calibration curve",
    "bars": "Bar chart",
    "lines": "Line chart",
    "points": "Chart of points",
    "pie": "Pie chart",
    "image": "Picture of a grid of values",
    "area": "Area chart",
    "other": "Drawing",
    "empty": "Empty chart",
}


def text_alternative(figure: Any) -> str:
    """What a chart shows, in words: its kind, its data with bounds and uncertainty, its message and its source.

    Args:
        figure: a figure or a part of one, or the dict that `describe` makes of it.

    Errors: TypeError for anything else.
    """
    chart = figure if isinstance(figure, Mapping) else describe(figure)
    panels = chart["panels"]
    if len(panels) == 1:
        parts = [
            _opening(chart),
            *_caveat(panels[0]),
            *_message(chart),
            *_panel(panels[0]),
            *chart["notes"],
            _source(chart),
        ]
    else:
        own = {
            **chart,
            "title": "" if chart["title"] in [panel["title"] for panel in panels] else chart["title"],
            "subtitle": "",
        }
        parts = [_opening(own) if not panels else f"{len(panels)} panels. {_sentence(own['title'])}"]
        for number, panel in enumerate(panels, start=1):
            parts += [f"Panel {number}: {_opening(panel)}", *_caveat(panel), *_message(panel), *_panel(panel)]
            parts += panel["notes"]
            parts += [_source(panel)] if panel["source"] else []
        parts += [_source(chart)] if not any(panel["source"] for panel in panels) else []
    return " ".join(_sentence(part) for part in parts if part.strip())


def data_table(figure: Any) -> pd.DataFrame:
    """The data of a chart: a row for each claim, count, bar or point, also for those that the picture has no room for.

    Columns: for `ranges` label, wording, lower, upper, lower_open, upper_open, approximate, whole, measure, unit, text, drawn;
    for `counts` label, count, drawn; for bars series, label, value; for all else series, x, y, with further rows of low and high for
    error bars. With several panels, panel first.

    Args:
        figure: a figure or a part of one, or the dict that `describe` makes of it.

    Errors: TypeError for anything else.
    """
    chart = figure if isinstance(figure, Mapping) else describe(figure)
    tables = [_table(panel) for panel in chart["panels"]]
    if len(tables) == 1:
        return tables[0]
    for number, table in enumerate(tables, start=1):
        table.insert(0, "panel", number)
    full = [table for table in tables if not table.empty]
    return pd.concat(full, ignore_index=True) if full else pd.DataFrame()


# --- words -------------------------------------------------------------------------------------------------------------


def _opening(chart: Mapping[str, Any]) -> str:
    names = [_KINDS.get(part, part) for part in chart["kind"].split(" and ")]
    kind = " and ".join([names[0], *(name.lower() for name in names[1:])])
    titles = [_sentence(part) for part in (chart["title"], chart["subtitle"]) if part]
    return f"{kind}: {' '.join(titles)}" if titles else f"{kind} without a title."


def _message(chart: Mapping[str, Any]) -> list[str]:
    """The chart's own summary, where the title does not say it."""
    return [chart["message"]] if chart["message"] != chart["title"] else []


def _caveat(panel: Mapping[str, Any]) -> list[str]:
    return [f"Caveat: {panel['caveat']}"] if panel["caveat"] else []


def _source(chart: Mapping[str, Any]) -> str:
    return f"Source: {chart['source'] or NOT_STATED}"


def _panel(panel: Mapping[str, Any]) -> list[str]:
    if panel["kind"] == "ranges":
        rows = [f"{row['label']}: {claim_in_words(row)}" for row in panel["rows"]]
        there = panel["x"]["ticks"]
        axis = _axis_sentence("horizontal", panel["x"]) if there else "The horizontal axis has no numbers."
        return [axis, _listed(rows, "claims")]
    if panel["kind"] == "counts":
        rows = [f"{row['label']}: {figure_of(row['count'])}" for row in panel["counts"]]
        return [_axis_sentence("horizontal", panel["x"]), _listed(rows, "kinds")]
    if panel["kind"] == "empty":
        return []
    if panel["in_words"]:
        return list(panel["in_words"])
    found = (
        []
        if panel["kind"] == "pie"
        else [_axis_sentence("horizontal", panel["x"]), _axis_sentence("vertical", panel["y"])]
    )
    if panel["bars"]:
        found.append(_listed([_bar(bar) for bar in panel["bars"]], "slices" if panel["kind"] == "pie" else "bars"))
    for kind in ("lines", "points"):
        found += [_series(_named(series, panel["x"]), kind) for series in panel[kind]]
    for error in panel["errors"]:
        found.append(_whiskers(error))
    for line in panel["reference_lines"]:
        found.append(f"A line across the chart at {_number(line['at'])}.")
    if panel["others"]:
        drawn = ", ".join(f"{count} {name}" for name, count in panel["others"].items())
        found.append(f"Also drawn, and not put into words: {drawn}.")
    if panel["texts"] and panel["kind"] != "pie":
        found.append("Written on the chart: " + "; ".join(text["text"] for text in panel["texts"][:MOST]) + ".")
    return found


def claim_in_words(row: Mapping[str, Any]) -> str:
    """What a claim says, with the limits that it does not give."""
    lower, upper, words = row["lower"], row["upper"], row["wording"]
    if lower is None and upper is None:
        return words
    if lower is None or upper is None:
        words += f", {'lower' if lower is None else 'upper'} limit not given"
    elif lower == upper and not row["approximate"]:
        words = f"exactly {words}"
    return words


def _bar(bar: Mapping[str, Any]) -> str:
    name = ", ".join(part for part in (bar["series"], bar["label"]) if part) or "unnamed"
    if bar["orientation"] == "slice":
        return f"{name}: {figure_of(round(bar['value'] * 100, 1))} percent of the pie"
    start = f", starting at {_number(bar['base'])}" if bar["base"] else ""
    return f"{name}: {_number(bar['value'])}{start}"


def _named(series: Mapping[str, Any], axis: Mapping[str, Any]) -> Mapping[str, Any]:
    """The series with the names along its axis in the place of the numbers at which they stand."""
    if axis["shows"] != "names":
        return series
    names = {tick["at"]: tick["text"] for tick in axis["ticks"] if tick["text"]}
    return {**series, "x": [names.get(x, x) for x in series["x"]]}


def _series(series: Mapping[str, Any], kind: str) -> str:
    pairs = [(x, y) for x, y in zip(series["x"], series["y"], strict=False) if y is not None]
    name = f" “{series['series']}”" if series["series"] else ""
    what = "Line" if kind == "lines" else "Points"
    if not pairs:
        return f"{what}{name} without values."
    if len(pairs) <= MOST:
        return f"{what}{name}: " + "; ".join(f"{_number(x)}: {_number(y)}" for x, y in pairs) + "."
    low, high = (choose(pairs, key=lambda pair: pair[1]) for choose in (min, max))
    return (
        f"{what}{name} with {series['count']:,} points, from {_number(pairs[0][1])} at {_number(pairs[0][0])} "
        f"to {_number(pairs[-1][1])} at {_number(pairs[-1][0])}; lowest {_number(low[1])}, highest {_number(high[1])}."
    )


def _whiskers(error: Mapping[str, Any]) -> str:
    count = len(error["at"])
    ends = [f"from {_number(low)} to {_number(high)}" for low, high in zip(error["low"], error["high"], strict=False)]
    told = f" {'; '.join(ends)}" if count <= MOST else ""
    on = "1 point" if count == 1 else f"{count:,} points"
    return f"Error bars on {on}{told}; the chart does not say by itself what they mean."


def _axis_sentence(side: str, axis: Mapping[str, Any]) -> str:
    label = f", “{axis['label']}”," if axis["label"] else ", without a label,"
    ticks = [tick["text"] for tick in axis["ticks"] if tick["text"]]
    if ticks and axis["shows"] == "names":
        return f"The {side} axis{label} shows {_some(ticks)}."
    limits = [_number(limit) for limit in axis["limits"]]
    scale = "" if axis["scale"] == "linear" else f", on a {axis['scale']} scale"
    return f"The {side} axis{label} runs from {limits[0]} to {limits[1]}{scale}."


def _listed(things: list[str], name: str) -> str:
    """All of `things`, or the first of them and how many more the table has."""
    count = f"{len(things):,} {name if len(things) != 1 else name.removesuffix('s')}"
    if not things:
        return f"No {name}."
    rest = len(things) - MOST if len(things) > MOST + 1 else 0  # "and 1 more" takes the room of the one
    more = f"; and {rest:,} more, which the data table has" if rest else ""
    return f"{count}: {'; '.join(things[: len(things) - rest])}{more}."


def _some(things: list[str]) -> str:
    return ", ".join(things[:MOST]) + (f" and {len(things) - MOST} more" if len(things) > MOST else "")


def _number(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return figure_of(float(f"{value:.4g}") if not float(value).is_integer() else value)
    return "nothing" if value is None else str(value)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else f"{text}."


# --- tables ------------------------------------------------------------------------------------------------------------

_CLAIM = (
    "label",
    "wording",
    "lower",
    "upper",
    "lower_open",
    "upper_open",
    "approximate",
    "whole",
    "measure",
    "unit",
    "text",
    "drawn",
)


def _table(panel: Mapping[str, Any]) -> pd.DataFrame:
    if panel["kind"] == "ranges":
        return pd.DataFrame({name: _column(row[name] for row in panel["rows"]) for name in _CLAIM})
    if panel["kind"] == "counts":
        return pd.DataFrame(panel["counts"], columns=["label", "count", "drawn"])
    if panel["table"]:
        names = dict.fromkeys(name for row in panel["table"] for name in row)
        return pd.DataFrame({name: _column(row.get(name) for row in panel["table"]) for name in names})
    if panel["bars"] and not (panel["lines"] or panel["points"]):
        return pd.DataFrame(panel["bars"], columns=["series", "label", "value"])
    rows = [(bar["series"], bar["label"], bar["value"]) for bar in panel["bars"]]
    for series in [_named(one, panel["x"]) for one in (*panel["lines"], *panel["points"])]:
        rows += [(series["series"], x, y) for x, y in zip(series["x"], series["y"], strict=False)]
    table = pd.DataFrame(rows, columns=["series", "x", "y"])
    ends = [
        {"series": error["series"], other: at, "low": low, "high": high}
        for error in panel["errors"]
        for other in ("y" if error["along"] == "x" else "x",)
        for at, low, high in zip(error["at"], error["low"], error["high"], strict=False)
    ]
    return pd.DataFrame([*table.to_dict("records"), *ends]) if ends else table


def _column(values: Iterable[Any]) -> pd.Series:
    """A column that keeps whole numbers whole, with an empty cell where there is none."""
    column = pd.Series(list(values), dtype=object)
    numbers = [value for value in column if value is not None]
    if numbers and all(
        isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 for value in numbers
    ):
        return column.astype("Int64")
    return column.infer_objects() if None not in list(column) else column
