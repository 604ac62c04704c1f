"""What a number counts where a phrase says it, and no single word: "sought refuge", "among the wounded", "the death toll jumped to"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from course.extract.counting_words import states
from course.extract.lexicons import forms_of, rows, word_set
from course.extract.phrases import phrase_end
from course.extract.tags import FINITE, VERBS
from course.extract.tokens import Words

if TYPE_CHECKING:
    from course.extract.figures import Figure

_BETWEEN = word_set(
    "have has had having were was are is been being be also already since now then reportedly later still who that which once again since even may might could"
)
_TO = word_set("to at past by as above over beyond")
_REACH = 16  # tokens from a toll to its number
_LONGEST_ASIDE = 8


class Phrase(NamedTuple):
    """Words that say what is counted. `of` are words one of which must follow, where any are named."""

    words: tuple[str, ...]
    measure: str
    of: frozenset[str]


@cache
def _phrases(place: str) -> tuple[Phrase, ...]:
    """The phrases of a place, the longest first."""
    found = [
        Phrase(tuple(row["phrase"].split()), row["measure"], frozenset(row["of"].split()))
        for row in rows("measure-phrases")
        if row["counted"] == place
    ]
    return tuple(sorted(found, key=lambda phrase: -len(phrase.words)))


@cache
def _reaching() -> frozenset[str]:
    return frozenset(
        form for row in rows("measure-phrases") if row["counted"] == "reach" for form in forms_of(row["phrase"])
    )


def measure_by_phrase(words: Words, figure: Figure, first: int, last: int) -> tuple[str, int]:
    """The measure that a phrase gives the number, and the token where the phrase stands; ("", -1) where none does."""
    for rule in (_after, _object, _before, _toll):
        measure, by = rule(words, figure, first, last)
        if measure:
            return measure, by
    return "", -1


def _after(words: Words, figure: Figure, first: int, last: int) -> tuple[str, int]:
    """ "Some 4,000 families (..., the council said,) have sought refuge"."""
    low, tags, known = words.low, words.tag, states()
    k = figure.last + 1 if figure.last < last and low[figure.last] == "of" else figure.last
    k = max(k, phrase_end(words, k, last)) if k < last else k
    while k < last and low[k] in ("of", "from", "in") and not _at(words, k, last, "subject"):  # "of its workers"
        end = phrase_end(words, k + 1, last)
        if end == k + 1:
            break
        k = end
    if k < last and low[k] in (",", "(", "-", "–", "—"):
        close = next((j for j in range(k + 1, min(last, k + _LONGEST_ASIDE)) if low[j] in (",", ")", "-", "–", "—")), 0)
        k = close + 1 if close else k
    steps = 0
    while k < last and steps < 5:
        if phrase := _at(words, k, last, "subject"):
            return phrase.measure, k
        if low[k] == "among":  # "were among the 74 people killed"
            return next(((known[low[j]], j) for j in range(k + 1, min(last, k + 8)) if low[j] in known), ("", -1))
        if low[k] not in _BETWEEN and tags[k] not in ("RB", "MD"):
            return "", -1
        k, steps = k + 1, steps + 1
    return "", -1


def _object(words: Words, figure: Figure, first: int, last: int) -> tuple[str, int]:
    """ "has driven more than 300 people from", "lost 2,870 servicemen"."""
    low = words.low
    end = phrase_end(words, figure.last, last) if figure.last < last else last
    near = {*low[figure.last : end], *low[end : end + 1]}
    for phrase in _phrases("around"):
        start = figure.first - len(phrase.words)
        if start >= first and tuple(low[start : figure.first]) == phrase.words and (not phrase.of or near & phrase.of):
            return phrase.measure, start
    return "", -1


def _before(words: Words, figure: Figure, first: int, last: int) -> tuple[str, int]:
    """ "Of the dead, 14 were soldiers"."""
    low = words.low
    stop = figure.first - 1 if figure.first > first and low[figure.first - 1] in (",", ":") else figure.first
    for phrase in _phrases("before"):
        start = stop - len(phrase.words)
        if start >= first and tuple(low[start:stop]) == phrase.words:
            return phrase.measure, start
    return "", -1


def _toll(words: Words, figure: Figure, first: int, last: int) -> tuple[str, int]:
    """ "The death toll from the quake along the coast has risen to 262"."""
    low, tags = words.low, words.tag
    if figure.unit or (figure.last < last and low[figure.last] in ("%", "percent", "per")):
        return "", -1
    k = figure.first - 1
    while k >= first and (low[k] in _TO or tags[k] == "RB" or low[k] in ("least", "high", "many")):
        k -= 1
    if k < first or low[k] not in _reaching():
        return "", -1
    k -= 1
    while k >= first and (low[k] in _BETWEEN or tags[k] in ("RB", "BE", "HV", "MD")):
        k -= 1
    for i in range(k, max(first, k - _REACH) - 1, -1):
        if tags[i] in FINITE or tags[i] == "CD" or (tags[i] in VERBS and tags[i] != "VBN") or low[i] in (";", ":"):
            break
        for phrase in _phrases("toll"):
            start = i - len(phrase.words) + 1
            if start >= first and tuple(low[start : i + 1]) == phrase.words:
                return phrase.measure, start
    return "", -1


def _at(words: Words, k: int, last: int, place: str) -> Phrase | None:
    for phrase in _phrases(place):
        end = k + len(phrase.words)
        if end <= last and tuple(words.low[k:end]) == phrase.words:
            return phrase
    return None
