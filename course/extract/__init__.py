"""From a report to its claims: sentences, quotations, attributions, quantities, hedges, dates, claims."""

from __future__ import annotations

from course.extract.attributions import attributions_in
from course.extract.claims import claims_in
from course.extract.cues import stance_of
from course.extract.dates import dates_in
from course.extract.frame import to_frame
from course.extract.hedges import hedges_in
from course.extract.loaded import loaded_words_in
from course.extract.marked import marked, marked_html
from course.extract.quantities import quantities_in
from course.extract.tokens import sentences_in
from course.extract.wording import copied_runs, find_words, longest_run

__all__ = [
    "attributions_in",
    "claims_in",
    "copied_runs",
    "dates_in",
    "find_words",
    "hedges_in",
    "loaded_words_in",
    "longest_run",
    "marked",
    "marked_html",
    "quantities_in",
    "sentences_in",
    "stance_of",
    "to_frame",
]
