"""Sides swapped: one for one, whole words, and back again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.corpus import Report, cases, load_case
from course.corpus.swap import SWAPPED, swap_sides
from course.corpus.worlds import load_world, worlds

TWO_SIDED = ("bakhmut-2023", "karabakh-2020")
REPORTS = [load_case(name).report(id) for name in TWO_SIDED for id in load_case(name).reports["id"]]
REPORTS += [load_world(name).report(id) for name in worlds() for id in load_world(name).reports["id"]]


def _digest(text: str, case: str = "bakhmut-2023") -> Report:
    return Report(id="own", text=text, title="A title", outlet="BBC Russian", kind="digest", case=case)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: f"{report.case}-{report.id}")
def test_swapped_twice_is_the_report_itself(report: Report) -> None:
    swapped = swap_sides(report)
    assert swapped != report
    assert swap_sides(swapped) == report


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("Russia's army and Ukraine's.", "Ukraine's army and Russia's."),
        (
            "Russian and Ukrainian soldiers, Russians, Ukrainians.",
            "Ukrainian and Russian soldiers, Ukrainians, Russians.",
        ),
        ("Moscow and Kyiv; the Kremlin.", "Kyiv and Moscow; the Ukrainian presidency."),
        ("AntiRussian, Ukrainians-only, Russiagate.", "AntiRussian, Russians-only, Russiagate."),
        ("BBC Russian and the Kyiv Independent say so.", "BBC Russian and the Kyiv Independent say so."),
        ("russia and RUSSIA", "russia and RUSSIA"),
        ("no name at all", "no name at all"),
    ],
)
def test_names_change_places_and_nothing_else(text: str, swapped: str) -> None:
    assert swap_sides(_digest(text)).text == swapped


def test_longer_names_go_first_in_a_practice_world() -> None:
    text = "Colonel Oriel Tammary of Cassivar met Brigadier Jevan Orlock; Tammary left Quorin."
    swapped = swap_sides(_digest(text, "border")).text
    assert swapped == "Brigadier Jevan Orlock of Pellandra met Colonel Oriel Tammary; Orlock left Ustalle."


@given(st.lists(st.sampled_from(["Russia", "Ukraine", "Russian", "Ukrainian", "Kyiv", "Moscow", "Kremlin", "BBC Russian", "presidency", "Independent", "'s ", " ", ", ", "a", "\n\n", "-", "“", "."])))  # fmt: skip
def test_swap_is_its_own_reverse_or_says_why_not(parts: list[str]) -> None:
    report = _digest("".join(parts))
    try:
        swapped = swap_sides(report)
    except ValueError as error:
        assert "cannot be swapped one for one" in str(error)
        return
    assert swap_sides(swapped) == report
    names = r"(?<!\w)(?:Russian?|Ukrain(?:e|ian)|Moscow|Kyiv|Kremlin)(?!\w)"
    assert bool(re.search(names, report.text)) == bool(re.search(names, swapped.text))


@given(st.text())
def test_any_text_without_a_name_stays_as_it_is(text: str) -> None:
    report = _digest(re.sub(r"Russia|Ukrain|Kyiv|Moscow|Kremlin", "", text))
    assert swap_sides(report).text == report.text


def test_words_that_would_run_together_are_refused() -> None:
    # "Russian presidency" would become "Ukrainian presidency", which is the Kremlin's counterpart: no way back.
    with pytest.raises(ValueError, match="Russian presidency"):
        swap_sides(_digest("The Russian presidency said so."))


def test_swapped_report_says_that_nobody_reported_it() -> None:
    swapped = swap_sides(load_case("bakhmut-2023").report("wion"))
    assert swapped.title.startswith(SWAPPED) and "nobody" in SWAPPED
    assert swapped.id == "wion-swapped"
    assert SWAPPED.strip() in swapped._repr_markdown_()


def test_numbers_and_order_stay() -> None:
    for report in REPORTS:
        assert re.findall(r"\d[\d,.]*", swap_sides(report).text) == re.findall(r"\d[\d,.]*", report.text)


@pytest.mark.parametrize("name", [name for name in cases() if name not in TWO_SIDED])
def test_case_without_two_sides_says_so(name: str) -> None:
    case = load_case(name)
    with pytest.raises(ValueError, match=f"{name}.*no two sides to swap"):
        swap_sides(case.report(case.reports["id"].iloc[0]))


def test_own_article_has_no_known_sides() -> None:
    article = replace(_digest("Russia said so."), case="", kind="article")
    with pytest.raises(ValueError, match="belongs to no case"):
        swap_sides(article)
