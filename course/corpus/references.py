"""Where the figures of a lesson come from: rows of claims tables, digests and practice reports, with their links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from course.corpus.cases import cases, load_case
from course.corpus.places import data_folder
from course.corpus.worlds import load_world, worlds

FICTIONAL = "fictional"  # what a row of a lesson's material says where nothing real stands behind it


@dataclass(frozen=True, slots=True)
class Reference:
    """One row, digest or report: whose claim it is ("" for a report), where it was read, and the link ("" where none is known)."""

    name: str
    claimant: str
    place: str
    link: str


@dataclass(frozen=True, slots=True)
class References:
    """References in the order in which a lesson needs them; shown one a line, each with its link."""

    items: list[Reference]

    def __repr__(self) -> str:
        return self._lines("{0.name}: {1}{0.place}. {0.link}", "{0.name}: {1}{0.place}. No link is known.")

    def _repr_markdown_(self) -> str:
        return self._lines("- **{0.name}**: {1}[{0.place}]({0.link})", "- **{0.name}**: {1}{0.place}; no link is known")

    def _lines(self, linked: str, bare: str) -> str:
        said = [(one, f"{one.claimant}, in " if one.claimant else "") for one in self.items]
        return "\n".join((linked if one.link else bare).format(one, words) for one, words in said) or _NONE


_NONE = "Everything in this lesson is invented: there is nothing to look up."


def references(names: Iterable[str]) -> References:
    """The references of claims, digests and practice reports.

    Args:
        names: ids, such as "U001", "wion" or "flood-03"; "fictional" is passed over, and so is an id that comes again.

    Errors: KeyError for an id that no case and no practice world has.
    """
    wanted = [name for name in dict.fromkeys(names) if name != FICTIONAL]
    known = _known(data_folder()) if wanted else {}
    if strangers := [name for name in wanted if name not in known]:
        raise KeyError(f"No case and no practice world has a claim or a report {strangers[0]!r}.")
    return References([known[name] for name in wanted])


@cache
def _known(_: Path) -> dict[str, Reference]:
    """Every claim, digest and practice report by its id; where two bear the same, the claim of the first case counts."""
    known: dict[str, Reference] = {}
    for case in map(load_case, cases()):
        for name, claimant, outlet, place, link in _rows(case.claims, "id", "claimant", "outlet", "reference", "url"):
            said_by = "" if claimant == outlet else claimant
            known.setdefault(name, Reference(name, said_by, place or outlet, link or ""))
        for name, title, link in _rows(case.reports, "id", "title", "url"):
            known.setdefault(name, Reference(name, "", title, link))
    for world in map(load_world, worlds()):
        for name, outlet in _rows(world.reports, "id", "outlet"):
            known.setdefault(name, Reference(name, "", f"a practice report of {outlet}, invented as a whole", ""))
    return known


def _rows(table: pd.DataFrame, *columns: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(table[column] for column in columns), strict=True)
