"""Answers become plain data and come back the same; what cannot is refused in words that name the part."""

from __future__ import annotations

import datetime as dt
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Quantity, Span, counts, hand_in, more_than, progress
from course.handin import AnswerError, Misunderstanding, from_plain, to_plain

keys = st.one_of(st.text(max_size=5), st.integers(), st.booleans())
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=20,
)


def journey(value: object) -> object:
    return from_plain(json.loads(json.dumps(to_plain(value), allow_nan=False)))


@given(plain)
def test_plain_values_come_back_equal(value: object) -> None:
    assert journey(value) == value


@pytest.mark.parametrize(
    "value",
    [
        more_than(20_000, "more than 20,000"),
        Quantity(15, 15, whole=18, approximate=True),
        Span(3, 9),
        dt.date(2023, 5, 2),
        dt.datetime(2023, 5, 2, 14, 30),
        {1, 2, 3},
        {1: "event", 2: "quantity"},
        {"$": "not a record of ours"},
        [more_than(1), {"a": Span(0, 1)}],
    ],
)
def test_course_values_come_back_equal(value: object) -> None:
    assert journey(value) == value


def test_wording_of_a_quantity_comes_along() -> None:
    back = journey(more_than(20_000, "over 20,000"))
    assert isinstance(back, Quantity) and back.text == "over 20,000"


def test_numpy_values_become_ordinary_ones() -> None:
    back = journey({"a": np.int64(3), "b": np.float64(0.5), "c": np.array([1, 2]), "d": np.bool_(True)})
    assert back == {"a": 3, "b": 0.5, "c": [1, 2], "d": True}
    assert type(back["a"]) is int and type(back["d"]) is bool  # type: ignore[index]


def test_tables_come_back_as_tables() -> None:
    table = pd.DataFrame(
        {"side": ["one", "two"], "killed": [1.5, None], "day": pd.to_datetime(["2023-05-01", "2023-05-02"])}
    )
    back = journey(table)
    assert isinstance(back, pd.DataFrame)
    assert list(back.columns) == ["side", "killed", "day"] and len(back) == 2
    assert back["killed"][0] == 1.5 and math.isnan(back["killed"][1]) and back["day"][1] == pd.Timestamp("2023-05-02")
    named = journey(table.set_index("side"))
    assert list(named.columns) == ["side", "killed", "day"]  # type: ignore[attr-defined]
    series = journey(pd.Series([3, 4], name="n"))
    assert isinstance(series, pd.Series) and series.tolist() == [3, 4]


def test_a_figure_becomes_its_description() -> None:
    back = journey(counts(["event", "event", "cause"], title="Kinds", source="invented"))
    assert isinstance(back, dict) and back["title"] == "Kinds"
    assert {row["label"]: row["count"] for row in back["panels"][0]["counts"]} == {"event": 2, "cause": 1}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (float("nan"), "nan"),
        ([1, float("inf")], r"share\[1\]"),
        (object(), "of type object"),
        (int, "of type type"),
        (open, "of type"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "same name: a"),
    ],
)
def test_what_cannot_be_handed_in_is_named(value: object, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        to_plain(value, "share")


def test_depth_and_size_are_limited() -> None:
    deep: list[object] = []
    for _ in range(50):
        deep = [deep]
    with pytest.raises(AnswerError, match="levels deep"):
        hand_in("1.1", deep=deep)
    with pytest.raises(AnswerError, match="too large"):
        hand_in("1.1", big="x" * 2_000_001)


def test_a_record_of_no_known_kind_is_refused() -> None:
    for record in ({"$": "pickle"}, {"$": "quantity", "lower": "DROP"}, {"$": "span", "start": 1}, {"$": []}):
        with pytest.raises(AnswerError, match="cannot be rebuilt"):
            from_plain(record)


def test_answers_are_copies_not_the_learners_objects() -> None:
    mine = [1, 2]
    answer = hand_in("1.1", numbers=mine)
    mine.append(3)
    assert answer.numbers == [1, 2]


def test_an_object_that_equals_everything_does_not_pass() -> None:
    class Sly(str):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = str.__hash__

    assert type(hand_in("1.1", claimant=Sly("WION")).claimant) is str
    assert hand_in("1.1", claimant=Sly("WION")).claimant != "John Kirby"


def test_a_function_answers_with_plain_data() -> None:
    seen: list[object] = []

    def count(words: list[str]) -> tuple[int, list[str]]:
        seen.append(words)
        return len(words), words

    answer = hand_in("1.2", count=count)
    assert answer.count(["a", "b"]) == [2, ["a", "b"]]
    assert seen == [["a", "b"]]


def test_a_function_that_fails_is_named_with_its_call() -> None:
    answer = hand_in("1.2", read=lambda phrase: int(phrase))
    with pytest.raises(AnswerError, match=r"read\('some 300'\) stopped with ValueError"):
        answer.read("some 300")
    with pytest.raises(AnswerError, match="nan"):
        hand_in("1.2", read=lambda: float("nan")).read()


def test_unanswered_is_none_however_it_is_written() -> None:
    answer = hand_in("1.1", claimant=..., cue=None)
    assert answer.claimant is None and answer.cue is None


def test_a_part_that_was_not_handed_in_is_named() -> None:
    with pytest.raises(AttributeError, match=r"1\.1 has no part 'source'. It has: claimant"):
        _ = hand_in("1.1", claimant="x").source
    with pytest.raises(AnswerError, match="nothing to hand in"):
        hand_in("1.1")


def test_a_part_of_another_form_is_told_with_what_to_look_for() -> None:
    answer = hand_in("1.3", source=("John Kirby",), cue="said", count=3, yes=True)
    with pytest.raises(Misunderstanding, match=r"source should be a text; this is a list. Look for a comma"):
        answer.require(str, "source", "cue")
    with pytest.raises(Misunderstanding, match="count should be a text; this is a number"):
        answer.require(str, "count")
    with pytest.raises(Misunderstanding, match="yes should be a number; this is True or False"):
        answer.require((int, float), "yes")
    answer.require(str, "cue")


@pytest.mark.parametrize("nothing", [None, ..., "", [], {}, {"A": None}])
def test_a_task_without_any_answer_is_met_kindly(nothing: object) -> None:
    with pytest.raises(Misunderstanding, match=r"no answer yet. Write source and cue in the place of None"):
        hand_in("1.3", source=nothing, cue=None).require((str, list, dict), "source", "cue")


def test_what_is_answered_passes_and_the_rest_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    answer = hand_in("9.1", source="a", cue=None, kinds={"A": "event", "B": None}, zero=0, no=False)
    answer.require(str, "source", "cue")
    answer.visible_checks_pass()
    hand_in("9.2", source="a").visible_checks_pass()
    progress()
    one, two, ready, waiting = capsys.readouterr().out.splitlines()
    assert one == "Task 9.1: the visible checks pass. Still without an answer: cue and kinds['B']."
    assert two == "Task 9.2: the visible checks pass. Your answer is ready."
    assert "9.2" in ready and "9.1" in waiting
