"""How well the linter tells honest charts from misleading ones, on the gallery of `tests/chart/gallery.py`.

    python -m benchmarks.charts
    python -m benchmarks.charts --figures FOLDER

The gallery was drawn by the hand that wrote the rules, and much of it while they were written: its figures say that nothing broke. FOLDER
holds figures of somebody else, one a file: `draw()` gives the figure, SIDE is "honest" or "misleading", KIND its fault in words, RULES the
rules that would find it (none where any finding will do) and DATA what is behind it, or None; they are counted apart.

Prints one line a figure: what it is, which rule should find its fault, and what was found; then the two figures that count: false
alarms among the honest charts (any finding), and faults caught among the misleading ones (the rule that is named). Exit code 1 where
there is a false alarm or fewer than 19 of 20 faults are caught.
"""

from __future__ import annotations

import argparse
import runpy
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


def others(folder: Path, console: Console) -> None:
    """Print what the linter finds in the figures of somebody else."""
    table = Table("chart", "fault", "found", "result")
    quiet, caught, honest, misleading = 0, 0, 0, 0
    for path in sorted(folder.glob("*.py")):
        try:
            module = runpy.run_path(str(path))
            figure = module["draw"]()
        except (AttributeError, ImportError) as error:  # it is drawn with a library that is not here
            table.add_row(path.stem, "", str(error), "cannot be drawn here")
            continue
        found = list(dict.fromkeys(finding.rule for finding in lint(figure, module["DATA"])))
        plt.close("all")
        if module["SIDE"] == "honest":
            honest, quiet = honest + 1, quiet + (not found)
            result = "FALSE ALARM" if found else "quiet"
        else:
            good = bool(set(found) & set(module["RULES"]) or (found and not module["RULES"]))
            misleading, caught = misleading + 1, caught + good
            result = "caught" if good else "another finding" if found else "MISSED"
        table.add_row(path.stem, module["KIND"], ", ".join(found), result)
    console.print(table)
    console.print(
        f"By another hand, in {folder.name}: {quiet} of {honest} honest figures quiet, {caught} of {misleading} misleading ones caught."
    )


def main() -> int:
    """Print the table; 0 where the linter keeps to its limits, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figures", type=Path, help="a folder of figures by another hand")
    folder = parser.parse_args().figures
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
    if folder:
        others(folder, console)
    console.print(f"False alarms: {alarms} of {len(HONEST)} honest charts.")
    console.print(f"Caught: {caught} of {len(MISLEADING)} misleading charts; {beside} of them with a further finding.")
    return int(alarms > 0 or caught < LEAST * len(MISLEADING))


if __name__ == "__main__":
    raise SystemExit(main())
