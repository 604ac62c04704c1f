"""Every submission ends in a state; points that a person set stay; bad calls get one line."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from hostile.lesson import ANSWERS, POINTS

from course.grading.journal import Journal
from course.grading.run import MIME

ROOT = Path(__file__).resolve().parents[2]
RIGHT = {name: float(points) for name, points in POINTS.items()}


@pytest.fixture(scope="module")
def mixed(make_course, small_lesson):
    """One student for each state."""
    course = make_course(small_lesson, "c.Limits.cell_seconds = 6")
    right = course.answered(ANSWERS)
    course.submit("ann", right)
    course.submit("ben", right[:500])
    course.submit("cat", course.answered(ANSWERS | {"a2": "import os; os._exit(1)"}))
    course.submit("dan", course.answered(ANSWERS | {"a3": "total = None\nwhile True: pass"}))
    course.submit("eve", right, name="my homework.ipynb")
    (course.root / "submitted" / "fay" / course.lesson).mkdir(parents=True)
    gil = course.root / "submitted" / "gil" / course.lesson / f"{course.lesson}.ipynb"
    gil.parent.mkdir(parents=True)
    gil.symlink_to(course.root / "submitted" / "ann" / course.lesson / f"{course.lesson}.ipynb")
    return course, course.grade(expect=1)


def test_each_has_its_state(mixed):
    course, done = mixed
    assert {name: course.entry(name)["state"] for name in ("ann", "ben", "cat", "dan", "eve")} == {
        "ann": "graded",
        "ben": "invalid",
        "cat": "killed",
        "dan": "timeout",
        "eve": "graded",
    }
    assert "5 submissions: 2 graded, 1 invalid, 1 killed, 1 timeout, 2 not submitted." in " ".join(done.stdout.split())


def test_what_arrived_is_graded_and_the_rest_waits_for_a_person(mixed):
    course, _ = mixed
    assert course.points("ann") == course.points("eve") == RIGHT
    assert course.points("cat") == {"t1": 3, "t2": None, "t3": None}
    assert course.points("dan") == RIGHT | {"t3": 0}
    book = course.gradebook()
    assert book["cat"] == {"t1": (3, None, False), "t2": (None, None, True), "t3": (None, None, True)}
    assert book["ben"] == dict.fromkeys(RIGHT, (None, None, True))
    assert "fay" not in book and "gil" not in book


def test_the_instructor_reads_why(mixed):
    course, _ = mixed
    assert "Cell 4 (a2)" in course.entry("cat")["reason"]
    note = course.graded("cat").cells[0].source
    assert "killed" in note and "Cell 4 (a2)" in note
    assert "not whole" in course.graded("ben").cells[0].source
    assert "my homework.ipynb" in course.graded("eve").cells[0].source


def test_the_journal_holds_no_answer(mixed):
    course, _ = mixed
    assert "river authority" not in json.dumps(course.entry("ann"))


def test_points_set_by_hand_stay_and_move_to_the_history_when_asked(make_course, small_lesson):
    course = make_course(small_lesson)
    path = course.submit("ann", course.answered(ANSWERS | {"a1": 'claimant = "the paper"'}))
    course.grade(expect=0)
    with sqlite3.connect(course.root / "gradebook.db") as book:
        book.execute("UPDATE grade SET manual_score = 2.5 WHERE auto_score = 0")
    book.close()
    course.grade(expect=0)
    assert course.gradebook()["ann"]["t1"] == (0, 2.5, False)
    path.write_text(course.answered(ANSWERS))
    course.grade(expect=0)
    assert course.gradebook()["ann"]["t1"] == (3, 2.5, True), "A person should look again"
    course.grade("--again", "--only", "ann", expect=0)
    assert course.gradebook()["ann"]["t1"] == (3, None, False)
    (page,) = course.entry("ann")["history"]
    assert page["tasks"]["t1"]["points"] == 2.5


def test_without_a_sandbox_it_refuses_and_unsafe_is_on_record(make_course, small_lesson, monkeypatch):
    course = make_course(small_lesson)
    course.submit("ann", course.answered(ANSWERS))
    monkeypatch.setenv("PATH", "/nowhere")
    done = course.grade(expect=2)
    assert "apt install bubblewrap" in done.stderr and len(done.stderr.strip().splitlines()) == 1
    done = course.grade("--unsafe", expect=0)
    assert "without a sandbox" in done.stderr and course.entry("ann")["unsafe"] is True
    assert course.points("ann") == RIGHT
    assert "without a sandbox" in course.graded("ann").cells[0].source


def test_bad_calls_get_one_line(make_course, small_lesson):
    course = make_course(small_lesson)

    def said(*words: str) -> str:
        done = course.run(*words, expect=2)
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        return done.stderr

    assert "no lesson '99-none'. There are: 97-hostile" in said("grade", "99-none")
    assert "Nothing was handed in" in said("grade", course.lesson)
    course.submit("ann", course.answered(ANSWERS))
    assert "by bob" in said("grade", course.lesson, "--only", "bob")
    course.grade(expect=0)
    with sqlite3.connect(course.root / "gradebook.db") as book:
        book.execute("BEGIN IMMEDIATE")
        assert "locked by another program" in said("grade", course.lesson)
        book.rollback()
        book.execute("UPDATE alembic_version SET version_num = 'fff'")
        book.commit()
    book.close()
    assert "newer nbgrader" in said("grade", course.lesson)
    (course.root / "nbgrader_config.py").unlink()
    assert "no nbgrader_config.py" in said("grade", course.lesson)


def test_two_runs_at_once_do_not_mix(make_course, small_lesson):
    course = make_course(small_lesson)
    course.submit("ann", course.answered(ANSWERS))
    with Journal(course.root / ".counterclaim" / "grading" / course.lesson).locked():
        assert "is running" in course.grade(expect=2).stderr
    course.grade(expect=0)


def test_a_check_that_hands_nothing_in_is_never_run_beside_a_students_code(make_course, scratch_lesson):
    """Stock test cells, with hidden tests that read the student's variables."""
    course = make_course(scratch_lesson)
    course.submit(
        "ann", course.answered({"answer-1": 'claimant = "the river authority"', "essay-2": "It can be checked."})
    )
    course.grade(expect=1)
    entry = course.entry("ann")
    assert entry["state"] == "needs review" and "hands no answer in as data" in entry["reason"]
    assert course.points("ann") == {"test-1": None, "essay-2": None, "task-3": None}
    assert all(grade == (None, None, True) for grade in course.gradebook()["ann"].values())


