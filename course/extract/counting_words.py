"""Which words count what: the rows of measures.csv and measure-phrases.csv, by the place of those who are counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from course.extract.lexicons import forms_of, rows
from course.extract.tokens import Words


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts (`measure`) and whose (`of`); "" where the text does not say. `by` is the token that says it."""

    measure: str = ""
    of: str = ""
    by: int = -1


@cache
def count_nouns() -> dict[str, str]:
    """Nouns that are counted -> the measure: "deaths" -> "killed"."""
    return {row["word"]: row["measure"] for row in rows("measures") if row["role"] == "count"}


@cache
def states() -> dict[str, str]:
    """Adjectives and participles -> the measure of those whom they describe: "dead" -> "killed"."""
    return {row["word"]: row["measure"] for row in rows("measures") if row["role"] == "state"}


@cache
def by_verbs(role: str) -> dict[str, str]:
    """Every form of the verbs of a role ("victim": the object is counted; "self": the subject) -> the measure."""
    found: dict[str, str] = {}
    for row in rows("measures"):
        if row["role"] == role:
            for form in forms_of(row["word"]):
                found.setdefault(form, row["measure"])
    return found


@cache
def phrases(counted_as: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The phrases that count their subject or object, by their first word (subject) or their last (object)."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in rows("measure-phrases"):
        if row["counted"] == counted_as:
            parts = tuple(row["phrase"].split())
            found.setdefault(parts[0 if counted_as == "subject" else -1], []).append((parts, row["measure"]))
    return {word: tuple(known) for word, known in found.items()}


def phrase_at(words: Words, k: int, last: int, counted_as: str) -> str:
    """The measure of the phrase that begins with token `k` ("sought refuge"), or ""."""
    for parts, measure in phrases(counted_as).get(words.low[k], ()):
        if k + len(parts) <= last and tuple(words.low[k : k + len(parts)]) == parts:
            return measure
    return ""


def phrase_up_to(words: Words, k: int, first: int) -> str:
    """The measure of the phrase that ends with token `k` ("the death of"), or ""."""
    for parts, measure in phrases("object").get(words.low[k], ()):
        if k + 1 - len(parts) >= first and tuple(words.low[k + 1 - len(parts) : k + 1]) == parts:
            return measure
    return ""
