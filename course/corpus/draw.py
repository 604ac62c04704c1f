"""Drawing a text for a student: the same on every machine and in every version of Python, another for a neighbour."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

from course.corpus.report import Report
from course.corpus.worlds import load_world

Option = TypeVar("Option")


def draw(options: Sequence[Option], *seed: str) -> Option:
    """One of `options`, fixed by the words of `seed`; case and outer spaces of the words do not matter.

    Errors: ValueError where there is nothing to draw from.
    """
    if not options:
        raise ValueError("There is nothing to draw from.")
    words = "/".join(word.strip().casefold() for word in seed)
    return options[int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big") % len(options)]


def draw_report(world: str, student_id: str, lesson: str, among: Sequence[str] | None = None) -> Report:
    """A report of a practice world for one student in one lesson.

    The same student draws counterparts in the two worlds: "border-07" in one is "flood-07" in the other.

    Args:
        world: "border" or "flood".
        student_id: any name or number.
        lesson: the lesson's name, so that each lesson draws anew.
        among: the numbers to draw from, such as ["01", "07"], where a task needs certain phenomena; all unless given.

    Errors: KeyError for a world or a number that is not there.
    """
    reports = load_world(world)
    numbers = sorted(id.rsplit("-", 1)[1] for id in reports.reports["id"]) if among is None else list(among)
    return reports.report(f"{world}-{draw(numbers, lesson, 'report', str(student_id))}")
