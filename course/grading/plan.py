"""What will be run: a student's notebook with the lesson's own cells in their places, and a report of what had to be restored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from course.grading.lesson import GradedLesson, SourceCell
from course.grading.notebook import Cell, Read
from course.grading.strays import find_strays, join

_LONG = 40  # characters by which a locked cell is known wherever it stands


@dataclass(slots=True)
class Step:
    """One cell in its place. `task` is the lesson's cell that it is, None for a cell that the lesson does not grade or lock.

    `before` is what stood in a cell that was restored; `look` says why a person has to look for the answer.
    """

    cell: Cell
    task: SourceCell | None = None
    restored: bool = False
    before: str = ""
    look: str = ""


@dataclass(slots=True)
class Plan:
    """The steps in order, and in words what was restored."""

    steps: list[Step]
    restored: list[str] = field(default_factory=list)


def make_plan(read: Read, lesson: GradedLesson) -> Plan:
    """Match a student's cells to the lesson's, and restore what was deleted, changed, doubled, retyped or renamed.

    Args:
        read: the student's cells.
        lesson: the lesson.
    """
    plan = Plan([Step(cell) for cell in read.cells], list(read.odd))
    _match_by_grade_id(plan, lesson)
    _match_by_likeness(plan, lesson)
    _match_by_place(plan, lesson)
    for step in plan.steps:
        if step.task:
            _restore(step, plan)
    missing = _missing(plan, lesson)
    _add_missing(plan, lesson)
    _tests_after_answers(plan, lesson)
    find_strays(plan, lesson, missing)
    return plan


def answered_in(read: Read, lesson: GradedLesson) -> tuple[int, int]:
    """How many of the lesson's cells a notebook holds, and how many of its answers are no longer as released."""
    by_id, ids = lesson.by_id(), {cell.cell_id: cell for cell in lesson.cells if cell.cell_id}
    texts = {cell.released.strip(): cell for cell in lesson.cells if cell.locked and len(cell.released) > _LONG}
    cells = answered = 0
    for cell in read.cells:
        known = by_id.get(_claimed(cell)) or ids.get(cell["id"]) or texts.get(cell["source"].strip())
        if known:
            cells += 1
            answered += not known.locked and cell["source"].strip() not in ("", known.released.strip())
    return cells, answered


def _claimed(cell: Cell) -> str:
    marks = cell["metadata"].get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else ""


def _match_by_grade_id(plan: Plan, lesson: GradedLesson) -> None:
    """As nbgrader does, the last of several cells with one name counts; one of the right type before others."""
    for grade_id, task in lesson.by_id().items():
        same = [step for step in plan.steps if _claimed(step.cell) == grade_id]
        right = [step for step in same if step.cell["cell_type"] == task.cell_type] or same
        if not same:
            continue
        written = [step for step in right if step.cell["source"].strip() not in ("", task.released.strip())]
        counts = (written or right)[-1]
        counts.task = task
        if len(same) == 1:
            continue
        if task.kind == "essay" and len(written) > 1:
            join(counts.cell, [step.cell for step in written])
            plan.restored.append(f"{grade_id} stood in {len(written)} cells. They were put together.")
            same = [step for step in same if step in written or step is counts]
        else:
            plan.restored.append(
                f"{grade_id} stood there {len(same)} times. The last one {'with an answer ' if written and len(written) < len(right) else ''}counts."
            )
        # an untouched copy must not run over the answer, and a part of a text is shown once
        for step in [one for one in plan.steps if one in same and one is not counts]:
            if task.kind == "essay" or (task.kind == "answer" and written and step not in written):
                plan.steps.remove(step)


def _match_by_likeness(plan: Plan, lesson: GradedLesson) -> None:
    """Cells that lost their marks, in an editor that does not know them, or whose names were changed."""
    for task in _missing(plan, lesson):
        free = [step for step in plan.steps if not step.task]
        alike = [step for step in free if task.cell_id and step.cell["id"] == task.cell_id]
        alike = alike or [step for step in free if task.locked and step.cell["source"].strip() == task.released.strip()]
        if alike:
            alike[-1].task = task
            plan.restored.append(f"{task.grade_id} had lost its marks, and was found again.")


