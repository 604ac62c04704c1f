"""The practice worlds: a border war and a river flood, invented, in parallel, with gold annotation for every report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from course.corpus.cases import quantity_of
from course.corpus.front_matter import split_front_matter
from course.corpus.once import once
from course.corpus.places import data_folder
from course.corpus.report import Report
from course.quantity import Quantity

_NUMBERS = {"lower", "upper", "whole", "words", "step"}
_DATES = {"date", "period_start", "period_end"}
_FLAGS = {"lower_open", "upper_open", "approximate"}


@dataclass(frozen=True, eq=False)
class World:
    """One practice world. Every state, place, person, body and outlet in it is invented.

    - `reports`: one row a report: `id`, `counterpart` (the report of the other world that holds the same phenomena), `outlet`, `date`, `title`, `words`, `text`.
    - `claims`, `sources`, `coverage`, `chains`, `definitions`: as in a real case.
    - `groups`: comparability groups; figures of one group have the same measure, population, period, place and definition.
    - `attributions`, `quantities`, `disclaimers`, `errors`, `no_claim`, `silent`, `readings`: the gold annotation as tables.
    - `gold[id]`: the gold annotation of one report, as plain data.
    """

    name: str
    folder: Path
    claims: pd.DataFrame
    sources: pd.DataFrame
    coverage: pd.DataFrame
    chains: pd.DataFrame
    definitions: pd.DataFrame
    groups: pd.DataFrame

    @cached_property
    def reports(self) -> pd.DataFrame:
        frame = _read(self.folder / "reports.csv")
        frame["text"] = [_text_of(self.folder / "reports" / f"{id}.md") for id in frame["id"]]
        return frame

    @cached_property
    def gold(self) -> dict[str, dict[str, Any]]:
        return {path.stem: _gold_of(path) for path in sorted((self.folder / "gold").glob("*.json"))}

    def report(self, id: str) -> Report:
        """The report named `id`, for example "border-01". Errors: KeyError that lists the reports of the world."""
        found = self.reports[self.reports["id"] == id]
        if found.empty:
            raise KeyError(f"The world {self.name!r} has no report {id!r}. It has: {', '.join(self.reports['id'])}.")
        row = found.iloc[0]
        return Report(
            id=id, text=row["text"], title=row["title"], outlet=row["outlet"], date=row["date"].date(), kind="practice", case=self.name
        )  # fmt: skip

    def quantity(self, id: str) -> Quantity:
        """The number of the claim named `id`, with its bounds; no bounds at all where the claim gives no number.

        Errors: KeyError that says which claims there are.
        """
        found = self.claims[self.claims["id"] == id]
        if found.empty:
            raise KeyError(f"The world {self.name!r} has no claim {id!r}. It has: {', '.join(self.claims['id'])}.")
        return quantity_of(found.iloc[0])

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """One row an attribution: its words and spans, form, stance, kinds of cue and source, claimant, and what it is nested in."""
        return self._table("attributions", ("source", "cue", "content"))

    @cached_property
    def quantities(self) -> pd.DataFrame:
        """One row a quantity: its words and span, bounds, measure, unit, of whom, the attribution that carries it, claim and group."""
        return self._table("quantities", ("span",))

    @cached_property
    def disclaimers(self) -> pd.DataFrame:
        """One row a disclaimer: its words and span, and how far it reaches."""
        return self._table("disclaimers", ("span",))

    @cached_property
    def errors(self) -> pd.DataFrame:
        """One row a planted slip: its words and span, its kind, why it is wrong, and what would be right."""
        return self._table("errors", ("span",))

    @cached_property
    def no_claim(self) -> pd.DataFrame:
        """One row a passage that claims nothing: its words and span, and what it is instead."""
        return self._table("no_claim", ("span",))

    @cached_property
    def silent(self) -> pd.DataFrame:
        """One row a silence that a report shows: which body has no figure, about what, and why, where the report says so."""
        return self._table("silent", ())

    @cached_property
    def readings(self) -> pd.DataFrame:
        """One row a defensible reading: report, item, field, value and the reason; the first of a field is the one in the tables."""
        rows = [
            {"report": id, "item": one["id"], **reading}
            for id, gold in self.gold.items()
            for part in ("attributions", "quantities")
            for one in gold[part]
            for reading in one["readings"]
        ]
        return pd.DataFrame(rows, columns=["report", "item", "field", "value", "reason"])

    def _table(self, part: str, spans: tuple[str, ...]) -> pd.DataFrame:
        rows = []
        for id, gold in self.gold.items():
            for one in gold[part]:
                row = {
                    "report": id,
                    **{key: "" if value is None and key not in _NUMBERS else value for key, value in one.items()},
                }
                row.pop("readings", None)
                for name in spans:
                    places = one[name] if isinstance(one[name], list) else [one[name]]
                    row[name] = " ... ".join(place["text"] for place in places)
                    row[f"{name}_spans"] = [(place["start"], place["end"]) for place in places]
                rows.append(row)
        frame = pd.DataFrame(rows)
        return frame.astype(dict.fromkeys(_NUMBERS & set(frame.columns), "Float64"))


def worlds() -> list[str]:
    """The names of the practice worlds, in alphabetical order."""
    return sorted(path.parent.name for path in (data_folder() / "worlds").glob("*/reports.csv"))


def load_world(name: str) -> World:
    """The practice world called `name`, "border" or "flood". Errors: KeyError that lists the worlds there are."""
    if name not in worlds():
        raise KeyError(f"There is no practice world {name!r}. There are: {', '.join(worlds())}.")
    folder = data_folder() / "worlds" / name
    tables = ("claims", "sources", "coverage", "chains", "definitions", "groups")
    return World(name, folder, **{table: _read(folder / f"{table}.csv") for table in tables})


@once
def _read(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    for name in frame.columns:
        if name in _NUMBERS and (path.stem, name) != ("coverage", "words"):
            frame[name] = pd.to_numeric(frame[name].replace("", None)).astype(
                "Float64" if name not in ("words", "step") else "Int64"
            )
        elif name in _DATES:
            frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d")
        elif name in _FLAGS:
            frame[name] = frame[name] == "true"
    return frame


@once
def _gold_of(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return gold


@once
def _text_of(path: Path) -> str:
    # Below the front matter stand the label, an empty line and the text; the label is no part of what is annotated.
    body = split_front_matter(path.read_text("utf-8"))[1]
    return body.partition("\n\n")[2].removesuffix("\n")
