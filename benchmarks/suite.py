"""What do the tests cost? Processor time by folder, and the twenty dearest tests.

    python -m benchmarks.suite                        # make test
    python -m benchmarks.suite -m prove tests/grading # whatever pytest takes

A test's time is what its process and the processes that it started and waited for have used since the test before, in user and
system mode; the clock of a busy machine does not matter. What several tests share is booked on the one that makes it or ends it.
"""

from __future__ import annotations

import resource
import sys
from collections import Counter
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

DEAREST = 20


def used() -> float:
    """Seconds that this process and those it has waited for have computed so far."""
    own, waited = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + waited.ru_utime + waited.ru_stime


class Meter:
    """In each process that runs tests: what each of them used. Where pytest reports: the sums."""

    def __init__(self) -> None:
        self.before = 0.0
        self.tests: Counter[str] = Counter()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.before = used()
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["collected"] = self.before
        else:
            self.tests["start and collection"] += self.before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Any:
        report = yield
        now = used()
        report.processor_seconds, self.before = now - self.before, now
        return report

    def pytest_testnodedown(self, node: Any) -> None:
        self.tests["start and collection"] += getattr(node, "workeroutput", {}).get("collected", 0)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.tests[report.nodeid] += report.processor_seconds

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        if not hasattr(config, "workerinput"):
            show(self.tests)


def show(tests: Counter[str]) -> None:
    folders: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    for nodeid, seconds in tests.items():
        path = nodeid.split("::")[0].split("/")
        folder = "/".join(path[: 2 if path[0] == "tests" else 1])
        folders[folder] += seconds
        numbers[folder] += "::" in nodeid
    whole = Table("folder", "tests", "seconds", title="Processor time", title_justify="left")
    for folder, seconds in folders.most_common():
        whole.add_row(folder, str(numbers[folder]), f"{seconds:.1f}")
    whole.add_row("all", str(sum(numbers.values())), f"{sum(tests.values()):.1f}")
    dearest = Table("test", "seconds", title="The dearest", title_justify="left")
    for nodeid, seconds in tests.most_common(DEAREST):
        dearest.add_row(nodeid, f"{seconds:.1f}")
    console = Console(width=None if sys.stdout.isatty() else 160, markup=False)
    for table in (whole, dearest):
        for column in table.columns[1:]:
            column.justify = "right"
        console.print(table)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Meter(), "meter")


if __name__ == "__main__":
    sys.exit(pytest.main(["-p", "benchmarks.suite", *(sys.argv[1:] or ["-m", "not prove"])]))
