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
