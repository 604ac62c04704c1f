"""claims -> may they stand on one axis? Claims that cannot be compared are drawn together only with a caveat that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from course.compare.comparability import Spread, all_comparable

MOST = 3  # groups that an error names one by one for each reason


class Incomparable(ValueError):
    """Claims that should not stand on one axis; `reasons` says why, in plain words."""

    def __init__(self, reasons: Sequence[str], caller: str) -> None:
        self.reasons = list(reasons)
        told = "".join(f"\n- {reason}" for reason in self.reasons)
        super().__init__(
            f"These claims cannot be compared as they are, so {caller}() does not draw them on one axis:{told}\n"
            f"Choose claims that fit together, or tell your readers what differs: {caller}(..., caveat='...'). "
            "The caveat is printed on the figure."
        )


def gate(claims: Iterable[Mapping[str, Any]], caveat: str, caller: str) -> str:
    """`caveat` on one line, where `claims` may be drawn on one axis: they are comparable, or there is a caveat.

    What no claim states is no reason; what some state and others do not is one. Claims without a number are no obstacle.

    Args:
        claims: rows of a claims table, as `course.compare.comparable` takes them.
        caveat: what readers must know before they compare; "" where nothing is said.
        caller: the chart function, for the message.

    Errors: Incomparable with the reasons; TypeError for a caveat that is not text.
    """
    if not isinstance(caveat, str):
        raise TypeError(f"caveat must be a text that the figure can print, not {type(caveat).__name__}.")
    words = " ".join(caveat.split()).removeprefix("Caveat:").strip()
    if words:
        return words
    reasons = [spread for spread in all_comparable(claims).reasons if len(spread.groups) > 1]
    if any(spread.aspect == "measure" for spread in reasons):  # then their definitions differ anyway
        reasons = [spread for spread in reasons if spread.aspect != "definition"]
    if reasons:
        raise Incomparable([_sentence(spread) for spread in reasons], caller)
    return ""


def _sentence(spread: Spread) -> str:
    rest = len(spread.groups) - MOST
    more = f"; and {rest} more" if rest > 0 else ""
    return str(Spread(spread.aspect, spread.groups[:MOST])).removesuffix(".") + more + "."
