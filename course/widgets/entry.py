"""A claim entered by hand, checked while it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from course.corpus import Report
from course.widgets.panel import Field, Panel
from course.widgets.quantities import read_number

_ENTRY: tuple[tuple[str, str, str, str], ...] = (
    ("claimant", "text", "Claimant", "The person or body that makes the claim, not who prints it."),
    ("cue", "text", "Cue", "The words that tell that somebody says so, as they stand."),
    ("content", "text", "What is claimed", "As it stands in the report."),
    ("measure", "text", "Measure", "What is counted: killed, wounded, casualties, ..."),
    ("lower", "number", "Lower bound", "Leave empty where the report gives none."),
    ("lower_open", "check", "The lower bound itself is left out (“more than”)", ""),
    ("upper", "number", "Upper bound", "Leave empty where the report gives none."),
    ("upper_open", "check", "The upper bound itself is left out (“fewer than”)", ""),
    ("approximate", "check", "It is approximate (“about”, “some”)", ""),
    ("unit", "text", "Unit", "persons, percent, tonnes, ..."),
    ("period_start", "date", "Period from", ""),
    ("period_end", "date", "Period to", ""),
    ("place", "text", "Place", ""),
    ("url", "text", "Link to the report", "Begins with https://"),
)
_NEEDED = ("claimant", "cue", "content")


class ClaimForm(Panel):
    """An entry for one claim, checked while it is written. `value` is a dict of what was entered, with numbers as numbers."""

    kind = "form"

    def __init__(self, text: str, task: str, number: int, heading: str) -> None:
        self._text = text
        start = {name: False if type_ == "check" else "" for name, type_, _, _ in _ENTRY}
        super().__init__(task=task, about=f"{number} {text}", heading=heading, start=start)

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        groups = {"lower": "The number", "period_start": "When and where"}
        group, fields = "The claim", []
        for name, type_, label, help_ in _ENTRY:
            group = groups.get(name, group)
            needed = " (needed)" if name in _NEEDED else ""
            fields.append(
                {
                    "name": name,
                    "type": type_,
                    "label": label + needed,
                    "help": help_,
                    "group": group,
                    "long": name == "content",
                }
            )
        return fields

    @property
    def value(self) -> dict[str, Any]:
        return {name: value for name, value in _read_entry(self.state).items() if value not in (None, "", False)}

    def code(self) -> str:
        return f"claim_entry({', '.join(f'{name}={value!r}' for name, value in self.value.items())})"

    def faults_of(self, state: Mapping[str, Any]) -> dict[str, str]:
        return _faults(state, self._text)

    def summary(self) -> str:
        missing = [name for name in _NEEDED if not self.state[name].strip()]
        faults = self.faults
        told = [f"Entered: {len(self.value)} of {len(_ENTRY)}."]
        told += [f"Still needed: {', '.join(missing)}."] if missing else []
        told += [f"To mend: {', '.join(name.replace('_', ' ') for name in faults)}."] if faults else []
        return " ".join(told if missing or faults else [*told, "The entry is complete."])


def claim_form(report: Report | str = "", task: str = "", *, number: int = 1, heading: str = "") -> ClaimForm:
    """A widget to enter one claim, checked while it is written; its `value` is a dict of what was entered.

    Typed, the same is `claim_entry(claimant="...", cue="...", content="...", lower=20000)`.

    Args:
        report: the report that it stands in; cue and content are looked up in it. "" leaves that check out.
        task: the task's number; the work is found again under it and `number`, for several claims of one report.
    """
    text = report if isinstance(report, str) else report.text
    return ClaimForm(text, task, number, heading or f"Claim {number}")


def claim_entry(report: Report | str = "", **entries: Any) -> dict[str, Any]:
    """The value of a claim form, typed; checked in the same way. Errors: ValueError that lists all that is to be mended."""
    names = [name for name, *_ in _ENTRY]
    if strange := [name for name in entries if name not in names]:
        raise ValueError(f"There is no entry {strange[0]!r}. The entries are: {', '.join(names)}.")
    state = {name: False if type_ == "check" else "" for name, type_, _, _ in _ENTRY}
    state |= {
        name: value if isinstance(value, bool) else "" if value is None else str(value)
        for name, value in entries.items()
    }
    faults = _faults(state, report if isinstance(report, str) else report.text)
    faults |= {name: "It is missing." for name in _NEEDED if not str(state[name]).strip()}
    if faults:
        raise ValueError(" ".join(f"{name}: {fault}" for name, fault in faults.items()))
    return {name: value for name, value in _read_entry(state).items() if value not in (None, "", False)}


def _read_entry(state: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {name: type_ for name, type_, _, _ in _ENTRY}
    return {
        name: value
        if kinds[name] == "check"
        else read_number(value)
        if kinds[name] == "number"
        else " ".join(str(value).split())
        for name, value in state.items()
    }


def _faults(state: Mapping[str, Any], text: str) -> dict[str, str]:
    faults = {}
    entry = _read_entry(state)
    for name in ("lower", "upper"):
        if state[name] and entry[name] is None:
            faults[name] = "Write a number, such as 20,000, or leave it empty."
    if entry["lower"] is not None and entry["upper"] is not None and entry["lower"] > entry["upper"]:
        faults["upper"] = "The upper bound is below the lower one. Change them round."
    for name in ("period_start", "period_end"):
        try:
            _ = entry[name] and dt.date.fromisoformat(entry[name])
        except ValueError:
            faults[name] = "Write the day as 2023-05-01."
    if (
        entry["period_start"]
        and entry["period_end"]
        and not faults.keys() & {"period_start", "period_end"}
        and entry["period_start"] > entry["period_end"]
    ):
        faults["period_end"] = "The period ends before it begins."
    plain = " ".join(text.split())
    for name in ("cue", "content"):
        if plain and entry[name] and entry[name] not in plain:
            faults[name] = "These words do not stand in the report like this. Copy them."
    if entry["url"] and not entry["url"].startswith(("https://", "http://")):
        faults["url"] = "A link begins with https://"
    return faults
