"""Tasks as items of a test: how hard, how telling, how far answered, and which misunderstandings their messages named."""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import correlation, fmean

from course.desk.report.gather import Class, Task, Work, answered

FEW = 10  # students below whom no discrimination is given: its interval would span almost everything
MOST_WAITING = 0.1  # share of students whom a person has still to mark, above which a task's points say nothing yet
Z = 1.959964
_LEAST = 16  # characters of a message
_NO_ANSWER = re.compile(r"no answer yet|in the place of None|holds no chart", re.IGNORECASE)
_LABEL = re.compile(r"([\w.' ]{1,24}): $")


@dataclass(frozen=True, slots=True)
class Item:
    """One task over the class.

    `facility` is the mean share of its points, None where too many are not marked yet; `discrimination` its correlation with the points for all
    other tasks, with a 95 % interval from `low` to `high`, None where it cannot be told. `full`, `part`, `none` count students whose
    answer earned so much, `empty` those without an answer, `waiting` those whom a person has still to mark.
    """

    task: Task
    facility: float | None
    discrimination: float | None
    low: float | None
    high: float | None
    full: int = 0
    part: int = 0
    none: int = 0
    empty: int = 0
    waiting: int = 0
    partly_answered: int = 0


@dataclass(frozen=True, slots=True)
class Misunderstanding:
    """One message of a task: how many students got it, the share of those who answered, and at which parts of the task."""

    task: Task
    message: str
    count: int
    share: float
    at: tuple[tuple[str, int], ...] = ()

    @property
    def shown(self) -> str:
        """The message; where it begins with a word that is filled in, dots stand for that."""
        return f"... {self.message}" if self.message[:1].islower() else self.message


@dataclass(slots=True)
class Messages:
    """The messages of one task. `unnamed` counts students who answered, lost points, and were told no known misunderstanding."""

    task: Task
    answered: int
    found: list[Misunderstanding] = field(default_factory=list)
    unnamed: int = 0


def items(group: Class) -> list[Item]:
    """One `Item` a task.

    Source: facility as the mean share of the points; discrimination as the corrected item-total correlation (Henrysson 1963,
    Psychometrika 28), with Fisher's interval (Fisher 1921).
    """
    works = group.counted
    settled = [task for task in group.tasks if _waiting(task, works) <= MOST_WAITING * len(works)]
    return [_item(task, works, settled) for task in group.tasks]


def _item(task: Task, works: list[Work], settled: list[Task]) -> Item:
    counts: Counter[str] = Counter()
    shares, pairs = [], []
    rest = [other for other in settled if other is not task]
    for work in works:
        points = work.points.get(task.grade_id)
        how = answered(work, task)
        counts["partly"] += how == "in part"
        if points is None:
            counts["waiting"] += 1
            continue
        share = points / task.points if task.points else 0.0
        shares.append(share)
        others = [work.points.get(other.grade_id) for other in rest]
        if None not in others:
            pairs.append((share, sum(other or 0.0 for other in others)))
        if how == "no":
            counts["empty"] += 1
        else:
            counts["full" if share >= 1 else "part" if share > 0 else "none"] += 1
    if task not in settled:  # those marked so far are no sample: an empty answer has its 0 at once
        shares = []
    found, low, high = _discrimination(pairs) if rest and shares else (None, None, None)
    return Item(
        task, fmean(shares) if shares else None, found, low, high,
        counts["full"], counts["part"], counts["none"], counts["empty"], counts["waiting"], counts["partly"],
    )  # fmt: skip


def _waiting(task: Task, works: list[Work]) -> int:
    return sum(work.points.get(task.grade_id) is None for work in works)


def _discrimination(pairs: list[tuple[float, float]]) -> tuple[float | None, float | None, float | None]:
    """The correlation with its 95 % interval; None for few students, or where one side is the same for all."""
    if len(pairs) < FEW or any(len({round(pair[side], 9) for pair in pairs}) < 2 for side in (0, 1)):
        return None, None, None
    found = correlation([one for one, _ in pairs], [two for _, two in pairs])
    if abs(found) > 1 - 1e-12:
        return found, found, found
    middle, half = math.atanh(found), Z / math.sqrt(len(pairs) - 3)
    return found, math.tanh(middle - half), math.tanh(middle + half)


def messages(group: Class) -> list[Messages]:
    """The messages of each task that is graded by machine, the most frequent misunderstanding first."""
    found = []
    for task in group.tasks:
        if task.by_hand:
            continue
        works = [work for work in group.counted if answered(work, task) != "no"]
        told: Counter[str] = Counter()
        places: dict[str, Counter[str]] = {}
        known = known_messages(task.cell.source)
        one = Messages(task, len(works))
        for work in works:
            said = " ".join(work.messages.get(task.grade_id, "").split())
            named = [message for message in known if message in said]
            told.update(named)
            for message in named:
                places.setdefault(message, Counter()).update(_places(said, message))
            points = work.points.get(task.grade_id)
            one.unnamed += not named and points is not None and points < task.points
        one.found = [
            Misunderstanding(task, message, count, count / len(works), tuple(places[message].most_common(4)))
            for message, count in told.most_common()
        ]
        found.append(one)
    return found


def known_messages(source: str) -> list[str]:
    """The sentences that a test cell may say to a student, but for those that meet an empty answer.

    Args:
        source: the instructor's test cell.
    """
    found: dict[str, None] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = " ".join(node.value.split())
            if len(text) >= _LEAST and text[-1] in ".?!" and " " in text and not _NO_ANSWER.search(text):
                found[text] = None
    # a sentence that is a part of another would be counted with it
    return [text for text in found if not any(text != other and text in other for other in found)]


def _places(said: str, message: str) -> set[str]:
    """Before which part of a task the message stands: "2", "cue"."""
    found = set()
    at = said.find(message)
    while at >= 0:
        if match := _LABEL.search(said[:at]):
            found.add(re.split(r"[.?!] ", match[1])[-1].strip())
        at = said.find(message, at + 1)
    return {place for place in found if place}
