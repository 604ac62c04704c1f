"""What was handed in, said back: received, missing, the visible checks, and the next hint on demand. Never a hidden test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from course.widgets.base import answered
from course.widgets.panel import Block, Field, Panel

_LONGEST = 120  # characters of an answer that are said back


class FeedbackPanel(Panel):
    """What a task received. `value` is the number of hints that were asked for."""

    kind = "feedback"

    def __init__(self, task: str, parts: Mapping[str, Any], hints: tuple[str, ...], message: str | None) -> None:
        self._parts, self._hints, self._message = dict(parts), hints, message
        super().__init__(
            task=task, about="\n".join(hints), heading=f"Task {task}: what was received", start={"hints": 0}
        )

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        asked = state.get("hints", 0)
        total = len(self._hints)
        if not total:
            return []
        done = not isinstance(asked, int) or asked >= total
        label = "No more hints" if done else "Show a hint" if not asked else "Show the next hint"
        return [{"name": "hints", "type": "press", "label": label, "off": done}]

    def sound(self, state: Mapping[str, Any]) -> dict[str, Any]:
        return {"hints": min(super().sound(state)["hints"], len(self._hints))}

    @property
    def value(self) -> int:
        return int(self.state["hints"])

    def code(self) -> str:
        return ""

    def summary(self) -> str:
        missing = [name for name, value in self._parts.items() if not answered(value)]
        told = [f"Received: {len(self._parts) - len(missing)} of {len(self._parts)}."]
        told += [f"Still without an answer: {', '.join(missing)}."] if missing else []
        if self._message is not None:
            told.append(f"Not yet: {self._message}" if self._message else "The visible checks pass.")
        return " ".join(told)

    def look(self) -> list[Block]:
        rows = [[name, _said(value) if answered(value) else "no answer yet"] for name, value in self._parts.items()]
        blocks: list[Block] = [
            {"kind": "table", "caption": "Your answer, as it was received", "head": ["Part", "Received"], "rows": rows}
        ]
        shown = self._hints[: self.value]
        return [*blocks, {"kind": "list", "title": "Hints", "items": list(shown)}] if shown else blocks


def feedback(
    task: str, answer: Any, hints: Iterable[str] = (), *, checks: Callable[[Any], object] | None = None
) -> FeedbackPanel:
    """A panel that says back what was handed in, what is missing, whether the visible checks pass, and hints one by one.

    Args:
        task: the task's number.
        answer: what `hand_in` gave, or a dict of answers by name.
        hints: in the order in which they are shown.
        checks: called with `answer`; runs the visible checks, and says with an AssertionError what is not right yet.
    """
    parts = (
        answer
        if isinstance(answer, Mapping)
        else {name: getattr(answer, name) for name in answer.__dir__() if not hasattr(type(answer), name)}
    )
    message: str | None = None
    if checks is not None:
        try:
            checks(answer)
            message = ""
        except (AssertionError, AttributeError, KeyError, TypeError, ValueError) as error:
            message = (
                str(error)
                if isinstance(error, AssertionError) and str(error)
                else "The answer has another form than the task asks for."
            )
    return FeedbackPanel(str(task), parts, tuple(hints), message)


def _said(value: Any) -> str:
    if isinstance(value, pd.DataFrame | pd.Series):
        return f"a table with {len(value)} rows"
    if isinstance(value, Mapping) and {"panels", "made_by"} <= value.keys():
        return f"a chart: {value.get('title') or 'without a title'}"
    if callable(value):
        return "a function"
    text = ", ".join(f"{key}: {one}" for key, one in value.items()) if isinstance(value, Mapping) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
