"""A long piece of work as a progress bar on the terminal; silent where the output goes to a file."""

from __future__ import annotations

import sys
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn


class Bar:
    """A progress bar on standard error, to be used in a `with` statement: what is done, how many of how many, and the time left.

    Args:
        doing: the word in front of it.
        counted: what stands behind the numbers; its texts may use the fields `rate` and `note` of the task.
        note: what stands behind it until something else does.
    """

    def __init__(self, doing: str, *counted: ProgressColumn, note: str = "") -> None:
        console = Console(stderr=True)
        self.total = self.done = 0
        self.progress = Progress(
            TextColumn(doing),
            BarColumn(),
            MofNCompleteColumn(),
            *counted,
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[note]}"),
            console=console,
            disable=not sys.stderr.isatty(),  # a kernel makes rich believe that any output is a terminal
        )
        self.task = self.progress.add_task("", total=None, rate="", note=note)

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.progress.stop()

    def begin(self, total: int) -> None:
        """There are `total` to be done."""
        self.total = total
        self.progress.update(self.task, total=total)

    def note(self, text: str) -> None:
        """Say `text` behind the bar."""
        self.progress.update(self.task, note=text)
