"""A class on the terminal as a progress bar; silent where the output goes to a file."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from course.grading.journal import Entry


class Bar:
    """A progress bar on standard error: how many of how many, how fast, how long still, and the states so far."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self.total = self.done = 0
        self.states: Counter[str] = Counter()
        self.progress = Progress(
            TextColumn("Grading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[note]}"),
            console=console,
            disable=not console.is_terminal,
        )
        self.task = self.progress.add_task("", total=None, rate="", note="warming up")

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.progress.stop()

    def begin(self, total: int) -> None:
        """There are `total` submissions to run."""
        self.total = total
        self.progress.update(self.task, total=total, note="")

    def step(self, entry: Entry) -> None:
        """One is done."""
        self.done += 1
        self.states[entry["state"]] += 1
        speed = self.progress.tasks[0].finished_speed or self.progress.tasks[0].speed
        self.progress.update(
            self.task,
            completed=self.done,
            rate=f"{speed:.1f} a second" if speed else "",
            note=", ".join(f"{number} {state}" for state, number in self.states.most_common()),
        )
