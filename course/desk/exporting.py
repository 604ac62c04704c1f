"""Points on their way out: a CSV that Canvas or Moodle takes back, or one for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from course.desk.folder import Desk, DeskError
from course.desk.roster import Student, roster
from course.desk.tables import as_csv

System = Literal["canvas", "moodle", "csv"]


@dataclass(frozen=True, slots=True)
class Grades:
    """The points of a class: `points[student id][lesson]`, None where nothing was graded; `most[lesson]` what a lesson is worth;
    `open` the lessons by student that still wait for a person."""

    students: list[Student]
    lessons: list[str]
    points: dict[str, dict[str, float | None]]
    most: dict[str, float]
    open: dict[str, list[str]]


def grades(course: Desk, lessons: Sequence[str] = ()) -> Grades:
    """The points in the gradebook. Errors: DeskError where none of the lessons was graded."""
    students = roster(course)
    points: dict[str, dict[str, float | None]] = {student.id: {} for student in students}
    waiting: dict[str, list[str]] = {}
    most: dict[str, float] = {}
    with course.gradebook() as book:
        for assignment in sorted(book.assignments, key=lambda one: one.name):
            if lessons and assignment.name not in lessons:
                continue
            most[assignment.name] = float(assignment.max_score)
            for submission in assignment.submissions:
                points.setdefault(submission.student_id, {})[assignment.name] = float(submission.score)
                if submission.needs_manual_grade:
                    waiting.setdefault(submission.student_id, []).append(assignment.name)
    if not most:
        known = ", ".join(lessons) or "lesson"
        raise DeskError(f"The gradebook holds no points of {known}. Grade first: course grade LESSON.")
    return Grades(students, sorted(most), points, most, waiting)


def export(grades: Grades, system: System) -> str:
    """The points as CSV text.

    - canvas: the columns of Canvas's gradebook import: Student, ID, SIS User ID, SIS Login ID, Section, then one column a lesson
      under the name of its assignment, and the row "Points Possible" (Canvas guides, "How do I import grades in the Gradebook?").
    - moodle: First name, Last name, ID number, Email address, then one column a lesson; "Email address" or "ID number" is what the
      import is mapped by (Moodle docs, "Grade import").
    - csv: one row a student and lesson: points, of how many, and whether a person still has to mark.

    Errors: DeskError where students lack what the system knows them by.
    """
    rows = {"canvas": _canvas, "moodle": _moodle, "csv": _plain}[system](grades)
    return as_csv(rows)


Rows = list[list[str]]


def _canvas(grades: Grades) -> Rows:
    _need(
        grades,
        lambda one: bool(one.lms_id or one.sis_id or one.login),
        "Canvas",
        "Canvas's number (ID), an SIS User ID or an SIS Login ID",
    )
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *grades.lessons]
    most = ["    Points Possible", "", "", "", "", *(_number(grades.most[lesson]) for lesson in grades.lessons)]
    return [
        head,
        most,
        *(
            [_last_first(one), one.lms_id, one.sis_id, one.login, one.section, *_points(grades, one)]
            for one in grades.students
        ),
    ]


def _moodle(grades: Grades) -> Rows:
    _need(grades, lambda one: bool(one.sis_id or one.email), "Moodle", "an ID number or an e-mail address")
    return [
        ["First name", "Last name", "ID number", "Email address", *grades.lessons],
        *([one.first_name, one.last_name, one.sis_id, one.email, *_points(grades, one)] for one in grades.students),
    ]


def _plain(grades: Grades) -> Rows:
    rows = [["student", "first_name", "last_name", "email", "lesson", "points", "of", "still_to_mark"]]
    for one in grades.students:
        for lesson in grades.lessons:
            got = grades.points.get(one.id, {}).get(lesson)
            to_mark = "yes" if lesson in grades.open.get(one.id, []) else "no"
            who = [one.id, one.first_name, one.last_name, one.email]
            rows.append([*who, lesson, _number(got), _number(grades.most[lesson]), to_mark if got is not None else ""])
    return rows


def _need(grades: Grades, known: Callable[[Student], bool], system: str, what: str) -> None:
    lacking = [one.id for one in grades.students if not known(one) and grades.points.get(one.id)]
    if lacking:
        raise DeskError(
            f"{system} could not tell who these are: {', '.join(lacking[:8])}{' and others' if len(lacking) > 8 else ''}. "
            f"Each needs {what}: bring in the class list from {system} (course roster FILE), then export again."
        )


def _points(grades: Grades, student: Student) -> list[str]:
    """An empty cell leaves what the platform has; a 0 would be a grade."""
    return [_number(grades.points.get(student.id, {}).get(lesson)) for lesson in grades.lessons]


def _number(points: float | None) -> str:
    return "" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")


def _last_first(student: Student) -> str:
    return ", ".join(filter(None, [student.last_name, student.first_name])) or student.id
