"""The page on widgets has each of them, and its lines run and give the same kind of value by hand and typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course import widgets
from course.widgets.base import Widget
from course.widgets.marker import KEYS, LABELS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "widgets.md").read_text("utf-8")
PARTS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL))
FIRST, *_ = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
NOT_WIDGETS = {"Marker", "claim_entry", "filtered", "marks", "swapped", "twisted"}  # what is typed instead


def test_every_widget_has_its_part():
    assert set(PARTS) == set(widgets.__all__) - NOT_WIDGETS


@pytest.mark.parametrize("name", PARTS)
def test_its_lines_run(name):
    space: dict = {}
    exec(FIRST, space)
    (lines,) = re.findall(r"```python\n(.*?)```", PARTS[name], flags=re.DOTALL)
    exec(lines, space)
    made = space["by_hand"]
    assert isinstance(made, Widget) and f"{name}(" in lines
    if "typed" in space:
        assert type(space["typed"]) is type(made.value)


def test_the_keys_of_the_marker_are_those_on_the_page():
    row = next(line for line in PARTS["marker"].splitlines() if "mark as" in line)
    assert re.findall(r"<kbd>(\w)</kbd>", row) == [KEYS[name].upper() for name in LABELS]
    assert f"mark as {', '.join(LABELS)}" in row
