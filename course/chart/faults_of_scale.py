"""Faults of scale: where the same number would look larger, smaller, steeper or flatter than it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from course.chart.finding import Chart, Finding, drawn, is_hand_made, number_in, value_axis

DAMPED = 0.05  # part of the height of a chart below which a line looks flat whatever it does
FLAT, STEEP = 5.0, 0.45  # width to height of a line chart beyond which slopes mislead
_LOG = re.compile(r"\blog(arithm\w*)?\b|\blog[-_ ]?(10|2|scale)|times ten|tenfold", re.I)
_OWN_SCALE = re.compile(
    r"\b(own|different|separate|individual|free|unlike|vary\w*)\b[^.]*\b(scales?|axes|axis)\b|\b(scales?|axes)\b[^.]*\b(differ|vary|own)",
    re.I,
)
_BREAK = re.compile(r"^\s*(/\s*/|//+|≈|∿|⌇|⚡|\\\\|≀)\s*$")
_TOLD = re.compile(
    r"\b(axis|scale)\b[^.]*\b(broken|break|cut|interrupted)\b|\b(broken|interrupted) (axis|scale)\b", re.I
)
_DOWNWARDS = re.compile(r"\b(rank|place|position|depth)", re.I)


def bars_not_from_zero(chart: Chart) -> Iterator[Finding]:
    """Bars and filled areas show a number by their length, so they must begin at zero, on a scale of equal steps."""
    for number, panel in chart.numbered:
        axis = value_axis(panel)
        bars = [bar for bar in panel["bars"] if bar.get("orientation") in ("vertical", "horizontal")]
        bars = [bar for bar in bars if _is_number(bar["value"]) and _is_number(bar["base"])]
        ours = panel["kind"] in ("counts", "nested", "ranges")
        name = "bars" if bars or ours else "filled area"
        bases = {bar["base"] for bar in bars if bar["value"]} | ({0} if ours else set())
        bases |= {fill["base"] for fill in panel["fills"] if fill["base"] is not None}
        if not bases or panel[axis]["shows"] == "dates":
            continue
        why = "The eye compares lengths; cut off, small differences look large."
        if panel[axis]["scale"] in ("log", "symlog", "asinh", "logit"):
            yield Finding(
                "bars not from zero", f"The {name} stand on a logarithmic scale.", "Its steps are not equal, so their lengths say nothing.",
                "Use a linear scale from zero, or points instead of bars.", number,
            )  # fmt: skip
            continue
        if 0 not in bases:
            if len(bases) == 1 and (base := bases.pop()):
                what = f"The {name} begin at {base:,g}, not at zero."
                yield Finding("bars not from zero", what, why, "Draw them from zero, or use points.", number)
            continue
        limits = panel[axis]["limits"]
        if all(map(_is_number, limits)):
            low, high = sorted(limits)
            slack = (high - low) * 1e-6
            if low > slack or high < -slack:
                start = low if low > 0 else high
                what = f"The axis of the {name} begins at {start:,.6g}, not at zero."
                yield Finding("bars not from zero", what, why, "Let the axis begin at zero, or use points.", number)


def cut_off(chart: Chart) -> Iterator[Finding]:
    """A bar that runs out of its chart, so that nobody sees how long it is."""
    for number, panel in chart.numbered:
        limits = panel[value_axis(panel)]["limits"]
        if not is_hand_made(panel) or not all(map(_is_number, limits)):
            continue
        low, high = sorted(limits)
        for bar in panel["bars"]:
            if bar.get("orientation") not in ("vertical", "horizontal") or not _is_number(bar["value"]):
                continue
            end = (bar["base"] or 0) + bar["value"]
            if end > high + 0.01 * (high - low) or end < low - 0.01 * (high - low):
                yield Finding(
                    "broken axis", f"The bar “{bar['label']}” ends at {end:,g}, outside of the chart.",
                    "It looks as long as the chart is high, whatever its number.", "Let the axis reach to the longest bar.", number,
                )  # fmt: skip
                break


def broken_axis(chart: Chart) -> Iterator[Finding]:
    """One axis in two pieces, or with a sign that a piece is left out; points on an axis whose break is told are another matter."""
    every = " ".join(text for panel in chart.panels for text in chart.words_around(panel))
    if _TOLD.search(every) and not any(panel["bars"] or panel["lines"] or panel["fills"] for panel in chart.panels):
        return
    why = "What lies between the pieces is hidden, and distances across the break mean nothing."
    mend = "Draw one axis without a break; if the range is too wide, use two charts or a logarithmic scale with points."
    for (one, first), (_, second) in combinations(enumerate(chart.panels, start=1), 2):
        if _same_data(first, second) and any(_apart(first[axis], second[axis]) for axis in ("x", "y")):
            yield Finding("broken axis", "One axis is broken into two pieces.", why, mend, one)
    for number, panel in chart.numbered:
        signs = [text["text"] for text in (*panel["texts"], *chart.get("texts", [])) if _BREAK.match(text["text"])]
        if signs:
            yield Finding("broken axis", f"A sign ({signs[0]}) marks a break in an axis.", why, mend, number)
        for axis in ("x", "y"):
            if panel[axis]["scale"] in ("function", "functionlog") and drawn(panel):
                what = f"The {_side(axis)} axis has a scale of its own making."
                yield Finding("broken axis", what, "Equal distances do not mean equal amounts.", mend, number)


def two_scales(chart: Chart) -> Iterator[Finding]:
    """Two scales in one place."""
    for number, panel in enumerate(chart.panels, start=1):
        if panel["twin_of"] is None or not 0 <= int(panel["twin_of"]) < len(chart.panels):
            continue
        other = chart.panels[int(panel["twin_of"])]
        for axis in ("x", "y"):
            numbers = panel[axis]["shows"] == other[axis]["shows"] == "numbers"
            if drawn(panel) and drawn(other) and numbers and panel[axis]["limits"] != other[axis]["limits"]:
                yield Finding(
                    "two scales", f"Two {_side(axis)} scales share one chart.",
                    "Where the lines cross or part depends on the scales chosen, not on the data.",
                    "Draw two charts, one below the other, or both as change from a common start.", number,
                )  # fmt: skip


def upside_down(chart: Chart) -> Iterator[Finding]:
    """A scale on which more stands lower."""
    for number, panel in chart.numbered:
        axis = value_axis(panel)
        limits = panel[axis]["limits"]
        there = (drawn(panel) or panel["fills"]) and is_hand_made(panel)
        if not there or panel[axis]["shows"] != "numbers" or panel["images"] or _mirror(chart, panel):
            continue
        if all(map(_is_number, limits)) and limits[0] > limits[1] and not _DOWNWARDS.search(panel[axis]["label"]):
            where = "downwards" if axis == "y" else "to the left"
            yield Finding(
                "upside down", f"The {_side(axis)} axis is turned round: larger numbers lie {where}.",
                "Most readers will take a rise for a fall.",
                f"Turn it back: axes.invert_{axis}axis() once more, or set the limits from low to high.", number,
            )  # fmt: skip


def _mirror(chart: Chart, panel: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The panel beside this one whose horizontal bars run the other way from the same names: the other side of a pyramid."""
    if value_axis(panel) != "x" or not panel["bars"]:
        return None
    names = {bar["label"] for bar in panel["bars"]}
    for other in chart.panels:
        turned = all(map(_is_number, (*other["x"]["limits"], *panel["x"]["limits"]))) and (
            (other["x"]["limits"][0] > other["x"]["limits"][1]) != (panel["x"]["limits"][0] > panel["x"]["limits"][1])
        )
        if (
            other is not panel
            and turned
            and other["bars"]
            and len(names & {bar["label"] for bar in other["bars"]}) * 2 > len(names)
        ):
            return other
    return None


