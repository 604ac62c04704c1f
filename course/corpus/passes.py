"""The second pass over a report that was marked twice: who says what, marked again from the plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.corpus.markup import read_marked

_ROLES = {"s": "source", "c": "cue", "t": "content"}


def second_pass(folder: Path, id: str) -> dict[str, Any]:
    """The second annotation of the report named `id`: `report`, and `attributions` with `id`, `source`, `cue`, `content` as in the gold.

    Args:
        folder: the folder of a case or of a practice world.
        id: a report that was marked twice.

    Errors: KeyError that lists the reports that were.
    """
    files = [*folder.glob("marked/second/*.md"), *folder.glob("second/*.txt")]
    paths = {path.stem: path for path in sorted(files)}
    if id not in paths:
        raise KeyError(f"{id!r} was marked once only. Marked twice are: {', '.join(paths) or 'none'}.")
    marked = read_marked(paths[id].read_text("utf-8"))
    numbers = sorted({int(tag[1:]) for tag in marked.spans if tag[0] in _ROLES})

    def spans(tag: str) -> list[dict[str, Any]]:
        return [
            {"start": start, "end": end, "text": marked.text[start:end]} for start, end in marked.spans.get(tag, [])
        ]

    return {
        "report": id,
        "attributions": [
            {"id": f"a{number}", **{role: spans(f"{letter}{number}") for letter, role in _ROLES.items()}}
            for number in numbers
        ],
    }
