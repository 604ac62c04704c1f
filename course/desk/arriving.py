"""What lies in a zip or a folder that came in: each file once, with its name in letters, and never out of its place."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.desk.folder import DeskError
from course.files import printable

LARGEST = 50 * 2**20  # bytes of one file
MOST_FILES = 20_000
MOST_BYTES = 4 * 2**30  # of a zip with the zips in it, unpacked
DEEPEST = 2  # zips in a zip
SHADOWS = ("__MACOSX", ".ipynb_checkpoints", ".git", "__pycache__", ".DS_Store", "Thumbs.db", "desktop.ini")
EARLY = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """One file that came in: where from, when it was written, and its bytes. `problem` says why those could not be had."""

    path: str
    when: dt.datetime
    data: bytes = b""
    problem: str = ""

    @property
    def shadow(self) -> bool:
        """Whether a program laid it there for itself: macOS, Jupyter, Windows."""
        parts = PurePosixPath(self.path).parts
        return any(part in SHADOWS for part in parts) or parts[-1].startswith("._")


def files_in(place: Path) -> Iterator[Found]:
    """Every file of a zip, with the zips in it, of a folder, or one notebook.

    Errors: DeskError where there is none, or it is a file of another kind.
    """
    if place.is_dir():
        return _in_folder(place)
    if not place.is_file():
        raise DeskError(f"There is no file and no folder {place}.")
    if place.suffix.lower() == ".ipynb":
        return iter([_read(place, place.name)])
    return _in_zip_file(place)


def _in_folder(place: Path) -> Iterator[Found]:
    for path in sorted(place.rglob("*")):
        name = printable(path.relative_to(place).as_posix())
        if path.is_symlink() or not path.resolve().is_relative_to(place.resolve()):
            yield Found(name, EARLY, problem="it is a link, not a file")
        elif path.is_file():
            found = _read(path, name)
            yield from _unpacked(found, 1) if _is_zip(found) else [found]


def _read(path: Path, name: str) -> Found:
    try:
        when = dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        if path.stat().st_size > LARGEST:
            return Found(name, when, problem=f"it is larger than {LARGEST >> 20} MB")
        return Found(name, when, path.read_bytes())
    except OSError as error:
        return Found(name, EARLY, problem=f"it cannot be read ({error.strerror})")


def _in_zip_file(place: Path) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(place) as archive:
            yield from _in_zip(archive, "", 0, [MOST_BYTES])
    except zipfile.BadZipFile as error:
        raise DeskError(f"{place} is not a zip file, or is damaged ({error}). Download it again.") from error
    except OSError as error:
        raise DeskError(f"{place} cannot be read: {error.strerror}.") from error


def _in_zip(archive: zipfile.ZipFile, above: str, depth: int, room: list[int]) -> Iterator[Found]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise DeskError(
            f"{archive.filename or above} holds {len(entries):,} files, more than {MOST_FILES:,}. Is it the right one?"
        )
    for entry in entries:
        if entry.is_dir():
            continue
        name = _name(entry)
        path, when = above + name, _when(entry)
        if problem := _unsafe(entry, name):
            yield Found(path, when, problem=problem)
            continue
        try:
            with archive.open(entry) as file:
                data = file.read(min(LARGEST, room[0]) + 1)  # an entry may lie about its size
        # RuntimeError: it is encrypted, or packed in a way unknown here
        except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError) as error:
            yield Found(path, when, problem=f"it cannot be taken out of the zip ({error})")
            continue
        if len(data) > min(LARGEST, room[0]):
            yield Found(path, when, problem=f"it is larger than {LARGEST >> 20} MB")
            continue
        room[0] -= len(data)
        found = Found(path, when, data)
        yield from _unpacked(found, depth + 1, room) if _is_zip(found) else [found]


def _is_zip(found: Found) -> bool:
    return found.path.lower().endswith(".zip") and not found.problem and not found.shadow


def _unpacked(found: Found, depth: int, room: list[int] | None = None) -> Iterator[Found]:
    """The files of a zip that lay in another place; the zip itself where it cannot be opened."""
    if depth > DEEPEST:
        yield Found(found.path, found.when, problem=f"it is a zip in a zip, {depth} deep")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
            yield from _in_zip(archive, f"{found.path}/", depth, room or [MOST_BYTES])
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        yield Found(found.path, found.when, problem=f"it is a damaged zip ({error})")


def _name(entry: zipfile.ZipInfo) -> str:
    """An entry's name. Finder writes UTF-8 without the flag that says so, and Windows the letters of its country."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = entry.filename.encode("cp437").decode("utf-8")
    return printable(name)


def _when(entry: zipfile.ZipInfo) -> dt.datetime:
    try:
        return dt.datetime(*entry.date_time).astimezone()
    except ValueError:  # a zip can hold a month 0
        return EARLY


def _unsafe(entry: zipfile.ZipInfo, name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"^[A-Za-z]:", name):
        return "its path leads out of the zip"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link, not a file"
    return ""
