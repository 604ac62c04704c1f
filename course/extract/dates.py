"""Dates and times as a report gives them, and places."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left

from course.claim import Span
from course.extract.attributions import Page, read
from course.extract.lexicons import word_set
from course.extract.not_counted import MONTHS
from course.extract.phrases import WEEKDAYS
from course.extract.tokens import Words
from course.extract.when import interval

_NEAR = word_set("last this next past")
_UNITS = word_set(
    "day week month year summer winter spring autumn weekend night morning evening days weeks months years hours"
)
_PARTS = word_set("early mid late")
_COUNTED = word_set("one two three four five six seven eight nine ten eleven twelve few couple")
_DAYTIME = word_set("morning afternoon evening night")
_BEFORE_PLACE = word_set("in near at around outside across inside toward towards from into over of")
_PLACE_SURE = word_set("in near around outside across inside")


def dates_in(text: str) -> list[Span]:
    """The dates in `text`, in order: "May 1", "2 May 2023", "2023-05-01", "Monday", "last December", "since 2014"."""
    page = read(text)
    return dates_on(page, 0, len(page.words))


def dates_on(page: Page, first: int, last: int) -> list[Span]:
    """The dates among the tokens `first` to `last` (left out)."""
    found: list[Span] = []
    i = first
    while i < last:
        end = _date(page.words, i, last)
        if end > i:
            found.append(page.words.span(i, end))
            i = end
        else:
            i += 1
    return found


def _date(words: Words, i: int, last: int) -> int:
    """The token after the date that begins with token `i`; `i` where there is none."""
    low = words.low
    token = low[i]
    if token in _PARTS and i + 1 < last:
        k = i + 2 if i + 2 < last and low[i + 1] in ("-", "in") else i + 1
        month = low[k] in MONTHS or (low[k].isdecimal() and len(low[k]) == 4 and low[k][:2] in ("19", "20"))
        return max(_date(words, k, last), k + 1) if month else i
    if (token in _COUNTED or token.isdecimal()) and i + 2 < last and low[i + 1] in _UNITS and low[i + 2] == "ago":
        return i + 3
    if token in ("a", "an") and i + 2 < last and low[i + 1] in _UNITS and low[i + 2] == "ago":
        return i + 3
    if (
        token in ("last", "past")
        and i + 2 < last
        and low[i + 2] in _UNITS
        and (low[i + 1] in _COUNTED or low[i + 1].isdecimal())
    ):
        return i + 3
    if token in WEEKDAYS:
        k = i + 1
        if k < last and low[k] in _DAYTIME:
            k += 1
        return k
    if token in _NEAR and i + 1 < last and (low[i + 1] in _UNITS or low[i + 1] in MONTHS or low[i + 1] in WEEKDAYS):
        return i + 2
    if token == "the" and i + 2 < last and low[i + 1] in _NEAR and low[i + 2] in _UNITS:
        return i + 3
    if token in MONTHS and words.capital(i) and (token not in ("may", "march", "mar") or words.tag[i] != "MD"):
        return _month(words, i, last)
    if token.isdecimal():
        if len(token) <= 2 and i + 1 < last and low[i + 1] in MONTHS and words.capital(i + 1):
            return max(_year(words, i + 2, last), i + 2)
        if len(token) == 4 and token[:2] in ("19", "20"):
            if (
                i + 4 < last
                and low[i + 1] == "-"
                and low[i + 2].isdecimal()
                and low[i + 3] == "-"
                and low[i + 4].isdecimal()
            ):
                return i + 5
            if i > 0 and low[i - 1] in (
                "in",
                "since",
                "until",
                "by",
                "from",
                "of",
                "during",
                "late",
                "early",
                "before",
                "after",
                "through",
            ):
                return i + 1
    return i


def _month(words: Words, i: int, last: int) -> int:
    low = words.low
    k = i + 1
    if k + 1 < last and low[k] == "." and words.start[k] == words.end[i] and low[k + 1].isdecimal():
        k += 1  # "Sept. 11"
    if k < last and low[k].isdecimal() and len(low[k]) <= 2:
        k += 1
        if k + 1 < last and low[k] in ("-", "–") and low[k + 1].isdecimal():
            k += 2
        return _year(words, k, last)
    if k + 1 < last and low[k] == "last" and low[k + 1] == "year":
        return k + 2
    return max(_year(words, k, last), i + 1)


def _year(words: Words, k: int, last: int) -> int:
    low = words.low
    j = k + 1 if k < last and low[k] == "," else k
    if j < last and len(low[j]) == 4 and low[j].isdecimal() and low[j][:2] in ("18", "19", "20"):
        return j + 1
    return k


def periods_on(page: Page, dates: tuple[Span, ...], day: dt.date | None) -> tuple[str, ...]:
    """The ISO 8601 interval of each of `dates`, reckoned from `day`, the date of the report; "" where it cannot be told."""
    words = page.words
    found: list[str] = []
    for span in dates:
        first = bisect_left(words.start, span.start)
        before = words.low[first - 1] if first else ""
        if before == "the" and first > 1:
            before = words.low[first - 2]
        found.append(interval(span.of(words.text), day, before))
    return tuple(found)


def places_on(page: Page, first: int, last: int) -> list[Span]:
    """The places among the tokens `first` to `last`: names after "in", "near", "around"."""
    words = page.words
    low, tags = words.low, words.tag
    found: list[Span] = []
    for i in range(first, last - 1):
        if low[i] not in _PLACE_SURE or tags[i] != "IN":
            continue
        k = i + 1
        while k < last and (
            tags[k] == "DT"
            or low[k]
            in (
                "eastern",
                "western",
                "northern",
                "southern",
                "central",
                "southeastern",
                "northeastern",
                "southwestern",
                "northwestern",
                "downtown",
                "nearby",
            )
        ):
            k += 1
        start = k
        while k < last and tags[k] == "NNP" and low[k] not in MONTHS and low[k] not in WEEKDAYS:
            k += 1
        if k > start:
            found.append(words.span(i + 1, k))
    return found
