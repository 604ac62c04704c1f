"""A whole class, with nbgrader as it is: release, six submissions, grading by machine and by hand, feedback, export.

Each lesson has its file in classes/ with the typical mistakes and what must be said about them. The right answers are the
instructor's own, and must do for the flood as well; what the careless student does is made by code.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
import yaml
from careless import careless_answers

SCRATCH = "98-scratch"
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

# The scratch lesson has no cases to choose from, and does without the course's own messages.
LESSONS = pytest.mark.parametrize("graded", [name for name in CLASSES if name != SCRATCH], indirect=True)


def test_every_graded_lesson_has_its_class(root: Path) -> None:
    lessons = {path.name for path in (root / "notebooks").iterdir() if path.name[:2].isdigit()} - {"00-start-here"}
    assert lessons <= set(CLASSES)


@pytest.fixture(scope="module", params=CLASSES)
def graded(request, classroom, scratch_lesson, root):
    """The class after grading, with what `autograde` printed."""
    name = request.param
    notebook = scratch_lesson if name == SCRATCH else root / "notebooks" / name / f"{name}.ipynb"
    room = classroom(notebook, forked=name != SCRATCH)
    released, right = room.release(), room.solutions()
    careless = careless_answers(room.answer_cells(released), right, first=int(name[:2]))
    submissions = {
        "broken": BROKEN,
        "careless": room.answered(released, {grade_id: source for grade_id, (_, source) in careless.items()}),
        "mistaken": room.answered(released, CLASSES[name].mistakes),
        "right": room.answered(released, right),
        "untouched": room.answered(released, {}),
    }
    if name != SCRATCH:
        submissions["flood"] = room.answered(released, right, case="flood")
    room.collect(submissions)
    log = room.nbgrader("autograde", name, check=False)
    room.nbgrader("generate_feedback", name)
    room.students = list(submissions)
    room.careless = {grade_id.replace("a", "t", 1): way for grade_id, (way, _) in careless.items()}
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
    every_point(graded[0], "right")


@LESSONS
def test_right_answers_get_every_point_for_the_flood(graded):
    every_point(graded[0], "flood")


def every_point(room, student: str) -> None:
    most, got = room.most_points(), room.points(student)
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


@LESSONS
def test_careless_answers_cost_their_own_points_only_and_meet_kind_messages(graded):
    room, _, _ = graded
    most, got, shown = room.most_points(), room.points("careless"), room.shown("careless")
    assert set(room.careless) >= set(shown), "an answer cell has no test cell of its name"
    for task in shown:  # a check that earns no points is answered, and not looked at here
        way = room.careless[task]
        told = f"{task}, {way}: {got[task]} of {most[task]} points. {shown[task]}"
        if way == "right":
            assert got[task] == most[task], told
            continue
        assert 0 <= got[task] < most[task], told
        # A half earns its own points, unless the task builds on another one, and says so.
        assert got[task] > 0 if way == "half" and "Finish task" not in told else got[task] <= most[task] / 2, told
        assert "Traceback" not in told and len(shown[task]) > 40, told


def test_broken_notebook_is_reported_and_stops_nobody_else(graded):
    room, _, log = graded
    assert log.returncode != 0 and "for student 'broken'" in log.stderr
    assert "for student 'untouched'" not in log.stderr
    feedback = room.root / "feedback"
    assert {path.name for path in feedback.iterdir()} == set(room.students) - {"broken"}


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
