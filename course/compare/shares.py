"""Shares and percentages: how many people a share is, and of what a percentage is one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from course.compare.claim_rows import ClaimLike, Row, as_row
from course.compare.extremes import number_in_words
from course.compare.sentence import Sentence
from course.quantity import Number, Quantity, exactly

Figure: TypeAlias = "Quantity | Number | ClaimLike"


@dataclass(frozen=True, slots=True)
class ShareOf(Sentence):
    """What a share comes to: `amount` as an interval; `printed` reckoned with the printed numbers alone, or the middle of a range."""

    share: str
    base: str
    amount: Quantity
    printed: Number | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class PercentOfWhat(Sentence):
    """How far apart two figures are in percent of the one and of the other.

    `more` is how much the higher is above the lower, in percent of the lower; `less` how much the lower is below the higher, in percent
    of the higher; both as intervals. `fits` says which of them the claimed percentage is.
    """

    more: Quantity
    less: Quantity
    fits: Literal["more", "less", "both", "neither", ""]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def share_of(share: ClaimLike, base: Figure) -> ShareOf:
    """How many a share of a base comes to.

    Args:
        share: a row whose number is a share, with `unit` "percent" or "share" (0 to 1), or a part of a whole ("15 of 18").
        base: what it is a share of: a row of a claims table, a quantity or a number.

    Errors: ValueError where the first is no share, or either has no number.
    """
    one, two = _figure(share), _figure(base)
    part = _part(one)
    amount = part * two.quantity
    exact = replace(one, quantity=replace(exactly(_printed(one)), whole=one.quantity.whole))
    printed = (_part(exact) * _printed(two)).value
    words = _percent(part)
    if amount.lower is None and amount.upper is None:
        sentence = f"{_named(one, words)} of {_named(two)} cannot be concluded. {amount.explain()}"
    else:
        sentence = f"{_named(one, words)} of {_named(two)} is {_rounded(amount)}."
    return ShareOf(one.name, two.name, amount, printed, sentence)


def percent_of_what(claimed: Figure | None, a: Figure, b: Figure) -> PercentOfWhat:
    """How far apart `a` and `b` are in percent, both ways, and which of the two a claimed percentage is.

    A step up and the same step down are not the same percentage, because the base changes.

    Args:
        claimed: the percentage that was printed (a number, a quantity, a row of a claims table), or None.
        a, b: the two figures, in any order. A row's central estimate (`point`) is used beside its bounds.

    Errors: ValueError where one of the two is zero or has no number.
    """
    one, two = _figure(a), _figure(b)
    low, high = sorted((one, two), key=_printed)
    if _printed(low) <= 0:
        raise ValueError(f"{_named(low)} cannot be a base: percent of nothing is not defined.")
    more, less = (high.quantity / low.quantity - 1) * 100, (1 - low.quantity / high.quantity) * 100
    up = ((exactly(_printed(high)) / _printed(low) - 1) * 100).value
    down = ((1 - exactly(_printed(low)) / _printed(high)) * 100).value
    assert up is not None and down is not None
    low_words, high_words = (f"{_printed(row):,}{f' ({row.name})' if row.name else ''}" for row in (low, high))
    sentence = (
        f"From {low_words} up to {high_words} is {number_in_words(round(up))} percent more; "
        f"from {high_words} down to {low_words} is {number_in_words(round(down))} percent less."
    )
    if claimed is None:
        return PercentOfWhat(more, less, "", sentence)
    row = _figure(claimed)
    fits_up, fits_down = _fits(row, up), _fits(row, down)
    fits: Literal["more", "less", "both", "neither"] = (
        "both" if fits_up and fits_down else "more" if fits_up else "less" if fits_down else "neither"
    )
    meaning = {
        "more": "says how much more the higher is, in percent of the lower",
        "less": "says how much less the lower is, in percent of the higher",
        "both": "fits either way",
        "neither": "is neither of the two",
    }[fits]
    return PercentOfWhat(more, less, fits, f"{sentence} {_named(row, f'{row.wording} percent')} {meaning}.")


def _figure(figure: Any) -> Row:
    if isinstance(figure, Quantity):
        row = Row(name="", quantity=figure)
    elif isinstance(figure, int | float) and not isinstance(figure, bool):
        row = Row(name="", quantity=exactly(figure))
    else:
        row = as_row(figure)
    if not row.has_number:
        raise ValueError(f"{row.name or 'A quantity without bounds'} gives no number to reckon with.")
    return row


def _part(row: Row) -> Quantity:
    """A share as a part of 1."""
    if row.quantity.share is not None:
        return row.quantity.share
    plain = replace(row.quantity, text="")
    if row.unit == "percent":
        return plain / 100
    if row.unit == "share":
        return plain
    raise ValueError(f"{row.name or row.wording} is no share: its unit is {row.unit or 'not stated'}, not percent.")


def _printed(row: Row) -> Number:
    assert row.printed is not None  # only rows with a number come here
    return row.printed


def _fits(claimed: Row, percent: Number) -> bool:
    """Whether a computed percentage rounds to the claimed one, or lies in its range; two points off will do for "nearly 70"."""
    number = claimed.quantity.value
    if number is None or claimed.quantity.lower is None or claimed.quantity.upper is None:
        return percent in claimed.quantity
    digits = len(str(number).partition(".")[2])
    return round(percent, digits) == number or (claimed.quantity.approximate and abs(percent - number) <= 2)


def _percent(part: Quantity) -> str:
    return f"{_rounded(part * 100)} percent"


def _rounded(quantity: Quantity) -> str:
    """A computed quantity in words, without decimals that nobody measured."""
    lower, upper = (
        None if end is None else (round(end) if abs(end) >= 100 else float(f"{end:.3g}"))
        for end in (quantity.lower, quantity.upper)
    )
    point = lower is not None and lower == upper
    return str(
        Quantity(
            lower, upper, quantity.lower_open and not point, quantity.upper_open and not point, quantity.approximate
        )
    )


def _named(row: Row, words: str = "") -> str:
    words = words or row.wording
    return f"{row.name} ({words})" if row.name else words
