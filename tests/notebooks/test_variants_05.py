"""Lesson 5: every drawn election can be solved, what the lesson takes for right is what the record says, and what can be defended earns its points."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from tools import variants

import course
from course.corpus import cases, load_case, load_world, quantity_of
from course.corpus.lessons import open_lesson
from course.quantity import Quantity, at_least, between, exactly, more_than

LESSON = "05-sums"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / LESSON / f"{LESSON}.ipynb"
CASES = ("bakhmut-2023", "flood")
NUMBER = re.compile(r"\d[\d,]*")
WORDS = {"third": 100 / 3, "half": 50, "three quarters": 75, "two fifths": 40, "60 percent": 60, "30 percent": 30}


@pytest.fixture(scope="module")
def cells() -> dict[str, NotebookNode]:
    return variants.cells_of(LESSON)


def answers(cells: variants.Cells, task: str, case: str, **known: Any) -> dict[str, Any]:
    worked = cells["worked"].source.rsplit("\n", 1)[0]
    return variants.answers(LESSON, worked, cells[f"a{task}"].source, case=case, **known)


def graded(
    cells: variants.Cells, tried: list[tuple[str, str]], who: list[tuple[str, str]] | None = None
) -> list[tuple[float, str]]:
    """(points, what is said) for each (task, answer); `who` has case and student of each."""
    persons = who or [("flood", "river")] * len(tried)
    given = [(task, *person, answer) for (task, answer), person in zip(tried, persons, strict=True)]
    before = cells["worked"], cells["calculator"], variants.drawing(cells)
    return [(points or 0, said) for points, _, said in variants.graded(cells, given, *before)]


def points(cells: dict[str, NotebookNode], *tried: tuple[str, str]) -> list[float]:
    return [earned for earned, _ in graded(cells, list(tried))]


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Widgets keep their state in the folder where the kernel runs."""
    monkeypatch.chdir(tmp_path)


# --- the transfer ------------------------------------------------------------------------------------------------------


def test_every_drawn_election_can_be_solved(cells: dict[str, NotebookNode], own_folder: None) -> None:
    students = {open_lesson(LESSON, "flood", name).draw("turnout").name: name for name in map(str, range(200))}
    assert sorted(students) == list(range(1, 9))
    who = [(CASES[number % 2], name) for number, name in students.items()]
    points_for_open = 'turnout, of_all, headline = 70, 35, "open"'
    found = graded(cells, [("5-11", "")] * 8 + [("5-11", points_for_open)], [*who, ("flood", students[5])])
    assert [earned for earned, _ in found] == [3] * 9
    assert "percent may have been meant as points" in found[-1][1]


def test_the_turnout_follows_from_the_text(cells: dict[str, NotebookNode]) -> None:
    for number, row in open_lesson(LESSON, "flood").table("turnout").iterrows():
        found = answers(cells, "5-11", "flood", election=row.rename(number))
        may, did = (int(one.replace(",", "")) for one in NUMBER.findall(row["text"])[:2])
        got = next(percent for words, percent in WORDS.items() if words in row["text"].split("Headline")[0])
        assert found["turnout"] == pytest.approx(100 * did / may)
        assert found["of_all"] == pytest.approx(got * did / may)
    verdicts = [answers(cells, "5-11", "flood", election=row.rename(n))["headline"] for n, row in
                open_lesson(LESSON, "flood").table("turnout").iterrows()]  # fmt: skip
    assert {verdict: verdicts.count(verdict) for verdict in set(verdicts)} == {"holds": 3, "fails": 3, "open": 2}


# --- the record --------------------------------------------------------------------------------------------------------

# Rows that tell of more claims than the one that they rest on.
ALSO = {
    "triples claim": ["U002"], "lines 2": ["U058"], "lines 4": ["U080"], "lines 6": ["U080"], "sums A": ["U051"], "sums B": ["U081"],
    "sums D": ["U027"], "sums E": ["U079"], "sums F": ["U048"], "pairs 1": ["U001", "U002"], "pairs 2": ["U081"], "pairs 3": ["U002"],
    "pairs 5": ["U071"], "slips a": ["U001", "U002"], "slips d": ["U002"], "ask v": ["U081"], "ask w": ["U085"],
}  # fmt: skip
# What a line concludes itself, or made up so that it can be checked.
OWN = {"sums A": {88}, "sums E": {8505}, "slips c": {70}, "lines 1": {18}}


