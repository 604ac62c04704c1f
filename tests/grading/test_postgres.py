"""The gradebook on PostgreSQL: a real server from the system's package, run by an ordinary user, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import missing
from hostile.lesson import ANSWERS
from sqlalchemy import create_engine, text

ROWS = (
    "SELECT sa.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade FROM grade g"
    " JOIN base_cell c ON g.cell_id = c.id JOIN submitted_notebook n ON g.notebook_id = n.id"
    " JOIN submitted_assignment sa ON n.assignment_id = sa.id"
)
NOBODY = 65_534


def programs() -> Path:
    """The folder of initdb, which Debian keeps off the path."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return places[-1] if places else missing("PostgreSQL")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a fresh server."""
    pytest.importorskip("psycopg")
    folder = programs()
    # not below pytest's folder, whose parents an ordinary user may not pass; short, as a socket's path must be
    place = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user: list[str] = []
    if os.getuid() == 0:  # the server refuses to run as root
        os.chown(place, NOBODY, NOBODY)
        as_user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    data = place / "data"

    def call(name: str, *words: str) -> None:
        done = subprocess.run(
            [*as_user, str(folder / name), *words],
            cwd=place,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr

    try:
        call("initdb", "-D", str(data), "-U", "teacher", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        options = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off"
        call("pg_ctl", "-D", str(data), "-w", "-t", "90", "-l", str(place / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://teacher@/postgres?host={place}"
        finally:
            call("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def rows(address: str) -> dict[str, dict[str, tuple[float | None, float | None, bool]]]:
    engine = create_engine(address)
    found: dict[str, dict[str, tuple[float | None, float | None, bool]]] = {}
    with engine.connect() as book:
        for student, name, auto, hand, waits in book.execute(text(ROWS)):
            found.setdefault(student, {})[name] = (auto, hand, waits)
    engine.dispose()
    return found


def fill(course) -> None:
    course.submit("ann", course.answered(ANSWERS))
    course.submit("ben", course.answered(ANSWERS | {"a1": 'claimant = "the paper"', "a2": "import os; os._exit(1)"}))
    course.submit("zoë", course.answered({}))


def test_it_says_the_same_as_sqlite_and_what_a_person_set_stays(server, make_course, small_lesson):
    theirs = make_course(small_lesson, f"c.CourseDirectory.db_url = {server!r}")
    mine = make_course(small_lesson)
    for course in (theirs, mine):
        fill(course)
        course.grade(expect=1)
    assert rows(server) == mine.gradebook() and len(rows(server)) == 3
    assert not (theirs.root / "gradebook.db").exists()
    engine = create_engine(server)
    with engine.begin() as book:
        book.execute(text("UPDATE grade SET manual_score = 2.5 WHERE auto_score = 3"))
    engine.dispose()
    theirs.grade("--again", "--only", "ben", expect=1)
    assert rows(server)["ann"]["t1"] == (3, 2.5, False), "Ann was not graded again"


def test_a_gradebook_that_somebody_holds_is_one_line_and_nothing_is_lost(server, make_course, small_lesson):
    course = make_course(small_lesson, f"c.CourseDirectory.db_url = {server!r}")
    course.submit("eva", course.answered(ANSWERS))
    course.grade(expect=0)
    course.submit("fay", course.answered(ANSWERS))
    engine = create_engine(server)
    with engine.begin() as book:
        book.execute(text("LOCK TABLE grade IN ACCESS EXCLUSIVE MODE"))
        wrong = course.grade(expect=2).stderr
    engine.dispose()
    assert len(wrong.strip().splitlines()) == 1 and "locked by another program" in wrong
    course.grade(expect=0)
    assert rows(server)["fay"]["t1"] == (3, None, False)


def test_a_server_that_does_not_answer_is_one_line(make_course, small_lesson, tmp_path):
    pytest.importorskip("psycopg")
    course = make_course(small_lesson, f"c.CourseDirectory.db_url = 'postgresql+psycopg://a@/b?host={tmp_path}'")
    course.submit("ann", course.answered(ANSWERS))
    wrong = course.grade(expect=2).stderr
    assert len(wrong.strip().splitlines()) == 1 and "gradebook cannot be used" in wrong
