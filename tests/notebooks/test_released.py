"""The notebooks as learners get them: they run from top to bottom, and meet every unanswered task with a kind message."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

from course.grading.release import lessons, release


@pytest.fixture(scope="module", params=lessons(), ids=lambda path: path.stem)
def run(request, tmp_path_factory):
    """A released notebook after it ran in a learner's folder, nothing answered."""
    notebook = nbformat.reads(release(request.param), as_version=4)
    place = {"metadata": {"path": str(tmp_path_factory.mktemp("learner"))}}
    NotebookClient(notebook, timeout=300, allow_errors=True, resources=place).execute()
    return notebook


def errors(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield cell, output


def test_every_code_cell_ran_without_a_warning(run):
    for cell in run.cells:
        if cell.cell_type == "code":
            assert cell.execution_count, cell.source
            assert not [output for output in cell.outputs if output.get("name") == "stderr"], cell.source


def test_unanswered_tasks_say_kindly_that_they_are(run):
    checks = [cell for cell in run.cells if cell.cell_type == "code" and "hand_in(" in cell.source]
    failed = {id(cell): output for cell, output in errors(run)}
    assert checks, "The notebook has no task."
    for cell in checks:
        output = failed.get(id(cell))
        assert output, f"It says nothing about a missing answer: {cell.source}"
        assert output.ename in ("AssertionError", "Misunderstanding") and len(output.evalue) > 20, (
            f"{output.ename}: {output.evalue}"
        )
        assert not output.evalue.startswith("assert"), output.evalue


def test_nothing_else_fails_but_the_mistake_on_purpose(run):
    others = [cell for cell, _ in errors(run) if "hand_in(" not in cell.source]
    assert len(others) == 1 and "raises-exception" in others[0].metadata.tags
