"""Word by word, what role several readers of one text gave: the table on which agreement and confusions are counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from course.claim import Attribution, Span
from course.corpus import Report

ROLES = (
    "cue",
    "source",
    "content",
)  # where two spans are equally long, the later role: what is a content lies inside another
_WORD = re.compile(r"\w(?:[\w’',.:-]*\w)?")


def word_roles(report: Report | str, **readers: Any) -> pd.DataFrame:
    """One row a word of the text: `start`, `word`, and for each reader a column with "source", "cue", "content" or "none".

    Where one attribution lies inside another, a word has the role that the outer one gives it.

    Args:
        report: a Report or its text.
        readers: by name, what each found: a list of Attributions as `attributions_in` gives, or an annotation by hand as `case.gold(id)`,
            `lesson.gold` and `lesson.second` give.

    Errors: TypeError for anything else.
    """
    text = report.text if isinstance(report, Report) else report
    words = [(found.start(), found.group()) for found in _WORD.finditer(text)]
    table = pd.DataFrame(words, columns=["start", "word"])
    for reader, found in readers.items():
        spans = _spans(reader, found)
        table[reader] = [_role(start, spans) for start, _ in words]
    return table


def _role(start: int, spans: list[tuple[Span, str]]) -> str:
    """The role of the longest span that holds the character at `start`: an outer content is longer than all that lies in it."""
    holding = [(span.end - span.start, ROLES.index(role)) for span, role in spans if span.start <= start < span.end]
    return ROLES[max(holding)[1]] if holding else "none"


def _spans(reader: str, found: Any) -> list[tuple[Span, str]]:
    items = found.get("attributions") if isinstance(found, Mapping) else found
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise TypeError(f"{reader} should be a list of attributions or an annotation, not {type(found).__name__}.")
    spans = []
    for one in items:
        if not isinstance(one, Attribution | Mapping):
            raise TypeError(f"{reader} should hold attributions, not {type(one).__name__}.")
        for role in ROLES:
            places = getattr(one, role) if isinstance(one, Attribution) else one[role]
            spans += [(span if isinstance(span, Span) else Span(span["start"], span["end"]), role) for span in places]
    return spans
