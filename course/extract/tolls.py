"""Tolls: the smallest number of people killed, wounded or captured that a text supports, counting those without a number too."""

from __future__ import annotations

from course.extract.attributions import Page, read
from course.extract.counting_words import by_verbs, states
from course.extract.lexicons import word_set
from course.extract.measures import counted
from course.extract.phrases import long_phrase_end, main_subject, phrase_end, subject, verb_group
from course.extract.quantities import Figure, figures_in
from course.extract.tags import FINITE, NOUNS, VERBS
from course.quantity import Quantity

_PARTS = word_set("including among")
_ONE = word_set("him her himself herself")
_SOME = word_set("them themselves")
_NONE = word_set("no nobody none not never without neither nor")
_UNREAL = word_set("would could may might should will can")
_NOT_PEOPLE = word_set(
    "attack attacks area building vehicle vehicles compound weapons weapon cache threat operation fire position motorcycle truck"
)


def toll_in(text: str, measure: str = "killed", plural: int = 2) -> Quantity:
    """The lowest toll that `text` supports for `measure` ("killed", "wounded", "captured", ...), without an upper end.

    "At least 85" is 85, "more than 30" is above 30, "several" is 3, "a couple" is 2, "dozens" is 24, "the commander was killed" is 1; 0
    where the text names none. Numbers of one clause are added, parts ("including three children") are not; of several sentences the
    highest counts, because reports repeat themselves. What a relative clause tells of another event ("the leader of an attack that killed
    12") does not count, and a total of a longer time ("since January") only where there is no other. `plural` is what a bare plural ("the
    fighters were killed") counts for.
    """
    return toll_on(read(text), measure, plural)


def toll_on(page: Page, measure: str, plural: int = 2) -> Quantity:
    """The same as `toll_in`, for a text that has been read."""
    best: dict[bool, tuple[int, bool]] = {False: (0, False), True: (0, False)}
    for first, last in page.words.sentences:
        long = _longer(page.words.low[first:last])
        best[long] = max(best[long], _in_sentence(page, first, last, measure, plural))
    number, above = best[False] if best[False][0] else best[True]
    return Quantity(number, None, lower_open=above)


def _longer(low: list[str]) -> bool:
    """Whether a sentence sums up more than one event: "since January", "over the past 24 hours", "in separate operations"."""
    if "since" in low or "separate" in low:
        return True
    return any(low[i] == "over" and low[i + 1] == "the" and low[i + 2] in ("past", "last") for i in range(len(low) - 2))


def _in_sentence(page: Page, first: int, last: int, measure: str, plural: int) -> tuple[int, bool]:
    words = page.words
    figures = figures_in(words, first, last)
    found = counted(words, figures, first, last) if figures else []
    sums: dict[int, int] = {}
    above: set[int] = set()
    taken: set[int] = set()
    for figure, what in zip(figures, found, strict=True):
        taken.update(range(figure.first, figure.last))
        if what.measure != measure or figure.unit:
            continue
        if _unreal(page, what.by, first) or _background(page, what.by, first) or _is_part(page, figure, what.by, first):
            continue
        sums[what.by] = sums.get(what.by, 0) + _least(figure)
        if figure.quantity.lower_open:
            above.add(what.by)
    unnumbered, beside = _unnumbered(page, first, last, measure, taken, plural)
    for by, extra in unnumbered.items():
        if by not in sums or beside.get(by):
            sums[by] = sums.get(by, 0) + extra
    return max(((number, by in above) for by, number in sums.items()), default=(0, False))


def _least(figure: Figure) -> int:
    quantity = figure.quantity
    value = quantity.lower if quantity.lower is not None else quantity.upper
    if value is None or value < 1:
        return 0
    return int(value)


def _is_part(page: Page, figure: Figure, by: int, first: int) -> bool:
    """Whether the number is a part of another: "including three children and 2 guards"."""
    low, tags = page.words.low, page.words.tag
    own = by > figure.last and any(tags[i] == "BE" for i in range(figure.last, min(by, figure.last + 4)))
    reach = 4 if own else 20
    for i in range(figure.first - 1, max(first, figure.first - reach) - 1, -1):
        if low[i] in _PARTS:
            return True
        if tags[i] in VERBS or tags[i] in FINITE:
            return False
    return False


