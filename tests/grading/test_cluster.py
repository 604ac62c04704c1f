"""`course grade --scheduler ADDRESS`: a real scheduler with two workers on loopback, one of them killed in the middle."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from clusters import Cluster
from hostile.lesson import ANSWERS

STUDENTS = 8


def fill(course) -> None:
    for number in range(STUDENTS):
        wrong = {"a3": f"import time; time.sleep(1)\ntotal = {40 + number}"}
        course.submit(f"student{number}", course.answered(ANSWERS | wrong))
    course.submit("killed", course.answered(ANSWERS | {"a2": "import os; os._exit(1)"}))


def result(course):
    names = [*(f"student{number}" for number in range(STUDENTS)), "killed"]
    entries = [course.entry(name) for name in names]
    for entry in entries:
        del entry["seconds"], entry["graded_at"]
    return entries, course.gradebook(), [course.graded(name) for name in names]


@pytest.fixture
def cluster(root, tmp_path_factory) -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    made = Cluster(root, tmp_path_factory.mktemp("cluster"))
    yield made
    made.stop()


def test_a_worker_killed_in_the_middle_changes_nothing(cluster, make_course, small_lesson):
    cluster.add_worker()
    cluster.add_worker()
    course = make_course(small_lesson)
    fill(course)
    command = course.command("grade", course.lesson, "--scheduler", cluster.address)
    running = subprocess.Popen(
        command, cwd=course.root, env=course.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    journal, limit = course.root / ".counterclaim" / "grading" / course.lesson, time.monotonic() + 400
    while not list(journal.glob("*.json")):
        assert time.monotonic() < limit and running.poll() is None
        time.sleep(0.05)
    cluster.workers[0].send_signal(signal.SIGKILL)
    assert len(list(journal.glob("*.json"))) < STUDENTS, "it was over before a worker was killed"
    said, wrong = running.communicate(timeout=300)
    assert running.returncode == 1, wrong  # one submission was killed, by itself
    assert "9 submissions: 8 graded, 1 killed." in said and "Traceback" not in wrong
    here = make_course(small_lesson)
    fill(here)
    here.grade(expect=1)
    assert result(course) == result(here)


def test_scheduler_that_does_not_answer_is_one_clear_line(make_course, small_lesson):
    course = make_course(small_lesson)
    course.submit("ann", course.answered(ANSWERS))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    wrong = course.grade("--scheduler", address, expect=2).stderr
    assert len(wrong.splitlines()) == 1 and f"No Dask scheduler answers at {address}" in wrong
    assert not (course.root / "gradebook.db").exists()
