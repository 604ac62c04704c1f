"""Grids: coverage, omissions, cross tables, confusion; every cell says in a sign or a number what its shade says."""

from __future__ import annotations

import pandas as pd
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from course.chart import (
    confusion_matrix,
    coverage_matrix,
    data_table,
    describe,
    heatmap,
    omission_matrix,
    text_alternative,
)
from course.compare import coverage
from course.corpus import load_case

ENTRIES = pd.DataFrame(
    {
        "report": ["x", "y", "z", "x", "y", "z", "x"],
        "claim": ["1", "1", "1", "2", "2", "3", "1"],
        "change": ["scope shifted", "none", "left out", "none", "bound not on record", "reply missing", "corrected"],
    }
)


def cells(figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "course:cell"]


def test_every_state_has_its_sign() -> None:
    figure = coverage_matrix(ENTRIES)
    states = data_table(figure).set_index(["report", "claim"])["state"].to_dict()
    assert states == {
        ("x", "1"): "carried, changed",
        ("y", "1"): "carried",
        ("z", "1"): "left out",
        ("x", "2"): "carried",
        ("y", "2"): "carried, not on record whether changed",
        ("z", "3"): "left out",
    }
    assert sorted(cells(figure)) == sorted(["◐ scope +", "●", "○", "●", "?", "○"])
    key = next(text.get_text() for text in figure.axes[0].texts if text.get_gid() == "course:key")
    assert all(sign in key for sign in "●◐?○")


def test_a_wide_table_says_the_same() -> None:
    wide = pd.DataFrame(
        {"1": ["scope shifted; corrected", "none", "left out"], "2": ["none", None, ""]}, index=["x", "y", "z"]
    )
    assert [row["state"] for row in describe(coverage_matrix(wide))["panels"][0]["table"]] == [
        "carried, changed",
        "carried",
        "carried",
        "left out",
    ]


def test_what_compare_finds_can_be_drawn() -> None:
    case = load_case("iraq-2003")
    assert len(data_table(coverage_matrix(coverage(case)))) == len(data_table(coverage_matrix(case.coverage)))


def test_claims_have_the_names_they_are_given() -> None:
    panel = describe(coverage_matrix(ENTRIES, names={"1": "more than 20,000 killed"}))["panels"][0]
    assert [tick["text"] for tick in panel["x"]["ticks"]] == ["more than 20,000 killed", "2", "3"]
    assert "more than 20,000 killed: carried by 1" in " ".join(panel["in_words"])


def test_omissions_are_counted_and_reports_without_one_keep_their_row() -> None:
    figure = omission_matrix(ENTRIES)
    assert data_table(figure).to_dict("records") == [
        {"report": "x", "change": "scope shifted", "count": 1, "claim": "1"},
        {"report": "z", "change": "left out", "count": 1, "claim": "1"},
        {"report": "z", "change": "reply missing", "count": 1, "claim": "3"},
    ]
    assert [tick["text"] for tick in describe(figure)["panels"][0]["y"]["ticks"]] == ["z", "x", "y"]
    assert "2 of 3 reports change or leave out something" in text_alternative(figure)


def test_nothing_missing_is_said() -> None:
    assert "Nothing changed or left out in 1 report" in text_alternative(omission_matrix(ENTRIES[1:2]))


@examples(100)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=40))
def test_every_pair_is_counted(pairs) -> None:
    figure = heatmap(pd.DataFrame(pairs, columns=["stance", "side"]))
    table = data_table(figure)
    assert table["count"].sum() == len(pairs)
    assert sorted(map(int, cells(figure))) == sorted(table["count"])


def test_a_table_of_counts_is_drawn_as_it_is() -> None:
    data = pd.DataFrame({"stance": list("aabb"), "side": list("xyyy")})
    crossed = pd.crosstab(data["stance"], data["side"])
    assert data_table(heatmap(crossed)).equals(data_table(heatmap(data)))


def test_shares_of_few_are_not_shaded() -> None:
    figure = heatmap(pd.DataFrame({"stance": ["a"] * 9, "side": ["north"] * 8 + ["south"]}))
    faces = [patch.get_facecolor()[:3] for patch in figure.axes[0].patches if patch.get_gid() == "course:cell"]
    assert faces[0] != (1, 1, 1) and faces[1] == (1, 1, 1)
    assert "fewer than 5 have no shade" in text_alternative(figure)


def test_confusion_counts_and_agreement() -> None:
    figure = confusion_matrix(["a", "a", "b", "b"], ["a", "b", "b", "b"], order=["b", "a", "c"])
    assert cells(figure) == ["2", "0", "0", "1", "1", "0", "0", "0", "0"]
    assert describe(figure)["message"] == "3 of 4 labels agree (75 %)"
    assert "a, taken for b: 1" in text_alternative(figure)
    framed = [patch.get_linewidth() > 1 for patch in figure.axes[0].patches if patch.get_gid() == "course:cell"]
    assert framed == [True, False, False, False, True, False, False, False, True]


@pytest.mark.parametrize(
    ("draw", "error", "words"),
    [
        (lambda: coverage_matrix([1]), TypeError, "needs a table"),
        (lambda: coverage_matrix(ENTRIES.drop(columns="change")), ValueError, "missing: change"),
        (lambda: omission_matrix(ENTRIES, change="what"), ValueError, "missing: what"),
        (lambda: heatmap(ENTRIES), ValueError, "no column 'stance'"),
        (lambda: heatmap("a"), TypeError, "needs a table"),
        (lambda: heatmap(pd.DataFrame({"a": [1.5]})), ValueError, "whole number from 0"),
        (lambda: confusion_matrix(["a"], ["a", "b"]), ValueError, "the key has 1, the answer has 2"),
        (lambda: confusion_matrix("aa", "ab"), TypeError, "two lists of labels"),
    ],
)
def test_errors_say_what_to_pass(draw, error, words) -> None:
    with pytest.raises(error, match=words):
        draw()