def _match_by_place(plan: Plan, lesson: GradedLesson) -> None:
    """An answer without marks: the one free cell of its type between its neighbours."""
    places = {step.task.grade_id: number for number, step in enumerate(plan.steps) if step.task}
    order = list(lesson.by_id())
    ungraded = {"".join(cell["source"]).strip() for cell in lesson.released["cells"] if not _claimed(cell)}
    for task in _missing(plan, lesson):
        if task.kind not in ("answer", "essay"):
            continue
        at = order.index(task.grade_id)
        before = max((places[name] for name in order[:at] if name in places), default=-1)
        after = min((places[name] for name in order[at + 1 :] if name in places), default=len(plan.steps))
        between = [
            step
            for step in plan.steps[before + 1 : after]
            if not step.task
            and step.cell["cell_type"] == task.cell_type
            and step.cell["source"].strip() not in {"", *ungraded}
        ]
        marked = [step for step in between if "nbgrader" in step.cell["metadata"]]
        candidates = marked if len(marked) == 1 else between
        if len(candidates) == 1:
            candidates[0].task = task
            plan.restored.append(f"{task.grade_id} had lost its marks. The cell in its place was taken for it.")


def _missing(plan: Plan, lesson: GradedLesson) -> list[SourceCell]:
    found = {step.task.grade_id for step in plan.steps if step.task}
    return [task for name, task in lesson.by_id().items() if name not in found]


def _restore(step: Step, plan: Plan) -> None:
    task, cell = step.task, step.cell
    assert task
    step.before = cell["source"]
    if cell["cell_type"] != task.cell_type:
        plan.restored.append(f"{task.grade_id} had been made a {cell['cell_type']} cell.")
        step.restored = True
    changed = task.locked and cell["source"].strip() != task.released.strip()
    if changed:
        plan.restored.append(f"{task.grade_id} had been changed. It was graded as it was released.")
        step.restored = True
    pictures = {} if task.locked or task.cell_type == "code" else cell.get("attachments", {})
    step.cell = _as_released(task, None if task.locked else cell["source"], pictures)


def _as_released(task: SourceCell, source: str | None = None, pictures: dict[str, Any] | None = None) -> Cell:
    return {
        **({"attachments": pictures} if pictures else {}),
        "cell_type": task.cell_type,
        "id": task.cell_id,
        "source": task.released if source is None else source,
        "metadata": dict(task.metadata),
        "outputs": [],
    }


def _add_missing(plan: Plan, lesson: GradedLesson) -> None:
    """Put back what was deleted, after the cell that stands before it in the lesson."""
    before: SourceCell | None = None
    for task in lesson.by_id().values():
        if all(step.task is not task for step in plan.steps):
            places = [number for number, step in enumerate(plan.steps) if step.task is before and before]
            at = places[0] + 1 if places else 0 if before is None else len(plan.steps)
            plan.steps.insert(at, Step(_as_released(task), task, restored=True))
            if task.kind != "read":
                plan.restored.append(f"{task.grade_id} was missing. It was put back as it was released.")
        before = task


def _tests_after_answers(plan: Plan, lesson: GradedLesson) -> None:
    """A test cell that was moved above its answer is run below it."""
    answer: SourceCell | None = None
    for task in lesson.by_id().values():
        if task.kind == "answer":
            answer = task
        elif task.kind == "test" and answer:
            places: dict[Any, int] = {step.task: number for number, step in enumerate(plan.steps) if step.task}
            if places[task] < places[answer]:
                step = plan.steps.pop(places[task])
                plan.steps.insert(places[answer], step)  # one place further up, as the test is gone from above
                plan.restored.append(f"{task.grade_id} stood above its answer. It was run below it.")
