"""Putting sources in their order, and deciding between two annotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from course.widgets.panel import Block, Field, Panel


class ChainBuilder(Panel):
    """Names to put in order, from the outlet that was read back to the origin. `value` is the list of names in that order."""

    kind = "chain"

    def __init__(self, names: Mapping[str, str], task: str, heading: str) -> None:
        self._names = dict(names)
        super().__init__(task=task, about="\n".join(sorted(names)), heading=heading, start={"order": []})

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        return [
            {
                "name": "order",
                "type": "order",
                "label": "The chain: first what you read, last where it began",
                "items": [[name, _titled(name, role)] for name, role in self._names.items()],
                "pool": "Not in the chain. Press to put at the end:",
            }
        ]

    @property
    def value(self) -> list[str]:
        return list(self.state["order"])

    def summary(self) -> str:
        order = self.value
        if len(order) < 2:
            return f"In the chain: {order[0] if order else 'nothing yet'}."
        steps = ", ".join(f"{carrier} has it from {source}" for carrier, source in pairwise(order))
        left = [name for name in self._names if name not in order]
        return f"{steps}. First link: {order[-1]}. {len(order)} names." + (
            f" Left out: {', '.join(left)}." if left else ""
        )

    def look(self) -> list[Block]:
        return [{"kind": "chain", "title": "The chain so far", "items": self.value}] if self.value else []


class Adjudicator(Panel):
    """Two annotations side by side, and a decision for each item. `value` is `{item: label}` for the items that are decided."""

    kind = "adjudicator"

    def __init__(
        self,
        table: pd.DataFrame,
        labels: Sequence[str],
        only_differing: bool,
        texts: Mapping[str, str],
        task: str,
        heading: str,
    ) -> None:
        self._table, self._labels, self._only, self._texts = table, list(labels), only_differing, dict(texts)
        super().__init__(task=task, about=table.to_csv(), heading=heading, start={"decided": {}})

    @property
    def _coders(self) -> list[str]:
        return [str(name) for name in self._table.columns]

    @property
    def _differing(self) -> list[str]:
        return [str(item) for item, row in self._table.iterrows() if len(set(row)) > 1]

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        items = self._differing if self._only else [str(item) for item in self._table.index]
        shown = {item: f"{item}. {self._texts[item]}" if item in self._texts else item for item in items}
        rows = [{"key": item, "cells": [shown[item], *map(str, self._table.loc[item])]} for item in items]
        options = [["", "not decided"], *([label, label] for label in self._labels)]
        label = "Items on which they differ" if self._only else "All items"
        return [
            {"name": "decided", "type": "table", "label": label, "head": ["Item", *self._coders], "control": "Your decision", "rows": rows, "options": options}
        ]  # fmt: skip

    def sound(self, state: Mapping[str, Any]) -> dict[str, Any]:
        decided = super().sound(state)["decided"]
        return {"decided": {item: label for item, label in decided.items() if label in self._labels}}

    @property
    def value(self) -> dict[str, str]:
        return dict(self.state["decided"])

    def summary(self) -> str:
        differing, decided = self._differing, self.value
        alike = len(self._table) - len(differing)
        done = sum(item in decided for item in differing)
        sided = {coder: sum(str(self._table.loc[item, coder]) == label for item, label in decided.items() if item in differing) for coder in self._coders}  # fmt: skip
        neither = done - sum(sided.values()) if done else 0
        with_whom = ", ".join(f"with {coder} {count}" for coder, count in sided.items())
        return (
            f"Alike on {alike} of {len(self._table)} items, different on {len(differing)}. Of these {done} are decided"
            + (f": {with_whom}, with neither {neither}." if done else ".")
        )


def _titled(name: str, role: str) -> str:
    """ "AP (agency)", or a card with a whole sentence: "p: The agency wrote it." """
    if not role:
        return name
    return f"{name}: {role}" if role.rstrip().endswith((".", "!", "?")) else f"{name} ({role})"


def chain_builder(
    names: Iterable[str] | Mapping[str, str], task: str = "", *, heading: str = "Build the chain"
) -> ChainBuilder:
    """A widget to sort sources by distance; its `value` is a list, from the outlet that was read back to the origin.

    Typed, the same is the list: `["KXL", "AP", "White House briefing", "US intelligence"]`.

    Args:
        names: what may stand in the chain, also what does not belong there; or a dict from name to a word on its role.
        task: the task's number; the work is found again under it.

    Errors: ValueError for fewer than two names.
    """
    offered = (
        {str(name): str(role) for name, role in names.items()}
        if isinstance(names, Mapping)
        else {str(name): "" for name in names}
    )
    if len(offered) < 2:
        raise ValueError("A chain needs at least two names to choose from.")
    return ChainBuilder(offered, task, heading)


def adjudicator(
    annotations: pd.DataFrame | Mapping[str, Mapping[Any, str]],
    task: str = "",
    *,
    labels: Iterable[str] = (),
    only_differing: bool = True,
    texts: Mapping[Any, str] | None = None,
    heading: str = "Decide between two annotations",
) -> Adjudicator:
    """A widget with two annotations side by side, to decide item by item; its `value` is `{item: label}`.

    Typed, the same is the dict: `{"claimed": "distancing"}`.

    Args:
        annotations: a table with one row an item and one column a coder, or a dict from coder to {item: label}.
        task: the task's number; the work is found again under it.
        labels: what may be decided; those that the coders used, unless given.
        only_differing: show only the items on which the coders differ.
        texts: by item, the words that were annotated, shown beside its name; a dict or a column of a table.

    Errors: ValueError for fewer than two coders, and for a coder without a label for some item.
    """
    table = annotations if isinstance(annotations, pd.DataFrame) else pd.DataFrame(annotations)
    if "item" in table:
        table = table.set_index("item")
    if table.shape[1] < 2 or table.empty:
        raise ValueError("To decide between annotations takes two columns, one a coder, and one row an item.")
    if table.isna().any(axis=None):
        raise ValueError("Some item has no label by one of the coders. Leave such items out: table.dropna().")
    table = table.astype(str)
    table.index = table.index.map(str)
    used = list(dict.fromkeys(label for column in table for label in table[column]))
    words = {str(item): str(text) for item, text in dict(texts if texts is not None else {}).items()}
    return Adjudicator(table, list(map(str, labels)) or sorted(used), only_differing, words, task, heading)
