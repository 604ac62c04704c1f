"""What is known of a class in one lesson: gradebook, journal and notebooks, brought together. Nothing of a student's is run."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.desk.folder import Desk, DeskError
from course.desk.pseudonyms import Veil, pseudonyms
from course.desk.report.literals import literals
from course.desk.roster import Student, roster
from course.grading.folder import plain_file
from course.grading.journal import Journal
from course.grading.lesson import GradedLesson, LessonProblem, SourceCell, load_lesson
from course.grading.notebook import Cell, NotebookError, read_notebook
from course.grading.outputs import message_in

MISSING, OPEN, STOCK = "not submitted", "not graded yet", "graded"
_HEADING = re.compile(r"^#{1,6}\s+(?:Task\s+)?(.+?)\s*$", re.MULTILINE)
_POINTS = re.compile(r"\s*\(\d+(?:\.\d+)? points?\)$")


@dataclass(frozen=True, slots=True)
class Task:
    """One graded task: its number and title as learners see them; `answers` the cells in which it is answered."""

    grade_id: str
    number: str
    title: str
    points: float
    kind: str
    cell: SourceCell
    answers: tuple[SourceCell, ...]
    listings: tuple[str, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether a person marks it."""
        return self.kind != "test"


@dataclass(slots=True)
class Work:
    """What one student did. `points` by task, None where it waits for a person; `cells` grade_id -> what stands in it; `stamps` when cells
    were last run, with the task that they belong to; `seconds` the grader's times."""

    student: Student
    name: str
    state: str
    reason: str = ""
    points: dict[str, float | None] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    stamps: list[tuple[dt.datetime, str]] = field(default_factory=list)
    case: str = ""

    @property
    def counted(self) -> bool:
        """Whether there is a graded answer sheet."""
        return bool(self.points)


@dataclass(frozen=True, slots=True)
class Class:
    """A class in one lesson. `veil` takes names out of texts, unless names were asked for."""

    lesson: str
    title: str
    material: str
    tasks: list[Task]
    works: list[Work]
    veil: Callable[[str], str]
    named: bool

    @property
    def counted(self) -> list[Work]:
        """The students whose work was graded."""
        return [work for work in self.works if work.counted]

    def task(self, number: str) -> Task | None:
        """The task of a number, such as "1.2"."""
        return next((task for task in self.tasks if task.number == number), None)


def gather(course: Desk, name: str, *, names: bool = False) -> Class:
    """The class in lesson `name`, with pseudonyms unless `names`. Errors: DeskError where nothing was graded or the lesson cannot be read."""
    try:
        lesson = load_lesson(course.folder("source") / name / f"{name}.ipynb")
    except LessonProblem as error:
        raise DeskError(str(error)) from error
    tasks = tasks_of(lesson)
    students = {student.id: student for student in roster(course)}
    points = _points(course, name)
    for folder in sorted(course.folder("submitted").glob(f"*/{name}")):
        students.setdefault(folder.parent.name, Student(folder.parent.name))
    for one in points:
        students.setdefault(one, Student(one))
    aliases = pseudonyms(course, students)
    veil: Callable[[str], str] = str if names else Veil(students.values(), aliases)
    journal = Journal(course.root / ".counterclaim" / "grading" / name)
    works = []
    for student in students.values():
        entry = journal.read(student.id)
        shown = student.name if names else aliases[student.id]
        works.append(_work(course, lesson, tasks, student, shown, points.get(student.id, {}), entry))
    if not any(work.counted for work in works):
        raise DeskError(f"Nothing is graded yet for {name}. Run: course grade {name}")
    title = next((one for cell in lesson.released["cells"] for one in _HEADING.findall(cell["source"])), name)
    return Class(
        name, title, lesson.opened[0] or name, tasks, sorted(works, key=lambda work: work.name.casefold()), veil, names
    )


def tasks_of(lesson: GradedLesson) -> list[Task]:
    """The graded tasks of a lesson, in order."""
    tasks: list[Task] = []
    title, before, listings = "", list[SourceCell](), list[str]()
    loose = _listings(lesson)
    for cell in lesson.cells:
        if cell.kind == "read" and (found := _HEADING.findall(cell.released)):
            title, before, listings = found[0], [], []
            listings = loose.get(cell.grade_id, [])
        elif cell.kind == "answer":
            before.append(cell)
        elif cell.kind in ("test", "essay", "task"):
            heading = found[0] if (found := _HEADING.findall(cell.released)) and cell.kind == "task" else title
            number, _, words = _POINTS.sub("", heading).partition(":")
            number = cell.hand_in.task if cell.hand_in else number.strip() if words else cell.grade_id
            own = (cell,) if cell.kind != "test" else tuple(before)
            tasks.append(
                Task(
                    cell.grade_id,
                    number,
                    words.strip() or cell.grade_id,
                    cell.points,
                    cell.kind,
                    cell,
                    own,
                    tuple(listings),
                )
            )
            before = []
    return tasks


