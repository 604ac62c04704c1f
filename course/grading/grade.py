"""A whole class: every submission run once, whatever happens meanwhile, and entered by one writer."""

from __future__ import annotations

import copy
import json
import os
import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from course.files import write_whole
from course.grading.folder import EXCHANGE, PRIVATE, CourseFolder, FolderError, Submission, beside
from course.grading.gradebook import Gradebook
from course.grading.journal import Entry, Journal, digest, make_entry
from course.grading.lesson import GradedLesson, load_lesson
from course.grading.limits import Limits
from course.grading.notebook import MOST_BYTES, NotebookError, read_notebook
from course.grading.plan import answered_in
from course.grading.rooms import Warm
from course.grading.run import Outcome, run_submission


class Watch(Protocol):
    """Who wants to know how far it is."""

    def begin(self, total: int) -> None:
        """There are `total` submissions to run."""

    def step(self, entry: Entry) -> None:
        """One is done."""


class Elsewhere(Protocol):
    """Who runs submissions on other machines. `run` is called from several threads at once."""

    def size(self) -> int:
        """How many they run side by side."""

    def run(self, data: bytes, lesson: GradedLesson, limits: Limits, files: Mapping[str, bytes]) -> Outcome:
        """Run one submission there, as `run_submission` does here."""


@dataclass(slots=True)
class Report:
    """What `grade_class` did. `entries` of every student, in order; `known` were graded by an earlier run."""

    entries: list[Entry] = field(default_factory=list)
    known: int = 0
    missing: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Job:
    submission: Submission
    before: Entry | None
    by_hand: dict[str, dict[str, Any]]


def grade_class(
    folder: CourseFolder,
    name: str,
    watch: Watch,
    students: Warm | None,
    tests: Warm | None,
    *,
    elsewhere: Elsewhere | None = None,
    workers: int | None = None,
    only: Sequence[str] = (),
    again: bool = False,
    unsafe: bool = False,
) -> Report:
    """Grade what was handed in for a lesson, but for what was graded before and has not changed since.

    Args:
        folder: the course folder.
        name: the lesson.
        watch: is told how far it is.
        students, tests: the warm parents of the rooms for students' cells and for hidden tests, for this machine.
        elsewhere: who runs submissions instead.
        workers: how many submissions run at once. [default: one for each core]
        only: students; all where none is named.
        again: grade also what was graded before; points set by hand for tasks that the machine grades move to the history.
        unsafe: the warm parents stand in no sandbox; this is kept on record.

    Errors: LessonProblem, FolderError, SandboxError, GradebookProblem, Busy; OSError where the disk is full.
    """
    notebook = folder.source(name)
    name = notebook.stem
    journal = Journal(folder.root / PRIVATE / "grading" / name)
    with journal.locked():
        lesson = load_lesson(notebook)
        submissions = [_chosen(one, lesson) for one in folder.submissions(name, set(lesson.by_id()))]
        if strangers := sorted(set(only) - {one.student for one in submissions}):
            raise FolderError(f"Nothing was handed in for {name} by {', '.join(strangers)}.")
        if not submissions:
            raise FolderError(
                f"Nothing was handed in for {name}: there is no {folder.path('submitted', '*', name)} with a notebook in it."
            )
        with Gradebook(folder) as book:
            book.enter_lesson(lesson, notebook)
            report = Report()
            there = {one.student for one in submissions}
            report.missing = {one.student: one.why for one in submissions if not one.notebook}
            report.missing |= {one: "Nothing was handed in." for one in book.students() if one not in there}
            jobs = _jobs(folder, lesson, journal, book, submissions, only, again, report)
            watch.begin(len(jobs))
            if jobs and students and tests:
                students.try_room(folder.limits)
                tests.try_room(folder.limits)
            run = _Class(folder, lesson, journal, students, tests, elsewhere, unsafe)
            many = 2 * elsewhere.size() if elsewhere else os.cpu_count() or 1  # so that none there waits for us
            for job, entry in run.all(jobs, workers or many):
                book.enter(entry, job.submission.timestamp)
                journal.write(entry | {"recorded": True}, lasting=False)
                report.entries.append(entry)
                watch.step(entry)
    report.entries.sort(key=lambda entry: str(entry["student"]))
    return report


def _jobs(
    folder: CourseFolder,
    lesson: GradedLesson,
    journal: Journal,
    book: Gradebook,
    submissions: Sequence[Submission],
    only: Sequence[str],
    again: bool,
    report: Report,
) -> list[_Job]:
    """What is still to be run; what an earlier run had graded, but not entered, is entered on the way."""
    jobs, recorded = [], book.submitted(lesson.name)
    for one in submissions:
        if not one.notebook or (only and one.student not in only):
            continue
        files, _ = beside(one, folder.directory.ignore)
        made, before = _digest(_bytes(one), files), journal.read(one.student)
        known = before and (before.get("submission"), before.get("source")) == (made, lesson.digest)
        done = (folder.path("autograded", one.student, lesson.name) / f"{lesson.name}.ipynb").is_file()
        if before and known and done and not again:
            if not before.get("recorded") or one.student not in recorded:
                book.enter(before, one.timestamp)
                journal.write(before | {"recorded": True}, lasting=False)
            report.entries.append(before)
            report.known += 1
        else:
            by_hand = book.set_by_hand(lesson.name, one.student) if again else {}
            jobs.append(_Job(one, before, by_hand))
    return jobs


