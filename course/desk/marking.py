"""Marking by rubric: a sheet out, chosen levels back, with the agreement of markers; and into the gradebook only what nobody disputes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nltk.metrics.agreement import AnnotationTask

from course.desk.folder import Desk, DeskError
from course.desk.pseudonyms import pseudonyms
from course.desk.report.gather import answered, gather
from course.desk.rubrics import Criterion, Rubric, rubrics
from course.desk.tables import as_csv, bare, read_table
from course.grading.lesson import LessonProblem, load_lesson

COLUMNS = ["student", "task", "criterion", "levels", "level", "answer"]
LONGEST = 32_000  # characters; a cell of Excel's holds 32,767
_PICTURE = re.compile(r"(data:[\w/+.-]+;base64,)[A-Za-z0-9+/=\s]{200,}")
Place = tuple[str, str]  # student (pseudonym), grade_id


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far markers agree on one criterion: `count` answers marked twice, the share `same`, and Cohen's kappa with linear weights (Cohen 1968),
    None where it is not defined."""

    grade_id: str
    criterion: str
    count: int
    same: float
    kappa: float | None


@dataclass(slots=True)
class Marked:
    """What came of the sheets: `written` into the gradebook, `kept` as a person had set them, `disputed` with the levels of each marker, `unfinished`."""

    written: dict[Place, int] = field(default_factory=dict)
    kept: list[Place] = field(default_factory=list)
    disputed: dict[Place, list[str]] = field(default_factory=dict)
    unfinished: list[Place] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)


def open_rubrics(course: Desk, lesson: str) -> dict[str, Rubric]:
    """grade_id -> rubric. Errors: DeskError where the lesson cannot be read or has no mark scheme."""
    try:
        found = rubrics(load_lesson(course.folder("source") / lesson / f"{lesson}.ipynb"))
    except LessonProblem as error:
        raise DeskError(str(error)) from error
    if not found:
        raise DeskError(f"{lesson} has no mark scheme.")
    return found


def sheet(course: Desk, lesson: str, *, sample: int | None = None) -> str:
    """A CSV with one row a student, task and criterion, and an empty level; the answer stands in the first row of each task.

    Args:
        course, lesson: whose.
        sample: how many students, drawn by their pseudonyms: the same at each call. [default: all]

    Errors: DeskError where nothing was graded or answered.
    """
    found, group = open_rubrics(course, lesson), gather(course, lesson)
    rows = []
    works = [
        work
        for work in sorted(
            group.counted, key=lambda work: work.name
        )  # a pseudonym says nothing of its student: this order is by lot
        if any(task.grade_id in found and answered(work, task) != "no" for task in group.tasks)
    ][:sample]
    for work in works:
        for task in group.tasks:
            if task.grade_id not in found or answered(work, task) == "no":
                continue
            for number, criterion in enumerate(found[task.grade_id].criteria):
                levels = "; ".join(f"{level} = {words}" for level, words in criterion.levels.items())
                text = group.veil(work.cells.get(task.grade_id, "")) if number == 0 else ""
                rows.append([work.name, task.grade_id, criterion.name, levels, "", _short(text)])
    if not rows:
        raise DeskError(f"Nobody has answered an open task of {lesson}.")
    return as_csv([COLUMNS, *rows])


def enter_sheets(course: Desk, lesson: str, paths: Sequence[Path], *, again: bool = False) -> Marked:
    """Enter the points of marked sheets: the sum of the levels chosen. An answer on which two sheets differ is entered nowhere.

    Args:
        course, lesson: whose.
        paths: one sheet a marker.
        again: also where a person has set points before.

    Errors: DeskError for a sheet that is none, an unknown student, task or criterion, and a level that there is not; then nothing is written.
    """
    found, group = open_rubrics(course, lesson), gather(course, lesson)
    students = {
        alias: student for student, alias in pseudonyms(course, [work.student.id for work in group.works]).items()
    }
    marks = {path.name: _read(path, found, students) for path in paths}
    result = Marked(agreed=_agreement(found, marks))
    totals: dict[Place, tuple[int, str]] = {}
    for place in sorted({place for one in marks.values() for place in one}):
        rubric = found[place[1]]
        chosen = {name: one[place] for name, one in marks.items() if place in one}
        whole = {name: levels for name, levels in chosen.items() if len(levels) == len(rubric.criteria)}
        if len(whole) < len(chosen):
            result.unfinished.append(place)
        elif any(levels != next(iter(whole.values())) for levels in whole.values()):
            result.disputed[place] = [
                f"{criterion.name}: " + ", ".join(f"{name} {levels[criterion.name]}" for name, levels in whole.items())
                for criterion in rubric.criteria
                if len({levels[criterion.name] for levels in whole.values()}) > 1
            ]
        else:
            levels = next(iter(whole.values()))
            words = "; ".join(f"{one.name}: {levels[one.name]} of {one.most}" for one in rubric.criteria)
            totals[place] = (rubric.score(levels), words)
    _write(course, lesson, totals, students, again, result)
    return result


