"""A class's annotations for research: only of students who said yes, under pseudonyms that stand nowhere else."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from course.corpus.annotations import label_annotations
from course.corpus.places import data_folder
from course.desk.folder import Desk, DeskError
from course.desk.pseudonyms import Veil, pseudonyms
from course.desk.report.gather import gather
from course.desk.report.readers import FEW_READERS, marks_of, text_of
from course.desk.tables import as_csv

COLUMNS = ["lesson", "task", "answer", "case", "item", "text", "annotator", "label", "data_version"]


@dataclass(frozen=True, slots=True)
class Label:
    """One label: by which annotator, for which item of which task, and in which case."""

    task: str
    answer: str
    case: str
    item: str
    text: str
    annotator: str
    label: str


@dataclass(frozen=True, slots=True)
class Annotations:
    """The labels of a class in one lesson; `annotators` gave some, of `students` who handed in; `version` is that of the data package."""

    lesson: str
    labels: list[Label]
    annotators: int
    students: int
    version: str


def class_labels(course: Desk, lesson: str) -> Annotations:
    """The labels that consenting students gave to items: dicts item -> label, and choices among items. No free text of theirs is in it.

    Consent stands in the column `consent` of roster.csv, "yes" or "no"; an empty cell is a no. Labels of a case that fewer than three
    of them chose are left out: a student could be known by the choice.
    Errors: DeskError where nothing was graded, or nobody said yes.
    """
    group = gather(course, lesson)
    willing = [work for work in group.counted if work.student.consent == "yes"]
    if not willing:
        raise DeskError("Nobody has said yes: the column consent of roster.csv holds no `yes`. Nothing was written.")
    names = pseudonyms(course, [work.student.id for work in willing], purpose=f"research {lesson}")
    veil = Veil((work.student for work in group.works), {})  # a label is a student's own word, and could be a name
    cases = Counter(work.case for work in willing)
    labels = []
    for task in group.tasks:
        if task.by_hand:
            continue
        for answer, marks in marks_of(task, willing, cases).items():
            for student, place, label in marks:
                case, _, item = place.partition("|")
                text = text_of(group, task, case, item)
                labels.append(Label(task.number, answer, case, item, text, names[student], veil(label)))
    if not labels:
        raise DeskError(
            f"There are no labels to export: {lesson} asks for none, or fewer than {FEW_READERS} consenting students chose one case."
        )
    labels.sort(key=lambda one: (one.task, one.answer, one.case, one.item, one.annotator))
    found = {one.annotator for one in labels}
    return Annotations(lesson, labels, len(found), len(group.counted), data_version())


def data_version() -> str:
    """The version of the data package."""
    return str(json.loads((data_folder() / "datapackage.json").read_text("utf-8"))["version"])


def as_table(found: Annotations) -> str:
    """The labels as CSV, one row each."""
    rows = [
        [found.lesson, one.task, one.answer, one.case, one.item, one.text, one.annotator, one.label, found.version]
        for one in found.labels
    ]
    return as_csv([COLUMNS, *rows], ends="\n", mark=False)


def as_web_annotations(found: Annotations) -> str:
    """The labels as a W3C annotation page (JSON-LD)."""
    rows = [
        (f"{one.case or 'any'}:{one.task}:{one.answer}:{one.item}", one.text, one.label, one.annotator)
        for one in found.labels
    ]
    page = label_annotations(found.lesson, f"Labels of a class, data package {found.version}", rows)
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"
