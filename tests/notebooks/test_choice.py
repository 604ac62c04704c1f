"""Whatever a student chooses, the same right answers earn the same points: the war or the flood, and every drawn headline."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from course.corpus.lessons import open_lesson

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LESSONS = sorted(path.stem for path in NOTEBOOKS.glob("*/*.ipynb") if not path.stem.startswith("00"))
LESSON = "01-one-claim"


def run(cells: list[NotebookNode]) -> list[NotebookNode]:
    named = [NotebookNode(cell | {"id": f"{cell.id}-{number}"}) for number, cell in enumerate(cells)]
    notebook = nbformat.v4.new_notebook(cells=named)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return list(notebook.cells)


def chosen(cell: NotebookNode, case: str, student: str) -> NotebookNode:
    other = cell.copy()
    other.source = cell.source.replace('"bakhmut-2023"', f'"{case}"').replace('"anyone"', f'"{student}"')
    assert other.source != cell.source
    return other


def cells_of(lesson: str) -> list[NotebookNode]:
    return list(nbformat.read(NOTEBOOKS / lesson / f"{lesson}.ipynb", as_version=4).cells)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_flood_earns_the_same_points(lesson: str) -> None:
    cells = cells_of(lesson)
    done = run([chosen(cell, "flood", "river") if cell.id == "choose" else cell for cell in cells])
    shown = "".join(str(cell.get("outputs", "")) for cell in done)
    assert "Corrance" in shown, "The flood is not there"
    assert not any(name in shown for name in ("Kirby", "Bakhmut", "Ukrain")), "The flood lesson still shows the war"
    for cell in done:
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and marks.get("grade"):
            assert determine_grade(cell) == (marks["points"], marks["points"]), cell.id


@pytest.fixture(scope="module")
def students() -> dict[int, str]:
    """A student's name for each headline."""
    names = {open_lesson(LESSON, "flood", name).draw("headlines").name: name for name in map(str, range(100))}
    assert sorted(names) == list(range(1, 9))
    return names


def test_every_drawn_headline_can_be_solved(students: dict[int, str]) -> None:
    cells = {cell.id: cell for cell in cells_of(LESSON)}
    draw = next(cell for cell in cells.values() if "lesson.draw(" in cell.source)
    parts = [cells["set-up"], cells["a1-2"], cells["t1-2"]]
    for student in students.values():
        parts += [chosen(cells["choose"], "flood", student), draw, cells["a1-10"], cells["t1-10"]]
    earned = [determine_grade(cell) for cell in run(parts) if cell.id.startswith("t1-10")]
    assert earned == [(4, 4)] * 8
