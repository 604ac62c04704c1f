"""coverage -> grids: which report carries which claim, and what each report changes or leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.chart.crosstab import cut, listed
from course.chart.description import remember
from course.chart.grid import COLUMNS, Cell, column_width, draw_grid
from course.chart.layout import MOST, Words, figure_with
from course.chart.style import SMALL, style, width_of

CARRIED, CHANGED, UNKNOWN, MISSING = "carried", "carried, changed", "carried, not on record whether changed", "left out"
SIGN = 12.0  # points
_SIGNS = {CARRIED: "●", CHANGED: "◐", UNKNOWN: "?", MISSING: "○"}
_SHADES = {CARRIED: 1.0, CHANGED: 0.45, UNKNOWN: 0.12, MISSING: None}
_AS_IT_WAS = {"none", "carried", "kept", "true", "yes", "unchanged"}
_LEFT_OUT = {"left out", "reply missing", "false", "no", "missing", "omitted"}
_UNKNOWN = {"bound not on record", "unknown", "not on record"}


def coverage_matrix(
    data: pd.DataFrame,
    *,
    rows: str = "report",
    columns: str = "claim",
    change: str = "change",
    names: Mapping[str, str] | None = None,
    title: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure with one row a report and one column a claim: carried, carried but changed, left out, or nothing on record.

    Every state has a sign of its own; a changed claim says what changed. The 30 reports and 12 claims with most entries are drawn.

    Args:
        data: a long table with one row for a report, a claim and a change, such as `case.coverage`; or a wide one, as
            `course.compare.coverage` makes it: a row a report and a column a claim, with the change ("none" for carried as it was, "left out", empty where nothing is on record).
        rows, columns, change: the columns of a long table.
        names: what to call the columns, {claim: words}; without it their identifiers.
        title: the message, in one sentence; without it the figure counts.
        source: where the table comes from. Printed under the chart, which says "not stated" without it.
        ax: draw here instead of on a figure of its own.

    Errors: TypeError for what is no table, ValueError for missing columns or a table without entries; the message says what to pass.
    """
    entries = _entries(data, (rows, columns, change), "coverage_matrix")
    cells: dict[tuple[str, str], list[str]] = {}
    for row, column, what in entries:
        cells.setdefault((row, column), []).append(what)
    downs = _most_first(row for row, _, _ in entries)
    across = _most_first(column for (_, column) in cells)
    called = {column: " ".join(str((names or {}).get(column, column)).split()) for column in across}
    states = {place: _state(changes) for place, changes in cells.items()}
    message = _carriage(states, len(downs), len(across))
    notes = cut(len(downs), len(across))
    subtitle = f"{len(downs):,} {_many(rows, len(downs))} by {len(across):,} {_many(columns, len(across))}"
    words = Words(title or message, subtitle, "", source, notes)
    with style():
        wide = column_width(downs, across, ax)
        drawn = {
            (down, right): _cell(states[row, column], cells[row, column], wide)
            for down, row in enumerate(downs[:MOST])
            for right, column in enumerate(across[:COLUMNS])
            if (row, column) in states
        }
        there = [state for state in _SIGNS if state in states.values()]
        more = {"+": "and another change"} if any(cell.text.endswith("+") for cell in drawn.values()) else {}
        signs = {_SIGNS[state]: state for state in there} | more | {"empty": "nothing on record"}
        sheet = draw_grid((downs, [called[one] for one in across]), drawn, words, signs=signs, axes=ax)
    table = [
        {rows: row, columns: column, "state": states[row, column], "change": "; ".join(changes)}
        for (row, column), changes in cells.items()
    ]
    said = [
        f"{called[column]}: " + ", ".join(f"{state} by {count}" for state, count in _tally(states, column).items())
        for column in across
    ]
    remember(
        sheet.axes,
        _record("coverage", table, listed(said, "columns"), message, notes, words, downs, [*called.values()]),
    )
    return figure_with(sheet.axes)


