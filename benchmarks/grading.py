"""How fast is `course grade`? The same class through stock nbgrader and through ours, in one run, with the points compared.

    python -m benchmarks.grading [--lesson 04-numbers] [--submissions 60] [--stock 60] [--workers 2]

A third of the class has the right answers, a third the typical mistakes of tests/end_to_end/classes, a third left the notebook as it was.
"Bare" runs the cells of the same notebooks in warm processes, without a sandbox, a gradebook or a second process: no grader can be faster.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml
from rich.console import Console
from rich.table import Table

from course.grading.release import release

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(ROOT),
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
}
BARE = """
import gc, json, sys
from course.grading.shell import make_shell
from course.grading.warm import warm_up
shell = make_shell()
warm_up()
gc.freeze()  # else forgetting a notebook's names takes longer than running it
print("warm", flush=True)
sys.stdin.readline()
for path in sys.argv[1:]:
    with open(path) as file: cells = json.load(file)["cells"]
    for cell in cells:
        if cell["cell_type"] == "code": shell.run("".join(cell["source"]), 10**6)
    shell.reset()
"""


@dataclass
class Measure:
    """One way of grading: how many submissions; seconds in all; the most memory of its processes (MB)."""

    name: str
    submissions: int
    seconds: float
    memory: float


def submissions(lesson: str, number: int) -> dict[str, str]:
    """student -> text of the notebook."""
    released = release(ROOT / "notebooks" / lesson / f"{lesson}.ipynb")
    source = nbformat.read(ROOT / "notebooks" / lesson / f"{lesson}.ipynb", as_version=4)
    right = {
        cell.metadata.nbgrader.grade_id: "\n".join(line for line in cell.source.splitlines() if " SOLUTION" not in line)
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    case = yaml.safe_load((ROOT / "tests" / "end_to_end" / "classes" / f"{lesson}.yaml").read_text("utf-8"))
    kinds = {"right": right, "mistaken": case["mistakes"], "untouched": {}}
    made = {}
    for count in range(number):
        name = list(kinds)[count % 3]
        notebook = nbformat.reads(released, as_version=4)
        for cell in notebook.cells:
            cell.source = kinds[name].get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        made[f"{name}{count // 3:03}"] = nbformat.writes(notebook)
    return made


def course_folder(place: Path, lesson: str, handed_in: dict[str, str]) -> Path:
    """A course folder in which the class has handed in."""
    (place / "notebooks" / lesson).mkdir(parents=True)
    source = ROOT / "notebooks" / lesson / f"{lesson}.ipynb"
    (place / "notebooks" / lesson / source.name).write_bytes(source.read_bytes())
    (place / "nbgrader_config.py").write_text(f"load_subconfig({str(ROOT / 'nbgrader_config.py')!r})\n")
    for student, text in handed_in.items():
        path = place / "submitted" / student / lesson / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return place


def run(*command: str, folder: Path) -> tuple[float, float]:
    """Seconds that a command took, and the most memory (MB) that it and its processes had together."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *command], cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    most = [0.0]
    watching = threading.Thread(target=_watch, args=(process, most), daemon=True)
    watching.start()
    _, errors = process.communicate()
    seconds = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{errors.decode()[-2000:]}")
    return seconds, most[0]


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(_megabytes(one) for one in _tree(process.pid)))
        time.sleep(2)  # a look costs some milliseconds a process


