"""How far apart are figures? Ratio of the extremes, overlap and gap, honest about open ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import pandas as pd

from course.compare.claim_rows import ClaimLike, ClaimsLike, Row, as_row, as_rows
from course.compare.comparability import Comparability, judge
from course.compare.sentence import Sentence
from course.quantity import Number, Quantity

Figure: TypeAlias = "Quantity | ClaimLike"


@dataclass(frozen=True, slots=True)
class Ratio(Sentence):
    """How many times the highest figure is the lowest, as an interval; and what keeps the two from being compared, if anything."""

    ratio: Quantity
    lowest: str
    highest: str
    comparability: Comparability | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence + _caveat(self.comparability)


@dataclass(frozen=True, slots=True)
class Overlap(Sentence):
    """Whether some number fits both figures. `shared` holds all that do, None where there is none."""

    answer: Literal["yes", "no", "cannot be told"]
    shared: Quantity | None
    comparability: Comparability | None
    sentence: str

    def __bool__(self) -> bool:
        return self.answer == "yes"

    def __str__(self) -> str:
        return self.sentence + _caveat(self.comparability)


@dataclass(frozen=True, slots=True)
class Gap(Sentence):
    """What lies between two figures: `difference` is the higher less the lower, as an interval; `overlaps` whether they may be one and the same."""

    difference: Quantity
    overlaps: bool
    comparability: Comparability | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence + _caveat(self.comparability)


def ratio_of_extremes(claims: ClaimsLike | Iterable[Quantity], definitions: pd.DataFrame | None = None) -> Ratio:
    """How many times the highest figure is the lowest.

    Args:
        claims: a claims table, several rows, or several quantities; those without a number are passed over. Ranges are put in
            order by their central estimate (`point`) or their middle, and divided as the intervals that they are.
        definitions: as in `comparable`.

    Errors: ValueError where fewer than two have a number.
    """
    rows = [row for row in _figures(claims) if row.has_number]
    if len(rows) < 2:
        raise ValueError(f"A ratio needs at least two claims with a number, and there are {len(rows)}.")
    low, high = min(rows, key=_place), max(rows, key=_place)
    if low is high:  # all print the same number
        low, high = rows[0], rows[1]
    try:
        ratio = high.quantity / low.quantity
    except ZeroDivisionError:
        ratio = Quantity()
        sentence = f"No ratio can be given: {_named(low)} is zero, and nothing is a number of times zero."
    else:
        times = times_in_words(ratio)
        sentence = f"{_named(high)} is {times} {_named(low)}."
        if not times:
            sentence = f"How many times {_named(low)} {_named(high)} is cannot be concluded. {ratio.explain()}"
    return Ratio(ratio, low.name, high.name, _compared(low, high, definitions), sentence)


def overlap(a: Figure, b: Figure, definitions: pd.DataFrame | None = None) -> Overlap:
    """Whether some number fits both figures, and which. `a` and `b` are quantities or rows of a claims table.

    Two figures that overlap do not contradict each other. Where one is approximate and they only just miss each other, it cannot be told.
    Errors: ValueError for a claim without a number.
    """
    one, two = _pair(a, b)
    compared = _compared(one, two, definitions)
    both = f"{_named(one)} and {_named(two)}"
    if one.quantity.overlaps(two.quantity):
        shared = _shared(one.quantity, two.quantity)
        return Overlap("yes", shared, compared, f"{both} do not exclude each other: both allow {shared}.")
    low, high = _in_order(one, two)
    touching = low.quantity.upper == high.quantity.lower
    if touching and (low.quantity.approximate or high.quantity.approximate):
        why = "they meet at one number, and one of them is approximate"
        return Overlap("cannot be told", None, compared, f"Whether {both} overlap cannot be told: {why}.")
    return Overlap("no", None, compared, f"{both} do not overlap: no number fits both.")


def gap(a: Figure, b: Figure, definitions: pd.DataFrame | None = None) -> Gap:
    """What lies between two figures: the higher less the lower, as an interval. `a` and `b` are quantities or rows of a claims table.

    Errors: ValueError for a claim without a number.
    """
    one, two = _pair(a, b)
    low, high = _in_order(one, two)
    difference = high.quantity - low.quantity
    meet = one.quantity.overlaps(two.quantity)
    if meet:
        sentence = f"There need be no gap: {_named(low)} and {_named(high)} allow the same number."
    elif difference.bounded:
        sentence = f"{_named(high)} is {_much(difference)} above {_named(low)}."
    else:
        sentence = f"{_named(high)} lies above {_named(low)}. {difference.explain()}"
    return Gap(difference, meet, _compared(low, high, definitions), sentence)


def number_in_words(number: Number) -> str:
    """A computed number with three figures, or whole from a hundred on: 12.7, 1,234."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{float(f'{number:.3g}'):g}"


