"""A claim entered by hand: its entries, what they must look like, and the table that such claims make.

No entry holds more than six words in a row of the report: a longer passage is kept as its first and last words, with "..." between.
`course.extract.wording.find_words` finds the whole of it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from course.claim import STANCES
from course.extract.wording import copied_runs, find_words, shortened
from course.quantity import Number, Quantity


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a claim: its name, kind, the label and help that a form shows, and the part of the form that it stands in."""

    name: str
    kind: Literal["text", "choice", "number", "check", "date"]
    label: str
    help: str
    group: str


_CLAIM, _NUMBER, _WHERE = "The claim", "The number", "Whom, when and where"
ENTRIES = (
    Entry("claimant", "text", "Claimant", "The person or body that makes the claim, not who prints it.", _CLAIM),
    Entry("source", "text", "Source", "The words in the report that name the claimant.", _CLAIM),
    Entry("cue", "text", "Cue", "The words that tell that somebody says so, as they stand.", _CLAIM),
    Entry("content", "text", "What is claimed", "As it stands in the report; of a long passage, the first and last words with ... between.", _CLAIM),
    Entry("stance", "choice", "Stance of the cue", "", _CLAIM),
    Entry("quantity", "text", "The words of the number", "As they stand: more than 20,000. Leave empty where there is none.", _NUMBER),
    Entry("lower", "number", "Lower bound", "Leave empty where the report gives none.", _NUMBER),
    Entry("lower_open", "check", "The lower bound itself is left out (“more than”)", "", _NUMBER),
    Entry("upper", "number", "Upper bound", "Leave empty where the report gives none.", _NUMBER),
    Entry("upper_open", "check", "The upper bound itself is left out (“fewer than”)", "", _NUMBER),
    Entry("approximate", "check", "It is approximate (“about”, “some”)", "", _NUMBER),
    Entry("measure", "text", "Measure", "What is counted: killed, wounded, casualties, ...", _NUMBER),
    Entry("unit", "text", "Unit", "persons, percent, tonnes, ...", _NUMBER),
    Entry("about", "text", "Whom or what it is about", "", _WHERE),
    Entry("period_start", "date", "Period from", "", _WHERE),
    Entry("period_end", "date", "Period to", "", _WHERE),
    Entry("place", "text", "Place", "", _WHERE),
    Entry("url", "text", "Link to the report", "Begins with https://", _WHERE),
)  # fmt: skip
NAMES = tuple(entry.name for entry in ENTRIES)
NEEDED = ("claimant", "cue", "content")
QUOTED = ("source", "cue", "content", "quantity")
"""The entries whose words must stand in the report."""
COLUMNS = ("claim", *NAMES)

_KINDS = {entry.name: entry.kind for entry in ENTRIES}
_BOUNDS = ("lower", "upper", "lower_open", "upper_open", "approximate")


def read_number(text: str) -> Number | None:
    """The number that a learner wrote: "20,000", "20 000", "0.5"; None where it is none."""
    plain = "".join(text.split()).replace(",", "").replace("_", "")
    try:
        number = float(plain)
    except ValueError:
        return None
    if not abs(number) < 1e15:
        return None
    return int(number) if number.is_integer() else number


def with_bounds(entries: Mapping[str, Any]) -> dict[str, Any]:
    """The entries with `number`, a Quantity, spelt out as its bounds. Errors: TypeError where it is no Quantity."""
    given = dict(entries)
    number = given.pop("number", None)
    if number is None:
        return given
    if not isinstance(number, Quantity):
        raise TypeError(f"number must be a Quantity, such as more_than(20_000), not {type(number).__name__}.")
    return {**given, **{name: getattr(number, name) for name in _BOUNDS}}


def written(entries: Mapping[str, Any]) -> dict[str, Any]:
    """The entries as a form holds them: every entry there, ticks as True or False, all else as text."""
    state: dict[str, Any] = {name: False if kind == "check" else "" for name, kind in _KINDS.items()}
    for name, value in entries.items():
        state[name] = bool(value) if _KINDS[name] == "check" else "" if _empty(value) else str(value)
    return state


def read_entry(state: Mapping[str, Any], text: str = "") -> dict[str, Any]:
    """The claim that a form holds: numbers as numbers, empty entries left out, and long passages of `text` short."""
    return {name: value for name, value in _values(kept(state, text)).items() if value not in (None, "", False)}


def kept(state: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The entries of a form as they may be stored: where one repeats more than six words in a row of `text`, it is made short."""
    return {
        name: shortened(value) if isinstance(value, str) and text and copied_runs(value, text) else value
        for name, value in state.items()
    }


def faults_of(state: Mapping[str, Any], text: str = "") -> dict[str, str]:
    """What is wrong with the entries that a form holds, by name; words are looked up in `text` where there is one."""
    faults, entry = {}, _values(state)
    for name in ("lower", "upper"):
        if state[name] and entry[name] is None:
            faults[name] = "Write a number, such as 20,000, or leave it empty."
    if entry["lower"] is not None and entry["upper"] is not None and entry["lower"] > entry["upper"]:
        faults["upper"] = "The upper bound is below the lower one. Change them round."
    for name in ("period_start", "period_end"):
        if entry[name] and not is_day(entry[name]):
            faults[name] = "Write the day as 2023-05-01."
    if (
        entry["period_start"]
        and entry["period_end"]
        and not faults.keys() & {"period_start", "period_end"}
        and entry["period_start"] > entry["period_end"]
    ):
        faults["period_end"] = "The period ends before it begins."
    for name in QUOTED:
        if text.strip() and entry[name] and not find_words(text, entry[name]):
            faults[name] = "These words do not stand in the report like this. Copy them."
    if entry["stance"] and entry["stance"] not in STANCES:
        faults["stance"] = f"Choose one of: {', '.join(STANCES)}."
    if entry["url"] and not entry["url"].startswith(("https://", "http://")):
        faults["url"] = "A link begins with https://"
    return faults


def claims_table(claims: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Claims entered by hand as a table with the columns `COLUMNS`, one row a claim, numbered from 1; charts and `comparable` take it.

    Args:
        claims: what `claim_entry` or a claim sheet gives. An entry that is not there is empty, and so is one that cannot be: a day that
            is none, a lower bound above the upper one. Other keys are left out.

    Errors: TypeError for anything else.
    """
    if isinstance(claims, str | Mapping) or not isinstance(claims, Iterable):
        raise TypeError(
            f"claims_table() needs a list of claims, as claim_entry(...) gives them, not {type(claims).__name__}."
        )
    rows = []
    for number, claim in enumerate(claims, start=1):
        if not isinstance(claim, Mapping):
            raise TypeError(f"Claim {number} should be what claim_entry(...) gives, not {type(claim).__name__}.")
        state = written({name: value for name, value in with_bounds(claim).items() if name in NAMES})
        for fault in faults_of(state):
            state[fault] = ""
        rows.append({"claim": number, **_values(state)})
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in ("lower", "upper"):
        frame[name] = pd.to_numeric(frame[name]).astype("Float64")
    return frame


def is_day(text: str) -> bool:
    """Whether `text` is a day such as 2023-05-01."""
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _values(state: Mapping[str, Any]) -> dict[str, Any]:
    def value(name: str, kind: str) -> Any:
        given = state[name]
        if kind == "check":
            return bool(given)
        return read_number(given) if kind == "number" else " ".join(given.split())

    return {name: value(name, kind) for name, kind in _KINDS.items()}


def _empty(value: Any) -> bool:
    return value is None or value is pd.NA or value != value
