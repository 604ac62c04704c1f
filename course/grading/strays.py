"""Answers that do not stand in the cell that is there for them: in a cell of the student's own, in a merged or split one, in the question."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from course.grading.lesson import GradedLesson, SourceCell
from course.grading.notebook import Cell

if TYPE_CHECKING:
    from course.grading.plan import Plan, Step

FEW_WORDS = 5  # a text cell of fewer words somewhere else is taken for a note


def find_strays(plan: Plan, lesson: GradedLesson, missing: Sequence[SourceCell]) -> None:
    """Bring answers home: written ones into their cell, values of code so that nothing untouched runs over them; say so, and leave to a person what stays open.

    Args:
        plan: the student's cells, matched and complete.
        lesson: the lesson.
        missing: the lesson's cells that were not in the notebook.
    """
    ours = {"".join(cell["source"]).strip() for cell in lesson.released["cells"]}
    _essays(plan, ours, missing)
    _values(plan, lesson, ours)


# --- written answers ---------------------------------------------------------------------------------------------------


def _essays(plan: Plan, ours: set[str], missing: Sequence[SourceCell]) -> None:
    for step in [step for step in plan.steps if step.task and step.task.kind == "essay"]:
        task = step.task
        assert task
        if step.cell["source"].strip() not in {task.released.strip(), ""}:
            continue
        if found := _beside(plan, step, ours):
            _take(plan, step, found)
        elif added := _added(plan, step):
            step.cell["source"] = added
            plan.restored.append(
                f"{task.grade_id} was as released. What was added to the question was taken for the answer."
            )
        elif task in missing:
            step.look = f"{task.grade_id} was missing. Look whether its answer stands in another cell."
        elif far := _far(plan, ours):
            step.look = f"{task.grade_id} is as it was released. Look whether the text in {far} is the answer."


def _beside(plan: Plan, step: Step, ours: set[str]) -> list[Step]:
    """The student's own cells next to an answer's: below it, else between it and the question."""
    at = plan.steps.index(step)
    found = []
    for other in plan.steps[at + 1 :]:
        if not _own(other, ours):
            break
        found.append(other)
    if found:
        return found
    for other in reversed(plan.steps[:at]):
        if not _own(other, ours):
            break
        found.insert(0, other)
    return found


def _own(step: Step, ours: set[str]) -> bool:
    return step.task is None and step.cell["source"].strip() not in {"", *ours}


def _take(plan: Plan, step: Step, found: Sequence[Step]) -> None:
    """Move the text of the student's own cells into the answer's; code stays where it is, and is shown there as well."""
    assert step.task
    join(step.cell, [one.cell for one in found])
    plan.restored.append(
        f"{step.task.grade_id} was as released. The student's own {'cell' if len(found) == 1 else 'cells'} beside it "
        f"{'was' if len(found) == 1 else 'were'} taken for the answer."
    )
    for one in found:
        if one.cell["cell_type"] != "code":
            plan.steps.remove(one)


def join(cell: Cell, parts: Sequence[Cell]) -> None:
    """Make one written answer of several cells, with their pictures."""
    texts = [f"```\n{one['source']}\n```" if one["cell_type"] == "code" else one["source"] for one in parts]
    pictures: dict[str, Any] = {}
    for number, one in enumerate(parts):
        for name, picture in one.get("attachments", {}).items():
            if pictures.get(name, picture) != picture:  # two cells may call two pictures image.png
                texts[number] = texts[number].replace(f"attachment:{name}", f"attachment:{number}-{name}")
                name = f"{number}-{name}"
            pictures[name] = picture
    cell["source"] = "\n\n".join(texts)
    if pictures:
        cell["attachments"] = pictures


def _added(plan: Plan, step: Step) -> str:
    """What a student wrote into the question above the answer's cell."""
    at = plan.steps.index(step)
    question = next((one for one in reversed(plan.steps[:at]) if one.task), None)
    if not question or not question.task or question.task.kind != "read" or not question.before:
        return ""
    released = question.task.released.strip()
    rest = question.before.replace(released, "").strip() if released in question.before else ""
    return rest if len(rest.split()) >= FEW_WORDS else ""


def _far(plan: Plan, ours: set[str]) -> str:
    """Where the student's own texts stand that belong to no answer yet."""
    places = [
        str(number)
        for number, one in enumerate(plan.steps, 1)
        if _own(one, ours) and one.cell["cell_type"] != "code" and len(one.cell["source"].split()) >= FEW_WORDS
    ]
    return f"cell {', '.join(places)}" if places else ""


# --- values of code ----------------------------------------------------------------------------------------------------


def _values(plan: Plan, lesson: GradedLesson, ours: set[str]) -> None:
    """An answer cell that is as released sets its names to None. Where the student set them elsewhere, it is run before that."""
    tests = _tests_of(lesson)
    for step in [step for step in plan.steps if step.task and step.task.kind == "answer"]:
        task = step.task
        assert task
        if step.cell["source"].strip() != task.released.strip():
            continue
        names = assigned(task.released)
        setters = [one for one in plan.steps if one is not step and _sets(one, names, ours)]
        if not setters:
            continue
        order = list(plan.steps)
        plan.steps.remove(step)
        plan.steps.insert(plan.steps.index(setters[0]), step)
        for test in tests.get(task.grade_id, []):
            check = next((one for one in plan.steps if one.task is test), None)
            if check and plan.steps.index(check) < plan.steps.index(setters[-1]):
                plan.steps.remove(check)
                plan.steps.insert(plan.steps.index(setters[-1]) + 1, check)
        taken = sorted(names & set().union(*(assigned(one.cell["source"]) for one in setters)))
        if order != plan.steps:
            number = plan.steps.index(setters[-1]) + 1
            plan.restored.append(
                f"{task.grade_id} was as released. {', '.join(taken)} {'was' if len(taken) == 1 else 'were'} taken from cell {number}."
            )


def _sets(step: Step, names: set[str], ours: set[str]) -> bool:
    """Whether a cell that the student wrote sets one of these names, which is not its own to set."""
    if step.cell["cell_type"] != "code" or step.cell["source"].strip() in ours:
        return False
    if step.task and (step.task.kind != "answer" or assigned(step.task.released) & names):
        return False
    return bool(assigned(step.cell["source"]) & names)


def _tests_of(lesson: GradedLesson) -> dict[str, list[SourceCell]]:
    """grade_id of an answer -> the checks that follow it, up to the next answer."""
    found: dict[str, list[SourceCell]] = {}
    last: list[str] = []
    fresh = True
    for cell in lesson.cells:
        if cell.kind == "answer":
            last = [cell.grade_id] if fresh else [*last, cell.grade_id]
            fresh = False
        elif cell.kind == "test":
            for name in last:
                found.setdefault(name, []).append(cell)
            fresh = True
    return found


def assigned(source: str) -> set[str]:
    """The names that a cell of code sets at its top level; none where it is no Python."""
    try:
        tree = ast.parse("\n".join("" if line.lstrip()[:1] in ("%", "!") else line for line in source.split("\n")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names = set[str]()
    for node in ast.walk(ast.Module([one for one in tree.body if not _scope(one)], [])):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names | {
        one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


def _scope(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
