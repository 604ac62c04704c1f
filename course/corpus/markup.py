"""Marked text: one file that holds a report and its gold annotation, and what is made from it.

Authors write each practice report once, with marks in the text and one line an item below it. From that come the plain
text and the stand-off annotation, so that offsets are never typed by hand. The form is described in data/worlds/README.md.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from course.quantity import Quantity

_MARK = re.compile(r"\\[\[\]]|\[(?P<tag>[a-z]\d*) |(?P<close>\])")
_VALUE = re.compile(
    r"(?P<about>~?)(?P<bound>>=|<=|>|<|)(?P<low>\d+(?:\.\d+)?)"
    r"(?:\.\.(?P<high>\d+(?:\.\d+)?))?(?:/(?P<whole>\d+)|:(?P<parts>\d+)|(?P<percent>%))?$"
)
_OPEN_QUOTES, _CLOSE_QUOTES = "“‘\"'", "”’\"'"


class MarkupError(ValueError):
    """A marked file that cannot be read: the message says what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked file, read: its front matter, the plain text, the spans of every tag, and the item lines below the text."""

    meta: dict[str, str]
    text: str
    spans: dict[str, list[tuple[int, int]]]
    items: list[list[str]]


def read_marked(source: str) -> Marked:
    """The parts of a marked file: front matter, text with marks, item lines, each parted by a line of three hyphens.

    Errors: MarkupError for a missing part, a mark that is not closed, or an item line that does not parse.
    """
    parts = re.split(r"^---\n", source, flags=re.M)
    if len(parts) != 4 or parts[0].strip():
        raise MarkupError(
            f"Expected '---', front matter, '---', text, '---', items; found {len(parts) - 1} lines of '---'."
        )
    text, spans = read_marks(parts[2].strip("\n"))
    try:
        items = [shlex.split(line, comments=True) for line in parts[3].splitlines()]
    except ValueError as error:
        raise MarkupError(f"An item line does not parse: {error}.") from error
    return Marked(read_front_matter(parts[1]), text, spans, [item for item in items if item])


def read_front_matter(block: str) -> dict[str, str]:
    """The `key: value` lines of a front matter, values as written, without the quotation marks around them.

    Errors: MarkupError for a line without a colon.
    """
    meta = {}
    for line in filter(None, map(str.strip, block.splitlines())):
        key, colon, value = line.partition(":")
        if not colon:
            raise MarkupError(f"Front matter line {line!r} has no colon; write 'key: value'.")
        value = value.strip()
        meta[key.strip()] = value[1:-1].replace('\\"', '"') if value[:1] == '"' == value[-1:] else value
    return meta


def read_marks(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The plain text of `marked`, and the spans of each tag as `str` offsets, end exclusive, in the order of the text.

    A mark is "[tag words]"; marks may nest; a bracket of the text itself is written "\\[" or "\\]".
    Errors: MarkupError for a bracket without its counterpart, or a mark that begins or ends with a space.
    """
    plain: list[str] = []
    length, last = 0, 0
    still_open: list[tuple[str, int]] = []
    spans: dict[str, list[tuple[int, int]]] = {}
    for found in _MARK.finditer(marked):
        plain.append(marked[last : found.start()])
        length += len(plain[-1])
        last = found.end()
        if found["tag"]:
            still_open.append((found["tag"], length))
        elif found["close"]:
            if not still_open:
                raise MarkupError(f"A ']' closes nothing near {marked[max(0, found.start() - 40) : found.end()]!r}.")
            tag, start = still_open.pop()
            spans.setdefault(tag, []).append((start, length))
        else:
            plain.append(found[0][1])
            length += 1
    if still_open:
        raise MarkupError(f"The mark '[{still_open[-1][0]}' is never closed.")
    text = "".join(plain) + marked[last:]
    for tag, found_spans in spans.items():
        found_spans.sort()
        for start, end in found_spans:
            if text[start:end] != text[start:end].strip() or start == end:
                raise MarkupError(f"The mark '[{tag}' around {text[start:end]!r} is empty or has a space at its edge.")
    return text, spans


def write_marks(text: str, spans: dict[str, list[tuple[int, int]]]) -> str:
    """`text` with its marks printed inline again, for proof-reading; the reverse of `read_marks`."""
    # At one place: first close (inner before outer), then open (outer before inner).
    events = []
    for tag, places in spans.items():
        for start, end in places:
            events.append((start, 1, -(end - start), tag, f"[{tag} "))
            events.append((end, 0, end - start, tag, "]"))
    out, last = [], 0
    for place, _, _, _, mark in sorted(events):
        out.append(re.sub(r"[\[\]]", r"\\\g<0>", text[last:place]) + mark)
        last = place
    return "".join(out) + re.sub(r"[\[\]]", r"\\\g<0>", text[last:])


def read_value(code: str) -> tuple[Quantity, str]:
    """The quantity of a compact code, and its unit where the code tells ("percent", "share"; else "").

    `200`, `~200` (about), `>200`, `>=200`, `<200`, `<=200`, `200..300`, `15/18` (part of a whole), `1:3` (a fraction), `41%`.
    Errors: MarkupError for any other code.
    """
    found = _VALUE.match(code)
    if not found:
        raise MarkupError(
            f"{code!r} is no quantity code; write for instance 200, ~200, >200, <=200, 200..300, 15/18, 1:3 or 41%."
        )
    low = Fraction(found["low"]) / int(found["parts"] or 1)
    number = int(low) if low.denominator == 1 else float(low)
    high = found["high"]
    upper = number if high is None else int(high) if high.isdigit() else float(high)
    bound = found["bound"]
    quantity = Quantity(
        None if bound.startswith("<") else number,
        None if bound.startswith(">") else upper,
        bound == ">",
        bound == "<",
        bool(found["about"]),
        whole=int(found["whole"]) if found["whole"] else None,
    )
    return quantity, "percent" if found["percent"] else "share" if found["parts"] else ""


def form_of(content: list[str]) -> str:
    """The form of an attribution from the words of its content spans: direct, mixed or indirect.

    Direct: every span is quoted whole (in a quotation that runs over paragraphs, only the last closes). Mixed: some words are quoted.
    """
    opened = [span[0] in _OPEN_QUOTES for span in content]
    closed = [span[-1] in _CLOSE_QUOTES for span in content]
    if content and all(opened) and closed[-1]:
        return "direct"
    # An apostrophe stands between letters; a quotation mark does not.
    quoted = any(re.search(r"[“”\"]|(?<!\w)[‘'](?=\w)", span) for span in content)
    return "mixed" if quoted else "indirect"


def options(words: list[str]) -> tuple[list[str], dict[str, Any]]:
    """An item line's words parted into plain words and `key=value` options."""
    plain = [word for word in words if not re.match(r"[a-z_]+=", word)]
    return plain, dict(word.split("=", 1) for word in words if re.match(r"[a-z_]+=", word))
