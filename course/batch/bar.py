"""A corpus that is read, as a progress bar."""

from __future__ import annotations

from rich.progress import TaskProgressColumn, TextColumn

from course.bar import Bar
from course.batch.run import Watch


class CorpusBar(Bar, Watch):
    """The progress of `course read`. `done` of `total` articles are read, `known` of them by an earlier run."""

    def __init__(self) -> None:
        super().__init__("Reading", TextColumn("articles"), TaskProgressColumn())
        self.known = 0
        self.written = False

    def step(self, articles: int, known: bool = False) -> None:
        """So many more are read."""
        self.done += articles
        self.known += articles * known
        self.progress.update(self.task, completed=self.done)

    def whole(self) -> None:
        """The table is there."""
        self.written = True
