"""Lanes over time: who said what when, on one scale from zero."""

from __future__ import annotations

import pandas as pd
import pytest

from course.chart import data_table, describe, lanes, text_alternative


def table(**columns) -> pd.DataFrame:
    data = {
        "claimant": ["A", "A", "B"],
        "date": ["2023-01-01", "2023-03-01", None],
        "lower": [10, 40, 7],
        "upper": [None, 40, 7],
    }
    return pd.DataFrame({**data, "lower_open": [True, False, False], **columns})


def marks(figure, kind: str) -> list:
    return [
        one
        for one in figure.findobj()
        if str(one.get_gid()).startswith("course:claim-") and str(one.get_gid()).endswith(kind)
    ]


def test_each_bound_has_its_form() -> None:
    figure = lanes(table())
    assert len(marks(figure, "-hollow")) == 1 and len(marks(figure, "-filled")) == 1
    assert len(marks(figure, "-upper-arrow")) == 1


def test_twice_as_much_stands_twice_as_high_over_the_zero_line() -> None:
    figure = lanes(table(lower=[20, 40, 7], upper=[20, 40, 7], lower_open=False))
    first, second = (mark.get_ydata()[0] for mark in marks(figure, "-filled"))
    (zero,) = {float(stem.get_ydata()[0]) for stem in marks(figure, "-stem")}
    assert (zero - second) == pytest.approx(2 * (zero - first))


def test_all_lanes_have_one_scale() -> None:
    figure = lanes(table(date=["2023-01-01", "2023-03-01", "2023-04-01"]))
    scale = [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "course:scale"]
    assert scale == ["0", "40"] * 2


def test_a_claim_without_a_date_is_not_lost() -> None:
    figure = lanes(table())
    assert "1 of 3 claims have no date and are not drawn" in text_alternative(figure)
    kept = data_table(figure)
    assert kept["drawn"].tolist() == [True, True, False]
    assert kept["label"].tolist() == ["A", "A", "B"]
    assert "B, no date: exactly 7" in text_alternative(figure)


def test_measures_differ_in_shape_and_the_figure_says_so() -> None:
    figure = lanes(table(measure=["killed", "wounded", "killed"]), caveat="two measures")
    assert {mark.get_marker() for mark in [*marks(figure, "-hollow"), *marks(figure, "-filled")]} == {"o", "s"}
    assert "Disc: killed; square: wounded." in text_alternative(figure)


def test_another_column_may_name_lanes_and_dates() -> None:
    data = table().rename(columns={"claimant": "side", "date": "said"})
    assert describe(lanes(data, lane="side", at="said"))["panels"][0]["table"][0]["date"] == "2023-01-01"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        ([("A", 5)], TypeError, "table of claims with dates"),
        (table().drop(columns="date"), ValueError, "no column 'date'"),
        (table().drop(columns="claimant"), ValueError, "no column 'claimant'"),
        (table(date="soon"), ValueError, "must hold dates"),
        (table(date=None), ValueError, "no claim has a date"),
        (table(unit=["persons", "tonnes", "persons"]), ValueError, "different units"),
    ],
)
def test_errors_say_what_to_pass(data, error, words) -> None:
    with pytest.raises(error, match=words):
        lanes(data)
