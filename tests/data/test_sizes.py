"""There is enough to read."""

from __future__ import annotations

from course.corpus import Case, cases, load_world, worlds

DIGESTS = {"bakhmut-2023": 24}  # in any other case, at least 4


def test_there_are_digests_enough_in_every_case(case: Case) -> None:
    assert len(case.reports) >= DIGESTS.get(case.name, 4)


def test_there_are_five_cases_and_two_worlds() -> None:
    assert len(cases()) >= 5 and set(DIGESTS) < set(cases())
    assert worlds() == ["border", "flood"]


def test_worlds_have_twenty_reports_each_and_every_one_its_counterpart() -> None:
    border, flood = (load_world(name).reports.set_index("id")["counterpart"] for name in worlds())
    assert len(border) == len(flood) >= 20
    assert dict(border) == {two: one for one, two in flood.items()}
