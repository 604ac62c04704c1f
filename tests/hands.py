"""A learner's hands on a page, for tests in a browser."""

from __future__ import annotations

from typing import Any

PATIENCE = 180_000  # milliseconds until something must have come: other work may have the machine
ENDS = "(widget) => [...widget.querySelectorAll('.cc-word.cc-selected')].map(word => word.textContent)"


def drag(page: Any, widget: Any, first: str, last: str) -> None:
    """Drag the mouse from one word of a marker to another; once more where the page moved under the hand."""
    one, two = (widget.get_by_role("option", name=word, exact=True).first for word in (first, last))
    for _ in range(5):
        one.hover(position={"x": 2, "y": 12})
        page.mouse.down()
        two.hover(position={"x": two.bounding_box()["width"] - 2, "y": 12})
        page.mouse.up()
        words = widget.evaluate(ENDS)
        if words and (words[0], words[-1]) == (first, last):
            return
    raise AssertionError(f"{words} were selected, not {first} to {last}.")


def press(page: Any, keys: str) -> None:
    """Press keys one after the other: "Tab Shift+ArrowRight s"."""
    for key in keys.split():
        page.keyboard.press(key)
