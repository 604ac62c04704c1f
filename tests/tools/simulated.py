"""A class of simulated students: each answers as the instructor, as the lesson's typical mistakes, or not at all, by chance from a fixed seed."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).resolve().parents[2]
SIZE = 24
CLASSES = ROOT / "tests" / "end_to_end" / "classes"
ESSAY = (
    "The word is a judgement and two honest people may differ over it.",
    "One could look up the number and the months that it is meant for.",
    "A record settles the count but it cannot settle how somebody feels.",
    "I would write the figure, name who gives it, and add the period.",
    "Larger than in the winter before would be a yardstick that we can test.",
    "The other side should be asked with the very same question.",
    "Nobody has to believe it; it is enough to know who says so and how they know.",
    "My version keeps the bound because more than is not the same as exactly.",
    "It states something about the world, and that part is open to a check.",
    "Without the place and the time a reader cannot compare it with anything.",
)


def solutions(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """grade_id -> the instructor's answer."""
    return {
        cell.metadata.nbgrader.grade_id: "\n".join(line for line in cell.source.splitlines() if " SOLUTION" not in line)
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def submissions(lesson: str, source: nbformat.NotebookNode, released: str) -> dict[str, str]:
    """Student -> notebook. "copy-1" and "copy-2" have one essay with a few words changed; "empty" answers nothing; "torn" is half a file."""
    chance = random.Random(9)
    right = solutions(source)
    wrong = yaml.safe_load((CLASSES / f"{lesson}.yaml").read_text("utf-8"))["mistakes"]
    names = [f"student{number:02d}" for number in range(SIZE - 4)] + ["copy-1", "copy-2", "empty", "torn"]
    found: dict[str, str] = {}
    essay = ""
    for name in names:
        skill = chance.uniform(0.35, 0.95)
        answers = {}
        for grade_id, answer in right.items():
            if grade_id.endswith("-sure"):
                answers[grade_id] = _sure(chance, answer, skill)
            elif grade_id.startswith("t"):
                answers[grade_id] = " ".join(chance.sample(ESSAY, 4))
            elif grade_id in wrong and chance.random() > skill:
                answers[grade_id] = wrong[grade_id]
            elif chance.random() < 0.95:
                answers[grade_id] = answer
        if name == "copy-2":
            answers["t1-8"] = essay.replace("honest", "fair")
        essay = answers.get("t1-8", "")
        found[name] = answered(released, {} if name == "empty" else answers, chance)
    found["torn"] = found["torn"][:400]
    return found


def _sure(chance: random.Random, answer: str, skill: float) -> str:
    name = answer.split(" = ")[0].split("\n")[0]
    numbers = {
        f"1.{task}": round(min(100, max(50, chance.gauss(60 + 35 * skill, 12)))) for task in (1, 2, 3, 4, 5, 6, 7, 10)
    }
    return f"{name} = {json.dumps(numbers)}"


def answered(released: str, answers: dict[str, str], chance: random.Random) -> str:
    """The released notebook with the answers in it, and JupyterLab's record of when cells were run."""
    notebook = nbformat.reads(released, as_version=4)
    now = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade_id") in answers:
            cell.source = answers[marks["grade_id"]]
        if cell.cell_type == "code":
            now += dt.timedelta(minutes=chance.uniform(0.2, 5))
            cell.metadata["execution"] = {"iopub.execute_input": now.isoformat().replace("+00:00", "Z")}
    return nbformat.writes(notebook)


def lay(root: Path, lesson: str, texts: dict[str, str]) -> None:
    """Put submissions where nbgrader collects them."""
    for student, text in texts.items():
        path = root / "submitted" / student / lesson / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
