"""One submission, from its bytes to its points: the student's cells in one room, the hidden tests in another, data in between."""

from __future__ import annotations

import base64
import contextlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from course.grading.frames import Frame
from course.grading.lesson import GradedLesson, SourceCell
from course.grading.limits import Limits
from course.grading.notebook import Cell, NotebookError, Read, clean, read_notebook, without_lost_pictures
from course.grading.outputs import message_in, sane
from course.grading.plan import Plan, Step, make_plan
from course.grading.rooms import Died, Room, Warm

GRADED, REVIEW, INVALID = "graded", "needs review", "invalid"
TIMEOUT, KILLED, MISSING = "timeout", "killed", "not submitted"
MIME = "application/vnd.counterclaim.work+json"  # that of course.widgets.kept, which takes long to import
STATES = (GRADED, REVIEW, TIMEOUT, KILLED, INVALID, MISSING)


@dataclass(slots=True)
class TaskResult:
    """What one task earned. `points` is None where a person has to look; `why` says so, "by hand" where that is the plan."""

    points: float | None
    most: float
    message: str = ""
    why: str = ""


@dataclass(slots=True)
class Outcome:
    """A submission after its run. `notebook` is what the instructor sees, with outputs; `seconds` what was spent where."""

    state: str
    reason: str = ""
    tasks: dict[str, TaskResult] = field(default_factory=dict)
    no_response: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    notebook: dict[str, Any] | None = None
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Answer:
    """What came over for one task, and where its outputs go."""

    step: Step
    score: Frame


def run_submission(
    data: bytes,
    lesson: GradedLesson,
    students: Warm,
    tests: Warm,
    limits: Limits,
    files: Mapping[str, bytes] | None = None,
) -> Outcome:
    """Grade the bytes of one notebook.

    Args:
        data: the file, from anybody.
        lesson: what it answers.
        students: the warm parent of the rooms in which students' cells run.
        tests: the warm parent of the rooms in which hidden tests run.
        limits: what it may use.
        files: what the student's cells find in their work folder, by path.

    Errors: SandboxError where there are no more rooms to be had.
    """
    begun = time.monotonic()
    try:
        read = read_notebook(data)
        records = _records(read)
        plan = make_plan(read, lesson)
    except NotebookError as error:
        return _unreadable(str(error), lesson)
    outcome = Outcome(GRADED, restored=plan.restored)
    planned = time.monotonic()
    with students.room(limits) as room:
        run = _Run(plan, room, limits, outcome)
        run.cells(records, files or {})
        ran = time.monotonic()
        _score(run, lesson, tests, limits, outcome)
    for grade_id, task in lesson.by_id().items():
        _by_hand(grade_id, task, plan, outcome)
    if outcome.state == GRADED and any(t.points is None and t.why != "by hand" for t in outcome.tasks.values()):
        outcome.state = REVIEW
        outcome.reason = next(t.why for t in outcome.tasks.values() if t.points is None and t.why != "by hand")
    outcome.notebook = _notebook(plan, lesson)
    outcome.seconds = {
        "plan": planned - begun,
        "cells": ran - planned,
        "tests": time.monotonic() - ran,
        "all": time.monotonic() - begun,
    }
    return outcome


