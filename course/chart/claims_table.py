"""What a learner passes to `ranges` -> rows to draw; every error says which row, and what to pass instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from course.quantity import Number, Quantity

LABELS = ("label", "claimant")  # the columns that may name a row, the first that is there
_HOW = (
    "pass a DataFrame of claims, or a list such as [('United States', more_than(20_000)), ('Russia', exactly(5_937))]"
)


@dataclass(frozen=True)
class Row:
    """One claim to draw; `cells` is its whole row in the table that it comes from."""

    label: str
    quantity: Quantity
    measure: str = ""
    unit: str = ""
    cells: Mapping[str, Any] = field(default_factory=dict)

    @property
    def claim(self) -> dict[str, Any]:
        """What is known of it, as `course.compare` takes it."""
        known = {"quantity": self.quantity, "measure": self.measure, "unit": self.unit}
        return {"claimant": self.label, **self.cells, **known}

    @property
    def numbers(self) -> list[Number]:
        """The bounds that are given: none, one or two (the same twice for a single number)."""
        return [bound for bound in (self.quantity.lower, self.quantity.upper) if bound is not None]

    @property
    def wording(self) -> str:
        """The quantity in words, in the same form for every claim: "more than 20,000"."""
        if not self.numbers:
            return "no number given"
        return str(replace(self.quantity, text=""))


def rows_of(data: Any, label: str | None, measure: str, unit: str, caller: str = "ranges") -> list[Row]:
    """The claims in `data`, in their order.

    Args:
        data: a DataFrame with the columns lower and upper (and, if there, lower_open, upper_open, approximate, whole, measure, unit,
            text or quantity for the wording), a list of (label, Quantity), or a dict {label: Quantity}.
        label: the column that names the rows; None for "label", else "claimant".
        measure, unit: for all rows; "" takes each row's own.
        caller: the chart function, for messages.

    Errors: TypeError and ValueError, in words for a learner.
    """
    if isinstance(data, pd.DataFrame):
        rows = _from_table(data, label, caller)
    elif isinstance(data, Mapping):
        rows = _from_pairs(list(data.items()))
    elif isinstance(data, Sequence) and not isinstance(data, str | bytes):
        rows = _from_pairs(data)
    else:
        raise TypeError(f"{caller}() cannot draw {_kind(data)}: {_HOW}.")
    if not rows:
        raise ValueError(f"{caller}() has nothing to draw: there is no claim in the data. To draw some, {_HOW}.")
    rows = [replace(row, measure=measure or row.measure, unit=unit or row.unit) for row in rows]
    units = sorted({row.unit for row in rows if row.unit})
    if len(units) > 1:
        raise ValueError(
            f"One axis cannot show different units ({', '.join(units)}). Choose the rows of one unit, for example "
            f"data[data['unit'] == '{units[0]}'], or pass unit='...' if the words mean the same."
        )
    return rows


def _from_table(data: pd.DataFrame, label: str | None, caller: str) -> list[Row]:
    there = ", ".join(map(str, data.columns)) or "no columns"
    missing = [name for name in ("lower", "upper") if name not in data.columns]
    if missing:
        raise ValueError(
            f"{caller}() needs the columns lower and upper; {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} "
            f"missing. The table has: {there}."
        )
    name = label or next((column for column in LABELS if column in data.columns), None)
    if name is None or name not in data.columns:
        which = f"There is no column {label!r}" if label else f"{caller}() does not know which column names the claims"
        raise ValueError(f"{which}. Say it with label='...'. The table has: {there}.")
    rows = []
    columns = [str(column) for column in data.columns]
    for number, values in enumerate(data.itertuples(index=False, name=None), start=1):
        cells = dict(zip(columns, values, strict=True))
        label_of = cells[str(name)]
        at = f"Row {number} ({_text(label_of) or 'no label'})"
        rows.append(
            Row(
                label=_text(label_of) or "(nobody named)",
                quantity=_quantity(cells, at),
                measure=_text(cells.get("measure")),
                unit=_text(cells.get("unit")),
                cells=cells,
            )
        )
    return rows


def _quantity(cells: Mapping[str, Any], at: str) -> Quantity:
    numbers: dict[str, Any] = {
        name: None if _empty(cells.get(name)) else cells[name] for name in ("lower", "upper", "whole")
    }
    flags: dict[str, Any] = {}
    for name in ("lower_open", "upper_open", "approximate"):
        flag = False if _empty(cells.get(name)) else cells[name]
        if flag not in (True, False):
            raise TypeError(f"{at}: {name} must be True or False, not {flag!r}.")
        flags[name] = bool(flag)
    try:
        return Quantity(**numbers, **flags, text=_text(cells.get("text", cells.get("quantity"))))
    except (TypeError, ValueError) as error:
        raise type(error)(f"{at}: {error}") from error


def _from_pairs(data: Sequence[Any]) -> list[Row]:
    rows = []
    for number, pair in enumerate(data, start=1):
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
            raise TypeError(f"Row {number} is {_kind(pair)}, not a pair of a label and a Quantity: {_HOW}.")
        label, quantity = pair
        if isinstance(quantity, int | float) and not isinstance(quantity, bool):
            raise TypeError(
                f"Row {number} ({_text(label)}): {quantity!r} is a bare number. Say what is known about it: "
                f"exactly({quantity!r}), about({quantity!r}), more_than({quantity!r}), at_least({quantity!r}) or up_to({quantity!r})."
            )
        if not isinstance(quantity, Quantity):
            raise TypeError(f"Row {number} ({_text(label)}): expected a Quantity, not {_kind(quantity)}.")
        rows.append(Row(_text(label) or "(nobody named)", quantity))
    return rows


def _empty(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def _text(value: Any) -> str:
    return "" if _empty(value) else " ".join(str(value).split())


def _kind(thing: Any) -> str:
    return f"{type(thing).__name__} {thing!r}" if isinstance(thing, str | int | float) else f"a {type(thing).__name__}"
