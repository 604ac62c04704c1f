"""What a learner gets: no solution, no hidden test, no mark scheme, and the very notebook that nbgrader would release."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course.grading.release import lessons, release

SECRETS = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "MARK SCHEME")


@pytest.fixture
def sources(scratch_lesson: Path) -> list[str]:
    return [cell.source for cell in nbformat.reads(release(scratch_lesson), as_version=4).cells]


def test_solution_goes_and_the_empty_answer_stays(sources):
    assert sources[2] == "claimant = None\n# Your answer goes in the place of None."
    assert sources[4] == "Write your answer here."


def test_hidden_test_and_mark_scheme_go_and_the_visible_check_stays(sources):
    text = "\n".join(sources)
    assert not any(secret in text for secret in SECRETS)
    assert "river authority" not in text and "Two points for a reason" not in text
    assert "Name the body that makes the claim." in text


def test_outputs_go_and_checks_are_locked(scratch_lesson):
    cells = nbformat.reads(release(scratch_lesson), as_version=4).cells
    assert [cell.outputs for cell in cells if cell.cell_type == "code"] == [[], [], []]
    assert cells[3].metadata["editable"] is False and cells[3].metadata["deletable"] is False
    assert cells[2].metadata.get("editable", True)


def test_instructors_notebook_is_left_alone_and_the_release_is_the_same_every_time(scratch_lesson):
    before = scratch_lesson.read_bytes()
    assert release(scratch_lesson) == release(scratch_lesson)
    assert scratch_lesson.read_bytes() == before


def test_release_is_what_nbgrader_itself_makes(scratch_lesson, tmp_path, root, activated):
    lesson = tmp_path / "notebooks" / "98-scratch"
    lesson.mkdir(parents=True)
    (lesson / scratch_lesson.name).write_bytes(scratch_lesson.read_bytes())
    (tmp_path / "nbgrader_config.py").write_text((root / "nbgrader_config.py").read_text())
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "98-scratch"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120, env=activated)
    theirs = json.loads((tmp_path / "release" / "98-scratch" / scratch_lesson.name).read_text("utf-8"))
    assert json.loads(release(scratch_lesson)) == theirs


@pytest.mark.parametrize("notebook", lessons(), ids=lambda path: path.stem)
def test_no_lesson_gives_its_solutions_away(notebook):
    source = nbformat.read(notebook, as_version=4)
    released = nbformat.reads(release(notebook), as_version=4)
    text = "\n".join(cell.source for cell in released.cells)
    assert not any(secret in text for secret in SECRETS)
    assert all(not cell.outputs for cell in released.cells if cell.cell_type == "code")
    assert len(released.cells) == len(source.cells)
