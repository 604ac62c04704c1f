"""What is tried when: `make test` tries every behaviour once, `make prove` all the rest, and how two processes share it.

A test is marked `prove` here, in one place, by its address. A property is tried by both: on a few examples, then on many.
"""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

LATER_LESSONS = r"\[(0[2-9]|10)-"
PROVE = re.compile(
    "|".join(
        (
            # every lesson with every simulated student: `make test` takes the first
            rf"end_to_end/test_class\.py::.*{LATER_LESSONS}",
            rf"grading/test_class\.py::.*{LATER_LESSONS}",
            rf"notebooks/test_choice\.py::test_the_flood.*{LATER_LESSONS}",
            # the hostile corpus
            r"hostile/test_hostile\.py::(?!test_every_kind)",
            # kills, and what stands on other machines
            r"grading/test_(interrupted|nothing_lost|cluster|postgres)\.py",
            r"batch/test_cluster\.py",
            r"batch/test_folder\.py::.*(killed|worker|thousands)",
            r"hub/test_(hub|lti)\.py",
            # every way through the browser: `make test` takes one of each
            r"browser/test_formgrader\.py",
            r"browser/test_lesson\.py::.*keyboard",
            r"browser/test_widgets_(marker|panels)\.py::.*(tab_leads|dark|200_percent|picture|3000_words)",
            r"site/test_site\.py::test_axe",
            # mutations of charts, and large ones
            r"chart/test_every_chart\.py::.*(400|ten_thousand|any_title)",
            r"test_packaging\.py::test_wheel",
        )
    )
)

ELSEWHERE = re.compile(r"macOS|Windows|Python 3\.\d+")

# A property's examples; CI tries the same each time, and new ones are found where people work. Speed is measured in benchmarks/.
for name, number in (("few", 25), ("many", 300)):
    settings.register_profile(name, deadline=None, derandomize=os.environ.get("CI") == "true", max_examples=number)


def examples(many: int) -> settings:
    """For a dear property: `many` examples in `make prove`, a tenth of them in `make test`."""
    return settings(max_examples=many if settings.get_current_profile_name() == "many" else max(5, many // 10))


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("many" if "hypothesis" in config.option.markexpr else "few")


def pytest_itemcollected(item: pytest.Item) -> None:
    if PROVE.search(item.nodeid):
        item.add_marker("prove")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The dearest modules begin, so that no process is left alone with one of them."""
    items.sort(key=lambda item: -dearness(piece(item.nodeid)))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything is there: what is skipped all the same belongs to another system or Python, or the run fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped"):
        reasons = {str(report.longrepr[2]) for report in reporter.stats["skipped"]}
        if wrong := sorted(reason for reason in reasons if not ELSEWHERE.search(reason)):
            reporter.write_line("\nNothing may be skipped in CI for a reason like this:\n" + "\n".join(wrong), red=True)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


# What is one piece of work where that is less than a module, or more: lessons that have nothing in common, and modules that share a server.
LESSON = re.compile(
    r"(?P<module>(end_to_end|grading)/test_class\.py|notebooks/test_(choice|released)\.py)::[^[]*\[(?P<lesson>\d\d-[\w-]*)"
)
LAB = re.compile(r"browser/test_(lesson|widgets_marker|widgets_panels)\.py")
# Roughly the seconds of a piece; `python -m benchmarks.suite` measures them.
SECONDS = (
    (r"test_hostile", 90),
    (r"end_to_end|test_interrupted|hub/test_hub|lab$", 60),
    (r"test_folder|test_site|test_lint|test_nothing_lost|batch/test_cluster", 40),
    (r"grading|browser|hub|test_every_chart", 20),
    (r"notebooks", 8),
)


def piece(nodeid: str) -> str:
    """The piece of work that a test belongs to."""
    if lesson := LESSON.search(nodeid):
        return f"{lesson['module']} {lesson['lesson']}"
    return "lab" if LAB.search(nodeid) else nodeid.split("::")[0]


def dearness(name: str) -> float:
    return next((seconds for words, seconds in SECONDS if re.search(words, name)), 1)


class Pieces(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return piece(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Pieces | None:
    return Pieces(config, log) if config.option.dist == "loadscope" else None