class _Run:
    """The student's side of one submission."""

    def __init__(self, plan: Plan, room: Room, limits: Limits, outcome: Outcome) -> None:
        self.plan, self.room, self.limits, self.outcome = plan, room, limits, outcome
        self.answers: list[_Answer] = []
        self.number = 0
        self.left = 5 * limits.output_characters  # counted there as well, but that can be patched

    def cells(self, records: list[Any], files: Mapping[str, bytes]) -> None:
        """Run the cells in order, as far as they come."""
        try:
            for path, content in files.items():
                self.room.ask({"file": path, "content": base64.b64encode(content).decode("ascii")})
            if records:
                self.room.ask({"records": records})
            for number, step in enumerate(self.plan.steps, 1):
                self.number = number
                if step.cell["cell_type"] == "code":
                    self._cell(step)
        except Died as died:
            self._end(died.reason)

    def _cell(self, step: Step) -> None:
        task = step.task
        if task and task.kind == "test" and task.hand_in:
            self._hand_in(step, task)
        else:
            reply = self.room.ask({"run": step.cell["source"]})
            shown = sane(reply.get("outputs"), min(self.left, self.limits.output_characters))
            self.left -= len(json.dumps(shown)) // 2
            step.cell["outputs"] = shown
            count = reply.get("count")
            step.cell["execution_count"] = count if isinstance(count, int) else None
        if self.room.interrupted:
            self.outcome.state = TIMEOUT
            self.outcome.reason = f"{self._here()} took {self.room.interrupted} and was interrupted."

    def _hand_in(self, step: Step, task: SourceCell) -> None:
        assert task.hand_in
        asked = {"hand_in": task.hand_in.task, "parts": task.hand_in.parts, "visible": task.released}
        reply = self.room.ask(asked)
        score: Frame = {"task": task.hand_in.task, "source": task.source, "points": task.points}
        if isinstance(reply.get("answer"), str):
            score["answer"] = reply["answer"]
            choice, snapshot = reply.get("choice"), reply.get("snapshot")
            if isinstance(choice, list) and len(choice) == 2 and all(isinstance(part, str) for part in choice):
                score["choice"] = [part[:200] for part in choice]
            if isinstance(snapshot, int):
                score["snapshot"] = snapshot
        else:
            kind, text = reply.get("failed"), reply.get("text")
            score["failed"] = [str(kind)[:40], clean(str(text))[:2000]]
        self.answers.append(_Answer(step, score))

    def _end(self, reason: str) -> None:
        kind, _, detail = reason.partition(": ")
        if kind == "time":
            self.outcome.state = TIMEOUT
            what = detail or "it took too long by the clock, and gave no sign of life"
        else:
            self.outcome.state = KILLED
            known = {
                "memory": f"the code took more than {self.limits.memory_mb:,} MB of memory",
                "exit": f"the code ended its own process {detail}".rstrip(),
                "signal": f"its process was ended by {detail}",
            }
            what = known.get(kind, detail or reason)
        self.outcome.reason = f"{self._here()}: {what}. The cells below it were not run."

    def _here(self) -> str:
        step = self.plan.steps[self.number - 1] if self.number else None
        name = f" ({step.task.grade_id})" if step and step.task else ""
        return f"Cell {self.number}{name}"


def _score(run: _Run, lesson: GradedLesson, tests: Warm, limits: Limits, outcome: Outcome) -> None:
    """Run the hidden tests on the answers that arrived; a new room where one test cell spoilt the old."""
    waiting = list(run.answers)
    while waiting:
        with contextlib.suppress(Died), tests.room(limits) as room:
            room.ask(
                {"open": {"imports": "\n".join(lesson.imports), "lesson": lesson.opened[0], "choice": lesson.opened[1]}}
            )
            while waiting:
                answer = waiting.pop(0)
                task = answer.step.task
                assert task
                result = TaskResult(None, task.points, why="The check took too long.")
                outcome.tasks[task.grade_id] = result
                if task.grade_id in lesson.strange:
                    names = ", ".join(sorted(lesson.strange[task.grade_id]))
                    result.why = f"The check uses {names}, which only the student's notebook has."
                    continue
                reply = _scored(room, run.room, answer.score, limits)
                if isinstance(why := reply.get("ours"), str):
                    result.why = why
                else:
                    result.why, result.points = "", reply["points"]
                    answer.step.cell["outputs"] = sane(reply["outputs"], limits.output_characters)
                    result.message = message_in(answer.step.cell["outputs"])


