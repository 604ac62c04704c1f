"""Marks that were made by hand are graded although the notebook alone was handed in, and nobody is graded for another's."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from course.widgets.kept import FOLDER, records_in

LESSON = "01-one-claim"
TASK = ["set-up", "choose", "q1-3", "cell-25", "a1-3", "t1-3"]  # what task 1.3 needs of the lesson
MARKED = {"source": [[0, 10]], "cue": [[11, 20]], "content": [[21, 89]]}


@pytest.fixture(scope="module")
def room(classroom, root, tmp_path_factory, quick_kernels):
    """A class with task 1.3 only, whose instructor has tried the task by hand where the source notebook stands."""
    lesson = nbformat.read(root / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4)
    lesson.cells = [cell for cell in lesson.cells if cell.id in TASK]
    assert [cell.id for cell in lesson.cells] == TASK
    place = tmp_path_factory.mktemp("lesson") / f"{LESSON}.ipynb"
    nbformat.write(lesson, place)
    room = classroom(place)
    own = room.root / "notebooks" / LESSON
    by_hand(room.source(), own, MARKED, own / f"{LESSON}.ipynb")
    return room


def by_hand(notebook: nbformat.NotebookNode, folder: Path, marks: dict, saved: Path | None = None) -> str:
    """The notebook's text once it ran in `folder`, where somebody marks words, and was saved; the answer cell is as it was released."""
    copy = nbformat.reads(nbformat.writes(notebook), as_version=4)
    marker = next(cell for cell in copy.cells if cell.id == "cell-25")
    marker.source, before = f"{marker.source}\nby_hand.state = {marks!r}\nby_hand", marker.source
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(copy, timeout=300, kernel_name="python3", allow_errors=True, resources=where).execute()
    marker.source = before
    if saved:
        nbformat.write(copy, saved)
    return nbformat.writes(copy)


def folder_of(marks: dict, notebook: str) -> dict[str, str]:
    """The work folder that lies beside a notebook after `marks` were made."""
    ((name, record),) = dict(records_in(json.loads(notebook))).items()
    return {f"{name}.json": json.dumps({**record, "state": marks})}


@pytest.fixture(scope="module")
def points(room, tmp_path_factory):
    released = room.release()
    assert not list((room.root / "release").rglob("*.json")), "the instructor's own marks were handed out"
    places = [tmp_path_factory.mktemp("learner") for _ in range(3)]
    marked = by_hand(released, places[0], MARKED)
    wrong = by_hand(released, places[1], {**MARKED, "cue": [[37, 45]]})
    empty = nbformat.writes(released)
    room.collect({"alone": marked, "cleared": empty, "stale": wrong, "untouched": empty})
    for student, marks in (("cleared", MARKED), ("stale", MARKED)):
        folder = room.root / "submitted" / student / LESSON / FOLDER
        folder.mkdir()
        for name, text in folder_of(marks, marked).items():
            (folder / name).write_text(text)
    # A grader who works in a notebook hands the name of that notebook on to what it starts.
    room.environment = {
        **room.environment,
        "JPY_SESSION_NAME": str(room.root / "notebooks" / LESSON / f"{LESSON}.ipynb"),
    }
    room.nbgrader("autograde", LESSON)
    return {student: room.points(student)["t1-3"] for student in ("alone", "cleared", "stale", "untouched")}


def test_a_notebook_alone_keeps_its_marks(points):
    assert points["alone"] == 3


def test_the_folder_beside_fills_in_where_the_outputs_were_cleared(points):
    assert points["cleared"] == 3


def test_what_was_saved_in_the_notebook_counts_before_an_older_folder(points):
    assert points["stale"] == 2


def test_nobody_is_graded_for_the_marks_of_another(points, room):
    assert points["untouched"] == 0
    assert not list((room.root / "autograded" / "untouched").rglob("*.json"))


def test_grading_one_notebook_again_leaves_nothing_of_the_first_time(points, room):
    (room.root / "submitted" / "alone" / LESSON / f"{LESSON}.ipynb").write_text(
        (room.root / "submitted" / "untouched" / LESSON / f"{LESSON}.ipynb").read_text()
    )
    room.nbgrader("autograde", LESSON, "--student", "alone", "--notebook", LESSON, "--force")
    assert room.points("alone")["t1-3"] == 0
