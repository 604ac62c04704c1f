"""Who is in the class: a list from Canvas, Moodle or a spreadsheet, in one table beside the gradebook."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from charset_normalizer import from_bytes

from course.desk.folder import Desk, DeskError
from course.files import write_whole

FILE = "roster.csv"


@dataclass(frozen=True, slots=True)
class Student:
    """One student. `id` is the name of the folder that holds their work; `consent` to research is "yes", "no" or "" (which is a no); the others
    are what a learning platform knows them by."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    sis_id: str = ""
    login: str = ""
    section: str = ""
    consent: str = ""

    @property
    def name(self) -> str:
        return " ".join(filter(None, [self.first_name, self.last_name])) or self.id


COLUMNS = [field.name for field in fields(Student)]
# How Canvas (its gradebook export), Moodle (its list of participants) and people name the columns.
_NAMES = {
    "id": "id", "student id": "id", "student_id": "id", "username": "id",
    "first name": "first_name", "first_name": "first_name", "firstname": "first_name", "given name": "first_name",
    "last name": "last_name", "last_name": "last_name", "lastname": "last_name", "surname": "last_name", "family name": "last_name",
    "email": "email", "email address": "email", "e-mail": "email", "mail": "email",
    "lms_id": "lms_id", "lms_user_id": "lms_id", "canvas id": "lms_id",
    "sis_id": "sis_id", "sis user id": "sis_id", "id number": "sis_id", "idnumber": "sis_id",
    "login": "login", "sis login id": "login", "section": "section", "group": "section", "groups": "section",
    "consent": "consent",
}  # fmt: skip


def read_roster(path: Path) -> list[Student]:
    """The students in a CSV file: Canvas's gradebook export, Moodle's list of participants, or a table with an `id`.

    Errors: DeskError that names the line where an id is missing, unusable as a folder's name, or there twice.
    """
    try:
        text = str(from_bytes(path.read_bytes()).best() or "")
    except OSError as error:
        raise DeskError(f"{path} cannot be read: {error.strerror}.") from error
    text = text.removeprefix("\ufeff")
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text.split("\n", 1)[0], delimiters=",;\t")
    except csv.Error:
        dialect = "excel"
    lines = list(csv.reader(io.StringIO(text), dialect))
    head = [cell.strip().casefold() for cell in lines[0]] if lines else []
    canvas = {"student", "id", "section"} <= set(head)
    students = []
    for number, line in enumerate(lines[1:], start=2):
        row = {name: cell.strip() for name, cell in zip(head, line, strict=False)}
        if not any(row.values()) or "points possible" in row.get("student", "").casefold():
            continue  # Canvas writes the points of each column in a row of its own
        if canvas and "student, test" in row.get("student", "").casefold():
            continue
        students.append(_student(_of_canvas(row) if canvas else _known(row), f"{path.name}, line {number}"))
    if not students:
        raise DeskError(
            f"{path} lists no students. Its first line must name the columns: {', '.join(COLUMNS)}, or be that of "
            "Canvas's gradebook export or of Moodle's list of participants."
        )
    _each_once(students, path)
    return students


def enter_roster(course: Desk, students: Iterable[Student]) -> tuple[int, int]:
    """Put students in the gradebook and in roster.csv; who was there already keeps their grades. How many are new, and how many in all."""
    known = {student.id: student for student in roster(course)}
    coming = {student.id: student for student in students}
    for name in (
        coming.keys() & known.keys()
    ):  # a platform's list does not ask for consent; who takes it back writes "no"
        if not coming[name].consent:
            coming[name] = replace(coming[name], consent=known[name].consent)
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
    write_whole(course.root / FILE, _as_csv(every.values()))
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


def _known(row: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, cell in row.items():
        if (column := _NAMES.get(name)) and cell:
            found.setdefault(column, cell)
    if "id" not in found:  # Moodle lists no user names where it is not allowed to
        found["id"] = found.get("sis_id") or found.get("email", "").split("@")[0]
    return found


def _of_canvas(row: Mapping[str, str]) -> dict[str, str]:
    last, _, first = row["student"].partition(", ")
    if not first:
        first, _, last = row["student"].rpartition(" ")
    login, sis = row.get("sis login id", ""), row.get("sis user id", "")
    return {
        "id": (login.split("@")[0] or sis or row["id"]),
        "first_name": first.strip(),
        "last_name": last.strip(),
        "email": login if "@" in login else "",
        "lms_id": row["id"],
        "sis_id": sis,
        "login": login,
        "section": row.get("section", ""),
    }


def _student(row: Mapping[str, str], where: str) -> Student:
    name = row.get("id", "")
    if not re.fullmatch(r"[\w@][\w.@-]{0,127}", name):
        what = f"the id {name!r} cannot be a folder's name" if name else "there is no id"
        raise DeskError(f"{where}: {what}. Use letters, digits, and . _ - @ in a column called id.")
    consent = row.get("consent", "").casefold()
    if consent not in ("", "yes", "no"):
        raise DeskError(
            f"{where}: the consent {row['consent']!r} is unclear. Write yes or no, or leave the cell empty, which is a no."
        )
    return Student(**{column: row[column] for column in COLUMNS if column in row} | {"consent": consent})


def _each_once(students: Iterable[Student], path: Path) -> None:
    twice = [name for name, count in Counter(student.id.casefold() for student in students).items() if count > 1]
    if twice:
        raise DeskError(
            f"{path}: {', '.join(twice)} stands there more than once. Each student needs an id of their own."
        )


def _as_csv(students: Iterable[Student]) -> str:
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(map(asdict, students))
    return out.getvalue()
