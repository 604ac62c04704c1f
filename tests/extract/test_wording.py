"""Words of a text elsewhere: found again through line breaks and curly marks, copied runs counted, long quotations made short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.extract.wording import MOST, copied_runs, find_words, longest_run, shortened

TEXT = "The mayor’s office said that “more than 1,200” people\nhad left the town. Nobody counted them again on Sunday, the office said."
WORDS = st.lists(st.sampled_from(["a", "b", "c", "said", "1,200"]), max_size=30).map(" ".join)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("more than 1,200", ["more than 1,200"]),
        ("The mayor's office SAID", ["The mayor’s office said"]),
        ("1,200 people had left", ["1,200” people\nhad left"]),
        ("more than 1,200 ... the town", ["more than 1,200", "the town"]),
        ("more than … [...] the office said.", ["more than", "the office said"]),
        ("the town ... more than", []),  # not in this order
        ("1,20", []),
        ("mayors office", []),
        ("", []),
        ("...", []),
        ("—", []),
    ],
)
def test_words_are_found_where_they_stand(words: str, found: list[str]) -> None:
    assert [span.of(TEXT) for span in find_words(TEXT, words)] == found


def test_copied_runs_are_as_long_as_they_go_and_two_are_two() -> None:
    six, seven = "more than 1,200 people had left", "more than 1,200 people had left the"
    assert copied_runs(six, TEXT) == []
    assert [span.of(seven) for span in copied_runs(seven, TEXT)] == [seven]
    both = f"{seven} village. Nobody counted them again on Sunday, the end."
    assert [span.of(both) for span in copied_runs(both, TEXT)] == [seven, "Nobody counted them again on Sunday, the"]
    assert longest_run(both, TEXT) == 7 and longest_run("nothing here", TEXT) == 0 and longest_run("", TEXT) == 0


def test_a_run_that_goes_over_into_another_place_is_two_runs() -> None:
    original = "a b c d e f g. x. d e f g h i j."
    assert [span.of("a b c d e f g h i j") for span in copied_runs("a b c d e f g h i j", original)] == [
        "a b c d e f g",
        "d e f g h i j",
    ]


def test_a_long_quotation_keeps_its_first_and_last_words_and_is_found_again() -> None:
    long = TEXT.split(". ")[0]
    short = shortened(long)
    assert short == "The mayor’s office ... left the town"
    first, last = find_words(TEXT, short)
    assert TEXT[first.start : last.end] == long
    assert shortened("more than 1,200 ... the town") == "more than 1,200 ... the town"
    assert shortened("one two three") == "one two three" and shortened("") == ""


@given(WORDS, WORDS)
def test_what_is_made_short_is_no_copied_run(words: str, text: str) -> None:
    assert all(len(part.split()) <= MOST for part in shortened(words).split(" ... "))
    assert shortened(shortened(words)) == shortened(words)
    assert (longest_run(words, text) > MOST) == bool(copied_runs(words, text))
    assert (words == "") or find_words(words, shortened(words))
