"""An answer counts where the student put it, and where that cannot be told, a person looks: there is no silent zero."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import graded
from nbformat import v4

from course.grading.lesson import GradedLesson, load_lesson
from course.grading.notebook import read_notebook, without_lost_pictures
from course.grading.plan import Plan, answered_in, make_plan
from course.grading.release import release
from course.grading.strays import assigned

WORDS = "It can be checked, since somebody could count the boats."
PNG = {"image/png": "iVBORw0KGgo="}


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> GradedLesson:
    def answer(name: str, number: int) -> nbformat.NotebookNode:
        return graded("answer", f"{name} = None\n### BEGIN SOLUTION\n{name} = 1\n### END SOLUTION", f"a{number}")

    def test(name: str, number: int) -> nbformat.NotebookNode:
        source = (
            f'answer = hand_in("9.{number}", {name}={name})\n### BEGIN HIDDEN TESTS\nscore(2, 1)\n### END HIDDEN TESTS'
        )
        return graded("test", source, f"t{number}", 2)

    cells = [
        v4.new_code_cell("from course import hand_in, score"),
        graded("read", "## Task 9.1: one", "q1"), answer("one", 1), test("one", 1),
        graded("read", "## Task 9.2: two", "q2"), answer("two", 2), test("two", 2),
        graded("read", "## Task 9.3: Can it be checked? Say in two sentences how somebody could do that.", "q3"),
        graded("essay", "### BEGIN SOLUTION\nIt can.\n### END SOLUTION", "e3", 4),
        v4.new_markdown_cell("The next one is shorter."),
        graded("essay", "### BEGIN SOLUTION\nYes.\n### END SOLUTION", "e4", 2),
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("l") / "96-strays" / "96-strays.ipynb"
    path.parent.mkdir()
    nbformat.write(v4.new_notebook(cells=cells), path)
    return load_lesson(path)


class Book:
    """A student's copy."""

    def __init__(self, lesson: GradedLesson) -> None:
        self.cells: list[Any] = copy.deepcopy(lesson.released["cells"])
        self.lesson = lesson

    def at(self, name: str) -> int:
        return next(
            n for n, cell in enumerate(self.cells) if cell["metadata"].get("nbgrader", {}).get("grade_id") == name
        )

    def __getitem__(self, name: str) -> Any:
        return self.cells[self.at(name)]

    def plan(self) -> Plan:
        data = json.dumps({"cells": self.cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
        return make_plan(read_notebook(data), self.lesson)


@pytest.fixture
def book(lesson: GradedLesson) -> Book:
    return Book(lesson)


def ran(plan: Plan) -> dict[str, Any]:
    """The values that each check sees: t1 -> value of `one`, t2 -> value of `two`."""
    space: dict[str, Any] = {}
    seen = {}
    for step in plan.steps:
        if step.task and step.task.kind == "test":
            seen[step.task.grade_id] = space.get("one" if step.task.grade_id == "t1" else "two")
        elif step.cell["cell_type"] == "code" and "import" not in step.cell["source"]:
            exec(step.cell["source"], space)
    return seen


def text(plan: Plan, name: str) -> str:
    return next(step.cell["source"] for step in plan.steps if step.task and step.task.grade_id == name)


# --- values ------------------------------------------------------------------------------------------------------------


def test_merged_cells(book):
    book["a1"]["source"] = "one = 5\n\ntwo = 6"
    del book.cells[book.at("a2")]
    assert ran(book.plan()) == {"t1": 5, "t2": 6}


@pytest.mark.parametrize("place", ["before", "after", "last"])
def test_a_cell_of_the_students_own_beside_the_untouched_one(book, place):
    where = {"before": book.at("a2"), "after": book.at("a2") + 1, "last": len(book.cells)}[place]
    book.cells.insert(where, v4.new_code_cell("two = 7"))
    plan = book.plan()
    assert ran(plan)["t2"] == 7
    assert any("a2 was as released" in line for line in plan.restored) == (place != "after"), "what is told was done"


def test_an_answer_and_scratch_cells_where_the_given_one_was_deleted(book):
    at = book.at("a2")
    book.cells[at : at + 1] = [v4.new_code_cell("x = 1"), v4.new_code_cell("two = x + 7")]
    assert ran(book.plan())["t2"] == 8


def test_an_untouched_copy_does_not_run_over_the_answer(book):
    untouched = copy.deepcopy(book["a1"]) | {"id": "copy"}
    book["a1"]["source"] = "one = 5"
    book.cells.insert(book.at("a1") + 1, untouched)
    assert ran(book.plan())["t1"] == 5


def test_what_another_task_sets_for_itself_is_no_answer(book):
    book["a1"]["source"] = "one = 5"
    plan = book.plan()
    assert ran(plan) == {"t1": 5, "t2": None} and not plan.restored


def test_a_changed_answer_is_never_moved(book):
    book["a2"]["source"] = "two = 3"
    book.cells.insert(book.at("a2"), v4.new_code_cell("two = 7"))
    assert ran(book.plan())["t2"] == 3


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = b = 1\nc: int = 2\nfor d in (): pass", {"a", "b", "c", "d"}),
        ("def f(x):\n    y = 1\nclass G: z = 2", {"f", "G"}),
        ("(a, [b, *c]) = 1, [2]\na.x = 3", {"a", "b", "c"}),
        ("%matplotlib inline\na = 1", {"a"}),
        ("a = ", set()),
    ],
)
def test_the_names_that_a_cell_sets(source, names):
    assert assigned(source) == names


