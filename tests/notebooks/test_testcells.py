"""Test cells stand alone: they are run away from the student's code, so they use only what the lesson imports, `lesson` and `answer`."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from course.grading.testcell import handed_in, imported, names_of, started, strange_names

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*/*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_test_cells_use_no_name_of_the_students(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    own = [cell for cell in cells if not cell.metadata.get("nbgrader")]
    known = names_of([line for cell in own for line in imported(cell.source)])
    tests = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert tests or path.stem.startswith("00")
    assert not tests or any(started(cell.source) for cell in own), "No cell says lesson = start_lesson(...)"
    for cell in tests:
        assert handed_in(cell.source), f"{cell.id} hands nothing in: answer = hand_in('N.M', part=...)"
        assert not (strange := strange_names(cell.source, known)), (
            f"{cell.id} uses {strange}. Hand it in, or set it in the cell."
        )


def test_a_name_of_the_students_is_found() -> None:
    cell = 'answer = hand_in("1.1", who=who)\nassert answer.who != other\nfor n in range(3):\n    check(n, lesson.case)'
    assert strange_names(cell, {"hand_in", "check"}) == {"other"}


def test_a_call_hidden_in_another_statement_hands_nothing_in() -> None:
    assert handed_in('if True:\n    answer = hand_in("1.1", who=who)') is None
    assert handed_in('answer = hand_in("1.1", **parts)') is None
    found = handed_in('answer = hand_in("1.1", who=who, n=[len(rows), 2])')
    assert found and (found.task, found.name, found.parts) == ("1.1", "answer", {"who": "who", "n": "[len(rows), 2]"})
