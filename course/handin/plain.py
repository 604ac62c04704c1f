"""Answers as plain data: what JSON can hold, and tagged records for tables, quantities, spans, charts and functions.

A tagged record is a dict with the key "$". No pickle: what is rebuilt on the other side is data, never code.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.chart import describe
from course.claim import Span
from course.quantity import Quantity

TAG = "$"
MAX_DEPTH = 20
MAX_CHARACTERS = 2_000_000
MAX_NESTING = 4 * MAX_DEPTH  # of the JSON: a dict with keys that are no texts takes three levels of it

Functions = dict[str, Callable[..., Any]]


class AnswerError(ValueError):
    """An answer that cannot be handed in as it is; the message says which part, why, and what to do."""


def to_plain(value: Any, name: str = "answer", functions: Functions | None = None) -> Any:
    """Plain data for `value`: None, bool, int, float, str, lists and dicts of them, and tagged records.

    Args:
        value: the answer. `...` counts as not answered (None). What has a method `plain()`, such as a widget, is what that gives.
        name: what the learner calls it; stands in error messages.
        functions: where functions are kept, by the name in their record; without it a function is refused.

    Errors: AnswerError for a type that has no plain form, a number that is not finite, or nesting deeper than 20.
    """
    return _to_plain(value, name, functions, 0)


def from_plain(plain: Any, ask: Callable[[str, list[Any]], Any] | None = None) -> Any:
    """The answer rebuilt from plain data.

    Args:
        plain: what `to_plain` gave, also after a journey through JSON.
        ask: called with a function's name and its plain arguments where a rebuilt function is called; gives plain data.

    Errors: AnswerError for a record that is not one of ours.
    """
    if isinstance(plain, list):
        return [from_plain(item, ask) for item in plain]
    if not isinstance(plain, dict):
        return plain
    if TAG not in plain:
        return {key: from_plain(item, ask) for key, item in plain.items()}
    try:
        return _from_record(plain, ask)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AnswerError(f"A record of kind {plain.get(TAG)!r} cannot be rebuilt: {error}.") from error


def dumps(plain: Any, name: str = "answer") -> str:
    """`plain` as JSON text. Errors: AnswerError where it is longer than two million characters."""
    text = json.dumps(plain, allow_nan=False, ensure_ascii=False)
    if len(text) > MAX_CHARACTERS:
        raise AnswerError(
            f"{name} is too large to hand in ({len(text):,} characters; at most {MAX_CHARACTERS:,}). Hand in less."
        )
    return text


def loads(text: str, name: str = "answer") -> Any:
    """Plain data from JSON text of anybody. Errors: AnswerError where it is too long, too deep, not JSON, or holds a number that
    is not finite."""
    if len(text) > MAX_CHARACTERS:
        raise AnswerError(f"{name} is too large ({len(text):,} characters; at most {MAX_CHARACTERS:,}).")

    def refuse(number: str) -> Any:
        raise AnswerError(f"{name} holds {number}, which is not a number that can be compared.")

    def finite(number: str) -> float:
        value = float(number)
        return value if math.isfinite(value) else refuse(number)

    try:
        plain = json.loads(text, parse_constant=refuse, parse_float=finite)
    except AnswerError:
        raise
    except (ValueError, RecursionError) as error:
        raise AnswerError(f"{name} is not JSON that can be read ({type(error).__name__}).") from None
    if _depth(plain) > MAX_NESTING:
        raise AnswerError(f"{name} is nested too deep.")
    return plain


def _depth(plain: Any) -> int:
    """How deep lists and dicts are nested; stops counting beyond the limit."""
    level, depth = [plain], 0
    while level and depth <= MAX_NESTING:
        level = [
            item
            for one in level
            if isinstance(one, list | dict)
            for item in (one.values() if isinstance(one, dict) else one)
        ]
        depth += 1
    return depth


def _to_plain(value: Any, name: str, functions: Functions | None, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise AnswerError(f"{name} is nested more than {MAX_DEPTH} levels deep. Hand in something flatter.")
    if value is None or value is ...:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return _finite(float(value), name)
    if isinstance(value, str):
        return str(value)
    if callable(
        own := getattr(type(value), "plain", None)
    ):  # a widget, or anything else that says its plain data itself
        return _to_plain(own(value), name, functions, depth + 1)
    if isinstance(value, Span):
        return {TAG: "span", **asdict(value)}
    if isinstance(value, Quantity):
        fields = ("lower", "upper", "lower_open", "upper_open", "approximate", "text", "whole")
        return {TAG: "quantity", **{field: getattr(value, field) for field in fields}}
    if isinstance(value, pd.DataFrame | pd.Series):
        return _table(value, name)
    if isinstance(value, Axes):
        value = value.get_figure()
    if isinstance(value, Figure):
        return {TAG: "chart", "chart": _to_plain(describe(value), name, None, depth + 1)}
    if isinstance(value, dt.date):
        return {TAG: "date", "value": value.isoformat()}
    if isinstance(value, Mapping):
        return _mapping(value, name, functions, depth)
    if isinstance(value, set | frozenset):
        items = [_to_plain(item, f"{name} (an item)", functions, depth + 1) for item in value]
        return {TAG: "set", "items": sorted(items, key=json.dumps)}
    if isinstance(value, list | tuple | range | np.ndarray | pd.Index):
        return [_to_plain(item, f"{name}[{i}]", functions, depth + 1) for i, item in enumerate(value)]
    if callable(value) and not isinstance(value, type) and functions is not None:
        functions[name] = value
        return {TAG: "function", "name": name}
    raise AnswerError(
        f"{name} is of type {type(value).__name__}, which cannot be handed in. Hand in a text, a number, True or False, "
        "a list, a dict, a DataFrame, a Quantity, a figure, a widget or a function."
    )


def _finite(number: float, name: str) -> float:
    if not math.isfinite(number):
        raise AnswerError(
            f"{name} is {number}, which is not a number that can be compared. Find where it comes from "
            "(a missing value? a division by 0?), or hand in None where there is no number."
        )
    return number


def _mapping(value: Mapping[Any, Any], name: str, functions: Functions | None, depth: int) -> dict[str, Any]:
    def item(key: Any) -> Any:
        return _to_plain(value[key], f"{name}[{key!r}]", functions, depth + 1)

    if all(isinstance(key, str) for key in value) and TAG not in value:
        return {key: item(key) for key in value}
    pairs = [[_to_plain(key, f"a key of {name}", None, depth + 1), item(key)] for key in value]
    return {TAG: "dict", "pairs": pairs}


def _table(value: pd.DataFrame | pd.Series, name: str) -> dict[str, Any]:
    series = isinstance(value, pd.Series)
    table = value.to_frame(name=value.name or "value") if isinstance(value, pd.Series) else value
    if not isinstance(table.index, pd.RangeIndex):
        table = table.reset_index()
    table = table.rename(columns=str)
    if not table.columns.is_unique:
        twice = sorted(set(table.columns[table.columns.duplicated()]))
        raise AnswerError(f"{name} has more than one column of the same name: {', '.join(twice)}. Rename one of each.")
    try:
        data = json.loads(table.to_json(orient="table", index=False))
    except (ValueError, TypeError, OverflowError) as error:
        raise AnswerError(
            f"{name} has a column that cannot be handed in ({error}). Keep numbers, texts and dates."
        ) from error
    return {TAG: "table", "series": series, **data}


def _from_record(record: dict[str, Any], ask: Callable[[str, list[Any]], Any] | None) -> Any:
    fields = {key: value for key, value in record.items() if key != TAG}
    match record[TAG]:
        case "span":
            return Span(**fields)
        case "quantity":
            return Quantity(**fields)
        case "date":
            day = dt.datetime.fromisoformat(record["value"])
            return day if "T" in record["value"] else day.date()
        case "dict":
            return {_hashable(from_plain(key, ask)): from_plain(item, ask) for key, item in record["pairs"]}
        case "set":
            return {_hashable(from_plain(item, ask)) for item in record["items"]}
        case "chart":
            return record["chart"]
        case "function":
            return _Asked(record["name"], ask)
        case "table":
            data = json.dumps({"schema": record["schema"], "data": record["data"]})
            table = pd.read_json(io.StringIO(data), orient="table", precise_float=True)
            return table.iloc[:, -1] if record["series"] else table
        case other:
            raise ValueError(f"there is no such kind as {other!r}")


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class _Asked:
    """A learner's function on the far side of the boundary: called with plain data, answers with plain data."""

    def __init__(self, name: str, ask: Callable[[str, list[Any]], Any] | None) -> None:
        self.name = name
        self._ask = ask

    def __call__(self, *arguments: Any) -> Any:
        if self._ask is None:
            raise AnswerError(f"{self.name} is a function, and nobody is there to answer for it.")
        return from_plain(self._ask(self.name, [to_plain(argument, "argument") for argument in arguments]))

    def __repr__(self) -> str:
        return f"<the function handed in as {self.name}>"
