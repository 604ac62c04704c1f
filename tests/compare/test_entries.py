"""Claims entered by hand make a table that charts and comparisons take."""

from __future__ import annotations

import pytest

from course import claims_table, comparable, ranges
from course.compare.entries import COLUMNS, faults_of, read_entry, written
from course.quantity import more_than

TEXT = "The league said that more than 300 customers were lost in May. Nobody else counted."
ONE = {
    "claimant": "league", "cue": "said", "content": "more than 300 customers were lost", "number": more_than(300), "measure": "lost", "unit": "customers",
    "about": "customers", "period_start": "2024-05-01", "period_end": "2024-05-31", "place": "town",
}  # fmt: skip


def test_the_table_has_the_same_columns_whatever_was_entered() -> None:
    assert tuple(claims_table([]).columns) == COLUMNS
    table = claims_table([ONE, {"claimant": "club", "strange": 1, "lower": None}])
    assert tuple(table.columns) == COLUMNS and list(table["claim"]) == [1, 2]
    assert (table["lower"][0], bool(table["lower_open"][0])) == (300, True)
    assert table["lower"].isna()[1] and table["measure"][1] == ""


def test_the_table_can_be_compared_and_drawn() -> None:
    table = claims_table([ONE, {**ONE, "claimant": "club", "number": more_than(500)}])
    assert comparable(table.iloc[0], table.iloc[1])
    table = claims_table([ONE, {**ONE, "period_start": "", "period_end": ""}])
    assert comparable(table.iloc[0], table.iloc[1]).aspects == ("period",)
    assert ranges(claims_table([ONE]), source="a test")


def test_an_entry_that_cannot_be_is_empty_in_the_table() -> None:
    row = claims_table([{**ONE, "period_end": "May", "upper": 3}]).iloc[0]
    assert row["period_end"] == "" and row["lower"] == 300 and row["upper"] is not row["lower"]
    assert comparable(row, row)


@pytest.mark.parametrize("wrong", [5, "text", {"claimant": "x"}, [5], ["text"]])
def test_what_is_no_list_of_claims_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="claim_entry"):
        claims_table(wrong)  # type: ignore[arg-type]


def test_words_of_the_report_are_looked_up_and_long_ones_made_short() -> None:
    state = written(
        {
            "claimant": "league",
            "cue": "shouted",
            "content": "300 customers were lost in May. Nobody else",
            "stance": "odd",
        }
    )
    assert set(faults_of(state, TEXT)) == {"cue", "stance"}
    assert set(faults_of(state)) == {"stance"}
    assert read_entry(state, TEXT)["content"] == "300 customers were ... May. Nobody else"
