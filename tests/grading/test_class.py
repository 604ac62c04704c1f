"""The classes of tests/end_to_end, whose points and messages stock nbgrader gives, earn the same and hear the same here."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import ROOT

CLASSES = sorted((ROOT / "tests" / "end_to_end" / "classes").glob("[0-8]*.yaml"))
SECRETS = ("HIDDEN TESTS", "check_each(", "check_chosen(", "Traceback")


@pytest.fixture(scope="module", params=CLASSES, ids=lambda path: path.stem)
def graded(request, make_course):
    case = yaml.safe_load(request.param.read_text("utf-8"))
    name = request.param.stem
    course = make_course(ROOT / "notebooks" / name / f"{name}.ipynb")
    course.submit("mistaken", course.answered(case["mistakes"]))
    course.submit("right", course.answered(course.solutions()))
    course.submit("untouched", course.answered({}))
    course.grade(expect=0)
    return course, case


def machine(course, student: str) -> dict[str, float]:
    return {name: points for name, points in course.points(student).items() if points is not None}


def test_right_answers_earn_all_that_a_machine_can_give(graded):
    course, case = graded
    most = {name: task["most"] for name, task in course.entry("right")["tasks"].items()}
    got = machine(course, "right")
    assert set(case["earned"]) <= set(got) and got == {name: most[name] for name in got}


def test_mistakes_earn_what_they_earn_with_nbgrader(graded):
    course, case = graded
    got = course.points("mistaken")
    assert {name: got[name] for name in case["earned"]} == pytest.approx(case["earned"])
    for words in case["named"]:
        assert words in course.messages("mistaken")


def test_an_untouched_notebook_earns_nothing_and_hears_kind_words(graded):
    course, case = graded
    assert set(course.points("untouched").values()) == {0.0}
    for words in case["kind"]:
        assert words in course.messages("untouched")


def test_the_gradebook_says_what_the_journal_says(graded):
    course, _ = graded
    for student, grades in course.gradebook().items():
        assert {name: grade[0] for name, grade in grades.items()} == course.points(student)
        assert {name: grade[2] for name, grade in grades.items()} == {
            name: points is None for name, points in course.points(student).items()
        }


def test_the_graded_notebook_shows_outputs_and_no_traceback_into_the_tests(graded):
    course, _ = graded
    for student in ("right", "mistaken", "untouched"):
        for cell in course.graded(student).cells:
            assert (
                cell.cell_type != "code"
                or cell.source.strip() == ""
                or cell.execution_count
                or "nbgrader" in cell.metadata
            )
            for output in cell.get("outputs", []):
                if "hand_in(" in cell.source:
                    assert not any(secret in str(output) for secret in SECRETS)


def test_a_second_run_runs_nothing(graded):
    course, _ = graded
    before = {path: path.stat().st_mtime_ns for path in Path(course.root / "autograded").rglob("*.ipynb")}
    done = course.grade(expect=0)
    assert "3 of them by an earlier run" in done.stdout
    assert before == {path: path.stat().st_mtime_ns for path in Path(course.root / "autograded").rglob("*.ipynb")}
