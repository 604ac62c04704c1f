"""`kill -9` at twenty random moments, and a disk that is full at each write: grading goes on, and the result is that of an undisturbed run.

The grader is forked from a process that has all imports done and the warm parents running, so that one moment costs a second, and falls
into the grading itself. `test_nothing_lost` kills the whole command.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator

import pytest
from hostile.lesson import ANSWERS
from sqlalchemy import event
from sqlalchemy.engine import Engine

from course.grading import grade as grading
from course.grading import journal
from course.grading.folder import CourseFolder
from course.grading.grade import grade_class
from course.grading.gradebook import Gradebook, GradebookProblem
from course.grading.lesson import load_lesson
from course.grading.rooms import Warm

MOMENTS = 20
STUDENTS = 3


class Silent:
    def begin(self, total: int) -> None:
        pass

    def step(self, entry: dict) -> None:
        pass


@pytest.fixture(scope="module")
def warm(sandboxed: None) -> Iterator[tuple[Warm, Warm]]:
    with Warm("student") as students, Warm("hidden") as tests:
        students.wait()
        tests.wait()
        yield students, tests


@pytest.fixture
def filled(make_course, small_lesson):
    def make():
        course = make_course(small_lesson)
        config = course.root / "nbgrader_config.py"
        config.write_text(config.read_text() + f"c.CourseDirectory.root = {str(course.root)!r}\n")
        for number in range(STUDENTS):
            wrong = {"a1": 'claimant = "the paper"', "a3": f"total = {number}"} if number % 2 else {}
            course.submit(f"student{number}", course.answered(ANSWERS | wrong))
        return course

    return make


def result(course):
    """All that must be the same: points, messages, gradebook, notebooks; and no half file is left."""
    names = [f"student{number}" for number in range(STUDENTS)]
    entries = [course.entry(name) for name in names]
    for entry in entries:
        del entry["seconds"], entry["graded_at"]
    assert all(entry["recorded"] for entry in entries)
    return entries, course.gradebook(), [course.graded(name) for name in names]


def grade(course, warm) -> None:
    grade_class(CourseFolder(course.root), course.lesson, Silent(), *warm, workers=2)


def forked(course, warm) -> int:
    """Grade in a process of its own; its number."""
    process = os.fork()
    if process == 0:
        try:
            grade(course, warm)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return process


@pytest.fixture(scope="module")
def undisturbed() -> dict:
    return {}


@pytest.fixture
def wanted(undisturbed, filled, warm):
    """The result of an undisturbed run, and the seconds that it took."""
    if not undisturbed:
        course = filled()
        started = time.monotonic()
        process = forked(course, warm)
        assert os.waitpid(process, 0)[1] == 0
        undisturbed |= {"seconds": time.monotonic() - started, "result": result(course)}
    return undisturbed


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_a_random_moment_it_goes_on(moment, wanted, filled, warm):
    course = filled()
    process = forked(course, warm)
    # evenly over the run, and at random within each part of it
    time.sleep((moment + random.Random(moment).random()) / MOMENTS * wanted["seconds"])
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    grade(course, warm)
    assert result(course) == wanted["result"]


def killer(moment: int):
    """Ends this process after so many statements that change a database."""
    left = [moment]

    def after(*call) -> None:
        left[0] -= not call[2].startswith(("SELECT", "PRAGMA"))
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    return after


def test_killed_at_any_statement_while_the_gradebook_is_made(make_course, scratch_lesson):
    """nbgrader makes it, and enters a lesson, in many small steps."""

    def entered(course) -> dict[str, list]:
        with Gradebook(CourseFolder(course.root)) as book:
            book.enter_lesson(load_lesson(scratch_lesson), scratch_lesson)
        with sqlite3.connect(course.root / "gradebook.db") as db:
            tables = [
                name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            ]
            cells = "SELECT name, type FROM base_cell ORDER BY name, type"
            points = (
                "SELECT max_score, cell_type FROM grade_cells UNION ALL SELECT max_score, cell_type FROM task_cells"
            )
            rows = [
                db.execute(f"{cells}").fetchall(),
                sorted(db.execute(points)),
                db.execute("SELECT name FROM notebook").fetchall(),
            ]
            return {"tables": tables, "version": db.execute("SELECT * FROM alembic_version").fetchall(), "rows": rows}

    wanted, moment = entered(make_course(scratch_lesson)), 0
    while True:
        course, moment = make_course(scratch_lesson), moment + 1
        process = os.fork()
        if process == 0:
            event.listen(Engine, "after_cursor_execute", killer(moment))
            entered(course)
            os._exit(0)
        stopped = os.waitpid(process, 0)[1]
        assert entered(course) == wanted, f"killed after statement {moment}"
        if not stopped:
            break
    assert moment > 20


def test_a_full_disk_at_each_write_loses_nothing(wanted, filled, warm, monkeypatch):
    """Each of the writes fails once: notebooks, entries, and the note that an entry is in the gradebook."""
    course = filled()
    writes, failed = {"left": 0}, 0
    whole = grading.write_whole

    def full(path, content, *, lasting=False):
        if writes["left"] == 0:
            half = path.with_name(f".{path.name}.half")
            half.write_text("x")
            half.unlink()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        writes["left"] -= 1
        whole(path, content, lasting=lasting)

    for number in range(3 * STUDENTS + 1):
        writes["left"] = number % 3  # each run gets as far as its third write
        with monkeypatch.context() as patched:
            patched.setattr(grading, "write_whole", full)
            patched.setattr(journal, "write_whole", full)
            try:
                grade(course, warm)
            except OSError as error:
                assert error.errno == errno.ENOSPC
                failed += 1
            else:
                break
    assert failed >= 3
    grade(course, warm)
    assert result(course) == wanted["result"]


def test_a_full_disk_under_the_gradebook_loses_nothing(wanted, filled, warm):
    """The database may not grow; later it may."""
    course = filled()
    grade_class(CourseFolder(course.root), course.lesson, Silent(), *warm, workers=2, only=["student0"])
    there = (course.root / "gradebook.db").stat().st_size // 4096

    def small(connection, _):
        connection.execute(f"PRAGMA max_page_count = {there}")
        connection.execute("PRAGMA cache_size = 1")

    for number in range(40):  # more rows than the pages that are there can hold
        course.submit(f"more{number:02}", "no notebook")
    event.listen(Engine, "connect", small)
    try:
        with pytest.raises(GradebookProblem, match="full"):
            grade(course, warm)
    finally:
        event.remove(Engine, "connect", small)
    grade(course, warm)
    entries, book, notebooks = result(course)
    wanted_entries, wanted_book, wanted_notebooks = wanted["result"]
    assert (entries, notebooks) == (wanted_entries, wanted_notebooks)
    assert {name: book[name] for name in wanted_book} == wanted_book
    assert len(book) == STUDENTS + 40
