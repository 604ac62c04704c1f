"""The sides of a report exchanged, for the symmetry test: who swaps the sides must find the same labels again."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import cache

from course.corpus.places import data_folder
from course.corpus.report import Report

SWAPPED = "Sides exchanged for a test, nobody reported this: "
"""What the title of a swapped report begins with: its sentences are about nobody."""
_SUFFIX = "-swapped"


def swap_sides(report: Report) -> Report:
    """The report with the names of the two sides exchanged one for one; swapped again, it is the report that it was.

    Names, adjectives, capitals and bodies change places, whole words only, the longest name first, so that possessives come along
    ("Russia's" and "Ukraine's"). Names of outlets that hold such a word stay as they are. In a real case no person changes places
    with another: nobody is given another's words by name. Title and id say that the report is a swapped one.

    The names stand in `sides.csv` of a real case, and in `swaps.csv` of the practice worlds.
    Errors: ValueError for a report of no case, for a case that has no two sides to swap, and for a text whose words would run
    together into a name of the other side, so that it could not be swapped back.
    """
    names = _names(report.case)
    text, outlet = (_swap(words, names, report.id) for words in (report.text, report.outlet))
    if report.title.startswith(SWAPPED):
        id, title = report.id.removesuffix(_SUFFIX), _swap(report.title.removeprefix(SWAPPED), names, report.id)
    else:
        id, title = report.id + _SUFFIX, SWAPPED + _swap(report.title, names, report.id)
    return replace(report, id=id, title=title, text=text, outlet=outlet)


def _swap(text: str, names: dict[str, str], id: str) -> str:
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)")
    swapped = pattern.sub(lambda found: names[found[0]], text)
    again = pattern.sub(lambda found: names[found[0]], swapped)
    if again != text:
        at = next((i for i, (a, b) in enumerate(zip(text, again, strict=False)) if a != b), min(len(text), len(again)))
        raise ValueError(
            f"The sides of {id!r} cannot be swapped one for one near {text[max(0, at - 30) : at + 30]!r}: swapped back, it would "
            f"read {again[max(0, at - 30) : at + 30]!r}. Add the longer name to the table of names."
        )
    return swapped


@cache
def _names(case: str) -> dict[str, str]:
    """Each name and the one that takes its place, both ways; names of outlets and agencies stand for themselves."""
    data = data_folder()
    if not case:
        raise ValueError(
            "The report belongs to no case, so that its sides are not known. Give one of a case or a practice world."
        )
    worlds = (data / "worlds" / "swaps.csv").read_text("utf-8").splitlines()
    pairs = [(row["one"], row["other"]) for row in csv.DictReader(worlds) if row["case"] == case]
    folder = data / "cases" / case
    if (folder / "sides.csv").exists():
        pairs = [
            (row["one"], row["other"]) for row in csv.DictReader((folder / "sides.csv").read_text("utf-8").splitlines())
        ]
    if not pairs:
        raise ValueError(
            f"{case!r} has no two sides to swap: no table says which name of the one stands for which name of the other. "
            "The data card says why."
        )
    names = dict(pairs) | {other: one for one, other in pairs}
    if len(names) != 2 * len(pairs):
        raise ValueError(f"The names of the two sides of {case!r} are not one for one: a name stands in two rows.")
    kept = []
    if folder.exists():
        rows = csv.DictReader((folder / "sources.csv").read_text("utf-8").splitlines())
        kept = [row["name"] for row in rows if row["kind"] in ("outlet", "agency")]
    return {name: name for name in kept} | names
