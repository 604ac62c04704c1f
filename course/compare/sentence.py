"""What all findings share: a notebook shows them as their sentence."""

from __future__ import annotations

from typing import Any


class Sentence:
    """A finding that reads as a sentence: `str(finding)`, and as the last line of a notebook cell."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        # IPython looks at each class in turn, and would take the repr that a dataclass writes first.
        cls._repr_pretty_ = _show  # type: ignore[attr-defined]


def _show(finding: Sentence, printer: Any, cycle: bool) -> None:
    printer.text(str(finding))