def _unreal(page: Page, by: int, first: int) -> bool:
    """Whether the verb says what could or did not happen: "could kill 100 people"."""
    words = page.words
    if by < 0 or words.tag[by] not in VERBS:
        return False
    begin, _ = verb_group(words, by, first)
    return any(words.low[k] in _NONE or words.low[k] in _UNREAL for k in range(begin, by))


def _background(page: Page, by: int, first: int) -> bool:
    """Whether the verb stands in a relative clause that tells something else: "an attack that killed 12 people"."""
    tags = page.words.tag
    if by < 0 or tags[by] not in VERBS:
        return False
    begin, passive = verb_group(page.words, by, first)
    return not passive and begin > first and tags[begin - 1] in ("THAT", "WDT")


def _unnumbered(
    page: Page, first: int, last: int, measure: str, taken: set[int], plural: int
) -> tuple[dict[int, int], dict[int, bool]]:
    """Those whom a verb kills, wounds or captures without a number: verb -> how many at least; and whether beside a number."""
    words = page.words
    low, tags = words.low, words.tag
    victims, selves = by_verbs("victim"), by_verbs("self")
    found: dict[int, int] = {}
    beside: dict[int, bool] = {}
    for i in range(first, last):
        if tags[i] not in VERBS:
            if low[i] == "death" and measure == "killed" and i > first and tags[i - 1] == "POS":
                found[i] = 1
            elif low[i] == "death" and measure == "killed" and i + 2 < last and low[i + 1] == "of":
                found[i] = _people(page, i + 2, long_phrase_end(words, i + 2, last), taken, plural)
            continue
        dead = low[i] in selves and selves[low[i]] == measure
        if not dead and victims.get(low[i]) != measure and not (low[i] in states() and states()[low[i]] == measure):
            continue
        begin, passive = verb_group(words, i, first)
        if tags[i] == "VBN" and not passive and i - 2 > first and low[i - 1] == "and" and tags[i - 2] == "VBN":
            begin, passive = verb_group(words, i - 2, first)  # "was shot and killed"
        group = range(begin, i)
        if any(low[k] in _NONE or low[k] in _UNREAL for k in group) or (begin > first and tags[begin - 1] == "TO"):
            continue
        if _background(page, i, first):
            continue
        if passive or dead:
            who = subject(words, begin, first) or main_subject(words, first, begin)
            if who is not None and low[who[0]] not in _NONE and not any(low[k] in _PARTS for k in range(*who)):
                found[i] = _people(page, who[0], who[1], taken, plural)
                beside[i] = any(k in taken for k in range(*who))
        elif tags[i] != "VBN":
            end = long_phrase_end(words, i + 1, last)
            if end > i + 1 and low[i + 1] not in _NONE:
                found[i] = _people(page, i + 1, end, taken, plural)
                beside[i] = True
    return {by: number for by, number in found.items() if number}, beside


def _people(page: Page, start: int, end: int, taken: set[int], plural: int) -> int:
    """How many people the noun phrases from `start` to `end` name at least, those with a number left out."""
    words = page.words
    low, tags = words.low, words.tag
    total, k = 0, start
    while k < end:
        stop = phrase_end(words, k, end)
        if stop == k:
            k += 1
            continue
        if not any(i in taken for i in range(k, stop)):
            total += _one_or_more(page, k, stop, plural)
        k = stop
        if k < end and low[k] != "and":  # "a leader of the group", "a leader, Alaudin": one and the same
            while k < end and low[k] != "and":
                k += 1
        k += 1
    return total if tags[start] != "EX" else 0


def _one_or_more(page: Page, start: int, stop: int, plural: int) -> int:
    """How many people one noun phrase without a number names at least."""
    low, tags = page.words.low, page.words.tag
    head = low[stop - 1]
    if head in _ONE:
        return 1
    if head in _SOME:
        return plural
    if head == "many":
        return max(plural, 4)
    if tags[stop - 1] == "PRP":
        return 1 if head in ("he", "she") else plural if head == "they" else 0
    singular = low[start] in ("a", "an", "the", "another", "one")
    if head in _NOT_PEOPLE or not (
        tags[stop - 1] in NOUNS or (singular and stop - start > 1 and tags[stop - 1] in ("JJ", "CD"))
    ):
        return 0
    if low[start] == "both":
        return 2
    return plural if tags[stop - 1] == "NNS" else 1
