"""No hostile submission gains a point that it did not earn, none loses one, none stops the others, and none leaves a process behind."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import missing
from hostile.corpus import CORPUS, Hostile
from hostile.lesson import POINTS, SECRETS, Notebook, make_source

from course.grading.lesson import GradedLesson, load_lesson
from course.grading.limits import Limits
from course.grading.rooms import Warm
from course.grading.run import Outcome, run_submission

LIMITS = Limits(cell_seconds=5, all_seconds=40, call_seconds=1, memory_mb=700, disk_mb=20, processes=40)


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> GradedLesson:
    return load_lesson(make_source(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="module")
def warm() -> Iterator[tuple[Warm, Warm]]:
    if not shutil.which("bwrap"):
        missing("bubblewrap")
    with Warm("student") as students, Warm("hidden") as tests:
        students.wait()
        tests.wait()
        yield students, tests


@pytest.fixture(scope="module")
def idle(warm: tuple[Warm, Warm]) -> list[set[int]]:
    """The processes of the warm parents while no submission is run."""
    return [processes(one) for one in warm]


def run(data: bytes, lesson: GradedLesson, warm: tuple[Warm, Warm]) -> Outcome:
    return run_submission(data, lesson, *warm, LIMITS)


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
def test_what_must_happen(case: Hostile, lesson: GradedLesson, warm: tuple[Warm, Warm], idle: list[set[int]]) -> None:
    changed = case.change(Notebook(lesson.released))
    started = time.monotonic()
    outcome = run(changed if isinstance(changed, bytes) else changed.bytes(), lesson, warm)
    assert time.monotonic() - started < case.seconds
    got = {name: task.points for name, task in outcome.tasks.items()}
    assert got == {**POINTS, **case.earned}, [outcome.reason, *(f"{n}: {t.why}" for n, t in outcome.tasks.items())]
    assert outcome.state == case.state, outcome.reason
    assert case.reason in outcome.reason
    assert case.restored in " ".join(outcome.restored)
    shown = [output for cell in (outcome.notebook or {"cells": []})["cells"] for output in cell.get("outputs", [])]
    assert case.shown in json.dumps(shown)
    for words in (*case.unseen, "FOUND ['"):
        assert words not in json.dumps(shown)
    deadline = time.monotonic() + 5
    while (left := [processes(one) for one in warm]) != idle and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == idle, "A process is left behind"


def test_the_student_after_them_is_graded_as_ever(lesson: GradedLesson, warm: tuple[Warm, Warm]) -> None:
    outcome = run(Notebook(lesson.released).bytes(), lesson, warm)
    assert {name: task.points for name, task in outcome.tasks.items()} == POINTS
    assert outcome.state == "graded"


def test_what_students_see_holds_no_hidden_test(lesson: GradedLesson, warm: tuple[Warm, Warm]) -> None:
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

    run_submission(Notebook(lesson.released).bytes(), lesson, Spy(), tests, LIMITS)  # type: ignore[arg-type]
    cells = [frame for frame in sent if '"run"' in frame or '"hand_in"' in frame]
    assert len(set(cells)) >= 8
    for secret in SECRETS:
        assert not any(secret in frame for frame in cells)
