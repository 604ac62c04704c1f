"""Faults of words: what a reader needs to know and does not find, or cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from course.chart.finding import Chart, Finding, drawn, is_hand_made, number_in, value_axis

SMALL = 7.0  # points, the smallest text that can be read
PAGE = 12.0  # inches; a wider figure is shown smaller
FAR = 1.0  # inches between a legend and its panel

# after "in" a name, such as that of a place, is no unit
_UNIT = re.compile(
    r"\(\s*(?!unit not stated)[^)]+\)|\bin (?!all\b|the\b)(?-i:[a-z])\w*|\bper\b|%|‰|°|[$€£]|"
    r"\b(number|count|share|percent\w*|rate|ratio|index|probability|frequency|proportion|score|hundreds?|thousands?|millions?|"
    r"persons?|people|men|women|children|soldiers|troops|fighters|civilians|students|voters?|votes|inhabitants|households|patients|"
    r"deaths|dead|casualties|reports?|articles?|claims?|sentences|words|sources|outlets|answers|items|pieces|cases|events|incidents|"
    r"missiles|shells|rounds|tanks|vehicles|aircraft|tonnes?|tons?|kg|kilograms?|litres?|m|km|kilomet\w+|met(er|re)s?|cm|mm|miles?|"
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|date|dollars|euros?|degrees)\b",
    re.I,
)
# By form: what ends as units do, and signs of units, which mix small and large letters or are short.
_MEASURED = re.compile(
    r"(?:met|lit)(?:re|er)s?$|gram(?:me)?s?$|joules?$|watts?$|volts?$|amperes?$|hertz$|pascals?$|newtons?$|ohms?$|bytes?$|bits?$|teslas?$|"
    r"sieverts?$|becquerels?$|grays?$|kelvin$|celsius$|fahrenheit$|decibels?$|lumens?$|lux$|moles?$|calories$|hectares?$|acres?$|barrels?$|"
    r"^(?:yen|yuan|won|baht|rand|real|reais|euro|dollar|pound|rouble|ruble|hryvnia|zloty|franc|krona|krone|peso|rupee|lira|shekel|dinar|dirham|riyal|naira)s?$",
    re.I,
)
_SIGN = re.compile(
    r"[a-zµ]{1,3}[A-Z][A-Za-z]{0,3}|[kMGTPmµn]?(?:W|Wh|Hz|J|V|A|Pa|N|g|m|s|t|l|L|B|eV|Sv|Bq|Gy|K)|pp[mbt]|dB|pH|[A-Z]{3}"
)
_PLURALS = {
    "people",
    "children",
    "men",
    "women",
    "police",
    "cattle",
    "dead",
    "wounded",
    "injured",
    "displaced",
    "missing",
    "killed",
    "aircraft",
}
# Plurals of money, mass or nothing in particular: one of them is not a thing.
_UNSAID = {
    "sales", "costs", "prices", "earnings", "losses", "profits", "revenues", "wages", "expenses", "imports", "exports", "emissions", "savings",
    "assets", "debts", "values", "results", "levels", "sizes", "amounts", "numbers", "figures", "quantities", "totals", "units", "funds",
    "incomes", "means", "series", "levies", "taxes", "returns", "yields",
}  # fmt: skip
_DECIMALS = re.compile(r"(?<![\d.,:/])[-−]?(\d[\d,\u202f ]*)\.(\d+)(?![\d.:/])")


def no_label(chart: Chart) -> Iterator[Finding]:
    """A chart without a title, or an axis of numbers of which nothing says what they count."""
    if not (chart.get("title") or any(panel["title"] for panel in chart.panels)):
        yield Finding(
            "no label", "The chart has no title.", "Readers cannot know what it shows, once it is copied without the text around it.",
            "Give it one sentence that says what it shows: axes.set_title('...').",
        )  # fmt: skip
    for number, panel in chart.numbered:
        for axis in _number_axes(panel):
            if not panel[axis]["label"] and not any(_says_unit(text) for text in chart.words_around(panel)):
                yield Finding(
                    "no label", f"The {_side(axis)} axis has no label.", "Readers cannot know what is counted.",
                    f"Name it with its unit: axes.set_{axis}label('Killed (persons)').", number,
                )  # fmt: skip
        if _is_bare(panel):
            yield Finding(
                "no label", "The axis of the values has no numbers, and no number is written at the marks.",
                "Readers cannot know how much anything is.", "Show the numbers of the axis, or write each at its mark.", number,
            )  # fmt: skip
        for image in panel["images"]:
            if image["colorbar"] == "" and not panel["texts"]:
                yield Finding(
                    "no label", "The scale of colours has no label.", "Readers cannot know what the colours count.",
                    "Name it with its unit: colorbar.set_label('Reports (number)').", number,
                )  # fmt: skip


def no_unit(chart: Chart) -> Iterator[Finding]:
    """An axis of numbers with a label, and no unit on it or in the words around."""
    for number, panel in chart.numbered:
        around = chart.words_around(panel)
        for axis in _number_axes(panel):
            label = panel[axis]["label"]
            ticks = " ".join(str(tick["text"]) for tick in panel[axis]["ticks"])
            if label and not _names_what_is_counted(label) and not any(map(_says_unit, (label, ticks, *around))):
                yield Finding(
                    "no unit", f"The {_side(axis)} axis, “{label}”, has no unit.",
                    "Persons, thousands of persons or persons per day: the same numbers, and not the same thing.",
                    f"Write it behind the name: axes.set_{axis}label('{label} (persons)').", number,
                )  # fmt: skip


def no_source(chart: Chart) -> Iterator[Finding]:
    """A chart that does not say where its numbers come from."""
    if not (chart.get("source") or any(panel["source"] for panel in chart.panels)):
        yield Finding(
            "no source", "No source is printed on the chart.", "Nobody can check the numbers, or see who counted.",
            "Write it under the chart: figure.text(0.01, 0.01, 'Source: ...'), or pass source='...' to a chart of the course.",
        )  # fmt: skip


def far_legend(chart: Chart) -> Iterator[Finding]:
    """A legend that the eye must look for."""
    why = "The eye must go back and forth, and mixes up the entries."
    mend = "Place it in or beside the chart, or write each name at its line or bar."
    for number, panel in chart.numbered:
        if is_hand_made(panel) and panel["legend_at"] and panel["legend_at"]["gap"] > FAR:
            what = f"The legend stands {panel['legend_at']['gap']:.1f} inches away from its chart."
            yield Finding("legend far away", what, why, mend, number)
    for legend in chart.get("legends", []):
        if legend["gap"] > FAR:
            what = f"The legend stands {legend['gap']:.1f} inches away from every chart."
            yield Finding("legend far away", what, why, mend)


def small_text(chart: Chart) -> Iterator[Finding]:
    """Text that cannot be read at full size."""
    wide = chart.get("size", [8, 5])[0]
    shrunk = min(1.0, PAGE / wide) if wide else 1.0
    sizes = [(text["size"], text["text"]) for text in chart.get("texts", [])]
    for panel in chart.panels:
        sizes += [(text["size"], text["text"]) for text in panel["texts"]]
        sizes += [(panel["title_size"], panel["title"])] if panel["title"] and panel["title_size"] else []
        sizes += [(panel[axis].get("label_size"), panel[axis]["label"]) for axis in ("x", "y")]
        sizes += [
            (panel[axis].get("ticks_size"), "the numbers of the axis") for axis in ("x", "y") if _has_words(panel[axis])
        ]
        sizes += [(panel["legend_at"]["size"], "the legend")] if panel["legend_at"] else []
    sizes += [(legend["size"], "the legend") for legend in chart.get("legends", [])]
    small = [(size * shrunk, text) for size, text in sizes if size and size * shrunk < SMALL - 0.01]
    if small:
        size, text = min(small)
        page = " on a page" if shrunk < 1 else ""
        yield Finding(
            "small text", f"Some text is too small: “{text[:40]}” has {size:.1f} points{page}.",
            "What cannot be read is often what would limit the message.", "Use 9 points or more, and a figure of about 8 inches.",
        )  # fmt: skip


def too_many_decimals(chart: Chart) -> Iterator[Finding]:
    """Numbers that pretend to be more exact than they can be."""
    for number, panel in chart.numbered:
        ticks = [
            str(tick["text"]) for axis in ("x", "y") for tick in panel[axis]["ticks"] if panel[axis]["shows"] != "dates"
        ]
        texts = [text["text"] for text in panel["texts"]]
        ticks = [] if _needed(panel) else ticks
        for text in (*texts, *ticks, panel["title"], chart.get("title")):
            if found := next(filter(_too_exact, _DECIMALS.finditer(text)), None):
                yield Finding(
                    "too many decimals", f"“{found[0].strip()}” has more digits than the data can bear.",
                    "It pretends to an exactness that no count or estimate of this kind has.",
                    "Round it: f'{number:,.0f}', or one decimal for a percentage.", number,
                )  # fmt: skip
                break


def _needed(panel: Mapping[str, Any]) -> bool:
    """Whether the ticks lie so close together that fewer digits would make two of them alike."""
    for axis in ("x", "y"):
        numbers = [number for tick in panel[axis]["ticks"] if (number := number_in(str(tick["text"]))) is not None]
        texts = [str(tick["text"]) for tick in panel[axis]["ticks"] if _DECIMALS.search(str(tick["text"]))]
        if not texts or len(numbers) < 2:
            continue
        digits = max(len(found[2]) for text in texts if (found := _DECIMALS.search(text)))
        if len({round(number, digits - 1) for number in numbers}) < len(set(numbers)):
            return True
    return False


def _too_exact(found: re.Match[str]) -> bool:
    whole, decimals = re.sub(r"\D", "", found[1]).lstrip("0"), len(found[2])
    digits = len(whole) + decimals if whole else len(found[2].lstrip("0"))
    return (decimals >= 3 and digits >= 4) or (decimals == 2 and digits >= 5) or (decimals == 1 and digits >= 6)


def _number_axes(panel: Mapping[str, Any]) -> Iterator[str]:
    """The axes with numbers that must be named; years need no name."""
    if (
        panel["projection"] not in ("", "rectilinear")
        or panel["kind"] == "pie"
        or not (drawn(panel) or not is_hand_made(panel) or panel["fills"])
    ):
        return
    for axis in ("x", "y"):
        ticks = [tick["at"] for tick in panel[axis]["ticks"] if tick["text"]]
        years = bool(ticks) and all(isinstance(at, int | float) and 1800 <= at <= 2100 for at in ticks)
        if panel[axis]["shows"] == "numbers" and ticks and not (years and axis == "x"):
            yield axis


def _is_bare(panel: Mapping[str, Any]) -> bool:
    """Whether bars or lines made by hand stand on an axis without numbers, and without numbers of their own."""
    marks = [bar for bar in panel["bars"] if bar.get("orientation") != "slice"] or panel["lines"]
    written = any(sign.isdigit() for text in panel["texts"] for sign in text["text"])
    rectangular = panel["projection"] in ("", "rectilinear")
    return (
        bool(marks) and rectangular and is_hand_made(panel) and not _has_words(panel[value_axis(panel)]) and not written
    )


def _has_words(axis: Mapping[str, Any]) -> bool:
    return any(tick["text"] for tick in axis["ticks"])


def _says_unit(text: str) -> bool:
    return bool(_UNIT.search(text))


def _names_what_is_counted(label: str) -> bool:
    """Whether a label by its form says what one of it is: a plural ("Drones"), the name or the sign of a unit ("Hertz", "mmHg", "GWh")."""
    words = re.findall(r"[^\W\d_]+", label.partition(",")[0])
    if not words or (label.strip().islower() and len(label.strip()) == 1):
        return False
    last = words[-1]
    if _SIGN.fullmatch(last) or _MEASURED.search(last):
        return True
    plural = (
        last.casefold().endswith("s") and not last.casefold().endswith(("ss", "us", "is"))
    ) or last.casefold() in _PLURALS
    return plural and last.casefold() not in _UNSAID


def _side(axis: str) -> str:
    return "vertical" if axis == "y" else "horizontal"
