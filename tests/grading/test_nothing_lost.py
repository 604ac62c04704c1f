"""`kill -9` at any moment: the same command goes on, and the result is that of an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time

import pytest
from hostile.lesson import ANSWERS

MOMENTS = 20 if os.environ.get("CI") == "true" else 3
STUDENTS = 6


def fill(course) -> None:
    for number in range(STUDENTS):
        answers = ANSWERS if number % 2 else ANSWERS | {"a1": 'claimant = "the paper"', "a3": f"total = {number}"}
        course.submit(f"student{number}", course.answered(answers))


def result(course):
    """All that must be the same: points, messages, gradebook, notebooks."""
    names = [f"student{number}" for number in range(STUDENTS)]
    entries = [course.entry(name) for name in names]
    for entry in entries:
        del entry["seconds"], entry["graded_at"]
    return entries, course.gradebook(), [course.graded(name) for name in names]


@pytest.fixture(scope="module")
def undisturbed(make_course, small_lesson):
    course = make_course(small_lesson)
    fill(course)
    started = time.monotonic()
    course.grade(expect=0)
    return result(course), time.monotonic() - started


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_a_random_moment_it_goes_on(moment, undisturbed, make_course, small_lesson):
    wanted, seconds = undisturbed
    course = make_course(small_lesson)
    fill(course)
    running = subprocess.Popen(
        course.command("grade", course.lesson),
        cwd=course.root,
        env=course.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(random.Random(moment).uniform(0.3, 1) * seconds)
    running.send_signal(signal.SIGKILL)
    running.wait()
    course.grade(expect=0)
    assert result(course) == wanted
