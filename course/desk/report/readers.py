"""The class as readers: how sure they were, how far they agree on what they labelled, and whose free answers are alike."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

import pandas as pd
from rapidfuzz.distance import Indel

from course.compare.annotators import Agreement, agreement
from course.corpus.lessons import LessonError, open_lesson
from course.desk.report.gather import Class, Task, Work, answered
from course.desk.report.literals import literals

FEW_ITEMS = 4  # of a task that counts as labelling
FEW_READERS = 3  # of one case; fewer could be known by their choice
WORDS = 12  # of a student's own, below which two answers cannot be compared
RUN = 5  # words in a row that the lesson, or half of the class, has too
ALIKE = 0.5
MOST_PAIRS = 15


# --- confidence --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure, in percent, and whether right, answer by answer; `students` who said so at least once; `unread` whose cell could not be read."""

    sure: list[float]
    right: list[bool]
    students: int
    unread: int


def confidence(group: Class) -> Confidence:
    """What students wrote in the cell `aN-sure`, with whether the task then earned all its points."""
    sure, right, students, unread = list[float](), list[bool](), 0, 0
    for work in group.counted:
        sources = [source for name, source in work.cells.items() if re.fullmatch(r"a[\w-]*-sure", name)]
        said = [literals(source).get("sure") for source in sources]
        unread += bool(sources) and not isinstance(said[0], dict)
        before = len(sure)
        for number, value in (said[0] if said and isinstance(said[0], dict) else {}).items():
            task = group.task(str(number))
            points = work.points.get(task.grade_id) if task else None
            if task is None or points is None or isinstance(value, bool) or not isinstance(value, int | float):
                continue
            if 0 <= value <= 100:
                sure.append(float(value))
                right.append(points >= task.points)
        students += len(sure) > before
    return Confidence(sure, right, students, unread)


# --- labels ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Disputed:
    """One item that the class labelled: its text, how many chose which label, and the share of pairs of students who chose the same."""

    item: str
    text: str
    case: str
    labels: tuple[tuple[str, int], ...]
    alike: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """One task in which items get labels. `name` is that of the answer; `disputed` has the most disputed item first."""

    task: Task
    name: str
    agreement: Agreement
    disputed: list[Disputed]


def labelled(group: Class) -> list[Labelled]:
    """The agreement of the class on each task that asks for labels, the least agreement first; items of unlike cases stand apart."""
    found = []
    cases = Counter(work.case for work in group.counted)
    for task in group.tasks:
        if task.by_hand:
            continue
        for name, marks in marks_of(task, group.counted, cases).items():
            try:
                result = agreement(pd.DataFrame(marks, columns=["coder", "item", "label"]), pairwise=False)
            except ValueError:
                continue  # nobody, or one student only
            if result.items >= FEW_ITEMS:
                found.append(Labelled(task, name, result, _disputed(group, task, marks)))
    return sorted(found, key=lambda one: one.agreement.alpha if one.agreement.alpha is not None else 1.0)


