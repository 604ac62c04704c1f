"""What was handed in, brought to `submitted/STUDENT/LESSON/`: from a learning platform's zip, from a folder, from nbgrader's exchange."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course.desk.arriving import Found, files_in
from course.desk.folder import Desk, DeskError
from course.desk.roster import Student, roster
from course.desk.whose import whose
from course.files import write_whole
from course.grading.lesson import GradedLesson, LessonProblem, load_lesson
from course.grading.notebook import NotebookError, read_notebook
from course.grading.plan import answered_in

EARLIER = "earlier"  # where an older try is kept
OTHER = "other"  # where files are kept that are no notebook of the lesson
_NOTEBOOK = re.compile(r"\.ipynb(\.(txt|json))*$", re.IGNORECASE)


@dataclass(slots=True)
class Collected:
    """What came of a collection: students whose work is there, the same as before, newer than before; `left` has what fits nobody or cannot be
    used, with the reason, and `told` what an instructor should know of the others."""

    new: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Try:
    """A notebook that may be the submission. `cells` of the lesson are in it, `answered` of them are no longer as released."""

    found: Found
    cells: int
    answered: int
    named: bool

    @property
    def rank(self) -> tuple[bool, bool, bool, dt.datetime, str]:
        known = self.cells > 0
        return known, self.answered > 0, self.named and not known, self.found.when, self.found.path


def collect(course: Desk, lesson: str, place: Path, who: str = "") -> Collected:
    """Bring every notebook of a lesson in `place` (a zip, a folder or one notebook) to its student's folder.

    Which student: see `whose`. Which of several notebooks: the one that holds the lesson's cells, answered, then the newest. A later try
    replaces an earlier one, which is kept in `earlier/`; other files are kept in `other/`. Nothing is ever thrown away: what fits
    nobody is listed.

    Args:
        course: the course folder.
        lesson: the lesson's whole name.
        place: what came in.
        who: the student whose work all of it is. [default: told from the paths]

    Errors: DeskError where there is nothing to collect, or nobody is called `who`.
    """
    students, done = roster(course), Collected()
    only = _called(who, students)
    wanted = _lesson(course, lesson)
    works: dict[str, list[Found]] = {}
    shadows = []
    any_file = False
    for found in files_in(place):
        any_file = True
        if found.shadow:
            shadows.append(found.path)
            continue
        owner = only or whose(found.path, students, lesson)
        if not isinstance(owner, Student):
            done.left[found.path] = found.problem or owner
        elif found.problem:
            done.left[found.path] = f"{owner.id}: {found.problem}"
        else:
            works.setdefault(owner.id, []).append(found)
    if not any_file or not (works or done.left):
        raise DeskError(
            f"{place} holds no notebook (.ipynb). Name the zip of your learning platform, or a folder with notebooks."
        )
    for student, files in works.items():
        try:
            _bring(course, lesson, wanted, student, files, done)
        except OSError as error:  # one folder that cannot be written stops nobody else
            reason = f"{student}: {error.filename or 'the folder'} cannot be written ({error.strerror})"
            done.left |= {found.path: reason for found in files}
    if shadows:
        shown = ", ".join(shadows[:3]) + (" ..." if len(shadows) > 3 else "")
        done.told.append(f"Passed over, as programs lay them there for themselves ({len(shadows)}): {shown}")
    return done


def _called(who: str, students: Iterable[Student]) -> Student | None:
    if not who:
        return None
    named = [
        one for one in students if who.casefold() in (one.id.casefold(), one.email.casefold(), one.login.casefold())
    ]
    if len(named) != 1:
        raise DeskError(f"Nobody in the class has the id {who!r}. `course roster` shows the class.")
    return named[0]


def _lesson(course: Desk, lesson: str) -> GradedLesson:
    try:
        return load_lesson(course.source(lesson))
    except LessonProblem as error:
        raise DeskError(str(error)) from error


def _bring(course: Desk, lesson: str, wanted: GradedLesson, student: str, files: list[Found], done: Collected) -> None:
    """Lay the one notebook that is the submission, and keep the rest."""
    notebooks, others = list[Found](), list[Found]()
    for found in files:
        (notebooks if _is_notebook(found) else others).append(found)
    tries = sorted((_tried(found, wanted) for found in notebooks), key=lambda one: one.rank)
    chosen = tries[-1] if tries else None
    if chosen and len(tries) > 1 and not chosen.cells and not chosen.named:
        chosen = None
    if chosen is None:
        for found in files:
            what = "holds none of this lesson's cells" if found in notebooks else "is no notebook"
            done.left[found.path] = f"{student}: it {what}. It is kept in {OTHER}/; ask for the notebook (.ipynb)."
    folder = course.folder("submitted") / student / lesson
    for found in others if chosen else files:
        _keep(folder / OTHER, PurePosixPath(found.path).name, found.data)
        if chosen:
            done.told.append(f"{student}: {found.path} is no notebook. It is kept in {OTHER}/.")
    if chosen is None:
        return
    if len(tries) > 1:
        rest = ", ".join(PurePosixPath(one.found.path).name for one in tries[:-1])
        done.told.append(
            f"{student}: of {len(tries)} notebooks {chosen.found.path} counts{_why(tries)}. Kept aside: {rest}."
        )
    elif not chosen.cells:
        done.told.append(f"{student}: {chosen.found.path} holds none of this lesson's cells. Is it the right file?")
    _lay(folder, lesson, wanted, student, tries, done)


def _why(tries: list[_Try]) -> str:
    best, next_best = tries[-1], tries[-2]
    if not best.cells:
        return ", by its name"
    if not next_best.cells:
        return ", which alone holds the lesson's cells" if sum(one.cells > 0 for one in tries) == 1 else ""
    if best.answered and not next_best.answered:
        return ", the one with answers"
    return ", the newest"


def _is_notebook(found: Found) -> bool:
    if _NOTEBOOK.search(found.path):
        return True
    if not found.path.lower().endswith((".json", ".txt")):
        return False
    try:
        return bool(read_notebook(found.data).cells)
    except NotebookError:
        return False


def _tried(found: Found, wanted: GradedLesson) -> _Try:
    named = PurePosixPath(found.path).name.casefold().find(wanted.name.casefold()) >= 0
    try:
        read = read_notebook(found.data)
    except NotebookError:
        return _Try(found, 0, 0, named)
    return _Try(found, *answered_in(read, wanted), named)


def _lay(folder: Path, lesson: str, wanted: GradedLesson, student: str, tries: list[_Try], done: Collected) -> None:
    """The last of the tries is the submission, if none that is there already is better."""
    found = tries[-1].found
    for one in tries[:-1]:
        _keep_try(folder, one.found.data)
    path, stamp = folder / f"{lesson}.ipynb", folder / "timestamp.txt"
    if path.is_file():
        there = path.read_bytes()
        if there == found.data:
            done.same.append(student)
            return
        before = _tried(Found(path.name, _written(stamp, path), there), wanted)
        if before.cells and not tries[-1].cells:
            _keep_try(folder, found.data)
            done.older.append(student)
            done.told.append(
                f"{student}: {found.path} was not taken, as the one that is there holds the lesson's cells."
            )
            return
        if found.when < before.found.when:
            _keep_try(folder, found.data)
            done.older.append(student)
            return
        _keep_try(folder, there)
    folder.mkdir(parents=True, exist_ok=True)
    known = path.is_file()
    write_whole(path, found.data)
    write_whole(stamp, found.when.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC"))
    (done.newer if known else done.new).append(student)


def _keep_try(folder: Path, data: bytes) -> None:
    (folder / EARLIER).mkdir(parents=True, exist_ok=True)
    write_whole(folder / EARLIER / f"{hashlib.sha256(data).hexdigest()[:12]}.ipynb", data)


def _keep(folder: Path, name: str, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / re.sub(r"[^\w. ()-]", "_", name).lstrip(".")[:120]
    if path.is_file() and path.read_bytes() != data:
        path = path.with_name(f"{hashlib.sha256(data).hexdigest()[:8]}-{path.name}")
    write_whole(path, data)


def _written(stamp: Path, path: Path) -> dt.datetime:
    try:
        return dt.datetime.strptime(stamp.read_text("utf-8").strip(), "%Y-%m-%d %H:%M:%S %Z").replace(tzinfo=dt.UTC)
    except (OSError, ValueError):
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
