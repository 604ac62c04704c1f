"""Is the chart that was handed in an honest one? Works on the description that crosses the boundary; no figure is needed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from course.chart.lint import RULES, lint
from course.handin.checks import Misunderstanding

MOST = 3  # findings that one message names


def expect_honest(chart: Any, allow: Collection[str] = (), *, data: Any = None) -> None:
    """Stop with the gravest findings of the chart linter unless there are none.

    Args:
        chart: `answer.chart`, as `hand_in` rebuilt it; a figure does as well.
        allow: rules that do not matter in this task, by name, such as ["no source"]; `course.chart.lint.RULES` lists them.
        data: the data that the chart should show, to see whether a period was picked or an open bound drawn as exact.

    Errors: Misunderstanding with what is wrong, why it misleads and how to mend it; ValueError for a rule that there is not.
    """
    allow = [allow] if isinstance(allow, str) else list(allow)
    if unknown := [rule for rule in allow if rule not in RULES]:
        raise ValueError(f"There is no rule {unknown[0]!r}. The rules are: {', '.join(RULES)}.")
    if chart is None:
        raise Misunderstanding("There is no chart yet. Set the variable to the figure, without show().")
    try:
        found = lint(chart, data, allow=allow)
    except (TypeError, KeyError, ValueError, AttributeError, IndexError):
        kind = type(chart).__name__
        raise Misunderstanding(
            f"This is not a chart that can be read, but {kind}. Hand in the figure itself, as ranges(...) returns it."
        ) from None
    if found:
        told = [str(finding) for finding in found[:MOST]]
        rest = len(found) - MOST
        more = [f"And {rest} more: lint(figure) lists them all."] if rest > 0 else []
        raise Misunderstanding("\n  ".join([*told, *more]))
