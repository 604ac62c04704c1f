"""A neutral rewrite keeps figure, bound, measure and claimant, and each thing that is lost has its own message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.handin.rewrite import check_rewrite

ORIGINAL = "The harbour office claimed that a storm in March killed more than 600 seals."
FAIR = "The harbour office said that a storm in March killed more than 600 seals."


@pytest.mark.parametrize(
    "rewrite",
    [
        FAIR,
        FAIR.upper().replace("MARCH", "March"),
        "According to the harbour office, a storm in March killed more than 600 seals.",
        "A storm in March killed over 600 seals, the harbour office said.",
        "The harbour office announced that more than six hundred seals were killed by a storm in March.",
        "In the words of the harbour office, a storm in March killed more than 600 seals.",
    ],
)
def test_every_fair_wording_counts(rewrite: str) -> None:
    assert check_rewrite(rewrite, ORIGINAL, ["harbour office"]).credit == 1


@pytest.mark.parametrize(
    ("rewrite", "credit", "message"),
    [
        (FAIR.replace("more than ", ""), 2 / 3, "Keep the number and the words that bound it; yours reads “600”."),
        (FAIR.replace("more than", "at least"), 2 / 3, "yours reads “at least 600”."),
        (FAIR.replace("more than 600", "many"), 2 / 3, "The original has “more than 600”."),
        (FAIR.replace("killed", "wounded"), 2 / 3, "What is counted has changed: killed became wounded."),
        (FAIR.replace("seals", "seals and 40 birds"), 2 / 3, "“40” is not in the original. Add no figure."),
        (FAIR.replace("The harbour office", "They"), 2 / 3, "Nobody is named who makes the claim."),
        (FAIR.replace("said", "admitted"), 2 / 3, "“admitted” endorses"),
        (FAIR.replace("said", "estimated"), 2 / 3, "“estimated” tells how somebody knows it"),
        (FAIR.replace("killed", "allegedly killed"), 2 / 3, "“allegedly” keeps a distance"),
        ("A storm in March killed more than 600 seals.", 1 / 3, "No word tells that somebody says it. Nobody is named"),
        ("The harbour office: a storm in March killed 600 seals.", 1 / 3, "No word tells that somebody says it."),
        (ORIGINAL, 0, "This is the sentence as it was."),
        (ORIGINAL.upper(), 0, "This is the sentence as it was."),
        ("The harbour office said so.", 0, "Too little is left of what is claimed."),
        ("", 0, "There is no answer yet."),
        (None, 0, "There is no answer yet."),
        (600, 0, "A text was asked for; this is a number."),
    ],
)
def test_what_is_lost_is_named(rewrite: object, credit: float, message: str) -> None:
    outcome = check_rewrite(rewrite, ORIGINAL, ["harbour office"])
    assert outcome.credit == pytest.approx(credit)
    assert message in outcome.message


def test_words_that_say_what_is_counted_can_be_held() -> None:
    original = "The harbour office claimed that the storm had more than 600 seals killed or badly wounded."
    short = "The harbour office said that the storm had more than 600 seals killed."
    assert check_rewrite(short, original, ["office"]).credit == 1
    assert "“wounded” is missing" in check_rewrite(short, original, ["office"], keep=["wounded"]).message


def test_without_names_the_claimant_is_not_looked_for() -> None:
    assert check_rewrite(FAIR.replace("The harbour office", "They"), ORIGINAL).credit == 1


@given(st.text(max_size=80))
def test_no_text_is_given_up_on(text: str) -> None:
    assert 0 <= check_rewrite(text, ORIGINAL, ["harbour office"]).credit < 1


@given(st.integers(2, 10**7), st.sampled_from(["more than", "at least", "about", "up to", "fewer than"]))
def test_figure_and_bound_are_kept_or_it_is_said(number: int, bound: str) -> None:
    original = f"The harbour office boasted that it had saved {bound} {number:,} seals in March."
    kept = original.replace("boasted", "said")
    assert check_rewrite(kept, original, ["harbour office"]).credit == 1
    assert check_rewrite(kept.replace(f"{bound} ", ""), original, ["harbour office"]).credit < 1
    assert check_rewrite(kept.replace(f"{number:,}", f"{number + 1:,}"), original, ["harbour office"]).credit < 1


def test_loaded_words_count_as_one_part_more_where_they_must_go() -> None:
    original = "The harbour regime bragged that its heroic crews had saved up to 40 seals."
    fair = "The harbour office said that its crews had saved up to 40 seals."
    names = ["harbour"]
    assert check_rewrite(fair, original, names, plain_words=True).credit == 1
    half = check_rewrite(fair.replace("crews", "heroic, heroic crews"), original, names, plain_words=True)
    assert half.credit == pytest.approx(3 / 4) and half.message == "Still loaded: “heroic”."
    assert check_rewrite(fair.replace("crews", "heroic crews"), original, names).credit == 1
