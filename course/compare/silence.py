"""Who has no number where others have one, and which report says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from course.compare.carried import NOT_CARRIED
from course.compare.claim_rows import Row, as_rows, claims_of, in_words, name_of
from course.compare.sentence import Sentence

_NOT_PEOPLE = frozenset({"weapons", "things"})


@dataclass(frozen=True, slots=True)
class Silence(Sentence):
    """One side or body without a number where others have one.

    `who` is the side or body, `about` the side whose people are counted, `population` which of them. `speakers` are the claims of those
    who give a number; `declined` its own claims that give none; `told_by` the reports that carry one of these.
    """

    who: str
    about: str
    population: str
    speakers: tuple[str, ...]
    declined: tuple[str, ...]
    told_by: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def silences(
    case: Any, parties: Iterable[str] | None = None, measure: str = "", claims: Iterable[str] | None = None
) -> list[Silence]:
    """Where a party, or somebody who speaks of the matter, gives no number for people whom others count.

    A silence in our record need not be a silence: what was not read may hold the number. First come parties without any number about
    the losses of a side, then those who spoke of them without a number (a denial, a refusal).

    Args:
        case: a Case or a World. Read: claims (id, claimant, side, source_kind, about, about_side, population, measure, bounds),
            coverage (report, claim, change).
        parties: sides to look at; without it, those that the claims know as belligerents, or in a flood as authorities.
        measure: one measure to look at, such as "casualties"; without it, any number about the same people breaks the silence.
        claims: ids to look at, for example those of one period; without it, all of the case.

    Errors: TypeError for what is no case.
    """
    table = claims_of(case)
    if claims is not None:
        table = table[table["id"].isin(list(claims))]
    kinds = dict(zip(table["id"], table["source_kind"], strict=True))
    rows = [row for row in as_rows(table) if row.population not in _NOT_PEOPLE]
    numbers = [row for row in rows if row.has_number and measure in ("", row.measure)]
    if parties is None:
        sides = sorted({row.side for row in rows if kinds[row.id] in ("belligerent", "authority")})
    else:
        sides = [parties] if isinstance(parties, str) else list(parties)
    found = [_absent(case, side, numbers) for side in sides if side not in {row.side for row in rows}]
    if not sides:
        found.append(_absent(case, "No party to the conflict", numbers))
    subjects = dict.fromkeys(
        (row.about_side, row.population) for row in numbers if row.about_side not in ("", "none", "both")
    )
    for about, population in subjects:
        speakers = [row for row in numbers if (row.about_side, row.population) == (about, population)]
        for side in sides:
            if side in {row.side for row in rows} - {row.side for row in speakers}:
                found.append(_party(case, side, about, population, speakers, rows, measure))
    for row in rows:
        if not row.has_number:
            others = [one for one in numbers if one.about_side == row.about_side and one.claimant != row.claimant]
            if others:
                found.append(_body(case, row, others))
    return found


def _absent(case: Any, who: str, numbers: list[Row]) -> Silence:
    ids = tuple(row.id for row in numbers)
    has = "has a claim" if who.startswith("No ") else "has no claim"
    others = f"others give a number {'once' if len(ids) == 1 else f'{len(ids)} times'} ({in_words(ids)})"
    return Silence(who, "", "", ids, (), (), f"{who} {has} in {name_of(case)}; {others}.")


def _party(
    case: Any, side: str, about: str, population: str, speakers: list[Row], rows: list[Row], measure: str
) -> Silence:
    own = [row for row in rows if row.side == side and row.about_side == about and not row.has_number]
    declined, ids = tuple(row.id for row in own), tuple(row.id for row in speakers)
    told_by = _told_by(case, declined)
    people = "people" if population in ("", "everyone") else population
    what = f"{measure or 'losses'} among {'its own ' if side == about else ''}{people}"
    what += "" if side == about else f" of {about}"
    sentence = f"{side}: no number on record for {what}; others give one ({in_words(ids)})."
    if declined:
        sentence += f" It speaks of the matter without a number ({in_words(declined)}){_as_told(told_by)}."
    return Silence(side, about, population, ids, declined, told_by, sentence)


def _body(case: Any, row: Row, others: list[Row]) -> Silence:
    ids, told_by = tuple(one.id for one in others), _told_by(case, (row.id,))
    reasons = "; ".join(words for words in (row.detail, row.basis) if words and words != "none stated")
    how = f" ({reasons})" if reasons else ""
    sentence = (
        f"{row.claimant}: no number for {row.about} in {row.id}{how}{_as_told(told_by)}; "
        f"others give one ({in_words(ids)})."
    )
    return Silence(row.claimant, row.about_side, row.population, ids, (row.id,), told_by, sentence)


def _told_by(case: Any, ids: tuple[str, ...]) -> tuple[str, ...]:
    coverage: pd.DataFrame = case.coverage
    carried = coverage["claim"].isin(ids) & ~coverage["change"].isin(NOT_CARRIED)
    return tuple(dict.fromkeys(coverage.loc[carried, "report"]))


def _as_told(reports: tuple[str, ...]) -> str:
    return f", as told by {in_words(reports)}" if reports else ""
