"""Faults of period: a stretch of time that was picked so that the trend suits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from course.chart.finding import Chart, Finding

ENOUGH = 0.8  # share of the data given that a chart must draw to be beyond doubt
HALF = 0.5

_BEYOND = re.compile(
    r"\bbefore\b.*\bafter\b|\b(law|reform|ceasefire|truce|war|invasion|election|method|definition|records?|counting|series)\b.*\b(begins?|began|starts?|started|changed?|introduced)\b|"
    r"\b(begins?|began|starts?|started|changed?|introduced)\b.*\b(law|reform|ceasefire|truce|war|invasion|election|method|definition|records?|counting|series)\b",
    re.I | re.S,
)
_WHY = "A rise can be made a fall, or a fall a rise, by the choice of where to begin."
_MEND = "Draw the whole period, or say on the chart why it begins and ends where it does and what came before."


def picked_period(chart: Chart) -> Iterator[Finding]:
    """A line that is cut off by the limits of its axis, or that shows a part of the data given with another trend than the whole."""
    whole = times_in(chart.data)
    for number, panel in chart.numbered:
        if _told(chart, panel):
            continue
        for series in (*panel["lines"], *panel["points"]):
            times = pd.Series([moment(x) for x in series["x"]], dtype=float)
            values = pd.to_numeric(pd.Series(series["y"], dtype=object), errors="coerce")
            low, high = sorted(
                (moment(limit) for limit in panel["x"]["limits"]), key=lambda moment: (np.isnan(moment), moment)
            )
            inside = times.between(low, high)
            if whole is not None and len(times) in (2, 3) and _two_of_many(whole, panel, values):
                what = f"Only {len(times)} of {len(whole[0]):,} values of the data are drawn, and joined by a line."
                yield Finding("picked period", what, _WHY, _MEND, number)
            if len(times) < 4 or times.isna().any() or not inside.any():
                continue
            if inside.mean() < ENOUGH and _other_trend(times[inside], values[inside], times, values):
                what = f"The axis cuts off {int((~inside).sum()):,} of {len(times):,} points of the line."
                yield Finding("picked period", what, _WHY, _MEND, number)
            elif whole is not None and (found := _against(whole, times[inside], values[inside])):
                yield Finding("picked period", found, _WHY, _MEND, number)
        if whole is not None and panel["bars"] and (found := _of_bars(whole, panel["bars"])):
            yield Finding("picked period", found, _WHY, _MEND, number)


def _told(chart: Chart, panel: Mapping[str, Any]) -> bool:
    """Whether the chart itself says where its period begins and ends, and what lies before and after, or why."""
    words = " ".join(chart.words_around(panel))
    ends = {str(limit)[:4] for limit in panel["x"]["limits"]}
    years = {
        str(value)[:4] for line in (*panel["lines"], *panel["points"]) for value in (line["x"][:1] + line["x"][-1:])
    } or ends
    return all(year in words for year in years) and bool(_BEYOND.search(words))


def _two_of_many(whole: tuple[pd.Series, pd.DataFrame], panel: Mapping[str, Any], values: pd.Series) -> bool:
    """Whether two or three points of a long series are drawn alone, with a line between them."""
    every, columns = whole
    joined = any(len(line["x"]) == len(values) for line in panel["lines"])
    if len(every) < 8 or not joined or values.isna().any():
        return False
    return any(all(np.isclose(columns[name], value).any() for value in values) for name in columns.columns)


def _of_bars(whole: tuple[pd.Series, pd.DataFrame], bars: Sequence[Mapping[str, Any]]) -> str:
    times = pd.Series([moment(bar["label"]) for bar in bars], dtype=float)
    values = pd.to_numeric(pd.Series([bar["value"] for bar in bars], dtype=object), errors="coerce")
    return "" if times.isna().any() else _against(whole, times, values)


def _against(whole: tuple[pd.Series, pd.DataFrame], times: pd.Series, values: pd.Series) -> str:
    """What is wrong with the part that is drawn; "" where nothing is."""
    every, columns = whole
    inside = every.between(times.min() - 1e-6, times.max() + 1e-6)
    share = inside.mean()
    if not inside.any() or share >= ENOUGH:
        return ""
    nearest = sorted((_distance(pd.Series(columns[name][inside]), values), str(name)) for name in columns.columns)
    best = nearest[0][1]
    if not (share < HALF or _other_trend(times, values, every, columns[best])):
        return ""
    return (
        f"Only {int(inside.sum()):,} of {len(every):,} values of the data are drawn, from the {_place(every, inside)}."
    )


def _place(every: pd.Series, inside: pd.Series) -> str:
    before, after = int((every < every[inside].min()).sum()), int((every > every[inside].max()).sum())
    if before and after:
        return f"middle: {before:,} before and {after:,} after are left out"
    return "end" if before else "beginning"


def _distance(column: pd.Series, values: pd.Series) -> float:
    """How far a column of the data is from what is drawn, whatever the number of values."""
    return abs(float(column.mean()) - float(values.mean())) + abs(float(column.max()) - float(values.max()))


def _other_trend(times: pd.Series, values: pd.Series, every: pd.Series, whole: pd.Series) -> bool:
    """Whether the part goes another way than the whole, or more than twice as fast or less than half as fast."""
    part, all_ = _slope(times, values), _slope(every, whole)
    if not part or not all_ or part * all_ < 0:
        return part != all_
    return not 0.5 <= part / all_ <= 2


def _slope(times: pd.Series, values: pd.Series) -> float:
    known = values.notna().to_numpy()
    x, y = times.to_numpy(dtype=float)[known], values.to_numpy(dtype=float)[known]
    if len(x) < 2 or np.ptp(x) == 0:
        return 0.0
    return float(np.polyfit(x - x.mean(), y, 1)[0])


def times_in(data: Any) -> tuple[pd.Series, pd.DataFrame] | None:
    """The times and the numbers of a time series, in order; None where `data` is none."""
    if isinstance(data, pd.Series):
        data = data.to_frame("value")
    if not isinstance(data, pd.DataFrame) or len(data) < 4:
        return None
    named = [name for name in data.columns if str(name).casefold() in ("date", "day", "week", "month", "year", "time")]
    dated = [name for name in data.columns if pd.api.types.is_datetime64_any_dtype(data[name])]
    column = next(iter([*dated, *named]), None)
    moments = [moment(value) for value in (data.index if column is None else data[column])]
    times = pd.Series(moments, dtype=float)
    numbers = data.drop(columns=[column] if column is not None else []).select_dtypes("number")
    if times.isna().any() or times.nunique() < 4 or numbers.empty:
        return None
    order = times.argsort()
    return times.iloc[order].reset_index(drop=True), numbers.astype(float).rename(columns=str).iloc[order].reset_index(
        drop=True
    )


def moment(value: Any) -> float:
    """A time as a number: days for a date, the number itself for a number, a year for a year; NaN for anything else."""
    if isinstance(value, pd.Period):
        value = value.to_timestamp()
    if isinstance(value, bool) or value is None:
        return float("nan")
    if isinstance(value, int | float | np.number):
        return float(value)
    text = str(value).strip()
    if text.isdigit():
        return float(text)
    moment = pd.to_datetime(text, errors="coerce")
    return float("nan") if pd.isna(moment) else moment.timestamp() / 86_400
