"""Faults of marks: shapes, colours and ends that say something else than the data."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from course.chart.finding import Chart, Finding, is_hand_made, number_in
from course.chart.looks import lightness

APART = 14.0  # steps of lightness (CIE L*) from which two colours also differ in grey
SLICES = 5  # of a pie that can still be compared
RAINBOWS = {
    "jet", "rainbow", "gist_rainbow", "hsv", "nipy_spectral", "gist_ncar", "gist_stern", "prism", "flag", "brg", "turbo", "CMRmap", "gnuplot2",
}  # fmt: skip
DIVERGING = {
    "PiYG", "PRGn", "BrBG", "PuOr", "RdGy", "RdBu", "RdYlBu", "RdYlGn", "Spectral", "coolwarm", "bwr", "seismic", "berlin",
    "managua", "vanimo",
}  # fmt: skip

_EXPLAINED = re.compile(
    r"interval|error|deviation|bound|percentile|quartile|quantile|uncertain|confidence|credib|margin|whisker|±|"
    r"\bs\.?d\.?\b|\bs\.?e\.?m?\.?\b|\bci\b|\bmin\w*\b.*\bmax|\blow\w*\b.*\bhigh|\brange",
    re.I,
)
_NUMBER = r"([\d][\d,.]*)\s*(k|thousand|m|million)?"
_OPEN = re.compile(
    rf"(?:more than|greater than|higher than|over|above|beyond|at least|upwards? of|north of|south of|in excess of|exceed\w*|surpass\w*|pass(?:ed|es)|topp?(?:ed|s)|"
    rf"fewer than|less than|lower than|under|below|short of|up to|at most|as (?:many|much|high|few|low) as|no(?:t)? (?:more|fewer|less) than|"
    rf"(?:a )?minimum(?: of)?|(?:a )?maximum(?: of)?|not above|not below|[>≥<≤])\s*(?:some |about |well )?{_NUMBER}\b|"
    rf"{_NUMBER}[- ]?(?:\+|plus\b|or (?:more|fewer|less|higher|over|above|lower)\b|and (?:more|up|over|above|counting)\b|at (?:the )?(?:least|most)\b|upwards?\b|minimum\b|maximum\b)",
    re.I,
)
_WORDS = {
    "a dozen": "12", "a hundred": "100", "one hundred": "100", "two hundred": "200", "five hundred": "500", "a thousand": "1,000", "one thousand": "1,000",
    "two thousand": "2,000", "three thousand": "3,000", "five thousand": "5,000", "ten thousand": "10,000", "twenty thousand": "20,000",
    "fifty thousand": "50,000", "a hundred thousand": "100,000", "one hundred thousand": "100,000", "half a million": "500,000", "a million": "1 million",
    "one million": "1 million", "ten": "10", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90",
}  # fmt: skip
_IN_WORDS = re.compile(r"\b(" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b", re.I)
_ABOUT = re.compile(
    rf"(?:about|around|roughly|some|approximately|nearly|almost|close to|an estimated|≈|~)\s*{_NUMBER}", re.I
)
_SPAN = re.compile(
    r"\s*(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b", re.I
)  # "over 7 days" bounds nothing


def open_drawn_as_exact(chart: Chart) -> Iterator[Finding]:
    """A bar or point at a number that the words, or the data given, call a bound."""
    bounds = _bounds_in(chart.data)
    for number, panel in chart.numbered:
        if not is_hand_made(panel) or panel["arrows"]:
            continue
        shown = _values(panel)
        ticks = [tick["text"] for axis in ("x", "y") for tick in panel[axis]["ticks"]]
        said = [(text, value) for text in (*chart.words_around(panel), *ticks) for value in _open_numbers(text)]
        for text, value in (*said, *((f"a bound of {bound:,g}", bound) for bound in bounds)):
            if any(_close(value * scale, other) for other in shown for scale in (1, 1e-3, 1e-6)):
                yield Finding(
                    "open bound drawn as exact", f"“{text}” is only a bound, but its mark ends at {value:,g} as if it were exact.",
                    "Readers will take the least or the most for the number itself.",
                    "Draw an arrow or a hollow end where no limit is given; ranges(...) does it.", number,
                )  # fmt: skip
                break


def middle_of_range(chart: Chart) -> Iterator[Finding]:
    """Bars or points in the middle of ranges of which the data given have both ends."""
    middles = _middles_in(chart.data)
    for number, panel in chart.numbered:
        if not is_hand_made(panel) or panel["errors"] or len(middles) < 2:
            continue
        shown = _values(panel)
        if sum(any(_close(middle, value) for value in shown) for middle in middles) >= max(2, len(middles) / 2):
            yield Finding(
                "open bound drawn as exact", "Each mark stands in the middle of a range, and the ranges are not drawn.",
                "Nobody gave that number; a range looks like knowledge.", "Draw from the lower to the upper end; ranges(...) does it.", number,
            )  # fmt: skip


def about_drawn_as_exact(chart: Chart) -> Iterator[Finding]:
    """A number that the words call approximate, printed to the last digit at its mark."""
    for number, panel in chart.numbered:
        if not is_hand_made(panel):
            continue
        said = [
            value
            for text in (panel["title"], chart.get("title"), panel["y"]["label"])
            for value in _about_numbers(text)
        ]
        written = [(text["text"], value) for text in panel["texts"] if (value := number_in(text["text"]))]
        for about in said:
            exact = next(
                (text for text, value in written if value != about and abs(value - about) < 0.05 * abs(about)), None
            )
            if exact and len(re.sub(r"\D", "", exact).rstrip("0")) > len(f"{about:.0f}".rstrip("0")) + 1:
                yield Finding(
                    "too many decimals", f"“{exact}” is printed to the last digit, and the title calls it about {about:,g}.",
                    "It pretends to an exactness that nobody claims.", f"Write “about {about:,g}” at the mark.", number,
                )  # fmt: skip
                break


def clipped_whiskers(chart: Chart) -> Iterator[Finding]:
    """Whiskers that run out of the chart."""
    for number, panel in chart.numbered:
        for errors in panel["errors"]:
            limits = [limit for limit in panel[errors["along"]]["limits"] if isinstance(limit, int | float)]
            ends = [end for end in (*errors["low"], *errors["high"]) if isinstance(end, int | float)]
            if len(limits) == 2 and ends and is_hand_made(panel):
                slack = 0.005 * abs(limits[1] - limits[0])
                if max(ends) > max(limits) + slack or min(ends) < min(limits) - slack:
                    yield Finding(
                        "unexplained whiskers", "A whisker runs out of the chart.", "Its end cannot be seen, and the estimate looks more certain than it is.",
                        "Let the axis reach to the ends of all whiskers.", number,
                    )  # fmt: skip
                    break


def _lines_as_whiskers(panel: Mapping[str, Any]) -> bool:
    """Whether short upright lines without a name stand on bars, as seaborn draws its intervals."""
    upright = [
        line for line in panel["lines"] if not line["series"] and 2 <= len(line["x"]) <= 8 and len(set(line["x"])) == 1
    ]
    flat = [
        line for line in panel["lines"] if not line["series"] and 2 <= len(line["y"]) <= 8 and len(set(line["y"])) == 1
    ]
    bars = [bar for bar in panel["bars"] if bar.get("orientation") in ("vertical", "horizontal")]
    return len(bars) > 1 and max(len(upright), len(flat)) >= len(bars) == len(panel["lines"])


def unexplained_whiskers(chart: Chart) -> Iterator[Finding]:
    """Error bars of which nobody says what they mean."""
    for number, panel in chart.numbered:
        words = [*chart.words_around(panel), panel["x"]["label"], panel["y"]["label"]]
        if (panel["errors"] or _lines_as_whiskers(panel)) and not any(_EXPLAINED.search(text) for text in words):
            yield Finding(
                "unexplained whiskers", "Nothing says what the whiskers mean.",
                "They may be bounds, a deviation, an error of the mean or an interval, and these differ several times over.",
                "Write it on the chart, for example: “Whiskers: 95 % interval”.", number,
            )  # fmt: skip


def area_or_3d(chart: Chart) -> Iterator[Finding]:
    """Numbers shown by areas, by slices or in depth."""
    for number, panel in chart.numbered:
        if panel["projection"] == "3d":
            yield Finding(
                "area or 3-D", "The chart is drawn in three dimensions.",
                "What is near looks larger, what is far is hidden, and no height can be read.", "Use flat bars or points.", number,
            )  # fmt: skip
        if len(panel["discs"]) > 1 and panel["discs"][-1] > 1.2 * panel["discs"][0]:
            yield Finding(
                "area or 3-D", "Numbers are shown by the size of discs.", "Readers judge areas badly: twice as much looks like less than twice.",
                "Show the number by length or by position, and write it beside.", number,
            )  # fmt: skip
        slices = [bar for bar in panel["bars"] if bar.get("orientation") == "slice"]
        if slices:
            written = sum(any(sign.isdigit() for sign in text["text"]) for text in panel["texts"])
            if len(slices) > SLICES or written < len(slices):
                what = (
                    f"A pie of {len(slices)} slices"
                    + ("" if written >= len(slices) else " without their numbers")
                    + "."
                )
                why = "Slices are compared by angle and area, which readers judge badly."
                yield Finding(
                    "area or 3-D", what, why, "Use bars from zero, and write the numbers beside them.", number
                )


def colour_alone(chart: Chart) -> Iterator[Finding]:
    """Series that differ in colour only, and not even in grey; grids that only a colour explains."""
    why = "Readers who do not see the colours, and everybody on a grey print, cannot tell them apart."
    mend = "Write the name beside each, or use markers, line styles or hatching; and colours that differ in grey."
    for number, panel in chart.numbered:
        if not is_hand_made(panel):
            continue
        texts = " ".join(text["text"] for text in panel["texts"]).casefold()
        for group in _groups(panel):
            alike = [(one, two) for one, two in combinations(group, 2) if one != two and _alike(one, two, texts)]
            if alike:
                names = " and ".join(str(one["series"] or one.get("label") or "one") for one in alike[0])
                yield Finding("colour alone", f"Only the colour tells {names} apart.", why, mend, number)
        rainbow = next((name for name in panel["colours"] if name.removesuffix("_r") in RAINBOWS), "")
        if rainbow and not panel["images"]:
            yield Finding(
                "colour alone", f"The colours of {rainbow} have no order.", why, "Use one hue from light to dark (“Blues”, “viridis”).", number
            )  # fmt: skip
        for image in panel["images"]:
            bare = not panel["texts"] and image["colorbar"] is None
            if bare or not (
                image["steady"] or image["parts_at_middle"] or image["colormap"].removesuffix("_r") in DIVERGING
            ):
                what = (
                    "Only colour shows the values of the grid"
                    if bare
                    else f"The colours of {image['colormap']} have no order"
                )
                yield Finding(
                    "colour alone", f"{what}.", why,
                    "Write the numbers into the cells, and use one hue from light to dark (“Blues”, “viridis”).", number,
                )  # fmt: skip


# --- bounds ------------------------------------------------------------------------------------------------------------


def _open_numbers(text: str) -> Iterator[float]:
    text = _IN_WORDS.sub(lambda match: _WORDS[match[0].casefold()], text)
    for found in _OPEN.finditer(text):
        if _SPAN.match(text, found.end()):
            continue
        digits, scale = (found[1], found[2]) if found[1] else (found[3], found[4])
        try:
            value = float(digits.rstrip(".,").replace(",", ""))
        except ValueError:
            continue
        yield value * {"k": 1e3, "t": 1e3, "m": 1e6}.get((scale or "")[:1].casefold(), 1.0)


def _bounds_in(data: Any) -> list[float]:
    """The bounds in a claims table that have no other end."""
    if not isinstance(data, pd.DataFrame) or not {"lower", "upper"} <= set(data.columns):
        return []
    ends = ((lower, upper) for lower, upper in data[["lower", "upper"]].itertuples(index=False, name=None))
    return [float(lower if pd.isna(upper) else upper) for lower, upper in ends if pd.isna(lower) != pd.isna(upper)]


def _middles_in(data: Any) -> list[float]:
    """The middles of the ranges in a claims table."""
    if not isinstance(data, pd.DataFrame) or not {"lower", "upper"} <= set(data.columns):
        return []
    ends = data[["lower", "upper"]].dropna()
    return [float(lower + upper) / 2 for lower, upper in ends.itertuples(index=False, name=None) if lower != upper]


def _about_numbers(text: str) -> Iterator[float]:
    for found in _ABOUT.finditer(text):
        digits = found[1].rstrip(".,").replace(",", "")
        with contextlib.suppress(ValueError):
            yield float(digits) * {"k": 1e3, "t": 1e3, "m": 1e6}.get((found[2] or "")[:1].casefold(), 1.0)


def _values(panel: Mapping[str, Any]) -> list[float]:
    decorated = {bar.get("hatch") for bar in panel["bars"]}  # one hatch on all says nothing of an open end
    bars = [
        (bar["base"] or 0) + bar["value"]
        for bar in panel["bars"]
        if (not bar.get("hatch") or len(decorated) == 1) and bar["value"] and bar["base"] is not None
    ]
    solid = [series for series in panel["points"] if not series.get("hollow")]
    axis = "y" if panel["y"]["shows"] == "numbers" else "x"
    points = [value for series in (*panel["lines"], *solid) for value in series[axis]]
    return [float(value) for value in (*bars, *points) if isinstance(value, int | float) and value]


def _close(one: float, two: float) -> bool:
    return abs(one - two) <= 0.004 * abs(two)


# --- colours -----------------------------------------------------------------------------------------------------------


def _groups(panel: Mapping[str, Any]) -> Iterator[Sequence[Mapping[str, Any]]]:
    """Marks that readers must tell apart by a legend."""
    for kind in ("lines", "points"):
        yield [series for series in panel[kind] if series["series"]]
    bars = [bar for bar in panel["bars"] if bar.get("orientation") != "slice"]
    series = {bar["series"]: bar for bar in bars if bar["series"]}
    if len(series) > 1:
        yield list(series.values())
    elif len(panel["legend"]) > 1:  # bars of one series in the colours of the legend
        yield list({bar["color"]: bar for bar in bars}.values())


def _alike(one: Mapping[str, Any], two: Mapping[str, Any], texts: str) -> bool:
    if any(one.get(name) != two.get(name) for name in ("style", "marker", "hatch")):
        return False
    if all(_named(series, texts) for series in (one, two)):
        return False
    try:
        return abs(lightness(one["color"]) - lightness(two["color"])) < APART
    except ValueError:
        return False


def _named(series: Mapping[str, Any], texts: str) -> bool:
    name = str(series["series"]).casefold()
    return bool(name) and name in texts
