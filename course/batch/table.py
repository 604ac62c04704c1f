"""Parts -> the table: in the order of the articles' paths, each article once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from course.batch.parts import ABOUT, Part, Row, rows_of
from course.extract.frame import COLUMNS
from course.files import printable

HEAD = (*ABOUT, *COLUMNS)
FLOATS = ("lower", "upper", "whole")
FLAGS = ("lower_open", "upper_open", "approximate")
COUNTS = ("claim", "start", "end")
GROUP = 50_000
"""Rows that are in memory at once; a row group of the Parquet file."""


def write_table(owners: Sequence[tuple[str, Part]], to: Path, form: str) -> int:
    """Write the rows of each article, given as its path and the part that holds it; the number of rows.

    `form` is "csv" or "parquet". Errors: OSError where `to` cannot be written.
    """
    write = _write_parquet if form == "parquet" else _write_csv
    return write(_groups(owners), to)


def _groups(owners: Iterable[tuple[str, Part]]) -> Iterator[dict[str, list[Any]]]:
    # Parts hold neighbours, so that the next article is nearly always in one of the last parts.
    @lru_cache(maxsize=16)
    def rows(part: Part) -> dict[str, list[Row]]:
        return rows_of(part)

    group: list[Row] = []
    for path, part in owners:
        group += rows(part)[path]
        if len(group) >= GROUP:
            yield _columns(group)
            group = []
    yield _columns(group)


def _columns(group: list[Row]) -> dict[str, list[Any]]:
    columns = zip(*group, strict=True) if group else ((),) * len(HEAD)
    return {
        name: [printable(cell) if isinstance(cell, str) else cell for cell in column]
        for name, column in zip(HEAD, columns, strict=True)
    }


def _write_csv(groups: Iterable[dict[str, list[Any]]], to: Path) -> int:
    written = 0
    with to.open("w", encoding="utf-8", newline="") as file:
        for number, columns in enumerate(groups):
            frame = pd.DataFrame(columns)
            for name in FLOATS:
                frame[name] = pd.to_numeric(frame[name]).astype("Float64")
            frame.to_csv(file, index=False, header=number == 0, lineterminator="\n", float_format="%.15g")
            written += len(frame)
    return written


def _write_parquet(groups: Iterable[dict[str, list[Any]]], to: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = dict.fromkeys(HEAD, pa.string())
    types |= dict.fromkeys(FLOATS, pa.float64()) | dict.fromkeys(FLAGS, pa.bool_()) | dict.fromkeys(COUNTS, pa.int64())
    schema = pa.schema(list(types.items()))
    day = schema.get_field_index("date")
    written = 0
    with pq.ParquetWriter(to, schema.set(day, pa.field("date", pa.date32())), compression="zstd") as writer:
        for columns in groups:
            numbers = {name: [None if cell is None else float(cell) for cell in columns[name]] for name in FLOATS}
            table = pa.table(columns | numbers, schema=schema)
            writer.write_table(table.set_column(day, "date", table["date"].cast(pa.date32())))
            written += table.num_rows
    return written
