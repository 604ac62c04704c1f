"""A notebook out of bytes from anybody: either cells that can be trusted in form, or one sentence that says what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import nbformat

MOST_BYTES = 30 * 2**20
MOST_CELLS = 2000
MOST_DEPTH = 60
MOST_PICTURES = 50  # in one cell
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")  # no SVG: it can hold a script
_ATTACHED = re.compile(r"!?\[[^\]\n]*\]\(\s*<?attachment:(?P<name>[^)>\n]*?)>?\s*(?:\"[^\"]*\")?\s*\)")

Cell = dict[str, Any]


class NotebookError(ValueError):
    """The file cannot be read as a notebook; the message says why, and in which cell."""


@dataclass(slots=True)
class Read:
    """What stands in a notebook: its cells, each with `cell_type`, `id`, `source`, `metadata` and `outputs`; and what was odd about the file."""

    cells: list[Cell]
    odd: list[str] = field(default_factory=list)


def read_notebook(data: bytes) -> Read:
    """The cells of a notebook, whatever its format.

    Errors: NotebookError for what is too large, too deep, not JSON, or not a notebook.
    """
    if len(data) > MOST_BYTES:
        raise NotebookError(f"The file has {len(data) / 2**20:.0f} MB; at most {MOST_BYTES >> 20} can be read.")
    if not data.strip():
        raise NotebookError("The file is empty.")
    text, odd = _text(data)
    try:
        found = json.loads(text, parse_constant=lambda number: None)
    except RecursionError:
        raise NotebookError("The file is nested too deep.") from None
    except ValueError as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise NotebookError(f"The file is not whole: it stops being JSON at {where}.") from None
    if not isinstance(found, dict):
        raise NotebookError("The file is JSON, but not a notebook.")
    _shallow(found)
    if not isinstance(found.get("cells"), list):
        found = _upgraded(found)
        odd.append("The file has an old notebook format; it was brought up to date.")
    if len(found["cells"]) > MOST_CELLS:
        raise NotebookError(f"The notebook has {len(found['cells']):,} cells; at most {MOST_CELLS:,} can be read.")
    return Read([_cell(cell, number) for number, cell in enumerate(found["cells"], 1)], odd)


def _text(data: bytes) -> tuple[str, list[str]]:
    """The file as text, and what was odd about its letters."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig"), ["The file is in UTF-16."] if wide else []
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        return text, ["The file is not in UTF-8. It was read as Western European text: look at special letters."]


def _upgraded(found: dict[str, Any]) -> dict[str, Any]:
    try:
        major = int(found.get("nbformat", 0))
        if major not in (1, 2, 3):
            raise NotebookError("The file is JSON, but not a notebook: it has no cells.")
        return dict(nbformat.convert(nbformat.from_dict(found), 4))
    except NotebookError:
        raise
    except Exception as error:
        raise NotebookError(f"The file's old notebook format cannot be read ({type(error).__name__}).") from None


def _cell(cell: Any, number: int) -> Cell:
    if not isinstance(cell, dict):
        raise NotebookError(f"Cell {number} is no cell.")
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise NotebookError(f"Cell {number} holds no text.")
    kind = cell.get("cell_type")
    metadata = cell.get("metadata")
    outputs = cell.get("outputs")
    name = cell.get("id")
    pictures = _pictures(cell.get("attachments"))
    return {
        **({"attachments": pictures} if pictures else {}),
        "cell_type": kind if kind in ("code", "markdown", "raw") else "raw",
        "id": name if isinstance(name, str) and re.fullmatch(r"[\w-]{1,64}", name) else "",
        "source": clean(source),
        "metadata": metadata if isinstance(metadata, dict) else {},
        "outputs": outputs if isinstance(outputs, list) else [],
    }


def _pictures(attachments: Any) -> dict[str, dict[str, str]]:
    """The pictures that were pasted into a cell: their names, and by kind their bytes in base64."""
    found: dict[str, dict[str, str]] = {}
    for name, kinds in attachments.items() if isinstance(attachments, dict) else ():
        good = {
            kind: data
            for kind, data in (kinds.items() if isinstance(kinds, dict) else ())
            if kind in _PICTURES and isinstance(data, str) and re.fullmatch(r"[A-Za-z0-9+/=\s]*", data)
        }
        if good and len(found) < MOST_PICTURES:
            found[clean(name)] = good
    return found


def without_lost_pictures(text: str, pictures: Collection[str]) -> str:
    """A text in which a picture that did not come along is a word: pages cannot be made of a notebook that names one."""

    def word(match: re.Match[str]) -> str:
        name = unquote(match["name"])
        return match[0] if name in pictures or match["name"] in pictures else f"[picture {name} is not in the notebook]"

    return _ATTACHED.sub(word, text)


def clean(text: str) -> str:
    """The text without half characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _shallow(found: Any) -> None:
    level, depth = [found], 0
    while level:
        if depth > MOST_DEPTH:
            raise NotebookError("The file is nested too deep.")
        level = [
            item
            for one in level
            for item in (one.values() if isinstance(one, dict) else one)
            if isinstance(item, dict | list)
        ]
        depth += 1
