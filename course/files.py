"""Files written whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

WORK = "counterclaim-work"
"""The folder beside a notebook in which a learner's work is kept."""
HANDED_IN = "COUNTERCLAIM_HANDED_IN"
"""The variable that names a notebook which is tried as it would be handed in: nothing beside it counts."""


def write_whole(path: Path, content: str | bytes, *, lasting: bool = False) -> None:
    """Write `content` (text as UTF-8) to `path`, so that a reader finds the old file or the new one, never half of one.

    Args:
        path: the file.
        content: all of it.
        lasting: come back only when it would survive a power cut.

    Errors: OSError where the folder cannot be written or `path` is a folder.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    path = path.resolve()  # a link stays a link
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or a pipe cannot be replaced; a folder says so itself
        return
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        half.write_bytes(data)
        if path.exists():
            shutil.copymode(path, half)
        if lasting:
            _to_disk(half)
        half.replace(path)
        if lasting:
            _to_disk(path.parent)
    finally:
        half.unlink(missing_ok=True)


def printable(text: str) -> str:
    """`text` with what UTF-8 cannot hold (file names in another encoding) spelled out."""
    return text.encode("utf-8", "backslashreplace").decode()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
