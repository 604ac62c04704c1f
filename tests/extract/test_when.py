"""Dates are reckoned from the day of the report, as news means them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.corpus.report import Report
from course.extract import claims_in, dates_in, to_frame
from course.extract.when import interval, resolved

TUESDAY = dt.date(2023, 5, 2)


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("Monday", "2023-05-01/2023-05-01"),
        ("Tuesday", "2023-05-02/2023-05-02"),
        ("Wednesday", "2023-04-26/2023-04-26"),
        ("last Tuesday", "2023-04-25/2023-04-25"),
        ("next Friday", "2023-05-05/2023-05-05"),
        ("Friday night", "2023-04-28/2023-04-28"),
        ("yesterday", "2023-05-01/2023-05-01"),
        ("two days ago", "2023-04-30/2023-04-30"),
        ("last December", "2022-12-01/2022-12-31"),
        ("last May", "2022-05-01/2022-05-31"),
        ("December", "2022-12-01/2022-12-31"),
        ("January last year", "2022-01-01/2022-01-31"),
        ("May 1", "2023-05-01/2023-05-01"),
        ("2 May 2014", "2014-05-02/2014-05-02"),
        ("5 May", "2023-05-05/2023-05-05"),
        ("Sept. 11, 2001", "2001-09-11/2001-09-11"),
        ("2022-02-24", "2022-02-24/2022-02-24"),
        ("May 1-3", "2023-05-01/2023-05-03"),
        ("2014", "2014-01-01/2014-12-31"),
        ("last week", "2023-04-24/2023-04-30"),
        ("last weekend", "2023-04-29/2023-04-30"),
        ("last month", "2023-04-01/2023-04-30"),
        ("last year", "2022-01-01/2022-12-31"),
        ("the past five months", "2022-12-02/2023-05-02"),
        ("last summer", "2022-06-01/2022-08-31"),
        ("last winter", "2022-12-01/2023-02-28"),
        ("February 30", ""),
        ("the 1990s", ""),
        ("", ""),
    ],
)
def test_phrases_to_periods(phrase: str, wanted: str) -> None:
    assert interval(phrase, TUESDAY) == wanted


def test_without_a_day_only_what_names_its_year_is_told() -> None:
    assert interval("2 May 2014", None) == "2014-05-02/2014-05-02"
    assert interval("December 2022", None) == "2022-12-01/2022-12-31"
    assert interval("Monday", None) == interval("2 May", None) == interval("last year", None) == ""


def test_since_and_until_leave_one_end_open() -> None:
    text = "Vela Marn said on Monday that 40 people had died since last December. She will stay until 5 May."
    (claim,) = claims_in(Report("r", text, date=TUESDAY))
    assert [span.of(text) for span in claim.dates] == ["last December"]
    assert claim.periods == ("2022-12-01/..",)
    assert interval("5 May", TUESDAY, "until") == "../2023-05-05"
    assert to_frame([claim], text)["periods"].tolist() == ["2022-12-01/.."]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It began in late 2022.", ["late 2022"]),
        ("It began in early March.", ["early March"]),
        ("It began three weeks ago.", ["three weeks ago"]),
        ("Over the past five months, they left.", ["past five months"]),
        ("It may begin in May.", ["May"]),
    ],
)
def test_dates_are_found(text: str, wanted: list[str]) -> None:
    assert [span.of(text) for span in dates_in(text)] == wanted


PHRASES = st.sampled_from(
    ["Monday", "last Friday", "yesterday", "last month", "2 weeks ago", "May 1", "last May", "spring", "last winter", "Feb. 29", "30 June", "next weekend"]
)  # fmt: skip


@given(PHRASES, st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_a_period_begins_before_it_ends_and_lies_within_years_of_the_report(phrase: str, day: dt.date) -> None:
    found = resolved(phrase, day)
    if found is not None:
        assert found[0] <= found[1]
        assert abs((found[0] - day).days) <= 5 * 366


@given(st.text(max_size=40), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_any_phrase_is_read_or_left(phrase: str, day: dt.date) -> None:
    found = resolved(phrase, day)
    assert found is None or found[0] <= found[1]
