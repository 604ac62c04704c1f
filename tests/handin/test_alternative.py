"""A chart in words: figures keep their bounds, claimants their names, and something is said of what is not known."""

from __future__ import annotations

import pytest

from course.chart import ranges, text_alternative
from course.handin import Readings
from course.handin.alternative import check_text_alternative
from course.quantity import at_least, between, exactly, more_than

FIGURES = {"a": more_than(300), "b": Readings({exactly(217): "", at_least(217): ""}), "c": between(250, 400)}
CLAIMANTS = {"a": ("Water Board",), "b": ("Tally",), "c": ("US", "helpers")}
GOOD = (
    "Three counts of one flood. The Water Board estimates more than 300 dead, the Quenna Tally knows 217 by name, and "
    "helpers speak of between 250 and 400. The periods differ, and the first number has no upper limit."
)


@pytest.mark.parametrize(
    "words",
    [
        GOOD,
        GOOD.replace("217", "at least 217").replace("more than 300", "over 300"),
        GOOD.replace("between 250 and 400", "250 to 400").replace("helpers", "the US"),
        GOOD.replace(
            "The periods differ, and the first number has no upper limit.", "Nobody knows how many there really were."
        ),
        "Dead in the flood. Water Board: >300. Quenna Tally 217, by name. US 250 to 400. They are not about the same days.",
        "Dead in the flood: the Water Board more than 300, Tally 217, helpers from 250 up to 400. Nobody says how they counted.",
        GOOD.replace("The periods differ, and the first number has no upper limit.", "All three are only estimates."),
    ],
)
def test_every_honest_wording_counts(words: str) -> None:
    outcome = check_text_alternative(words, FIGURES, CLAIMANTS)
    assert (outcome.credit, outcome.message) == (1, "")


@pytest.mark.parametrize(
    ("words", "credit", "message"),
    [
        (GOOD.replace("more than ", ""), 8 / 9, "The number of row a is there, but not the words that bound it."),
        (GOOD.replace("between 250 and 400", "400"), 8 / 9, "The number of row c is there, but not the words"),
        (GOOD.replace("between 250 and 400", "many"), 8 / 9, "Not found: the number of row c."),
        (GOOD.replace("The Water Board", "The board"), 8 / 9, "Nobody is named for row a."),
        (GOOD.replace("helpers speak", "they tell us"), 8 / 9, "Nobody is named for row c."),
        (
            GOOD.split(" The periods")[0],  # to estimate is how one knows, not what nobody knows
            2 / 3,
            "Nothing is said of what is not known, or does not fit together.",
        ),
        ("A chart about the dead of the flood.", 0, "too short"),
        ("", 0, "There is no answer yet."),
        (None, 0, "There is no answer yet."),
        (7, 0, "A text was asked for; this is a number."),
    ],
)
def test_what_is_lost_is_named(words: object, credit: float, message: str) -> None:
    outcome = check_text_alternative(words, FIGURES, CLAIMANTS)
    assert outcome.credit == pytest.approx(credit)
    assert message in outcome.message


def test_the_words_of_the_program_are_not_the_learners_own() -> None:
    chart = ranges({"a": more_than(300)}, measure="dead", unit="persons", source="invented")
    words = text_alternative(chart)
    assert check_text_alternative(words, {"a": more_than(300)}, {"a": ("a",)}, words).credit == 0


@pytest.mark.parametrize("number", ["20,000", "20000", "20 000", "20\u202f000"])
def test_thousands_may_be_written_in_any_way(number: str) -> None:
    words = f"The chart shows one number only. The Water Board estimates more than {number} dead; nobody knows how it counted."
    assert check_text_alternative(words, {"a": more_than(20_000)}, {"a": ("Water Board",)}).credit == 1
    assert check_text_alternative(words, {"a": exactly(20_000)}, {"a": ("Water Board",)}).credit < 1
