"""Lesson 8: every drawn weather chart can be solved, and what the lesson takes for right is what the record and the linter say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat import NotebookNode
from tools import variants

import course
from course.chart import lint
from course.chart.specimens import specimens
from course.corpus import cases, lexicon, load_case, quantity_of
from course.corpus.lessons import open_lesson
from course.extract import loaded_words_in
from course.quantity import Quantity, at_least
from course.widgets import twisted

LESSON = "08-frames"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / LESSON / f"{LESSON}.ipynb"
BOTH = ("bakhmut-2023", "flood")
PUSH = {"verb": "judges", "act": "judges", "people": "judges", "body": "judges", "alarm": "enlarges", "softening": "shrinks", "praise": "praises"}  # fmt: skip


@pytest.fixture(scope="module")
def cells() -> dict[str, NotebookNode]:
    return variants.cells_of(LESSON)


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    every = pd.concat([load_case(name).claims for name in cases()])
    return every.set_index("id")


def answers(cell: NotebookNode, case: str = variants.REAL, **known: Any) -> dict[str, Any]:
    return variants.answers(LESSON, cell.source, case=case, **known)


def graded(
    cells: variants.Cells, task: str, tried: list[tuple[str, str, str]], *before: str
) -> list[tuple[float, float]]:
    """(points, of how many) of one task for each (case, student, answer)."""
    found = variants.graded(cells, [(task, *one) for one in tried], *(cells[name] for name in before))
    return [(points, most) for points, most, _ in found]


# --- what is on record -------------------------------------------------------------------------------------------------


def test_the_pushes_are_those_of_the_list(cells: dict[str, NotebookNode]) -> None:
    known = lexicon("loaded-words").set_index("word")["kind"]
    for case in BOTH:
        pushes = answers(cells["a8-1"], case)["pushes"]
        for letter, text in open_lesson(LESSON, case).table("words")["text"].items():
            word = text.split("[")[1].split("]")[0]
            if word == "special military operation":  # the list has it without the middle word
                word = "special operation"
            assert pushes[letter] == (PUSH[known[word]] if word in known.index else "plain"), word


def test_the_pairs_and_grounds_treat_both_sides_alike() -> None:
    for case, sides in (("bakhmut-2023", ("Cassivar", "Pellandra")), ("flood", ("Corrance", "Wendry"))):
        for letter, text in open_lesson(LESSON, case).table("pairs")["text"].items():
            one, other = text.split(". ")
            first, second = (sorted(found.word for found in loaded_words_in(part)) for part in (one, other))
            assert all(side in text for side in sides)
            swapped = one.replace(sides[0], "@").replace(sides[1], sides[0]).replace("@", sides[1])
            if letter in "be":
                assert swapped == other.rstrip(".") and first == second == []
            if letter == "c":
                assert first == second == ["heroes"]


def test_the_two_numbers_are_those_on_record(claims: pd.DataFrame) -> None:
    lesson = open_lesson(LESSON, "bakhmut-2023")
    for _, row in lesson.table("two_numbers").iterrows():
        assert row["value"] == quantity_of(claims.loc[row["rests_on"]]).value
    assert "Ukrainian General Staff" in claims.loc["U024", "basis"]
    flood = open_lesson(LESSON, "flood").table("two_numbers")["value"].tolist()
    assert flood == [2_040, 3_470]
    assert "2,040" in course.load_world("flood").claims.set_index("id").loc["F20", "note"]


@pytest.mark.parametrize("table", ["charts", "ends", "bad"])
def test_every_number_that_is_drawn_is_on_record(claims: pd.DataFrame, table: str) -> None:
    for letter, row in open_lesson(LESSON, "bakhmut-2023").table(table).iterrows():
        ids = [id for id in (row["rests_on"], *row["also_rests_on"].split("; ")) if id]
        recorded = set()
        for id in ids:
            quantity = quantity_of(claims.loc[id])
            recorded |= {quantity.lower, quantity.upper, quantity.whole, claims.loc[id, "point"]}
        drawn = [row["values"], row["low"], row["high"]] if table != "ends" else [row["low"], row["high"]]
        drawn += [row["values"]] if table == "ends" and row["values"] else []
        numbers = {float(part) for cell in drawn for part in str(cell).split(";") if part.strip()}
        note = " ".join(claims.loc[id, "note"] for id in ids).replace(",", "")
        missing = {number for number in numbers if number not in recorded and f"{number:.0f}" not in note}
        assert numbers and not missing, (table, letter, missing)


def test_an_interval_has_a_percentage_on_record_and_nothing_else_has(
    cells: dict[str, NotebookNode], claims: pd.DataFrame
) -> None:
    ends = answers(cells["a8-7"])["ends"]
    for letter, row in open_lesson(LESSON, "bakhmut-2023").table("ends").iterrows():
        claim = claims.loc[row["rests_on"]]
        quantity = quantity_of(claim)
        assert (ends[letter] == "interval") == ("95 % interval" in claim["basis"])
        assert (ends[letter] == "open") == (quantity.lower is None or quantity.upper is None)
        assert (ends[letter] == "said") == claim["basis"].startswith("not stated")
        for number in {quantity.lower, quantity.upper} - {None}:
            assert f"{number:,}" in row["text"]


def test_the_claims_to_draw_are_those_on_record(cells: dict[str, NotebookNode], claims: pd.DataFrame) -> None:
    rows = answers(cells["a8-8"])["rows"]
    table = open_lesson(LESSON, "bakhmut-2023").table("to_repair")
    for letter, row in table.iterrows():
        claim = claims.loc[row["rests_on"]]
        assert rows[letter] == quantity_of(claim)
        for end in ("period_start", "period_end"):
            assert claim[end].strftime("%B") in row["text"], (letter, end)
    flood = course.load_world("flood").claims.set_index("id")
    made = answers(cells["a8-8"], "flood")["rows"]
    assert made["a"] == Quantity(flood.loc["F02", "lower"], None, lower_open=True)
    assert made["d"].value == flood.loc["F04", "lower"] and "217 in Corrance" in flood.loc["F09", "note"]


# --- what the linter says ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", BOTH)
def test_the_linter_finds_in_each_chart_what_the_answer_says(cells: dict[str, NotebookNode], case: str) -> None:
    findings = answers(cells["a8-6"], case)["findings"]
    for letter, row in open_lesson(LESSON, case).table("charts").iterrows():
        assert [finding.rule for finding in lint(specimens(row))] == [findings[letter]] * (
            findings[letter] != "nothing"
        )


@pytest.mark.parametrize("case", BOTH)
def test_each_twist_is_found_alone_and_the_shape_is_not(case: str) -> None:
    lesson = open_lesson(LESSON, case)
    numbers = lesson.table("two_numbers").set_index("name")["value"].to_dict()
    words = lesson.table("chart_words")["text"].to_dict()
    for twist, rules in (
        ({}, []),
        ({"start": 500}, ["bars not from zero"]),
        ({"upside_down": True}, ["upside down"]),
        ({"with_label": False}, ["no label"]),
        ({"with_source": False}, ["no source"]),
        ({"shape": "tall and narrow"}, []),
        ({"shape": "wide and flat"}, []),
    ):
        assert [finding.rule for finding in lint(twisted(numbers, **words, **twist))] == rules, twist


def test_the_sentences_follow_from_the_honest_chart() -> None:
    """q and r of task 8.4: the change in the data, and the one that the cut bars show."""
    march, april = open_lesson(LESSON, "bakhmut-2023").table("two_numbers")["value"]
    assert 0.25 < (march - april) / march < 0.29 and 0.72 < (march - april) / (march - 500) < 0.78
    before, after = open_lesson(LESSON, "flood").table("two_numbers")["value"]
    assert 0.68 < (after - before) / before < 0.72 and after / before < 3 < (after - 1_500) / (before - 1_500)


# --- what earns points -------------------------------------------------------------------------------------------------


def test_every_drawn_weather_chart_can_be_solved(cells: dict[str, NotebookNode]) -> None:
    students = {open_lesson(LESSON, "flood", name).draw("weather").name: name for name in map(str, range(200))}
    assert sorted(students) == list(range(1, 9))
    tried = [("flood" if number % 2 else "bakhmut-2023", name, "") for number, name in students.items()]
    assert graded(cells, "8-11", tried, "weather") == [(3, 3)] * 8


def test_a_hand_on_the_widget_counts_as_much_as_a_typed_dict(cells: dict[str, NotebookNode]) -> None:
    moved = (
        'twister.state = twister.state | {"start": 0, "upside_down": False, "label": True, "source": True}\n'
        'settings = None\nfollows = ["p", "q"]'
    )
    untouched = 'settings = None\nfollows = ["p", "q"]'
    tried = [(case, "river", answer) for case in BOTH for answer in (untouched, moved)]
    found = graded(cells, "8-4", tried, "bad-chart", "twister")
    assert found == [(1, 2), (2, 2)] * 2


def test_other_good_readings_earn_full_credit(cells: dict[str, NotebookNode]) -> None:
    for task, before, more in (
        ("8-1", (), 'pushes |= {"C": "shrinks", "D": "Shrinks "}'),
        ("8-5", ("bad-chart",), "in_data, shown, lie = 26.8, -75, 2.8"),
        ("8-5", ("bad-chart",), "lie_factor = lambda first, second, start: round(first / (first - start), 2)"),
        (
            "8-8",
            (),
            'rows["b"] = at_least(21_700)\nfigure = ranges(rows, title="Four", measure="killed", unit="persons", source="x", caveat="They are not about the same months.")',
        ),
        (
            "8-3",
            (),
            'rewrite_a = "Up to 40 Cassivari soldiers were killed at the Calvane bridge, according to Pellandra\'s army command."',
        ),
    ):
        answer = cells[f"a{task}"].source.replace("show(figure)", "") + "\n" + more
        ((points, most),) = graded(cells, task, [("bakhmut-2023", "river", answer)], *before)
        assert points == most, (task, more)
    assert at_least(21_700) != Quantity(21_700, 21_700)


@pytest.mark.parametrize(
    ("task", "before", "careless", "points"),
    [
        ("8-2", (), 'uneven = ["a", "d"]', 1),
        ("8-2", (), 'may_stand = ["p", "q", "r", "s"]', 0),
        ("8-3", (), "rewrite_a = None", 1.5),
        ("8-5", ("bad-chart",), "in_data = shown = lie = None\nlie_factor = print", 0),
        ("8-5", ("bad-chart",), "lie_factor = lambda first, second, start: 1 / start", 1.5),
        ("8-8", (), "figure = None", 1.5),
        ("8-8", (), "words = None", 2.5),
    ],
)
def test_a_careless_part_costs_its_own_points(
    cells: dict[str, NotebookNode], task: str, before: tuple[str, ...], careless: str, points: float
) -> None:
    blank = re.sub(r"### BEGIN SOLUTION.*### END SOLUTION", "", cells[f"a{task}"].source, flags=re.DOTALL)
    answer = (blank if task == "8-2" else cells[f"a{task}"].source) + "\n" + careless
    assert graded(cells, task, [("flood", "river", answer)], *before)[0][0] == points


def test_whiskers_are_not_all_confidence_intervals(cells: dict[str, NotebookNode]) -> None:
    """Who takes every bar with ends for an interval has two of six."""
    answer = 'ends = dict.fromkeys("ABCDEF", "interval")'
    assert graded(cells, "8-7", [("flood", "river", answer)]) == [(1, 3)]