def _read(path: Path, found: Mapping[str, Rubric], students: Mapping[str, str]) -> dict[Place, dict[str, int]]:
    """(student, task) -> criterion -> level; rows without a level are left out, their places are not."""
    table = read_table(path)
    if missing := set(COLUMNS[:5]) - set(table.head):
        raise DeskError(f"{path} is no sheet of `course rubric`: it has no column {', '.join(sorted(missing))}.")
    marks: dict[Place, dict[str, int]] = {}
    for line, cells in table.rows:
        row = dict.fromkeys(table.head, "") | dict(zip(table.head, map(bare, cells), strict=False))
        where = f"{path.name}, line {line}"
        place = (row["student"], row["task"])
        if row["student"] not in students or row["task"] not in found:
            raise DeskError(f"{where}: there is no {row['student']!r} with {row['task']!r} in this lesson.")
        criterion = next((one for one in found[row["task"]].criteria if one.name == row["criterion"]), None)
        if criterion is None:
            raise DeskError(f"{where}: {row['task']} has no criterion {row['criterion']!r}.")
        level = re.sub(r"[.,]0+$", "", row["level"].strip())  # a spreadsheet may write 2 as 2.0 or 2,0
        if level and (not level.isascii() or not level.isdigit() or int(level) not in criterion.levels):
            raise DeskError(f"{where}: {level!r} is no level of {criterion.name!r}. There are 0 to {criterion.most}.")
        levels = marks.setdefault(place, {})
        if criterion.name in levels:
            raise DeskError(f"{where}: {criterion.name!r} stands there twice for {row['student']}.")
        if level:
            levels[criterion.name] = int(level)
    return {place: levels for place, levels in marks.items() if levels}


def _agreement(found: Mapping[str, Rubric], marks: Mapping[str, Mapping[Place, Mapping[str, int]]]) -> list[Agreed]:
    result = []
    for rubric in found.values():
        for criterion in rubric.criteria:
            triples = [
                (name, place, levels[criterion.name])
                for name, one in marks.items()
                for place, levels in one.items()
                if place[1] == rubric.grade_id and criterion.name in levels
            ]
            places = [place for _, place, _ in triples]
            twice = [triple for triple in triples if places.count(triple[1]) == len(marks) > 1]
            if twice:
                result.append(_agreed(rubric, criterion, twice))
    return result


def _agreed(rubric: Rubric, criterion: Criterion, triples: Sequence[tuple[str, Place, int]]) -> Agreed:
    levels: dict[Place, list[int]] = {}
    for _, place, level in triples:
        levels.setdefault(place, []).append(level)
    same = sum(len(set(one)) == 1 for one in levels.values()) / len(levels)
    return Agreed(rubric.grade_id, criterion.name, len(levels), same, weighted_kappa(triples, criterion.most))


def weighted_kappa(marks: Sequence[tuple[str, Any, int]], most: int) -> float | None:
    """Cohen's kappa with linear weights, the mean over pairs of markers; None where all chose one level, so that chance alone would agree.

    Args:
        marks: triples (marker, item, level); each marker has marked each item.
        most: the highest level.

    Source: Cohen 1968, as in `nltk.metrics.agreement`.
    """
    task = AnnotationTask(
        data=[(who, item, level) for who, item, level in marks], distance=lambda a, b: abs(a - b) / most
    )
    try:
        return float(task.weighted_kappa())
    except ZeroDivisionError:
        return None


def _write(
    course: Desk,
    lesson: str,
    totals: Mapping[Place, tuple[int, str]],
    students: Mapping[str, str],
    again: bool,
    result: Marked,
) -> None:
    with course.gradebook() as book:
        for place, (points, words) in totals.items():
            student = students[place[0]]
            grade = book.find_grade(place[1], lesson, lesson, student)
            if grade.manual_score is not None and grade.manual_score != points and not again:
                result.kept.append(place)
                continue
            grade.manual_score, grade.needs_manual_grade = float(points), False
            comment = book.find_comment(place[1], lesson, lesson, student)
            if (
                not comment.manual_comment or comment.manual_comment.split(": ")[0] == words.split(": ")[0]
            ):  # none, or ours
                comment.manual_comment = words
            result.written[place] = points
        book.db.commit()


def _short(text: str) -> str:
    """An answer that a spreadsheet's cell can hold: pictures written into the text are named, and what is too long says so."""
    text = _PICTURE.sub(lambda match: f"{match[1]}... ({len(match[0]) * 3 // 4096:,} kB, see the notebook)", text)
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]} [... {len(text) - LONGEST:,} more characters stand in the notebook]"
