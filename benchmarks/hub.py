"""A class at once on the hub of `deploy/`, on loopback: everyone opens a lesson, saves it and hands it in at the same moment.

    sudo .venv/bin/python -m benchmarks.hub --students 50

It makes accounts of its own, sends nothing beyond 127.0.0.1, stops by itself after --limit seconds at the latest, and removes what it made.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from deploy.client import Person
from deploy.trial import Hub, trial

LESSON = "01-one-claim"
PATH = f"{LESSON}/{LESSON}.ipynb"
TEACHER = "ccl-teacher"


class Figures:
    """Seconds of every act, and what went wrong."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self.errors: dict[str, list[str]] = {}
        self._lock = threading.Lock()

    def time(self, act: str, what: Callable[[], object]) -> Any:
        """What `what` gives, timed as `act`; None where it failed."""
        began = time.monotonic()
        try:
            found = what()
        except Exception as error:  # whatever it is, it counts as an error of this act
            with self._lock:
                self.errors.setdefault(act, []).append(f"{type(error).__name__}: {error}"[:300])
            return None
        with self._lock:
            self.seconds.setdefault(act, []).append(time.monotonic() - began)
        return found


def at_once(people: Sequence[Person], what: Callable[[Person], object]) -> None:
    """Let everyone do `what` at the same moment, and wait for all."""
    gate = threading.Barrier(len(people))

    def one(person: Person) -> None:
        gate.wait()
        what(person)

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(one, people))


def run(hub: Hub, names: Sequence[str], limit: float, saves: int, kernels: bool) -> tuple[Figures, list[float]]:
    """The figures of a class, and MiB of memory of each student while all servers run."""
    end, figures = time.monotonic() + limit, Figures()
    teacher = hub.person(TEACHER)
    teacher.start()
    for step in ("assign", "release"):
        done = teacher.ask("POST", f"formgrader/api/assignment/{LESSON}/{step}", json={})
        if not done["success"]:
            raise SystemExit(f"The lesson could not be released: {done}")
    people = [hub.person(name) for name in names]
    texts: dict[str, Any] = {}

    def patience(person: Person) -> None:
        person.timeout = max(1.0, end - time.monotonic())

    def open_lesson(person: Person) -> None:
        patience(person)
        if figures.time("a server runs", person.start) is None:
            return
        figures.time("fetch a lesson", lambda: person.assignments(f"fetch/{LESSON}"))
        texts[person.name] = figures.time("open it", lambda: person.read(PATH))
        if kernels:
            figures.time(
                "first cell is run",
                lambda: person.said("import course; course.claims_in('The mayor said that it rained.')"),
            )

    def save(person: Person) -> None:
        patience(person)
        if notebook := texts.get(person.name):
            for turn in range(saves):
                notebook["cells"][0]["metadata"]["turn"] = turn
                figures.time("save", lambda: person.save(PATH, notebook))

    def submit(person: Person) -> None:
        patience(person)
        if person.name in texts:
            figures.time("hand in", lambda: person.assignments(f"submit/{LESSON}"))

    at_once(people, open_lesson)
    memory = [used for name, used in hub.memory().items() if name != TEACHER and used]
    at_once(people, save)
    at_once(people, submit)
    handed_in = len(list((hub.exchange / "counterclaim" / "inbound").glob("ccl-*")))
    if handed_in < len(people):
        figures.errors.setdefault("hand in", []).append(
            f"{len(people) - handed_in} submissions are not in the exchange"
        )
    return figures, memory


def table(figures: Figures, memory: Sequence[float]) -> str:
    """The figures as a Markdown table."""
    lines = ["| what | times | median | 95 % | longest | errors |", "|---|---:|---:|---:|---:|---:|"]
    for act in dict.fromkeys([*figures.seconds, *figures.errors]):
        taken, wrong = sorted(figures.seconds.get(act, [])), len(figures.errors.get(act, []))
        if taken:
            high = statistics.quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]
            shown = f"{statistics.median(taken):.2f} s | {high:.2f} s | {taken[-1]:.2f} s"
        else:
            shown = "| |"
        lines.append(f"| {act} | {len(taken)} | {shown} | {wrong} |")
    if memory:
        lines.append(
            f"| memory of a student | {len(memory)} | {statistics.median(memory):.0f} MiB | | {max(memory):.0f} MiB | |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the class and print its figures; the exit code is 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=50, choices=range(1, 301), metavar="1..300")
    parser.add_argument("--starts", type=int, default=10, help="servers that the hub starts at the same time")
    parser.add_argument("--saves", type=int, default=3, help="times that each student saves")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which everything has an end")
    parser.add_argument("--kernels", action="store_true", help="run a cell that imports the course, too")
    asked = parser.parse_args(arguments)
    if os.geteuid() != 0:
        print("Only root can make the accounts of a hub.", file=sys.stderr)
        return 1
    names = [f"ccl-{number:03d}" for number in range(asked.students)]
    memory_size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        f"{asked.students} students, {asked.starts} starts at a time; {os.cpu_count()} cores, {memory_size:.0f} GiB; load before: {os.getloadavg()[0]:.1f}"
    )
    with trial(TEACHER, names, {"STARTS": str(asked.starts)}) as hub:
        figures, memory = run(hub, names, asked.limit, asked.saves, asked.kernels)
    print(table(figures, memory))
    for act, wrong in figures.errors.items():
        print(f"{act}: {wrong[0]}", file=sys.stderr)
    return 1 if figures.errors else 0


if __name__ == "__main__":
    sys.exit(main())
