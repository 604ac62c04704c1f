"""One small and one huge example of every chart of the course, for tests that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from course.chart import (
    calibration_curve,
    chain_graph,
    confusion_matrix,
    counts,
    coverage_matrix,
    heatmap,
    lanes,
    nested_bars,
    omission_matrix,
    ranges,
)
from course.quantity import Quantity, about, between, exactly, more_than, up_to

HUGE = 10_000
LONG = "Ministry of the Interior and of Public Security, press office"
CHANGES = ["none", "scope shifted", "left out", "bound not on record", "qualifier dropped", "corrected"]
QUANTITIES = [more_than(20_000), exactly(5_937), about(200_000), up_to(450), between(5_000, 7_000), Quantity()]


def claims(count: int) -> pd.DataFrame:
    """`count` claims with dates, of all kinds of bounds."""
    quantities = [QUANTITIES[number % len(QUANTITIES)] for number in range(count)]
    return pd.DataFrame(
        {
            "claimant": [LONG if number % 7 == 0 else f"Source {number % 40}" for number in range(count)],
            "date": pd.date_range("2023-01-01", periods=count, freq="h"),
            "measure": "killed",
            "unit": "persons",
            "part_of": "",
            **{
                name: [getattr(one, name) for one in quantities]
                for name in ("lower", "upper", "lower_open", "upper_open", "approximate")
            },
        }
    )


def coverage(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "report": [LONG if number % 9 == 0 else f"report {number // 5}" for number in range(count)],
            "claim": [f"C{number % 70:03}" for number in range(count)],
            "change": [CHANGES[number % len(CHANGES)] for number in range(count)],
        }
    )


def steps(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"carrier": [f"outlet {number}" for number in range(count)], "taken_from": [LONG if n % 3 else f"outlet {n // 4}" for n in range(count)]}
    ).query("carrier != taken_from")  # fmt: skip


def labels(count: int, kinds: int) -> list[str]:
    return [f"kind {(number * 7) % kinds}" for number in range(count)]


# A function for each chart: with how many things it is drawn, and further arguments for the chart.
EVERY: dict[str, Callable[..., Figure]] = {
    "ranges": lambda count, **more: ranges(claims(count), **more),
    "lanes": lambda count, **more: lanes(claims(count), **more),
    "nested": lambda count, **more: nested_bars(claims(count), label="claimant", **more),
    "counts": lambda count, **more: counts(labels(count, 50), **more),
    "coverage": lambda count, **more: coverage_matrix(coverage(count), **more),
    "omissions": lambda count, **more: omission_matrix(coverage(count), **more),
    "chain": lambda count, **more: chain_graph(steps(count + 1), **more),
    "heatmap": lambda count, **more: heatmap(
        pd.DataFrame({"stance": labels(count, 40), "side": labels(count, 50)}), **more
    ),
    "confusion": lambda count, **more: confusion_matrix(labels(count, 30), labels(count, 20), **more),
    "calibration": lambda count, **more: calibration_curve(
        [(number % 11) / 10 for number in range(count)], [number % 3 > 0 for number in range(count)], **more
    ),
}

EMPTY: dict[str, Callable[[], Any]] = {
    "ranges": lambda: ranges(claims(0)),
    "lanes": lambda: lanes(claims(0)),
    "nested": lambda: nested_bars(claims(0), label="claimant"),
    "counts": lambda: counts([]),
    "coverage": lambda: coverage_matrix(coverage(0)),
    "omissions": lambda: omission_matrix(coverage(0)),
    "chain": lambda: chain_graph(pd.DataFrame({"carrier": [], "taken_from": []})),
    "heatmap": lambda: heatmap(pd.DataFrame({"stance": [], "side": []})),
    "confusion": lambda: confusion_matrix([], []),
    "calibration": lambda: calibration_curve([], []),
}
