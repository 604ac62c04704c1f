"""A class in an empty folder, run with nbgrader's own commands."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import lxml.html
import nbformat
import pytest

CONFIG = """\
load_subconfig({config!r})
c = get_config()
c.CourseDirectory.root = {root!r}
c.Exchange.root = {exchange!r}
c.FileNameCollectorPlugin.named_regexp = r".*?(?P<student_id>[a-z]+)_attempt_(?P<file_id>.+)"
"""


@dataclass
class Classroom:
    """A course folder with one lesson in it, and what the instructor does there."""

    root: Path
    lesson: str
    environment: Mapping[str, str]
    program: list[str]
    students: list[str] = field(default_factory=list)
    careless: dict[str, str] = field(default_factory=dict)  # grade_id of a test cell -> what the careless student did

    def nbgrader(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one nbgrader command in the course folder."""
        done = subprocess.run(
            [*self.program, *command],
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=900,  # other work may have the machine
            env=self.environment,
        )
        assert not check or done.returncode == 0, f"nbgrader {' '.join(command)}:\n{done.stdout}{done.stderr}"
        return done

    def source(self) -> nbformat.NotebookNode:
        return nbformat.read(self.root / "notebooks" / self.lesson / f"{self.lesson}.ipynb", as_version=4)

    def solutions(self) -> dict[str, str]:
        """grade_id -> the instructor's answer."""
        answers = {}
        for cell in self.source().cells:
            if (meta := cell.metadata.get("nbgrader")) and meta.get("solution"):
                lines = cell.source.splitlines()
                answers[meta["grade_id"]] = "\n".join(line for line in lines if " SOLUTION" not in line)
        return answers

    def release(self) -> nbformat.NotebookNode:
        """Generate the assignment, release it to the exchange, fetch it as a learner does; what the learner has then."""
        self.nbgrader("generate_assignment", self.lesson)
        self.nbgrader("release_assignment", self.lesson)
        learner = self.root.parent / "learner"
        learner.mkdir()
        subprocess.run(
            [*self.program, "fetch_assignment", self.lesson, "--course", "counterclaim"],
            cwd=learner,
            check=True,
            capture_output=True,
            timeout=300,
            env={**self.environment, "JUPYTER_CONFIG_PATH": str(self.root)},
        )
        return nbformat.read(learner / self.lesson / f"{self.lesson}.ipynb", as_version=4)

    def collect(self, submissions: Mapping[str, str]) -> None:
        """Collect a zip that holds one notebook a student: name -> text of the file."""
        archive = self.root / "downloaded" / self.lesson / "archive"
        archive.mkdir(parents=True)
        with zipfile.ZipFile(archive / "all.zip", "w") as bundle:
            for student, text in submissions.items():
                bundle.writestr(f"{student}_attempt_{self.lesson}.ipynb", text)
        self.nbgrader("zip_collect", self.lesson)

    @staticmethod
    def answered(notebook: nbformat.NotebookNode, answers: Mapping[str, str], case: str = "") -> str:
        """The notebook's text once a student has written `answers` (grade_id -> source) into it, and chosen a case."""
        copy = nbformat.reads(nbformat.writes(notebook), as_version=4)
        cells = {cell.metadata.nbgrader.grade_id: cell for cell in copy.cells if "nbgrader" in cell.metadata}
        for grade_id, source in answers.items():
            cells[grade_id].source = source
        if case:
            choice = next(cell for cell in copy.cells if cell.id == "choose")
            choice.source, before = re.sub(r'(?m)^case = "[^"]*"', f'case = "{case}"', choice.source), choice.source
            assert choice.source != before
        return nbformat.writes(copy)

    @staticmethod
    def answer_cells(notebook: nbformat.NotebookNode) -> dict[str, str]:
        """grade_id -> source of the cells that are answered in code and graded by the next test cell, in the order of the lesson."""
        answers, waiting = {}, ""
        for cell in (one for one in notebook.cells if one.cell_type == "code" and "nbgrader" in one.metadata):
            marks = cell.metadata.nbgrader
            if marks.solution:
                waiting = marks.grade_id
                answers[waiting] = cell.source
            elif marks.grade:
                waiting = ""
        answers.pop(waiting, None)  # no test follows
        return answers

    def shown(self, student: str) -> dict[str, str]:
        """grade_id of a test cell -> what it printed and which errors it showed when it was graded."""
        path = self.root / "autograded" / student / self.lesson / f"{self.lesson}.ipynb"
        told = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
                parts = [output.get("text") or "\n".join(output.get("traceback", [])) for output in cell.outputs]
                told[cell.metadata.nbgrader.grade_id] = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(parts))
        return told

    def points(self, student: str) -> dict[str, float | None]:
        """grade_id -> points; None where a person has not marked it yet."""
        with self._gradebook() as book:
            grades = book.find_submission_notebook(self.lesson, self.lesson, student).grades
            return {grade.name: None if grade.needs_manual_grade else grade.score for grade in grades}

    def most_points(self) -> dict[str, float]:
        """grade_id -> the points that the task is worth."""
        with self._gradebook() as book:
            notebook = book.find_notebook(self.lesson, self.lesson)
            return {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}

    def mark(self, student: str, grade_id: str, points: float, comment: str) -> None:
        """Mark one task by hand."""
        with self._gradebook() as book:
            grade = book.find_grade(grade_id, self.lesson, self.lesson, student)
            grade.manual_score, grade.needs_manual_grade = points, False
            book.find_comment(grade_id, self.lesson, self.lesson, student).manual_comment = comment
            book.db.commit()

    def feedback(self, student: str) -> str:
        """The words of the page that the student gets back."""
        page = (self.root / "feedback" / student / self.lesson / f"{self.lesson}.html").read_text("utf-8")
        body = lxml.html.fromstring(page).find("body")
        for machinery in body.iter("script", "style"):
            machinery.text = ""
        return re.sub(r"\s+", " ", body.text_content())

    def _gradebook(self):
        from nbgrader.api import Gradebook

        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", "counterclaim")


@pytest.fixture(scope="module")
def classroom(
    tmp_path_factory: pytest.TempPathFactory, root: Path, activated: dict[str, str], request: pytest.FixtureRequest
) -> Callable[..., Classroom]:
    """Make a class for the lesson whose notebook stands at a path. Its nbgrader and kernels are forked, or else started in the ordinary way."""

    def make(notebook: Path, forked: bool = True) -> Classroom:
        forks = request.getfixturevalue("forks") if forked else None
        place = tmp_path_factory.mktemp("class")
        folder, exchange = place / "course", place / "exchange"
        lesson = folder / "notebooks" / notebook.stem
        lesson.mkdir(parents=True)
        exchange.mkdir()
        exchange.chmod(0o777)  # nbgrader wants an exchange that everybody can write to
        (lesson / notebook.name).write_bytes(notebook.read_bytes())
        config = CONFIG.format(config=str(root / "nbgrader_config.py"), root=str(folder), exchange=str(exchange))
        (folder / "nbgrader_config.py").write_text(config)
        home = {"HOME": str(place), "JUPYTER_DATA_DIR": str(place / "jupyter")}
        environment = {**activated, **home, **(forks.environment if forks else {})}
        program = forks.nbgrader if forks else [sys.executable, "-m", "nbgrader"]
        return Classroom(folder, notebook.stem, environment, program)

    return make