def _listings(lesson: GradedLesson) -> dict[str, list[str]]:
    """grade_id of a question -> the tables that are listed below it."""
    found: dict[str, list[str]] = {}
    last = ""
    for cell in lesson.released["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        last = marks.get("grade_id", last)
        if cell["cell_type"] == "code" and not marks:
            found.setdefault(last, []).extend(re.findall(r"lesson\.listing\(\"(\w+)\"", cell["source"]))
    return found


def _points(course: Desk, name: str) -> dict[str, dict[str, float | None]]:
    """student -> grade_id -> points in the gradebook; None where a person has to mark."""
    found: dict[str, dict[str, float | None]] = {}
    with course.gradebook() as book:
        for submission in next((one.submissions for one in book.assignments if one.name == name), []):
            for notebook in submission.notebooks:
                if notebook.name == name:
                    found[submission.student_id] = {
                        grade.name: None if grade.needs_manual_grade else float(grade.score)
                        for grade in notebook.grades
                    }
    return found


def _work(
    course: Desk,
    lesson: GradedLesson,
    tasks: Sequence[Task],
    student: Student,
    shown: str,
    points: Mapping[str, float | None],
    entry: Mapping[str, Any] | None,
) -> Work:
    handed_in = (course.folder("submitted") / student.id / lesson.name).is_dir()
    graded = _cells(course.folder("autograded") / student.id / lesson.name / f"{lesson.name}.ipynb")
    state = str(entry["state"]) if entry else STOCK if points and graded else OPEN if handed_in else MISSING
    work = Work(student, shown, state, str(entry["reason"]) if entry else "")
    if entry:
        work.seconds = {str(part): float(number) for part, number in entry.get("seconds", {}).items()}
    if not graded or not points or state in ("invalid", MISSING):
        return work
    work.points = {task.grade_id: points.get(task.grade_id) for task in tasks}
    for cell in graded:
        marks = cell["metadata"].get("nbgrader")
        name = marks.get("grade_id") if isinstance(marks, dict) else None
        if isinstance(name, str):
            work.cells[name] = cell["source"]
            work.messages[name] = message_in([_whole(one) for one in cell["outputs"] if isinstance(one, dict)])
        elif cell["cell_type"] == "code" and not work.case:
            work.case = str(literals(cell["source"]).get("case", "")).strip().casefold()
    for name, task in (entry or {}).get("tasks", {}).items():
        work.messages[name] = str(task.get("message") or work.messages.get(name, ""))
    work.stamps = _stamps(course.folder("submitted") / student.id / lesson.name / f"{lesson.name}.ipynb", tasks)
    return work


def _cells(path: Path) -> list[Cell]:
    if not plain_file(path):
        return []
    try:
        return read_notebook(path.read_bytes()).cells
    except (OSError, NotebookError):
        return []


def _whole(output: Mapping[str, Any]) -> dict[str, Any]:
    """An output in which every text is one text, and an error is its message: a traceback shows lines of the hidden test."""
    if output.get("output_type") == "error":
        return {"output_type": "error", "traceback": [str(output.get("evalue", ""))]}
    text = output.get("text", "")
    return {
        "output_type": str(output.get("output_type")),
        "text": "".join(text) if isinstance(text, list) else str(text),
    }


def _stamps(path: Path, tasks: Sequence[Task]) -> list[tuple[dt.datetime, str]]:
    """When each cell was last run, by JupyterLab's record in the notebook, with the task that it belongs to ("" for none)."""
    homes = {cell.grade_id: task.grade_id for task in tasks for cell in (*task.answers, task.cell)}
    found = []
    for cell in _cells(path):
        record = cell["metadata"].get("execution")
        marks = cell["metadata"].get("nbgrader")
        home = homes.get(str(marks.get("grade_id")), "") if isinstance(marks, dict) else ""
        if isinstance(record, dict):
            try:
                when = dt.datetime.fromisoformat(str(record.get("iopub.execute_input")).replace("Z", "+00:00"))
            except ValueError:
                continue
            found.append((when if when.tzinfo else when.replace(tzinfo=dt.UTC), home))
    return sorted(found)


def answered(work: Work, task: Task) -> str:
    """How far a student answered a task: "yes", "in part" or "no". An answer cell as it was released is none."""
    changed = [cell for cell in task.answers if _differs(work.cells.get(cell.grade_id, ""), cell.released)]
    if not changed:
        return "no"
    values = [value for cell in task.answers for value in literals(work.cells.get(cell.grade_id, "")).values()]
    leaves = [leaf for value in values for leaf in (value.values() if isinstance(value, dict) else [value])]
    if leaves and all(leaf is None for leaf in leaves) and not task.by_hand:
        return "no"
    return "in part" if any(leaf is None for leaf in leaves) else "yes"


def _differs(one: str, other: str) -> bool:
    return bool(one.strip()) and " ".join(one.split()) != " ".join(other.split())


def states(group: Class) -> Counter[str]:
    """How many students are in which state."""
    return Counter(work.state for work in group.works)
