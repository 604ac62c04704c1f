"""A course folder with submissions in it, graded by `course grade`."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import ROOT, missing

from course.grading.release import release

CONFIG = """\
load_subconfig({config!r})
c = get_config()
{more}
"""


@dataclass
class Course:
    """A course folder with one lesson."""

    root: Path
    lesson: str
    released: str

    def answered(self, answers: Mapping[str, str]) -> str:
        """The released notebook once a student has written `answers` (grade_id -> source) into it."""
        notebook = nbformat.reads(self.released, as_version=4)
        for cell in notebook.cells:
            if (name := cell.metadata.get("nbgrader", {}).get("grade_id")) in answers:
                cell.source = answers[name]
        return nbformat.writes(notebook)

    def solutions(self) -> dict[str, str]:
        """grade_id -> the instructor's answer."""
        source = nbformat.read(self.root / "notebooks" / self.lesson / f"{self.lesson}.ipynb", as_version=4)
        return {
            cell.metadata.nbgrader.grade_id: "\n".join(x for x in cell.source.splitlines() if " SOLUTION" not in x)
            for cell in source.cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }

    def submit(self, student: str, text: str | bytes, name: str | None = None) -> Path:
        """Put a notebook where nbgrader collects it."""
        path = self.root / "submitted" / student / self.lesson / (name or f"{self.lesson}.ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def command(self, *words: str, **more: Any) -> list[str]:
        return [sys.executable, "-m", "course.cli", *words]

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}

    def run(self, *words: str, expect: int | None = None) -> subprocess.CompletedProcess[str]:
        """Run the course command in the folder."""
        done = subprocess.run(
            self.command(*words), cwd=self.root, capture_output=True, text=True, timeout=400, env=self.environment
        )
        assert expect is None or done.returncode == expect, f"{done.stdout}\n{done.stderr}"
        return done

    def grade(self, *words: str, expect: int | None = None) -> subprocess.CompletedProcess[str]:
        return self.run("grade", self.lesson, *words, expect=expect)

    def entry(self, student: str) -> dict[str, Any]:
        """The journal's entry."""
        return json.loads(
            (self.root / ".counterclaim" / "grading" / self.lesson / f"{student}.json").read_text("utf-8")
        )

    def points(self, student: str) -> dict[str, float | None]:
        """grade_id -> points in the journal; None where a person has to look."""
        return {name: task["points"] for name, task in self.entry(student)["tasks"].items()}

    def messages(self, student: str) -> str:
        return " ".join(" ".join(task["message"].split()) for task in self.entry(student)["tasks"].values())

    def gradebook(self) -> dict[str, dict[str, tuple[float | None, float | None, bool]]]:
        """student -> grade_id -> (points by machine, points by hand, waits for a person)."""
        found: dict[str, dict[str, tuple[float | None, float | None, bool]]] = {}
        with sqlite3.connect(self.root / "gradebook.db") as book:
            rows = book.execute(
                "SELECT sa.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade FROM grade g"
                " JOIN base_cell c ON g.cell_id = c.id JOIN submitted_notebook n ON g.notebook_id = n.id"
                " JOIN submitted_assignment sa ON n.assignment_id = sa.id"
            ).fetchall()
        for student, name, auto, manual, waits in rows:
            found.setdefault(student, {})[name] = (auto, manual, bool(waits))
        return found

    def graded(self, student: str) -> nbformat.NotebookNode:
        """The notebook that formgrader shows."""
        return nbformat.read(self.root / "autograded" / student / self.lesson / f"{self.lesson}.ipynb", as_version=4)


@pytest.fixture(scope="session")
def sandboxed() -> None:
    if not shutil.which("bwrap"):
        missing("bubblewrap")


@pytest.fixture(scope="session")
def make_course(tmp_path_factory: pytest.TempPathFactory, sandboxed: None) -> Callable[..., Course]:
    """Make a course folder for the lesson whose notebook stands at a path."""

    def make(notebook: Path, more: str = "") -> Course:
        root = tmp_path_factory.mktemp("course")
        place = root / "notebooks" / notebook.stem
        place.mkdir(parents=True)
        (place / notebook.name).write_bytes(notebook.read_bytes())
        config = CONFIG.format(config=str(ROOT / "nbgrader_config.py"), more=more)
        (root / "nbgrader_config.py").write_text(config)
        return Course(root, notebook.stem, release(notebook))

    return make


@pytest.fixture(scope="session")
def small_lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebook of a lesson of three tasks."""
    from hostile.lesson import make_source

    return make_source(tmp_path_factory.mktemp("small"))
