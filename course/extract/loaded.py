"""Loaded words: words that judge, praise, enlarge or make smaller in the act of naming ("heroic", "massacre", "setback")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from course.claim import Span
from course.extract.lexicons import rows


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded word where it stands: the word of the list, its kind, plainer words for it, and why it is loaded."""

    span: Span
    word: str
    kind: str
    neutral: str
    why: str


def loaded_words_in(text: str) -> list[Loaded]:
    """The words in `text` that `data/lexicons/loaded-words.csv` has, in order; of several at one place the longest.

    The list is the same for every side, and knows words, not their ground: a loaded word may be the right one, and a word that the
    list lacks may be loaded. Words count in the form that is listed, in capitals or not.
    """
    known = {row["word"]: row for row in rows("loaded-words")}
    found = []
    for match in _pattern().finditer(text):
        row = known[" ".join(match[0].casefold().split())]
        found.append(Loaded(Span(*match.span()), row["word"], row["kind"], row["neutral"], row["why"]))
    return found


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((row["word"] for row in rows("loaded-words")), key=len, reverse=True)
    every = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<![\w-])(?:{every})(?![\w-])", re.IGNORECASE)
