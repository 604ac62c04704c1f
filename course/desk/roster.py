"""Who is in the class: a list from Canvas, Moodle or a spreadsheet, in one table beside the gradebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from course.desk.columns import Columns, columns_of
from course.desk.folder import Desk, DeskError
from course.desk.tables import as_csv, bare, read_table
from course.files import write_whole

FILE = "roster.csv"


@dataclass(frozen=True, slots=True)
class Student:
    """One student. `id` is the name of the folder that holds their work; `consent` to research is "yes", "no" or "" (which is a no); the others
    are what a learning platform knows them by. `more` holds the columns of a list that mean nothing here, and go with it."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    sis_id: str = ""
    login: str = ""
    section: str = ""
    consent: str = ""
    more: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def name(self) -> str:
        return " ".join(filter(None, [self.first_name, self.last_name])) or self.id


COLUMNS = [field.name for field in fields(Student) if field.name != "more"]


@dataclass(slots=True)
class ClassList:
    """The students of a file, and what an instructor should know of how it was read. `derived` are those whose id was made from something else."""

    students: list[Student]
    remarks: list[str] = field(default_factory=list)
    derived: set[str] = field(default_factory=set)


def read_roster(path: Path) -> list[Student]:
    """The students in a class list; see `read_class_list`."""
    return read_class_list(path).students


def read_class_list(path: Path, encoding: str | None = None) -> ClassList:
    """The students in a CSV file: Canvas's gradebook export, Moodle's list of participants, or a table with an `id`.

    Args:
        path: the file, as any spreadsheet or platform saves it.
        encoding: its letters, where they are known.

    Errors: DeskError that names the line where an id is missing, unusable as a folder's name, or there twice.
    """
    table = read_table(path, encoding)
    columns = columns_of(table.head)
    found = [
        (line, row)
        for line, cells in table.rows
        if (row := columns.row(cells)) is not None and any(row.fields.values())
    ]
    if not found:
        raise DeskError(
            f"{path} lists no students. Its first line must name the columns: {', '.join(COLUMNS)}, or be that of "
            "Canvas's gradebook export or of Moodle's list of participants."
        )
    students, derived = [], set()
    for (line, row), name in zip(found, _ids([row.fields for _, row in found]), strict=True):
        student = _student(row.fields | {"id": name}, row.more, f"{path.name}, line {line}", columns)
        students.append(student)
        if not row.fields.get("id"):
            derived.add(student.id)
    _each_once(students, path)
    return ClassList(students, [*table.remarks, *columns.remarks(students)], derived)


def enter_roster(
    course: Desk, students: Iterable[Student], derived: Iterable[str] = (), forms: list[str] | None = None
) -> tuple[int, int]:
    """Put students in the gradebook and in roster.csv; who was there already keeps their grades. How many are new, and how many in all.

    Args:
        course: the course folder.
        students: who is in the class.
        derived: ids among theirs that were made from an address or a number: who is there already under another id keeps that one.
        forms: takes in a line for each who kept another id.
    """
    known = {student.id: student for student in roster(course)}
    made, coming = set(derived), dict[str, Student]()
    for one in students:
        there = _known_as(one, known.values()) if one.id in made else None
        if there and there.id != one.id:
            if forms is not None:
                forms.append(f"{one.name} is {there.id} here already, and stays so.")
            one = replace(one, id=there.id)
        coming[one.id] = one
    for name in coming.keys() & known.keys():
        # a platform's list does not ask for consent; who takes it back writes "no"
        before, now = known[name], coming[name]
        coming[name] = replace(now, consent=now.consent or before.consent, more={**before.more, **now.more})
    with course.gradebook() as book:
        for student in coming.values():
            book.update_or_create_student(
                student.id,
                first_name=student.first_name or None,
                last_name=student.last_name or None,
                email=student.email or None,
                lms_user_id=student.lms_id or None,
            )
    every = known | coming
    more = list(dict.fromkeys(name for one in every.values() for name in one.more))
    rows = [
        [*(getattr(one, name) for name in COLUMNS), *(one.more.get(name, "") for name in more)]
        for one in every.values()
    ]
    write_whole(course.root / FILE, as_csv([[*COLUMNS, *more], *rows], ends="\n", mark=False))
    return len(coming.keys() - known.keys()), len(every)


def roster(course: Desk) -> list[Student]:
    """The students of a course: those of roster.csv, then whoever else the gradebook knows."""
    path = course.root / FILE
    listed = {student.id: student for student in read_roster(path)} if path.is_file() else {}
    with course.gradebook() as book:
        for one in book.students:
            listed.setdefault(
                one.id,
                Student(one.id, one.first_name or "", one.last_name or "", one.email or "", one.lms_user_id or ""),
            )
    return list(listed.values())


def _known_as(student: Student, known: Iterable[Student]) -> Student | None:
    """Who of those that are known it is, by the number or address that only one of them has."""
    for what in ("lms_id", "sis_id", "email", "login"):
        value = getattr(student, what).casefold()
        same = [one for one in known if value and getattr(one, what).casefold() == value]
        if len(same) == 1:
            return same[0]
    return None


def _ids(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The id of each row: the one that stands there, else the shortest of what is known that nobody else has."""
    ways = [_ways(row) for row in rows]
    ids = [way[0] if way else "" for way in ways]
    for step in range(1, 4):
        count = Counter(name.casefold() for name in ids)
        ids = [
            way[min(step, len(way) - 1)] if way and count[name.casefold()] > 1 else name
            for name, way in zip(ids, ways, strict=True)
        ]
    return ids


def _ways(row: Mapping[str, str]) -> list[str]:
    """What could be a student's id, the best first: a short one, then what is never given twice."""
    if row.get("id"):
        return [row["id"]]
    login, email, sis, lms = (row.get(name, "") for name in ("login", "email", "sis_id", "lms_id"))
    short = login.split("@")[0] or sis or email.split("@")[0]
    return list(dict.fromkeys(filter(None, [short, login or email, email, sis, lms])))


def _student(row: Mapping[str, str], more: Mapping[str, str], where: str, columns: Columns) -> Student:
    name = bare(row.get("id", ""))
    if not re.fullmatch(r"[\w@][\w.@+-]{0,127}", name):
        what = f"the id {name!r} cannot be a folder's name" if name else "there is no id"
        raise DeskError(f"{where}: {what}. Use letters, digits, and . _ - @ in a column called id.{columns.hint}")
    consent = row.get("consent", "").casefold()
    if consent not in ("", "yes", "no"):
        raise DeskError(
            f"{where}: the consent {row['consent']!r} is unclear. Write yes or no, or leave the cell empty, which is a no."
        )
    known = {column: bare(row[column]) for column in COLUMNS if column in row}
    return Student(**known | {"id": name, "consent": consent}, more=dict(more))


def _each_once(students: Iterable[Student], path: Path) -> None:
    twice = [name for name, count in Counter(student.id.casefold() for student in students).items() if count > 1]
    if twice:
        raise DeskError(
            f"{path}: {', '.join(twice)} stands there more than once. Each student needs an id of their own."
        )
