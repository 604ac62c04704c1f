"""Mark schemes as data: criteria and levels, read from the lesson's notebook, where they stand beside the model answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from course.desk.folder import DeskError
from course.grading.lesson import GradedLesson, SourceCell

BEGIN, END = "=== BEGIN MARK SCHEME ===", "=== END MARK SCHEME ==="
_BLOCK = re.compile(rf"{BEGIN}(.*?){END}", re.DOTALL)
_CRITERION = re.compile(r"\*\*([^*]+)\*\* \(0 to (\d+)\):\s+(.+)", re.DOTALL)
_LEVEL = re.compile(r"(?:^|;\s+)(\d+)\s+")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: `levels` points -> what earns them, from 0 to `most`."""

    name: str
    most: int
    levels: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Rubric:
    """The mark scheme of one task; `text` is all of it, with examples, as it stands in the notebook."""

    grade_id: str
    points: float
    criteria: tuple[Criterion, ...]
    text: str

    def score(self, levels: Mapping[str, int]) -> int:
        """The sum of the levels chosen, criterion -> level. Errors: ValueError for a missing criterion or a level that there is not."""
        total = 0
        for criterion in self.criteria:
            if levels.get(criterion.name) not in criterion.levels:
                there = ", ".join(map(str, criterion.levels))
                raise ValueError(f"{criterion.name}: {levels.get(criterion.name)!r} is none of the levels {there}")
            total += levels[criterion.name]
        return total


def rubrics(lesson: GradedLesson) -> dict[str, Rubric]:
    """grade_id -> rubric, for each task of the lesson that has a mark scheme. Errors: DeskError that names a scheme that cannot be read."""
    found = {}
    for cell in lesson.cells:
        if cell.kind in ("essay", "task") and BEGIN in cell.source:
            found[cell.grade_id] = _rubric(cell)
    return found


def scheme(source: str) -> str:
    """The mark scheme in a cell's text, without its marks; "" where there is none."""
    match = _BLOCK.search(source)
    return match[1].strip() if match else ""


def _rubric(cell: SourceCell) -> Rubric:
    text = scheme(cell.source)
    criteria = []
    for paragraph in re.split(r"\n\s*\n", text):
        if match := _CRITERION.match(paragraph.strip()):
            most = int(match[2])
            levels = _levels(" ".join(match[3].split()), most)
            if set(levels) != set(range(most + 1)):
                raise DeskError(
                    f"{cell.grade_id}: {match[1]!r} has the levels {sorted(levels)}, and should have 0 to {most}."
                )
            criteria.append(Criterion(match[1].strip(), most, levels))
    total = sum(one.most for one in criteria)
    if total != cell.points:
        raise DeskError(
            f"{cell.grade_id}: its criteria give {total} points, and the task has {cell.points:g}. A criterion is written: "
            "**Name** (0 to 2): 0 ...; 1 ...; 2 ..."
        )
    return Rubric(cell.grade_id, cell.points, tuple(criteria), text)


def _levels(text: str, most: int) -> dict[int, str]:
    """Points -> what earns them. Three forms: a text for each level; "1 for each ..." or several that give 1 each; one text for all the points."""
    marks = [mark for mark in _LEVEL.finditer(text) if int(mark[1]) <= most]  # "40 to 90 words" is no level
    if not marks or marks[0].start() > 0:
        return {0: "not so", most: text.rstrip(".")} if most == 1 else {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    parts = [(int(mark[1]), text[mark.end() : end].strip().rstrip(".")) for mark, end in zip(marks, ends, strict=True)]
    numbers = [number for number, _ in parts]
    if set(numbers) == {1} and (len(parts) == most > 1 or parts[0][1].startswith("for each")):
        each = "; ".join(words for _, words in parts)
        each = each if each.startswith("for each") else f"for each of: {each}"
        return {0: "none"} | {number: f"{number} {each}" for number in range(1, most + 1)}
    if len(set(numbers)) < len(numbers):
        return {}
    return dict(sorted({0: "none of this", **dict(parts)}.items()))
