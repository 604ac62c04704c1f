"""Reads public gold into the forms that `scoring` takes, and puts our answers into the conventions of each set.

The conventions differ: NewsQuant counts "dozens" as 12 to 120 and a part of a whole as two numbers; the press releases count "several" as 3.
A learner sees the words; what a set makes of them is done here.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from course.claim import Attribution, Mention
from course.extract import attributions_in, quantities_in
from course.extract.lexicons import rows
from course.extract.tolls import toll_in

_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def polnear(path: Path) -> dict[str, dict[str, Any]]:
    """PolNeAR documents by id: the first annotator's."""
    found: dict[str, dict[str, Any]] = {}
    for line in read_lines(path):
        found.setdefault(line["id"], line)
    return found


def plain(item: Attribution) -> dict[str, Any]:
    """An attribution as spans."""
    return {part: [(span.start, span.end) for span in getattr(item, part)] for part in ("source", "cue", "content")} | {
        "rule": item.rule,
        "kind": item.cue_kind,
    }


def our_attributions(text: str, sure: bool = False) -> list[dict[str, Any]]:
    """Our attributions as spans."""
    return [plain(item) for item in attributions_in(text, sure)]


def gold_value(value: Any) -> Any:
    """A value of NewsQuant: a number, or a range as a pair."""
    parts = re.fullmatch(r"(-?[\d.]+) ?- ?(-?[\d.]+)", str(value))
    if parts:
        return float(parts[1]), float(parts[2])
    return float(value)


def our_values(text: str) -> list[tuple[Any, str]]:
    """Our quantities as values and changes in the conventions of NewsQuant."""
    plural = {row["word"] for row in rows("numbers") if row["kind"] == "vague"}
    found: list[tuple[Any, str]] = []
    for mention in quantities_in(text):
        found.extend(_values(mention, plural))
    return found


def _values(mention: Mention, plural: set[str]) -> list[tuple[Any, str]]:
    quantity, change = mention.quantity, mention.change
    words = set(quantity.text.lower().split())
    low, high = quantity.lower, quantity.upper
    if quantity.approximate and high is None and low is not None:
        # "dozens" is a range there; "several" is not counted
        return [((low / 2, low * 5), "=")] if words & plural else []
    if low is not None and high is not None and low != high:
        return [((low, high), change)]
    value = low if low is not None else high
    if value is None:
        return []
    if quantity.whole is not None:
        if "out" in words:
            return [(value / quantity.whole, change)]
        return [(value, change), (quantity.whole, "=")]
    return [(value, change)]


def stated(text: str, number: int) -> bool:
    """Whether a text has a number, in figures or, up to twenty, as a word."""
    if re.search(rf"\b{number}\b", text.replace(",", "")):
        return True
    return number < len(_WORDS) and re.search(rf"\b{_WORDS[number]}\b", text, re.IGNORECASE) is not None


def press_toll(text: str) -> int:
    """The killed of a press release in its rubric: a bare plural is 3, "more than 30" is 31."""
    toll = toll_in(text, "killed", plural=3)
    return int(toll.lower or 0) + int(toll.lower_open)


def list_toll(text: str, measure: str) -> int:
    """The killed or wounded of the list of attacks: the number as printed."""
    return int(toll_in(text, measure).lower or 0)
