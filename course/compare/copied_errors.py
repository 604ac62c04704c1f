"""Errors that several reports share. Whoever copies, copies the slip as well: a shared error is evidence of one source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from course.claim import Span
from course.compare.claim_rows import in_words
from course.compare.sentence import Sentence
from course.corpus.report import Report

_LOCAL = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:\s*(?P<half>[ap])\.?\s?m\b\.?| (?:in|at) (?:the )?(?P<part>morning|afternoon|evening|night)\b)?"
_BETWEEN = r"[^.;()\d]{0,30}?(?:\(|,? or |,? )[^.;()\d]{0,12}"
_GMT = r"(?P<gmt_hour>\d{1,2})[:.]?(?P<gmt_minute>\d{2})\s*(?:GMT|UTC)\b"
_CLOCKS = re.compile(_LOCAL + _BETWEEN + _GMT, re.IGNORECASE)
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Clocks:
    """A local time with its conversion, as a report prints it. Both in minutes after midnight."""

    span: Span
    text: str
    local: int
    gmt: int

    def right(self, hours_ahead: float) -> int:
        """What GMT it should be where clocks are `hours_ahead` of it."""
        return round(self.local - hours_ahead * 60) % _DAY


@dataclass(frozen=True, slots=True)
class SharedError(Sentence):
    """One error and the reports that print it, the earliest first where their days are known."""

    error: str
    right: str
    why: str
    reports: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.reports)

    def __str__(self) -> str:
        right = f" instead of “{self.right}”" if self.right else ""
        both = "Both" if len(self) == 2 else f"All {len(self)}"
        return (
            f"{in_words(self.reports, most=8)} print “{self.error}”{right}. "
            f"{both} have the same error, which is evidence of one source; it does not say who took it from whom."
        )


def shared_errors(reports: Any, hours_ahead: float | None = None, at_least: int = 2) -> list[SharedError]:
    """The errors that several reports print, most widely shared first.

    Args:
        reports: a World; or a table of errors that somebody found, one row a report and error, with `report`, `error` (or `shared`, a
            name for one and the same error) and, if known, `right`, `why`, `date`; or texts: a list of Report, a dict from names to
            texts, or a Case.
        hours_ahead: for texts only: how far local time is ahead of GMT (3 for Kyiv in May). Local times with a conversion that does
            not fit are the errors that are looked for.
        at_least: how many reports must share an error.

    Errors: TypeError for anything else; ValueError for texts without `hours_ahead`, or a table without the columns.
    """
    if isinstance(getattr(reports, "errors", None), pd.DataFrame):
        reports = _with_dates(reports)
    table = reports if isinstance(reports, pd.DataFrame) else _slips(reports, hours_ahead)
    names = [name for name in ("error", "span", "shared") if name in table]
    if "report" not in table or not names:
        raise ValueError("The table of errors needs the columns “report” and “error”.")
    rows = table.sort_values("date", kind="stable", na_position="last") if "date" in table else table
    groups: dict[str, list[dict[Any, Any]]] = {}
    for row in rows.to_dict("records"):
        key = str(row.get("shared") or row.get("error") or row.get("span") or "").strip()
        groups.setdefault(" ".join(key.casefold().split()), []).append(row)
    found = [
        SharedError(
            error=_most(group, names[0]),
            right=_most(group, "right"),
            why=_most(group, "why"),
            reports=tuple(dict.fromkeys(str(row["report"]) for row in group)),
        )
        for group in groups.values()
    ]
    return sorted((one for one in found if len(one) >= at_least), key=len, reverse=True)


def clocks_in(text: str) -> list[Clocks]:
    """The local times that a text converts into GMT (or UTC), in the order of the text."""
    found = []
    for match in _CLOCKS.finditer(text):
        local, gmt = _minutes(match["hour"], match["minute"]), _minutes(match["gmt_hour"], match["gmt_minute"])
        if local is None or gmt is None:
            continue
        half = (match["half"] or "").lower() or {"morning": "a", "afternoon": "p", "evening": "p"}.get(
            (match["part"] or "").lower(), ""
        )
        if half and 60 <= local < 13 * 60:
            local = local % (12 * 60) + (12 * 60 if half == "p" else 0)
        found.append(Clocks(Span(*match.span()), match.group(), local, gmt))
    return found


def _minutes(hour: str, minute: str) -> int | None:
    return int(hour) * 60 + int(minute) if int(hour) < 24 and int(minute) < 60 else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}{minutes % 60:02} GMT"


def _slips(reports: Any, hours_ahead: float | None) -> pd.DataFrame:
    texts = _texts(reports)
    if hours_ahead is None:
        raise ValueError(
            "To find wrong conversions in texts, say how far local time is ahead of GMT: shared_errors(reports, hours_ahead=3)."
        )
    rows = []
    for name, text in texts:
        for clocks in clocks_in(text):
            right = clocks.right(hours_ahead)
            if clocks.gmt != right:
                local = f"{clocks.local // 60}:{clocks.local % 60:02}"
                rows.append(
                    {
                        "report": name,
                        "error": f"{local} local time = {_clock(clocks.gmt)}",
                        "right": _clock(right),
                        "why": f"Local time is {hours_ahead:g} hours ahead of GMT.",
                    }
                )
    return pd.DataFrame(rows, columns=["report", "error", "right", "why"])


def _texts(reports: Any) -> list[tuple[str, str]]:
    if isinstance(getattr(reports, "reports", None), pd.DataFrame):
        reports = dict(zip(reports.reports["id"], reports.reports["text"], strict=True))
    if isinstance(reports, Mapping):
        return [(str(name), str(text)) for name, text in reports.items()]
    if isinstance(reports, Iterable) and not isinstance(reports, str):
        given = list(reports)
        if all(isinstance(one, Report) for one in given):
            return [(one.outlet or one.id, one.text) for one in given]
    raise TypeError(
        "shared_errors needs a practice world, a table of errors, a list of reports, or a dict from names to texts, "
        f"not a {type(reports).__name__}."
    )


def _with_dates(world: Any) -> pd.DataFrame:
    """A world's planted errors, with the days of its reports."""
    days = world.reports.set_index("id")["date"]
    errors: pd.DataFrame = world.errors
    return errors.assign(date=errors["report"].map(days))


def _most(group: list[dict[Any, Any]], column: str) -> str:
    """The most frequent words of a column; the first of those where several are."""
    words = [str(row[column]) for row in group if row.get(column) and not pd.isna(row[column])]
    return max(words, key=words.count, default="")
