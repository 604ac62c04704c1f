"""A table of claims by hand: choose those that may be compared, explore a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from course.compare import all_comparable, spread
from course.corpus import quantity_of
from course.widgets.panel import Block, Field, Panel

ASPECTS = ("measure", "period", "scope", "population")
_MOST = 60  # rows that a page shows at once


class FilterMatrix(Panel):
    """Claims with what they give for each aspect; filters narrow them, ticks choose. `value` is the list of chosen ids."""

    kind = "matrix"

    def __init__(
        self, claims: pd.DataFrame, definitions: pd.DataFrame | None, aspects: tuple[str, ...], task: str, heading: str
    ) -> None:
        self._claims, self._definitions, self._aspects = claims, definitions, aspects
        self._gives: dict[str, dict[str, str]] = {
            aspect: {name: words for words, names in spread(claims, aspect, definitions).groups for name in names}
            for aspect in aspects
        }
        start = {**dict.fromkeys(aspects, ""), "chosen": []}
        # Two cases may number their claims alike: who claims what tells them apart.
        about = "\n".join(f"{row['id']} {row.get('claimant', '')} {_number(row)}" for _, row in claims.iterrows())
        super().__init__(task=task, about=about, heading=heading, start=start)

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        fields: list[Field] = []
        for aspect in self._aspects:
            values = list(dict.fromkeys(self._gives[aspect].values()))
            options = [["", "all"], *([words, words] for words in values)]
            fields.append(
                {
                    "name": aspect,
                    "type": "choice",
                    "label": aspect.capitalize(),
                    "options": options,
                    "group": "Show only",
                    "wide": True,
                }
            )
        chosen = state.get("chosen", [])
        rows = [
            {
                "key": row["id"],
                "cells": [
                    f"{row['id']}, {row.get('claimant', '')}: {_number(row)}",
                    *(self._gives[aspect].get(row["id"], "") for aspect in self._aspects),
                ],
            }
            for _, row in self._claims.iterrows()
            if (isinstance(chosen, list) and row["id"] in chosen) or self._passes(row["id"], state)
        ]
        head = ["Claim", *(aspect.capitalize() for aspect in self._aspects)]
        every = [str(name) for name in self._claims["id"]]
        return [
            *fields,
            {"name": "chosen", "type": "table", "label": f"Claims: {len(rows)} of {len(every)}", "head": head, "control": "Choose", "rows": rows[:_MOST], "all": every},
        ]  # fmt: skip

    def _passes(self, name: str, state: Mapping[str, Any]) -> bool:
        return all(not state.get(aspect) or self._gives[aspect].get(name) == state[aspect] for aspect in self._aspects)

    @property
    def value(self) -> list[str]:
        return sorted(self.state["chosen"])

    def summary(self) -> str:
        chosen = self.value
        if len(chosen) < 2:
            return f"Chosen: {', '.join(chosen) or 'none yet'}. Choose two or more, and it says here whether they may be compared."
        return str(all_comparable(self._claims[self._claims["id"].isin(chosen)], self._definitions))


class ClaimExplorer(Panel):
    """The claims of a case, filtered. `value` is the list of ids that pass the filters."""

    kind = "explorer"

    def __init__(self, claims: pd.DataFrame, name: str, columns: tuple[str, ...], task: str, heading: str) -> None:
        self._claims, self._name, self._columns = claims, name, columns
        super().__init__(
            task=task,
            about=f"{name} {len(claims)}",
            heading=heading,
            start={**dict.fromkeys(columns, ""), "words": "", "chart": False},
        )

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        fields: list[Field] = []
        for column in self._columns:
            counted = self._claims[column].astype(str).value_counts()
            options = [
                ["", "all"],
                *([value, f"{value or 'not stated'} ({count})"] for value, count in counted.items() if value),
            ]
            fields.append(
                {
                    "name": column,
                    "type": "choice",
                    "label": column.replace("_", " ").capitalize(),
                    "options": options,
                    "group": "Show only",
                    "wide": True,
                }
            )
        fields.append(
            {"name": "words", "type": "text", "label": "Words anywhere in the row", "group": "Show only", "wide": True}
        )
        return [*fields, {"name": "chart", "type": "check", "label": "Draw them as a chart"}]

    @property
    def found(self) -> pd.DataFrame:
        """The rows that pass the filters."""
        return filtered(
            self._claims, words=self.state["words"], **{column: self.state[column] for column in self._columns}
        )

    @property
    def value(self) -> list[str]:
        return [str(name) for name in self.found["id"]]

    def code(self) -> str:
        given = {column: self.state[column] for column in (*self._columns, "words") if self.state[column]}
        return f"list(filtered(claims{''.join(f', {name}={value!r}' for name, value in given.items())}).id)"

    def summary(self) -> str:
        found = self.found
        makers = found["claimant"].nunique() if "claimant" in found else 0
        return f"{len(found)} of {len(self._claims)} claims, by {makers} claimant{'' if makers == 1 else 's'}."

    def look(self) -> list[Block]:
        found = self.found
        rows = [
            [
                row["id"],
                *(str(row.get(name, "")) for name in ("claimant", "measure")),
                _number(row),
                _day(row.get("date")),
            ]
            for _, row in found.head(_MOST).iterrows()
        ]
        more = f" (the first {_MOST})" if len(found) > _MOST else ""
        table: Block = {
            "kind": "table",
            "caption": f"{len(found)} claims{more}",
            "head": ["Id", "Claimant", "Measure", "Number", "Date"],
            "rows": rows,
        }
        return [*(self._chart(found) if self.state["chart"] else []), table]

    def _chart(self, found: pd.DataFrame) -> list[Block]:
        units = sorted(set(found["unit"].astype(str))) if "unit" in found else []
        if len(units) > 1:
            return [{"kind": "words", "text": f"There is no chart of several units. Choose one: {', '.join(units)}."}]
        from course.chart import Incomparable, ranges, text_alternative
        from course.widgets.pictures import picture_of

        try:
            figure = ranges(found, source=f"the case {self._name}")
        except Incomparable as error:
            return [{"kind": "list", "title": "These claims do not belong on one axis", "items": error.reasons}]
        except (ValueError, TypeError) as error:
            return [{"kind": "words", "text": f"There is no chart: {error}"}]
        return [{"kind": "picture", "source": picture_of(figure), "alt": text_alternative(figure)}]


def filter_matrix(
    claims: Any,
    task: str = "",
    *,
    definitions: pd.DataFrame | None = None,
    aspects: Iterable[str] = ASPECTS,
    heading: str = "Which may be compared?",
) -> FilterMatrix:
    """A widget to choose claims that may be compared; its `value` is the list of their ids, in alphabetical order.

    Typed, the same is the list: `["U001", "U010"]`.

    Args:
        claims: a Case or World, or (rows of) its claims table.
        task: the task's number; the work is found again under it.
        definitions: what each body counts; that of the case, where a case is given.
        aspects: which aspects stand in columns.

    Errors: ValueError for a table without ids, or an aspect that there is not.
    """
    table, found = _claims(claims), getattr(claims, "definitions", None)
    return FilterMatrix(table, definitions if definitions is not None else found, tuple(aspects), task, heading)


def claim_explorer(
    case: Any,
    task: str = "",
    *,
    columns: Iterable[str] = ("claimant", "measure", "unit", "place"),
    heading: str = "Explore the claims",
) -> ClaimExplorer:
    """A widget to filter the claims of a case and see them as table and chart; its `value` is the list of ids that pass.

    Typed, the same is `list(filtered(case.claims, measure="killed").id)`.
    Args and errors: as for `filter_matrix`; `columns` are those with a filter of their own.
    """
    table = _claims(case)
    missing = [name for name in columns if name not in table]
    if missing:
        raise ValueError(f"The claims have no column {missing[0]!r}. They have: {', '.join(table.columns)}.")
    return ClaimExplorer(table, getattr(case, "name", "claims"), tuple(columns), task, heading)


def filtered(claims: pd.DataFrame, words: str = "", **values: str) -> pd.DataFrame:
    """The rows of a claims table whose columns have the given values, and that have `words` somewhere."""
    rows = claims
    for column, value in values.items():
        rows = rows[rows[column].astype(str) == value] if value else rows
    if words.strip():
        wanted = words.strip().casefold()
        rows = rows[[wanted in " ".join(map(str, row)).casefold() for row in rows.astype(object).to_numpy()]]
    return rows


def _claims(given: Any) -> pd.DataFrame:
    table = given if isinstance(given, pd.DataFrame) else getattr(given, "claims", None)
    if not isinstance(table, pd.DataFrame) or "id" not in table or table.empty:
        raise ValueError("This needs a case or a claims table with a column id and at least one row.")
    return table.astype({"id": str})


def _number(row: pd.Series[Any]) -> str:
    """A claim's number with its unit: "more than 100,000", "about 50 percent"."""
    quantity = quantity_of(row) if {"lower", "upper", "whole"} <= set(row.index) else None
    if quantity is None or (quantity.lower is None and quantity.upper is None):
        return "no number"
    unit = str(row.get("unit", ""))
    return f"{quantity} {unit}".strip() if unit not in ("persons", "") else str(quantity)


def _day(value: Any) -> str:
    return "" if value is None or pd.isna(value) else f"{value.day} {value:%b %Y}"
