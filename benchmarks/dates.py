"""Dates against the libraries: single dates and periods of the Recognizers specifications, in the past where they leave it open."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.readers import read_lines
from course.extract.when import resolved

Period = tuple[dt.date, dt.date]
Item = tuple[str, str, dt.date, Period]  # date or period, phrase, day of reference, first and last day


def date_items(path: Path) -> list[Item]:
    """The phrases with a past reading that has a first and a last day."""
    found: list[Item] = []
    for line in read_lines(path):
        reference = (line["context"] or {}).get("ReferenceDateTime")
        if not reference or line["model"] not in ("DateParser", "DatePeriodParser"):
            continue
        day = dt.date.fromisoformat(reference[:10])
        for result in line["results"]:
            past = (result.get("resolution") or {}).get("PastResolution") or {}
            try:
                if line["model"] == "DateParser":
                    only = dt.date.fromisoformat(past["date"])
                    found.append(("date", result["text"], day, (only, only)))
                else:
                    last = dt.date.fromisoformat(past["endDate"]) - dt.timedelta(days=1)
                    found.append(("period", result["text"], day, (dt.date.fromisoformat(past["startDate"]), last)))
            except (KeyError, ValueError):
                continue
    return found


def date_systems() -> dict[str, Callable[[str, dt.date], Period | None]]:
    """Ours, and the libraries that are installed."""
    systems: dict[str, Callable[[str, dt.date], Period | None]] = {"ours": resolved}
    if find_spec("dateparser"):
        systems["dateparser"] = _dateparser
    if find_spec("parsedatetime"):
        systems["parsedatetime"] = _parsedatetime
    systems["dateutil"] = _dateutil
    return systems


def _dateparser(phrase: str, day: dt.date) -> Period | None:
    from dateparser.date import DateDataParser

    base = dt.datetime.combine(day, dt.time())
    parser = DateDataParser(languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"})
    found = parser.get_date_data(phrase)
    if found.date_obj is None:
        return None
    date = found.date_obj.date()
    if found.period == "month":
        return date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1])
    if found.period == "year":
        return date.replace(month=1, day=1), date.replace(month=12, day=31)
    return date, date


def _parsedatetime(phrase: str, day: dt.date) -> Period | None:
    import parsedatetime  # type: ignore[import-not-found]

    calendar_ = parsedatetime.Calendar(version=parsedatetime.VERSION_CONTEXT_STYLE)
    found, context = calendar_.parseDT(phrase, dt.datetime.combine(day, dt.time()))
    return (found.date(), found.date()) if context.hasDate else None


def _dateutil(phrase: str, day: dt.date) -> Period | None:
    from dateutil import parser

    try:
        found = parser.parse(phrase, default=dt.datetime.combine(day, dt.time())).date()
    except (ValueError, OverflowError):
        return None
    return found, found
