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

__all__ = [
    "attributions_in",
    "claims_in",
    "dates_in",
    "hedges_in",
    "loaded_words_in",
    "marked",
    "marked_html",
    "quantities_in",
    "sentences_in",
    "stance_of",
    "to_frame",
]
