"""The annotation of a digest, as a user of the course gets it."""

from __future__ import annotations

import pytest

from course.corpus import load_case


def test_gold_of_a_digest_names_who_claims_what() -> None:
    case = load_case("bakhmut-2023")
    gold, text = case.gold("wion"), case.report("wion").text
    said = {one["id"]: one for one in gold["attributions"]}
    [told] = [one for one in said.values() if one["cue"][0]["text"] == "told"]
    assert told["claimant"] == "John Kirby" and told["source"][0]["text"] == "He"
    deaths = [one for one in gold["quantities"] if one["measure"] == "killed"]
    assert {said[one["by"]]["claimant"] for one in deaths} == {"United States", "John Kirby"}
    assert all((one["lower"], one["upper"], one["lower_open"]) == (20000, None, True) for one in deaths)
    [warning] = gold["disclaimers"]
    assert text[warning["span"]["start"] : warning["span"]["end"]].endswith("cannot verify every statement.")


def test_quantity_is_carried_by_the_innermost_attribution() -> None:
    gold = load_case("bakhmut-2023").gold("babel")
    by = {one["id"]: one for one in gold["attributions"]}
    first = gold["quantities"][0]
    assert by[first["by"]]["claimant"] == "White House"
    assert by[by[first["by"]]["nested_in"]]["claimant"] == "Babel"


def test_gold_is_fresh_on_every_call() -> None:
    case = load_case("bakhmut-2023")
    case.gold("wion")["attributions"].clear()
    assert case.gold("wion")["attributions"]


def test_unknown_digest_is_told_what_there_is() -> None:
    with pytest.raises(KeyError, match="wion"):
        load_case("bakhmut-2023").gold("times")
