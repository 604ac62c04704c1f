"""pairs of kinds -> grids of counts: cues by side, and what was found against what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.chart.description import remember
from course.chart.grid import COLUMNS, Cell, draw_grid
from course.chart.layout import MOST, Words, figure_with
from course.chart.style import figure_of, style
from course.chart.tally import name_of, whole_of

FEW = 5  # from how many on a share is shaded

Counts = dict[tuple[str, str], int]


def heatmap(
    data: pd.DataFrame,
    rows: str = "stance",
    columns: str = "side",
    *,
    of: str = "claims",
    title: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure with a count in every cell: how often each kind in `rows` goes with each kind in `columns`; the shade is the share in the column.

    Columns of different size can be compared by their shades, not by their counts; each heading says how many it has. The 30 rows
    and 12 columns with most are drawn.

    Args:
        data: a long table with a row for each thing counted, or a table of counts such as `pd.crosstab` gives.
        rows, columns: the columns of a long table; for a table of counts what its index and its columns are.
        of: what is counted, for subtitle and text.
        title: the message, in one sentence; without it the figure names the most frequent pair.
        source: where the data come from. Printed under the chart, which says "not stated" without it.
        ax: draw here instead of on a figure of its own.

    Errors: TypeError for what is no table; ValueError for a missing column, nothing to count, or counts that are not whole numbers from 0.
    """
    found = _pairs(data, rows, columns)
    down, across = _totals(found, 0), _totals(found, 1)
    cells = {
        (i, j): _counted(found.get((row, column), 0), across[column])
        for i, row in enumerate(list(down)[:MOST])
        for j, column in enumerate(list(across)[:COLUMNS])
    }
    total = sum(found.values())
    (row, column), most = max(found.items(), key=lambda item: item[1])
    message = f"Most frequent: {row} with {column} ({most:,} of {total:,})" if total else f"No {of} were counted"
    notes = [*cut(len(down), len(across)), *_about_shades(list(across.values()), "column")]
    words = Words(
        title or message, f"{of[:1].upper()}{of[1:]} by {rows} and {columns}, {total:,} in all", "", source, notes
    )
    with style():
        headings = [f"{name} ({count:,})" for name, count in across.items()]
        sheet = draw_grid((list(down), headings), cells, words, axes=ax)
    table = [{rows: row, columns: column, "count": found.get((row, column), 0)} for row in down for column in across]
    said = [
        f"{column}, {count:,} in all: "
        + (", ".join(f"{row} {found[row, column]:,}" for row in down if found.get((row, column))) or "none")
        for column, count in across.items()
    ]
    record = {
        "kind": "heatmap",
        "table": table,
        "in_words": listed(said, "columns"),
        "message": message,
        "notes": notes,
    }
    remember(sheet.axes, {**record, "names": list(down), "written": [*words.every, *headings]})
    return figure_with(sheet.axes)


