"""A student draws the same text on every machine, its counterpart in the other world, and seldom a neighbour's."""

from __future__ import annotations

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from course.corpus.draw import draw, draw_report


def test_draws_stay_as_they_were() -> None:
    """Frozen: a change would give students another text in the middle of a course."""
    assert [draw_report("flood", student, "02").id for student in ("x", "anyone", "7")] == FROZEN
    assert draw(["a", "b", "c"], "01-one-claim", "headlines", "anyone") == "c"


FROZEN = ["flood-08", "flood-02", "flood-11"]


@examples(100)
@given(st.text(max_size=12))
def test_the_two_worlds_are_drawn_in_parallel(student: str) -> None:
    assert draw_report("flood", student, "02").id[-2:] == draw_report("border", student, "02").id[-2:]
    assert draw_report("flood", f"  {student.upper()} ", "02") == draw_report("flood", student.upper(), "02")


def test_every_report_is_drawn_and_lessons_draw_anew() -> None:
    drawn = [draw(range(24), "02", str(number)) for number in range(300)]
    assert set(drawn) == set(range(24))
    assert max(drawn.count(one) for one in set(drawn)) < 40
    assert drawn != [draw(range(24), "03", str(number)) for number in range(300)]


def test_a_task_may_need_certain_reports() -> None:
    assert {draw_report("flood", str(number), "02", among=["01", "07"]).id for number in range(12)} == {
        "flood-01",
        "flood-07",
    }
    with pytest.raises(KeyError, match="flood-99"):
        draw_report("flood", "x", "02", among=["99"])
    with pytest.raises(ValueError, match="nothing to draw"):
        draw_report("flood", "x", "02", among=[])
