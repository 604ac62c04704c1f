"""The calibration curve: confidence against outcome, with honest intervals."""

from __future__ import annotations

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from course.chart import calibration_curve, data_table, describe, text_alternative


def test_points_are_shares_of_right_answers() -> None:
    table = data_table(calibration_curve([0.5, 0.5, 0.9, 0.9], [True, False, True, True]))
    assert table[["confidence", "right", "count"]].to_numpy().tolist() == [[0.5, 0.5, 2], [0.9, 1.0, 2]]


def test_wilson_interval_as_published() -> None:
    # 8 of 10: the 95 % interval after Wilson is 0.490 to 0.943 (Brown, Cai and DasGupta 2001 give the formula).
    table = data_table(calibration_curve([0.8] * 10, [True] * 8 + [False] * 2))
    assert (table["low"][0], table["high"][0]) == (pytest.approx(0.490, abs=0.001), pytest.approx(0.943, abs=0.001))


@examples(120)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60), st.integers(1, 12))
def test_every_answer_is_counted_and_the_interval_holds_the_share(answers, bins) -> None:
    table = data_table(calibration_curve([one for one, _ in answers], [two for _, two in answers], bins=bins))
    assert table["count"].sum() == len(answers)
    assert (table["low"] <= table["right"] + 1e-4).all() and (table["right"] <= table["high"] + 1e-4).all()
    assert len(table) <= bins


def test_percent_means_the_same() -> None:
    right = [True, False, True]
    assert data_table(calibration_curve([50, 90, 100], right)).equals(
        data_table(calibration_curve([0.5, 0.9, 1.0], right))
    )


@pytest.mark.parametrize(
    ("sure", "right", "words"),
    [
        ([0.9] * 4, [True, False] * 2, "Surer than right: 90 % sure, 50 % right"),
        ([0.5] * 4, [True] * 4, "Less sure than right: 50 % sure, 100 % right"),
        ([0.5] * 4, [True, False] * 2, "Confidence fits the outcome: 50 % sure, 50 % right"),
    ],
)
def test_the_message_says_who_was_too_sure(sure, right, words) -> None:
    assert describe(calibration_curve(sure, right))["message"] == words


def test_few_answers_are_hollow_and_make_no_trend() -> None:
    axes = calibration_curve([0.1] + [0.5] * 5 + [0.9] * 5, [True] * 11).axes[0]
    faces = [line.get_markerfacecolor() for line in axes.lines if line.get_gid() == "course:level"]
    assert faces[0] == "white" and "white" not in faces[1:]
    (curve,) = (line for line in axes.lines if line.get_gid() == "course:curve")
    assert [round(float(x)) for x in curve.get_xdata()] == [50, 90]


def test_answers_without_a_confidence_are_left_out_and_counted() -> None:
    figure = calibration_curve([0.5, None, float("nan")], [True, True, False])
    assert "2 without a confidence or an outcome are left out" in text_alternative(figure)


@pytest.mark.parametrize(
    ("sure", "right", "error", "words"),
    [
        ([0.5], [True, False], ValueError, "there are 1 and 2"),
        ([-0.1], [True], ValueError, "from 0 to 1"),
        ([150], [True], ValueError, "from 0 to 1, or from 0 to 100"),
        (["very"], [True], TypeError, "must be a number"),
        ([0.5], ["yes"], TypeError, "True or False"),
        ("0.5", [True], TypeError, "needs a list"),
        ([None], [True], ValueError, "nothing to draw"),
    ],
)
def test_errors_say_what_to_pass(sure, right, error, words) -> None:
    with pytest.raises(error, match=words):
        calibration_curve(sure, right)


@pytest.mark.parametrize("bins", [0, 21, 2.5, True, "5"])
def test_bins_are_a_small_number(bins) -> None:
    with pytest.raises(ValueError, match="bins must be"):
        calibration_curve([0.5], [True], bins=bins)
