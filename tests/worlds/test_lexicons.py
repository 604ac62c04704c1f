"""Loaded words and disclaimers: usable as they stand, and the same for all sides."""

import re

import pandas as pd

from course.corpus.places import data_folder
from course.corpus.worlds import load_world

LOADED = pd.read_csv(data_folder() / "lexicons" / "loaded-words.csv", keep_default_na=False)
DISCLAIMERS = pd.read_csv(data_folder() / "lexicons" / "disclaimers.csv", keep_default_na=False)


def test_no_word_stands_twice_and_all_are_in_lower_case():
    for words in (LOADED["word"], DISCLAIMERS["phrase"]):
        assert words.is_unique
        assert list(words) == [word.lower() for word in words]


def test_no_alternative_is_itself_a_loaded_word():
    loaded = set(LOADED["word"])
    for word, alternatives in zip(LOADED["word"], LOADED["neutral"], strict=True):
        for one in alternatives.split(";"):
            assert one.strip() and one.strip() not in loaded, f"{word}: {one}"


def test_no_entry_names_a_real_state_or_its_people():
    named = set(re.findall(r"\b[A-Z]\w+", " ".join(LOADED["word"] + " " + LOADED["neutral"] + " " + LOADED["why"])))
    assert named <= {"Names", "Says", "Judges", "Praises", "Makes"}


def test_there_are_words_against_and_for_a_side_and_words_that_make_small():
    assert (LOADED["kind"].value_counts() >= 10).all()
    assert {"people", "body", "act", "praise", "softening", "alarm", "verb"} == set(LOADED["kind"])


def test_the_worlds_use_loaded_words_against_either_side():
    against = {
        "border": ("invader", "aggressor", "hostile"),
        "flood": ("careless", "polluter", "negligent", "free-rider"),
    }
    for name, words in against.items():
        world = load_world(name)
        sides = world.sources.set_index("name")["side"]
        outlets = world.reports.set_index("id")["outlet"]
        users = {
            sides[outlets[id]]
            for id, gold in world.gold.items()
            for span in gold["loaded"]
            if any(word in span["text"].lower() for word in words)
        }
        assert len(users - {"none"}) == 2
