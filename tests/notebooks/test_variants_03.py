"""Lesson 3: every drawn review and report can be solved, both pairs are true swaps, and the table of cues is what is on record."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from course import stance_of
from course.corpus import Report, load_case, load_world
from course.corpus.lessons import open_lesson
from course.corpus.swap import swap_sides

LESSON = "03-verbs"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / LESSON / f"{LESSON}.ipynb"
REPORTS = ("01", "06", "17")


def chosen(cell: NotebookNode, student: str) -> NotebookNode:
    return NotebookNode(
        cell | {"source": cell.source.replace('"bakhmut-2023"', '"flood"').replace('"anyone"', f'"{student}"')}
    )


def run(cells: list[NotebookNode]) -> list[NotebookNode]:
    named = [NotebookNode(cell | {"id": f"{cell.id}-{number}"}) for number, cell in enumerate(cells)]
    notebook = nbformat.v4.new_notebook(cells=named)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return list(notebook.cells)


@pytest.fixture(scope="module")
def cells() -> dict[str, NotebookNode]:
    return {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells}


def test_every_drawn_review_can_be_solved(cells: dict[str, NotebookNode]) -> None:
    students = {open_lesson(LESSON, "flood", name).draw("reviews").name: name for name in map(str, range(100))}
    assert sorted(students) == list(range(1, 9))
    draw = next(cell for cell in cells.values() if "lesson.draw(" in cell.source)
    parts = [cells["set-up"]]
    for student in students.values():
        parts += [chosen(cells["choose"], student), draw, cells["a3-11"], cells["t3-11"]]
    earned = [determine_grade(cell) for cell in run(parts) if cell.id.startswith("t3-11")]
    assert earned == [(3, 3)] * 8


def test_in_every_report_that_can_be_drawn_no_stance_changes_and_the_title_does(cells: dict[str, NotebookNode]) -> None:
    assert str(list(REPORTS)).replace("'", '"') in cells["swap"].source
    for world in ("border", "flood"):
        for number in REPORTS:
            report = load_world(world).report(f"{world}-{number}")
            other = swap_sides(report)
            assert not other.title.endswith(report.title)
            assert "distancing" in {stance_of(word) for word in report.text.split()} or number == "01"


@pytest.mark.parametrize(("case", "world"), [("bakhmut-2023", "border"), ("flood", "flood")])
def test_pairs_are_swaps_of_each_other(case: str, world: str) -> None:
    text = open_lesson(LESSON, case).table("pairs")["text"]
    for one, other in [(1, 6), (2, 5), (3, 8), (4, 7)]:
        report = Report(id="pair", text=text[one], title="A pair", case=world)
        assert swap_sides(report).text == text[other] != text[one]


def test_the_real_table_holds_exactly_the_cues_on_record() -> None:
    coverage = load_case("bakhmut-2023").coverage
    coverage = coverage[coverage["cue_on_record"]]
    table = open_lesson(LESSON, "bakhmut-2023").table("on_record")
    assert set(zip(table["rests_on"], table["cue"], strict=True)) == set(
        zip(coverage["report"], coverage["words"], strict=True)
    )


def test_no_cue_is_asked_about_that_is_not_on_record() -> None:
    coverage = load_case("bakhmut-2023").coverage
    digests = load_case("bakhmut-2023").reports.set_index("id")["text"]
    on_record = coverage[coverage["cue_on_record"]].groupby("report")["words"].agg(" ".join)
    cues = open_lesson(LESSON, "bakhmut-2023").table("cues")
    words = [
        "estimated",
        "claimed",
        "rejected",
        "confirmed",
        "allegedly",
        "confirmed",
        "said",
        "put the number at",
        "claimed",
        "retorted",
    ]
    for word, row in zip(words, cues.itertuples(), strict=True):
        assert word in row.text and word in digests[row.rests_on]
        # Newsweek's verb is recorded in its digest alone: no claim of the tables is the one that it confirms.
        assert word in on_record.get(row.rests_on, "") or row.rests_on == "newsweek", row.text


def test_each_stance_of_the_flood_table_is_the_one_of_its_annotation() -> None:
    world = load_world("flood")
    gold = world.attributions
    marked = set(zip(gold["cue"].str.replace(" ... ", " "), gold["stance"], strict=True))
    table = open_lesson(LESSON, "flood").table("on_record")
    assert all((cue, stance_of(cue)) in marked for cue in table["cue"])
    assert pd.Series(table["side"]).value_counts().to_dict() == {"Corrance": 27, "Wendry": 12, "Water Board": 6}
