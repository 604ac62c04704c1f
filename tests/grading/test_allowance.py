"""What code may use is counted in the processor's time: a busy machine takes nobody's points, and what only waits still ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import missing
from hypothesis import given
from hypothesis import strategies as st

from course.grading.keeper import Allowance
from course.grading.limits import Limits
from course.grading.rooms import Died, Room, Warm
from course.grading.sandbox import SandboxError

SECONDS = st.floats(0.001, 1e6)


@given(limit=SECONDS, spent=SECONDS, until=SECONDS, used=SECONDS, waited=SECONDS)
def test_time_that_others_take_does_not_count(limit, spent, until, used, waited):
    allowance = Allowance(limit, spent, until)
    why = allowance.exceeded(spent + used, until - waited)
    assert bool(why) == (spent + used - spent > limit)
    assert not why or f"{limit:g} seconds of the processor's time" in why


@given(limit=SECONDS, spent=SECONDS, until=SECONDS, waited=SECONDS)
def test_what_only_waits_ends_by_the_clock(limit, spent, until, waited):
    assert "clock" in Allowance(limit, spent, until).exceeded(spent, until + waited)


@pytest.fixture(scope="module")
def students() -> Iterator[Warm]:
    try:
        with Warm("student") as warm:
            warm.wait()
            yield warm
    except SandboxError as error:
        missing(f"a sandbox ({error})")


def text(reply: dict) -> str:
    return str(reply["outputs"])


def test_a_cell_may_wait_longer_than_its_limit(students):
    """To wait is what a process does whose processor is taken by others."""
    with students.room(Limits(cell_seconds=0.5, patience=1000)) as room:
        reply = room.ask({"run": "import time\ntime.sleep(1.5)\nprint('done')"})
        assert "done" in text(reply) and not room.interrupted


def test_a_cell_that_computes_too_long_is_interrupted(students):
    with students.room(Limits(cell_seconds=1, patience=1000)) as room:
        reply = room.ask({"run": "while True: pass"})
        assert "KeyboardInterrupt" in text(reply) and "1 seconds of the processor's time" in room.interrupted
        assert "2" in text(room.ask({"run": "1 + 1"})) and not room.interrupted


def test_what_its_children_compute_counts_too(students):
    code = "import os\nfor _ in range(2):\n    if os.fork() == 0:\n        while True: pass\nos.wait()"
    with students.room(Limits(cell_seconds=1, patience=1000)) as room:
        room.ask({"run": code})
        assert "processor's time" in room.interrupted


def test_a_cell_that_waits_for_ever_ends_by_the_clock(students):
    with students.room(Limits(cell_seconds=1, patience=1)) as room:
        assert "KeyboardInterrupt" in text(room.ask({"run": "import time\ntime.sleep(10_000)"}))
        assert room.interrupted == "too long by the clock"


def test_one_that_cannot_be_interrupted_is_ended_and_the_reason_told(students):
    stubborn = "while True:\n    try:\n        while True: sum(range(1000))\n    except BaseException: pass"
    with students.room(Limits(cell_seconds=1, patience=1000)) as room, pytest.raises(Died) as died:
        room.ask({"run": stubborn})
    assert died.value.reason.startswith("time: ") and "could not be interrupted" in died.value.reason


def test_the_whole_notebook_has_its_limit_too(students: Warm):
    def burn(room: Room) -> None:
        for _ in range(100):
            room.ask({"run": "import time\nuntil = time.process_time() + 0.5\nwhile time.process_time() < until: pass"})

    with students.room(Limits(cell_seconds=60, all_seconds=2, patience=1000)) as room, pytest.raises(Died) as died:
        burn(room)
    assert "the whole notebook" in died.value.reason
