"""The chain graph: origins on the left, arrows only to the right, and every step in the edge table."""

from __future__ import annotations

import pandas as pd
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from course.chart import chain_graph, data_table, describe, text_alternative
from course.compare import chain
from course.corpus import load_case


def steps(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["taken_from", "carrier"])


def places(figure) -> dict[str, tuple[float, float]]:
    texts = [text for text in figure.axes[0].texts if text.get_gid() == "course:name" and text.get_text()]
    return {text.get_text().replace("\n", " "): text.get_position() for text in texts}


def test_arrows_go_from_left_to_right() -> None:
    at = places(chain_graph(steps(("ministry", "agency"), ("agency", "daily"), ("ministry", "daily"))))
    assert at["ministry"][0] < at["agency"][0] < at["daily"][0]


@examples(100)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=30))
def test_no_box_lies_over_another_and_no_step_is_lost(pairs) -> None:
    pairs = [(f"n{min(pair)}", f"n{max(pair)}") for pair in pairs if pair[0] != pair[1]] or [("n0", "n1")]
    figure = chain_graph(steps(*pairs))
    table = data_table(figure)
    assert table["count"].sum() == len(pairs)
    assert set(zip(table["taken_from"], table["carrier"], strict=True)) == set(pairs)
    figure.draw_without_rendering()
    boxes = [
        text.get_window_extent() for text in figure.axes[0].texts if text.get_gid() == "course:name" and text.get_text()
    ]
    for number, one in enumerate(boxes):
        assert not any(one.overlaps(two) for two in boxes[number + 1 :])
    at = places(figure)
    assert all(at[start][0] < at[end][0] for start, end in pairs)


def test_origins_and_last_carriers_differ_in_frame_and_fill() -> None:
    figure = chain_graph(steps(("ministry", "agency"), ("agency", "daily")))
    looks = {patch.get_gid(): (patch.get_facecolor(), patch.get_linewidth()) for patch in figure.axes[0].patches}
    assert looks["course:origin"][0] != looks["course:last"][0]
    assert looks["course:last"][1] > looks["course:carrier"][1]
    assert describe(figure)["message"] == "1 origin behind 1 last carrier"


def test_a_circle_is_drawn_and_said() -> None:
    figure = chain_graph(steps(("a", "b"), ("b", "a"), ("b", "c")))
    assert "a circle, so no origin can be told: a, b" in text_alternative(figure)
    assert describe(figure)["message"] == "No origin: all take from each other"


def test_repeated_steps_are_counted() -> None:
    figure = chain_graph(steps(("a", "b"), ("a", "b"), ("a", "c")))
    assert data_table(figure)["count"].tolist() == [2, 1]
    assert [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "course:count"] == ["2"]


def test_several_claims_in_one_graph_are_a_warning() -> None:
    data = load_case("bakhmut-2023").chains
    assert "not every claim went every way" in text_alternative(chain_graph(data))
    assert "not every claim" not in text_alternative(chain_graph(data[data["claim"] == "U009"]))


def test_what_compare_finds_can_be_drawn() -> None:
    found = chain(load_case("bakhmut-2023"), "U009")
    assert set(places(chain_graph(found))) == {
        "WION",
        "news agency (not named)",
        "White House briefing, 1 May 2023",
        "US intelligence",
    }


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        ([("a", "b")], TypeError, "table of steps"),
        (pd.DataFrame({"carrier": ["a"]}), ValueError, "missing: taken_from"),
        (pd.DataFrame({"carrier": [None], "taken_from": [None]}), ValueError, "nothing to draw"),
    ],
)
def test_errors_say_what_to_pass(data, error, words) -> None:
    with pytest.raises(error, match=words):
        chain_graph(data)
