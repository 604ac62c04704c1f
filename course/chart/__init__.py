"""Claims -> figures, each with its text alternative and its data as a table.

`ranges` draws what claims say about a number, with its open ends; `counts` draws how often each kind occurs. `show` puts a figure
into a notebook, `text_alternative` says it in words, `data_table` gives its numbers, `describe` gives all of it as plain data.
"""

from course.chart.description import describe
from course.chart.intervals import ranges
from course.chart.output import show
from course.chart.style import style
from course.chart.tally import counts
from course.chart.words import data_table, text_alternative

__all__ = ["counts", "data_table", "describe", "ranges", "show", "style", "text_alternative"]
