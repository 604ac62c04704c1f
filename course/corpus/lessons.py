"""The material of a lesson: small tables and texts in data/lessons/, by case, and one row drawn for each student."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from course.corpus.article import read_article
from course.corpus.cases import cases, load_case
from course.corpus.draw import draw
from course.corpus.places import data_folder
from course.corpus.report import Report
from course.corpus.worlds import load_world, worlds


class LessonError(ValueError):
    """A lesson, case or table that is not there; the message lists what is."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Texts to choose from, each with its number or letter; shown one a line."""

    items: list[tuple[str, str]]

    def __repr__(self) -> str:
        return "\n".join(f"{key}. {text}" for key, text in self.items)

    def _repr_markdown_(self) -> str:
        return "\n".join(f"**{key}.** {text}  " for key, text in self.items)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson as one student takes it.

    `case` is the case or practice world that the student chose; `student` the name or number that they gave.
    """

    name: str
    case: str
    student: str

    @property
    def report(self) -> Report:
        """The report that the lesson's worked example reads."""
        name = self.table("reports").index[0]
        if self.case in cases():
            return load_case(self.case).report(name)
        return load_world(self.case).report(name)

    def article(self, pasted: str = "") -> Report:
        """The article that the learner brings: pasted text, or the name of a file beside the notebook; without one, a practice report.

        The practice report is drawn by the student's name among the numbers in the table "practice": from the world of a war for a real case,
        or from the case itself where it is a practice world.
        Errors: ArticleError where the file or the text cannot be read.
        """
        if pasted.strip():
            return read_article(pasted.strip())
        world = self.case if self.case in worlds() else "border"
        return load_world(world).report(f"{world}-{int(str(self.draw('practice').name)):02}")

    def listing(self, name: str, *keys: int | str) -> Listing:
        """The texts of a table, or those named by `keys`, one a line, each with its number or letter.

        Errors: LessonError where a key is not in the table.
        """
        texts = self.table(name)["text"]
        if strangers := [str(key) for key in keys if key not in texts.index]:
            raise LessonError(f"{name} has no {', '.join(strangers)}. It has: {', '.join(map(str, texts.index))}.")
        return Listing([(str(key), text) for key, text in texts.items() if not keys or key in keys])

    def table(self, name: str) -> pd.DataFrame:
        """The rows of data/lessons/<lesson>/<name>.csv for this case, numbered by their first column; without that column `case`.

        Errors: LessonError where the lesson has no such table.
        """
        rows = _table(self.name, name)
        if "case" in rows:
            rows = rows[rows["case"] == self.case].drop(columns="case")
        return rows.set_index(rows.columns[0])

    def draw(self, name: str) -> pd.Series:
        """One row of a table, chosen by the student's name: the same for one student on every machine, another for a neighbour."""
        rows = self.table(name)
        return rows.iloc[draw(range(len(rows)), self.name, name, self.student)]


def open_lesson(name: str, case: str, student: str = "") -> Lesson:
    """The lesson with its material for a case.

    Args:
        name: the lesson's folder in data/lessons/, such as "01-one-claim".
        case: "bakhmut-2023", or the practice world for those who choose not to work on war.
        student: any name or number; draws the student's own transfer text.

    Errors: LessonError for a lesson or a case that is not there.
    """
    lessons = sorted(folder.name for folder in (data_folder() / "lessons").iterdir() if folder.is_dir())
    if name not in lessons:
        raise LessonError(f"There is no lesson {name!r}. There are: {', '.join(lessons)}.")
    offered = _cases(name)
    case = str(case).strip().casefold()
    if case not in offered:
        raise LessonError(f"There is no case {case!r} in this lesson. Choose one of: {', '.join(offered)}.")
    return Lesson(name, case, str(student))


def _table(lesson: str, name: str) -> pd.DataFrame:
    path = data_folder() / "lessons" / lesson / f"{name}.csv"
    if not path.is_file():
        tables = sorted(file.stem for file in path.parent.glob("*.csv"))
        raise LessonError(f"Lesson {lesson} has no table {name!r}. It has: {', '.join(tables)}.")
    return pd.read_csv(path, keep_default_na=False)


def _cases(lesson: str) -> list[str]:
    folder = data_folder() / "lessons" / lesson
    tables = (_table(lesson, file.stem) for file in sorted(folder.glob("*.csv")))
    return sorted({case for table in tables if "case" in table for case in table["case"]})
