"""How well the linter tells honest charts from misleading ones, on the gallery of `tests/chart/gallery.py`.

    python -m benchmarks.charts

Prints one line a figure: what it is, which rule should find its fault, and what was found; then the two figures that count: false
alarms among the honest charts (any finding), and faults caught among the misleading ones (the rule that is named). Exit code 1 where
there is a false alarm or fewer than 19 of 20 faults are caught.
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from rich.console import Console
from rich.table import Table

from course.chart import lint

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))  # as in pyproject.toml, for the tests
from chart.gallery import HONEST, MISLEADING, Case

LEAST = 19 / 20


def found_in(case: Case) -> list[str]:
    """The rules that have a finding in the figure of `case`."""
    figure = case.draw()
    try:
        return list(dict.fromkeys(finding.rule for finding in lint(figure, case.data)))
    finally:
        plt.close("all")


def main() -> int:
    """Print the table; 0 where the linter keeps to its limits, else 1."""
    plt.switch_backend("agg")
    console = Console(width=120)
    table = Table("chart", "fault", "found", "result")
    alarms = 0
    for case in HONEST:
        found = found_in(case)
        alarms += bool(found)
        table.add_row(case.name, "", ", ".join(found), "FALSE ALARM" if found else "quiet")
    table.add_section()
    caught, beside = 0, 0
    for case in MISLEADING:
        found = found_in(case)
        caught += case.rule in found
        beside += bool(set(found) - {case.rule})
        table.add_row(case.name, case.rule, ", ".join(found), "caught" if case.rule in found else "MISSED")
    console.print(table)
    console.print(f"False alarms: {alarms} of {len(HONEST)} honest charts.")
    console.print(f"Caught: {caught} of {len(MISLEADING)} misleading charts; {beside} of them with a further finding.")
    return int(alarms > 0 or caught < LEAST * len(MISLEADING))


if __name__ == "__main__":
    raise SystemExit(main())
