"""A report: one text by one outlet on one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

ReportKind = Literal["article", "digest", "practice"]


@dataclass(frozen=True, slots=True)
class Report:
    """One text by one outlet on one day.

    `kind` is "article" (brought by the learner), "digest" (a real report retold in our own words) or "practice" (fictional, and
    labelled so). `date` is None and `outlet` is "" where the report does not say. All spans count in `text`.
    """

    id: str
    text: str
    title: str = ""
    outlet: str = ""
    date: dt.date | None = None
    url: str = ""
    kind: ReportKind = "article"
    case: str = ""

    @property
    def label(self) -> str:
        """What kind of text it is, in words for a reader."""
        return {
            "article": "An article brought to the course.",
            "digest": "A digest in our own words, not the article itself.",
            "practice": "Practice text: every place, person and outlet in it is invented.",
        }[self.kind]

    def _repr_markdown_(self) -> str:
        outlet = "" if self.outlet in self.title else self.outlet
        where = ", ".join(filter(None, [outlet, f"{self.date.day} {self.date:%B %Y}" if self.date and outlet else ""]))
        link = f" [Read the original]({self.url})." if self.url else ""
        head = "\n\n".join(filter(None, [f"**{self.title}**" if self.title else "", where, f"*{self.label}*{link}"]))
        quoted = "\n".join(f"> {line}".rstrip() for line in self.text.splitlines())
        return f"{head}\n\n{quoted}"
