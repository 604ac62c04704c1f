"""A careless student, made by code: answers of another kind, cells emptied, names changed, halves left out; one task is right."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from itertools import cycle

# What somebody may write without reading the question; {} stands for the name of an answer.
WAYS = {
    "a number": "{} = 7.5",
    "words": '{} = "some words of mine"',
    "a list": '{} = [None, "x", 3, [1]]',
    "a dict": '{} = {{"zz": None, 3: [], "A": 4, "a": {{}}, 1: "B"}}',
    "emptied": "",
    "renamed": "",
    "a function": "{} = len",
    "half": "",
    "untouched": "",
}


def careless_answers(released: Mapping[str, str], right: Mapping[str, str], first: int) -> dict[str, tuple[str, str]]:
    """grade_id of an answer cell -> (what was done there, the cell's source). The last one is right.

    Args:
        released: grade_id -> source, as the student gets it; code cells only, in the order of the lesson.
        right: grade_id -> the instructor's answer.
        first: with which of the ways it begins, so that lessons differ.
    """
    ways = cycle([*WAYS][first % len(WAYS) :] + [*WAYS][: first % len(WAYS)])
    *others, last = released
    done = {grade_id: _careless(next(ways), released[grade_id], right[grade_id]) for grade_id in others}
    return done | {last: ("right", right[last])}


def _careless(way: str, released: str, right: str) -> tuple[str, str]:
    names = names_in(released)
    match way:
        case "half" if len(names) > 1:
            return way, "\n".join([right, *(f"{name} = None" for name in names[1:])])
        case "half":
            way = "words"
        case "emptied":
            return way, ""
        case "untouched":
            return way, released
        case "renamed":
            return way, re.sub(rf"\b({'|'.join(names)})\b", r"\1_of_mine", released)
    return way, "\n".join(WAYS[way].format(name) for name in names)


def names_in(source: str) -> list[str]:
    """The names that an answer cell sets, in order."""
    names: list[str] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            names.append(node.name)
        for target in node.targets if isinstance(node, ast.Assign) else []:
            names += [one.id for one in ast.walk(target) if isinstance(one, ast.Name)]
    return list(dict.fromkeys(names))
