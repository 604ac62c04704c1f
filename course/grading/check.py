"""Before handing in: is the notebook whole, does it run from top to bottom, do the visible checks pass?"""

from __future__ import annotations

import copy
import json
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from course.files import HANDED_IN
from course.grading.lesson import GradedLesson, load_lesson
from course.grading.notebook import NotebookError, read_notebook
from course.grading.outputs import message_in, sane
from course.grading.plan import Plan, make_plan
from course.grading.release import lessons

SECONDS = 60  # for one cell
MOST_SHOWN = 10**6  # characters of one cell's outputs
_HEADING = re.compile(r"^#{1,6}\s+(?:Task\s+)?(\d+\.\d+)\b", re.MULTILINE)


class CheckError(Exception):
    """The notebook cannot be checked at all; the message says why, in one line."""


@dataclass(slots=True)
class Findings:
    """What a learner should know. `structure` is what differs from the released lesson, `failed` the cells that stop with an error,
    `tasks` the word on each task and whether its visible checks pass, `essays` the word on each written answer and whether it is written."""

    lesson: str
    structure: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    tasks: list[tuple[bool, str]] = field(default_factory=list)
    essays: list[tuple[bool, str]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether it can be handed in as it is."""
        return not self.structure and not self.failed and all(passed for passed, _ in [*self.tasks, *self.essays])


def check_notebook(path: Path) -> Findings:
    """Check the notebook at `path`, which stays as it is; its cells run in its folder, in a kernel of their own.

    Errors: CheckError where it cannot be read, or is no lesson of this course.
    """
    try:
        read = read_notebook(path.read_bytes())
    except OSError as error:
        raise CheckError(f"{path} cannot be read ({error.strerror}).") from error
    except NotebookError as error:
        raise CheckError(f"{path} cannot be opened: {error}") from error
    lesson = _lesson_of(path, {_name(cell) for cell in read.cells})
    plan = make_plan(read, lesson)
    findings = Findings(lesson.name, list(plan.restored))
    _run(plan, path, findings)
    _essays(plan, findings)
    return findings


def _lesson_of(path: Path, names: set[str]) -> GradedLesson:
    notebooks = lessons()
    same = [notebook for notebook in notebooks if path.stem.startswith(notebook.stem)]
    for notebook in same or notebooks:
        if notebook.stem.startswith("00"):
            continue
        lesson = load_lesson(notebook)
        if same or len(names & set(lesson.by_id())) * 2 > len(lesson.cells):
            return lesson
    there = ", ".join(notebook.stem for notebook in notebooks if not notebook.stem.startswith("00"))
    raise CheckError(f"{path.name} is no graded lesson of this course. There are: {there}.")


def _name(cell: dict[str, Any]) -> str:
    marks = cell["metadata"].get("nbgrader")
    return str(marks.get("grade_id", "")) if isinstance(marks, dict) else ""


class _Client(NotebookClient):
    """Runs the cells, and keeps of each how it ended, and the beginning of what it showed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, on_cell_executed=self._ended, **kwargs)
        self.replies: dict[int, dict[str, Any]] = {}
        self.shown: Counter[int] = Counter()

    def _ended(self, cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
        self.replies[cell_index] = execute_reply["content"]

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """Leave out what is shown beyond the limit: a cell that prints for ever fills no memory here."""
        if msg["msg_type"] in ("stream", "display_data", "execute_result"):
            self.shown[cell_index] += len(str(msg["content"]))
            if self.shown[cell_index] > MOST_SHOWN:
                return None
        return super().process_message(msg, cell, cell_index)


def _run(plan: Plan, path: Path, findings: Findings) -> None:
    cells = []
    for number, step in enumerate(plan.steps):
        cell = copy.deepcopy(step.cell) | {"id": f"cell-{number}"}
        if cell["cell_type"] != "code":
            cell.pop("outputs", None)
        else:
            cell.pop("attachments", None)
            cell |= {"outputs": [], "execution_count": None}
        cells.append(cell)
    notebook = nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    place = {"metadata": {"path": str(path.resolve().parent)}}
    client = _Client(
        notebook, timeout=SECONDS, allow_errors=True, interrupt_on_timeout=True, kernel_name="python3", resources=place
    )
    try:
        # what was done by hand counts as it stands in this file: only that is handed in
        client.execute(env=os.environ | {HANDED_IN: str(path.resolve())})
    except (DeadKernelError, NoSuchKernel, RuntimeError, OSError) as problem:
        if not client.replies:
            why = " ".join(str(problem).split())
            raise CheckError(
                f"Python could not be started to run the cells ({why}). `course doctor` says what is missing."
            ) from problem
        findings.failed.append("A cell ended Python itself (does one call exit?). The cells below it were not run.")
    beside = _only_beside(path)
    for number, (step, cell) in enumerate(zip(plan.steps, notebook.cells, strict=True), 1):
        if cell.cell_type != "code":
            continue
        outputs = sane([dict(output) for output in cell.outputs], MOST_SHOWN)
        reply = client.replies.get(number - 1, {})
        error = reply if reply.get("status") == "error" else None
        if step.task and step.task.kind == "test":
            task = step.task.hand_in.task if step.task.hand_in else step.task.grade_id
            said = message_in(outputs)
            said = said if not error else f"Task {task}: {said}"
            if error and task in beside:
                said += (
                    " What you did by hand for this task is kept beside the notebook, and not in it. Run the cell with the widget, "
                    "save the notebook with its outputs, and check again."
                )
            findings.tasks.append((not error and bool(cell.execution_count), said))
        elif error and "raises-exception" not in step.cell["metadata"].get("tags", []):
            name = f" ({step.task.grade_id})" if step.task else ""
            what = f"stops with {error.get('ename', 'an error')}: {error.get('evalue', '')}"
            if error.get("ename") == "KeyboardInterrupt":
                what = f"did not end within {SECONDS} seconds, and was stopped. Grading stops it, too"
            findings.failed.append(f"Cell {number}{name} {what}")


def _only_beside(path: Path) -> set[str]:
    """The tasks of which work by hand lies in the folder beside the notebook, and not in the notebook."""
    from course.widgets import kept  # it takes long to import

    try:
        inside = dict(kept.records_in(json.loads(path.read_text("utf-8-sig"))))
    except (OSError, ValueError, AttributeError, TypeError):
        inside = {}
    return {name.split("-")[0] for name, _ in kept.records_beside(path.resolve().parent) if name not in inside}


def _essays(plan: Plan, findings: Findings) -> None:
    """What is written, and what is not yet."""
    number = ""
    for step in plan.steps:
        source = step.cell["source"]
        if found := _HEADING.search(step.task.released if step.task else source):
            number = found[1]
        if step.task is None or step.task.kind not in ("essay", "task"):
            continue
        task = number or step.task.grade_id
        if step.task.kind == "essay" and source.strip() in ("", step.task.released.strip()):
            findings.essays.append((False, f"Task {task}: not written yet{'. ' + step.look if step.look else '.'}"))
        elif step.task.kind == "essay":
            words = len(source.split())
            findings.essays.append(
                (True, f"Task {task}: {words} {'word' if words == 1 else 'words'}. A person will read it.")
            )
