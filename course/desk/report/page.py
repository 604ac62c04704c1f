"""The page: everything in one HTML file that needs no network and no other file."""

from __future__ import annotations

import datetime as dt
from statistics import fmean, median
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from course.chart.output import as_html
from course.desk.folder import Desk
from course.desk.report.gather import MISSING, Class, gather, states
from course.desk.report.items import FEW, items, messages
from course.desk.report.pictures import pictures, shares
from course.desk.report.readers import ALIKE, RUN, WORDS, alike, confidence, labelled
from course.desk.report.times import PAUSE, grading_seconds, working_minutes

MOST_DISPUTED = 8
SHOWN = ("graded", MISSING)  # states that need no line of their own


def report(course: Desk, lesson: str, *, names: bool = False) -> str:
    """The report on a lesson as the text of an HTML page.

    Args:
        course: the course folder.
        lesson: the lesson's whole name.
        names: show students' names; without it, pseudonyms.

    Errors: DeskError where nothing was graded.
    """
    return render(gather(course, lesson, names=names))


def render(group: Class) -> str:
    """The page for a class that was gathered."""
    every, told, sure, labels = items(group), messages(group), confidence(group), labelled(group)
    drawn = {name: as_html(figure) for name, figure in pictures(group, every, told, sure, labels).items()}
    known = shares(group)
    template = _environment().get_template("page.html.j2")
    return template.render(
        group=group,
        made=dt.date.today().isoformat(),
        states=states(group),
        odd=[work for work in group.works if work.state not in SHOWN],
        absent=[work for work in group.works if work.state == MISSING],
        drawn=drawn,
        mean=fmean(known) if known else None,
        middle=median(known) if known else None,
        items=every,
        told=[one for one in told if one.found or one.unnamed],
        top=max((one for task in told for one in task.found), key=lambda one: one.count, default=None),
        hard=min(
            (item for item in every if item.facility is not None), key=lambda item: item.facility or 0, default=None
        ),
        sure=sure,
        labels=labels,
        most_disputed=MOST_DISPUTED,
        pairs=alike(group),
        seconds=grading_seconds(group),
        minutes=working_minutes(group),
        few=FEW,
        limits={"pause": PAUSE, "run": RUN, "words": WORDS, "alike": ALIKE},
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("course.desk.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = _percent
    environment.filters["number"] = _number
    return environment


def _percent(share: float | None) -> str:
    return "not known" if share is None else f"{100 * share:.0f} %"


def _number(value: Any, digits: int = 2) -> str:
    return "not known" if value is None else f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")
