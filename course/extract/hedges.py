"""Hedges: words that make a statement less certain or a number less exact ("may", "reportedly", "some", "at least")."""

from __future__ import annotations

from functools import cache

from course.claim import Span
from course.extract.attributions import Page, read
from course.extract.lexicons import rows


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """First word -> the phrases that begin with it, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("hedges"):
        phrase = tuple(row["phrase"].split())
        found.setdefault(phrase[0], []).append(phrase)
    for phrases in found.values():
        phrases.sort(key=len, reverse=True)
    return found


def hedges_in(text: str) -> list[Span]:
    """The hedges in `text`, in order."""
    page = read(text)
    return hedges_on(page, 0, len(page.words))


def hedges_on(page: Page, first: int, last: int) -> list[Span]:
    """The hedges among the tokens `first` to `last` (left out)."""
    low, tags, phrases = page.words.low, page.words.tag, _phrases()
    found: list[Span] = []
    i = first
    while i < last:
        for phrase in phrases.get(low[i], ()):
            end = i + len(phrase)
            if end <= last and tuple(low[i:end]) == phrase and _hedges(low, tags, i, end, last):
                found.append(page.words.span(i, end))
                i = end - 1
                break
        i += 1
    return found


def _hedges(low: list[str], tags: list[str], i: int, end: int, last: int) -> bool:
    """Whether the words hedge here: "over" and "about" only before a number, "May" not as a month."""
    word = low[i]
    if word in ("over", "under", "about", "around", "some"):
        return end < last and (tags[end] in ("CD", "$") or low[end] in ("a", "half", "dozens", "hundreds", "thousands"))
    if word in ("may", "might", "can", "could", "would"):
        return tags[i] == "MD"
    return True
