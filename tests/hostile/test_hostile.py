"""No hostile submission gains a point that it did not earn, none loses one, none stops the others, and none leaves a process behind."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, missing
from hostile import broken, code  # noqa: F401  (they enter their submissions into the corpus)
from hostile.corpus import CORPUS, COURSE, Hostile
from hostile.kinds import KINDS
from hostile.lesson import POINTS, SECRETS, Notebook, make_source

from course.grading.folder import CourseFolder
from course.grading.grade import Report, grade_class
from course.grading.lesson import load_lesson
from course.grading.limits import Limits
from course.grading.rooms import Warm
from course.grading.run import run_submission

ALL = {"t0": 1, **POINTS}
LIMITS = {
    "cell_seconds": 4,
    "all_seconds": 40,
    "call_seconds": 1,
    "patience": 3,
    "memory_mb": 700,
    "disk_mb": 20,
    "processes": 40,
    "output_characters": 100_000,
}
MOST = 2_500_000  # bytes of a graded notebook that shows as much as it may
LESSON = "97-hostile"


@dataclass
class Graded:
    """The whole corpus, graded in one run."""

    root: Path
    report: Report
    left: list[set[int]]

    def entry(self, case: Hostile) -> dict[str, Any]:
        return next(entry for entry in self.report.entries if entry["student"] == case.student)

    def notebook(self, student: str) -> Path:
        return self.root / "autograded" / student / LESSON / f"{LESSON}.ipynb"


class Silent:
    def begin(self, total: int) -> None:
        pass

    def step(self, entry: dict[str, Any]) -> None:
        pass


@pytest.fixture(scope="module")
def warm() -> Iterator[tuple[Warm, Warm]]:
    if not shutil.which("bwrap"):
        missing("bubblewrap")
    os.environ["SECRET"] = "of-the-grader"
    try:
        with Warm("student") as students, Warm("hidden") as tests:
            students.wait()
            tests.wait()
            yield students, tests
    finally:
        del os.environ["SECRET"]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, warm: tuple[Warm, Warm]) -> Graded:
    root = tmp_path_factory.mktemp("hostile")
    lesson = load_lesson(make_source(root / "notebooks", careless=True))
    lines = [f"c.Limits.{name} = {number}" for name, number in LIMITS.items()]
    start = [f"load_subconfig({str(ROOT / 'nbgrader_config.py')!r})", "c = get_config()"]
    (root / "nbgrader_config.py").write_text("\n".join([*start, f"c.CourseDirectory.root = {str(root)!r}", *lines]))
    for case in CORPUS:
        changed = case.change(Notebook(lesson.released))
        data = changed if isinstance(changed, bytes) else changed.bytes()
        folder = root / "submitted" / case.student / LESSON
        folder.mkdir(parents=True)
        if case.lay:
            case.lay(folder, data)
        else:
            (folder / f"{LESSON}.ipynb").write_bytes(data.replace(COURSE.encode(), str(root).encode()))
    idle = [processes(one) for one in warm]
    report = grade_class(CourseFolder(root), LESSON, Silent(), *warm, workers=4)
    deadline = time.monotonic() + 60
    while (left := [processes(one) for one in warm]) != idle and time.monotonic() < deadline:
        time.sleep(0.05)
    return Graded(root, report, [now - before for now, before in zip(left, idle, strict=True)])


def processes(warm: Warm) -> set[int]:
    """All processes below a warm parent."""
    found, children = {warm.process.pid}, dict[int, list[int]]()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    waiting = list(found)
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting += below
    return found


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_what_must_happen(case: Hostile, graded: Graded) -> None:
    if case.state == "not submitted":
        assert graded.report.missing[case.student]
        assert not graded.notebook(case.student).exists()
        return
    entry = graded.entry(case)
    got = {name: task["points"] for name, task in entry["tasks"].items()}
    whys = [f"{name}: {task['why']} {task['message']}" for name, task in entry["tasks"].items()]
    assert got == {**ALL, **case.earned}, [entry["reason"], *whys]
    assert entry["state"] == case.state, entry["reason"]
    assert case.reason in entry["reason"]
    assert case.restored in " ".join(entry["restored"])
    assert entry["seconds"].get("all", 0) < case.seconds
    text = graded.notebook(case.student).read_bytes()
    assert len(text) < MOST
    shown = json.dumps([cell.get("outputs", []) for cell in json.loads(text)["cells"]])
    assert case.shown in shown
    for words in (*case.unseen, "FOUND ['"):
        assert words not in shown, shown[:3000]


def test_every_submission_has_a_state(graded: Graded) -> None:
    assert {entry["student"] for entry in graded.report.entries} | set(graded.report.missing) == {
        case.student for case in CORPUS
    }


def test_no_process_is_left_behind(graded: Graded) -> None:
    assert graded.left == [set(), set()]


def test_no_file_appears_outside_of_what_grading_writes(graded: Graded) -> None:
    there = {path.name for path in graded.root.iterdir()}
    assert there == {".counterclaim", "autograded", "gradebook.db", "nbgrader_config.py", "notebooks", "submitted"}
    assert [path.name for path in (graded.root / "submitted" / "honest" / LESSON).iterdir()] == [f"{LESSON}.ipynb"]
    for place in ("/note", "/slip", "/usr/note", "/usr/slip", "/tmp/note-1", "/dev/shm/note-1"):
        assert not Path(place).exists()


def test_the_gradebook_says_what_the_journal_says(graded: Graded) -> None:
    import sqlite3

    with sqlite3.connect(graded.root / "gradebook.db") as book:
        rows = book.execute(
            "SELECT sa.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade FROM grade g"
            " JOIN base_cell c ON g.cell_id = c.id JOIN submitted_notebook n ON g.notebook_id = n.id"
            " JOIN submitted_assignment sa ON n.assignment_id = sa.id"
        ).fetchall()
    wanted = {
        (entry["student"], name): (task["points"], None, task["points"] is None)
        for entry in graded.report.entries
        for name, task in entry["tasks"].items()
    }
    assert {(student, name): (auto, hand, bool(waits)) for student, name, auto, hand, waits in rows} == wanted


def test_every_kind_is_tried() -> None:
    tried = {name for names in KINDS.values() for name in names.split()}
    there = {case.name for case in CORPUS}
    assert tried <= there
    assert there - tried == {"honest", *OF_OTHER_KINDS}
    assert len(there) > 48


OF_OTHER_KINDS = {
    "function_that_hangs_once",
    "function_that_gives_itself",
    "closes_every_handle",
    "answers_that_shout",
    "answers_too_large",
    "answers_without_end",
    "takes_its_folder_away",
    "takes_its_streams_away",
    "asks_the_keyboard",
    "date_without_end",
}


def test_what_students_see_holds_no_hidden_test(graded: Graded, warm: tuple[Warm, Warm]) -> None:
    """The frames that go into a student's room are those of the released notebook."""
    sent: list[str] = []
    students, tests = warm
    room = students.room

    class Spy:
        def room(self, limits: Limits):
            made = room(limits)
            ask, send = made.ask, made.send
            made.send = lambda frame: (sent.append(json.dumps(frame)), send(frame))[1]
            made.ask = lambda frame, seconds=None: (sent.append(json.dumps(frame)), ask(frame, seconds))[1]
            return made

    lesson = load_lesson(graded.root / "notebooks" / LESSON / f"{LESSON}.ipynb")
    run_submission(Notebook(lesson.released).bytes(), lesson, Spy(), tests, Limits(**LIMITS))  # type: ignore[arg-type]
    cells = [frame for frame in sent if '"run"' in frame or '"hand_in"' in frame]
    assert len(set(cells)) >= 8
    for secret in SECRETS:
        assert not any(secret in frame for frame in cells)
