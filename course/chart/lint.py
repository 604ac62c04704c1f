"""chart -> findings: what would mislead a reader, why, and how to mend it; for any matplotlib figure, or the dict that describes it.

The kinds of fault are those on which the literature agrees: Huff (1954), Tufte (1983), Cairo (2019); and three of our own trade: an
open bound drawn as exact, whiskers that nobody explains, and a period that was picked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from course.chart.description import describe
from course.chart.faults_of_marks import area_or_3d, colour_alone, open_drawn_as_exact, unexplained_whiskers
from course.chart.faults_of_period import picked_period
from course.chart.faults_of_scale import (
    bars_not_from_zero,
    broken_axis,
    stretched,
    two_scales,
    uneven_steps,
    upside_down,
)
from course.chart.faults_of_words import far_legend, no_label, no_source, no_unit, small_text, too_many_decimals
from course.chart.finding import Chart, Finding

_ONE: tuple[Callable[[Chart], Iterator[Finding]], ...] = (
    bars_not_from_zero,
    broken_axis,
    two_scales,
    upside_down,
    uneven_steps,
    stretched,
    open_drawn_as_exact,
    unexplained_whiskers,
    area_or_3d,
    colour_alone,
    no_label,
    no_unit,
    no_source,
    far_legend,
    small_text,
    too_many_decimals,
)

RULES = (
    "nothing drawn",
    "bars not from zero",
    "broken axis",
    "two scales",
    "upside down",
    "uneven steps",
    "stretched",
    "picked period",
    "open bound drawn as exact",
    "unexplained whiskers",
    "area or 3-D",
    "colour alone",
    "no label",
    "no unit",
    "no source",
    "legend far away",
    "small text",
    "too many decimals",
)


def lint(figure: Any, data: Any = None, *, allow: Collection[str] = ()) -> list[Finding]:
    """What would mislead in a chart: a list of findings, the gravest first; empty where none was found.

    An empty list does not make a chart true: the linter knows shapes and words, not the facts behind them.

    Args:
        figure: a matplotlib figure, an axes or another part of one, by hand or by pandas; or the dict that `describe` makes of it.
        data: the data behind the chart, if at hand: a time series (dates as index or column), to see whether a period was picked; a
            claims table with lower and upper, to see whether an open bound is drawn as exact.
        allow: rules that do not matter here, by name, such as "no unit"; `course.chart.lint.RULES` lists them.

    Errors: TypeError for what is no figure, ValueError for a rule that there is not.
    """
    if isinstance(allow, str):
        allow = (allow,)
    if unknown := [rule for rule in allow if rule not in RULES]:
        raise ValueError(f"There is no rule {unknown[0]!r}. The rules are: {', '.join(RULES)}.")
    chart = Chart(figure if isinstance(figure, Mapping) else describe(figure), data)
    if not chart.panels or all(panel["kind"] == "empty" for panel in chart.panels):
        found = [
            Finding(
                "nothing drawn", "The figure is empty.", "There is nothing to read.", "Draw on it first, then lint it."
            )
        ]
    else:
        found = [finding for rule in (*_ONE, picked_period) for finding in rule(chart)]
    found = [finding for finding in dict.fromkeys(found) if finding.rule not in allow]
    return sorted(found, key=lambda finding: RULES.index(finding.rule))
