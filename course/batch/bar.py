"""A run as a progress bar on the terminal; silent where the output goes to a file."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from course.batch.run import Watch


class Bar(Watch):
    """A progress bar on standard error. `done` of `total` articles are read, `known` of them by an earlier run."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self.total = self.done = self.known = 0
        self.progress = Progress(
            TextColumn("Reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("articles"),
            TaskProgressColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[note]}"),
            console=console,
            disable=not console.is_terminal,
        )
        self.task = self.progress.add_task("", total=None, note="")

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.progress.stop()

    def begin(self, total: int) -> None:
        self.total = total
        self.progress.update(self.task, total=total)

    def step(self, articles: int, known: bool = False) -> None:
        self.done += articles
        self.known += articles * known
        self.progress.update(self.task, completed=self.done)

    def note(self, text: str) -> None:
        self.progress.update(self.task, note=text)
