"""The same acts by hand: mark, sort, enter, explore.

Each widget gives plain data that `hand_in` takes, has a typed equivalent that gives the same, says its state in words, and keeps it
beside the notebook. Without a kernel, in print and in pages made by nbconvert, the words stand in its place.
"""

from course.widgets.claims import claim_explorer, filter_matrix, filtered
from course.widgets.entry import claim_entry, claim_form, claim_sheet
from course.widgets.feedback import feedback
from course.widgets.marker import Marker, marker, marks
from course.widgets.quantities import bound_calculator, hedge_slider
from course.widgets.reports import show_and_hide, swapped, verb_swapper
from course.widgets.sorting import adjudicator, chain_builder
from course.widgets.twister import axis_twister, twisted

__all__ = [
    "Marker",
    "adjudicator",
    "axis_twister",
    "bound_calculator",
    "chain_builder",
    "claim_entry",
    "claim_explorer",
    "claim_form",
    "claim_sheet",
    "feedback",
    "filter_matrix",
    "filtered",
    "hedge_slider",
    "marker",
    "marks",
    "show_and_hide",
    "swapped",
    "twisted",
    "verb_swapper",
]
