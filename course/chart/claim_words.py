"""claims -> the words on a chart: what they span, what is counted and in what unit, and the claim as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course.chart.claims_table import Row
from course.chart.style import figure_of


def span_of(rows: Sequence[Row]) -> str:
    """What the claims say together, in one sentence, without a winner."""
    if len(rows) == 1:
        return f"{rows[0].label}: {rows[0].wording}" + (f" {rows[0].measure}" if rows[0].measure else "")
    numbers = [number for row in rows for number in row.numbers]
    if not numbers:
        return f"None of the {len(rows):,} claims gives a number"
    low, high = min(numbers), max(numbers)
    parts = [
        f"Numbers from {figure_of(low)} to {figure_of(high)}" if low != high else f"Every number is {figure_of(low)}"
    ]
    silent = sum(not row.numbers for row in rows)
    unbounded = sum(not row.quantity.bounded for row in rows) - silent
    ends = (
        f"{unbounded:,} of {len(rows):,} claims {'leave' if unbounded > 1 else 'leaves'} an end open"
        if unbounded
        else ""
    )
    none = f"{silent:,} {'give' if silent > 1 else 'gives'} no number" if silent else ""
    return "; ".join([*parts, *filter(None, [", ".join(filter(None, [ends, none]))])])


def unit_of(rows: Sequence[Row]) -> str:
    """The one unit of all the rows, "" where none or not every row states it."""
    units = {row.unit for row in rows if row.numbers}
    return units.pop() if len(units) == 1 else ""


def subtitle_of(measures: Sequence[str], rows: Sequence[Row], period: str) -> str:
    """What is counted, in what unit, and in which time."""
    named = [measure for measure in measures if measure]
    what = joined(named) if named else "What is counted is not stated"
    unit = unit_of(rows)
    return ", ".join(part for part in (what[:1].upper() + what[1:], f"in {unit}" if unit else "", period) if part)


def axis_label(measures: Sequence[str], rows: Sequence[Row]) -> str:
    """What the axis counts, with its unit, or that none is stated."""
    unit = unit_of(rows) or ("unit not stated by all" if any(row.unit for row in rows) else "unit not stated")
    if len(measures) == 1 and measures[0]:
        return f"{measures[0][:1].upper()}{measures[0][1:]} ({unit})"
    return unit[:1].upper() + unit[1:] if unit_of(rows) else f"Number ({unit})"


def beside(row: Row, common: str, measures: Sequence[str]) -> str:
    """The wording over a mark, with what the axis cannot say for all rows: the unit and what is counted."""
    if not row.numbers:
        return row.wording
    unit = "" if common else row.unit
    measure = (row.measure or "(of what, is not stated)") if len(measures) > 1 else ""
    return " ".join(part for part in (row.wording, unit, measure) if part)


def joined(words: Sequence[str], most: int = 4) -> str:
    """ "A, B and C"; after `most` only how many more there are."""
    if len(words) > most:
        return ", ".join(words[:most]) + f" and {len(words) - most} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def record_of(row: Row, said: str, drawn: bool) -> dict[str, Any]:
    """A claim as plain data, with the marks that it is drawn with."""
    quantity = row.quantity
    ends = {
        "lower": "arrow" if quantity.lower is None else "hollow" if quantity.lower_open else "filled",
        "upper": "arrow" if quantity.upper is None else "hollow" if quantity.upper_open else "filled",
    }
    return {
        "label": row.label,
        "lower": quantity.lower,
        "upper": quantity.upper,
        "lower_open": quantity.lower_open,
        "upper_open": quantity.upper_open,
        "approximate": quantity.approximate,
        "whole": quantity.whole,
        "measure": row.measure,
        "unit": row.unit,
        "text": quantity.text,
        "wording": said,
        "drawn": drawn,
        "marks": {**ends, "faded": quantity.approximate},
    }
