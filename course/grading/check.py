"""Before handing in: is the notebook whole, does it run from top to bottom, do the visible checks pass?"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from course.grading.lesson import GradedLesson, load_lesson
from course.grading.notebook import NotebookError, read_notebook
from course.grading.outputs import message_in, sane
from course.grading.plan import Plan, make_plan
from course.grading.release import lessons

SECONDS = 60  # for one cell


class CheckError(Exception):
    """The notebook cannot be checked at all; the message says why, in one line."""


@dataclass(slots=True)
class Findings:
    """What a learner should know. `structure` is what differs from the released lesson, `failed` the cells that stop with an error,
    `tasks` the word on each task and whether its visible checks pass."""

    lesson: str
    structure: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    tasks: list[tuple[bool, str]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether it can be handed in as it is."""
        return not self.structure and not self.failed and all(passed for passed, _ in self.tasks)


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
    _run(plan, lesson, path, findings)
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


def _run(plan: Plan, lesson: GradedLesson, path: Path, findings: Findings) -> None:
    cells = []
    for number, step in enumerate(plan.steps):
        cell = copy.deepcopy(step.cell) | {"id": f"cell-{number}"}
        if cell["cell_type"] != "code":
            cell.pop("outputs", None)
        else:
            cell |= {"outputs": [], "execution_count": None}
        cells.append(cell)
    notebook = nbformat.from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    place = {"metadata": {"path": str(path.resolve().parent)}}
    client = NotebookClient(
        notebook, timeout=SECONDS, allow_errors=True, interrupt_on_timeout=True, kernel_name="python3", resources=place
    )
    try:
        client.execute()
    except DeadKernelError:
        findings.failed.append("A cell ended Python itself (does one call exit?). The cells below it were not run.")
    for number, (step, cell) in enumerate(zip(plan.steps, notebook.cells, strict=True), 1):
        if cell.cell_type != "code":
            continue
        outputs = sane([dict(output) for output in cell.outputs], 10**6)
        error = next((output for output in outputs if output["output_type"] == "error"), None)
        if step.task and step.task.kind == "test":
            task = step.task.hand_in.task if step.task.hand_in else step.task.grade_id
            said = message_in(outputs)
            findings.tasks.append(
                (not error and bool(cell.execution_count), said if not error else f"Task {task}: {said}")
            )
        elif error and "raises-exception" not in step.cell["metadata"].get("tags", []):
            name = f" ({step.task.grade_id})" if step.task else ""
            findings.failed.append(f"Cell {number}{name} stops with {error['ename']}: {error['evalue']}")
