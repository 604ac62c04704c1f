"""The gate: claims that cannot be compared are drawn together only with a caveat, and the caveat is on the figure."""

from __future__ import annotations

import pandas as pd
import pytest

from course.chart import Incomparable, describe, lanes, ranges, text_alternative
from course.corpus import load_case
from course.quantity import exactly, more_than


def table(**columns) -> pd.DataFrame:
    return pd.DataFrame(
        {"claimant": ["A", "B"], "lower": [5, 9], "upper": [5, 9], "date": ["2023-01-01", "2023-02-01"], **columns}
    )


@pytest.mark.parametrize("draw", [ranges, lanes])
@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        ("measure", ["killed", "casualties"], "Measure: killed (A); casualties (B)."),
        ("unit", ["persons", None], "Unit: persons (A); not stated (B)."),
        ("scope", ["town", "theatre"], "Scope: town (A); theatre (B)."),
        ("population", ["fighters", "everyone"], "Population: fighters (A); everyone (B)."),
        ("period_start", ["2022-02-24", "2022-12-01"], "24 February 2022"),
    ],
)
def test_what_differs_is_named_and_a_caveat_opens_the_gate(draw, column, values, words) -> None:
    data = table(**{column: values})
    with pytest.raises(Incomparable, match="tell your readers what differs") as caught:
        draw(data)
    assert words in str(caught.value) and len(caught.value.reasons) == 1
    figure = draw(data, caveat=" They count\n different things. ")
    written = [text["text"] for text in describe(figure)["texts"]]
    assert "Caveat: They count different things." in written
    assert "Caveat: They count different things." in text_alternative(figure)


@pytest.mark.parametrize("draw", [ranges, lanes])
def test_what_agrees_or_nobody_states_is_drawn(draw) -> None:
    assert describe(draw(table()))["panels"][0]["caveat"] == ""
    same = table(measure="killed", unit="persons", scope="town", period_start="2022-02-24", period_end="2023-01-01")
    assert "Caveat" not in text_alternative(draw(same))


def test_pairs_of_a_label_and_a_quantity_say_nothing_to_compare() -> None:
    assert ranges([("A", exactly(5)), ("B", more_than(9))])


def test_what_the_call_says_for_all_rows_counts() -> None:
    with pytest.raises(Incomparable):
        ranges(table(measure=["killed", "dead"]))
    assert ranges(table(measure=["killed", "dead"]), measure="killed")


def test_a_claim_without_a_number_is_no_obstacle() -> None:
    data = table(measure=["killed", "no figure"]).assign(lower=[5, None], upper=[5, None])
    assert ranges(data)


def test_lanes_show_that_claims_end_on_different_days() -> None:
    data = table(period_start="2022-02-24", period_end=["2023-01-01", "2023-02-01"])
    assert lanes(data)
    with pytest.raises(Incomparable, match="Period"):
        ranges(data)


@pytest.mark.parametrize("caveat", ["", "  ", "Caveat:", "Caveat:  "])
def test_an_empty_caveat_opens_nothing(caveat: str) -> None:
    with pytest.raises(Incomparable):
        ranges(table(scope=["town", "theatre"]), caveat=caveat)


@pytest.mark.parametrize("caveat", [True, None, 5])
def test_a_caveat_is_text(caveat) -> None:
    with pytest.raises(TypeError, match="must be a text"):
        ranges(table(), caveat=caveat)


def test_three_counts_for_iraq_need_a_caveat() -> None:
    claims = load_case("iraq-2003").claims
    three = claims[claims["id"].isin(["I008", "I007", "I013"])]
    with pytest.raises(Incomparable) as caught:
        ranges(three)
    assert {"Measure", "Population", "Period"} <= {reason.split(":")[0] for reason in caught.value.reasons}
    assert ranges(three, caveat="The three count different deaths, over different periods.")
