"""chart -> findings: what would mislead a reader, why, and how to mend it; for any matplotlib figure, or the dict that describes it.

The kinds of fault are those on which the literature agrees: Huff (1954), Tufte (1983), Cairo (2019); and three of our own trade: an
open bound drawn as exact, whiskers that nobody explains, and a period that was picked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from course.chart.description import describe
from course.chart.faults_of_marks import (
    about_drawn_as_exact,
    area_or_3d,
    clipped_whiskers,
    colour_alone,
    middle_of_range,
    open_drawn_as_exact,
    unexplained_whiskers,
)
from course.chart.faults_of_parts import (
    counts_for_rates,
    labels_against_bars,
    light_is_more,
    line_between_names,
    overplotted,
    rest_is_largest,
    sizes_of_signs,
    slices,
    stacks,
    two_units,
    unequal_bins,
)
from course.chart.faults_of_period import picked_period
from course.chart.faults_of_scale import (
    bars_not_from_zero,
    broken_axis,
    cut_off,
    log_not_said,
    stretched,
    two_scales,
    uneven_steps,
    unlike_scales,
    upside_down,
)
from course.chart.faults_of_time import (
    cumulative,
    extrapolated,
    gaps_as_zero,
    incomplete_period,
    out_of_order,
    smoothed,
)
from course.chart.faults_of_words import far_legend, no_label, no_source, no_unit, small_text, too_many_decimals
from course.chart.finding import Chart, Finding

_ONE: tuple[Callable[[Chart], Iterator[Finding]], ...] = (
    bars_not_from_zero,
    broken_axis,
    cut_off,
    two_scales,
    unlike_scales,
    two_units,
    upside_down,
    uneven_steps,
    out_of_order,
    labels_against_bars,
    stretched,
    log_not_said,
    unequal_bins,
    gaps_as_zero,
    incomplete_period,
    smoothed,
    extrapolated,
    cumulative,
    open_drawn_as_exact,
    middle_of_range,
    about_drawn_as_exact,
    unexplained_whiskers,
    clipped_whiskers,
    stacks,
    counts_for_rates,
    rest_is_largest,
    line_between_names,
    area_or_3d,
    slices,
    sizes_of_signs,
    overplotted,
    light_is_more,
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
    "log not said",
    "unequal bins",
    "picked period",
    "gaps as zero",
    "incomplete period",
    "smoothing not said",
    "cumulative for new",
    "open bound drawn as exact",
    "unexplained whiskers",
    "over the whole",
    "counted twice",
    "counts for rates",
    "largest is the rest",
    "line between names",
    "area or 3-D",
    "overplotted",
    "light is more",
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
            ),
            *sizes_of_signs(chart),
        ]
    else:
        found = [finding for rule in (*_ONE, picked_period) for finding in rule(chart)]
    found = [finding for finding in dict.fromkeys(found) if finding.rule not in allow]
    return sorted(found, key=lambda finding: RULES.index(finding.rule))
