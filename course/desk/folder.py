"""The course folder that a command runs in, as nbgrader sees it."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps.baseapp import NbGrader
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from course.grading.folder import CourseFolder, FolderError
from course.grading.lesson import LessonProblem


class DeskError(Exception):
    """A call that cannot be carried out; the message says what is wrong, where, and what to do."""


class Desk(CourseFolder):
    """The course folder at an instructor's desk. `open_desk()` gives the one of a path; `app` is nbgrader with its settings."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.app = NbGrader()
        self.app.log_level = logging.ERROR
        self.app.initialize([], root=str(root))

    @property
    def course_id(self) -> str:
        return str(self.directory.course_id)

    def folder(self, step: str) -> Path:
        """The folder of one of nbgrader's steps: "source", "release", "submitted", "autograded" or "feedback"."""
        return Path(self.root, getattr(self.directory, f"{step}_directory"))

    def lesson(self, name: str) -> str:
        """The whole name of a lesson: "1" and "01" are enough for "01-one-claim". Errors: DeskError that lists the lessons."""
        try:
            return self.source(name).stem
        except LessonProblem as error:
            raise DeskError(str(error)) from error

    @contextlib.contextmanager
    def gradebook(self) -> Iterator[Any]:
        """nbgrader's Gradebook of this course. Errors: DeskError where it cannot be opened."""
        address = str(self.directory.db_url)
        try:
            with _alembic_found():
                book = Gradebook(address, self.course_id)
            with book:
                yield book
        except (OperationalError, sqlite3.Error) as error:
            raise DeskError(
                f"The gradebook {_without_password(address)} cannot be used ({_first(error)}). Is it open elsewhere, or of another "
                "version of nbgrader? `nbgrader db upgrade` brings an older one up to date."
            ) from error
        except SQLAlchemyError as error:
            raise DeskError(f"The gradebook {_without_password(address)} failed: {_first(error)}") from error


def open_desk(root: Path | None = None) -> Desk:
    """The course folder at `root`, or the current one. Errors: DeskError where it is none, or its settings cannot be used."""
    try:
        return Desk((root or Path.cwd()).resolve())
    except FolderError as error:
        raise DeskError(str(error)) from error


@contextlib.contextmanager
def _alembic_found() -> Iterator[None]:
    """nbgrader calls `alembic` by its bare name, which is found only where the environment is activated."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _first(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _without_password(address: str) -> str:
    from sqlalchemy.engine import make_url

    return make_url(address).render_as_string(hide_password=True)
