"""The practice worlds: fictional reports, labelled so, with the same phenomena in each world."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from course.corpus.front_matter import split_front_matter
from course.corpus.places import data_folder
from course.corpus.report import Report


@dataclass(frozen=True, eq=False)
class World:
    """One practice world; everything in it is invented.

    - `reports`: one row a report: `id`, `counterpart` (the report in the other world with the same phenomena), `outlet`, `date`,
      `title`, `text`.
    """

    name: str
    folder: Path

    @cached_property
    def reports(self) -> pd.DataFrame:
        rows = []
        for path in sorted((self.folder / "reports").glob("*.md")):
            head, body = split_front_matter(path.read_text(encoding="utf-8"))
            label, _, text = body.partition("\n\n")
            if head.get("fictional") is not True or not label.startswith("> Fictional"):
                raise ValueError(f"{path.name} does not say that it is fictional. Build it again from its marked text.")
            rows.append({**head, "date": pd.Timestamp(head["date"]), "text": text.rstrip("\n")})
        return pd.DataFrame(rows, columns=["id", "counterpart", "outlet", "date", "title", "text"])

    def report(self, id: str) -> Report:
        """The report named `id`. Errors: KeyError that lists the reports of the world."""
        found = self.reports[self.reports["id"] == id]
        if found.empty:
            raise KeyError(f"The world {self.name} has no report {id!r}. It has: {', '.join(self.reports['id'])}.")
        row = found.iloc[0]
        day: dt.date = row["date"].date()
        return Report(row["id"], row["text"], row["title"], row["outlet"], day, kind="practice", case=self.name)


def worlds() -> list[str]:
    """The names of the practice worlds."""
    return sorted(path.name for path in (data_folder() / "worlds").iterdir() if (path / "reports").is_dir())


def load_world(name: str) -> World:
    """The practice world `name`. Errors: KeyError that lists the worlds."""
    if name not in worlds():
        raise KeyError(f"There is no practice world {name!r}. There are: {', '.join(worlds())}.")
    return World(name, data_folder() / "worlds" / name)
