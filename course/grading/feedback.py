"""Feedback pages: nbgrader's, with points and messages first, and never a hidden test, its line, or a traceback into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException

from course.grading.folder import CourseFolder, FolderError
from course.grading.results import PAGE


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
        config.GenerateFeedback.preprocessors = PAGE
        config.GenerateFeedback.force = True
        if not any(folder.path("autograded", student, lesson).parent.parent.glob(f"{student}/{lesson}/*.ipynb")):
            who = lesson if student == "*" else f"{lesson} by {student}"
            raise FolderError(f"Nothing is graded yet for {who}. Run: course grade {lesson}")
        directory = type(folder.directory)(config=config)
        try:
            GenerateFeedback(coursedir=directory, config=config).start()
        except NbGraderException as error:
            without = ", ".join(_without_page(folder, student, lesson)) or "somebody"
            raise FolderError(
                f"The page of {without} could not be made; those of the others are there. "
                f"Look at the graded notebook in {folder.path('autograded', without.split(', ')[0], lesson)}."
            ) from error
        place = folder.path("feedback", student, lesson)
        pages += sorted(place.parent.parent.glob(f"{student}/{lesson}/*.html"))
    return pages


def _without_page(folder: CourseFolder, student: str, lesson: str) -> list[str]:
    """The graded students who have no page, or one that is older than their notebook; nbgrader's error names nobody."""
    found = []
    for notebook in sorted(
        folder.path("autograded", student, lesson).parent.parent.glob(f"{student}/{lesson}/*.ipynb")
    ):
        who = notebook.parents[1].name
        page = folder.path("feedback", who, lesson) / f"{notebook.stem}.html"
        if not page.is_file() or page.stat().st_mtime < notebook.stat().st_mtime:
            found.append(who)
    return found
