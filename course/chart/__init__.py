"""Claims -> figures, each with its text alternative and its data as a table.

A figure a question: `ranges` what claims say about a number, with its open ends; `lanes` who said what when; `counts` how often each
kind occurs; `coverage_matrix` and `omission_matrix` which report carries, changes and leaves out what; `chain_graph` who has it from
whom; `heatmap` how often kinds go together; `nested_bars` parts in their whole; `confusion_matrix` two labellings; `calibration_curve`
confidence and outcome. Claims that cannot be compared are drawn on one axis only with a caveat.

`show` puts a figure into a notebook, `text_alternative` says it in words, `data_table` gives its numbers, `describe` gives all of it as
plain data, and `lint` says what would mislead in it.
"""

from course.chart.calibration import calibration_curve
from course.chart.chain import chain_graph
from course.chart.coverage import coverage_matrix, omission_matrix
from course.chart.crosstab import confusion_matrix, heatmap
from course.chart.description import describe
from course.chart.gate import Incomparable
from course.chart.intervals import ranges
from course.chart.lanes import lanes
from course.chart.lint import Finding, lint
from course.chart.nested import nested_bars
from course.chart.output import show
from course.chart.style import style
from course.chart.tally import counts
from course.chart.words import data_table, text_alternative

__all__ = [
    "Finding",
    "Incomparable",
    "calibration_curve",
    "chain_graph",
    "confusion_matrix",
    "counts",
    "coverage_matrix",
    "data_table",
    "describe",
    "heatmap",
    "lanes",
    "lint",
    "nested_bars",
    "omission_matrix",
    "ranges",
    "show",
    "style",
    "text_alternative",
]