def _scored(tests: Room, student: Room, score: Frame, limits: Limits) -> Frame:
    """The result of one test cell; calls of handed-in functions go over to the student's room meanwhile."""
    until = time.monotonic() + limits.cell_seconds * limits.patience
    reply = tests.ask({"score": score})
    while "ask" in reply:
        answer: Frame = {"failed": ["TimeoutError", "no answer in time"]}
        if time.monotonic() < until:
            try:
                call = {key: reply[key] for key in ("ask", "snapshot", "arguments", "called")}
                answer = student.call(call, limits.call_seconds)
            except Died as died:
                answer = {"gone": died.reason}
        known = {key: value for key, value in answer.items() if key in ("result", "failed", "gone")}
        reply = tests.ask(known if _is_reply(known) else {"failed": ["ValueError", "no answer that can be read"]})
    return reply


def _is_reply(answer: Frame) -> bool:
    failed = answer.get("failed", ["", ""])
    return (
        len(answer) == 1
        and all(isinstance(answer.get(key, ""), str) for key in ("result", "gone"))
        and isinstance(failed, list)
        and len(failed) == 2
    )


def _by_hand(grade_id: str, task: SourceCell, plan: Plan, outcome: Outcome) -> None:
    """Fill in what no machine marks, and what never came to be tested."""
    step = next((step for step in plan.steps if step.task is task), None)
    if task.kind in ("answer", "essay") and step and step.cell["source"] == task.released:
        outcome.no_response.append(grade_id)
    if task.kind == "essay":
        look = step.look if step else ""
        empty = grade_id in outcome.no_response and not look
        outcome.tasks[grade_id] = TaskResult(
            0.0 if empty else None, task.points, why=look or ("" if empty else "by hand")
        )
    elif task.kind == "task":
        outcome.tasks[grade_id] = TaskResult(None, task.points, why="by hand")
    elif task.kind == "test" and grade_id not in outcome.tasks:
        why = "The notebook was ended before this task."
        if not task.hand_in:
            why = "This check hands no answer in as data. Its hidden tests are not run beside a student's code."
        outcome.tasks[grade_id] = TaskResult(None, task.points, why=why)


def _unreadable(reason: str, lesson: GradedLesson) -> Outcome:
    """A submission without cells: every task waits for a person, and the notebook says why."""
    tasks = {
        name: TaskResult(None, task.points, why=reason)
        for name, task in lesson.by_id().items()
        if task.kind in ("test", "essay", "task")
    }
    return Outcome(INVALID, reason, tasks)


def _notebook(plan: Plan, lesson: GradedLesson) -> dict[str, Any]:
    """The notebook as formgrader and the feedback pages want it: the instructor's test cells, with what they said."""
    cells, used = [], set[str]()
    for number, step in enumerate(plan.steps, 1):
        cell = dict(step.cell)
        if step.task and step.task.kind == "test":
            cell["source"] = step.task.source
        cell["metadata"] = dict(step.task.metadata) if step.task else _tags(cell)
        if cell["id"] in used or not cell["id"]:
            cell["id"] = f"cell-{number}"
        used.add(cell["id"])
        if cell["cell_type"] == "code":
            cell.setdefault("execution_count", None)
            cell.pop("attachments", None)
        else:
            cell["source"] = without_lost_pictures(cell["source"], cell.get("attachments", {}))
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
        cells.append(cell)
    return {"cells": cells, "metadata": lesson.released["metadata"], "nbformat": 4, "nbformat_minor": 5}


def _tags(cell: Cell) -> dict[str, Any]:
    tags = cell["metadata"].get("tags")
    kept = [tag for tag in tags if isinstance(tag, str)][:20] if isinstance(tags, list) else []
    return {"tags": kept} if kept else {}


def _records(read: Read) -> list[Any]:
    """The widgets' records that a notebook carries: work that was done by hand. They are looked at in the student's room."""
    found = []
    for cell in read.cells:
        for output in cell["outputs"]:
            data = output.get("data") if isinstance(output, dict) else None
            if isinstance(data, dict) and MIME in data:
                found.append({"data": {MIME: data[MIME]}})
    return found
