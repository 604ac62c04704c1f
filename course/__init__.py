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
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"The course has no {name!r}. It offers: {', '.join(__all__)}.")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