def omission_matrix(
    data: pd.DataFrame,
    *,
    rows: str = "report",
    columns: str = "claim",
    change: str = "change",
    title: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Figure:
    """A figure with one row a report and one column a kind of change or omission; each cell counts the claims and, where there is room, names them.

    Reports in which none was found keep their row. The 30 reports with most are drawn, darker cells have more.

    Args, Errors: as for `coverage_matrix`.
    """
    entries = _entries(data, (rows, columns, change), "omission_matrix")
    found: dict[tuple[str, str], list[str]] = {}
    for row, column, what in entries:
        if what.casefold() not in _AS_IT_WAS | _UNKNOWN | {"corrected"}:
            found.setdefault((row, what), []).append(column)
    per_row: dict[str, int] = dict.fromkeys((row for row, _, _ in entries), 0)
    for (row, _), claims in found.items():
        per_row[row] += len(claims)
    downs = sorted(per_row, key=lambda row: -per_row[row])
    kinds = _most_first(what for (_, what), claims in found.items() for _ in claims)
    most = max(map(len, found.values()), default=1)
    touched = sum(map(bool, per_row.values()))
    message = (
        f"{touched:,} of {len(downs):,} {_many(rows, len(downs))} change or leave out something; most often: {kinds[0]}"
        if kinds
        else f"Nothing changed or left out in {len(downs):,} {_many(rows, len(downs))}"
    )
    notes = [*cut(len(downs), len(kinds)), "An empty cell: nothing of the kind was found in what was read."]
    words = Words(title or message, f"Number of {_many(columns, 2)}, by {rows} and kind of change", "", source, notes)
    with style():
        cells = {}
        for down, row in enumerate(downs[:MOST]):
            for right, kind in enumerate(kinds[:COLUMNS]):
                claims = found.get((row, kind), [])
                cells[down, right] = Cell(str(len(claims)) if claims else "", len(claims) / most if claims else None)
        sheet = draw_grid((downs, kinds or ["nothing found"]), cells, words, axes=ax)
    table = [
        {rows: row, "change": kind, "count": len(claims), columns: "; ".join(claims)}
        for (row, kind), claims in found.items()
    ] or [{rows: row, "change": "", "count": 0, columns: ""} for row in downs]
    said = [
        f"{kind}: {sum(len(found.get((row, kind), [])) for row in downs)} in {_reports(found, kind)}" for kind in kinds
    ]
    remember(sheet.axes, _record("omissions", table, listed(said, "kinds"), message, notes, words, downs, kinds))
    return figure_with(sheet.axes)


# --- reading -----------------------------------------------------------------------------------------------------------


def _entries(data: Any, columns: tuple[str, str, str], caller: str) -> list[tuple[str, str, str]]:
    """(report, claim, change) for every entry of a long or a wide table."""
    if not isinstance(data, pd.DataFrame):
        raise TypeError(f"{caller}() needs a table, such as case.coverage, not {type(data).__name__}.")
    missing = [name for name in columns if name not in data.columns]
    if not missing:
        found = [
            (_text(row), _text(column), _text(what))
            for row, column, what in data[list(columns)].itertuples(index=False, name=None)
        ]
    elif len(missing) == len(columns):
        found = [
            (_text(row), _text(column), _text(what))
            for row, values in zip(data.index, data.itertuples(index=False, name=None), strict=True)
            for column, what in zip(data.columns, values, strict=True)
        ]
    else:
        raise ValueError(
            f"{caller}() needs the columns {', '.join(columns)}; missing: {', '.join(missing)}. The table has: "
            f"{', '.join(map(str, data.columns)) or 'none'}. Say which to use: {caller}(table, rows='...', columns='...', change='...')."
        )
    found = [
        (row, column, change.strip())
        for row, column, changes in found
        for change in changes.split(";")
        if row and change.strip()
    ]
    if not found:
        raise ValueError(
            f"{caller}() has nothing to draw: the table has no entry that says what a report did with a claim."
        )
    return found


def _text(value: Any) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    return " ".join(str(value).split())


def _state(changes: Sequence[str]) -> str:
    kinds = {change.casefold() for change in changes}
    if kinds <= _LEFT_OUT:
        return MISSING
    if kinds <= _AS_IT_WAS:
        return CARRIED
    return UNKNOWN if kinds <= _UNKNOWN | _AS_IT_WAS else CHANGED


def _most_first(names: Iterable[str]) -> list[str]:
    counted: dict[str, int] = {}
    for name in names:
        counted[name] = counted.get(name, 0) + 1
    return sorted(counted, key=lambda name: -counted[name])


# --- drawing and words -------------------------------------------------------------------------------------------------


def _cell(state: str, changes: Sequence[str], wide: float) -> Cell:
    """The sign of a state; with it, where it fits, the first word of what changed."""
    sign, shade = _SIGNS[state], _SHADES[state]
    told = [change.split()[0] for change in changes if change.casefold() not in _AS_IT_WAS | _UNKNOWN]
    short = f"{sign} {told[0]}{' +' if len(set(told)) > 1 else ''}" if told and state == CHANGED else sign
    fits = width_of(short, SMALL) < wide - 0.08
    return Cell(
        short if fits else sign, shade, outline=state == MISSING, size=SMALL if fits and short != sign else SIGN
    )


def _carriage(states: Mapping[tuple[str, str], str], rows: int, columns: int) -> str:
    carried = sum(state != MISSING for state in states.values())
    changed = sum(state == CHANGED for state in states.values())
    return (
        f"{changed:,} of {carried:,} appearances change the claim"
        if changed
        else f"No change in {carried:,} appearances"
    )


def _tally(states: Mapping[tuple[str, str], str], column: str) -> dict[str, int]:
    here = [state for (_, name), state in states.items() if name == column]
    return {state: here.count(state) for state in _SIGNS if state in here}


def _reports(found: Mapping[tuple[str, str], Any], kind: str) -> str:
    names = [row for row, what in found if what == kind]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _many(word: str, count: int) -> str:
    return word if count == 1 or word.endswith("s") else f"{word}s"


def _record(
    kind: str, table: list[dict[str, Any]], said: list[str], message: str, notes: list[str], words: Words,
    rows: Sequence[str], columns: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    return {
        "kind": kind, "table": table, "in_words": said, "message": message, "notes": notes, "names": list(rows),
        "written": [*words.every, *columns],
    }  # fmt: skip
