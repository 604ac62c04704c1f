"""What was handed in, brought to `submitted/STUDENT/LESSON/`: from a learning platform's zip, from a folder, from nbgrader's exchange."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course.desk.folder import Desk, DeskError
from course.desk.roster import Student, roster
from course.files import write_whole

LARGEST = 50 * 2**20  # bytes of one notebook
MOST_FILES = 20_000
EARLIER = "earlier"  # where an older try is kept
_CANVAS = re.compile(r"^(?P<name>[^_]+?)_(?:LATE_)?(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)$", re.IGNORECASE)
_MOODLE = re.compile(r"^(?P<name>.+?)_(?P<user>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)$")


@dataclass(frozen=True, slots=True)
class Found:
    """One notebook that came in: where from, when it was written, and its bytes."""

    path: str
    when: dt.datetime
    data: bytes


@dataclass(slots=True)
class Collected:
    """What came of a collection: students whose work is there, the same as before, newer than before; and what fits nobody, with the reason."""

    new: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


def collect(course: Desk, lesson: str, place: Path) -> Collected:
    """Bring every notebook of a lesson in `place` (a zip or a folder) to its student's folder.

    Which student: by the platform's number in the file's name (Canvas, Moodle), by an id of the roster, or by the name of the
    folder. A later try replaces an earlier one, which is kept in `earlier/`; nothing is ever thrown away: what fits nobody is listed.

    Errors: DeskError where there is nothing to collect.
    """
    students = roster(course)
    done = Collected()
    files = list(_in_zip(place, done) if place.is_file() else _in_folder(place, done))
    if not files and not done.left:
        raise DeskError(
            f"{place} holds no notebook (.ipynb). Name the zip of your learning platform, or a folder with notebooks."
        )
    for found in sorted(files, key=lambda one: (one.when, one.path)):
        who = whose(found.path, students)
        if isinstance(who, Student):
            _lay(course, lesson, who.id, found, done)
        else:
            done.left[found.path] = who
    return done


def whose(path: str, students: Sequence[Student]) -> Student | str:
    """The student that a file is from, or the reason why that cannot be told."""
    parts = [part for part in PurePosixPath(path).parts if part not in (".", "/")]
    names = [parts[-1].removesuffix(".ipynb"), *reversed(parts[:-1])]
    for name in names:
        match = _MOODLE.match(name) or _CANVAS.match(name)
        if match:
            found = [one for one in students if match["user"] in (one.lms_id, one.sis_id)]
            found = found or [one for one in students if _plain(match["name"]) in _spellings(one)]
            return _only(found, f"{match['name']}, number {match['user']}, is not in the roster")
    for name in reversed(names):
        found = [
            one
            for one in students
            if name.casefold() in {key.casefold() for key in (one.id, one.login, one.email) if key}
        ]
        if found:
            return _only(found, "")
    for name in names:
        found = [one for one in students if re.match(rf"{re.escape(one.id)}([_ -]|$)", name, re.IGNORECASE)]
        if found:
            longest = max(len(one.id) for one in found)  # "ann" and "ann-b" may both be there
            return _only([one for one in found if len(one.id) == longest], "")
    return "no student of the roster is named in its path: bring the roster in first (course roster FILE), or put the file in a folder with the student's id"


def _only(found: Sequence[Student], none: str) -> Student | str:
    if len(found) == 1:
        return found[0]
    return none if not found else f"it could be from {' or '.join(one.id for one in found)}"


def _spellings(student: Student) -> set[str]:
    first, last = student.first_name, student.last_name
    return {_plain(first + last), _plain(last + first), _plain(student.id)}


def _plain(name: str) -> str:
    """A name as platforms write it in a file's name: small letters and digits only."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in bare if sign.isalnum())


def _lay(course: Desk, lesson: str, student: str, found: Found, done: Collected) -> None:
    folder = course.folder("submitted") / student / lesson
    path, stamp = folder / f"{lesson}.ipynb", folder / "timestamp.txt"
    if path.is_file():
        if path.read_bytes() == found.data:
            done.same.append(student)
            return
        before = _written(stamp, path)
        if found.when < before:
            _keep(folder, found.data)
            done.older.append(student)
            return
        _keep(folder, path.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    (done.newer if path.is_file() else done.new).append(student)
    write_whole(path, found.data)
    write_whole(stamp, found.when.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC"))


def _keep(folder: Path, data: bytes) -> None:
    name = f"{hashlib.sha256(data).hexdigest()[:12]}.ipynb"
    (folder / EARLIER).mkdir(parents=True, exist_ok=True)
    write_whole(folder / EARLIER / name, data)


def _written(stamp: Path, path: Path) -> dt.datetime:
    try:
        return dt.datetime.strptime(stamp.read_text("utf-8").strip(), "%Y-%m-%d %H:%M:%S %Z").replace(tzinfo=dt.UTC)
    except (OSError, ValueError):
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)


def _in_zip(place: Path, done: Collected) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(place) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES:
                raise DeskError(f"{place} holds {len(entries):,} files, more than {MOST_FILES:,}. Is it the right one?")
            for entry in entries:
                if entry.is_dir() or not entry.filename.lower().endswith(".ipynb") or "__MACOSX" in entry.filename:
                    continue
                if problem := _unsafe(entry):
                    done.left[entry.filename] = problem
                    continue
                try:
                    with archive.open(entry) as file:
                        data = file.read(LARGEST + 1)  # an entry may lie about its size
                # RuntimeError: it is encrypted, or packed in a way unknown here
                except (zipfile.BadZipFile, RuntimeError, OSError) as error:
                    done.left[entry.filename] = f"it cannot be taken out of the zip ({error})"
                    continue
                if len(data) > LARGEST:
                    done.left[entry.filename] = f"it is larger than {LARGEST // 2**20} MB"
                    continue
                yield Found(entry.filename, _when(entry), data)
    except zipfile.BadZipFile as error:
        raise DeskError(f"{place} is not a zip file, or is damaged ({error}). Download it again.") from error


def _when(entry: zipfile.ZipInfo) -> dt.datetime:
    try:
        return dt.datetime(*entry.date_time).astimezone()
    except ValueError:  # a zip can hold a month 0
        return dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


def _unsafe(entry: zipfile.ZipInfo) -> str:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"^[A-Za-z]:", entry.filename):
        return "its path leads out of the zip"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link, not a file"
    return ""


def _in_folder(place: Path, done: Collected) -> Iterator[Found]:
    if not place.is_dir():
        raise DeskError(f"There is no file and no folder {place}.")
    for path in sorted(place.rglob("*.ipynb")):
        name = path.relative_to(place).as_posix()
        if ".ipynb_checkpoints" in path.parts:
            continue
        if path.is_symlink() or not path.resolve().is_relative_to(place.resolve()):
            done.left[name] = "it is a link, not a file"
        elif path.stat().st_size > LARGEST:
            done.left[name] = f"it is larger than {LARGEST // 2**20} MB"
        else:
            yield Found(name, dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone(), path.read_bytes())
