"""The lines between two `---` at the head of a Markdown file: what a text says about itself."""

from __future__ import annotations

import re
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast, where it was built
_HEAD = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter of `text` as a dictionary, and the text below it.

    A text without front matter, or with one that is not a list of `key: value` lines, comes back whole with an empty
    dictionary: nothing that a learner wrote is thrown away. Keys are in lower case.
    """
    found = _HEAD.match(text)
    if not found:
        return {}, text
    try:
        head = yaml.load(found[1], Loader=_LOADER)
    except (yaml.YAMLError, ValueError):  # ValueError: a date that no calendar has
        return {}, text
    if not isinstance(head, dict):
        return {}, text
    return {str(key).lower(): value for key, value in head.items()}, text[found.end() :].lstrip("\n")
