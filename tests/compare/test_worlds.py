"""The same calls on the practice worlds: what is planted in them is found, in the war and in the flood alike."""

from __future__ import annotations

import pytest

from course.compare import (
    chain,
    comparable,
    consistent,
    coverage,
    independent_sources,
    mutations,
    percent_of_what,
    precision_recall,
    row_of,
    shared_errors,
    silences,
)
from course.compare.copied_errors import clocks_in
from course.corpus.worlds import World, load_world


@pytest.fixture(scope="module", params=["border", "flood"])
def world(request: pytest.FixtureRequest) -> World:
    return load_world(request.param)


def letter(world: World) -> str:
    return "B" if world.name == "border" else "F"


def test_the_copied_hour_is_found_from_the_notes_and_from_the_texts(world: World) -> None:
    planted = world.errors
    copies = set(planted.loc[planted["shared"] == "E1", "report"])
    (noted,) = (one for one in shared_errors(world) if set(one.reports) == copies)
    assert noted.right.startswith("02") and len(noted) >= 3
    (read,) = shared_errors(dict(zip(world.reports["id"], world.reports["text"], strict=True)), hours_ahead=2)
    assert copies <= set(read.reports)  # and the correction, which repeats it
    assert read.right == "0215 GMT"


def test_the_clocks_are_found_where_they_stand(world: World) -> None:
    slips = world.errors[world.errors["kind"] == "time-slip"]
    for row in slips.itertuples():
        found = [one.span for one in clocks_in(world.report(row.report).text)]
        assert precision_recall(found, row.span_spans).overlapping.recall == 1


def test_two_who_name_each_other_have_no_origin(world: World) -> None:
    rumour = chain(world, f"{letter(world)}18")
    assert rumour.circular and len(rumour.roots) == 1 and rumour.depth == 1
    answer = independent_sources(world, f"{letter(world)}18")
    assert len(answer) == 1 and "name each other" in answer.roots[0]


def test_a_series_worked_out_from_another_is_the_same_source(world: World) -> None:
    first, second = f"{letter(world)}07", f"{letter(world)}21"
    assert len(independent_sources(world, [first, second])) == 1
    assert len(independent_sources(world, [first, f"{letter(world)}01"])) == 2


def test_another_definition_and_another_period_are_reasons(world: World) -> None:
    side = letter(world)
    answer = comparable(row_of(world, f"{side}01"), row_of(world, f"{side}07"), world.definitions)
    assert "measure" in answer.aspects
    later = comparable(row_of(world, f"{side}06"), row_of(world, f"{side}19"), world.definitions)
    assert "period" in later.aspects and "2041" in str(later)


def test_the_remainder_of_two_bounds_does_not_follow(world: World) -> None:
    side = letter(world)
    kinds = {one.claims: one.kind for one in consistent(world.claims)}
    assert kinds[(f"{side}01", f"{side}02")] == "does not follow"
    assert kinds[(f"{side}03", f"{side}02")] == "reckoned"


def test_41_and_70_percent_again() -> None:
    found = percent_of_what(41, 3_470, 2_040)
    assert found.fits == "less" and "70 percent more" in str(found)


def test_the_ledger_and_the_coverage_hold_every_carrier(world: World) -> None:
    matrix = coverage(world)
    for id in world.claims["id"]:
        ledger = mutations(world, id)
        assert set(ledger["report"]) == set(world.coverage.loc[world.coverage["claim"] == id, "report"])
        if id in matrix:
            assert (matrix[id] != "").sum() == len(ledger)
    denied = mutations(world, f"{letter(world)}01").set_index("report")["reply"]
    assert {"given", "missing"} <= set(denied)


def test_denials_without_a_number_are_silences(world: World) -> None:
    found = {silence.declined for silence in silences(world)}
    assert {(f"{letter(world)}05",), (f"{letter(world)}08",)} <= found


def test_silences_speak_of_people_where_everyone_is_counted() -> None:
    told = " ".join(map(str, silences(load_world("flood"), claims=["F01", "F05", "F06", "F08"])))
    assert "losses among its own people" in told and "everyone" not in told
