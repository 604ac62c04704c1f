"""May two claims be set side by side? Yes, or the reasons why not, in plain words.

Seven aspects, in this order: number, measure, definition, period, scope, population, unit. They are those that casualty-recording
standards ask a record to state (Every Casualty Counts, "Standards for Casualty Recording", 2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from course.compare.claim_rows import ClaimLike, ClaimsLike, Row, as_row, as_rows, day, earliest_latest, in_words
from course.compare.sentence import Sentence

ASPECTS = ("number", "measure", "definition", "period", "scope", "population", "unit")
NOT_STATED = "not stated"

# Measures that are sums: without a definition nobody knows of what.
COMPOSITE = frozenset({"casualties", "losses", "affected", "put out of action", "in need of help", "toll"})
# Remarks on whose word it is, or where the number comes from; they do not change who is counted.
_NO_DEFINITION = frozenset(
    {"as the report words it", "as this outlet words it", "as said", "may be a subtraction by reporters", "injured"}
)
_SAYS_NOTHING = re.compile("^$|not defined|not spelt out")
_PARTS = ("killed", "wounded", "missing", "captured", "displaced")
_MOST_SHOWN = 6
_MOST_GROUPS = 60  # so that ten thousand claims for ten thousand days do not take minutes


@dataclass(frozen=True, slots=True)
class Spread(Sentence):
    """What claims give for one aspect: the groups, each with its words and the names of its claims.

    A group called "not stated" holds the claims that do not say.
    """

    aspect: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def agree(self) -> bool:
        """Whether all say the same, and all say it."""
        return len(self.groups) <= 1 and all(words != NOT_STATED for words, _ in self.groups)

    @property
    def differ(self) -> bool:
        """Whether two claims say different things; those that do not say are left aside."""
        return sum(words != NOT_STATED for words, _ in self.groups) > 1

    def __str__(self) -> str:
        shown = self.groups if len(self.groups) <= _MOST_SHOWN else self.groups[: _MOST_SHOWN - 1]
        groups = "; ".join(f"{words} ({in_words(names)})" for words, names in shown)
        if len(shown) < len(self.groups):
            groups += f"; and {len(self.groups) - len(shown)} more"
        return f"{self.aspect.capitalize()}: {groups}."


@dataclass(frozen=True, slots=True)
class Comparability(Sentence):
    """Whether claims may be compared: true without a reason against it. `reasons` has one Spread for each aspect that keeps them apart."""

    names: tuple[str, ...]
    reasons: tuple[Spread, ...]

    def __bool__(self) -> bool:
        return not self.reasons

    @property
    def aspects(self) -> tuple[str, ...]:
        """The aspects that keep them apart, because they differ or because some claim does not say."""
        return tuple(reason.aspect for reason in self.reasons)

    @property
    def differing(self) -> tuple[str, ...]:
        """The aspects in which they say different things; the other `aspects` are only not stated."""
        return tuple(reason.aspect for reason in self.reasons if reason.differ)

    def __str__(self) -> str:
        names = in_words(self.names)
        if self:
            return f"{names} can be compared."
        return f"{names} cannot be compared as they stand. {' '.join(str(reason) for reason in self.reasons)}"


def comparable(a: ClaimLike, b: ClaimLike, definitions: pd.DataFrame | None = None) -> Comparability:
    """Whether `a` and `b` may be compared: a Comparability, true or with its reasons.

    Args:
        a, b: rows of a claims table. Read: id, claimant, about (or of), population, measure, measure_detail (or definition), the
            bounds, unit, period_start, period_end and their precision, place, scope. A missing column counts as not stated.
        definitions: `case.definitions`, to look up what a body counts as casualties; without it, the row itself must say.
    """
    return judge([as_row(a), as_row(b)], definitions)


def all_comparable(claims: ClaimsLike, definitions: pd.DataFrame | None = None) -> Comparability:
    """Whether all claims of a table may stand on one axis; like `comparable`, for any number of rows."""
    return judge(as_rows(claims), definitions)


def spread(claims: ClaimsLike, aspect: str, definitions: pd.DataFrame | None = None) -> Spread:
    """What the claims give for one aspect, for example "scope". Errors: ValueError that lists the aspects."""
    if aspect not in ASPECTS:
        raise ValueError(f"{aspect!r} is no aspect of a claim. Choose one of: {', '.join(ASPECTS)}.")
    return _spread(as_rows(claims), aspect, _counted(definitions))


def judge(rows: list[Row], definitions: pd.DataFrame | None) -> Comparability:
    """What `comparable` says, for rows already read."""
    counted = _counted(definitions)
    found = (_spread(rows, aspect, counted) for aspect in ASPECTS)
    reasons = tuple(one for one in found if not one.agree)
    return Comparability(tuple(row.name for row in rows), reasons)


Counted = dict[tuple[str, str], frozenset[str]]


def _counted(definitions: pd.DataFrame | None) -> Counted:
    """What each body counts: by (body, term) and by (claim, ""), the parts that are in it."""
    counted: Counted = {}
    for row in [] if definitions is None else definitions.to_dict("records"):
        parts = frozenset(part for part in _PARTS if row.get(part) == "yes")
        counted[(row["body"], row["term"])] = parts
        counted.setdefault((row.get("claim", ""), ""), parts)
    return counted


def _spread(rows: list[Row], aspect: str, counted: Counted) -> Spread:
    groups: dict[object, tuple[Row, str, list[str]]] = {}
    for row in rows:
        key, words = _value(row, aspect, counted)
        if key not in groups and aspect == "period" and len(groups) < _MOST_GROUPS:
            key = next((known for known, (first, _, _) in groups.items() if same_period(row, first)), key)
        groups.setdefault(key, (row, words, []))[2].append(row.name)
    return Spread(aspect, tuple((words, tuple(names)) for _, words, names in groups.values()))


def _value(row: Row, aspect: str, counted: Counted) -> tuple[object, str]:
    """What two rows must share to be alike in this aspect, and how a sentence puts it."""
    match aspect:
        case "number":
            words = "a number is given" if row.has_number else NOT_STATED
            return words, words
        case "definition":
            return _definition(row, counted)
        case "period":
            return (row.start, row.end), _period(row)
        case "scope":
            return (row.place, row.scope), _with(row.place, row.scope)
        case "population":
            return (row.about.removeprefix("all "), row.population), _with(row.about, row.population)
        case "measure":
            return row.measure, row.measure or NOT_STATED
    return row.unit, row.unit or NOT_STATED


def _definition(row: Row, counted: Counted) -> tuple[object, str]:
    if row.measure not in COMPOSITE:
        detail = "" if row.detail in _NO_DEFINITION else row.detail
        return detail, detail or "nothing added"
    known = counted.get((row.claimant, row.measure)) or counted.get((row.id, ""))
    if known is None and not _SAYS_NOTHING.search(row.detail) and row.detail.startswith(_PARTS):
        known = frozenset(part for part in _PARTS if part in row.detail)
    if known:
        return known, _join(part for part in _PARTS if part in known)
    if _SAYS_NOTHING.search(row.detail):
        return NOT_STATED, NOT_STATED
    return row.detail, row.detail


def _with(what: str, more: str) -> str:
    return ", ".join(dict.fromkeys(filter(None, [what, "" if more in what.split() else more]))) or NOT_STATED


def _join(parts: Iterable[str]) -> str:
    return in_words(parts, most=len(_PARTS))


def _period(row: Row) -> str:
    if row.start is None and row.end is None:
        return NOT_STATED
    start = "" if row.start is None else day(row.start, row.start_precision)
    end = "" if row.end is None else day(row.end, row.end_precision)
    if not start or not end:
        return f"since {start}" if start else f"until {end}"
    return start if start == end else f"{start} to {end}"


def same_period(one: Row, two: Row) -> bool:
    """Whether both may mean the same days, as exactly as their dates are known."""
    return _may_be_same(one.start, one.start_precision, two.start, two.start_precision) and _may_be_same(
        one.end, one.end_precision, two.end, two.end_precision
    )


def _may_be_same(one: object, one_precision: str, two: object, two_precision: str) -> bool:
    if one is None or two is None:
        return one is two
    first, last = earliest_latest(one, one_precision)  # type: ignore[arg-type]
    begin, finish = earliest_latest(two, two_precision)  # type: ignore[arg-type]
    return first <= finish and begin <= last
