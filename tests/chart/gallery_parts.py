"""What the figures of the gallery share: the record of a case, made-up numbers, and a panel that has all it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

SOURCE = "Source: made up for this test"
CITIES = ["Arden", "Belm", "Corvo", "Dunhaven"]
DEATHS = [18_200, 19_400, 20_900, 17_600]
DAYS = pd.date_range("2023-01-01", periods=24, freq="MS")
MONTHLY = pd.Series([40, 44, 52, 61, 70, 82, 95, 103, 110, 121, 133, 140, 138, 133, 126, 121, 117, 112, 108, 101, 96, 92, 88, 85],
                    index=DAYS, name="attacks")  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A figure, the data to lint it against, and the rule that must find its fault ("" for an honest one)."""

    name: str
    draw: Callable[[], Figure]
    rule: str = ""
    data: Any = None


HONEST: list[Case] = []
MISLEADING: list[Case] = []


def honest(data: Any = None) -> Callable[[Callable[[], Figure]], Callable[[], Figure]]:
    def add(draw: Callable[[], Figure]) -> Callable[[], Figure]:
        HONEST.append(Case(_name(draw), draw, "", data))
        return draw

    return add


def misleading(rule: str, data: Any = None) -> Callable[[Callable[[], Figure]], Callable[[], Figure]]:
    def add(draw: Callable[[], Figure]) -> Callable[[], Figure]:
        MISLEADING.append(Case(_name(draw), draw, rule, data))
        return draw

    return add


def _name(draw: Callable[[], Figure]) -> str:
    return draw.__name__.replace("_", " ")


def panel(
    title: str = "Deaths by city",
    x: str = "",
    y: str = "Deaths (persons)",
    source: str = SOURCE,
    size: tuple[float, float] = (8, 4.5),
) -> tuple[Figure, Axes]:
    figure, axes = plt.subplots(figsize=size)
    axes.set(title=title, xlabel=x, ylabel=y)
    figure.text(0.01, 0.01, source)
    return figure, axes
