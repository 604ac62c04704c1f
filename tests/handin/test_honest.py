"""expect_honest: the linter's findings as messages for a learner, on a chart that has crossed the boundary."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from course.chart import ranges
from course.handin import Misunderstanding, hand_in
from course.handin.honest import expect_honest
from course.quantity import exactly, more_than


@pytest.fixture
def cut_off():
    figure, axes = plt.subplots()
    axes.bar(["a", "b"], [20, 21])
    axes.set_ylim(19, 22)
    yield figure
    plt.close(figure)


def test_an_honest_chart_passes() -> None:
    figure = ranges(
        [("A", more_than(20_000)), ("B", exactly(5_937))], measure="killed", unit="persons", source="made up"
    )
    expect_honest(hand_in("8.1", chart=figure).chart)
    expect_honest(figure)


def test_the_first_findings_are_told(cut_off) -> None:
    with pytest.raises(Misunderstanding) as caught:
        expect_honest(hand_in("8.1", chart=cut_off).chart)
    message = str(caught.value)
    assert message.startswith("The axis of the bars begins at 19, not at zero.")
    assert "Let the axis begin at zero" in message and "And 1 more" in message


def test_what_is_allowed_passes(cut_off) -> None:
    with pytest.raises(Misunderstanding) as caught:
        expect_honest(cut_off, ["no label", "no source"])
    assert "\n" not in str(caught.value)
    expect_honest(cut_off, allow=["no label", "no source", "bars not from zero"])


def test_no_answer_is_answered_kindly() -> None:
    with pytest.raises(Misunderstanding, match="no chart yet"):
        expect_honest(hand_in("8.1", chart=None).chart)


@pytest.mark.parametrize("answer", ["a chart", 5, [1], {"a": 1}, {"panels": [{"kind": "bars", "bars": [1], "x": 5}]}])
def test_what_is_no_chart_is_answered_kindly(answer) -> None:
    with pytest.raises(Misunderstanding, match="Hand in the figure itself"):
        expect_honest(hand_in("8.1", chart=answer).chart)


def test_our_own_mistake_is_no_misunderstanding(cut_off) -> None:
    with pytest.raises(ValueError, match="no rule 'beauty'"):
        expect_honest(cut_off, ["beauty"])
