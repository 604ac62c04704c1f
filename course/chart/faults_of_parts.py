"""Faults of parts: what does not add up, what is counted twice, what should be a rate, and colours and marks that hide how much there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from course.chart.faults_of_time import orders
from course.chart.finding import Chart, Finding, is_hand_made, number_in
from course.chart.looks import darker_is_less

CROWDED = 4.0  # times that opaque marks would cover the panel
_SHARE = re.compile(r"%|\bper ?cent|\bpercentage|\bshares?\b", re.I)
_RATE = re.compile(r"%|\bper\b|\brates?\b|\bshares?\b|\bpercent|\beach\b|\baverage|\bmean\b|\bdensity\b|/\s*\w", re.I)
_PER_CENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_IN_BRACKETS = re.compile(r"\(([^()\d]{1,20})\)\s*$")
_REST = re.compile(r"\b(?:others?|rest|misc\w*|unknown|unspecified|not stated|various|remaining)\b", re.I)
_WHOLE = re.compile(r"\b(?:total|all|overall|altogether|sum|whole|combined)\b", re.I)
_PARTS = {
    "casualties": {"killed", "dead", "deaths", "wounded", "injured", "fatalities"},
    "population": {"men", "women", "children"},
    "cases": {"deaths", "recovered", "active", "severe"},
    "victims": {"killed", "dead", "wounded", "injured", "children", "women", "men"},
    "losses": {"killed", "wounded", "captured", "tanks"},
    "civilians": {"women", "children"},
    "deaths": {"civilians", "children", "women", "soldiers"},
    "killed": {"civilians", "children", "women"},
}  # fmt: skip
_BEST = re.compile(
    r"\b(?:safest|deadliest|healthiest|poorest|richest|happiest|worst|best|most dangerous|least dangerous|most violent|hardest hit|most corrupt|cleanest|dirtiest|unhealthiest|"
    r"safer|deadlier|more dangerous|more violent|riskiest|riskier)\b",
    re.I,
)
_DENSITY = re.compile(r"\bdensity\b|\bper\b|/", re.I)
_ORDERED = re.compile(
    r"\b(?:very|low|lower|middle|medium|mid|high|higher|small|large|short|tall|young|old|before|after|start|end|begin\w*|first|second|third|fourth|last|early|late|"
    r"never|rarely|sometimes|often|always|agree|disagree|neutral|poor|fair|good|excellent|primary|secondary|tertiary|morning|noon|afternoon|evening|night|"
    r"mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|none|some|most|all|baseline|step|stage|phase|wave|round|week|day|year)\b",
    re.I,
)


def stacks(chart: Chart) -> Iterator[Finding]:
    """Stacks of shares above the whole, and a whole that is stacked on its own part."""
    for number, panel in chart.numbered:
        bars = [bar for bar in panel["bars"] if bar.get("orientation") in ("vertical", "horizontal")]
        stacked = [
            bar
            for bar in bars
            if bar["series"] and isinstance(bar["base"], int | float) and isinstance(bar["value"], int | float)
        ]
        if (
            is_hand_made(panel)
            and (top := _top_of_areas(panel))
            and _SHARE.search(panel["y"]["label"] or panel["title"])
        ):
            yield Finding(
                "over the whole", f"The shares are stacked up to {top:,.4g} per cent.", "A stack says that its parts make a whole; these do not.",
                "Draw lines, one for each.", number,
            )  # fmt: skip
        if not is_hand_made(panel) or not any(bar["base"] for bar in stacked):
            continue
        axis = "x" if stacked[0]["orientation"] == "horizontal" else "y"
        top = max(bar["base"] + bar["value"] for bar in stacked)
        label = panel[axis]["label"] or panel["title"]
        if _SHARE.search(label) and top > 101:
            yield Finding(
                "over the whole", f"The shares are stacked up to {top:,.4g} per cent.", "A stack says that its parts make a whole; these do not.",
                "Where several answers were possible, draw the bars side by side.", number,
            )  # fmt: skip
        names = list(dict.fromkeys(str(bar["series"]).casefold() for bar in stacked))
        if pair := _whole_and_part(names):
            yield Finding(
                "counted twice", f"“{pair[0]}” is stacked on “{pair[1]}”, which is a part of it.", "What is counted in both makes the bar too long.",
                "Stack the parts only, or draw the part inside the whole.", number,
            )  # fmt: skip


def _top_of_areas(panel: Mapping[str, Any]) -> float:
    """Where areas that stand on one another end, if that is above a hundred; else 0."""
    fills = [fill for fill in panel["fills"] if fill.get("top") is not None]
    stacked = len(fills) > 1 and any(fill["base"] == 0 for fill in fills) and any(fill["base"] != 0 for fill in fills)
    top = max((float(fill["top"]) for fill in fills), default=0.0)
    return top if stacked and 101 < top < 1_000 else 0.0


def two_units(chart: Chart) -> Iterator[Finding]:
    """Series in different units on one axis."""
    for number, panel in chart.numbered:
        marks = (*panel["lines"], *panel["points"], *panel["bars"])
        names = list(dict.fromkeys(str(one["series"]) for one in marks if one["series"]))
        units = [found[1].strip() for name in names if (found := _IN_BRACKETS.search(name))]
        if is_hand_made(panel) and len(units) == len(names) > 1 and len(set(units)) > 1:
            yield Finding(
                "two scales", f"One axis counts in {' and in '.join(dict.fromkeys(units))}.", "Which of the lines lies higher says nothing.",
                "Draw one chart for each unit, one below the other.", number,
            )  # fmt: skip


def labels_against_bars(chart: Chart) -> Iterator[Finding]:
    """Numbers at the bars that stand in another order than their lengths."""
    for number, panel in chart.numbered:
        every = [bar for bar in panel["bars"] if bar.get("orientation") != "slice"]
        bars = [bar["value"] for bar in every if isinstance(bar["value"], int | float) and not bar["base"]]
        written = [value for text in panel["texts"] if (value := number_in(text["text"])) is not None]
        if not is_hand_made(panel) or not 2 <= len(bars) == len(written) == len(every):
            continue
        pairs = [(i, j) for i in range(len(bars)) for j in range(i)]
        if any((bars[i] - bars[j]) * (written[i] - written[j]) < 0 for i, j in pairs):
            yield Finding(
                "uneven steps", "The numbers at the bars stand in another order than their lengths.", "One of the two is wrong, and the eye believes the bars.",
                "Let the library write them: axes.bar_label(bars).", number,
            )  # fmt: skip


def slices(chart: Chart) -> Iterator[Finding]:
    """Pies that are tilted or in pieces, and those whose parts are no whole."""
    for number, panel in chart.numbered:
        pie = panel["pie"]
        if not pie:
            continue
        if pie["tilted"] or pie["shadow"]:
            yield Finding(
                "area or 3-D", "The pie is drawn as if it had depth.", "Slices in front look larger than those behind.",
                "Use bars from zero, and write the numbers beside them.", number,
            )  # fmt: skip
        said = [float(one) for bar in panel["bars"] for one in _PER_CENT.findall(str(bar["label"]))]
        said = said or [float(one) for text in panel["texts"] for one in _PER_CENT.findall(text["text"])]
        if len(said) > 1 and len(said) >= len(panel["bars"]) and abs(sum(said) - 100) > 3:
            yield Finding(
                "area or 3-D", f"The slices of the pie say {sum(said):,.4g} per cent together.", "A pie is a whole; these parts make none.",
                "Use bars from zero.", number,
            )  # fmt: skip


def rest_is_largest(chart: Chart) -> Iterator[Finding]:
    """A heap of everything else that is larger than anything that has a name."""
    for number, panel in chart.numbered:
        bars = [bar for bar in panel["bars"] if isinstance(bar["value"], int | float) and bar["label"]]
        if not is_hand_made(panel) or len(bars) < 3 or any(bar["base"] for bar in bars):
            continue
        most = max(bars, key=lambda bar: bar["value"])
        named = [bar["value"] for bar in bars if not _REST.search(str(bar["label"]))]
        if _REST.search(str(most["label"])) and named and most["value"] > 1.5 * max(named):
            yield Finding(
                "largest is the rest", f"“{most['label']}” is larger than everything that has a name.",
                "What would matter most may hide in it, and the order of the others says little.",
                "Take the heap apart, or say in the title how much is not known.", number,
            )  # fmt: skip


def counts_for_rates(chart: Chart) -> Iterator[Finding]:
    """Counts under a title that ranks what is of unequal size."""
    for number, panel in chart.numbered:
        axis = "x" if {bar.get("orientation") for bar in panel["bars"]} == {"horizontal"} else "y"
        title, label = panel["title"] or chart.get("title"), panel[axis]["label"]
        if (
            is_hand_made(panel)
            and len(panel["bars"]) > 1
            and label
            and _BEST.search(title)
            and not _RATE.search(f"{label} {title}")
        ):
            yield Finding(
                "counts for rates", f"“{title}” ranks by a count, “{label}”. Look whether the groups are of one size.",
                "The larger group has more of everything.", "Divide by the number of people, vehicles or days at risk, and name that.", number,
            )  # fmt: skip


def unequal_bins(chart: Chart) -> Iterator[Finding]:
    """A histogram whose bins are not equally wide, and whose heights are counts."""
    for number, panel in chart.numbered:
        bars = [
            bar
            for bar in panel["bars"]
            if bar.get("orientation") == "vertical" and isinstance(bar.get("width"), int | float)
        ]
        widths = [abs(bar["width"]) for bar in bars if bar["width"]]
        if (
            not is_hand_made(panel)
            or len(widths) < (4 if panel["x"]["shows"] == "numbers" else 2)
            or panel["x"]["scale"] != "linear"
            or any("width" in text.casefold() for text in (*chart.words_around(panel), panel["x"]["label"]))
        ):
            continue
        if (
            max(widths) > 1.2 * min(widths)
            and not _DENSITY.search(panel["y"]["label"])
            and len({bar["base"] for bar in bars}) == 1
        ):
            yield Finding(
                "unequal bins", f"The widest bar spans {max(widths) / min(widths):,.3g} times as much as the narrowest.",
                "A wide bin gathers more, and its bar is taller for that alone; a width without a meaning is read as one.",
                "Use bins of one width, or draw the density (hist(..., density=True)) and say so.", number,
            )  # fmt: skip


def line_between_names(chart: Chart) -> Iterator[Finding]:
    """A line from one name to the next, where no name comes after another."""
    for number, panel in chart.numbered:
        if not is_hand_made(panel) or panel["x"]["shows"] != "names":
            continue
        labels = [str(tick["text"]) for tick in panel["x"]["ticks"] if str(tick["text"]).strip()]
        known = (
            len(labels) < 3
            or orders(labels)
            or any(any(sign.isdigit() for sign in label) or _ORDERED.search(label) for label in labels)
        )
        if known:
            continue
        along = [line for line in panel["lines"] if len(line["x"]) >= 3 and _one_after_another(line, labels)]
        if len(along) == 1:
            yield Finding(
                "line between names", f"A line runs from “{labels[0]}” to “{labels[-1]}” as if one came after the other.",
                "It rises or falls with the order of the names, which somebody chose.", "Use bars or points.", number,
            )  # fmt: skip


def light_is_more(chart: Chart) -> Iterator[Finding]:
    """Colours on white paper that get lighter where there is more."""
    for number, panel in chart.numbered:
        if any("dark" in text.casefold() or "light" in text.casefold() for text in chart.words_around(panel)):
            continue
        for name in panel["colours"]:
            if is_hand_made(panel) and darker_is_less(name):
                yield Finding(
                    "light is more", f"The colours ({name}) get lighter where there is more.", "On white, readers take dark for much.",
                    f"Turn them round: cmap=“{name.removesuffix('_r')}”, or say it beside the scale.", number,
                )  # fmt: skip


def overplotted(chart: Chart) -> Iterator[Finding]:
    """So many opaque marks that they hide each other."""
    for number, panel in chart.numbered:
        if not panel["box"]:
            continue
        paper = panel["box"][2] * panel["box"][3] * 72**2  # square points
        ink = sum(
            one["count"] * one.get("size", 0) * one.get("opacity", 0)
            for one in panel["points"]
            if one.get("opacity", 0) > 0.5
        )
        if is_hand_made(panel) and paper > 0 and ink > CROWDED * paper:
            yield Finding(
                "overplotted", f"The marks would cover the panel {ink / paper:,.0f} times.", "Where they lie over one another, ten look like a thousand.",
                "Use smaller and transparent marks (s=1, alpha=0.1), or count them in cells (hexbin).", number,
            )  # fmt: skip


def sizes_of_signs(chart: Chart) -> Iterator[Finding]:
    """One sign in several sizes, in the place of a number."""
    for number, panel in chart.numbered:
        sizes: dict[str, set[float]] = {}
        for text in panel["texts"]:
            if len(text["text"].strip()) <= 2 and not text["text"].strip().isdigit():
                sizes.setdefault(text["text"].strip(), set()).add(text["size"])
        for sign, found in sizes.items():
            if len(found) > 1 and max(found) > 1.3 * min(found):
                yield Finding(
                    "area or 3-D", f"The size of “{sign}” stands for a number.", "A sign twice as high covers four times as much.",
                    "Repeat a sign of one size, or use bars.", number,
                )  # fmt: skip


def _whole_and_part(names: list[str]) -> tuple[str, str] | None:
    for one in names:
        for other in names:
            if one == other:
                continue
            words = set(re.findall(r"\w+", other))
            parts = next((parts for whole, parts in _PARTS.items() if whole in re.findall(r"\w+", one)), set[str]())
            if parts & words or (_WHOLE.search(one) and not _WHOLE.search(other)):
                return one, other
    return None


def _one_after_another(line: Mapping[str, Any], labels: Sequence[str]) -> bool:
    """Whether a solid line goes through the names in the order in which they stand."""
    if line.get("style") in ("None", "none", "", None):
        return False
    if all(isinstance(x, str) for x in line["x"]):
        return [str(x) for x in line["x"]] == list(labels)[: len(line["x"])]
    places = [x for x in line["x"] if isinstance(x, int | float)]
    return len(places) == len(line["x"]) and all(b - a == 1 for a, b in pairwise(places))
