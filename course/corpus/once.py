"""Files are read once: as long as a file stays as it is, who reads it again gets a copy of what was made of it the first time."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

T = TypeVar("T")


def once(read: Callable[..., T]) -> Callable[..., T]:
    """`read(path, ...)`, remembered for its arguments until the file's size or time of change is another.

    Each caller gets a copy of its own, so that nobody's changes reach the next one.
    """
    known: dict[tuple[Any, ...], tuple[tuple[int, int], T]] = {}

    @wraps(read)
    def reader(path: Path, *more: Any) -> T:
        status = path.stat()
        stamp = status.st_mtime_ns, status.st_size
        if known.get((path, *more), (None,))[0] != stamp:
            known[path, *more] = stamp, read(path, *more)
        made = known[path, *more][1]
        return made.copy() if isinstance(made, pd.DataFrame) else copy.deepcopy(made)

    return reader
