"""How long a call takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(run: Callable[[], object], times: int = 3, before: Callable[[], object] = lambda: None) -> float:
    """The least of so many tries, in seconds of this process; `before` each of them something may be made ready."""
    best = float("inf")
    for _ in range(times):
        before()
        begun = time.process_time()
        run()
        best = min(best, time.process_time() - begun)
    return best
