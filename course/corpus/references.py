"""Where the figures of a lesson come from: rows of claims tables, digests and practice reports, with their links."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from course.corpus.cases import Case, cases, load_case
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
    every = [load_case(name) for name in cases()] if wanted else []
    return References([_reference(name, every) for name in wanted])


def _reference(name: str, every: Sequence[Case]) -> Reference:
    for case in every:
        for row in _rows(case.claims, name):
            claimant = "" if row["claimant"] == row["outlet"] else row["claimant"]
            return Reference(name, claimant, row["reference"] or row["outlet"], row["url"] or "")
        for row in _rows(case.reports, name):
            return Reference(name, "", row["title"], row["url"])
    for world in map(load_world, worlds()):
        for row in _rows(world.reports, name):
            return Reference(name, "", f"a practice report of {row['outlet']}, invented as a whole", "")
    raise KeyError(f"No case and no practice world has a claim or a report {name!r}.")


def _rows(table: pd.DataFrame, name: str) -> list[dict[Hashable, Any]]:
    return table[table["id"] == name].to_dict("records")
