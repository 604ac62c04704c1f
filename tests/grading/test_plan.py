"""Whatever was done to the lesson's own cells, they are back in their places before anything runs, and the report says so."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from hostile.lesson import ANSWERS, Notebook

from course.grading.lesson import GradedLesson, load_lesson
from course.grading.notebook import NotebookError, read_notebook
from course.grading.plan import Plan, make_plan


@pytest.fixture(scope="module")
def lesson(small_lesson: Path) -> GradedLesson:
    return load_lesson(small_lesson)


@pytest.fixture
def book(lesson: GradedLesson) -> Notebook:
    return Notebook(lesson.released)


def planned(data: bytes | Notebook, lesson: GradedLesson) -> Plan:
    return make_plan(read_notebook(data if isinstance(data, bytes) else data.bytes()), lesson)


def whole(plan: Plan, lesson: GradedLesson) -> bool:
    """Each task is there once, answers as the student gave them, each test as released and below its answer."""
    names = [step.task.grade_id for step in plan.steps if step.task]
    sources = {step.task.grade_id: step.cell["source"] for step in plan.steps if step.task}
    return (
        sorted(names) == sorted(lesson.by_id())
        and all(sources[name] == answer for name, answer in ANSWERS.items())
        and all(sources[name] == cell.released for name, cell in lesson.by_id().items() if cell.locked)
        and all(names.index(f"a{number}") < names.index(f"t{number}") for number in "123")
    )


def test_an_untouched_structure_needs_no_report(book, lesson):
    plan = planned(book, lesson)
    assert whole(plan, lesson) and not plan.restored


def test_retyped_cells(book, lesson):
    book.cell("a1")["cell_type"] = "markdown"
    book.cell("t2")["cell_type"] = "raw"
    plan = planned(book, lesson)
    assert whole(plan, lesson)
    assert plan.restored == ["a1 had been made a markdown cell.", "t2 had been made a raw cell."]


def test_renamed_cells(book, lesson):
    book.cell("t1")["metadata"]["nbgrader"]["grade_id"] = "t9"
    book.cell("a2")["metadata"]["nbgrader"]["grade_id"] = "a9"
    plan = planned(book, lesson)
    assert whole(plan, lesson) and len(plan.restored) == 2


def test_an_editor_that_drops_marks_and_names(book, lesson):
    """Some editors keep neither nbgrader's marks nor the cells' names; then place and likeness remain."""
    for cell in book.cells:
        cell["metadata"], cell["id"] = {}, ""
    plan = planned(book, lesson)
    assert whole(plan, lesson) and len(plan.restored) == 6


def test_reordered_cells(book, lesson):
    test = book.cell("t1")
    book.cells.remove(test)
    book.cells.insert(0, test)
    plan = planned(book, lesson)
    assert whole(plan, lesson) and plan.restored == ["t1 stood above its answer. It was run below it."]


def test_a_deleted_answer_is_put_back_empty(book, lesson):
    book.cells.remove(book.cell("a2"))
    plan = planned(book, lesson)
    (step,) = [step for step in plan.steps if step.task and step.task.grade_id == "a2"]
    assert step.cell["source"].startswith("double = None") and "a2 was missing" in plan.restored[0]


def test_everything_deleted(lesson):
    plan = planned(b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', lesson)
    assert [step.task.grade_id for step in plan.steps if step.task] == list(lesson.by_id())


def test_points_and_locks_in_the_file_count_for_nothing(book, lesson):
    book.cell("t1")["metadata"]["nbgrader"] |= {"points": 999, "locked": False, "grade": False, "solution": True}
    (step,) = [step for step in planned(book, lesson).steps if step.task and step.task.grade_id == "t1"]
    assert step.cell["metadata"]["nbgrader"]["points"] == 3 and step.task.kind == "test"


def test_an_old_format(book, lesson):
    old = nbformat.convert(nbformat.reads(book.bytes().decode(), as_version=4), 3)
    plan = planned(json.dumps(old).encode(), lesson)
    assert whole(plan, lesson) and "old notebook format" in plan.restored[0]


def test_a_newer_format(book, lesson):
    book.whole |= {"nbformat": 5, "nbformat_minor": 99}
    assert whole(planned(book, lesson), lesson)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_other_letters(book, lesson, encoding):
    book.before("a1", "# “Größe”")
    plan = planned(json.dumps(book.whole, ensure_ascii=False).encode(encoding), lesson)
    assert whole(plan, lesson) and any("Größe" in step.cell["source"] for step in plan.steps)
    assert bool(plan.restored) == (encoding != "utf-8-sig")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"[1, 2]", "not a notebook"),
        (b'{"a": 1}', "no cells"),
        (b'{"cells": [3]}', "Cell 1 is no cell"),
        (b'{"cells": [{"cell_type": "code", "source": 3}]}', "Cell 1 holds no text"),
        (b'{"cells": [{"cell_type": "code", "sour', "not whole"),
        (b'{"cells": ' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}", "too deep"),
        (b'{"cells": [' + b"{}," * 3000 + b"{}]}", "3,001 cells"),
        (b'{"nbformat": 3, "worksheets": 7}', "old notebook format"),
        (b'{"nbformat": ' + b"9" * 6000 + b"}", "not whole"),
    ],
)
def test_what_is_no_notebook_says_why(data, why):
    with pytest.raises(NotebookError, match=why):
        read_notebook(data)


def test_half_characters_are_taken_out():
    (cell,) = read_notebook(b'{"cells": [{"cell_type": "code", "source": "a\\ud800b", "id": 7, "metadata": 3}]}').cells
    assert cell["source"] == "a?b" and cell["id"] == "" and cell["metadata"] == {}
