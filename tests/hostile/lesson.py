"""A small lesson with three tasks for the machine, and what a student may do with it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, v4

SET_UP = "from course import check, check_each, hand_in, progress, score"

ANSWERS = {
    "a1": 'claimant = "the river authority"',
    "a2": "def double(number):\n    return 2 * number",
    "a3": "total = 42",
}
STUBS = {"a1": "claimant = None", "a2": "double = None", "a3": "total = None"}
TESTS = {
    "t1": """\
answer = hand_in("1.1", claimant=claimant)
answer.require(str, "claimant")
answer.visible_checks_pass()
### BEGIN HIDDEN TESTS
score(3, check(answer.claimant, "the river authority", {"the paper": "The paper carries the claim. Who makes it?"}))
### END HIDDEN TESTS""",
    "t2": """\
answer = hand_in("1.2", double=double)
assert callable(answer.double), "There is no function yet."
answer.visible_checks_pass()
### BEGIN HIDDEN TESTS
secret_inputs, found = (3, 7, 7919), {}
for n in secret_inputs:
    try:
        found[n] = answer.double(n)
    except Exception as error:
        print(error)
score(4, check_each(found, {n: 2 * n for n in secret_inputs}))
### END HIDDEN TESTS""",
    "t3": """\
answer = hand_in("1.3", total=total)
answer.require((int, float), "total")
answer.visible_checks_pass()
### BEGIN HIDDEN TESTS
score(2, check(answer.total, 42, {24: "The digits stand the wrong way round."}))
### END HIDDEN TESTS""",
}
POINTS = {"t1": 3, "t2": 4, "t3": 2}
# A check of the course that trusts too much: its points are what the student says.
CARELESS = """\
answer = hand_in("1.0", credit=credit)
answer.require((int, float), "credit")
answer.visible_checks_pass()
### BEGIN HIDDEN TESTS
answer.credit
### END HIDDEN TESTS"""
SECRETS = ("HIDDEN TESTS", "secret_inputs", "7919", "wrong way round")


def _cell(source: str, grade_id: str, kind: str) -> NotebookNode:
    cell = v4.new_code_cell(source, id=grade_id)
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": kind == "test",
        "solution": kind == "answer",
        "locked": kind == "test",
        "task": False,
        **({"points": POINTS.get(grade_id, 1)} if kind == "test" else {}),
    }
    return cell


def make_source(folder: Path, careless: bool = False) -> Path:
    """The instructor's notebook, in a folder of its name; with a careless task t0 of one point where that is asked for."""
    cells = [v4.new_code_cell(SET_UP, id="set-up")]
    if careless:
        cells.append(_cell("credit = None\n### BEGIN SOLUTION\ncredit = 1\n### END SOLUTION", "a0", "answer"))
        cells.append(_cell(CARELESS, "t0", "test"))
    for number in "123":
        solution = f"### BEGIN SOLUTION\n{ANSWERS['a' + number]}\n### END SOLUTION"
        cells.append(_cell(f"{STUBS['a' + number]}\n{solution}", f"a{number}", "answer"))
        cells.append(_cell(TESTS["t" + number], f"t{number}", "test"))
    cells.append(v4.new_code_cell("progress()", id="progress"))
    place = folder / "97-hostile" / "97-hostile.ipynb"
    place.parent.mkdir(parents=True)
    nbformat.write(
        v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "P"}}), place
    )
    return place


class Notebook:
    """A student's copy, and what can be done to it. The right answers stand in it, unless it says otherwise."""

    def __init__(self, released: dict[str, Any]) -> None:
        self.whole = copy.deepcopy(released)
        for cell in self.cells:
            cell["source"] = (ANSWERS | {"a0": "credit = 1"}).get(cell["id"], cell["source"])

    @property
    def cells(self) -> list[dict[str, Any]]:
        return self.whole["cells"]

    def cell(self, name: str) -> dict[str, Any]:
        return next(cell for cell in self.cells if cell["id"] == name)

    def say(self, name: str, source: str) -> Notebook:
        """Write another source into a cell."""
        self.cell(name)["source"] = source
        return self

    def before(self, name: str, source: str) -> Notebook:
        """Put a cell of the student's own before another."""
        at = self.cells.index(self.cell(name))
        number = len(self.cells)
        self.cells.insert(
            at, {"cell_type": "code", "id": f"own-{number}", "source": source, "metadata": {}, "outputs": []}
        )
        return self

    def bytes(self) -> bytes:
        return json.dumps(self.whole).encode()
