"""What the widgets with controls share: fields in plain words, what follows from them, and a state that always fits the fields."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from html import escape
from typing import Any

from traitlets import Dict, List, Unicode

from course.widgets.base import Widget, source_of

Field = dict[str, Any]
Block = dict[str, Any]


class Panel(Widget):
    """Controls, and what follows from them. A widget says its `make_fields()`, its `look()` and what a widget says at all."""

    _esm = source_of("panel.js")

    fields: List[Any] = List().tag(sync=True)
    shown: List[Any] = List().tag(sync=True)
    faults = Dict().tag(sync=True)
    said = Unicode().tag(sync=True)

    def __init__(self, *, task: str, about: str, heading: str, start: Mapping[str, Any]) -> None:
        self._start = dict(start)
        super().__init__(task=task, about=about, heading=heading, start=start, fields=self.make_fields(self._start))

    @abstractmethod
    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        """The controls, in the order in which they are reached."""

    def look(self) -> list[Block]:
        """What follows from the state, as blocks: words, lists, tables, pictures."""
        return []

    def faults_of(self, state: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with an entry, by field."""
        return {}

    def sound(self, state: Mapping[str, Any]) -> dict[str, Any]:
        sound = dict(self._start)
        for field in self.make_fields({**self._start, **state}):
            name = field["name"]
            if name in state and fits(field, state[name]):
                sound[name] = state[name]
        return sound

    def refresh(self) -> None:
        with self.hold_sync():
            self.fields = self.make_fields(self.state)
            self.faults = self.faults_of(self.state)
            super().refresh()
            self.shown = self.look()
            self.said = self.summary()

    def body(self) -> str:
        return "".join(_html(block) for block in self.shown)


def fits(field: Field, value: Any) -> bool:
    """Whether a control of this kind can have given `value`."""
    match field["type"]:
        case "choice":
            return any(value == key for key, _ in field["options"])
        case "range":
            return _is_number(value) and field["min"] <= value <= field["max"]
        case "check":
            return isinstance(value, bool)
        case "press":
            return type(value) is int and 0 <= value < 1000
        case "checks" | "order":
            keys = [key for key, _ in field["items"]]
            return (
                isinstance(value, list)
                and len(value) == len(set(map(str, value)))
                and all(one in keys for one in value)
            )
        case "table":
            rows = field.get("all", [row["key"] for row in field["rows"]])
            if "options" in field:
                return isinstance(value, dict) and all(
                    key in rows and isinstance(one, str) for key, one in value.items()
                )
            return (
                isinstance(value, list)
                and len(value) == len(set(map(str, value)))
                and all(one in rows for one in value)
            )
    return isinstance(value, str) and len(value) <= 5000


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _html(block: Block) -> str:
    title = f"<p><strong>{escape(block['title'])}</strong></p>" if block.get("title") else ""
    match block["kind"]:
        case "words":
            inner = f"<p>{escape(block['text'])}</p>"
        case "list":
            inner = "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in block["items"]) + "</ul>"
        case "chain":
            inner = f"<p>{escape(' ← '.join(block['items']))}</p>"
        case "marked":
            tags = {"gone": "s", "": "span"}
            inner = "".join(f"<{(tag := tags.get(how, 'mark'))}>{escape(text)}</{tag}>" for text, how in block["parts"])
            inner = f"<p>{inner}</p>"
        case "table":
            head = "".join(f'<th scope="col">{escape(one)}</th>' for one in block["head"])
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) + "</tr>" for row in block["rows"]
            )
            inner = f"<table><caption>{escape(block['caption'])}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        case _:
            inner = f"<p>{escape(block['alt'])}</p>"  # a picture, in words
    return title + inner