def _digest(data: bytes, files: Mapping[str, bytes]) -> str:
    """A digest of what a student handed in: the notebook, and what else their cells may read."""
    seen = [f"{path!r} {digest(content)}" for path, content in sorted(files.items()) if path not in EXCHANGE]
    return digest(b"\0".join([data, *(line.encode("utf-8") for line in seen)]))


def _chosen(one: Submission, lesson: GradedLesson) -> Submission:
    """The submission with the notebook that holds its answers: where the lesson's own is as it was released, it is a copy beside it."""
    if not one.notebook or not one.others or _answered(one.notebook, lesson):
        return one
    answered = [path for path in one.others if _answered(path, lesson)]
    if not answered:
        return one
    best = max(answered, key=lambda path: path.stat().st_mtime)
    return replace(
        one, notebook=best, why=f"{one.notebook.name} is as it was released. {best.name} holds answers, and was graded."
    )


def _answered(path: Path, lesson: GradedLesson) -> int:
    try:
        return answered_in(read_notebook(_start(path)), lesson)[1]
    except NotebookError:
        return 0


def _bytes(one: Submission) -> bytes:
    """The submitted file, or as much of it as shows that it is too long."""
    assert one.notebook
    return _start(one.notebook)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


class _Class:
    """The workers of one run."""

    def __init__(
        self,
        folder: CourseFolder,
        lesson: GradedLesson,
        journal: Journal,
        students: Warm | None,
        tests: Warm | None,
        elsewhere: Elsewhere | None,
        unsafe: bool,
    ) -> None:
        self.folder, self.lesson, self.journal = folder, lesson, journal
        self.students, self.tests, self.elsewhere, self.unsafe = students, tests, elsewhere, unsafe

    def all(self, jobs: Sequence[_Job], workers: int) -> Iterator[tuple[_Job, Entry]]:
        """Run the jobs in so many threads; yields job and entry as they are done."""
        waiting: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[_Job, Entry | BaseException]] = queue.SimpleQueue()
        stopped = threading.Event()
        for job in jobs:
            waiting.put(job)

        def work() -> None:
            while not stopped.is_set():
                try:
                    job = waiting.get_nowait()
                except queue.Empty:
                    return
                try:
                    done.put((job, self._one(job)))
                except BaseException as error:
                    done.put((job, error))
                    return

        threads = [threading.Thread(target=work, daemon=True) for _ in range(min(workers, len(jobs)))]
        for thread in threads:
            thread.start()
        try:
            for _ in jobs:
                job, entry = done.get()
                if isinstance(entry, BaseException):
                    raise entry
                yield job, entry
        finally:
            stopped.set()

    def _one(self, job: _Job) -> Entry:
        """Run one submission, write its notebook, then its entry: who finds the entry finds the notebook."""
        student = job.submission.student
        data = _bytes(job.submission)  # not kept since it was first read: a large class does not fit into memory
        files, left = beside(job.submission, self.folder.directory.ignore)
        shown = {path: content for path, content in files.items() if path not in EXCHANGE}
        if self.elsewhere:
            outcome = self.elsewhere.run(data, self.lesson, self.folder.limits, shown)
        else:
            assert self.students and self.tests
            outcome = run_submission(data, self.lesson, self.students, self.tests, self.folder.limits, shown)
        if job.submission.why:
            outcome.restored.insert(0, job.submission.why)
        place = self.folder.path("autograded", student, self.lesson.name)
        place.mkdir(parents=True, exist_ok=True)
        if left := left + _take_over(files, place):
            outcome.restored.append(
                f"Beside the notebook, {left} could not be taken over: a link, or too many or too large."
            )
        entry = make_entry(
            student, self.lesson.name, _digest(data, shown), self.lesson.digest, outcome, unsafe=self.unsafe
        )
        tests = {cell.grade_id for cell in self.lesson.cells if cell.kind == "test"}
        entry["history"] = list((job.before or {}).get("history", []))
        if taken_back := {name: mark for name, mark in job.by_hand.items() if name in tests}:
            entry["history"].append({"until": entry["graded_at"], "tasks": taken_back})
            entry["again"] = True
        notebook = with_note(outcome, self.lesson, unsafe=self.unsafe)
        write_whole(
            place / f"{self.lesson.name}.ipynb", json.dumps(notebook, ensure_ascii=False, indent=1), lasting=True
        )
        if job.submission.timestamp:
            write_whole(place / "timestamp.txt", f"{job.submission.timestamp.isoformat()}\n")
        self.journal.write(entry)
        return entry


def _take_over(files: Mapping[str, bytes], place: Path) -> int:
    """Write what was handed in beside the notebook to `place`; how many could not be."""
    left = 0
    for path, content in files.items():
        try:
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            write_whole(place / path, content)
        except (
            FileExistsError,
            NotADirectoryError,
            IsADirectoryError,
        ):  # a folder where a file was, since the last time
            left += 1
    return left


def with_note(outcome: Outcome, lesson: GradedLesson, *, unsafe: bool) -> dict[str, Any]:
    """The graded notebook, with a first cell that says what a person has to know before reading it."""
    notebook = copy.deepcopy(outcome.notebook or lesson.released)
    lines = []
    if outcome.state != "graded":
        lines.append(f"**Grading: {outcome.state}.** {outcome.reason}")
    lines += [f"- {line}" for line in outcome.restored]
    if unsafe:
        lines.append("- Graded without a sandbox.")
    if lines:
        cell = {"cell_type": "markdown", "id": "grading-note", "metadata": {}, "source": "\n".join(lines)}
        notebook["cells"] = [cell, *notebook["cells"]]
    return notebook