def test_the_numbers_of_the_case_are_on_record() -> None:
    rows = {row["id"]: row for name in cases() for _, row in load_case(name).claims.iterrows()}
    digests = {row["id"]: load_case("bakhmut-2023").report(row["id"]).text for _, row in load_case("bakhmut-2023").reports.iterrows()}  # fmt: skip
    lesson = open_lesson(LESSON, "bakhmut-2023")
    for table in ("triples", "lines", "halves", "percent", "sums", "pairs", "slips", "ask"):
        for key, row in lesson.table(table).iterrows():
            name = f"{table} {key}"
            if not row["rests_on"] or (table == "triples" and key != "claim"):
                continue
            parts = [row["rests_on"], *ALSO.get(name, [])]
            told = " ".join(digests[one] if one in digests else " ".join(map(str, rows[one])) for one in parts)
            known = {float(one.replace(",", "").rstrip(".")) for one in re.findall(r"\d[\d,]*\.?\d*", told)}
            known |= {end for one in parts if one in rows for end in _ends(quantity_of(rows[one]))} | OWN.get(
                name, set()
            )
            numbers = {int(one.replace(",", "").strip() or 0) for one in NUMBER.findall(row["text"])}
            dates = {2023, 2022, 2024, 1, 30}
            assert numbers - dates <= known, f"{name}: {numbers - dates - known} is not on record"


def _ends(quantity: Quantity) -> set[float]:
    return {float(end) for end in (quantity.lower, quantity.upper, quantity.whole) if end is not None}


def test_what_follows_in_each_line_is_interval_arithmetic_on_the_record(cells: dict[str, NotebookNode]) -> None:
    claims = load_case("bakhmut-2023").claims.set_index("id")
    found = answers(cells, "5-2", "bakhmut-2023")["follows"]
    assert found[2] == quantity_of(claims.loc["U057"]) - quantity_of(claims.loc["U058"])
    missiles = quantity_of(claims.loc["U085"])
    assert found[1] == exactly(missiles.whole or 0) - (missiles.lower or 0)
    received = quantity_of(claims.loc["U081"]) / 100 * quantity_of(claims.loc["U080"])
    assert found[6] == "open" and (received.lower, received.upper) == (None, None)


@pytest.mark.parametrize("case", CASES)
def test_the_lines_that_fit_the_claim_are_those_that_keep_its_limits_and_its_sum(cells: dict[str, NotebookNode], case: str) -> None:  # fmt: skip
    found = answers(cells, "5-1", case)
    record = load_case(case) if case == "bakhmut-2023" else load_world(case)
    first, second = open_lesson(LESSON, case).table("estimate").text["claims"].split()[:2]
    whole, part = (quantity_of(course.row_of(record, one)) for one in (first, second))
    fits = []
    for letter, row in open_lesson(LESSON, case).table("triples").iloc[1:].iterrows():
        total, dead, rest = (int(one.replace(",", "")) for one in NUMBER.findall(row["text"]))
        if total in whole and dead in part and dead + rest == total:
            fits.append(letter)
    assert found["fit"] == fits == ["q", "r", "s"]
    assert found["difference"] == whole - part == Quantity()


@pytest.mark.parametrize("case", CASES)
def test_shares_and_percentages_are_those_that_the_course_finds(cells: dict[str, NotebookNode], case: str) -> None:
    found = answers(cells, "5-4", case)
    assert (found["half_said"], found["half_copied"]) == {"bakhmut-2023": (10_000, 50_000), "flood": (150, 6_000)}[case]
    texts = open_lesson(LESSON, case).table("percent")["text"]
    x, y = (int(NUMBER.findall(re.sub(r"\b20\d\d\b", "", texts[one]))[0].replace(",", "")) for one in "xy")
    percent = course.percent_of_what(41, x, y)
    said = answers(cells, "5-6", case)
    assert percent.fits == "less" and said["of"] == "y"
    assert (round(percent.more.lower or 0), round(percent.less.lower or 0)) == (said["more"], said["less"])


def test_the_conclusions_are_what_the_course_finds() -> None:
    case = load_case("bakhmut-2023")
    row = {name: quantity_of(case.claims.set_index("id").loc[name]) for name in ("U027", "U048", "U051", "U052", "U077", "U079")}  # fmt: skip
    assert round(100 * (row["U052"].lower or 0) / 19_547) == 88  # A holds
    assert 98_000 not in between(8_000, 94_000)  # C fails
    assert row["U027"] / 2 == course.about(4_500)  # D holds
    assert row["U077"] - row["U079"] == Quantity()  # E is open
    assert row["U048"].overlaps(row["U051"])  # F holds, and they do not go back to one origin
    assert len(course.independent_sources(case, ["U048", "U051"])) == 2
    assert len(course.independent_sources(case, ["U015", "U023"])) == 1  # G: one series


def test_the_flood_tells_what_its_world_tells() -> None:
    world = load_world("flood")
    claims = world.claims.set_index("id")
    texts = " ".join(world.report(f"flood-{number:02}").text for number in range(1, 25))
    assert quantity_of(claims.loc["F01"]) == more_than(12_000) and quantity_of(claims.loc["F02"]) == more_than(300)
    assert "11,700" in world.report("flood-18").text
    for words in ("3,470", "2,040", "41 per cent", "304", "298", "13,000 tonnes", "600 square kilometres", "700 campers",
                  "no more than 400", "31 in Corrance and 55 in Wendry", "140 percent of its orders", "612", "17,000", "114"):  # fmt: skip
        assert words in texts, words
    assert round(100 * 298 / 304) == 98 and 320 - 16 == 304 and 31 + 55 == 86
    assert at_least(217).overlaps(more_than(300)) and at_least(300) - at_least(217) == Quantity()


