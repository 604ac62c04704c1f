"""How long a case and a practice world take to load, beside pandas reading the same tables: python -m benchmarks.loading

Before every try the files are touched, so that nothing is remembered of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarks.timing import seconds
from course.corpus import cases, load_case, load_world, worlds

DATA = Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    print("the best of five, in milliseconds of the processor")
    print("name            ours    pandas   ratio")
    for name in cases():
        _row(name, lambda name=name: _whole(load_case(name)), DATA / "cases" / name)
    for name in worlds():
        _row(name, lambda name=name: _whole(load_world(name)), DATA / "worlds" / name)


def _whole(loaded: object) -> list[object]:
    """Every table and text of it, since some are read when they are first asked for."""
    return [getattr(loaded, name) for name in dir(loaded) if not name.startswith("_")]


def _row(name: str, load: Callable[[], object], folder: Path) -> None:
    tables = sorted(folder.glob("*.csv"))
    ours, pandas = (
        1000 * seconds(run, 5, lambda: _touch(folder))
        for run in (load, lambda: [pd.read_csv(table) for table in tables])
    )
    print(f"{name:13} {ours:6.1f}    {pandas:6.1f}    {ours / pandas:4.1f}")


def _touch(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        os.utime(path)


if __name__ == "__main__":
    main()
