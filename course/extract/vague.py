"""Amounts without a number, where a verb or noun says what is counted: "many were killed", "a number of villagers were wounded"."""

from __future__ import annotations

from fractions import Fraction

from course.extract.counting_words import Counted
from course.extract.figures import Figure
from course.extract.lexicons import word_set
from course.extract.measures import counted
from course.extract.numbers import Number
from course.extract.tokens import Words
from course.quantity import Quantity

_MANY = word_set("many countless innumerable")
_NUMBERS = word_set("number numbers")
_LARGE = word_set(
    "a large small great considerable growing significant high huge unknown untold unspecified similar vast"
)
_NOT_BEFORE = word_set("how as so too not the that this those these are were is was")


def vague_in(words: Words, first: int, last: int) -> list[tuple[Figure, Counted]]:
    """The vague amounts of one sentence that count something; two at least, and how many more is left open."""
    low = words.low
    found: list[tuple[Figure, Counted]] = []
    for i in range(first, last):
        if low[i] in _MANY:
            if i > first and low[i - 1] in _NOT_BEFORE:
                continue
            begin, end = i, i + 1
        elif low[i] in _NUMBERS and i + 1 < last and low[i + 1] == "of":
            begin, end = i, i + 1
            while begin > first and low[begin - 1] in _LARGE:
                begin -= 1
            if begin == i:
                continue
        else:
            continue
        figure = _figure(words, begin, end)
        (what,) = counted(words, [figure], first, last)
        if what.measure and what.by >= end:
            found.append((figure, what))
    return found


def _figure(words: Words, begin: int, end: int) -> Figure:
    text = words.span(begin, end).of(words.text)
    return Figure(
        begin, end, Quantity(2, None, approximate=True, text=text), "=", "", Number(Fraction(2), begin, end, "vague")
    )
