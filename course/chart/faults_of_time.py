"""Faults of time: an order, a gap, an end or a total that makes a trend where there is none."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from course.chart.faults_of_period import moment, times_in
from course.chart.finding import Chart, Finding, drawn, is_hand_made

FEW = 8  # a count below which a zero is nothing strange
LEAST = 4  # marks in a row by which an order can be seen
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_MONTHS["sept"] = 9
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})\.? )?(?P<month>[a-z]{3,9})\.?(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?)?,?(?: (?P<year>\d{4}|'\d\d))?"
)
_QUARTER = re.compile(r"(?:q(?P<one>[1-4])[ /-]?(?P<year>\d{4})|(?P<year2>\d{4})[ /-]?q(?P<two>[1-4]))")
_PART = re.compile(
    r"\b(?:to|until|till|through)\s+(?:end of |early |mid[- ]?)?(?:"
    + "|".join(name for name in _MONTHS)
    + r")\b|\bso far\b|\bto date\b|\bytd\b|"
    r"\bfirst (?:half|quarter|\w+ months?)\b|\b(?:jan\w*|q1)\s*[-–]\s*(?!dec)\w+|\bpartial\b|\bpart of\b|\bincomplete\b|\bprovisional\b|\bpreliminary\b",
    re.I,
)
_SAID = re.compile(
    r"incomplete|not (?:yet )?(?:complete|over|whole)|part[- ]year|partial|provisional|preliminary|so far|projected|annuali[sz]ed",
    re.I,
)
_SMOOTH = re.compile(
    r"smooth|average|averaged|rolling|moving|mean\b|trend|loess|lowess|spline|filter|fit\b|fitted|model|median|index",
    re.I,
)
_AHEAD = re.compile(
    r"forecast|project|extrapol|predict|expected|scenario|if it goes on|trend|estimate|model|fit\b|fitted|regression",
    re.I,
)
_TOTAL = re.compile(
    r"cumulative|cumulated|running total|in total|to date|so far|all[- ]time|since (?:the )?(?:start|beginning|launch)|total",
    re.I,
)
_GROWS = re.compile(
    r"\b(?:keeps?|still|ever|steadily|never stops?)\b.*\b\w+|\b(?:climb|grow|ris|soar|surg|boom|increas|up and up|taking off|accelerat)\w*",
    re.I,
)
_ZERO_SAID = re.compile(
    r"no (?:data|report|count)|not reported|missing|gaps?\b|zero (?:means|is)|closed|none reported", re.I
)


def out_of_order(chart: Chart) -> Iterator[Finding]:
    """Dates along an axis in another order than that of time."""
    for number, panel in chart.numbered:
        if not is_hand_made(panel):
            continue
        if drawn(panel) and _runs_back(panel["x"]):
            yield Finding(
                "uneven steps", "Time runs backwards along the horizontal axis.",
                "Readers take what stands to the right for what came later.", "Let the earliest stand at the left.", number,
            )  # fmt: skip
        for axis in ("x", "y"):
            times = [_time(str(tick["text"])) for tick in panel[axis]["ticks"] if str(tick["text"]).strip()]
            if panel[axis]["shows"] != "names" or len(times) < LEAST or None in times:
                continue
            steps = np.diff(np.array(times, dtype=float))
            if axis == "y" and (steps < 0).all():
                continue  # the latest below, as in a list
            if not (steps >= 0).all() and not _one_turn_of_the_year(steps):
                back = (steps <= 0).all()
                what = "Time runs backwards" if back else "The dates do not stand in the order of time"
                yield Finding(
                    "uneven steps", f"{what} along the {'horizontal' if axis == 'x' else 'vertical'} axis.",
                    "Readers take what stands to the right for what came later, and see a trend that the order made.",
                    "Sort by date, the earliest at the left.", number,
                )  # fmt: skip


def gaps_as_zero(chart: Chart) -> Iterator[Finding]:
    """Zeros in a series that is never near zero otherwise: days without a report, perhaps."""
    for number, panel in chart.numbered:
        if not is_hand_made(panel) or any(_ZERO_SAID.search(text) for text in chart.words_around(panel)):
            continue
        dated = panel["x"]["shows"] == "dates"
        for line in panel["lines"]:
            values = np.array([value for value in line["y"] if isinstance(value, int | float)], dtype=float)
            some = values[values != 0]
            if (
                not dated
                or len(values) < 8
                or len(some) < len(values) / 2
                or not (zeros := len(values) - len(some)) >= 2
            ):
                continue
            few = (
                some == some.round()
            ).all() and some.min() < FEW  # what happens twice a day may not happen on the next
            if some.min() > 0.4 * np.median(some) > 0 and not few:
                yield Finding(
                    "gaps as zero", f"The line falls to 0 at {zeros} places, and nowhere else below {some.min():,g}. Look at them.",
                    "Where nothing was reported, nothing is known; a zero says that nothing happened.",
                    "Leave a gap where the data have none (NaN), or write what the zeros are.", number,
                )  # fmt: skip
        if chart.data is not None and (what := _filled(chart, panel)):
            yield Finding(
                "gaps as zero", what, "Where nothing was reported, nothing is known; a zero says that nothing happened.",
                "Leave a gap where the data have none.", number,
            )  # fmt: skip


def incomplete_period(chart: Chart) -> Iterator[Finding]:
    """A last period that is not over, beside whole ones, and looks like them."""
    for number, panel in chart.numbered:
        bars = [
            bar
            for bar in panel["bars"]
            if bar.get("orientation") == "vertical" and isinstance(bar["value"], int | float)
        ]
        ticks = [str(tick["text"]) for tick in panel["x"]["ticks"] if str(tick["text"]).strip()]
        if panel["lines"] and not bars and panel["x"]["shows"] == "names":
            bars = [{"label": tick, "hatch": "", "color": ""} for tick in ticks]
        if not is_hand_made(panel) or len(bars) < 3:
            continue
        last, before = bars[-1], bars[:-1]
        other_look = last["hatch"] != before[-1]["hatch"] or last["color"] != before[-1]["color"]
        told = any(_SAID.search(text) for text in chart.words_around(panel))
        if (
            _PART.search(str(last["label"]))
            and not other_look
            and not told
            and not _PART.search(str(before[-1]["label"]))
        ):
            yield Finding(
                "incomplete period", f"“{last['label']}” is a part of a period, and stands beside whole ones.",
                "What is not over looks like a fall.", "Leave it out, draw it lighter and write “not complete”, or compare the same months.", number,
            )  # fmt: skip


def smoothed(chart: Chart) -> Iterator[Finding]:
    """A line that is much calmer than the data given, and does not say that it was smoothed."""
    whole = times_in(chart.data)
    if whole is None:
        return
    times, columns = whole
    for number, panel in chart.numbered:
        words = [*chart.words_around(panel), panel["y"]["label"]]
        if any(_SMOOTH.search(text) for text in words):
            continue
        for line in panel["lines"]:
            drawn = _aligned(line, times)
            if drawn is None:
                continue
            for name in columns.columns:
                given = columns[name].to_numpy(dtype=float)
                known = np.isfinite(drawn) & np.isfinite(given)
                if known.sum() < 8 or np.allclose(drawn[known], given[known], rtol=0.005):
                    continue
                restless = np.abs(np.diff(given[known], 2)).mean()
                near = (
                    np.corrcoef(drawn[known], given[known])[0, 1]
                    if np.ptp(drawn[known]) and np.ptp(given[known])
                    else 0
                )
                if restless > 0 and np.abs(np.diff(drawn[known], 2)).mean() < 0.5 * restless and near > 0.3:
                    yield Finding(
                        "smoothing not said", "The line is much calmer than the data, and nothing says that it was smoothed.",
                        "Readers take the smooth line for what was measured.",
                        "Write how it was smoothed (“mean of 13 months”), and show the values behind it.", number,
                    )  # fmt: skip
                    break


def extrapolated(chart: Chart) -> Iterator[Finding]:
    """A line that goes on where there are no points, and looks like one that was measured."""
    for number, panel in chart.numbered:
        words = [*chart.words_around(panel), panel["x"]["label"], panel["y"]["label"]]
        seen = [_places(one) for one in (*panel["points"], *(line for line in panel["lines"] if line["marker"]))]
        seen = [places for places in seen if len(places) > 3]
        if not is_hand_made(panel) or not seen or any(_AHEAD.search(text) for text in words):
            continue
        low, high = min(places.min() for places in seen), max(places.max() for places in seen)
        for line in panel["lines"]:
            places = _places(line)
            if line["marker"] or line.get("style") not in ("-", "solid") or len(places) < 2 or high <= low:
                continue
            if places.max() > high + 0.2 * (high - low) and places.min() < high:
                yield Finding(
                    "smoothing not said", "A line goes on where there are no points, and nothing says that it was calculated.",
                    "Readers take it for something that was seen.", "Dash it, and write “if it goes on like this”.", number,
                )  # fmt: skip
                break


def _places(series: Mapping[str, Any]) -> Any:
    at = np.array([moment(x) for x in series["x"]], dtype=float)
    return at[np.isfinite(at)]


def cumulative(chart: Chart) -> Iterator[Finding]:
    """A running total, under words that speak of growth; or in the place of the values given."""
    whole = times_in(chart.data)
    for number, panel in chart.numbered:
        words = [*chart.words_around(panel), panel["y"]["label"]]
        said = any(_TOTAL.search(text) for text in words)
        for line in panel["lines"]:
            values = np.array([value for value in line["y"] if isinstance(value, int | float)], dtype=float)
            if not is_hand_made(panel) or len(values) < 8 or (np.diff(values) < 0).any():
                continue
            grows = _GROWS.search(panel["title"]) or _GROWS.search(chart.get("title"))
            summed = whole is not None and any(
                len(whole[1][name]) == len(values) and np.allclose(whole[1][name].cumsum(), values, rtol=0.005)
                for name in whole[1].columns
            )
            if (said and grows) or (summed and not said):
                yield Finding(
                    "cumulative for new", "A running total is drawn, which can only rise.",
                    "Its rise is taken for growth, even while what is new falls.", "Draw what is new in each period.", number,
                )  # fmt: skip
                break


def _runs_back(axis: Mapping[str, Any]) -> bool:
    """Whether an axis of dates or of years runs from right to left."""
    start, end = axis["limits"]
    if axis["shows"] == "dates":
        return str(start) > str(end)
    years = [tick["at"] for tick in axis["ticks"] if tick["text"]]
    known = len(years) > 2 and all(
        isinstance(at, int | float) and 1500 <= at <= 2200 and float(at).is_integer() for at in years
    )
    return known and isinstance(start, int | float) and isinstance(end, int | float) and start > end


def _time(text: str) -> float | None:
    """A time out of a label, in days or so: "28 Apr", "March 2022", "Q2 2023", "2021", "2023-05-02"; None for anything else."""
    plain = " ".join(text.casefold().replace(",", " ").split())
    if found := _QUARTER.fullmatch(plain):
        return float(found["year"] or found["year2"]) * 366 + int(found["one"] or found["two"]) * 91
    if (found := _NAMED.fullmatch(plain)) and found["month"] in _MONTHS:
        year = found["year"]
        years = 0 if year is None else int(year) if len(year) == 4 else 2000 + int(year[1:])
        return years * 366.0 + _MONTHS[found["month"]] * 30.6 + int(found["day"] or found["after"] or 0)
    if re.fullmatch(r"(1[6-9]|20)\d\d", plain):
        return int(plain) * 366.0
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", plain):
        return float(moment(plain))
    return None


def _one_turn_of_the_year(steps: Any) -> bool:
    """Months without a year may run over December once: Nov, Dec, Jan."""
    return int((steps < 0).sum()) == 1 and bool((steps < -200).any()) and bool((steps < 366).all())


def _aligned(line: Mapping[str, Any], times: pd.Series) -> Any:
    """The values of a line at the times of the data; None where it stands elsewhere."""
    if len(line["x"]) != len(times):
        return None
    at = np.array([moment(x) for x in line["x"]], dtype=float)
    if not np.isfinite(at).all() or np.abs(at - times.to_numpy(dtype=float)).max() > 1.0:
        return None
    return np.array([value if isinstance(value, int | float) else np.nan for value in line["y"]], dtype=float)


def _filled(chart: Chart, panel: Mapping[str, Any]) -> str:
    """What is wrong where the data given have holes, and the chart a zero."""
    whole = times_in(chart.data)
    if whole is None:
        return ""
    times, columns = whole
    for line in panel["lines"]:
        drawn = _aligned(line, times)
        for name in columns.columns if drawn is not None else ():
            holes = columns[name].isna().to_numpy()
            if holes.any() and (drawn[holes] == 0).any():
                return f"The data have {int(holes.sum())} gaps, and the line is drawn at 0 there."
    return ""


def orders(labels: Sequence[str]) -> bool:
    """Whether names are times, so that a line between them says something."""
    return all(_time(label) is not None for label in labels)
