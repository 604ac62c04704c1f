"""Many answers to a lesson's tasks at once: what the instructor's cell sets, and what each of many students would earn."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

import course
from course.corpus.lessons import open_lesson

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
REAL = "bakhmut-2023"
Cells = dict[str, NotebookNode]


def cells_of(lesson: str) -> Cells:
    """The cells of the instructor's notebook by their ids."""
    return {cell.id: cell for cell in nbformat.read(NOTEBOOKS / lesson / f"{lesson}.ipynb", as_version=4).cells}


def drawing(cells: Cells) -> NotebookNode:
    """The cell that draws a row for the student."""
    return next(cell for cell in cells.values() if "lesson.draw(" in cell.source and not cell.id.startswith(("a", "t")))


def answers(lesson: str, *sources: str, case: str = REAL, **known: Any) -> dict[str, Any]:
    """The names that the instructor's cells set, without running the rest of the lesson."""
    space = {name: getattr(course, name) for name in course.__all__} | {"show": lambda figure: None}
    space |= {"lesson": open_lesson(lesson, case)} | known
    for source in sources:
        exec(source, space)
    return space


def graded(
    cells: Cells, variants: Iterable[tuple[str, str, str, str]], *before: NotebookNode
) -> list[tuple[float, float, str]]:
    """(points, of how many, what was said) for each (task, case, student, answer), all in one kernel.

    Args:
        cells: the lesson's.
        variants: a task such as "8-11"; an answer of "" is the instructor's.
        before: what is run before each answer.
    """
    parts, tests = [cells["set-up"]], []
    for task, case, student, answer in variants:
        chosen, given = cells["choose"].copy(), cells[f"a{task}"].copy()
        chosen.source = chosen.source.replace(f'"{REAL}"', f'"{case}"').replace('"anyone"', f'"{student}"')
        given.source = answer or given.source
        parts += [chosen, *before, given, cells[f"t{task}"]]
        tests.append(len(parts) - 1)
    named = [NotebookNode(cell | {"id": f"{cell.id}-{number}"}) for number, cell in enumerate(parts)]
    notebook = nbformat.v4.new_notebook(cells=named)
    with tempfile.TemporaryDirectory() as folder:  # what a widget keeps stays there
        place = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=300, kernel_name="python3", allow_errors=True, resources=place).execute()
    done = [notebook.cells[number] for number in tests]
    said = ["\n".join(str(one.get("text", one.get("evalue", ""))) for one in cell.outputs) for cell in done]
    return [(*determine_grade(cell), words) for cell, words in zip(done, said, strict=True)]
