"""Loaded words are found by one list for every side, where they stand and no other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.corpus import lexicon, load_world, swap_sides, worlds
from course.extract.loaded import loaded_words_in

LISTED = lexicon("loaded-words")["word"].tolist()


def words(text: str) -> list[str]:
    return [found.word for found in loaded_words_in(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The HEROIC crews held the so-called wall.", ["heroic", "so-called"]),
        ("It was a terror attack, he said.", ["terror attack"]),
        ("Friendly\nfire near the gate.", ["friendly fire"]),
        ("The polluter's water came.", ["the polluter"]),
        ("A heroically anti-regime unheroic paper.", []),
        ("", []),
    ],
)
def test_whole_words_are_found_and_the_longest_of_them(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


@pytest.mark.parametrize("word", LISTED)
def test_every_listed_word_is_found(word: str) -> None:
    text = f"They wrote: {word.upper()}, and no more."
    (found,) = loaded_words_in(text)
    assert (found.word, found.span.of(text)) == (word, word.upper())
    assert found.kind and found.neutral and found.why


@pytest.mark.parametrize("world", worlds())
def test_swapped_sides_have_the_same_loaded_words(world: str) -> None:
    reports = load_world(world)
    counted = 0
    for id in reports.reports["id"]:
        report = reports.report(id)
        assert words(report.text) == words(swap_sides(report).text), id
        counted += len(words(report.text))
    assert counted > 15


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for found in loaded_words_in(text):
        assert " ".join(found.span.of(text).casefold().split()) == found.word
