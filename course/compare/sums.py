"""Do the sums hold? Parts and wholes, shares and their bases, percent of what; each finding says which figures, and why.

A figure that does not fit another is not thereby a lie: the two may count other people, or other days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from course.compare.claim_rows import ClaimsLike, Row, as_rows, in_words
from course.compare.comparability import COMPOSITE, same_period
from course.compare.extremes import number_in_words
from course.compare.sentence import Sentence
from course.compare.shares import percent_of_what, share_of
from course.quantity import Number, exactly

Kind = Literal["fits", "contradiction", "does not follow", "base shifted", "reckoned"]

_WHOLES = COMPOSITE - {"in need of help"}  # the dead are in them
_DEAD = frozenset({"killed", "deaths", "violent deaths"})
_HURT = frozenset({"wounded", "injured"})
# What a share is a share of, where its name does not say so in the words of the other measure.
_BASES = {"share of shells received": "shells needed", "share of what was asked for": "shells needed"}
_DIFFERENCE = "difference from another figure"


@dataclass(frozen=True, slots=True)
class Finding(Sentence):
    """One thing that the sums show. `kind` is "fits", "contradiction", "does not follow", "base shifted" or "reckoned"; `claims` are the figures it is about."""

    kind: Kind
    claims: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def consistent(claims: ClaimsLike) -> list[Finding]:
    """Whether the figures of several claims fit together, by interval arithmetic; one Finding for each check that could be made.

    Checked: a central estimate and its bounds; a part and its whole ("15 of 18"); killed, wounded and casualties of one claimant for the same
    people and days; a share and the figure that it is a share of; the same share with another base; a percentage and the two figures
    that it compares. The list is empty where no two claims belong together in one of these ways.

    Args:
        claims: a claims table, or several of its rows. Read: id, claimant, about, measure, measure_detail, the bounds, whole, point,
            unit, period, place, renders.
    """
    rows = [row for row in as_rows(claims) if row.has_number]
    checks: tuple[Callable[[list[Row]], Iterator[Finding]], ...] = (_alone, _parts, _shares, _percentages)
    return [finding for check in checks for finding in check(rows)]


def _alone(rows: list[Row]) -> Iterator[Finding]:
    for row in rows:
        if row.point is not None and row.point not in row.quantity:
            yield Finding(
                "contradiction",
                (row.name,),
                f"{row.name} has {row.point:,} as its central estimate, which is not within its own range, {row.wording}: one of the numbers is wrong.",
            )
        whole = row.quantity.whole
        if whole is not None and row.quantity.lower is not None and row.quantity.lower > whole:
            sentence = f"{row.name} has {row.quantity.lower:,} of {whole:,}: a part cannot be more than its whole."
            yield Finding("contradiction", (row.name,), sentence)


def _parts(rows: list[Row]) -> Iterator[Finding]:
    groups: dict[object, list[Row]] = {}
    for row in rows:
        years = row.start and row.start.year, row.end and row.end.year  # the same days lie in the same years
        groups.setdefault((row.claimant, row.about, row.unit, years), []).append(row)
    for group in groups.values():
        for whole in (row for row in group if row.measure in _WHOLES):
            same = [row for row in group if same_period(row, whole)]
            for dead in (row for row in same if row.measure in _DEAD):
                yield _dead_and_whole(dead, whole)
                if whole.measure == "casualties":  # other wholes hold more than the killed and the wounded
                    yield from (_three(dead, hurt, whole) for hurt in same if hurt.measure in _HURT)


def _dead_and_whole(dead: Row, whole: Row) -> Finding:
    rest = whole.quantity - dead.quantity
    names = (whole.name, dead.name)
    if rest.upper is not None and (rest.upper < 0 or (rest.upper == 0 and rest.upper_open)):
        sentence = f"{_said(dead)} is more than {_said(whole)}, and a part cannot be more than its whole."
        return Finding("contradiction", names, sentence + _unless(whole, dead))
    if rest.lower is None and rest.upper is None:
        sentence = f"How many of {_said(whole)} were not killed does not follow from {_said(dead)}. {rest.explain()}"
        return Finding("does not follow", names, sentence)
    sentence = f"{_said(whole)} less {_said(dead)} leaves {rest} who were not killed.{_unless(whole, dead)}"
    return Finding("reckoned", names, sentence)


def _three(dead: Row, hurt: Row, whole: Row) -> Finding:
    total, rest = dead.quantity + hurt.quantity, whole.quantity - dead.quantity
    names = (whole.name, dead.name, hurt.name)
    caveat = _unless(whole, dead, hurt)
    if not rest.bounded and _printed(whole) - _printed(dead) == _printed(hurt):
        sentence = (
            f"{_said(hurt)} is what is left when {_printed(dead):,} is taken from {_printed(whole):,}, but it does not follow "
            f"from {_said(whole)} and {_said(dead)}. {rest.explain()}{caveat}"
        )
        return Finding("does not follow", names, sentence)
    both = f"{_said(dead)} and {_said(hurt)}"
    if total.overlaps(whole.quantity):
        return Finding("fits", names, f"{both} fit {_said(whole)}: together they are {total}.{caveat}")
    if total.approximate or whole.quantity.approximate:
        sentence = f"{both} are together {total}; whether that fits {_said(whole)} depends on how near the figures are.{caveat}"
        return Finding("does not follow", names, sentence)
    return Finding("contradiction", names, f"{both} are together {total}, which does not fit {_said(whole)}.{caveat}")


def _printed(row: Row) -> Number:
    assert row.printed is not None  # only rows with a number come here
    return row.printed


def _unless(*rows: Row) -> str:
    """What to mind before the sum is trusted."""
    notes = []
    if len({row.place for row in rows}) > 1:
        notes.append(f"they are for different places ({in_words(row.place for row in rows)})")
    whole = rows[0]
    if whole.detail and "killed" not in whole.detail:
        notes.append(f"{whole.name} does not say what its {whole.measure} include")
    return f" Mind that {' and '.join(notes)}." if notes else ""


def _shares(rows: list[Row]) -> Iterator[Finding]:
    reckoned: list[tuple[Row, Row, Number]] = []
    for share in (row for row in rows if row.unit in ("percent", "share")):
        measure = _BASES.get(share.measure) or share.measure.removeprefix("share of ")
        bases = [row for row in rows if row.measure == measure != share.measure and same_period(row, share)]
        if bases:
            base = max(bases, key=lambda row: _nearness(row, share))
            amount = share_of(share, base)
            yield Finding("reckoned", (share.name, base.name), str(amount))
            reckoned.append((share, base, amount.printed or 0))
    for (one, first, few), (two, second, many) in combinations(reckoned, 2):
        same = one.renders == two.name or two.renders == one.name
        if same and first.measure != second.measure and few and many:
            times = (exactly(max(few, many)) / min(few, many)).value or 0
            yield Finding(
                "base shifted",
                (one.name, two.name, first.name, second.name),
                f"{one.name} is a share of the {first.measure}, {two.name} makes it a share of the {second.measure}: "
                f"{few:,.0f} people against {many:,.0f}, if the numbers are taken as printed; a factor of {number_in_words(times)}.",
            )


def _nearness(base: Row, share: Row) -> tuple[bool, bool, bool]:
    """Which of several bases a share most likely has: not a rendering, of the same claimant, for the same place."""
    return not base.renders, base.claimant == share.claimant, base.place == share.place


def _percentages(rows: list[Row]) -> Iterator[Finding]:
    for claimed in (row for row in rows if row.measure == _DIFFERENCE and row.unit == "percent"):
        same = [
            row
            for row in rows
            if row.unit not in ("percent", "share") and row.about == claimed.about and same_period(row, claimed)
        ]
        for one, two in combinations(same, 2):
            if claimed.renders in ("", one.name, two.name) and one.measure == two.measure:
                found = percent_of_what(claimed, one, two)
                kind: Kind = "contradiction" if found.fits == "neither" else "reckoned"
                yield Finding(kind, (claimed.name, one.name, two.name), str(found))


def _said(row: Row) -> str:
    return f"{row.name} ({row.wording} {row.measure})"
