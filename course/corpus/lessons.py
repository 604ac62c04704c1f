"""The material of a lesson: small tables and texts in data/lessons/, by case, and one row drawn for each student."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from course.corpus.article import read_article
from course.corpus.cases import cases, load_case
from course.corpus.draw import draw
from course.corpus.once import once
from course.corpus.passes import second_pass
from course.corpus.places import data_folder
from course.corpus.references import References, references
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

    @property
    def gold(self) -> dict[str, Any]:
        """The annotation by hand of the lesson's report, as `case.gold(id)` gives it."""
        name = self.report.id
        return load_case(self.case).gold(name) if self.case in cases() else load_world(self.case).gold[name]

    @property
    def second(self) -> dict[str, Any]:
        """The second pass over the lesson's report: its `attributions`, marked again from the plain text.

        Errors: KeyError where the report was marked once only.
        """
        record = load_case(self.case) if self.case in cases() else load_world(self.case)
        return second_pass(record.folder, self.report.id)

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

    def references(self) -> References:
        """The rows and digests that the lesson's texts about this case rest on, each with its claimant or outlet and where it can be read."""
        tables = (_table(self.name, path.stem) for path in sorted(_folder(self.name).glob("*.csv")))
        found: dict[str, None] = {}
        for rows in tables:
            here = rows[rows["case"] == self.case] if "case" in rows else rows
            for column in ("rests_on", "report"):
                found |= dict.fromkeys(str(name) for name in here[column] if name) if column in here else {}
        return references([name for cell in found for name in cell.split()])

    def claims(self, name: str) -> pd.DataFrame:
        """The same rows as a claims table, as `Case.claims` has it: `id`, bounds as numbers, dates as dates; without their `text`.

        Errors: LessonError where there is no such table, or its rows have no bounds.
        """
        rows = self.table(name)
        if missing := [column for column in ("lower", "upper") if column not in rows]:
            raise LessonError(f"{name} is no claims table: it has no column {' and no '.join(missing)}.")
        for column in ("lower", "upper", "whole"):
            rows[column] = pd.to_numeric(rows.get(column, pd.Series("", rows.index)).replace("", None)).astype(
                "Float64"
            )
        for column in ("lower_open", "upper_open", "approximate"):
            rows[column] = rows.get(column, pd.Series("", rows.index)).astype(str).str.lower() == "true"
        for column in {"date", "period_start", "period_end"} & set(rows):
            rows[column] = pd.to_datetime(rows[column].replace("", None), format="%Y-%m-%d")
        return rows.drop(columns="text").rename_axis("id").reset_index()

    def draw(self, name: str) -> pd.Series:
        """One row of a table, chosen by the student's name: the same for one student on every machine, another for a neighbour."""
        rows = self.table(name)
        return rows.iloc[draw(range(len(rows)), self.name, name, self.student)]


def lessons() -> list[str]:
    """The names of the lessons, in their order."""
    return sorted(folder.name for folder in (data_folder() / "lessons").iterdir() if folder.is_dir())


def offered(lesson: str) -> list[str]:
    """The cases and practice worlds among which a lesson lets its learners choose."""
    tables = (_table(lesson, file.stem) for file in sorted(_folder(lesson).glob("*.csv")))
    return sorted({case for table in tables if "case" in table for case in table["case"]})


def open_lesson(name: str, case: str, student: str = "") -> Lesson:
    """The lesson with its material for a case.

    Args:
        name: the lesson's folder in data/lessons/, such as "01-one-claim".
        case: "bakhmut-2023", or the practice world for those who choose not to work on war.
        student: any name or number; draws the student's own transfer text.

    Errors: LessonError for a lesson or a case that is not there.
    """
    if name not in lessons():
        raise LessonError(f"There is no lesson {name!r}. There are: {', '.join(lessons())}.")
    case = str(case).strip().casefold()
    if case not in offered(name):
        raise LessonError(f"There is no case {case!r} in this lesson. Choose one of: {', '.join(offered(name))}.")
    return Lesson(name, case, str(student))


def _folder(lesson: str) -> Path:
    return data_folder() / "lessons" / lesson


def _table(lesson: str, name: str) -> pd.DataFrame:
    path = _folder(lesson) / f"{name}.csv"
    if not path.is_file():
        tables = sorted(file.stem for file in path.parent.glob("*.csv"))
        raise LessonError(f"Lesson {lesson} has no table {name!r}. It has: {', '.join(tables)}.")
    return _read(path)


@once
def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False)
