"""A whole class, with nbgrader as it is: release, four submissions, grading by machine and by hand, feedback, export.

Each lesson has its file in classes/ with the typical mistakes and what must be said about them. The right answers are the
instructor's own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
import yaml

BROKEN = '{"cells": [{"cell_type": "code", "sour'


@dataclass(frozen=True)
class Case:
    """What happens in one lesson. `mistakes` is grade_id of an answer cell -> what the student wrote there; `earned` is grade_id
    of a test cell -> the points for that; `named` the words of the messages that name the misunderstandings; `kind` those
    that meet an empty notebook."""

    by_hand: str
    mistakes: dict[str, str]
    earned: dict[str, float]
    named: list[str]
    kind: list[str] = field(default_factory=list)


CLASSES = {
    path.stem: Case(**yaml.safe_load(path.read_text(encoding="utf-8")))
    for path in sorted((Path(__file__).parent / "classes").glob("*.yaml"))
}


def test_every_graded_lesson_has_its_class(root: Path) -> None:
    lessons = {path.name for path in (root / "notebooks").iterdir() if path.name[:2].isdigit()} - {"00-start-here"}
    assert lessons <= set(CLASSES)


@pytest.fixture(scope="module", params=CLASSES)
def graded(request, classroom, scratch_lesson, root):
    """The class after grading, with what `autograde` printed."""
    name = request.param
    notebook = scratch_lesson if name == scratch_lesson.stem else root / "notebooks" / name / f"{name}.ipynb"
    room = classroom(notebook)
    released = room.release()
    room.collect(
        {
            "broken": BROKEN,
            "mistaken": room.answered(released, CLASSES[name].mistakes),
            "right": room.answered(released, room.solutions()),
            "untouched": room.answered(released, {}),
        }
    )
    log = room.nbgrader("autograde", name, check=False)
    room.nbgrader("generate_feedback", name)
    return room, CLASSES[name], log


def machine(points: dict[str, float | None]) -> dict[str, float]:
    return {task: number for task, number in points.items() if number is not None}


def test_untouched_notebook_gets_nothing_and_kind_messages(graded):
    room, case, _ = graded
    assert set(room.points("untouched")) == set(room.most_points())
    assert sum(machine(room.points("untouched")).values()) == 0
    page = room.feedback("untouched")
    for words in case.kind:
        assert words in page
    graded = nbformat.read(room.root / "autograded" / "untouched" / room.lesson / f"{room.lesson}.ipynb", as_version=4)
    failed = {c.id: o.ename for c in graded.cells for o in c.get("outputs", []) if o.output_type == "error"}
    assert {name for cell, name in failed.items() if cell != "mistake"} <= {"AssertionError", "Misunderstanding"}


def test_right_answers_get_every_point_that_a_machine_can_give(graded):
    room, _, _ = graded
    most, got = room.most_points(), room.points("right")
    by_machine = {task for task in got if got[task] is not None}
    assert by_machine, "No task is graded by machine."
    assert {task: got[task] for task in by_machine} == {task: most[task] for task in by_machine}


def test_typical_mistakes_get_partial_credit_and_a_message_that_names_them(graded):
    room, case, _ = graded
    got = room.points("mistaken")
    assert {task: got[task] for task in case.earned} == pytest.approx(case.earned)
    assert 0 < sum(machine(got).values()) < sum(machine(room.points("right")).values())
    page = room.feedback("mistaken")
    for words in case.named:
        assert words in page
    assert "HIDDEN TESTS" not in page, "The feedback page shows the checks behind the messages"


def test_broken_notebook_is_reported_and_stops_nobody_else(graded):
    room, _, log = graded
    assert log.returncode != 0 and "for student 'broken'" in log.stderr
    assert "for student 'untouched'" not in log.stderr
    feedback = room.root / "feedback"
    assert sorted(path.name for path in feedback.iterdir()) == ["mistaken", "right", "untouched"]


def test_points_by_hand_reach_the_feedback_and_the_export(graded):
    room, case, _ = graded
    before = sum(machine(room.points("right")).values())
    room.mark("right", case.by_hand, 2.5, "A reason and an example: good.")
    room.nbgrader("generate_feedback", room.lesson, "--student", "right", "--force")
    assert "A reason and an example: good." in room.feedback("right")
    room.nbgrader("export", "--to", "grades.csv")
    with Path(room.root / "grades.csv").open(newline="") as file:
        scores = {row["student_id"]: float(row["score"] or 0) for row in csv.DictReader(file)}
    assert scores["right"] == pytest.approx(before + 2.5)
    assert scores["untouched"] == 0 < scores["mistaken"] < scores["right"]
