"""When a date of a report is, reckoned from the day of the report: "on Monday", "last December", "two days ago", "2 May".

Dates, months, years and "ago" are read by the library dateparser, which carries its language data. What it leaves out is added
here: weekdays as news uses them, spans ("May 1-3", "the past five months"), seasons of the northern hemisphere, weekends.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache, lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta

from course.extract.not_counted import MONTHS

Period = tuple[dt.date, dt.date]  # first and last day

_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the month with which it begins
_AHEAD = dt.timedelta(days=60)  # a date without a year is the last one, unless the next is as near as this
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_WEEKDAY = re.compile(
    r"(?:(last|this|next|past) )?(" + "|".join(_DAYS) + r")(?: (?:morning|afternoon|evening|night))?\Z"
)
_SPAN = re.compile(r"(?:the )?(?:last|past) (\w+) (day|week|month|year|hour)s?\Z")
_NEAR = re.compile(
    r"(?:the )?(last|this|next|past) (day|week|weekend|month|year|spring|summer|autumn|fall|winter|\w+)\Z"
)
_OF_YEAR = re.compile(r"(\w+) (last|this|next) year\Z")
_RANGE = re.compile(r"(?:(\d\d?) ?[-–] ?(\d\d?) ([a-z]+)\.?|([a-z]+)\.? (\d\d?) ?[-–] ?(\d\d?))(?:,? (\d{4}))?\Z")
_PART = re.compile(r"(?:the )?(?:early|mid|late|beginning of|end of|middle of)[ -](?:in )?")
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"a": 1, "an": 1, "few": 3, "couple": 2}


@lru_cache(maxsize=20_000)
def resolved(phrase: str, day: dt.date | None) -> Period | None:
    """The first and the last day of what `phrase` names, reckoned from `day`; None where it cannot be told.

    Without a `day`, only what names its own year is told.
    """
    if phrase.endswith("0s"):
        return None  # "the 1990s"
    text = _PART.sub("", " ".join(phrase.lower().replace("\u00a0", " ").split()).removesuffix("'s").removesuffix("’s"))
    if day is None:
        return _own_year(text, dt.date(2000, 1, 1)) if _YEAR.search(text) else None
    try:
        return _relative(text, day) or _own_year(text, day)
    except (ValueError, OverflowError):
        return None


def interval(phrase: str, day: dt.date | None, before: str = "") -> str:
    """The ISO 8601 interval of a date, both days included: "2022-12-01/2022-12-31"; "" where it cannot be told.

    After "since" the end is open, after "until" the beginning ("2022-01-01/..", "../2023-05-01").
    """
    found = resolved(phrase, day)
    if found is None:
        return ""
    first, last = (one.isoformat() for one in found)
    if before == "since":
        return f"{first}/.."
    return f"../{last}" if before in ("until", "till") else f"{first}/{last}"


def _relative(text: str, day: dt.date) -> Period | None:
    """What is reckoned from the day of the report."""
    if text in ("today", "tonight", "yesterday", "tomorrow"):
        moved = day + dt.timedelta(days={"yesterday": -1, "tomorrow": 1}.get(text, 0))
        return moved, moved
    if match := _WEEKDAY.match(text):
        back = (day.weekday() - _DAYS[match[2]]) % 7  # "on Monday", in a report of Monday, is the same day
        if match[1] in ("last", "past") and back == 0:
            back = 7
        if match[1] == "this":
            back = day.weekday() - _DAYS[match[2]]
        moved = day + dt.timedelta(days=7 - back if match[1] == "next" else -back)
        return moved, moved
    if match := _SPAN.match(text):
        number = _NUMBERS.get(match[1]) or (int(match[1]) if match[1].isdecimal() else 0)
        if not number:
            return None
        return day - relativedelta(**_shift(match[2], number)), day
    if match := _OF_YEAR.match(text):
        return _month_of(match[1], day.year + {"last": -1, "this": 0, "next": 1}[match[2]])
    if match := _NEAR.match(text):
        return _near(match[1], match[2], day)
    if match := _RANGE.match(text):
        month = match[3] or match[4]
        year = match[7] or ""
        ends = [
            _own_year(f"{number} {month} {year}".strip(), day)
            for number in (match[1] or match[5], match[2] or match[6])
        ]
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] and ends[0] <= ends[1] else None
    return None


def _shift(unit: str, number: int) -> dict[str, Any]:
    return {f"{unit}s": number} if unit != "hour" else {"days": max(1, round(number / 24))}


def _near(which: str, unit: str, day: dt.date) -> Period | None:
    """`last week`, `this year`, `next summer`, `last December`."""
    step = {"last": -1, "past": -1, "this": 0, "next": 1}[which]
    if unit == "day":
        return day + dt.timedelta(days=step), day + dt.timedelta(days=step)
    if unit in ("week", "weekend"):
        monday = day - dt.timedelta(days=day.weekday() - 7 * step)
        if unit == "weekend":
            return monday + dt.timedelta(days=5), monday + dt.timedelta(days=6)
        return monday, monday + dt.timedelta(days=6)
    if unit == "month":
        first = day.replace(day=1) + relativedelta(months=step)
        return first, first + relativedelta(months=1, days=-1)
    if unit == "year":
        return dt.date(day.year + step, 1, 1), dt.date(day.year + step, 12, 31)
    if unit in _SEASONS:
        first = dt.date(day.year + 1, _SEASONS[unit], 1)
        while first > day:
            first -= relativedelta(years=1)
        inside = day < first + relativedelta(months=3)
        if step == 1 or (step == 0 and not inside):
            first += relativedelta(years=1)
        elif step == -1 and inside:
            first -= relativedelta(years=1)
        return first, first + relativedelta(months=3, days=-1)
    if unit in MONTHS:
        found = _month_of(unit, day.year + 1)
        while found is not None and (found[0] > day if step == 0 else found[1] >= day if step == -1 else False):
            if step == 0 and found[0].year == day.year:
                break
            found = _month_of(unit, found[0].year - 1)
        if found is not None and step == 1:
            this = _month_of(unit, day.year)
            found = this if this is not None and this[0] > day else found
        return found
    return None


def _month_of(month: str, year: int) -> Period | None:
    return _parsed(f"{month} {year}", dt.date(year, 1, 1)) if month in MONTHS else None


def _own_year(text: str, day: dt.date) -> Period | None:
    """A date, month or year; without a year, the last one, or the next where it is near."""
    found = _parsed(text, day)
    if found is None or _YEAR.search(text) or not any(word.strip(".,") in MONTHS for word in text.split()):
        return found
    ahead = (found[0] + relativedelta(years=1), found[1] + relativedelta(years=1))
    return ahead if ahead[0] - day <= _AHEAD and ahead[0].day == found[0].day else found


def _parsed(text: str, day: dt.date) -> Period | None:
    found = _parser(day).get_date_data(text)
    if found.date_obj is None:
        return None
    date = found.date_obj.date()
    if found.period == "year":
        return date.replace(month=1, day=1), date.replace(month=12, day=31)
    if found.period == "month":
        return date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1])
    return date, date


@cache
def _library() -> Any:
    from dateparser.date import DateDataParser  # read when it is first needed: it takes a quarter of a second

    return DateDataParser


@lru_cache(maxsize=64)
def _parser(day: dt.date) -> Any:
    base = dt.datetime.combine(day, dt.time())
    return _library()(
        languages=["en"],
        settings={
            "RELATIVE_BASE": base,
            "PREFER_DATES_FROM": "past",
            "TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
