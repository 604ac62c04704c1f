"""Specimens are drawn as their rows say, so that the linter finds the fault that was asked for and no other."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from course.chart import data_table, describe, lint, text_alternative
from course.chart.specimens import specimens

PLAIN = {
    "title": "Boats seen", "draws": "bars", "names": "Monday; Tuesday", "values": "40; 50", "low": "", "high": "", "begins_at": 0,
    "upside_down": "", "axis": "Boats (number)", "note": "", "source": "invented",
}  # fmt: skip
WHISKERS = {**PLAIN, "draws": "whiskers", "names": "", "values": "47", "low": "40", "high": "55"}


def chart(row: dict[str, Any], **changed: Any) -> Any:
    return specimens(pd.DataFrame([{**row, **changed}], index=["a"]))


@pytest.mark.parametrize(
    ("row", "changed", "rules"),
    [
        (PLAIN, {}, []),
        (PLAIN, {"begins_at": 30}, ["bars not from zero"]),
        (PLAIN, {"begins_at": 30, "draws": "dots"}, []),
        (PLAIN, {"upside_down": "yes"}, ["upside down"]),
        (PLAIN, {"axis": "Boats"}, []),
        (PLAIN, {"axis": "Loss"}, ["no unit"]),
        (PLAIN, {"axis": "Loss in Corrance"}, ["no unit"]),
        (PLAIN, {"axis": ""}, ["no label"]),
        (PLAIN, {"source": ""}, ["no source"]),
        (PLAIN, {"names": "Monday: more than 40; Tuesday"}, ["open bound drawn as exact"]),
        (WHISKERS, {}, ["unexplained whiskers"]),
        (WHISKERS, {"note": "Whiskers: 95 % interval."}, []),
        (WHISKERS, {"values": ""}, ["unexplained whiskers"]),
        (WHISKERS, {"values": "", "high": ""}, []),
    ],
)
def test_the_linter_finds_the_fault_that_was_drawn(
    row: dict[str, Any], changed: dict[str, Any], rules: list[str]
) -> None:
    assert [finding.rule for finding in lint(chart(row, **changed))] == rules


def test_one_row_and_several_show_the_same_numbers() -> None:
    table = pd.DataFrame([PLAIN, WHISKERS, {**PLAIN, "draws": "dots"}, PLAIN], index=list("abcd"))
    figure = specimens(table)
    panels = describe(figure)["panels"]
    assert [panel["title"][:2] for panel in panels] == ["a.", "b.", "c.", "d."]
    assert {panel["source"] for panel in panels} == {"invented"}
    assert data_table(specimens(table.loc["a"]))["value"].tolist() == [40, 50]
    assert describe(specimens(table.loc["a"]))["title"] == "Boats seen"
    rows = data_table(figure)
    assert rows[rows["panel"] == 2][["low", "high"]].dropna().to_numpy().tolist() == [[40, 55]]
    assert "Error bars on 1 point from 40 to 55" in text_alternative(figure)
    assert "Points: Monday: 40; Tuesday: 50." in text_alternative(figure)


def test_an_end_that_is_not_given_is_an_arrow_and_no_number() -> None:
    for ends, bound in (({"high": ""}, 40), ({"low": ""}, 55)):
        (panel,) = describe(chart(WHISKERS, values="", **ends))["panels"]
        assert panel["arrows"] and not panel["errors"]
        assert [series["x"] for series in panel["points"]] == [[bound]]


@pytest.mark.parametrize(
    ("changed", "message"), [({"draws": "cakes"}, "bars, dots, whiskers"), ({"values": "40; many"}, "no number")]
)
def test_a_row_that_cannot_be_drawn_is_answered(changed: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        chart(PLAIN, **changed)
