"""A class that is graded, as a progress bar: how many of how many, how fast, how long still, and the states so far."""

from __future__ import annotations

from collections import Counter

from rich.progress import TextColumn

from course.bar import Bar
from course.grading.journal import Entry


class ClassBar(Bar):
    """The progress of `course grade`."""

    def __init__(self) -> None:
        super().__init__("Grading", TextColumn("{task.fields[rate]}"), note="warming up")
        self.states: Counter[str] = Counter()

    def begin(self, total: int) -> None:
        """There are `total` submissions to run."""
        super().begin(total)
        self.note("")

    def step(self, entry: Entry) -> None:
        """One is done."""
        self.done += 1
        self.states[entry["state"]] += 1
        speed = self.progress.tasks[0].finished_speed or self.progress.tasks[0].speed
        self.progress.update(self.task, completed=self.done, rate=f"{speed:.1f} a second" if speed else "")
        self.note(", ".join(f"{number} {state}" for state, number in self.states.most_common()))