# --- other readings, and careless answers ------------------------------------------------------------------------------


OWN_WORDS = """
bars = {"All": whole, "Dead": at_least(301), "Half of all": whole * about(0.5), "half of the dead": about(150)}
wholes = {"Dead": "All", "Half of all": "All", "half of the dead": "Dead"}
figure = nested_bars(bars, part_of=wholes, title="Half?", unit="people of Corrance", source="Water Board")
words = "Odile Wrenfield of the board puts the affected above 12 000. Over 300 are dead, and it may be more: 150 and 6,000 are the halves."
"""


def test_what_can_be_defended_earns_full_credit(cells: dict[str, NotebookNode], own_folder: None) -> None:
    one = 'difference, fit = {}, ("s", "R", "q")'
    two = "follows = {{1: 3, 2: between(10_160, 12_020), 3: at_least(7), 4: about(10), 5: about({}), 6: {}}}"
    three = "percent = lambda part, whole: None if not whole or part > whole else {}"
    given = [
        *(("5-1", one.format(reading)) for reading in ('"open"', "at_least(0)", "part - part")),
        *(("5-2", two.format(*ways)) for ways in ((13, "at_least(0)"), ("40 * 0.33", "up_to(1 / 3) * at_least(40)"))),
        *(("5-3", three.format(way)) for way in ("round(part / whole * 100)", "part / whole * 100")),
        ("5-4", "half_said, half_copied, times = about(0.5) * part, about(6_000), exactly(40)"),
        ("5-5", OWN_WORDS),
        ("5-6", 'more, less, of = 70.1, -41.2, "Y"'),
        ("5-8", 'why = {"1": "Slip", "2": "period", "3": "counted", "4": "base", "5": "later"}'),
    ]
    assert points(cells, *given) == [3, 3, 3, 4, 4, 3, 3, 2, 4, 2, 2]


def test_the_calculator_is_as_good_as_typing_and_untouched_is_no_answer(
    cells: dict[str, NotebookNode], own_folder: None
) -> None:
    letters = 'difference, fit = None, ["q", "r", "s"]'
    by_hand = (
        'calculator.state = {**calculator.state, "a_hedge": "more than", "a_number": "12,000", "b_hedge": "more than", '
        f'"b_number": "300"}}\n{letters}'
    )
    (untouched, said), (used, _) = graded(cells, [("5-1", letters), ("5-1", by_hand)])
    assert (untouched, used) == (2, 3) and "Still without an answer: difference." in said


def test_a_careless_answer_loses_only_its_own_part(cells: dict[str, NotebookNode], own_folder: None) -> None:
    source = cells["a5-5"].source
    given = {
        ("5-3", "percent = lambda part, whole: 100 * part / whole"): 2,
        ("5-5", source.replace("words = (", "words = None\n_ = (")): 2.5,
        ("5-5", source + "\nfigure, words = None, 'More than 12,000 affected, says the board.'"): 0.6,
        ("5-7", 'verdicts, trust = None, "F"'): 0.6,
        ("5-7", "verdicts, trust = {'A': 'Holds '}, None"): 0.3,
        ("5-8", "why = {1: 'slip', 2: None, 3: 'LIE', 4: 'base'}"): 0.8,
    }
    assert points(cells, *given) == list(given.values())


def test_another_form_meets_a_kind_message(cells: dict[str, NotebookNode], own_folder: None) -> None:
    given = {
        ("5-1", "difference, fit = more_than(12, 000), None"): "20_000 for 20,000",
        ("5-1", "fit = None\ndifference = more_than(12_000) - more_than(300),"): "Look for a comma",
        ("5-1", "difference, fit = None, 'q, r, s'"): "list of letters",
        ("5-2", "follows = {1: 'three'}"): "write a quantity",
        ("5-2", "follows = {4: about(10, 000)}"): "write a quantity",
        ("5-3", "def percent(part, whole):\n    print(part / whole)"): "Is there a return?",
        ("5-4", "half_said, half_copied, times = 150, (6, 000), 40"): "20_000 for 20,000",
        ("5-5", "figure, words = 'my chart', None"): "drawn with nested_bars",
        ("5-6", "more, less, of = '70 %', 41, 'y'"): "bare numbers",
        ("5-7", "verdicts, trust = {'A': 'true'}, 'F'"): "Use only these words",
        ("5-8", "why = {1: 'mistake'}"): "Use only these words",
        ("5-11", "turnout, of_all, headline = 40, 30, 'yes'"): "Use holds, fails or open.",
    }
    for (earned, said), words in zip(graded(cells, list(given)), given.values(), strict=True):
        assert earned == 0 and words in said and "could not read" not in said, words
