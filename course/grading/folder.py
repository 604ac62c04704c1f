"""The course folder, as nbgrader's configuration describes it: where lessons, submissions and the gradebook are."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from traitlets import TraitError
from traitlets.config import Config, PyFileConfigLoader

from course.files import printable
from course.grading.lesson import LessonProblem
from course.grading.limits import Limits
from course.grading.notebook import MOST_BYTES

CONFIG = "nbgrader_config.py"
PRIVATE = ".counterclaim"
EXCHANGE = ("submission_secret.txt", "timestamp.txt")  # what nbgrader itself lays beside a notebook
MOST_BESIDE, MOST_FILES = 20 * 2**20, 200  # bytes and number of the files beside a notebook


class FolderError(Exception):
    """The course folder cannot be used as it was asked; the message is one line."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a student handed in. `notebook` is None where there is none, and then `why` says so; `others` are notebooks of the lesson beside it."""

    student: str
    folder: Path
    notebook: Path | None
    why: str = ""
    timestamp: Any = None
    others: tuple[Path, ...] = ()


def beside(submission: Submission, ignored: Sequence[str] = ()) -> tuple[dict[str, bytes], int]:
    """What was handed in beside the notebook, such as a picture, or the secret by which the exchange gives feedback back.

    Args:
        submission: what was handed in.
        ignored: patterns of names that nobody wants, as nbgrader has them; they are not counted, and neither are other notebooks.

    Returns the files by their paths in the folder, and how many were left out: links, and what is too much.
    """
    kept: dict[str, bytes] = {}
    left, room = 0, MOST_BESIDE
    for place, folders, names in os.walk(submission.folder):  # which does not follow links
        folders[:] = [name for name in folders if not _ignored(name, ignored)]
        left += sum(Path(place, name).is_symlink() for name in folders)
        for path in (Path(place, name) for name in sorted(names) if not _ignored(name, ignored)):
            try:
                handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            except OSError:  # a link, or nothing that can be read
                left += 1
                continue
            with os.fdopen(handle, "rb") as file:
                plain = stat.S_ISREG(os.fstat(handle).st_mode)
                data = file.read(room + 1) if plain else b""
            if not plain or len(data) > room or len(kept) == MOST_FILES:
                left += 1
                continue
            room -= len(data)
            kept[str(path.relative_to(submission.folder))] = data
    return kept, left


def _ignored(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in ("*.ipynb", *patterns))


class CourseFolder:
    """A folder in which nbgrader works. Errors: FolderError where there is no configuration, or a bad one."""

    def __init__(self, root: Path) -> None:
        if not (root / CONFIG).is_file():
            raise FolderError(f"There is no {CONFIG} in {root}. Run this command in the course folder.")
        try:
            self.config: Config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
            self.directory = CourseDirectory(config=self.config)
            if "root" not in self.config.CourseDirectory:
                self.directory.root = str(root)
            self.limits = Limits(**dict(self.config.Limits))
        except (TraitError, TypeError, ValueError, SyntaxError, NameError, OSError) as error:
            raise FolderError(f"{CONFIG} cannot be used: {str(error).splitlines()[0]}") from error
        self.root = Path(self.directory.root).resolve()

    def path(self, step: str, student: str, lesson: str) -> Path:
        """Where nbgrader keeps a student's (or the instructor's ".") folder of a lesson; `step` is one of its directories."""
        return Path(self.directory.format_path(getattr(self.directory, f"{step}_directory"), student, lesson))

    def lessons(self) -> list[str]:
        """The names of the lessons that have an instructor's notebook, in order."""
        every = self.path("source", ".", "*").parent
        return sorted(path.name for path in every.glob("*") if (path / f"{path.name}.ipynb").is_file())

    def source(self, lesson: str) -> Path:
        """The instructor's notebook of a lesson; its number is enough, "1" for "01-one-claim". Errors: LessonProblem where there is none."""
        lessons = self.lessons()
        if lesson.isdigit():
            lesson = next((name for name in lessons if name.startswith(f"{int(lesson):02d}-")), lesson)
        if lesson not in lessons:
            there = (
                f"There are: {', '.join(lessons)}."
                if lessons
                else f"There are none in {self.path('source', '.', '*').parent}."
            )
            raise LessonProblem(f"There is no lesson {lesson!r}. {there}")
        return self.path("source", ".", lesson) / f"{lesson}.ipynb"

    def submissions(self, lesson: str, like: set[str]) -> list[Submission]:
        """What was handed in for a lesson, by student.

        Args:
            lesson: the lesson's name, which its notebook has too.
            like: the names of the lesson's graded cells, by which a notebook of another name is known.
        """
        directory = self.directory
        pattern = directory.format_path(
            directory.submitted_directory, "(?P<student>[^/]*)", re.escape(lesson), escape=True
        )
        places = Path(directory.format_path(directory.submitted_directory, "*", lesson))
        found = []
        for folder in sorted(Path(places.anchor).glob(str(places.relative_to(places.anchor)))):
            if (match := re.fullmatch(pattern, str(folder))) and folder.is_dir():
                student = match["student"]
                if student != (shown := printable(student)):
                    why = f"The folder's name, {os.fsencode(student)!r}, is not in UTF-8. Rename it to the student's id, and grade again."
                    found.append(Submission(shown, folder, None, why))
                    continue
                found.append(self._submission(student, folder, lesson, like))
        return found

    def _submission(self, student: str, folder: Path, lesson: str, like: set[str]) -> Submission:
        timestamp = None
        stamp = folder / "timestamp.txt"
        if plain_file(stamp) and stamp.stat().st_size < 100:
            with contextlib.suppress(ValueError, OverflowError, OSError):  # a text that is no date says nothing
                timestamp = self.directory.get_existing_timestamp(str(folder))
        notebook, why = folder / f"{lesson}.ipynb", ""
        every = [path for path in sorted(folder.glob("*.ipynb")) if path != notebook and plain_file(path)]
        others = [path for path in every if _knows(path, like)]
        if not notebook.exists() and not notebook.is_symlink():
            if len(others) != 1:
                also = f" There are {', '.join(path.name for path in every)}." if every else ""
                return Submission(student, folder, None, f"There is no {lesson}.ipynb in the folder.{also}", timestamp)
            notebook, why = others[0], f"The notebook was named {others[0].name}."
        elif others and plain_file(notebook):
            why = f"The folder holds {', '.join(path.name for path in others)} as well."
        if not plain_file(notebook):
            return Submission(student, folder, None, f"{notebook.name} is a link or no file.", timestamp)
        return Submission(
            student, folder, notebook, why, timestamp, tuple(others) if why and notebook.stem == lesson else ()
        )


def plain_file(path: Path) -> bool:
    """Whether it is a file of its own: a link may lead to somebody else's work, a pipe never ends."""
    try:
        return (
            stat.S_ISREG(path.lstat().st_mode) and not path.parent.is_symlink() and not path.parent.parent.is_symlink()
        )
    except OSError:
        return False


def _knows(path: Path, like: set[str]) -> bool:
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES)
    except OSError:
        return False
    return sum(f'"{name}"'.encode() in text for name in like) * 2 > len(like)