def _tree(root: int) -> set[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = {root}, [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting += below
    return found


def _megabytes(process: int) -> float:
    """Memory of one process, what it shares divided among those who share it."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def bare(lesson: str, handed_in: dict[str, str], workers: int) -> float:
    """Seconds to run the cells of all notebooks in `workers` warm processes, the instructor's test cells in their places."""
    source = nbformat.read(ROOT / "notebooks" / lesson / f"{lesson}.ipynb", as_version=4)
    tests = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("locked") and cell.cell_type == "code"
    }
    with tempfile.TemporaryDirectory() as place:
        paths = []
        for student, text in handed_in.items():
            notebook = nbformat.reads(text, as_version=4)
            for cell in notebook.cells:
                cell.source = tests.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
            paths.append(Path(place) / f"{student}.json")
            paths[-1].write_text(json.dumps(notebook), encoding="utf-8")
        one_core = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", BARE, *map(str, paths[number::workers])],
                cwd=place,
                env=ENVIRONMENT | one_core,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(workers)
        ]
        for process in processes:
            assert process.stdout and process.stdout.readline() == "warm\n"
        started = time.monotonic()
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.close()
        for process in processes:
            process.wait()
        return time.monotonic() - started


def points(folder: Path) -> dict[tuple[str, str], float | None]:
    """(student, task) -> points by machine."""
    with sqlite3.connect(folder / "gradebook.db") as book:
        rows = book.execute(
            "SELECT sa.student_id, c.name, g.auto_score FROM grade g JOIN base_cell c ON g.cell_id = c.id"
            " JOIN submitted_notebook n ON g.notebook_id = n.id JOIN submitted_assignment sa ON n.assignment_id = sa.id"
        ).fetchall()
    return {(student, task): earned for student, task, earned in rows}


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--lesson", default="04-numbers")
    options.add_argument("--submissions", type=int, default=60)
    options.add_argument("--stock", type=int, help="How many of them stock nbgrader grades. [default: all]")
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    handed_in = submissions(chosen.lesson, chosen.submissions)
    some = dict(list(handed_in.items())[: chosen.stock or chosen.submissions])
    with tempfile.TemporaryDirectory() as place:
        theirs = course_folder(Path(place) / "stock", chosen.lesson, some)
        run("-m", "nbgrader", "generate_assignment", chosen.lesson, folder=theirs)
        stock = Measure(
            "nbgrader autograde", len(some), *run("-m", "nbgrader", "autograde", chosen.lesson, folder=theirs)
        )
        mine = course_folder(Path(place) / "ours", chosen.lesson, handed_in)
        run("-m", "nbgrader", "generate_assignment", chosen.lesson, folder=mine)
        workers = ("--workers", str(chosen.workers))
        ours = Measure(
            "course grade",
            len(handed_in),
            *run("-m", "course.cli", "grade", chosen.lesson, *workers, folder=mine),
        )
        journal = mine / ".counterclaim" / "grading" / chosen.lesson
        entries = [json.loads(path.read_text("utf-8")) for path in journal.glob("*.json")]
        wanted, got = points(theirs), points(mine)
        differ = [key for key, earned in wanted.items() if got.get(key) != earned]
    lowest = Measure("bare cells, warm", len(handed_in), bare(chosen.lesson, handed_in, chosen.workers), float("nan"))
    cells = sum(entry["seconds"]["cells"] for entry in entries)
    tests = sum(entry["seconds"]["tests"] for entry in entries)
    table = Table("", "submissions", "seconds a submission", "times as fast as nbgrader", "peak memory (MB)")
    each = stock.seconds / stock.submissions
    for row in (stock, ours, lowest):
        own = row.seconds / row.submissions
        memory = "" if row.memory != row.memory else f"{row.memory:,.0f}"
        table.add_row(
            row.name,
            str(row.submissions),
            f"{own:.2f}",
            f"{each / own:.1f}",
            memory,
        )
    console = Console(width=130)
    console.print(f"{chosen.lesson}, {os.cpu_count()} cores, {chosen.workers} workers")
    console.print(table)
    workers_time = ours.seconds * chosen.workers
    console.print(
        f"course grade: {cells / workers_time:.0%} of its workers' time in students' cells, {tests / workers_time:.0%} in hidden tests; "
        f"{ours.seconds / lowest.seconds:.2f} times as long as the bare cells."
    )
    console.print(f"Points that differ between the two: {len(differ)} of {len(wanted)}.")
    if differ:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
