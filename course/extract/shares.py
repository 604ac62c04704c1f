"""Words for a whole or a majority that answer a count: "all of the pumps failed", "every one was killed", "most have drowned"."""

from __future__ import annotations

from fractions import Fraction

from course.extract.counting_words import Counted
from course.extract.figures import Figure
from course.extract.lexicons import word_set
from course.extract.measures import counted
from course.extract.numbers import Number
from course.extract.phrases import phrase_end
from course.extract.tags import NOUNS, VERBS
from course.extract.tokens import Words
from course.quantity import Quantity

_NOT_BEFORE = word_set("not at the almost nearly above after first of virtually")


def shares_in(words: Words, first: int, last: int) -> list[tuple[Figure, Counted]]:
    """The words of one sentence that say "all", "every one" or "most" of something, where a verb says what happened to it.

    "all" and "every one" are 100 per cent, "most" is more than half. Elsewhere they are no quantity: "all day", "at most".
    """
    low, tags = words.low, words.tag
    found: list[tuple[Figure, Counted]] = []
    for i in range(first, last):
        if low[i] not in ("all", "every", "most") or (i > first and low[i - 1] in _NOT_BEFORE):
            continue
        if i > first and tags[i - 1] in NOUNS | {"PRP", "BE", "HV"}:
            continue  # "they all left", "were all there"
        end = i + 1
        if low[i] == "every":
            if i + 1 >= last or low[i + 1] != "one":
                continue
            end = i + 2
        if end >= last or low[end] in ("but", "other"):
            continue
        stop = phrase_end(words, end + (low[end] == "of"), last)
        if any(tags[k] == "CD" for k in range(end, stop)):
            continue  # "all 12 pumps": the number is the quantity
        figure = _figure(words, i, end, "most" if low[i] == "most" else "all")
        (what,) = counted(words, [figure], first, last)
        if what.measure and what.by >= stop and (tags[what.by] in VERBS or tags[what.by] == "JJ"):
            found.append((figure, what))
    return found


def _figure(words: Words, i: int, end: int, kind: str) -> Figure:
    text = words.span(i, end).of(words.text)
    number = Number(Fraction(1), i, end)
    if kind == "all":
        return Figure(i, end, Quantity(100, 100, text=text), "=", "percent", number)
    return Figure(i, end, Quantity(0.5, None, lower_open=True, text=text), ">", "", number)
