"""Marking text: what is marked by hand and what is typed are the same spans, whatever the text and whatever the page sends."""

from __future__ import annotations

import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.corpus import load_case
from course.extract import attributions_in, claims_in
from course.handin import hand_in
from course.widgets import marker, marks

SENTENCE = "John Kirby estimated that Russia had suffered more than 100,000 casualties since December."
MARKED = {"source": [[0, 10]], "cue": [[11, 20]], "content": [[21, 89]]}
json = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 50) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["source", "cue", "x"]), inner),
    max_leaves=12,
)
anything = settings(examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture])


def by_hand(text=SENTENCE, state=MARKED, **more):
    made = marker(text, "1.3", **more)
    made.state = state  # as the page sends it
    return made


def test_marks_by_hand_and_typed_are_the_same():
    typed = marks(
        SENTENCE,
        source="John Kirby",
        cue="estimated",
        content="that Russia had suffered more than 100,000 casualties since December",
    )
    assert by_hand().value == typed == MARKED


def test_marks_are_handed_in_as_plain_data():
    answer = hand_in("1.3", parts=by_hand(), typed=marks(SENTENCE, source="John Kirby"))
    assert answer.parts == MARKED
    assert answer.typed == {"source": [[0, 10]]}


def test_a_text_without_a_mark_is_no_answer():
    answer = hand_in("1.3", parts=marker(SENTENCE, "1.3"))
    with pytest.raises(AssertionError, match="no answer yet"):
        answer.require(dict, "parts")


def test_words_are_those_of_the_text():
    made = by_hand(state=MARKED | {"content": [[26, 32], [21, 25]]})
    assert made.words("source") == "John Kirby"
    assert made.words("content") == "that ... Russia"
    with pytest.raises(ValueError, match="source, cue, content"):
        made.words("verb")


def test_what_is_typed_counts_before_what_is_marked():
    assert by_hand().words("source", "Kirby") == "Kirby" and by_hand().words("cue", None) == "estimated"
    assert marker(SENTENCE, "1.4").words("source", None) == ""


def test_the_other_reading_is_shown_only_after_handing_in():
    made = marker(SENTENCE, "1.3", beside=claims_in(SENTENCE))
    hand_in("1.3", parts=made)
    assert made.other == {}, "nothing was marked yet"
    made.state = MARKED
    assert made.other == {}
    made.words("cue")
    assert made.other == MARKED


def test_claims_attributions_and_annotation_can_stand_beside():
    case = load_case("bakhmut-2023")
    report = case.report("wion")
    for beside in (case.gold("wion"), claims_in(report), attributions_in(report.text), MARKED):
        made = marker(report, "1.x", ("source", "cue", "content", "quantity"), beside=beside)
        made.state = {"source": [[0, 2]]}
        made.plain()
        assert all(made.other[name] for name in ("source", "cue", "content"))
        assert all(0 <= start < end <= len(report.text) for spans in made.other.values() for start, end in spans)
    gold = case.gold("wion")
    made = marker(report, "1.y", ("quantity",), beside=gold)
    made.state = {"quantity": [[0, 2]]}
    made.plain()
    assert {report.text[s:e] for s, e in made.other["quantity"]} == {q["span"]["text"] for q in gold["quantities"]}


@anything
@given(
    text=st.text(alphabet="ab 😀é\n\"'", min_size=1, max_size=40),
    ends=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_the_line_to_type_gives_the_same_marks(text, ends):
    spans = [[a, b] for a, b in ends]
    made = by_hand(text, {"source": spans[:3], "cue": spans[3:], "content": []})
    assert eval(made.typed, {"marks": marks, "report": text}) == made.value
    assert all(0 <= start < end <= len(text) for found in made.value.values() for start, end in found)


@anything
@given(state=st.dictionaries(st.sampled_from(["source", "cue", "content", "other"]), json))
def test_nothing_that_a_page_sends_can_break_it(state):
    made = by_hand(state=state)
    assert set(made.value) == {"source", "cue", "content"}
    assert hand_in("1.3", parts=made).parts == made.value
    assert made.summary() and made.typed


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"verb": "estimated"}, "no label 'verb'"),
        ({"cue": "guessed"}, "does not have the words 'guessed'"),
        ({"cue": "a"}, "Say which"),
        ({"cue": ("estimated", 2)}, "no number 2"),
        ({"cue": [5, 500]}, "89|90"),
        ({"cue": 7}, "in quotation marks"),
    ],
)
def test_mistakes_in_typing_are_explained(words, says):
    with pytest.raises(ValueError, match=says):
        marks(SENTENCE, **words)


def test_words_that_stand_twice_are_told_apart():
    text = "He said that she said so, he said."
    assert marks(text, cue=("said", 2)) == {"cue": [[17, 21]]}
    assert marks(text, cue=[("said", 1), ("said", 3)]) == {"cue": [[3, 7], [29, 33]]}
    assert marks(text, source="she") == {"source": [[13, 16]]}, "whole words come first"


def test_a_marker_needs_a_text_and_known_labels():
    with pytest.raises(TypeError, match="report or a text, not int"):
        marker(7)
    with pytest.raises(ValueError, match="no label 'verb'"):
        marker(SENTENCE, labels=["verb"])


def test_the_words_for_it_name_what_is_marked_and_what_is_not():
    made = by_hand(state={"source": [[0, 10]]})
    assert made.summary() == "Marked as source: John Kirby. Not marked: cue, content."
    assert "John Kirby" in repr(made)


def test_a_task_that_asks_for_the_words_shows_the_line_with_the_words():
    made = marker(SENTENCE, "1.3", ("source", "cue", "content"), in_words=True)
    assert made.typed == "source, cue, content = None, None, None"
    made.state = MARKED | {"content": []}
    space = {}
    exec(made.typed, space)
    typed = {name: space[name] for name in ("source", "cue", "content")}
    assert {name: made.words(name, None) for name in typed} == typed | {"content": ""}
    assert typed == {"source": "John Kirby", "cue": "estimated", "content": None}
