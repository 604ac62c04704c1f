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
            raise FolderError(f"nbgrader could not make every page: {str(error).splitlines()[0]}") from error
        place = folder.path("feedback", student, lesson)
        pages += sorted(place.parent.parent.glob(f"{student}/{lesson}/*.html"))
    return pages
