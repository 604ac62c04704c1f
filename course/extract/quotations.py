"""Quotations: runs of text between quotation marks of any kind, closed, left open, or carried on over paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from course.extract.tokens import Words

# opening mark -> the marks that may close it
_CLOSERS = {
    '"': ('"', "”"),
    "''": ("''", "’’", "”"),
    "’’": ("’’", "''"),
    "“": ("”", '"', "''", "“"),
    "«": ("»",),
    "„": ("“", "”", '"'),
    "``": ("''", '"', "”"),
    "‘‘": ("’’", "''"),
}
_OPENING = frozenset(("“", "«", "„", "``", "‘‘"))
_STRAIGHT = ('"', "''", "’’")
_CLOSING_ONLY = ("”", "»")
_BEFORE_OPENING = frozenset("([{—–-:/|‘'“\"")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens `first` to `last` (`last` left out), marks included. `closed` is False where the closing mark is missing."""

    first: int
    last: int
    closed: bool = True
    single: bool = False

    def inner(self) -> tuple[int, int]:
        """The tokens between the marks."""
        return self.first + 1, max(self.first + 1, self.last - self.closed)


def quotations_of(words: Words) -> list[Quotation]:
    """The quotations of the text, in order, none inside another.

    A mark that is never closed quotes to the end of its paragraph where a paragraph or a sentence begins with it, and is
    otherwise passed over: a quotation of several paragraphs opens each of them and closes the last.
    """
    found: list[Quotation] = []
    for number, (begin, stop) in enumerate(words.paragraphs):
        after = words.paragraphs[number + 1][0] if number + 1 < len(words.paragraphs) else None
        found.extend(_in_paragraph(words, begin, stop, after))
    return found


def _in_paragraph(words: Words, begin: int, stop: int, after: int | None) -> list[Quotation]:
    low, found = words.low, []
    opened, mark = -1, ""
    single = -1
    for i in range(begin, stop):
        token = low[i]
        if opened >= 0:
            if token in _CLOSERS[mark] and (
                token not in _STRAIGHT or token != mark or not _looks_opening(words, i, begin, stop)
            ):
                found.append(Quotation(opened, i + 1))
                opened = -1
            elif token in _STRAIGHT and token == mark:  # a second opening mark: the first was left open
                opened = i
        elif token in _OPENING or (token in _STRAIGHT and not _looks_closing(words, i, begin)):
            opened, mark, single = i, token, -1
        elif token in _CLOSING_ONLY:
            continue
        elif token in ("‘", "'"):
            if token == "‘" or (single < 0 and _looks_opening(words, i, begin, stop)):
                single = i if i + 1 < stop and words.start[i + 1] == words.end[i] else single
            elif single >= 0 and _closes_single(words, i, stop):
                found.append(Quotation(single, i + 1, single=True))
                single = -1
        elif token == "’" and single >= 0 and _closes_single(words, i, stop):
            found.append(Quotation(single, i + 1, single=True))
            single = -1
    if opened < 0 and single == begin and low[begin] == "‘" and after is not None and low[after] == "‘":
        found.append(Quotation(begin, stop, closed=False, single=True))
    if opened >= 0:
        goes_on = after is not None and low[after] == mark
        if goes_on or opened == begin or _after_a_stop(low, opened, begin):
            found.append(Quotation(opened, stop, closed=False))
    return found


def _after_a_stop(low: list[str], i: int, begin: int) -> bool:
    return i > begin and low[i - 1] in (".", "?", "!", ":", ",")


def _looks_opening(words: Words, i: int, begin: int, stop: int) -> bool:
    """Whether mark `i` stands after a space or bracket and directly before a word."""
    if i + 1 >= stop or words.start[i + 1] != words.end[i]:
        return False
    return i == begin or words.start[i] != words.end[i - 1] or words.low[i - 1] in _BEFORE_OPENING


def _looks_closing(words: Words, i: int, begin: int) -> bool:
    """Whether mark `i` stands directly after a word and before a space."""
    if i == begin or words.start[i] != words.end[i - 1] or words.low[i - 1] in _BEFORE_OPENING:
        return False
    return i + 1 >= len(words) or words.start[i + 1] != words.end[i]


def _closes_single(words: Words, i: int, stop: int) -> bool:
    """Whether a single mark closes: directly after a word or stop, not before a letter (an apostrophe stands there)."""
    if words.start[i] != words.end[i - 1]:
        return False
    return i + 1 >= stop or words.start[i + 1] != words.end[i] or not words.low[i + 1][0].isalnum()
