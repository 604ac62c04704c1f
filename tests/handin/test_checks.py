"""Checks name the misunderstanding, give credit for what is right, and never give away points by mistake."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Readings, check, check_chosen, check_each, exactly, expect, more_than, rule_out, score
from course.handin import Misunderstanding, Outcome
from course.handin.checks import kind_of

numbers = st.sets(st.integers(1, 20))


@pytest.mark.parametrize("value", ["John Kirby", "john kirby", " “John Kirby” ", "John Kirby.", "JOHN  KIRBY,"])
def test_a_text_is_compared_without_case_marks_and_spacing(value: str) -> None:
    assert check(value, "John Kirby").credit == 1


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(True, 1), (1, True), ("1", 1), (more_than(5), exactly(5)), ([1, 2], [2, 1]), ({}, []), (None, None), ("", "a")],
)
def test_what_differs_is_not_the_same(value: object, wanted: object) -> None:
    assert check(value, wanted).credit == 0


def test_tables_are_compared_by_their_values() -> None:
    table = pd.DataFrame({"a": [1, 2]})
    assert check(table, pd.DataFrame({"a": [1, 2]})).credit == 1
    assert check(table, pd.DataFrame({"a": [1, 3]})).credit == 0
    assert check(table, pd.DataFrame({"b": [1, 2]})).credit == 0


def test_a_known_misunderstanding_is_named_and_the_answer_is_not() -> None:
    outcome = check("WION", "John Kirby", {"WION": "WION carries the claim. Who makes it?"})
    assert outcome == Outcome(0, "WION carries the claim. Who makes it?")
    for wrong in ("the moon", 3, ["a"], True, pd.DataFrame()):
        assert "Kirby" not in check(wrong, "John Kirby").message


def test_a_wrong_type_is_told() -> None:
    assert check(["x"], "text").message == "A text was asked for; this is a list."
    assert check("x", exactly(3)).message == "A Quantity was asked for; this is a text."


def test_the_reading_chosen_is_named() -> None:
    readings = Readings({"said": "the verb alone", "said in a statement": "with the place"})
    assert check("said", readings) == Outcome(1.0, "A good reading: the verb alone.")
    assert check("statement", readings).credit == 0
    with pytest.raises(ValueError, match="at least one"):
        Readings({})


def test_a_near_span_earns_the_share_of_words_in_common() -> None:
    outcome = check("that twelve boats were lost today", "that twelve boats were lost", near=0.7)
    assert 0.9 < outcome.credit < 1 and "begins" in outcome.message
    assert check("boats", "that twelve boats were lost", near=0.7).credit == 0


def test_expect_stops_with_the_message_and_rule_out_with_its_own() -> None:
    expect("John Kirby", "John Kirby")
    with pytest.raises(Misunderstanding, match="Who makes it"):
        expect("WION", "John Kirby", {"WION": "WION carries the claim. Who makes it?"})
    rule_out("John Kirby", {"WION": "no"})
    with pytest.raises(AssertionError, match="carries"):
        rule_out("wion", {"WION": "WION carries the claim."})


@given(numbers, numbers)
def test_choosing_earns_between_nothing_and_all(chosen: set[int], wanted: set[int]) -> None:
    outcome = check_chosen(list(chosen), wanted, among=range(1, 21))
    assert 0 <= outcome.credit <= 1
    assert (outcome.credit == 1) == (chosen == wanted)


@given(numbers.filter(lambda wanted: 0 < len(wanted) < 20))
def test_choosing_all_or_none_earns_nothing(wanted: set[int]) -> None:
    assert check_chosen(list(range(1, 21)), wanted, among=range(1, 21)).credit == 0
    assert check_chosen([], wanted, among=range(1, 21)).credit == 0


def test_a_choice_that_is_open_does_not_count() -> None:
    for chosen in ([1, 2], [1, 2, 20]):
        assert check_chosen(chosen, {1, 2}, among=range(1, 21), either={20}).credit == 1
    assert check_chosen([1, 20], {1, 2}, among=range(1, 21), either={20}).credit == 0.5


def test_choosing_names_the_items_with_their_messages() -> None:
    outcome = check_chosen(
        [1, 3], {1, 2}, among=range(1, 5), misconceptions={3: "A question.", 2: "Look again.", 1: "no"}
    )
    assert "1 too many" in outcome.message and "1 left out" in outcome.message
    assert (
        "3: A question." in outcome.message and "2: Look again." in outcome.message and "1: no" not in outcome.message
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "A list"),
        ("p", "A list"),
        (7, "A list"),
        ([99], "99 is not among"),
        ([[1]], "left out"),
        ([None], "None"),
    ],
)
def test_a_choice_of_the_wrong_form_is_told(value: object, words: str) -> None:
    outcome = check_chosen(value, {1}, among=[1, 2])
    assert outcome.credit == 0 and words in outcome.message


def test_each_entry_counts_and_is_named() -> None:
    wanted = {"A": "event", "B": Readings({"event": "x", "cause": "y"}), "C": "cause", "D": "cause"}
    outcome = check_each(
        {"A": "event", "B": "cause", "C": "event", "D": None}, wanted, {"C": {"event": "It says why."}}
    )
    assert outcome.credit == 0.5
    assert "Not answered yet: D" in outcome.message and "C: It says why." in outcome.message
    assert check_each({"A": "event"}, {"A": "event"}).credit == 1
    assert check_each(["event"], wanted).credit == 0
    assert "this is a text" in check_each("event", wanted).message


def test_messages_for_all_entries_may_be_given_once() -> None:
    outcome = check_each({1: "x", 2: "x"}, {1: "a", 2: "b"}, {"x": "There is no such kind."})
    assert outcome.message.count("There is no such kind.") == 2


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.integers(1, 40))
def test_points_stay_within_the_task(credits: list[float], points: int) -> None:
    earned = score(points, *(Outcome(credit) for credit in credits))
    assert math.isfinite(earned) and 0 <= earned <= points
    assert (earned == points) == all(credit == 1 for credit in credits)
    assert float(repr(earned)) == earned  # what the gradebook reads


def test_weights_say_what_counts_more() -> None:
    assert score(4, Outcome(1), Outcome(0), weights=(3, 1)) == 3


@pytest.mark.parametrize(
    "make",
    [
        lambda: score(4),
        lambda: score(0, Outcome(1)),
        lambda: score(float("nan"), Outcome(1)),
        lambda: score(4, Outcome(float("nan"))),
        lambda: score(4, Outcome(1.5)),
        lambda: score(4, Outcome(-0.1)),
        lambda: score(4, Outcome(float("inf"))),
        lambda: score(4, True),  # type: ignore[arg-type]
        lambda: score(4, Outcome(1), weights=(1, 1)),
        lambda: score(4, Outcome(1), weights=(0,)),
        lambda: score(4, Outcome(1), Outcome(0), weights=(float("inf"), 1)),
    ],
)
def test_an_error_of_ours_is_never_full_marks(make: object) -> None:
    with pytest.raises(ValueError):
        make()  # type: ignore[operator]


def test_score_prints_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    score(2, Outcome(1), Outcome(0, "Who makes it?"))
    assert capsys.readouterr().out == "Who makes it?\n"


def test_a_name_stands_before_the_message_of_its_part(capsys: pytest.CaptureFixture[str]) -> None:
    assert score(4, source_b=Outcome(1), cue_b=Outcome(0.5, "Close.")) == 3
    assert capsys.readouterr().out == "cue b: Close.\n"


def test_a_first_article_does_not_matter() -> None:
    assert check("the United States", "United States").credit == 1
    assert check("a", "the").credit == 0


def test_a_function_is_called_one():
    assert kind_of(len) == kind_of(lambda phrase: 1) == "a function"
