"""The tables of the data package, read as its schemas say."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from course.corpus.once import once
from course.corpus.places import data_folder

_DTYPES = {"string": "str", "number": "Float64", "integer": "Int64", "date": "str", "boolean": "str"}


@cache
def _resources() -> dict[str, dict[str, Any]]:
    package = json.loads((data_folder() / "datapackage.json").read_text("utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def _fields(table: str) -> list[dict[str, Any]]:
    resources = _resources()
    tables = [name for name, resource in resources.items() if "schema" in resource]
    if table not in tables:
        raise KeyError(f"The data package has no table {table!r}. It has: {', '.join(tables)}.")
    fields: list[dict[str, Any]] = resources[table]["schema"]["fields"]
    return fields


def columns(table: str) -> pd.DataFrame:
    """The columns of a table and what they mean: one row a column, with `column`, `type`, `meaning` and `values`.

    `table` is "claims", "sources", "coverage", "chains", "replies", "definitions", or the name of a word list, such as "cues".
    `values` lists the words that a column may hold, where the list is closed.
    Errors: KeyError for a table that the data package does not have.
    """
    return pd.DataFrame(
        {
            "column": field["name"],
            "type": field["type"],
            "meaning": field.get("description", ""),
            "values": ", ".join(field.get("constraints", {}).get("enum", [])),
        }
        for field in _fields(table)
    )


@once
def read_table(path: Path, table: str) -> pd.DataFrame:
    """The CSV file at `path` as a frame, typed by the schema of `table`.

    An empty cell is "" in a text column, NA in a number and NaT in a date.
    """
    fields = _fields(table)
    texts = [field["name"] for field in fields if field["type"] == "string"]
    frame = pd.read_csv(
        path,
        dtype={field["name"]: _DTYPES[field["type"]] for field in fields},
        keep_default_na=False,
        na_values={field["name"]: [""] for field in fields if field["name"] not in texts},
        encoding="utf-8",
    )
    for field in fields:
        name = field["name"]
        if field["type"] == "date":
            frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d")
        elif field["type"] == "boolean":
            frame[name] = frame[name] == "true"
    return frame