def marks_of(task: Task, works: Sequence[Work], cases: Counter[str]) -> dict[str, list[tuple[str, str, str]]]:
    """answer -> (student, "case|item", label), for the answers that are labels of items, or choices among items."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    among = choices(task)
    for work in works:
        if cases[work.case] < FEW_READERS or answered(work, task) == "no":
            continue
        for cell in task.answers:
            for name, value in literals(work.cells.get(cell.grade_id, "")).items():
                labels: dict[Any, Any] = {}
                if isinstance(value, dict):
                    labels = {item: label for item, label in value.items() if isinstance(label, str | bool | int)}
                elif isinstance(value, list | tuple | set) and name in among:
                    chosen = {str(one) for one in value}
                    labels = {item: "chosen" if str(item) in chosen else "left out" for item in among[name]}
                for item, label in labels.items():
                    found.setdefault(name, []).append(
                        (work.student.id, f"{work.case}|{item}", " ".join(str(label).casefold().split()))
                    )
    return {name: marks for name, marks in found.items() if len({item for _, item, _ in marks}) >= FEW_ITEMS}


def choices(task: Task) -> dict[str, list[Any]]:
    """Name of an answer -> the items that it chooses among, as the test cell's `check_chosen(..., among=...)` names them."""
    if not task.cell.hand_in:
        return {}
    parts = task.cell.hand_in.parts
    found: dict[str, list[Any]] = {}
    for node in ast.walk(ast.parse(task.cell.source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "check_chosen":
            among = next((word.value for word in node.keywords if word.arg == "among"), None)
            part = node.args[0].attr if node.args and isinstance(node.args[0], ast.Attribute) else ""
            part = part or (next(iter(parts)) if len(parts) == 1 else "")
            if among is not None and part in parts:
                values = literals(f"among = {ast.unparse(among)}").get("among", [])
                found[parts[part]] = list(values)
    return found


def _disputed(group: Class, task: Task, marks: Sequence[tuple[str, str, str]]) -> list[Disputed]:
    by_item: dict[str, Counter[str]] = {}
    for _, place, label in marks:
        by_item.setdefault(place, Counter())[label] += 1
    found = []
    for place, labels in by_item.items():
        case, _, item = place.partition("|")
        total = labels.total()
        if total < 2:
            continue
        alike = sum(count * (count - 1) for count in labels.values()) / (total * (total - 1))
        found.append(Disputed(item, text_of(group, task, case, item), case, tuple(labels.most_common()), alike))
    return sorted(found, key=lambda one: one.alike)


def text_of(group: Class, task: Task, case: str, item: str) -> str:
    """The sentence that an item is, "" where the lesson's tables do not tell."""
    for table in task.listings:
        try:
            rows = open_lesson(group.material, case).table(table)
        except (LessonError, ValueError, OSError):
            continue
        if "text" in rows and item in (keys := [str(key) for key in rows.index]):
            return str(rows["text"].iloc[keys.index(item)])
    return ""


# --- free answers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alike:
    """Two free answers to one task: the share of their own words that stand in both in the same order, and the longest passage in common."""

    task: Task
    one: str
    two: str
    share: float
    passage: str


def alike(group: Class) -> list[Alike]:
    """Pairs of free answers that are alike, the most alike first: a list to look at.

    What the lesson itself says, and what half of the class (at least three) says, in five words or more in a row, is left out before. Source: the similarity
    is 1 - d / (m + n) for texts of m and n words, with d the words to delete and to insert (Indel distance, as in rapidfuzz).
    """
    found = []
    lesson = [text for task in group.tasks for cell in (task.cell, *task.answers) for text in (cell.released,)]
    for task in group.tasks:
        if not task.by_hand or not task.answers:
            continue
        texts = {
            work.name: words_of(work.cells.get(task.grade_id, ""))
            for work in group.counted
            if answered(work, task) != "no"
        }
        shared = _shared(texts.values(), [*lesson, task.cell.source])
        own = {name: _without(words, shared) for name, words in texts.items()}
        own = {name: words for name, words in own.items() if len(words) >= WORDS}
        for one, two in combinations(own, 2):
            share = Indel.normalized_similarity(own[one], own[two], score_cutoff=ALIKE)
            if share:
                found.append(Alike(task, one, two, share, group.veil(_passage(own[one], own[two]))))
    return sorted(found, key=lambda pair: -pair.share)[:MOST_PAIRS]


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"[\w'’]+", text.casefold())


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def _shared(texts: Iterable[Sequence[str]], lesson: Iterable[str]) -> set[tuple[str, ...]]:
    """The runs of words that stand in the lesson, or in half of the answers."""
    every = [_runs(words) for words in texts]
    counts = Counter(run for runs in every for run in runs)
    common = {run for run, count in counts.items() if count >= max(3, len(every) / 2)}
    return common.union(*(_runs(words_of(text)) for text in lesson))


def _without(words: Sequence[str], shared: set[tuple[str, ...]]) -> list[str]:
    covered = {
        place
        for at in range(len(words) - RUN + 1)
        if tuple(words[at : at + RUN]) in shared
        for place in range(at, at + RUN)
    }
    return [word for place, word in enumerate(words) if place not in covered]


def _passage(one: Sequence[str], two: Sequence[str]) -> str:
    match = SequenceMatcher(None, one, two, autojunk=False).find_longest_match()
    passage = one[match.a : match.a + match.size]
    return " ".join(passage[:14]) + (" ..." if len(passage) > 14 else "")
