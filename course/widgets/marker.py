"""Marking text: words are selected and called source, cue, content or quantity; spans come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from traitlets import Dict, List, Unicode

from course.claim import Attribution, Claim, Span, text_of
from course.corpus import Report
from course.widgets.base import Widget, answered, source_of

LABELS = {
    "source": "who speaks",
    "cue": "the words that tell that somebody speaks",
    "content": "what is said",
    "quantity": "how many or how much",
}
KEYS = {"source": "s", "cue": "c", "content": "t", "quantity": "q"}
Marks = dict[str, list[list[int]]]
Where = str | tuple[str, int] | Sequence[Any]


class Marker(Widget):
    """A text in which words can be marked. `value` is `{"source": [[start, end], ...], ...}`: `str` offsets, end exclusive."""

    kind = "marker"
    _esm = source_of("marker.js")

    text = Unicode().tag(sync=True)
    labels: List[Any] = List().tag(sync=True)
    other = Dict().tag(sync=True)  # stays empty until something was handed in
    other_name = Unicode().tag(sync=True)

    def __init__(
        self,
        report: Report | str,
        task: str,
        labels: Iterable[str],
        beside: Any,
        beside_name: str,
        heading: str,
        in_words: bool,
    ) -> None:
        self._report, self._beside, self._in_words = report, beside, in_words
        text, names = _text(report), list(labels)
        if strange := [name for name in names if name not in LABELS]:
            raise ValueError(f"There is no label {strange[0]!r}. The labels are: {', '.join(LABELS)}.")
        offered = [{"name": name, "means": LABELS[name], "key": KEYS[name]} for name in names]
        self._names = names
        super().__init__(
            task=task, about=text, heading=heading, start={name: [] for name in names}, text=text, labels=offered, other_name=beside_name
        )  # fmt: skip

    def sound(self, state: Mapping[str, Any]) -> dict[str, Any]:
        text = _text(self._report)
        return {name: _spans(state.get(name), len(text)) for name in self._names}

    @property
    def value(self) -> Marks:
        return {name: [list(span) for span in self.state[name]] for name in self._names}

    def words(self, label: str, unless: Any = None) -> Any:
        """The words that are marked `label`, as they stand; "" where none are, "..." between two places. Counts as handing in.

        Args:
            unless: the typed answer, which goes first where there is one: `hand_in("1.3", source=by_hand.words("source", source))`.

        Errors: ValueError for a label that there is not.
        """
        if label not in self._names:
            raise ValueError(f"There is no label {label!r} here. The labels are: {', '.join(self._names)}.")
        if answered(unless):
            return unless
        if any(self.state.values()):
            self.hand_over()
        return self._words(label)

    def _words(self, label: str) -> str:
        return text_of((Span(start, end) for start, end in self.state[label]), self.text)

    def hand_over(self) -> None:
        super().hand_over()
        if self._beside is not None:
            given = marks_of(self._beside)
            self.other = {name: given.get(name, []) for name in self._names}

    def code(self) -> str:
        if self._in_words:
            said = [repr(self._words(name)) if self.state[name] else "None" for name in self._names]
            return f"{', '.join(self._names)} = {', '.join(said)}"
        return _code(self.text, self.value)

    def summary(self) -> str:
        marked = [f"{name}: {self._words(name)}" for name in self._names if self.state[name]]
        open_ = [name for name in self._names if not self.state[name]]
        nothing = f"Not marked: {', '.join(open_)}." if open_ else ""
        return " ".join(filter(None, ["Marked as " + "; as ".join(marked) + "." if marked else "", nothing]))

    def body(self) -> str:
        """The text, each mark in square brackets with its label."""
        events = []
        for name in self._names:
            for start, end in self.state[name]:
                events.append((start, 1, start - end, f"<sup>{escape(name)}</sup><u>["))
                events.append((end, 0, start - end, "]</u>"))
        out, last = [], 0
        for place, _, _, mark in sorted(events):
            out += [escape(self.text[last:place]), mark]
            last = place
        html = "".join([*out, escape(self.text[last:])])
        return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", html))


def marker(
    report: Report | str,
    task: str = "",
    labels: Iterable[str] = ("source", "cue", "content"),
    *,
    beside: Any = None,
    beside_name: str = "the program",
    heading: str = "",
    in_words: bool = False,
) -> Marker:
    """A widget to mark words of a report with the mouse, by touch or with the keyboard.

    Its `value` is `{"source": [[start, end], ...], ...}`; `marks(report, source="...", ...)` gives the same by typing.

    Args:
        report: a Report, or a text.
        task: the task's number, such as "1.3"; the marks are found again under it.
        labels: what can be marked: "source", "cue", "content", "quantity".
        beside: what may be compared with one's own marks once they are handed in: what `claims_in` or `attributions_in` found, the
            annotation `case.gold(id)`, or marks.
        beside_name: whose reading that is.
        heading: what stands above the text.
        in_words: the line to type instead is `source, cue = "...", "..."`, for a task that asks for the words and takes `words(...)`.

    Errors: ValueError for a label that there is not; TypeError for a report without text.
    """
    own = heading or (f"Task {task}: mark the text" if task else "Mark the text")
    return Marker(report, task, labels, beside, beside_name, own, in_words)


def marks(report: Report | str, **words: Where) -> Marks:
    """The value of a marker, typed: `marks(report, source="John Kirby", cue="estimated")`.

    Each label is given words as they stand in the report; where they stand there more than once, ("said", 2) means the second
    time; a list gives several places; [start, end] gives offsets.
    Errors: ValueError for a label that there is not, for words that the report does not have, or has more than once.
    """
    text = _text(report)
    if strange := [name for name in words if name not in LABELS]:
        raise ValueError(f"There is no label {strange[0]!r}. The labels are: {', '.join(LABELS)}.")
    return {
        name: _spans([_find(text, one, name) for one in _places(where)], len(text)) for name, where in words.items()
    }


def marks_of(annotation: Any) -> Marks:
    """Marks made of what `claims_in` or `attributions_in` found, of an annotation by hand, or of marks."""
    found: dict[str, set[tuple[int, int]]] = {name: set() for name in LABELS}

    def add(name: str, spans: Iterable[Any]) -> None:
        found[name] |= {(span.start, span.end) if isinstance(span, Span) else (span[0], span[1]) for span in spans}

    if isinstance(annotation, Mapping) and "attributions" in annotation:
        for one in annotation["attributions"]:
            for name in ("source", "cue", "content"):
                add(name, [(span["start"], span["end"]) for span in one[name]])
        add("quantity", [(one["span"]["start"], one["span"]["end"]) for one in annotation.get("quantities", [])])
    elif isinstance(annotation, Mapping):
        for name, spans in annotation.items():
            add(name, spans)
    else:
        for one in annotation:
            attribution = one.attribution if isinstance(one, Claim) else one
            if isinstance(one, Claim):
                add("quantity", [mention.span for mention in one.mentions])
            if isinstance(attribution, Attribution):
                for name in ("source", "cue", "content"):
                    add(name, getattr(attribution, name))
    return {name: [list(span) for span in sorted(spans)] for name, spans in found.items()}


def _text(report: Any) -> str:
    text = report if isinstance(report, str) else getattr(report, "text", None)
    if not isinstance(text, str):
        raise TypeError(f"A marker needs a report or a text, not {type(report).__name__}.")
    return text


def _spans(given: Any, length: int) -> list[list[int]]:
    """The spans in `given` that lie in a text of `length`, in order, none twice."""
    sound = set()
    for span in given if isinstance(given, list | tuple) else []:
        if isinstance(span, list | tuple) and len(span) == 2 and all(type(end) is int for end in span):
            start, end = span
            if 0 <= start < end <= length:
                sound.add((start, end))
    return [list(span) for span in sorted(sound)]


def _places(where: Any) -> list[Any]:
    if where is None or where == "":
        return []
    if isinstance(where, list) and not _is_offsets(where):
        return where
    return [where]


def _is_offsets(where: Any) -> bool:
    return isinstance(where, list | tuple) and len(where) == 2 and all(type(end) is int for end in where)


def _find(text: str, where: Any, label: str) -> list[int]:
    if _is_offsets(where):
        start, end = where
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{label}: [{start}, {end}] does not lie in the text, which has {len(text)} characters.")
        return [start, end]
    words, number = where if isinstance(where, tuple) else (where, None)
    if not isinstance(words, str) or not words.strip():
        raise ValueError(f"{label}: give words of the report in quotation marks, not {where!r}.")
    words = words.strip()
    found = _found(text, words)
    if not found:
        raise ValueError(f"{label}: the report does not have the words {words!r}. Copy them exactly as they stand.")
    if number is None and len(found) > 1:
        raise ValueError(f"{label}: {words!r} stands {len(found)} times. Say which: ({words!r}, 1) is the first.")
    if not 1 <= (number or 1) <= len(found):
        raise ValueError(f"{label}: {words!r} stands {len(found)} times, so there is no number {number}.")
    start = found[(number or 1) - 1]
    return [start, start + len(words)]


def _found(text: str, words: str) -> list[int]:
    """Where `words` stand: as whole words where they do, else anywhere."""
    left = r"(?<!\w)" if words[0].isalnum() else ""
    right = r"(?!\w)" if words[-1].isalnum() else ""
    whole = [one.start() for one in re.finditer(f"(?={left}{re.escape(words)}{right})", text)]
    return whole or [one.start() for one in re.finditer(f"(?={re.escape(words)})", text)]


def _code(text: str, value: Marks) -> str:
    parts = []
    for name, spans in value.items():
        places = [_place(text, start, end) for start, end in spans]
        parts.append(f"{name}={places[0] if len(places) == 1 else '[' + ', '.join(places) + ']'}")
    return f"marks(report, {', '.join(parts)})" if parts else "marks(report)"


def _place(text: str, start: int, end: int) -> str:
    words = text[start:end]
    found = _found(text, words.strip()) if words.strip() == words else []
    if start not in found:
        return f"[{start}, {end}]"
    return repr(words) if len(found) == 1 else repr((words, found.index(start) + 1))
