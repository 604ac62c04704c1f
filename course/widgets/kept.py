"""What a learner did in a widget, kept: one small JSON file for each task, in a folder beside the notebook, and a copy in the notebook."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from course.files import HANDED_IN, write_whole
from course.files import WORK as FOLDER

MIME = "application/vnd.counterclaim.work+json"
"""The type under which a widget's output in a notebook carries its record: whoever has the notebook has the work."""

Record = dict[str, Any]
_LARGEST = 1_000_000  # bytes; the marks of a long report take some thousand


def name_of(task: str, kind: str, about: str) -> str:
    """The name of a widget's record: task, kind of widget, and a digest of what it is about, so that another text never gets its marks."""
    digest = hashlib.sha256(about.encode()).hexdigest()[:8]
    return "-".join(filter(None, [re.sub(r"[^\w.]+", "-", task).strip("-."), kind, digest]))


def read(name: str) -> Record | None:
    """The record called `name`: from its file in the current folder, else from the notebook that runs; None where there is none.

    A file that cannot be read is set aside under another name, so that it is not lost.
    """
    if alone := os.environ.get(HANDED_IN):
        with contextlib.suppress(OSError, ValueError):
            return dict(records_in(json.loads(Path(alone).read_text("utf-8-sig")))).get(name)
        return None
    path = Path.cwd() / FOLDER / f"{name}.json"
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        try:
            return _record(json.loads(path.read_text("utf-8")), name)
        except ValueError:
            _set_aside(path)
    # Set by Jupyter Server for each kernel, and handed on to what a kernel starts, such as a grader in another folder.
    notebook = Path(os.environ.get("JPY_SESSION_NAME", ""))
    with contextlib.suppress(OSError, ValueError):
        if notebook.is_file() and notebook.parent.samefile(Path.cwd()):
            return dict(records_in(json.loads(notebook.read_text("utf-8")))).get(name)
    return None


def write(name: str, record: Record) -> str:
    """Keep `record` in its file; where it was kept, in words for the learner."""
    folder = Path.cwd() / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        write_whole(folder / f"{name}.json", json.dumps(record, ensure_ascii=False, indent=1))
    except OSError as error:
        why = error.strerror or error
        return f"The folder of the notebook cannot be written ({why}): your work is kept in the notebook only. Save it."
    return f"Kept in {FOLDER}."


def records_in(notebook: Mapping[str, Any]) -> Iterator[tuple[str, Record]]:
    """Name and record of each widget that stands in a notebook (its JSON as a dict): in its metadata, then in its outputs.

    The metadata carries them while a notebook is graded, when its outputs are cleared.
    """
    carried = notebook.get("metadata", {}).get(FOLDER)
    found = list(carried.values()) if isinstance(carried, Mapping) else []
    for cell in notebook.get("cells", []):
        for output in cell.get("outputs", []):
            found.append(output.get("data", {}).get(MIME) if isinstance(output, Mapping) else None)
    for one in found:
        name = one.get("name", "") if isinstance(one, Mapping) else ""
        with contextlib.suppress(ValueError):
            if isinstance(name, str) and re.fullmatch(r"\w[\w.-]{0,120}", name):
                yield name, _record(one, name)


def records_beside(folder: Path) -> Iterator[tuple[str, Record]]:
    """Name and record of each widget that is kept in the folder beside a notebook; what cannot be read is passed over."""
    for path in sorted((folder / FOLDER).glob("*.json")):
        with contextlib.suppress(OSError, ValueError):
            if path.is_file() and path.stat().st_size <= _LARGEST:
                yield path.stem, _record(json.loads(path.read_text("utf-8")), path.stem)


def clear(folder: Path) -> None:
    """Take away every record that is kept below `folder`. Errors: OSError where that is not possible."""
    for path in (folder / FOLDER).glob("*.json"):
        path.unlink()


def lay_out(notebook: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write the records that a notebook carries as files below `folder`, so that its widgets find them when it is run there.

    A file that is there stays as it is. Yields the paths that were written.
    Errors: OSError where the folder cannot be written.
    """
    written = []
    for name, record in records_in(notebook):
        path = folder / FOLDER / f"{name}.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(record, ensure_ascii=False, indent=1))
            written.append(path)
    return written


def _record(found: Any, name: str) -> Record:
    if isinstance(found, Mapping) and isinstance(found.get("state"), Mapping):
        return {**found, "name": name}
    raise ValueError("no record of a widget")


def _set_aside(path: Path) -> None:
    with contextlib.suppress(OSError):
        number = 1
        while (aside := path.with_name(f"{path.name}.unreadable-{number}")).exists():
            number += 1
        path.replace(aside)
