"""The course folder that a command runs in, as nbgrader sees it."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps.baseapp import NbGrader
from sqlalchemy.exc import OperationalError, SQLAlchemyError

CONFIG = "nbgrader_config.py"


class DeskError(Exception):
    """A call that cannot be carried out; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True)
class CourseFolder:
    """One course folder: its lessons, what was handed in, and its gradebook. `open_folder()` gives the one of a path."""

    root: Path
    app: NbGrader

    @property
    def course_id(self) -> str:
        return str(self.app.coursedir.course_id)

    def folder(self, step: str) -> Path:
        """The folder of one of nbgrader's steps: "source", "release", "submitted", "autograded" or "feedback"."""
        return Path(self.root, getattr(self.app.coursedir, f"{step}_directory"))

    def lessons(self) -> list[str]:
        """The names of the lessons that have a source notebook, in order."""
        return sorted(path.stem for path in self.folder("source").glob("*/*.ipynb") if path.stem == path.parent.name)

    def lesson(self, name: str) -> str:
        """The whole name of a lesson: "1" and "01" are enough for "01-one-claim". Errors: DeskError that lists the lessons."""
        known = self.lessons()
        found = [one for one in known if name == one or (name.isdigit() and one.startswith(f"{int(name):02d}-"))]
        if len(found) != 1:
            raise DeskError(
                f"There is no lesson {name!r} in {self.folder('source')}. There are: {', '.join(known) or 'none'}."
            )
        return found[0]

    @contextlib.contextmanager
    def gradebook(self) -> Iterator[Any]:
        """nbgrader's Gradebook of this course. Errors: DeskError where it cannot be opened."""
        address = str(self.app.coursedir.db_url)
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


def open_folder(root: Path | None = None) -> CourseFolder:
    """The course folder at `root`, or the current one. Errors: DeskError where it is none."""
    root = (root or Path.cwd()).resolve()
    if not (root / CONFIG).is_file():
        raise DeskError(
            f"{root} is no course folder: it has no {CONFIG}. Change to your course's folder and try again."
        )
    app = NbGrader()
    app.log_level = logging.ERROR
    app.initialize([], root=str(root))
    return CourseFolder(root, app)


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
