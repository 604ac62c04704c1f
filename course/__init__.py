"""Counterclaim: read war reporting with care. What a notebook may import stands here; all else is inside.

Names are loaded when first used, so that `course --help` does not wait for pandas and matplotlib.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "Quantity": "course.quantity",
    "exactly": "course.quantity",
    "about": "course.quantity",
    "more_than": "course.quantity",
    "at_least": "course.quantity",
    "fewer_than": "course.quantity",
    "up_to": "course.quantity",
    "between": "course.quantity",
    "Span": "course.claim",
    "Attribution": "course.claim",
    "Mention": "course.claim",
    "Claim": "course.claim",
    "KINDS": "course.claim",
    "hand_in": "course.handin",
    "expect": "course.handin",
    "check": "course.handin",
    "check_chosen": "course.handin",
    "check_each": "course.handin",
    "check_rewrite": "course.handin",
    "rule_out": "course.handin",
    "score": "course.handin",
    "Outcome": "course.handin",
    "Readings": "course.handin",
    "progress": "course.handin",
    "start_lesson": "course.handin",
    "claims_in": "course.extract",
    "attributions_in": "course.extract",
    "quantities_in": "course.extract",
    "sentences_in": "course.extract",
    "stance_of": "course.extract",
    "to_frame": "course.extract",
    "ArticleError": "course.corpus",
    "cases": "course.corpus",
    "columns": "course.corpus",
    "quantity_of": "course.corpus",
    "load_case": "course.corpus",
    "read_article": "course.corpus",
    "Report": "course.corpus",
    "counts": "course.chart",
    "ranges": "course.chart",
    "show": "course.chart",
    "describe": "course.chart",
    "lanes": "course.chart",
    "coverage_matrix": "course.chart",
    "omission_matrix": "course.chart",
    "chain_graph": "course.chart",
    "heatmap": "course.chart",
    "nested_bars": "course.chart",
    "confusion_matrix": "course.chart",
    "calibration_curve": "course.chart",
    "lint": "course.chart",
    "expect_honest": "course.handin",
    "text_alternative": "course.chart",
    "data_table": "course.chart",
    "agreement": "course.compare",
    "all_comparable": "course.compare",
    "chain": "course.compare",
    "clocks_in": "course.compare",
    "comparable": "course.compare",
    "consistent": "course.compare",
    "coverage": "course.compare",
    "family": "course.compare",
    "gap": "course.compare",
    "independent_sources": "course.compare",
    "mutations": "course.compare",
    "overlap": "course.compare",
    "percent_of_what": "course.compare",
    "precision_recall": "course.compare",
    "ratio_of_extremes": "course.compare",
    "row_of": "course.compare",
    "share_of": "course.compare",
    "shared_errors": "course.compare",
    "silences": "course.compare",
    "spread": "course.compare",
    "word_roles": "course.compare",
    "draw_report": "course.corpus",
    "lexicon": "course.corpus",
    "lexicons": "course.corpus",
    "load_world": "course.corpus",
    "swap_sides": "course.corpus",
    "web_annotations": "course.corpus",
    "worlds": "course.corpus",
    "adjudicator": "course.widgets",
    "axis_twister": "course.widgets",
    "bound_calculator": "course.widgets",
    "chain_builder": "course.widgets",
    "claim_entry": "course.widgets",
    "claim_explorer": "course.widgets",
    "claim_form": "course.widgets",
    "feedback": "course.widgets",
    "filter_matrix": "course.widgets",
    "filtered": "course.widgets",
    "hedge_slider": "course.widgets",
    "marker": "course.widgets",
    "marks": "course.widgets",
    "show_and_hide": "course.widgets",
    "swapped": "course.widgets",
    "twisted": "course.widgets",
    "verb_swapper": "course.widgets",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"The course has no {name!r}. It offers: {', '.join(__all__)}.")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
