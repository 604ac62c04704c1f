"""Lesson 4: every drawn advertisement can be solved, and what the lesson takes for right is what the record says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from tools import variants

import course
from course.corpus import cases, load_case, quantity_of
from course.corpus.lessons import open_lesson
from course.quantity import Quantity, up_to

LESSON = "04-numbers"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / LESSON / f"{LESSON}.ipynb"


@pytest.fixture(scope="module")
def cells() -> dict[str, NotebookNode]:
    return variants.cells_of(LESSON)


def answers(cell: NotebookNode) -> dict[str, Any]:
    return variants.answers(LESSON, cell.source)


def graded(cells: variants.Cells, task: str, tried: list[tuple[str, str, str]]) -> list[tuple[float, float]]:
    """(points, of how many) of one task for each (case, student, answer)."""
    found = variants.graded(cells, [(task, *one) for one in tried], variants.drawing(cells))
    return [(points, most) for points, most, _ in found]


def test_every_drawn_advertisement_can_be_solved(cells: dict[str, NotebookNode]) -> None:
    students = {open_lesson(LESSON, "flood", name).draw("ads").name: name for name in map(str, range(200))}
    assert sorted(students) == list(range(1, 9))
    tried = [("flood" if number % 2 else "bakhmut-2023", name, "") for number, name in students.items()]
    assert graded(cells, "4-11", tried) == [(3, 3)] * 8


def test_the_worst_price_follows_from_the_words_and_the_old_price(cells: dict[str, NotebookNode]) -> None:
    lesson = open_lesson(LESSON, "flood")
    for number, ad in lesson.table("ads").iterrows():
        row = lesson.table("ads").loc[number]
        found = {"ad": row.rename(number)}
        space = {name: getattr(course, name) for name in course.__all__} | found
        exec(cells["a4-11"].source, space)
        before = int(ad["text"].split(" cost ")[1].split()[0])
        smallest = space["discount"].lower or 0
        assert space["highest_price"] == pytest.approx(before * (1 - smallest / 100)), ad["text"]
        percents = {int(word) for word in ad["text"].split("!")[0].replace("%", "").split() if word.isdigit()}
        assert percents == {end for end in (space["discount"].lower, space["discount"].upper) if end is not None}


def test_the_numbers_and_limits_are_those_on_record(cells: dict[str, NotebookNode]) -> None:
    case, lesson = load_case("bakhmut-2023"), open_lesson(LESSON, "bakhmut-2023")
    wanted: dict[Any, Quantity] = {}
    for cell, names in (("a4-1", ("bounds_a", "bounds_b")), ("a4-3", ("words_a", "words_b"))):
        found = answers(cells[cell])
        wanted |= {number: quantity for name in names for number, quantity in found[name].items()}
    assert sorted(wanted) == list(range(1, 26))
    drawn = answers(cells["a4-6"])["rows"]
    for table, right in (("phrases", wanted), ("to_draw", drawn)):
        rows = lesson.table(table)
        assert list(rows.index) == list(right)
        for key, row in rows.iterrows():
            if row["rests_on"]:
                claim = case.claims[case.claims["id"] == row["rests_on"]].iloc[0]
                assert right[key] == quantity_of(claim), f"{table} {key}: {row['text']}"


def test_what_the_five_bodies_include_is_on_record(cells: dict[str, NotebookNode]) -> None:
    every: dict[str, Any] = {}
    for row in (row for name in cases() for row in load_case(name).definitions.itertuples()):
        every.setdefault(row.claim, row)  # the claimant's own definition stands before that of those who copy it
    found = answers(cells["a4-7"])
    for letter, row in open_lesson(LESSON, "bakhmut-2023").table("definitions").iterrows():
        assert (found["dead"][letter], found["hurt"][letter]) == (
            every[row.rests_on].killed,
            every[row.rests_on].wounded,
        )
    for _, row in open_lesson(LESSON, "bakhmut-2023").table("elsewhere").iterrows():
        assert row["rests_on"] in every


def test_a_quantity_read_with_zero_below_is_as_good(cells: dict[str, NotebookNode]) -> None:
    """Nobody counts below zero: 0 to 210 is a fair reading of "up to 210"."""
    other = cells["a4-1"].source + "\nbounds_a = bounds_a | {5: between(0, 210), 2: at_least(100_001)}"
    assert graded(cells, "4-1", [("flood", "river", other)]) == [(3, 3)]
    assert up_to(210) != Quantity(0, 210)


def test_a_function_that_stops_loses_only_the_phrases_on_which_it_stops(cells: dict[str, NotebookNode]) -> None:
    careless = "read_quantity = lambda phrase: {'up to 450': up_to(450), 'about 300': about(300)}[phrase]"
    ((points, most),) = graded(cells, "4-5", [("flood", "river", careless)])
    assert (points, most) == (0.8, 4)
