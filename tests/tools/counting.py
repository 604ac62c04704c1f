"""How much work a call is, in a measure that a busy machine does not change."""

from __future__ import annotations

import cProfile
from collections.abc import Callable


def calls(function: Callable[..., object], *arguments: object) -> int:
    """The calls of functions, in Python and in C, that one call of `function` makes."""
    profile = cProfile.Profile()
    profile.runcall(function, *arguments)
    return sum(entry.callcount for entry in profile.getstats())