def unlike_scales(chart: Chart) -> Iterator[Finding]:
    """Panels side by side that invite a comparison, on scales that forbid it."""
    if any(_OWN_SCALE.search(text) for panel in chart.panels for text in chart.words_around(panel)):
        return
    for (one, first), (two, second) in combinations(enumerate(chart.panels, start=1), 2):
        if (
            not (is_hand_made(first) and is_hand_made(second) and drawn(first) and drawn(second))
            or second["twin_of"] is not None
        ):
            continue
        axis = value_axis(first)
        limits = (*first[axis]["limits"], *second[axis]["limits"])
        if (
            value_axis(second) != axis
            or not all(map(_is_number, limits))
            or first[axis]["scale"] != second[axis]["scale"]
        ):
            continue
        spans = sorted((abs(limits[1] - limits[0]), abs(limits[3] - limits[2])))
        pyramid = _mirror(chart, first) is second
        alike = pyramid or (
            first[axis]["label"] == second[axis]["label"] != "" and bool(first["bars"]) == bool(second["bars"])
        )
        if alike and spans[0] > 0 and spans[1] / spans[0] > (1.1 if pyramid else 2.0):
            yield Finding(
                "two scales", f"Panels {one} and {two} count the same, and {spans[1] / spans[0]:,.2g} times as much in the one as in the other.",
                "Marks of one length look like equal numbers.",
                "Give both the same limits (sharey=True, sharex=True), or write that each has a scale of its own.", one,
            )  # fmt: skip
            return


