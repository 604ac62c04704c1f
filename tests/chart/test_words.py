"""The text alternative and the data table: what a reader gets who does not see the picture."""

from __future__ import annotations

import pandas as pd
import pytest

from course.chart import counts, data_table, ranges, text_alternative
from course.quantity import Quantity, about, between, exactly, more_than, up_to


def test_bounds_uncertainty_and_source_are_said() -> None:
    words = text_alternative(
        ranges(
            [("Kirby", more_than(20_000)), ("Russia", exactly(5_937)), ("Leak", about(200_000)), ("Post", up_to(450))],
            measure="killed",
            unit="persons",
            title="Four counts",
            period="since December 2022",
            source="CNN, 2 May 2023",
        )
    )
    for part in (
        "Chart of ranges: Four counts. Killed, in persons, since December 2022.",
        "The horizontal axis, “Killed (persons)”, runs from 0 to 210,000.",
        "Kirby: more than 20,000, upper limit not given",
        "Russia: exactly 5,937",
        "Leak: about 200,000",
        "Post: up to 450, lower limit not given",
        "2 of 4 claims leave an end open",
    ):
        assert part in words
    assert words.endswith("Source: CNN, 2 May 2023.")


def test_about_is_never_called_exact() -> None:
    assert "exactly" not in text_alternative(ranges([("A", about(5)), ("B", between(1, 2)), ("C", Quantity())]))


def test_a_missing_source_is_said() -> None:
    assert text_alternative(counts(["a"])).endswith("Source: not stated.")


def test_counts_in_words() -> None:
    words = text_alternative(counts(["a", "b", "a"], order=["a", "b", "c"], of="sentences", title="Two kinds"))
    assert "Bar chart of counts: Two kinds. Sentences by kind, 3 in all." in words
    assert "3 kinds: a: 2; b: 1; c: 0." in words


def test_many_claims_stay_short_and_point_to_the_table() -> None:
    words = text_alternative(ranges([(f"Claim {number}", exactly(number)) for number in range(500)]))
    assert "500 claims" in words and "492 more, which the data table has" in words
    assert len(words) < 1_200


def test_the_table_makes_the_same_chart_again() -> None:
    first = ranges(
        [("A", more_than(20_000)), ("B", Quantity(1, 2, False, True, True)), ("C", Quantity())], measure="killed"
    )
    again = ranges(data_table(first))
    pd.testing.assert_frame_equal(data_table(first), data_table(again))


def test_whole_numbers_stay_whole_in_the_table() -> None:
    table = data_table(ranges([("A", more_than(20_000)), ("B", exactly(5))]))
    assert list(table["lower"]) == [20_000, 5]
    assert table["upper"].isna().tolist() == [True, False]
    assert pd.api.types.is_integer_dtype(table["lower"])


@pytest.mark.parametrize("text", ['A < B & "C"', "$5 and $6_7", "Київ", "line\nbreak", "🙂"])
def test_any_label_is_kept(text: str) -> None:
    assert " ".join(text.split()) in text_alternative(ranges([(text, exactly(1))]))
