"""Feedback pages: nbgrader's, with points and messages first, and never a hidden test, its line, or a traceback into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode, v4
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import ClearHiddenTests, GetGrades, NbGraderPreprocessor

from course.grading.folder import CourseFolder, FolderError
from course.grading.outputs import message_in
from course.grading.own_article import HideOwnArticle

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$", re.MULTILINE)
_PASSED = re.compile(r"^.*: the visible checks pass\. (Your answer is ready\.)?", re.MULTILINE)
_POINTS = re.compile(r"\s*\(\d+ points?\)$")


class TellResults(NbGraderPreprocessor):
    """Puts a first cell on the page: each task with its points, what was said about it, and what to read again."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Add the cell, and take tracebacks out of test cells."""
        rows, section, question = [], "", ""
        waiting = _waiting(resources["nbgrader"])
        for cell in nb.cells:
            marks = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "markdown" and not marks.get("grade"):
                for level, title in _HEADING.findall(cell.source):
                    if len(level) <= 2:
                        section = title
                    question = title
            if marks.get("grade"):
                if cell.cell_type == "code":
                    _without_traceback(cell)
                waits = marks["grade_id"] in waiting
                rows.append(_row(cell, marks, question, section, waits))
        note = "| task | points | what to know |\n|---|---|---|\n" + "\n".join(rows)
        nb.cells.insert(0, v4.new_markdown_cell(f"## Your results\n\n{note}", id="results"))
        return nb, resources


def _waiting(names: Any) -> set[str]:
    """The tasks that no person has marked yet, though one has to."""
    with Gradebook(names["db_url"]) as book:
        grades = book.find_submission_notebook(names["notebook"], names["assignment"], names["student"]).grades
        return {grade.name for grade in grades if grade.needs_manual_grade}


def _row(cell: NotebookNode, marks: Any, question: str, section: str, waits: bool) -> str:
    earned, most = marks.get("score") or 0, marks.get("points", 0)
    said = message_in([dict(output) for output in cell.get("outputs", [])]) if cell.cell_type == "code" else ""
    said = _PASSED.sub("", said)
    if waits:
        said += " This task waits for a person."
    elif earned < most and section:
        said += f" Read again: **{section}**"
    words = " ".join(said.split())
    return f"| {_escaped(_POINTS.sub('', question) or marks.get('grade_id', ''))} | {earned:g} of {most:g} | {_escaped(words)} |"


def _escaped(text: str) -> str:
    """Text of anybody in a table's cell: no markup but our own bold."""
    for sign, other in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("|", "&#124;"),
        ("[", "&#91;"),
        ("`", "&#96;"),
        ("$", "&#36;"),
    ):
        text = text.replace(sign, other)
    return text


def _without_traceback(cell: NotebookNode) -> None:
    """A stock kernel's traceback shows lines of the hidden test; the message alone does not."""
    for output in cell.get("outputs", []):
        if output.output_type == "error" and len(output.traceback) > 1:
            output.traceback = [f"{output.ename}: {output.evalue}"]


def give_feedback(folder: CourseFolder, lesson: str, only: Sequence[str] = ()) -> list[Path]:
    """Write the pages of a lesson; their paths.

    Args:
        folder: the course folder.
        lesson: the lesson's name.
        only: students; all who were graded where none is named.

    Errors: LessonProblem for an unknown lesson; FolderError where nobody was graded yet, or nbgrader cannot make a page.
    """
    lesson = folder.source(lesson).stem
    pages = []
    for student in only or ["*"]:
        config: Any = folder.config.copy()
        config.CourseDirectory.root = str(folder.root)
        config.CourseDirectory.assignment_id = lesson
        config.CourseDirectory.student_id = student
        config.GenerateFeedback.preprocessors = [
            GetGrades,
            TellResults,
            ClearHiddenTests,
            HideOwnArticle,
            CSSHTMLHeaderPreprocessor,
        ]
        config.GenerateFeedback.force = True
        if not any(folder.path("autograded", student, lesson).parent.parent.glob(f"{student}/{lesson}/*.ipynb")):
            who = lesson if student == "*" else f"{lesson} by {student}"
            raise FolderError(f"Nothing is graded yet for {who}. Run: course grade {lesson}")
        directory = type(folder.directory)(config=config)
        try:
            GenerateFeedback(coursedir=directory, config=config).start()
        except NbGraderException as error:
            raise FolderError(f"nbgrader could not make every page: {str(error).splitlines()[0]}") from error
        place = folder.path("feedback", student, lesson)
        pages += sorted(place.parent.parent.glob(f"{student}/{lesson}/*.html"))
    return pages