def _figures(claims: Any) -> list[Row]:
    if isinstance(claims, Iterable) and not isinstance(claims, pd.DataFrame | pd.Series | Mapping | str):
        return [_figure(one) for one in claims]
    return as_rows(claims)


def _figure(figure: Any) -> Row:
    """A bare quantity becomes a row without a name."""
    return Row(name="", quantity=figure) if isinstance(figure, Quantity) else as_row(figure)


def _pair(a: Figure, b: Figure) -> tuple[Row, Row]:
    one, two = _figure(a), _figure(b)
    for row in (one, two):
        if not row.has_number:
            raise ValueError(
                f"{row.name or 'A quantity without bounds'} gives no number, so there is nothing to compare it with."
            )
    return one, two


def _named(row: Row) -> str:
    return f"{row.name} ({row.wording})" if row.name else f"“{row.quantity}”"


def _place(row: Row) -> Number:
    assert row.printed is not None  # only rows with a number come here
    return row.printed


def _in_order(one: Row, two: Row) -> tuple[Row, Row]:
    """The lower first: by their bounds where these do not cross, otherwise by the numbers printed."""
    for low, high in ((one, two), (two, one)):
        upper, lower = low.quantity.upper, high.quantity.lower
        if upper is not None and lower is not None and upper <= lower:
            return low, high
    return (one, two) if _place(one) <= _place(two) else (two, one)


def _compared(one: Row, two: Row, definitions: pd.DataFrame | None) -> Comparability | None:
    """None where one of them is a bare quantity: there is nothing to judge."""
    return judge([one, two], definitions) if one.name and two.name else None


def _caveat(comparability: Comparability | None) -> str:
    if comparability is None or comparability:
        return ""
    return f" Mind that they differ, or do not say, in: {', '.join(comparability.aspects)}."


def _shared(one: Quantity, two: Quantity) -> Quantity:
    """The numbers that both allow; the two must overlap."""
    lowers = [(q.lower, q.lower_open) for q in (one, two) if q.lower is not None]
    uppers = [(q.upper, not q.upper_open) for q in (one, two) if q.upper is not None]
    lower, lower_open = max(lowers, default=(None, False), key=lambda end: end)
    upper, upper_closed = min(uppers, default=(None, True), key=lambda end: end)
    return Quantity(lower, upper, lower_open, not upper_closed, one.approximate or two.approximate)


def times_in_words(ratio: Quantity) -> str:
    """A ratio in words: "between 3.4 and 8 times", "at most 5 times"; "" where it has no limit that says something."""
    about = "about " if ratio.approximate else ""
    lower = ratio.lower if ratio.lower is not None and ratio.lower > 0 else None
    upper = ratio.upper
    if lower is not None and lower == upper:
        return f"{about}{number_in_words(lower)} times"
    if lower is not None and upper is not None:
        return f"between {about}{number_in_words(lower)} and {about}{number_in_words(upper)} times"
    if lower is not None:
        return f"{'more than' if ratio.lower_open else 'at least'} {about}{number_in_words(lower)} times"
    if upper is not None:
        return f"{'less than' if ratio.upper_open else 'at most'} {about}{number_in_words(upper)} times"
    return ""


def _much(difference: Quantity) -> str:
    return str(replace(difference, text="", whole=None))
