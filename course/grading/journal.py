"""The journal: one entry a submission, written whole and to the disk, so that no run has to be done twice."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.files import write_whole
from course.grading.run import Outcome

Entry = dict[str, Any]


class Busy(Exception):
    """Somebody else grades this lesson at the moment."""


class Journal:
    """The entries of one lesson, in `folder`: a file STUDENT.json each. They hold points and messages, and nobody's answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, student: str) -> Entry | None:
        """A student's entry; None where there is none that can be read."""
        try:
            entry = json.loads(self._path(student).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return entry if isinstance(entry, dict) and isinstance(entry.get("tasks"), dict) else None

    def write(self, entry: Entry, *, lasting: bool = True) -> None:
        """Write an entry. Errors: OSError, such as a full disk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self._path(entry["student"]), json.dumps(entry, ensure_ascii=False, indent=1), lasting=lasting)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others away from this lesson. Errors: Busy."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy from None
            yield
        finally:
            os.close(handle)

    def _path(self, student: str) -> Path:
        return self.folder / f"{student}.json"


def make_entry(student: str, lesson: str, submission: str, source: str, outcome: Outcome, *, unsafe: bool) -> Entry:
    """The entry for an outcome.

    Args:
        student, lesson: their names.
        submission, source: digests of what was graded, and of the lesson that graded it.
        outcome: what came out.
        unsafe: whether it was run without a sandbox.
    """
    return {
        "student": student,
        "lesson": lesson,
        "submission": submission,
        "source": source,
        "state": outcome.state,
        "reason": outcome.reason,
        "tasks": {
            name: {"points": task.points, "most": task.most, "message": task.message, "why": task.why}
            for name, task in outcome.tasks.items()
        },
        "no_response": outcome.no_response,
        "restored": outcome.restored,
        "seconds": {name: round(seconds, 3) for name, seconds in outcome.seconds.items()},
        "graded_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "unsafe": unsafe,
        "recorded": False,
        "history": [],
    }


def digest(data: bytes) -> str:
    """A digest of a file's bytes."""
    return hashlib.sha256(data).hexdigest()
