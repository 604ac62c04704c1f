"""What `course new-lesson` and `course new-case` lay passes the linters, as far as a skeleton can."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from conftest import ROOT
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

from course.desk.folder import DeskError
from course.desk.rubrics import rubrics
from course.desk.scaffold import new_case, new_lesson
from course.grading.lesson import load_lesson
from notebooks import test_craft as craft
from notebooks import test_testcells as testcells

LESSON = "97-maps"
# A skeleton has three tasks of three kinds: `test_every_task_has_hints...` wants eight, `test_every_task_has_one_of...` four kinds.
PASSED = (
    craft.test_the_opening_and_the_close_are_complete,
    craft.test_the_prose_is_short_and_plain,
    craft.test_code_cells_are_short,
    craft.test_saved_outputs_are_clean,
    craft.test_every_picture_has_its_text_alternative,
    craft.test_there_is_a_picture_and_its_table,
    craft.test_nbgrader_finds_its_metadata_valid,
    craft.test_every_link_says_where_it_leads,
    craft.test_there_is_a_mistake_on_purpose_and_a_prediction,
    craft.test_points_add_up_and_a_third_is_open_work,
    testcells.test_test_cells_use_no_name_of_the_students,
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a lesson is laid in, with the skeleton in it, run and saved."""
    place = tmp_path_factory.mktemp("checkout")
    for name in ("course", "data"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "tests" / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "tools" / "package.py", place / "tests" / "tools")
    (place / "notebooks").mkdir()
    new_lesson(place, LESSON)
    new_case(place, "somewhere-1999")
    path = place / "notebooks" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(place)  # the kernel's course is that of the copy, with its data
    try:
        NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(place)}}
        ).execute()
    finally:
        os.environ.pop("PYTHONPATH") if before is None else os.environ.update(PYTHONPATH=before)
    nbformat.write(notebook, path)
    return place


@pytest.fixture(scope="module")
def path(checkout: Path) -> Path:
    return checkout / "notebooks" / LESSON / f"{LESSON}.ipynb"


@pytest.mark.parametrize("rule", PASSED, ids=lambda rule: rule.__name__.removeprefix("test_"))
def test_a_new_lesson_passes(rule, path: Path) -> None:
    rule(path)


def test_what_a_skeleton_cannot_pass_is_known(path: Path) -> None:
    for rule in (
        craft.test_every_task_has_hints_visible_checks_and_messages,
        craft.test_every_task_has_one_of_the_ten_kinds,
    ):
        with pytest.raises(AssertionError):
            rule(path)


def test_its_tasks_work(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert [determine_grade(cell) for cell in cells if cell.cell_type == "code"] == [(13, 13), (13, 13)]
    (rubric,) = rubrics(load_lesson(path)).values()
    assert rubric.points == 14


def test_its_class_names_tasks_and_messages_that_are_there(checkout: Path, path: Path) -> None:
    case = yaml.safe_load((checkout / "tests" / "end_to_end" / "classes" / f"{LESSON}.yaml").read_text("utf-8"))
    lesson = load_lesson(path).by_id()
    assert {case["by_hand"], *case["mistakes"], *case["earned"]} <= set(lesson)
    assert all(any(words in cell.source for cell in lesson.values()) for words in case["named"])


def test_the_data_package_is_valid_and_the_case_loads(checkout: Path) -> None:
    import frictionless

    report = frictionless.Package(str(checkout / "data" / "datapackage.json")).validate()
    assert report.valid, [error.message for task in report.tasks for error in task.errors]
    code = "from course.corpus import load_case; case = load_case('somewhere-1999'); print(len(case.claims), len(case.reports))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "0 0\n", done.stderr


@pytest.mark.parametrize(("make", "name"), [(new_lesson, "maps"), (new_lesson, "../97"), (new_lesson, "00-x"), (new_lesson, "97-other"), (new_case, "here"), (new_case, "somewhere-1999")])  # fmt: skip
def test_a_bad_or_taken_name_writes_nothing(checkout: Path, make, name: str) -> None:
    before = sorted(checkout.rglob("*"))
    with pytest.raises(DeskError):
        make(checkout, name)
    assert sorted(checkout.rglob("*")) == before


def test_elsewhere_it_says_where_to_go(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="is no checkout"):
        new_lesson(tmp_path, LESSON)
