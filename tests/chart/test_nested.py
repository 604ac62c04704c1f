"""Nested bars: solid is sure, hatched is open, and a share is said only where the bounds allow one."""

from __future__ import annotations

import pandas as pd
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from course.chart import data_table, nested_bars, text_alternative
from course.quantity import Quantity, about, at_least, between, exactly, more_than, up_to


def share(part: Quantity, whole: Quantity) -> str:
    return data_table(nested_bars([("whole", whole), ("part", part)]))["share"][1]


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (exactly(15), exactly(18), "83.3 %"),
        (about(10), exactly(40), "about 25 %"),
        (more_than(20_000), more_than(100_000), "share cannot be concluded"),
        (between(10, 20), between(40, 60), "between 16.7 and 50 %"),
        (more_than(20), exactly(40), "more than 50 %"),
        (at_least(20), exactly(40), "at least 50 %"),
        (up_to(10), exactly(40), "at most 25 %"),
        (exactly(10), more_than(40), "less than 25 %"),
        (exactly(50), exactly(40), "more than the whole"),
        (exactly(0), exactly(0), "share not known"),
        (Quantity(), exactly(40), "share not known"),
    ],
)
def test_the_share_is_what_the_bounds_allow(part, whole, words) -> None:
    assert share(part, whole) == words


@examples(100)
@given(st.integers(1, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_a_share_that_is_said_holds_for_every_number_within_the_bounds(whole, one, two) -> None:
    low, high = sorted((min(one, whole), min(two, whole)))
    words = share(between(low, high), exactly(whole))
    numbers = [float(word.replace(",", "")) for word in words.split() if word[0].isdigit()]
    if numbers:
        assert min(numbers) <= 100 * high / whole + 0.06 and max(numbers) >= 100 * low / whole - 0.06
        assert max(numbers) <= 100


def bars(figure, kind: str) -> list[tuple[float, float]]:
    return [
        (patch.get_x(), patch.get_width()) for patch in figure.axes[0].patches if str(patch.get_gid()).endswith(kind)
    ]


def test_solid_ends_at_the_lower_bound_and_hatching_at_the_upper() -> None:
    figure = nested_bars([("whole", between(40, 60)), ("part", up_to(12))])
    assert bars(figure, "-sure") == [(0, 40), (0, 0)]
    assert bars(figure, "-open") == [(40, 20), (0, 12)]
    assert all(patch.get_hatch() for patch in figure.axes[0].patches if str(patch.get_gid()).endswith("-open"))
    assert figure.axes[0].get_xlim()[0] == 0


def test_parts_stand_under_their_whole_whatever_their_order() -> None:
    table = pd.DataFrame(
        {"label": ["p", "w", "q", "v"], "part_of": ["w", "", "p", None], "lower": [3, 9, 1, 5], "upper": [3, 9, 1, 5]}
    )
    assert data_table(nested_bars(table))["label"].tolist() == ["w", "p", "q", "v"]


def test_a_dict_names_the_whole_of_each_part() -> None:
    bars = {"w": more_than(100), "p": more_than(20), "half of w": more_than(50), "half of p": more_than(10)}
    table = data_table(nested_bars(bars, part_of={"p": "w", "half of w": "w", "half of p": "p"}))
    assert dict(zip(table["label"], table["part_of"], strict=True)) == {
        "w": "",
        "p": "w",
        "half of p": "p",
        "half of w": "w",
    }
    assert data_table(nested_bars({"a": exactly(9), "b": exactly(4)}, part_of={}))["part_of"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("part_of", "words"),
    [({"b": "x"}, "no other row of that name"), ({"x": "a"}, "no row 'x'"), ({"a": "b", "b": "a"}, "in a circle")],
)
def test_impossible_parts_in_a_dict_are_named(part_of, words) -> None:
    with pytest.raises(ValueError, match=words):
        nested_bars({"a": exactly(9), "b": exactly(4)}, part_of=part_of)


def test_a_part_that_does_not_fit_is_said() -> None:
    assert "part (50) does not fit into whole (40)" in text_alternative(
        nested_bars([("whole", exactly(40)), ("part", exactly(50))])
    )


@pytest.mark.parametrize(
    ("part_of", "words"),
    [(["", "x"], "no other row of that name"), (["b", "a"], "in a circle"), (["a", ""], "no other row of that name")],
)
def test_impossible_wholes_are_named(part_of, words) -> None:
    table = pd.DataFrame({"label": ["a", "b"], "part_of": part_of, "lower": [1, 2], "upper": [1, 2]})
    with pytest.raises(ValueError, match=words):
        nested_bars(table)
