"""Whose work a file is: by what its path says for certain, and by nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from course.desk.roster import Student

_CANVAS = re.compile(r"^(?P<name>[^_]+?)_(?:LATE_)?(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)$", re.IGNORECASE)
_MOODLE = re.compile(r"^(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>.*))?$")
_DEFAULT = "defaultgroup"  # Moodle's name for who is in no group
HINT = "If you know whose it is: course collect LESSON FILE --as ID"


def whose(path: str, students: Sequence[Student], lesson: str = "") -> Student | str:
    """The student that a file is from, or the reason why that cannot be told.

    Canvas's number is the student's own and decides, unless the name beside it is somebody else's. Moodle's is that of the assignment,
    and means nobody: there the name decides. Elsewhere a folder or file must be called by an id, an address or a whole name.

    Args:
        path: where it was found.
        students: the class.
        lesson: the lesson's name, which names no student.
    """
    parts = [part for part in PurePosixPath(path).parts if part not in (".", "/")]
    for part in reversed(parts):
        stem = re.sub(r"\.(ipynb|zip)$", "", part)
        if match := _MOODLE.match(stem):
            return _by_name(match["name"], students)
        if match := _CANVAS.match(part):
            return _of_canvas(match["name"], match["user"], students)
    names = [*parts[:-1], _stem(parts[-1])]
    names = [name for name in names if name and not (lesson and name.casefold().startswith(lesson.casefold()))]
    found = _all(students, lambda one, name: name.casefold() in _keys(one), names)
    found = found or _all(students, lambda one, name: _plain(name) in _spellings(one), names)
    found = found or _begun(students, names)
    return _only(
        found,
        "no student of the roster is named in its path: bring the roster in first (course roster FILE), or put the file in a folder "
        f"with the student's id. {HINT}",
    )


def _of_canvas(name: str, user: str, students: Sequence[Student]) -> Student | str:
    by_number = [one for one in students if one.lms_id == user]
    by_name = [one for one in students if _plain(name) in _spellings(one)]
    if by_number:
        others = [one for one in by_name if one not in by_number]
        if others and not [one for one in by_name if one in by_number]:
            return f"its number {user} is {by_number[0].id}'s, its name {name} is {others[0].id}'s. {HINT}"
        return _only(by_number, "")
    by_name = [one for one in by_name if not one.lms_id]  # whose number is known has another
    return _only(by_name, f"{name}, number {user}, is not in the roster. {HINT}")


def _by_name(name: str, students: Sequence[Student]) -> Student | str:
    """By the name in a file of Moodle's, before which the name of a group of the class may stand."""
    found = [one for one in students if _plain(name) in _spellings(one)]
    if not found:
        groups = {_plain(group) for one in students for group in _groups(one)} | {_DEFAULT}
        for place in (place for place, sign in enumerate(name) if sign == "-"):
            group, rest = _plain(name[:place]), _plain(name[place + 1 :])
            if group in groups:
                found += [one for one in students if rest in _spellings(one) and one not in found]
    if not found and "-" in name:
        return (
            f"{name} is not in the roster. If it begins with the name of a group: bring in Moodle's list of participants with its column "
            f"Groups. {HINT}"
        )
    return _only(found, f"{name} is not in the roster. {HINT}")


def _groups(student: Student) -> list[str]:
    return [student.section, *student.section.split(", "), *student.section.split(",")] if student.section else []


def _all(students: Sequence[Student], is_it, names: Iterable[str]) -> list[Student]:  # type: ignore[no-untyped-def]
    return [one for one in students if any(is_it(one, name) for name in names)]


def _begun(students: Sequence[Student], names: Iterable[str]) -> list[Student]:
    """Whose id stands at the beginning of a name: "ann_lesson"; "01 homework" is a number of anything."""
    found: list[Student] = []
    for name in names:
        begun = [
            one
            for one in students
            if not (one.id.isdigit() and len(one.id) < 4)
            and re.match(rf"{re.escape(one.id)}([_ -]|$)", name, re.IGNORECASE)
        ]
        longest = max((len(one.id) for one in begun), default=0)  # "ann" and "ann-b" may both be there
        found += [one for one in begun if len(one.id) == longest and one not in found]
    return found


def _only(found: Sequence[Student], none: str) -> Student | str:
    if len(found) == 1:
        return found[0]
    return none if not found else f"it could be from {' or '.join(one.id for one in found)}. {HINT}"


def _keys(student: Student) -> set[str]:
    return {key.casefold() for key in (student.id, student.login, student.email, student.sis_id) if key}


def _spellings(student: Student) -> set[str]:
    first, last = student.first_name, student.last_name
    return {_plain(first + last), _plain(last + first), _plain(student.id)} - {""}


def _plain(name: str) -> str:
    """A name as platforms write it in a file's name: small letters and digits only."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in bare if sign.isalnum())


def _stem(name: str) -> str:
    return re.sub(r"(\.(ipynb|json|txt|zip|html|docx?|pdf|py))+$", "", name, flags=re.IGNORECASE)
