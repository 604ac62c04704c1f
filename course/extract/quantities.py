"""Quantities: numbers with their bounds, direction, unit and what they count; not dates, ages, phone numbers or names."""

from __future__ import annotations

from fractions import Fraction

from course.claim import Change, Mention
from course.extract.attributions import Page, read
from course.extract.bounds import (
    bound_after,
    bound_before,
    direction,
    money_before,
    of_whole,
    range_end,
    shared_scale,
    unit_after,
)
from course.extract.carried import carried
from course.extract.figures import Figure
from course.extract.measures import Counted, counted
from course.extract.not_counted import MONEY_SIGNS, passed_over
from course.extract.numbers import Number, number_at
from course.extract.shares import shares_in
from course.extract.tokens import Words
from course.extract.vague import vague_in
from course.quantity import Quantity

_CHANGES: dict[str, Change] = {">": ">", ">=": ">", "<": "<", "<=": "<", "~": "~"}
_NEARLY = frozenset(("under", "nearly", "almost"))
_NEVER = frozenset(("never", "not", "n't", "'t"))
_CAN_BEGIN = frozenset(("VBD", "VBN", "CD", "DT", "JJ", "NN", "NNS", "RB", ":", "NNP"))


def quantities_in(text: str) -> list[Mention]:
    """The quantities in `text`, in order, with bounds, change, unit, measure and of whom.

    Dates, years, times, ages, ordinals, phone numbers and the numbers in names ("F-16", "Flight 370") are not quantities.
    """
    return quantities_on(read(text))


def quantities_on(page: Page) -> list[Mention]:
    """The same as `quantities_in`, for a text that has been read."""
    words = page.words
    found: list[Mention] = []
    before, paragraph = "", -1
    for first, last in words.sentences:
        if page.paragraph[first] != paragraph:
            before, paragraph = "", page.paragraph[first]
        figures = figures_in(words, first, last)
        pairs: list[tuple[Figure, Counted]] = []
        if figures:
            plain = counted(words, figures, first, last)
            pairs = list(zip(figures, carried(words, figures, plain, first, last, before), strict=True))
            before = next((what.measure for _, what in reversed(pairs) if what.measure), before)
        pairs.extend(shares_in(words, first, last))
        pairs.extend(vague_in(words, first, last))
        found.extend(_mention(words, figure, what) for figure, what in sorted(pairs, key=lambda pair: pair[0].first))
    return found


def _mention(words: Words, figure: Figure, what: Counted) -> Mention:
    span = words.span(figure.first, figure.last)
    return Mention(span, figure.quantity, figure.change, figure.unit, what.measure, what.of)


def figures_in(words: Words, first: int, last: int) -> list[Figure]:
    """The quantities of one sentence, in tokens."""
    found: list[Figure] = []
    i = first
    while i < last:
        number = number_at(words, i, last) if words.tag[i] in _CAN_BEGIN else None
        if number is None:
            i += 1
            continue
        skip = passed_over(words, number, first, last)
        if skip:
            i = max(skip, number.last)
            continue
        figure = _figure(words, number, first, last, found)
        found.append(figure)
        i = max(figure.last, number.last)
    return found


def _figure(words: Words, number: Number, first: int, last: int, earlier: list[Figure]) -> Figure:
    floor = earlier[-1].last if earlier else first
    low = words.low
    lower = upper = number.value
    whole: Fraction | None = None
    money, begin = money_before(words, number.first, floor)
    k = number.last
    other = range_end(words, number, floor, last, begin)
    if other is not None:
        lower, upper, k = shared_scale(words, number, other), other.value, other.last
        if lower > upper:
            lower, upper = upper, lower
        if begin > floor and low[begin - 1] in ("between", "from"):
            begin -= 1
    elif number.kind == "exact":
        k, whole, rate = of_whole(words, k, last, number.value)
        if whole is not None and rate:
            lower = upper = lower / whole
            whole = None
    begin, sign = _signed(words, begin, floor)
    bound, begin = bound_before(words, begin, floor)
    k, bound = bound_after(words, k, last, bound)
    if bound in (">", ">=") and any(low[i] in _NEVER for i in range(max(first, begin - 3), begin)):
        bound = "<="  # "never had more than 400"
    unit, k = unit_after(words, k, last, money)
    if number.kind == "times":
        unit = "times"
    k, bound = bound_after(words, k, last, bound)
    if not bound and earlier and _converts(words, earlier[-1], begin):
        bound = {">": ">", "<": "<"}.get(earlier[-1].change, "")
    if sign < 0:
        lower, upper = -upper, -lower
    quantity = _quantity(number, lower, upper, bound, words.span(begin, k).of(words.text), whole)
    moved = "up" if number.kind == "times" else direction(words, begin, first, unit)
    change: Change = _CHANGES.get(bound, "=")
    if moved and (change not in (">", "<") or low[begin] in _NEARLY) and (bound != "~" or low[begin] in _NEARLY):
        change = "up" if moved == "up" else "down"
    if (
        change == "="
        and unit
        and earlier
        and earlier[-1].change in ("up", "down")
        and _beside(words, earlier[-1], begin)
    ):
        change = earlier[-1].change
    return Figure(begin, k, quantity, change, unit, number)


def _beside(words: Words, before: Figure, begin: int) -> bool:
    """Whether the number says the one before in another way: "lost 150 points, or 0.5%"."""
    return words.low[before.last : begin] in (["or"], [",", "or"])


def _signed(words: Words, begin: int, floor: int) -> tuple[int, int]:
    """Where the number begins with its sign, and the sign."""
    low = words.low
    if begin > floor:
        if low[begin - 1] == "minus":
            return begin - 1, -1
        if low[begin - 1] in ("-", "−") and words.end[begin - 1] == words.start[begin]:
            if begin - 2 >= floor and low[begin - 2] == "minus":
                return begin - 2, -1
            if begin >= 2 and low[begin - 2] in MONEY_SIGNS:
                return begin - 2, -1
            if begin == 1 or words.end[begin - 2] != words.start[begin - 1]:
                return begin - 1, -1
        if low[begin - 1] == "+":
            return begin - 1, 1
    return begin, 1


def _converts(words: Words, before: Figure, begin: int) -> bool:
    """Whether the number is the one before in another unit: "7.5 million crowns ($1.1 million)"."""
    low = words.low
    between = low[before.last : begin]
    return (
        ("(" in between or between == ["/"])
        and len(between) <= 3
        and ")" not in between
        and bool(before.unit or "$" in low[begin : begin + 2])
    )


def _quantity(
    number: Number, lower: Fraction, upper: Fraction, bound: str, text: str, whole: Fraction | None
) -> Quantity:
    low, high = _plain(lower), _plain(upper)
    total = None if whole is None else _plain(whole)
    if number.kind == "vague":
        # the plural says at least two of them; how many more is left open
        return Quantity(None if bound in ("<", "<=") else _plain(2 * lower), None, approximate=True, text=text)
    if number.kind == "few":
        return Quantity(low, None, approximate=True, text=text)
    if low != high:
        return Quantity(low, high, approximate=bound == "~", text=text, whole=total)
    if bound in (">", ">="):
        return Quantity(low, None, lower_open=bound == ">", text=text, whole=total)
    if bound in ("<", "<="):
        return Quantity(None, high, upper_open=bound == "<", text=text, whole=total)
    return Quantity(low, high, approximate=bound == "~", text=text, whole=total)


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
