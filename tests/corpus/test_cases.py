"""Loading a case."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from course.corpus import cases, columns, load_case
from course.quantity import more_than


def test_cases_are_listed() -> None:
    assert "bakhmut-2023" in cases()
    assert cases() == sorted(cases())


@pytest.mark.parametrize("name", cases())
def test_case_has_the_documented_columns(name: str) -> None:
    case = load_case(name)
    for table in ("claims", "sources", "coverage", "chains", "replies", "definitions"):
        frame = getattr(case, table)
        assert list(frame.columns) == list(columns(table)["column"])
        assert len(frame)
        assert columns(table)["meaning"].str.len().gt(0).all()
    assert case.claims["date"].dtype.kind == "M"
    assert case.claims["lower_open"].dtype == bool
    assert pd.api.types.is_numeric_dtype(case.claims["lower"])
    assert not case.claims.select_dtypes("str").isna().any().any(), "an empty text must be an empty text"


def test_unknown_names_are_told_what_there_is() -> None:
    with pytest.raises(KeyError, match="bakhmut-2023"):
        load_case("bakhmut")
    case = load_case("bakhmut-2023")
    with pytest.raises(KeyError, match="wion"):
        case.report("times")
    with pytest.raises(KeyError, match="U001"):
        case.quantity("U999")
    with pytest.raises(KeyError, match="claims, sources"):
        columns("claim")


def test_report_is_a_digest_with_its_text() -> None:
    report = load_case("bakhmut-2023").report("wion")
    assert (report.kind, report.case, report.outlet, report.date) == (
        "digest",
        "bakhmut-2023",
        "WION",
        dt.date(2023, 5, 2),
    )
    assert report.url == ""
    assert "terms of the licence" not in report.text and "---" not in report.text
    assert "the United States estimated that" in report.text


def test_report_without_a_day_has_none() -> None:
    case = load_case("bakhmut-2023")
    assert case.report("metro").date is None
    assert case.reports.set_index("id").loc["metro", "date"] is pd.NaT


def test_quantity_keeps_the_bounds() -> None:
    case = load_case("bakhmut-2023")
    assert case.quantity("U001") == more_than(100_000)
    assert (case.quantity("U020").lower, case.quantity("U020").upper) == (175_000, 200_000)
    assert case.quantity("U085").whole == 18
    assert case.quantity("U013").lower is None and case.quantity("U013").upper is None
    assert case.quantity("U003").approximate
    difference = case.quantity("U001") - case.quantity("U002")
    assert difference.lower is None and difference.upper is None