def test_marks_made_by_hand_are_laid_out_before_the_cells_run(make_course, small_lesson):
    course = make_course(small_lesson)
    look = "from course.widgets import kept\nclaimant = (kept.read('1.1-marker') or {}).get('state', {}).get('who')"
    notebook = json.loads(course.answered(ANSWERS | {"a1": look}))
    record = {"name": "1.1-marker", "state": {"who": "the river authority"}}
    shown = {"output_type": "display_data", "metadata": {}, "data": {MIME: record, "text/plain": "marks"}}
    next(cell for cell in notebook["cells"] if cell["id"] == "set-up")["outputs"] = [shown]
    course.submit("ann", json.dumps(notebook))
    course.grade(expect=0)
    assert course.points("ann") == RIGHT


def test_what_lies_beside_the_notebook_comes_along_and_links_do_not(make_course, small_lesson):
    """The exchange finds by a file beside the notebook whose feedback it is."""
    course = make_course(small_lesson)
    reads = "from pathlib import Path\n" + ANSWERS["a1"].replace(
        '"the river authority"', 'Path("notes/who.txt").read_text()'
    )
    folder = course.submit("ann", course.answered(ANSWERS | {"a1": reads})).parent
    (folder / "notes").mkdir()
    (folder / "notes" / "who.txt").write_text("the river authority")
    (folder / "submission_secret.txt").write_text("abc")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "flood.png").write_bytes(b"\x89PNG")
    (folder / "draft.ipynb").write_text("{}")
    (folder / "book").symlink_to(course.root / "gradebook.db")
    (folder / "all").symlink_to(course.root, target_is_directory=True)
    os.mkfifo(folder / "endless")
    course.grade(expect=0)
    place = course.root / "autograded" / "ann" / course.lesson
    kept = {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()}
    assert kept == {f"{course.lesson}.ipynb", "submission_secret.txt", "notes/who.txt", "pictures/flood.png"}
    assert course.points("ann") == RIGHT
    assert any("3 could not be taken over" in line for line in course.entry("ann")["restored"])
    (folder / "pictures" / "flood.png").unlink()
    (folder / "pictures").rmdir()
    (folder / "pictures").write_text("a file where a folder was")
    (folder / "notes" / "who.txt").write_text("the paper")  # another file is another submission
    course.grade(expect=0)
    assert course.points("ann") == RIGHT | {"t1": 0}
    course.run("feedback", course.lesson, expect=0)
    assert (course.root / "feedback" / "ann" / course.lesson / "submission_secret.txt").read_text() == "abc"


def test_it_runs_where_python_and_the_course_lie_below_tmp(make_course, small_lesson, tmp_path):
    """A room has no /tmp of its own there: the work folder serves, and nobody else's /tmp can be written to."""
    moved = tmp_path / "checkout"
    for part in ("course", "data"):
        shutil.copytree(ROOT / part, moved / part, ignore=shutil.ignore_patterns("__pycache__"))
    env = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", env], check=True)
    link = Path(sysconfig.get_path("purelib", vars={"base": str(env)}))
    link.rmdir()
    link.symlink_to(sysconfig.get_path("purelib"))
    course = make_course(small_lesson)
    writes = (
        "import pathlib, tempfile\n"
        "tempfile.NamedTemporaryFile().write(b'x')\n"
        "try:\n    pathlib.Path('/tmp/note').write_text('for my neighbour')\nexcept OSError as error:\n    print(error.strerror)\n"
    )
    course.submit("ann", course.answered(ANSWERS | {"a1": f"{writes}{ANSWERS['a1']}"}))
    done = subprocess.run(
        [env / "bin" / "python", "-m", "course.cli", "grade", course.lesson],
        cwd=course.root, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(moved)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert course.points("ann") == RIGHT
    assert any("Read-only file system" in str(cell.get("outputs")) for cell in course.graded("ann").cells)
