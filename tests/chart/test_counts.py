"""Counts of kinds: every value is counted, nothing is hidden, and bars start at zero."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from course.chart import counts, data_table, describe, text_alternative

KINDS = ["quantity", "quotation", "opinion", "quantity", "quotation", "quantity"]


def counted(figure) -> dict[str, int]:
    return {row["label"]: row["count"] for row in describe(figure)["panels"][0]["counts"]}


@pytest.mark.parametrize(
    "values",
    [
        KINDS,
        tuple(KINDS),
        pd.Series(KINDS),
        pd.Series(KINDS).value_counts(),
        Counter(KINDS),
        iter(KINDS),
        pd.Categorical(KINDS),
    ],
    ids=["list", "tuple", "column", "value_counts", "Counter", "iterator", "categorical"],
)
def test_the_same_counts_from_every_form(values) -> None:
    assert list(counted(counts(values)).items()) == [("quantity", 3), ("quotation", 2), ("opinion", 1)]


@examples(100)
@given(st.lists(st.sampled_from(["a", "b", "c", "", None, float("nan")]), min_size=1, max_size=40))
def test_every_value_is_counted(values) -> None:
    assert sum(counted(counts(values)).values()) == len(values)


def test_bars_are_as_long_as_the_counts_and_start_at_zero() -> None:
    axes = counts(KINDS).axes[0]
    assert [(bar.get_x(), bar.get_width()) for bar in axes.patches if bar.get_gid() == "course:count"] == [
        (0, 3),
        (0, 2),
        (0, 1),
    ]
    assert axes.get_xlim()[0] == 0


def test_ticks_are_whole_and_numbers_stand_at_the_ends() -> None:
    panel = describe(counts(KINDS))["panels"][0]
    assert all(float(tick["at"]).is_integer() for tick in panel["x"]["ticks"])
    assert [text["text"] for text in panel["texts"]] == ["3", "2", "1"]
    assert panel["x"]["label"] == "Number of claims"


def test_order_keeps_kinds_that_do_not_occur_and_adds_those_it_forgot() -> None:
    figure = counts(KINDS, order=["opinion", "prediction", "quantity"])
    assert list(counted(figure).items()) == [("opinion", 1), ("prediction", 0), ("quantity", 3), ("quotation", 2)]


def test_only_zeros_can_be_drawn() -> None:
    figure = counts([], order=["a", "b"])
    assert list(counted(figure).values()) == [0, 0]
    assert "No claims" in text_alternative(figure)


def test_missing_answers_are_seen() -> None:
    assert counted(counts(["a", None, float("nan"), pd.NA, ""])) == {"(no answer)": 4, "a": 1}


def test_many_kinds_are_drawn_to_a_limit() -> None:
    figure = counts([f"kind {number}" for number in range(1_000)])
    assert len(data_table(figure)) == 1_000
    assert "The first 30 of 1,000 kinds are drawn" in text_alternative(figure)


def test_message_names_ties() -> None:
    assert describe(counts(["a", "a", "b", "b", "c"]))["message"] == "Most frequent: a and b (2 of 5 each)"
    assert describe(counts(["a", "a", "b"]))["title"] == "Most frequent: a (2 of 3)"


@pytest.mark.parametrize(
    ("values", "order", "error", "words"),
    [
        ([], None, ValueError, "nothing to draw"),
        ("opinion", None, TypeError, "list of kinds"),
        (7, None, TypeError, "not int"),
        (None, None, TypeError, "not NoneType"),
        (pd.DataFrame({"kind": ["a"]}), None, TypeError, "counts(table['kind'])"),
        ({"a": -1}, None, ValueError, "whole number from 0"),
        ({"a": 1.5}, None, ValueError, "whole number from 0"),
        ({"a": "many"}, None, ValueError, "whole number from 0"),
        (["a"], "a", TypeError, "list of kinds"),
    ],
)
def test_errors_say_what_to_pass(values, order, error, words) -> None:
    with pytest.raises(error) as caught:
        counts(values, order)
    assert words in str(caught.value)
