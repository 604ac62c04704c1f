"""nbgrader's gradebook, with one writer: what the journal says goes in, and what people wrote stays."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import nbformat
from alembic.script import ScriptDirectory
from nbgrader import api
from nbgrader.dbutil import ALEMBIC_DIR
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from course.grading.folder import CourseFolder
from course.grading.journal import Entry
from course.grading.lesson import GradedLesson
from course.grading.release import release


class GradebookProblem(Exception):
    """The gradebook cannot be used at the moment; the message says why and what to do, in one line."""


LOCKED = (
    "The gradebook is locked by another program. Close it, or wait until it is done, and run the same command again: "
    "what is graded is kept."
)


class Gradebook:
    """The gradebook of a course. Use it in a `with` statement. Errors: GradebookProblem."""

    def __init__(self, folder: CourseFolder) -> None:
        self.folder, self.url = folder, folder.directory.db_url
        os.environ.setdefault("PGOPTIONS", "-c lock_timeout=5s")  # PostgreSQL itself would wait without end
        with _told():
            head = _check_version(self.url)
            # nbgrader would start another Python to learn this, by a bare name that may not be on the path
            api.get_alembic_version = lambda: head
            self.book = api.Gradebook(self.url, folder.directory.course_id)
            _check_writable(self.book)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.book.close()

    def enter_lesson(self, lesson: GradedLesson, notebook: Path) -> None:
        """See to it that the gradebook knows the lesson: enter it, or compare. Errors: GradebookProblem where the two differ."""
        cells = lesson.by_id().items()
        wanted = {name: cell.points for name, cell in cells if cell.kind in ("test", "essay", "task")}
        with _told():
            if self._knows(lesson.name, wanted, set(dict(cells))):
                return
            if not self.submitted(lesson.name):  # it is new, or was entered in part when something stopped the run
                self.book.update_or_create_assignment(lesson.name)
                self._forget_tasks(lesson.name)
                release(notebook, self._resources(lesson.name))
                self.book.db.expire_all()
                return
        raise GradebookProblem(
            f"The gradebook has other tasks or points for {lesson.name} than the notebook. "
            f"Run: nbgrader generate_assignment {lesson.name} --force"
        )

    def _forget_tasks(self, lesson: str) -> None:
        """Take out cells that nbgrader cannot enter a second time (its SaveCells stops with a KeyError)."""
        cells = self.book.db.query(api.TaskCell).join(api.Notebook).join(api.Assignment)
        for cell in cells.filter(api.Assignment.name == lesson, api.Notebook.name == lesson):
            self.book.db.delete(cell)
        self.book.db.commit()

    def _knows(self, lesson: str, points: dict[str, float], names: set[str]) -> bool:
        """Whether the gradebook has the lesson with these tasks and points; before anything was handed in, with all of its cells, too."""
        try:
            known = self.book.find_notebook(lesson, lesson)
        except api.MissingEntry:
            return False
        found = {cell.name: cell.max_score for cell in [*known.grade_cells, *known.task_cells]}
        # nbgrader enters the sources last
        return found == points and (names <= {cell.name for cell in known.source_cells} or bool(self.submitted(lesson)))

    def students(self) -> list[str]:
        """Everybody in the class list."""
        with _told():
            return sorted(student.id for student in self.book.students)

    def submitted(self, lesson: str) -> set[str]:
        """Students of whom the gradebook has a submission of the lesson."""
        with _told():
            rows = (
                self.book.db.query(api.SubmittedAssignment.student_id)
                .join(api.Assignment)
                .filter(api.Assignment.name == lesson)
            )
            return {row[0] for row in rows}

    def set_by_hand(self, lesson: str, student: str) -> dict[str, dict[str, Any]]:
        """grade_id -> what a person set for it: points, extra credit and comment."""
        with _told():
            notebook = self._find(lesson, student)
            if notebook is None:
                return {}
            comments = {comment.name: comment.manual_comment for comment in notebook.comments}
            return {
                grade.name: {
                    "points": grade.manual_score,
                    "extra": grade.extra_credit,
                    "comment": comments.get(grade.name),
                }
                for grade in notebook.grades
                if grade.manual_score is not None or grade.extra_credit is not None
            }

    def enter(self, entry: Entry, timestamp: dt.datetime | None) -> None:
        """Enter one journal entry, all of it or nothing.

        What a person set stays, but for what the entry's last page of history says was taken back.
        """
        taken_back = entry["history"][-1]["tasks"] if entry.get("again") and entry["history"] else {}
        with _told(self.book):
            notebook = self._find(entry["lesson"], entry["student"]) or self._add(entry["lesson"], entry["student"])
            if timestamp:
                notebook.assignment.timestamp = timestamp
            names = self._names(entry["lesson"])  # grade.name would ask the database for each
            with self.book.db.no_autoflush:
                for grade in notebook.grades:
                    if task := entry["tasks"].get(names[grade.cell_id]):
                        _enter_grade(grade, task, names[grade.cell_id] in taken_back)
                for comment in notebook.comments:
                    answered = names[comment.cell_id] not in entry["no_response"]
                    comment.auto_comment = None if answered else "No response."
            self.book.db.commit()
        if "LateSubmissionPlugin" in self.folder.config or "AssignLatePenalties" in self.folder.config:
            self._late(entry)

    def _late(self, entry: Entry) -> None:
        resources = self._resources(entry["lesson"])
        resources["nbgrader"]["student"] = entry["student"]
        AssignLatePenalties(config=self.folder.config).preprocess(nbformat.v4.new_notebook(), resources)

    def _find(self, lesson: str, student: str) -> Any:
        return (
            self.book.db.query(api.SubmittedNotebook)
            .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
            .join(api.SubmittedAssignment, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
            .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
            .filter(api.Assignment.name == lesson, api.Notebook.name == lesson)
            .filter(api.SubmittedAssignment.student_id == student)
            .one_or_none()
        )

    def _names(self, lesson: str) -> dict[str, str]:
        """Number in the database -> grade_id, of each cell of a lesson."""
        found = (
            self.book.db.query(api.BaseCell.id, api.BaseCell.name)
            .join(api.Notebook)
            .join(api.Assignment)
            .filter(api.Assignment.name == lesson, api.Notebook.name == lesson)
        )
        return dict(found.all())

    def _add(self, lesson: str, student: str) -> Any:
        """The rows of a new submission, as nbgrader lays them out, without a commit."""
        db = self.book.db
        assignment = self.book.find_assignment(lesson)
        ours = None
        with db.no_autoflush:  # half of a submission is not for the database
            person = db.get(api.Student, student) or api.Student(id=student)
            submission = api.SubmittedAssignment(assignment=assignment, student=person)
            db.add_all([person, submission])
            for notebook in assignment.notebooks:
                made = api.SubmittedNotebook(notebook=notebook, assignment=submission)
                db.add(made)
                tasks = [*notebook.grade_cells, *notebook.task_cells]
                db.add_all([api.Grade(cell_id=cell.id, notebook=made) for cell in tasks])
                answers = [*notebook.solution_cells, *notebook.task_cells]
                db.add_all([api.Comment(cell_id=cell.id, notebook=made) for cell in answers])
                ours = made if notebook.name == lesson else ours
            db.flush()
            db.expire_all()  # a grade knows its cell's name once it is read again
        return ours

    def _resources(self, lesson: str) -> dict[str, Any]:
        return {"nbgrader": {"notebook": lesson, "assignment": lesson, "db_url": self.url}}


def _enter_grade(grade: Any, task: dict[str, Any], taken_back: bool) -> None:
    if taken_back and task["why"] != "by hand":
        grade.manual_score = grade.extra_credit = None
    changed = grade.auto_score != task["points"]
    grade.auto_score = task["points"]
    if grade.manual_score is None:
        grade.needs_manual_grade = task["points"] is None
    elif changed or taken_back:
        grade.needs_manual_grade = True  # what a person set stays; they should look again


def _check_version(url: str) -> str:
    """Refuse a gradebook that another version of nbgrader made; the version that this one makes."""
    scripts = ScriptDirectory(ALEMBIC_DIR)
    head = str(scripts.get_current_head())
    engine = create_engine(url, connect_args={"timeout": 5} if url.startswith("sqlite") else {})
    try:
        version = _version(engine)
        if version is None:
            version, tables = head, inspect(engine).get_table_names()
            if tables and not _has_lessons(engine, tables):
                _finish(engine, head)
    finally:
        engine.dispose()
    if version not in {script.revision for script in scripts.walk_revisions()}:
        raise GradebookProblem(
            f"The gradebook was made by a newer nbgrader than the one installed here (its version is {version}). Update nbgrader."
        )
    if version != head:
        raise GradebookProblem(
            "The gradebook was made by an older nbgrader. Keep a copy of it, then run: nbgrader db upgrade"
        )
    return head


def _version(engine: Engine) -> str | None:
    """The version that stands in the gradebook."""
    if "alembic_version" not in inspect(engine).get_table_names():
        return None
    with engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def _has_lessons(engine: Engine, tables: list[str]) -> bool:
    if "assignment" not in tables:
        return False
    with engine.connect() as connection:
        return connection.execute(text("SELECT id FROM assignment")).first() is not None


def _finish(engine: Engine, head: str) -> None:
    """Write the version into a gradebook whose making was stopped: nbgrader writes it last, and only into one that has no tables yet."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": head})


def _check_writable(book: Any) -> None:
    if book.engine.dialect.name == "sqlite":
        with book.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 5000")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("ROLLBACK")


@contextmanager
def _told(book: Any = None) -> Iterator[None]:
    """Errors of the database as one line."""
    try:
        yield
    except OperationalError as error:
        if book:
            book.db.rollback()
        reason = " ".join(str(error.orig).split())
        raise GradebookProblem(
            LOCKED if "locked" in reason or "lock timeout" in reason else f"The gradebook cannot be used: {reason}"
        ) from error
    except ModuleNotFoundError as error:
        raise GradebookProblem(
            f"The gradebook's database needs a driver that is not installed ({error.name}). "
            "For PostgreSQL: python -m pip install 'counterclaim[postgres]'"
        ) from error
    except SQLAlchemyError as error:
        if book:
            book.db.rollback()
        raise GradebookProblem(f"The gradebook cannot be used: {str(error).splitlines()[0]}") from error
