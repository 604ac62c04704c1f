"""A lesson as the grader needs it: the instructor's cells, what was released, and how its test cells are run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from course.grading.release import release
from course.grading.testcell import HandIn, handed_in, imported, names_of, started, strange_names

Cell = dict[str, Any]


class LessonProblem(Exception):
    """The lesson cannot be graded; the message says why and what to do, in one line."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceCell:
    """One cell of the lesson that nbgrader knows.

    `released` is its text as learners got it, `source` as the instructor has it. `kind` is "test" (graded by machine), "answer", "essay"
    (graded by hand), "task" (graded by hand, without a cell of its own for the answer) or "read" (locked). `hand_in` is None where a test cell has no such statement.
    """

    grade_id: str
    kind: str
    cell_type: str
    source: str
    released: str
    cell_id: str
    points: float
    metadata: dict[str, Any]
    hand_in: HandIn | None = None

    @property
    def locked(self) -> bool:
        """Whether a learner may not change it."""
        return self.kind in ("test", "read", "task")


@dataclass(frozen=True, slots=True)
class GradedLesson:
    """The lesson. `imports` are those of the instructor's ungraded cells; `opened` is the name under which its material stands in data/,
    with the instructor's own choice of case and student. `strange` has, by grade_id, the names that a test cell uses but will not find where it is run."""

    name: str
    digest: str
    cells: tuple[SourceCell, ...]
    released: dict[str, Any]
    imports: tuple[str, ...]
    opened: tuple[str, list[str]]
    strange: dict[str, set[str]]
    text: bytes = b""  # of the instructor's notebook

    def by_id(self) -> dict[str, SourceCell]:
        """grade_id -> cell, in order."""
        return {cell.grade_id: cell for cell in self.cells}


def load_lesson(notebook: Path) -> GradedLesson:
    """The lesson whose instructor's notebook stands at `notebook`. Errors: LessonProblem where it cannot be read or has no tests."""
    try:
        data = notebook.read_bytes()
        source = nbformat.reads(data.decode("utf-8"), as_version=4)
        released = nbformat.reads(release(notebook), as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise LessonProblem(f"The lesson's notebook {notebook} cannot be read ({error}).") from error
    cells, imports, opened = [], list[str](), ("", ["", ""])
    for mine, theirs in zip(source.cells, released.cells, strict=True):
        marks = mine.metadata.get("nbgrader")
        if not marks and mine.cell_type == "code":
            imports += imported(mine.source)
            opened = started(mine.source) or opened
        if marks:
            kind = _kind(marks, mine.cell_type)
            cells.append(
                SourceCell(
                    grade_id=marks["grade_id"],
                    kind=kind,
                    cell_type=mine.cell_type,
                    source=mine.source,
                    released=theirs.source,
                    cell_id=theirs.get("id", ""),
                    points=float(marks.get("points", 0)),
                    metadata=dict(theirs.metadata),
                    hand_in=handed_in(mine.source) if kind == "test" else None,
                )
            )
    if not any(cell.kind in ("test", "essay", "task") for cell in cells):
        raise LessonProblem(f"{notebook.name} has no graded cell.")
    digest = hashlib.sha256(data).hexdigest()
    known = names_of(imports)
    strange = {cell.grade_id: names for cell in cells if cell.hand_in and (names := strange_names(cell.source, known))}
    return GradedLesson(notebook.stem, digest, tuple(cells), dict(released), tuple(imports), opened, strange, data)


def _kind(marks: Any, cell_type: str) -> str:
    if marks.get("task"):
        return "task"
    if marks.get("grade") and marks.get("solution"):
        return "essay"
    if marks.get("grade"):
        return "test"
    return "answer" if marks.get("solution") else "read"
