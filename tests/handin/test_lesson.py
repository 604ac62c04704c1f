"""In a notebook, an error that the course raises stands with the learner's own line and its message, and nothing between."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbclient import NotebookClient

CELLS = {
    "set-up": 'from course import at_least, lanes, start_lesson\nlesson = start_lesson("06-side-by-side", "flood")',
    "ours": 'battle = lesson.claims("battle")\nlanes(battle)',
    "own": 'def half(number):\n    return int(number) / 2\n\nhalf("x")',
    "handed in": "from course import hand_in\nanswer = hand_in('6.1', apart=apart)",
}


@pytest.fixture(scope="module")
def shown(quick_kernels: None) -> dict[str, str]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS.values()])
    NotebookClient(notebook, timeout=300, kernel_name="python3", allow_errors=True).execute()
    told = ["\n".join(line for one in cell.outputs for line in one.get("traceback", [])) for cell in notebook.cells]
    return {name: re.sub(r"\x1b\[[0-9;]*m", "", text) for name, text in zip(CELLS, told, strict=True)}


def test_an_error_of_the_course_is_shown_at_the_learners_line(shown: dict[str, str]) -> None:
    assert "----> 2 lanes(battle)" in shown["ours"] and "The caveat is printed on the figure." in shown["ours"]
    assert "File" not in shown["ours"] and ".py" not in shown["ours"]


def test_the_learners_own_functions_stay_in_the_traceback(shown: dict[str, str]) -> None:
    assert "half(" in shown["own"] and "return int(number) / 2" in shown["own"]


def test_where_an_answer_is_handed_in_the_message_stands_alone(shown: dict[str, str]) -> None:
    assert shown["handed in"].startswith("Not yet. The name apart is not known here.")