def confusion_matrix(
    gold: Iterable[Any],
    found: Iterable[Any],
    order: Sequence[str] | None = None,
    *,
    names: tuple[str, str] = ("the key", "the answer"),
    title: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure that sets two labellings of the same things against each other: framed cells agree, all other cells are confusions.

    Args:
        gold, found: the label of each thing, twice, in the same order.
        order: the labels from top to bottom, also those that do not occur; without it, the most frequent is first.
        names: who gave the first and who the second labels.
        title: the message, in one sentence; without it the figure says how many agree.
        source: where the labels come from. Printed under the chart, which says "not stated" without it.
        ax: draw here instead of on a figure of its own.

    Errors: TypeError for what is no list of labels; ValueError where there is none, or where the two lists differ in length.
    """
    one, two = (_labels(values) for values in (gold, found))
    if len(one) != len(two):
        raise ValueError(
            f"confusion_matrix() needs two labels for each thing: {names[0]} has {len(one):,}, {names[1]} has {len(two):,}."
        )
    if not one:
        raise ValueError("confusion_matrix() has nothing to draw: there are no labels.")
    pairs = Counter(zip(one, two, strict=True))
    labels = list(
        dict.fromkeys([*map(name_of, order or ()), *(label for label, _ in Counter([*one, *two]).most_common())])
    )
    drawn = labels[:COLUMNS]
    sums = Counter(one)
    cells = {
        (i, j): _counted(pairs[row, column], sums[row], outline=i == j)
        for i, row in enumerate(drawn)
        for j, column in enumerate(drawn)
    }
    agree, total = sum(pairs[label, label] for label in labels), len(one)
    message = f"{agree:,} of {total:,} labels agree ({figure_of(round(100 * agree / total))} %)"
    notes = [f"Rows: {names[0]}. Columns: {names[1]}. Framed: both agree.", *_about_shades(list(sums.values()), "row")]
    if len(labels) > len(drawn):
        notes.append(f"The first {len(drawn)} of {len(labels):,} labels are drawn; the data table has all.")
    words = Words(
        title or message,
        f"Labels by {names[0]} (rows) and by {names[1]} (columns), {total:,} in all",
        "",
        source,
        notes,
    )
    with style():
        sheet = draw_grid(([f"{label} ({sums[label]:,})" for label in drawn], drawn), cells, words, axes=ax)
    table = [{"first": row, "second": column, "count": pairs[row, column]} for row in labels for column in labels
             if pairs[row, column] or len(labels) <= COLUMNS]  # fmt: skip
    wrong = [(pair, count) for pair, count in pairs.most_common() if pair[0] != pair[1]]
    said = [f"{row}, taken for {column}: {count:,}" for (row, column), count in wrong]
    told = listed([f"{label}: agreed {pairs[label, label]:,} of {sums[label]:,}" for label in labels], "labels")
    record = {
        "kind": "confusion",
        "table": table,
        "message": message,
        "notes": notes,
        "names": drawn,
        "written": words.every,
    }
    remember(sheet.axes, {**record, "in_words": [*told, *(listed(said, "confusions") or ["No confusions."])]})
    return figure_with(sheet.axes)


def listed(said: Sequence[str], name: str, most: int = 8) -> list[str]:
    """One sentence of all that is `said`, or of the first of it with how much more the data table has; none for nothing."""
    rest = len(said) - most
    more = f"; and {rest:,} more {name}, which the data table has" if rest > 0 else ""
    return ["; ".join(said[:most]) + more + "."] if said else []


# --- counting ----------------------------------------------------------------------------------------------------------


def _pairs(data: Any, rows: str, columns: str) -> Counts:
    if not isinstance(data, pd.DataFrame):
        raise TypeError(f"heatmap() needs a table of claims or of counts, not {type(data).__name__}.")
    if data.empty:
        raise ValueError("heatmap() has nothing to draw: the table is empty.")
    there = [name for name in (rows, columns) if name in data.columns]
    if len(there) == 2:
        pairs = data[[rows, columns]].itertuples(index=False, name=None)
        return dict(Counter((name_of(row), name_of(column)) for row, column in pairs))
    if there or not all(pd.api.types.is_numeric_dtype(kind) for kind in data.dtypes):
        missing = next(name for name in (rows, columns) if name not in there)
        raise ValueError(
            f"There is no column {missing!r}. Say which to count: heatmap(table, rows='...', columns='...'). "
            f"The table has: {', '.join(map(str, data.columns))}."
        )
    found: Counts = {}
    for row, values in zip(data.index, data.itertuples(index=False, name=None), strict=True):
        for column, count in zip(data.columns, values, strict=True):
            place = name_of(row), name_of(column)
            found[place] = found.get(place, 0) + whole_of(" with ".join(place), count)
    return found


def _totals(found: Mapping[tuple[str, str], int], side: int) -> dict[str, int]:
    totals: Counter[str] = Counter()
    for pair, count in found.items():
        totals[pair[side]] += count
    return dict(totals.most_common())


def _labels(values: Any) -> list[str]:
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise TypeError(f"confusion_matrix() needs two lists of labels, not {type(values).__name__}.")
    return [name_of(value) for value in values]


def _counted(count: int, of: int, outline: bool = False) -> Cell:
    return Cell(f"{count:,}", count / of if of >= FEW and count else None, outline)


def _about_shades(sums: Sequence[int], name: str) -> list[str]:
    few = f" {name.capitalize()}s with fewer than {FEW} have no shade: too few for a share." if min(sums) < FEW else ""
    uneven = f" The {name}s differ in size: compare shades, not counts." if len(set(sums)) > 1 else ""
    return [f"Darker: a larger share of its {name}.{uneven}{few}"]


def cut(rows: int, columns: int) -> list[str]:
    """The note that a grid needs where not all of its rows and columns are drawn."""
    parts = [
        f"{most} of {count:,} {name}"
        for most, count, name in ((MOST, rows, "rows"), (COLUMNS, columns, "columns"))
        if count > most
    ]
    return [f"Drawn are {' and '.join(parts)}, those with most; the data table has all."] if parts else []