# --- written answers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [0, 1])
def test_an_essay_in_a_new_cell_is_taken_for_the_answer(book, offset):
    book.cells.insert(book.at("e3") + offset, v4.new_markdown_cell(WORDS))
    plan = book.plan()
    assert text(plan, "e3") == WORDS and any("e3 was as released" in line for line in plan.restored)
    assert sum(WORDS in step.cell["source"] for step in plan.steps) == 1, "it is shown once"


def test_an_essay_written_below_its_question(book):
    book["q3"]["source"] += f"\n\n{WORDS}"
    assert text(book.plan(), "e3") == WORDS


def test_an_essay_in_two_parts_is_put_together_with_its_pictures(book):
    first, second = copy.deepcopy(book["e3"]), copy.deepcopy(book["e3"])
    first |= {"source": "First ![a](attachment:image.png)", "attachments": {"image.png": PNG}}
    second |= {
        "source": "Second ![b](attachment:image.png)",
        "id": "s2",
        "attachments": {"image.png": {"image/png": "AAAA"}},
    }
    book.cells[book.at("e3") : book.at("e3") + 1] = [first, second]
    plan = book.plan()
    cell = next(step.cell for step in plan.steps if step.task and step.task.grade_id == "e3")
    assert cell["source"].index("First") < cell["source"].index("Second")
    assert sorted(picture["image/png"] for picture in cell["attachments"].values()) == ["AAAA", PNG["image/png"]]
    assert all(f"attachment:{name})" in cell["source"] for name in cell["attachments"])


def test_a_text_far_away_or_a_cell_that_is_gone_is_for_a_person(book):
    book.cells.append(v4.new_markdown_cell("9.9 My thoughts on the whole: it was good to read."))
    book.cells.append(v4.new_code_cell("1"))
    at = book.at("e3")
    book.cells.insert(at + 1, v4.new_markdown_cell(WORDS))
    plan = book.plan()
    looks = {step.task.grade_id: step.look for step in plan.steps if step.task and step.look}
    assert text(plan, "e3") == WORDS and "e3" not in looks
    assert text(plan, "e4").startswith("9.9 My thoughts") or "e4" in looks
    del book.cells[book.at("e3")]
    gone = book.plan()
    assert (
        any(step.look for step in gone.steps if step.task and step.task.grade_id == "e3") or text(gone, "e3") == WORDS
    )


def test_an_untouched_notebook_is_left_as_it_is(book, lesson):
    plan = book.plan()
    assert not plan.restored and not any(step.look for step in plan.steps)
    data = json.dumps({"cells": book.cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    assert answered_in(read_notebook(data), lesson) == (len(lesson.cells), 0)


# --- pictures ----------------------------------------------------------------------------------------------------------


def test_pictures_come_along_and_others_do_not(book):
    book["e3"]["source"] = "![a](attachment:a.png)"
    book["e3"]["attachments"] = {
        "a.png": PNG, "b.svg": {"image/svg+xml": "<svg/>"}, "c.png": {"image/png": "<script>"}, "d.png": "no", "e": {"text/html": "x"},
    }  # fmt: skip
    cell = next(step.cell for step in book.plan().steps if step.task and step.task.grade_id == "e3")
    assert cell["attachments"] == {"a.png": PNG}


def test_a_picture_that_is_not_there_is_a_word():
    assert without_lost_pictures("x ![a](attachment:a%20b.png) y", {"a b.png": 1}) == "x ![a](attachment:a%20b.png) y"
    assert without_lost_pictures("x ![a](attachment:gone.png)", {}) == "x [picture gone.png is not in the notebook]"


# --- graded ------------------------------------------------------------------------------------------------------------


def test_work_in_a_second_file_is_graded_and_told(make_course, small_lesson: Path):
    from hostile.lesson import ANSWERS, POINTS

    course = make_course(small_lesson)
    course.submit("ann", release(small_lesson))
    course.submit("ann", course.answered(ANSWERS), name=f"{course.lesson} (1).ipynb")
    course.submit("bob", course.answered(ANSWERS))
    course.submit("bob", release(small_lesson), name="copy.ipynb")
    odd = course.root / "submitted" / "r\udce9my" / course.lesson
    odd.mkdir(parents=True)
    done = course.grade(expect=0)
    assert course.points("ann") == course.points("bob") == {name: float(most) for name, most in POINTS.items()}
    assert "(1).ipynb holds answers" in course.entry("ann")["restored"][0]
    assert "copy.ipynb as well" in course.entry("bob")["restored"][0]
    assert "not in UTF-8" in done.stdout and "Traceback" not in done.stderr
