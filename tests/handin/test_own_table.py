"""A table of claims about a text that nobody knows beforehand: what is whole, what stands in the text, and no passage of it in a message."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import claim_entry, claims_table, counts, hand_in, more_than, ranges, up_to
from course.extract.wording import longest_run
from course.handin import Misunderstanding, own_table

TEXT = """Bridge count splits the town

MILLFORD, May 3 — The city’s traffic office said on Friday that “more than 4,200” cyclists had crossed the Old Bridge in April. The cycle club,
which runs a counter of its own, claimed that the true figure was “at least 6,000”. “We count every wheel,” said Dana Orrick, the club’s secretary.

The shopkeepers’ league estimated that up to 300 customers a day were lost because of the closed lane. It did not say how it had worked that out."""


def good() -> list[dict[str, Any]]:
    return [
        claim_entry(
            TEXT, claimant="traffic office", source="The city's traffic office", cue="said", content="more than 4,200 ... crossed the Old Bridge",
            stance="neutral", quantity="more than 4,200", number=more_than(4200), measure="crossed", unit="cyclists",
        ),
        claim_entry(
            TEXT, claimant="cycle club", source="The cycle club", cue="claimed", content="the true figure was ... at least 6,000",
            stance="distancing", quantity="at least 6,000", lower=6000, measure="crossed", unit="cyclists",
        ),
        claim_entry(TEXT, claimant="Dana Orrick", source="Dana Orrick", cue="said", content="We count every wheel", stance="neutral"),
        claim_entry(
            TEXT, claimant="shopkeepers' league", source="The shopkeepers’ league", cue="estimated", content="up to 300 customers ... lost",
            stance="evidential", quantity="up to 300", number=up_to(300), measure="lost", unit="customers",
        ),
    ]  # fmt: skip


def changed(number: int, **entries: Any) -> list[dict[str, Any]]:
    claims = good()
    claims[number - 1] = {**claims[number - 1], **entries}
    return claims


def outcomes(value: Any) -> dict[str, own_table.Outcome]:
    claims = own_table.read_claims(hand_in("10.3", claims=value).claims)
    return {
        "entries": own_table.check_entries(claims),
        "claimants": own_table.check_claimants(claims, "Millford Post"),
        "numbers": own_table.check_numbers(claims, TEXT),
        "stances": own_table.check_stances(claims),
        "words": own_table.check_words(claims, TEXT),
    }


@pytest.mark.parametrize("form", [list, pd.DataFrame, claims_table])
def test_a_whole_table_earns_everything_and_nothing_is_said(form: Any) -> None:
    for name, outcome in outcomes(form(good())).items():
        assert (outcome.credit, outcome.message) == (1, ""), name


@pytest.mark.parametrize(
    ("claims", "part", "credit", "said"),
    [
        (good()[:2], "entries", 0.5, "Claims so far: 2. At least 4"),
        (changed(1, cue=""), "entries", 0.95, "Claim 1 still needs: cue."),
        (changed(1, stance="doubtful"), "entries", 0.875, "Claim 1, to mend: stance."),
        (changed(1, lower="many"), "entries", 0.875, "Claim 1, to mend: lower."),
        (changed(1, lower=[1]), "entries", 0.875, "Claim 1, to mend: lower."),
        (changed(1, lower=9, upper=3), "entries", 0.875, "Claim 1, to mend: upper."),
        (changed(2, content=good()[0]["content"]), "entries", 0.75, "Claims 1 and 2 claim the same."),
        ([{**one, "claimant": "Orrick"} for one in good()], "claimants", 0.5, "Who else says something"),
        ([{**good()[0], "claimant": "Dana Orrick"}, {**good()[1], "claimant": "Orrick"}], "claimants", 0.5, "Who else"),
        (changed(3, claimant="She"), "claimants", 0.875, "Claim 3: the claimant is a pronoun."),
        ([{**one, "claimant": "The Millford Post"} for one in good()], "claimants", 0, "The outlet prints these claims."),
        (changed(1, unit=""), "numbers", 1, ""),  # the two others suffice
        (good()[:1], "numbers", 0.5, "At least 2 claims with a number"),
        ([{**one, "unit": ""} for one in good()[:2]], "numbers", 2 / 3, "Claim 1 has a number, but no unit."),
        ([good()[0], {**good()[1], "lower_open": True}], "numbers", 0.75, "Claim 2: the number is right, but its bounds"),
        ([good()[0], {**good()[1], "lower": 600}], "numbers", 0.5, "Claim 2: the bounds are another number"),
        ([good()[0], {**good()[1], "lower": None}], "numbers", 0.5, "Claim 2 has the words of a number, but no bound."),
        (changed(2, stance="neutral"), "stances", 0.75, "Claim 2: do you mean that the cue only passes it on?"),
        (changed(2, cue="shouted"), "words", 14 / 15, "Claim 2: cue does not stand in the text like this."),
        (changed(2, content="the true figure was “at least 6,000”"), "words", 14 / 15, "Claim 2: content has more than 6 words in a row."),
        (changed(3, content="wheel"), "words", 14 / 15, "Claim 3: one word is no claim."),
    ],
)  # fmt: skip
def test_each_slip_costs_its_own_part_and_is_named(claims: Any, part: str, credit: float, said: str) -> None:
    outcome = outcomes(claims)[part]
    assert outcome.credit == pytest.approx(credit) and said in outcome.message


def test_readings_that_mean_the_same_are_as_good() -> None:
    for entries in ({"lower": 4201, "lower_open": False}, {"lower": 4200.0}):
        assert outcomes(changed(1, **entries)[:2])["numbers"].credit == 1
    assert outcomes([*good()[:1], {**good()[3], "lower": 0}])["numbers"].credit == 1
    assert outcomes(changed(3, cue="We", stance="evidential"))["stances"].credit == 1, "The list does not know the cue"


@pytest.mark.parametrize("nothing", [None, []])
@pytest.mark.parametrize("odd", [5, "text", [5], ["text"], {1, 2}, True])
def test_what_is_no_table_is_met_kindly(nothing: Any, odd: Any) -> None:
    with pytest.raises(Misunderstanding, match="There is no claim yet"):
        own_table.read_claims(nothing)
    with pytest.raises(Misunderstanding, match="claim_entry"):
        own_table.read_claims(odd)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*good()[0], "period_start", "odd"]), ANY | st.sampled_from([TEXT, TEXT[:90]])),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_stands_in_a_table_no_check_stops_and_no_message_repeats_the_text(
    claims: list[dict[str, Any]],
) -> None:
    claims = own_table.read_claims(claims)
    claims_table(claims)
    checks = [own_table.check_entries(claims), own_table.check_claimants(claims, "x"), own_table.check_stances(claims)]
    checks += [own_table.check_numbers(claims, TEXT), own_table.check_words(claims, TEXT)]
    checks += [own_table.check_own_words({"summary": claims[0].get("content")}, TEXT)]
    for outcome in checks:
        assert 0 <= outcome.credit <= 1
        assert longest_run(outcome.message, TEXT) <= 6


def test_the_quotation_limit_counts_words_in_a_row_and_not_names() -> None:
    copied = "which runs a counter of its own, claimed"
    outcome = own_table.check_own_words(
        {"summary": copied, "why": "It runs a counter of its own.", "title": None}, TEXT
    )
    assert outcome.credit == pytest.approx(1 / 3)
    assert "summary: 8 words in a row" in outcome.message and "title: there is no text yet." in outcome.message
    assert longest_run(outcome.message, TEXT) <= 6
    long_name = "A counter of its own claimed that"
    assert own_table.check_own_words({"summary": long_name}, TEXT, ["counter of its own"]).credit == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "There is no article yet."),
        ("  ", "There is no article yet."),
        ("The mayor said so.", "Your text has 4 words."),
        (
            "Le maire a dit hier que plus de quatre cents personnes ont traversé le pont. " * 6,
            "does not look like English",
        ),
        (TEXT, ""),
    ],
)
def test_a_text_that_cannot_be_worked_on_is_told_at_once(text: Any, said: str) -> None:
    found = own_table.check_article(text)
    assert found.startswith(said) if said in ("", "There is no article yet.") else said in found
    assert bool(found) == bool(said)


def test_a_chart_of_something_else_is_not_one_of_the_table() -> None:
    table = claims_table(good())
    for figure in (
        ranges(table[table.unit == "cyclists"], source="x"),
        counts(table.stance, source="x"),
        counts(table.claimant, source="x"),
    ):
        assert own_table.check_drawn(hand_in("10.6", chart=figure).chart, good()).credit == 1
    other = counts(["apples", "pears"], source="x")
    assert own_table.check_drawn(hand_in("10.6", chart=other).chart, good()).credit == 0
