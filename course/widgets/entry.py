"""Claims entered by hand, checked while they are written: one in a form, several in a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.claim import STANCES
from course.compare.entries import ENTRIES, NAMES, NEEDED, faults_of, kept, read_entry, with_bounds, written
from course.corpus import Report
from course.widgets.panel import Block, Field, Panel

_STANCES = [["", "not chosen yet"], *([stance, stance] for stance in STANCES)]
_SHOWN = ("claimant", "cue", "content", "number", "measure")


class ClaimForm(Panel):
    """An entry for one claim, checked while it is written. `value` is a dict of what was entered, with numbers as numbers.

    What is kept holds no more than six words in a row of the report.
    """

    kind = "form"

    def __init__(self, text: str, task: str, number: int, heading: str) -> None:
        self._text = text
        super().__init__(task=task, about=f"{number} {text}", heading=heading, start=written({}))

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        return _fields()

    @property
    def value(self) -> dict[str, Any]:
        return read_entry(self.state, self._text)

    def to_keep(self) -> dict[str, Any]:
        return kept(self.state, self._text)

    def code(self) -> str:
        return _typed(self.value)

    def faults_of(self, state: Mapping[str, Any]) -> dict[str, str]:
        return faults_of(state, self._text)

    def summary(self) -> str:
        missing, faults = _missing(self.state), self.faults
        told = [f"Entered: {len(self.value)} of {len(ENTRIES)}."]
        told += [f"Still needed: {', '.join(missing)}."] if missing else []
        told += [f"To mend: {', '.join(name.replace('_', ' ') for name in faults)}."] if faults else []
        return " ".join(told if missing or faults else [*told, "The entry is complete."])


class ClaimSheet(Panel):
    """Entries for several claims of one report, one claim at a time. `value` is a list of dicts, one for each claim that was begun."""

    kind = "sheet"

    def __init__(self, text: str, task: str, claims: int, heading: str) -> None:
        self._text, self._most = text, claims
        empty = written({})
        start = {_key(number, name): value for number in range(1, claims + 1) for name, value in empty.items()}
        super().__init__(task=task, about=text, heading=heading, start={"claim": "1", **start})

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        begun = {number for number, _ in self._begun(state)}
        options = [[str(n), f"Claim {n}{'' if n in begun else ', empty'}"] for n in range(1, self._most + 1)]
        choose: Field = {"name": "claim", "type": "choice", "label": "Enter this claim now", "options": options}
        choose |= {"group": f"Claims: room for {self._most}", "wide": True}
        return [choose, *_fields(f"{state.get('claim') or '1'}.")]

    def sound(self, state: Mapping[str, Any]) -> dict[str, Any]:
        every = range(1, self._most + 1)
        return {**self._start, **{key: value for n in every for key, value in self._of(state, n).items()}}

    def _of(self, state: Mapping[str, Any], number: int) -> dict[str, Any]:
        fields = {field["name"] for field in self.make_fields({"claim": str(number)})}
        sound = super().sound({**state, "claim": str(number)})
        chosen = {"claim": state["claim"]} if state.get("claim") in [str(n) for n in range(1, self._most + 1)] else {}
        return {**{key: sound[key] for key in fields if key != "claim"}, **chosen}

    def _entry(self, number: int, state: Mapping[str, Any]) -> dict[str, Any]:
        return {name: state.get(_key(number, name), empty) for name, empty in written({}).items()}

    def _begun(self, state: Mapping[str, Any]) -> list[tuple[int, dict[str, Any]]]:
        entries = ((number, self._entry(number, state)) for number in range(1, self._most + 1))
        return [(number, entry) for number, entry in entries if any(entry.values())]

    @property
    def value(self) -> list[dict[str, Any]]:
        return [read_entry(entry, self._text) for _, entry in self._begun(self.state)]

    def to_keep(self) -> dict[str, Any]:
        return kept(self.state, self._text)

    def code(self) -> str:
        return f"[{', '.join(_typed(value) for value in self.value)}]"

    def faults_of(self, state: Mapping[str, Any]) -> dict[str, str]:
        number = int(state["claim"])
        return {_key(number, name): fault for name, fault in faults_of(self._entry(number, state), self._text).items()}

    def summary(self) -> str:
        begun = self._begun(self.state)
        told = [f"Claims begun: {len(begun)} of {self._most}."]
        gaps = sorted(set(range(1, max((number for number, _ in begun), default=0))) - {number for number, _ in begun})
        told += [f"Claim {gaps[0]} is empty: fill it first, or the numbers of the others change."] if gaps else []
        for number, entry in begun:
            missing = _missing(entry)
            to_mend = [name.replace("_", " ") for name in faults_of(entry, self._text)]
            told += [f"Claim {number} still needs: {', '.join(missing)}."] if missing else []
            told += [f"Claim {number}, to mend: {', '.join(to_mend)}."] if to_mend else []
        return " ".join(told if len(told) > 1 or not begun else [*told, "Each is complete."])

    def look(self) -> list[Block]:
        rows = []
        for number, entry in self._begun(self.state):
            value = read_entry(entry, self._text)
            bounds = " to ".join(f"{value[end]:,}" for end in ("lower", "upper") if end in value)
            shown = {**value, "number": value.get("quantity") or bounds}
            rows.append([str(number), *(str(shown.get(name, "")) for name in _SHOWN)])
        head = ["Claim", "Claimant", "Cue", "What is claimed", "Number", "Measure"]
        return [{"kind": "table", "caption": "Your claims so far", "head": head, "rows": rows}] if rows else []


def claim_form(report: Report | str = "", task: str = "", *, number: int = 1, heading: str = "") -> ClaimForm:
    """A widget to enter one claim, checked while it is written; its `value` is a dict of what was entered.

    Typed, the same is `claim_entry(claimant="...", cue="...", content="...", lower=20000)`.

    Args:
        report: the report that it stands in; source, cue, content and the words of the number are looked up in it. "" leaves that check out.
        task: the task's number; the work is found again under it and `number`, for several claims of one report.
    """
    text = report if isinstance(report, str) else report.text
    return ClaimForm(text, task, number, heading or f"Claim {number}")


def claim_sheet(report: Report | str = "", task: str = "", *, claims: int = 6, heading: str = "") -> ClaimSheet:
    """A widget to enter several claims of one report, one at a time; its `value` is a list of dicts, one a claim.

    Typed, the same is a list of `claim_entry(...)`.

    Args:
        report, task: as for `claim_form`.
        claims: how many claims there is room for.

    Errors: ValueError where there is room for none.
    """
    if isinstance(claims, bool) or not isinstance(claims, int) or not 1 <= claims <= 30:
        raise ValueError(f"claims must be a whole number from 1 to 30, not {claims!r}.")
    text = report if isinstance(report, str) else report.text
    return ClaimSheet(text, task, claims, heading or "Your claims")


def claim_entry(report: Report | str = "", **entries: Any) -> dict[str, Any]:
    """The value of a claim form, typed; checked in the same way. Errors: ValueError that lists all that is to be mended.

    Args:
        report: as for `claim_form`.
        entries: the entries by name; `number=more_than(20_000)` gives the bounds at once.
    """
    entries = with_bounds(entries)
    if strange := [name for name in entries if name not in NAMES]:
        raise ValueError(f"There is no entry {strange[0]!r}. The entries are: {', '.join((*NAMES, 'number'))}.")
    state, text = written(entries), report if isinstance(report, str) else report.text
    faults = faults_of(state, text)
    faults |= {name: "It is missing." for name in NEEDED if not str(state[name]).strip()}
    if faults:
        raise ValueError(" ".join(f"{name}: {fault}" for name, fault in faults.items()))
    return read_entry(state, text)


def _fields(before: str = "") -> list[Field]:
    return [
        {
            "name": before + entry.name,
            "type": entry.kind,
            "label": entry.label + (" (needed)" if entry.name in NEEDED else ""),
            "help": entry.help,
            "group": entry.group,
            "wide": True,
            "long": entry.name == "content",
            **({"options": _STANCES} if entry.kind == "choice" else {}),
        }
        for entry in ENTRIES
    ]


def _key(number: int, name: str) -> str:
    return f"{number}.{name}"


def _missing(state: Mapping[str, Any]) -> list[str]:
    return [name for name in NEEDED if not state[name].strip()]


def _typed(value: Mapping[str, Any]) -> str:
    return f"claim_entry({', '.join(f'{name}={one!r}' for name, one in value.items())})"
