"""What the linter works with: a finding, and a chart description with the questions that several rules ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BY_HAND = {"bars", "lines", "points", "pie", "image", "area", "other", "empty"}


@dataclass(frozen=True)
class Finding:
    """One thing that would mislead: `what` is wrong, `why` it misleads, how to `mend` it. `panel` counts from 1; None is the whole figure."""

    rule: str
    what: str
    why: str
    mend: str
    panel: int | None = None

    def __str__(self) -> str:
        where = f"Panel {self.panel}: " if self.panel else ""
        return f"{where}{self.what} {self.why} {self.mend}"


class Chart:
    """A chart description as the rules read it: what it lacks counts as not there, so that a foreign description stops no rule."""

    def __init__(self, described: Mapping[str, Any], data: Any = None) -> None:
        panels = described.get("panels")
        if not isinstance(panels, list) or not all(isinstance(panel, Mapping) for panel in panels):
            raise TypeError("lint() needs a figure, or the dict that describe(figure) makes of it; this has no panels.")
        self.described = described
        self.data = data
        self.panels: list[Mapping[str, Any]] = [_Panel(panel) for panel in panels]

    @property
    def numbered(self) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
        """Each panel with its number from 1; None where there is only one."""
        for number, panel in enumerate(self.panels, start=1):
            yield (number if len(self.panels) > 1 else None), panel

    def get(self, name: str, default: Any = "") -> Any:
        value = self.described.get(name)
        return default if value is None else value

    def words_around(self, panel: Mapping[str, Any]) -> list[str]:
        """Every text that explains a panel: titles, notes, legend, what is written on it and on the figure; not its source."""
        own = [
            panel["title"],
            panel["subtitle"],
            *panel["notes"],
            panel["legend_title"],
            *panel["legend"],
            panel["caveat"],
        ]
        written = [text["text"] for text in (*panel["texts"], *self.get("texts", []))]
        entries = [
            entry for legend in self.get("legends", []) for entry in (legend.get("title", ""), *legend["entries"])
        ]
        every = [self.get("title"), self.get("subtitle"), *own, *written, *entries]
        return [text for text in dict.fromkeys(every) if text and not re.match(r"(data )?sources?\s*:", text, re.I)]


class _Panel(dict[str, Any]):
    """A panel in which what is missing is empty."""

    _LISTS = frozenset(
        {
            "notes", "rows", "counts", "table", "in_words", "bars", "lines", "points", "errors", "reference_lines", "legend", "images",
            "discs", "fills", "texts", "colours",
        }
    )  # fmt: skip

    def __missing__(self, name: str) -> Any:
        if name in self._LISTS:
            return []
        if name in ("x", "y"):
            return {"label": "", "shows": "names", "limits": [0, 1], "scale": "linear", "ticks": []}
        return {"arrows": 0, "others": {}, "twin_of": None, "legend_at": None, "box": None, "pie": None}.get(name, "")


def drawn(panel: Mapping[str, Any]) -> bool:
    """Whether the panel has bars, lines or points."""
    return bool(panel["bars"] or panel["lines"] or panel["points"] or panel["errors"])


def is_hand_made(panel: Mapping[str, Any]) -> bool:
    """Whether the marks are not those of our own chart functions, which follow rules of their own."""
    return not panel["kind"] or set(panel["kind"].split(" and ")) <= BY_HAND


def number_in(text: str) -> float | None:
    """The number that a text is: "20,000", "−5 %", "3.5k"; None where it is none."""
    found = re.fullmatch(r"\s*[$€£]?\s*([-−]?[\d,.\u202f\xa0 ]*\d)\s*([kKmM]|bn|%)?\s*", text)
    if not found:
        return None
    digits = re.sub(r"[,\s\u202f\xa0]", "", found[1].replace("−", "-"))
    try:
        return float(digits) * {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "bn": 1e9}.get(found[2] or "", 1.0)
    except ValueError:
        return None


def value_axis(panel: Mapping[str, Any]) -> str:
    """The axis on which the values are: "x" for horizontal bars, else "y"."""
    ways = {bar.get("orientation") for bar in panel["bars"]}
    return "x" if ways == {"horizontal"} or panel["kind"] in ("counts", "ranges", "nested") else "y"
