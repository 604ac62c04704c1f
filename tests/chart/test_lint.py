"""The linter: quiet about honest charts, and no fault of the gallery missed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from chart.gallery import HONEST, MISLEADING, Case

from course.chart import describe, lint
from course.chart.lint import RULES


@pytest.fixture(autouse=True)
def no_figure_stays_open() -> Iterator[None]:
    yield
    plt.close("all")


def rules(case: Case) -> set[str]:
    return {finding.rule for finding in lint(case.draw(), case.data)}


def test_the_gallery_is_large_enough() -> None:
    assert len(HONEST) >= 20 and len(MISLEADING) >= 20
    assert {case.rule for case in MISLEADING} == set(RULES) - {"nothing drawn"}


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.name)
def test_no_false_alarm(case: Case) -> None:
    assert [str(finding) for finding in lint(case.draw(), case.data)] == []


def test_at_least_nineteen_of_twenty_faults_are_caught() -> None:
    missed = [case.name for case in MISLEADING if case.rule not in rules(case)]
    plt.close("all")
    assert len(missed) <= len(MISLEADING) / 20, missed


@pytest.mark.parametrize("case", MISLEADING, ids=lambda case: case.name)
def test_a_finding_says_what_and_why_and_how_to_mend_it(case: Case) -> None:
    finding = next(finding for finding in lint(case.draw(), case.data) if finding.rule == case.rule)
    assert all(
        (text.endswith((".", ")")) and text[:1].isupper()) or text[:1] in "“" for text in (finding.what, finding.why)
    )
    assert finding.mend and str(finding).endswith(finding.mend)


@pytest.mark.parametrize("case", [*HONEST, *MISLEADING], ids=lambda case: case.name)
def test_the_description_tells_as_much_as_the_figure(case: Case) -> None:
    figure = case.draw()
    crossed = json.loads(json.dumps(describe(figure)))
    assert lint(crossed, case.data) == lint(figure, case.data)


def test_what_is_allowed_is_not_found() -> None:
    case = next(case for case in MISLEADING if case.rule == "no source")
    figure = case.draw()
    assert [finding.rule for finding in lint(figure)] == ["no source"]
    assert lint(figure, allow="no source") == lint(figure, allow=["no source"]) == []


def test_the_gravest_comes_first() -> None:
    figure, axes = plt.subplots()
    axes.bar(["a", "b"], [20.5, 21.25])
    axes.set_ylim(20, 22)
    found = [finding.rule for finding in lint(figure)]
    assert found == ["bars not from zero", "no label", "no label", "no source"]


def test_a_panel_is_named_where_there_are_several() -> None:
    figure, (left, right) = plt.subplots(1, 2)
    for axes in (left, right):
        axes.bar(["a", "b"], [20, 21])
        axes.set(title="T", ylabel="Deaths (persons)")
    right.set_ylim(19, 22)
    (finding,) = lint(figure, allow=["no source", "two scales"])
    assert finding.panel == 2 and str(finding).startswith("Panel 2: ")


def test_mending_what_is_said_mends_it() -> None:
    figure, axes = plt.subplots()
    axes.bar(["a", "b"], [20, 21])
    axes.set_ylim(19, 22)
    axes.set(title="Deaths by side", ylabel="Deaths")
    figure.text(0, 0, "Source: made up")
    assert [finding.rule for finding in lint(figure)] == ["bars not from zero"]
    axes.set_ylim(0, 22)
    assert lint(figure) == []


def test_an_empty_figure_has_nothing_drawn() -> None:
    assert [finding.rule for finding in lint(plt.figure())] == ["nothing drawn"]
    assert [finding.rule for finding in lint(plt.subplots()[0])] == ["nothing drawn"]


@pytest.mark.parametrize("thing", [None, "chart", 5, {}, {"panels": 3}, {"panels": ["a"]}, pd.DataFrame()])
def test_what_is_no_chart_is_named(thing) -> None:
    with pytest.raises(TypeError, match="figure"):
        lint(thing)


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(ValueError, match="no rule 'beauty'"):
        lint(plt.figure(), allow=["beauty"])


def test_data_of_another_kind_do_no_harm() -> None:
    figure = HONEST[10].draw()
    for data in (None, 5, "data", pd.DataFrame(), pd.DataFrame({"a": ["x"] * 9}), pd.Series(dtype=float), [1, 2]):
        assert lint(figure, data) == []
