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
    "text_alternative": "course.chart",
    "data_table": "course.chart",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"The course has no {name!r}. It offers: {', '.join(__all__)}.")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