def log_not_said(chart: Chart) -> Iterator[Finding]:
    """A logarithmic scale without the numbers or the word by which it is known."""
    for number, panel in chart.numbered:
        words = " ".join([*chart.words_around(panel), panel["x"]["label"], panel["y"]["label"]])
        for axis in ("x", "y"):
            ticks = [tick["text"] for tick in panel[axis]["ticks"] if str(tick["text"]).strip()]
            if (
                not is_hand_made(panel)
                or panel[axis]["scale"] not in ("log", "symlog")
                or not (drawn(panel) or panel["fills"])
            ):
                continue
            if len(ticks) < 2 and not _LOG.search(words):
                yield Finding(
                    "log not said", f"The {_side(axis)} axis is logarithmic, and neither a word nor its numbers say so.",
                    "A growth that gets faster and faster looks steady.", "Write “logarithmic scale” on the axis, and show its numbers.", number,
                )  # fmt: skip


def uneven_steps(chart: Chart) -> Iterator[Finding]:
    """Tick labels whose numbers do not grow as the distances do."""
    for number, panel in chart.numbered:
        for axis in ("x", "y"):
            if (panel["bars"] and axis != value_axis(panel)) or not is_hand_made(panel) or not drawn(panel):
                continue
            pairs = [(tick["at"], number_in(str(tick["text"]))) for tick in panel[axis]["ticks"] if tick["text"]]
            known = [(float(at), value) for at, value in pairs if _is_number(at) and value is not None]
            if len(known) < 3 or len(known) < len(pairs) or panel[axis]["scale"] != "linear":
                continue
            places, values = np.array(known).T
            if np.ptp(values) == 0 or np.ptp(places) == 0:
                continue
            if np.allclose(values, np.abs(places)):
                continue  # two sides that both count from the middle
            slope, start = np.polyfit(places, values, 1)
            if np.abs(values - (slope * places + start)).max() > 0.03 * np.ptp(values):
                yield Finding(
                    "uneven steps", f"The steps of the {_side(axis)} axis are even, but its numbers are not.",
                    "The line rises or falls faster or slower than the data.",
                    "Place each number where it belongs: pass numbers, not texts, and let matplotlib set the ticks.", number,
                )  # fmt: skip


def stretched(chart: Chart) -> Iterator[Finding]:
    """Line charts so wide or so narrow that every slope looks flat or steep."""
    for number, panel in chart.numbered:
        if not panel["lines"] or not panel["box"] or not is_hand_made(panel) or panel["box"][3] <= 0:
            continue
        if (share := _share_of_height(panel)) is not None and share < DAMPED:
            yield Finding(
                "stretched", f"The lines use {share:.0%} of the height.", "Whatever they do looks flat.",
                "A line need not begin at zero: let the axis run from a little below the lowest to a little above the highest value.", number,
            )  # fmt: skip
        shape = panel["box"][2] / panel["box"][3]
        if shape > FLAT or shape < STEEP:
            how = "wide and low" if shape > FLAT else "narrow and high"
            looks = "flat" if shape > FLAT else "steep"
            yield Finding(
                "stretched", f"The chart is very {how} ({panel['box'][2]:.1f} by {panel['box'][3]:.1f} inches).",
                f"Every slope looks {looks}.", "Use a shape between one and a half and three times as wide as high.", number,
            )  # fmt: skip


def _share_of_height(panel: Mapping[str, Any]) -> float | None:
    """The part of a linear axis of numbers that the lines use, from their lowest to their highest value; None where they do not move."""
    limits = panel["y"]["limits"]
    values = [value for line in panel["lines"] for value in line["y"] if _is_number(value)]
    beside = panel["bars"] or panel["points"] or panel["fills"] or panel["errors"]
    if beside or len(values) < 10 or panel["y"]["scale"] != "linear" or not all(map(_is_number, limits)):
        return None
    moved, whole = max(values) - min(values), abs(limits[1] - limits[0])
    return moved / whole if moved > 0 and whole > 0 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _side(axis: str) -> str:
    return "vertical" if axis == "y" else "horizontal"


def _apart(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Whether two axes show ranges that do not meet."""
    if one["shows"] != "numbers" or two["shows"] != "numbers":
        return False
    if not all(map(_is_number, (*one["limits"], *two["limits"]))):
        return False
    (low, high), (bottom, top) = sorted(one["limits"]), sorted(two["limits"])
    return bool(high <= bottom or top <= low)


def _same_data(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    def values(panel: Mapping[str, Any]) -> list[Sequence[Any]]:
        bars = [bar["value"] for bar in panel["bars"]]
        return [bars, *([*series["x"], *series["y"]] for series in (*panel["lines"], *panel["points"]))]

    return drawn(one) and values(one) == values(two)
