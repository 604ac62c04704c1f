"""The real cases: what was claimed, by whom, who carried it, and what changed on the way."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from course.corpus.front_matter import split_front_matter
from course.corpus.once import once
from course.corpus.places import data_folder
from course.corpus.report import Report
from course.corpus.tables import read_table
from course.quantity import Quantity

REPORT_COLUMNS = ("id", "case", "outlet", "date", "version", "title", "url", "read", "lacks", "text")


@dataclass(frozen=True, eq=False)
class Case:
    """One real case. Each table is a DataFrame; `course.corpus.columns("claims")` says what its columns mean.

    - `claims`: one row a claim, with claimant, side, measure, bounds, period, place, basis, chain and reference.
    - `sources`: claimants, outlets, agencies, documents and occasions.
    - `coverage`: which report carries which claim, with what change.
    - `chains`: edges of provenance, `carrier` from `taken_from`, step 1 at the outlet that was read.
    - `replies`: for each claim of a party, the other side's answer, or that none was found.
    - `definitions`: what each body counts.
    - `reports`: the digests, one row each: `id`, `case`, `outlet`, `date` (NaT where not on record), `version`, `title`, `url`
      ("" where none is known), `read` (how much of the original was read), `lacks` (what that part lacks), `text`.

    `gold(id)` is the annotation of a digest by hand.
    """

    name: str
    folder: Path
    claims: pd.DataFrame
    sources: pd.DataFrame
    coverage: pd.DataFrame
    chains: pd.DataFrame
    replies: pd.DataFrame
    definitions: pd.DataFrame

    @cached_property
    def reports(self) -> pd.DataFrame:
        rows = [_read_digest(path) for path in sorted((self.folder / "digests").glob("*.md"))]
        frame = pd.DataFrame(rows, columns=list(REPORT_COLUMNS))
        frame["date"] = pd.to_datetime(frame["date"])
        return frame

    def report(self, id: str) -> Report:
        """The digest named `id`, as a Report. Errors: KeyError that lists the digests of the case."""
        found = self.reports[self.reports["id"] == id]
        if found.empty:
            raise KeyError(f"{self.name} has no report {id!r}. It has: {', '.join(self.reports['id'])}.")
        row = found.iloc[0]
        return Report(
            id=row["id"],
            text=row["text"],
            title=row["title"],
            outlet=row["outlet"],
            date=None if pd.isna(row["date"]) else row["date"].date(),
            url=row["url"],
            kind="digest",
            case=self.name,
        )

    def gold(self, id: str) -> dict[str, Any]:
        """The annotation by hand of the digest named `id`, as plain data; every span counts in `report(id).text`, end exclusive.

        Its lists hold one dictionary an item, in the order of the annotators' notes:

        - `attributions`: `id`, `source`, `cue`, `content` (lists of spans: `start`, `end`, `text`), `form`, `stance`, `cue_kind`,
          `source_kind`, `claimant` (a name in `sources`), `nested_in` (id of the attribution whose content it stands in, or None).
        - `quantities`: `id`, `span`, bounds as in `claims`, `change`, `measure`, `unit`, `per`, `of` (whose), `by` (id of the
          attribution that carries it; None for the report's own voice), `claim` (id in `claims`, where it is one of those).
        - `disclaimers` (`span`, `reach`), `no_claim` (what only speaks about the page or our record of it), `hedges`, `loaded`.

        Where several readings are defensible, an item's `readings` hold each with its reason; the one in the item is the first.
        Errors: KeyError that lists the digests of the case; FileNotFoundError where a digest has no annotation yet.
        """
        self.report(id)
        gold: dict[str, Any] = json.loads((self.folder / "gold" / f"{id}.json").read_text("utf-8"))
        return gold

    def quantity(self, id: str) -> Quantity:
        """The number of the claim named `id`, with its bounds; no bounds at all where the claim gives no number.

        Errors: KeyError that says which claims there are.
        """
        found = self.claims[self.claims["id"] == id]
        if found.empty:
            ids = self.claims["id"]
            raise KeyError(f"{self.name} has no claim {id!r}. It has {len(ids)}: {', '.join(ids)}.")
        return quantity_of(found.iloc[0])


def cases() -> list[str]:
    """The names of the real cases, in alphabetical order."""
    return sorted(path.parent.name for path in (data_folder() / "cases").glob("*/claims.csv"))


def load_case(name: str) -> Case:
    """The case called `name`, for example "bakhmut-2023". Errors: KeyError that lists the cases there are."""
    if name not in cases():
        raise KeyError(f"There is no case {name!r}. There are: {', '.join(cases())}.")
    folder = data_folder() / "cases" / name
    tables = ("claims", "sources", "coverage", "chains", "replies", "definitions")
    return Case(name, folder, **{table: read_table(folder / f"{table}.csv", table) for table in tables})


def quantity_of(row: pd.Series[Any]) -> Quantity:
    """The Quantity of one row of a claims table: its bounds, whether they are open, and the whole it is a part of."""
    lower, upper, whole = (None if pd.isna(row[name]) else row[name] for name in ("lower", "upper", "whole"))
    return Quantity(
        lower, upper, bool(row["lower_open"]), bool(row["upper_open"]), bool(row["approximate"]), whole=whole
    )


@once
def _read_digest(path: Path) -> dict[str, Any]:
    head, body = split_front_matter(path.read_text("utf-8"))
    known = {key: "" if value == "none known" else value for key, value in head.items()}
    row: dict[str, Any] = {column: known.get(column, "") for column in REPORT_COLUMNS}
    row["date"] = known.get("date") if isinstance(known.get("date"), dt.date) else None
    row["text"] = body.strip()
    return row
