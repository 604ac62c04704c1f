"""Lesson 6: every drawn crowd can be solved, what the lesson takes for right is what the record says, and careless answers cost only their own part."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat import NotebookNode
from tools import variants

import course
from course.chart.gate import Incomparable
from course.compare import all_comparable, ratio_of_extremes, silences, spread
from course.corpus import cases, load_case, load_world
from course.corpus.lessons import open_lesson

LESSON = "06-side-by-side"
CASES = ("bakhmut-2023", "flood")
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / LESSON / f"{LESSON}.ipynb"
CLAIMS = {row["id"]: row for name in cases() for row in load_case(name).claims.to_dict("records")}
REPLIES = pd.concat([load_case(name).replies for name in cases()])


@pytest.fixture(scope="module")
def cells() -> dict[str, NotebookNode]:
    return variants.cells_of(LESSON)


def answers(cell: NotebookNode, case: str = variants.REAL, **known: Any) -> dict[str, Any]:
    return variants.answers(LESSON, cell.source, case=case, pd=pd, **known)


def graded(
    cells: variants.Cells, task: str, tried: list[tuple[str, str, str]], *before: str
) -> list[tuple[float, float, str]]:
    """(points, of how many, what was said) of one task for each (case, student, answer)."""
    return variants.graded(cells, [(task, *one) for one in tried], *(cells[name] for name in before))


def test_every_drawn_crowd_can_be_solved(cells: dict[str, NotebookNode]) -> None:
    students = {open_lesson(LESSON, "flood", name).draw("crowds").name: name for name in map(str, range(200))}
    assert sorted(students) == list(range(1, 9))
    draw = next(name for name, cell in cells.items() if "lesson.draw(" in cell.source)
    tried = [(CASES[number % 2], name, "") for number, name in students.items()]
    assert [found[:2] for found in graded(cells, "6-11", tried, draw)] == [(3, 3)] * 8


def test_the_ratio_of_a_crowd_follows_from_its_words(cells: dict[str, NotebookNode]) -> None:
    aspects = []
    for number, crowd in open_lesson(LESSON, "flood").table("crowds").iterrows():
        space = answers(cells["a6-11"], "flood", crowd=crowd.rename(number))
        said = dict(re.findall(r"([ABC]): (.*?)(?= [BC]: |$)", crowd["text"]))
        numbers = [
            int(re.search(r"\d+,\d{3}", said[letter])[0].replace(",", ""))  # type: ignore[index]
            for letter in space["together"]
        ]
        assert space["times"] == round(max(numbers) / min(numbers), 1), crowd["text"]
        aspects.append(space["odd_one"])
    assert set(aspects) == {"measure", "definition", "period", "scope", "population"}


def test_the_claims_are_those_on_record() -> None:
    lesson = open_lesson(LESSON, "bakhmut-2023")
    for table in ("worked", "rivals", "battle"):
        for row in lesson.claims(table).to_dict("records"):
            wanted = CLAIMS[row["rests_on"]]
            for column in set(row) & set(wanted) - {"id"}:
                one, two = row[column], wanted[column]
                assert (pd.isna(one) and pd.isna(two)) or one == two, f"{table} {row['id']}: {column}"


def test_every_figure_of_the_real_case_is_in_the_claims_that_a_line_rests_on() -> None:
    lesson = open_lesson(LESSON, "bakhmut-2023")
    ours = {"23,400"}  # the middle, in a sentence that may not be printed
    for name in ("pairs", "worked", "sentences", "halfway", "printable", "answers", "agreements"):
        for key, row in lesson.table(name).iterrows():
            others = ["I012"] if name == "printable" else [] if name != "sentences" else ["U073"]
            ids = [row["rests_on"], row.get("beside", ""), *others]
            known = " ".join(str(value) for id in ids if id for value in CLAIMS[id].values())
            figures = {f.replace(",", "") for f in set(re.findall(r"\d[\d,]*\d{2}|\d{2,3}", row["text"])) - ours}
            figures -= {f"20{year:02}" for year in range(100)}  # years stand in the dates
            text = row["text"]
            days = set(re.findall(r"\b(\d{1,2}) (?:[A-Z]|and)", text))
            missing = {f for f in figures - days if f not in re.sub(r"[,.]0\b|,", "", known)}
            assert not missing, f"{name} {key}: {missing} in {text}"


def test_the_pairs_differ_in_what_the_lesson_says(cells: dict[str, NotebookNode]) -> None:
    apart = answers(cells["a6-1"])["apart"]
    for letter, row in open_lesson(LESSON, "bakhmut-2023").table("pairs").iterrows():
        found = all_comparable([CLAIMS[row["rests_on"]], CLAIMS[row["beside"]]])
        aspects = set(found.aspects)
        if "measure" in aspects:  # then the definitions differ anyway
            aspects -= {"definition"}
        assert aspects == set(apart[letter]) - {"nothing"}, f"{letter}: {found}"


@pytest.mark.parametrize("case", CASES)
def test_only_two_pairs_of_the_rivals_may_be_compared(case: str, cells: dict[str, NotebookNode]) -> None:
    rivals = open_lesson(LESSON, case).claims("rivals").set_index("id", drop=False)
    pairs = [two for two in combinations(rivals["id"], 2) if all_comparable(rivals.loc[list(two)])]
    assert pairs == [("C", "D"), ("G", "H")]
    assert rivals["side"]["G"] != rivals["side"]["H"] and rivals["side"]["C"] == rivals["side"]["D"]
    assert all_comparable(rivals.loc[["E", "F"]]).aspects == ("period",)
    earlier, later = rivals.loc["E"], rivals.loc["F"]
    assert earlier["period_end"] < later["period_end"] and earlier["lower"] > later["upper"]
    chosen = answers(cells["a6-2"], case)
    assert (chosen["chosen"], chosen["keeps_apart"], chosen["gap_would_be"]) == (["G", "H"], "period", "not smaller")


@pytest.mark.parametrize("case", CASES)
def test_the_same_days_close_most_of_the_worked_gap(case: str) -> None:
    worked = open_lesson(LESSON, case).claims("worked")
    before, after = (ratio_of_extremes(worked.iloc[[0, other]]) for other in (1, 2))
    assert before.ratio.upper > 1.8 and after.ratio.upper < 1.2  # type: ignore[operator]
    assert "period" in before.comparability.aspects  # type: ignore[union-attr]
    assert after.comparability is not None and not after.comparability and "period" not in after.comparability.aspects


@pytest.mark.parametrize("case", CASES)
def test_the_gate_stops_the_battle_for_four_reasons(case: str, cells: dict[str, NotebookNode]) -> None:
    battle = open_lesson(LESSON, case).claims("battle")
    with pytest.raises(Incomparable) as stopped:
        course.lanes(battle)
    assert [reason.split(":")[0] for reason in stopped.value.reasons] == ["Measure", "Period", "Scope", "Population"]
    assert "not stated" not in str(stopped.value)
    assert len(spread(battle, "population").groups) == 4
    found = answers(cells["a6-6"], case, battle=battle)
    assert found["open_above"] == list(battle.loc[battle["upper"].isna(), "id"])
    assert course.describe(found["figure"])["panels"][0]["caveat"] in course.text_alternative(found["figure"])


def test_answers_and_silences_are_those_on_record(cells: dict[str, NotebookNode]) -> None:
    kinds = {"none found": "none", "other figure": "number", "denial": "denial", "own side differs": "own side"}
    reply = answers(cells["a6-7"])["reply"]
    for letter, row in open_lesson(LESSON, "bakhmut-2023").table("answers").iterrows():
        there = REPLIES[(REPLIES["claim"] == row["rests_on"]) & (REPLIES["reply"] == row["beside"])]
        assert len(there) == 1, letter
        if letter == "F":  # a denial with a number: both readings are accepted
            assert there["answer"].item() == "denial" and CLAIMS[row["beside"]]["upper"] == 0
        else:
            assert kinds[there["answer"].item()] == reply[letter], letter
    for case in CASES:
        record = load_world(case) if case == "flood" else load_case(case)
        found = silences(record, claims=open_lesson(LESSON, case).table("spoken").text["claims"].split())[-2:]
        assert len({CLAIMS[one.declined[0]]["side"] if case != "flood" else one.who for one in found}) == 2


def test_trust_is_given_where_the_record_has_no_common_source(cells: dict[str, NotebookNode]) -> None:
    trusted = answers(cells["a6-8"])["trusted"]
    rows = open_lesson(LESSON, "bakhmut-2023").table("agreements")
    assert trusted == ["a", "d"]
    confirmed = REPLIES[(REPLIES["claim"] == rows["rests_on"]["a"]) & (REPLIES["reply"] == rows["beside"]["a"])]
    assert confirmed["answer"].item() == "confirmation"
    two = [rows["rests_on"]["b"], rows["beside"]["b"]]
    assert len(course.independent_sources(load_case("bakhmut-2023"), two).roots) == 1
    assert CLAIMS[rows["rests_on"]["e"]]["measure"] != CLAIMS[rows["beside"]["e"]]["measure"]


def test_defensible_readings_earn_full_credit(cells: dict[str, NotebookNode]) -> None:
    more = (
        cells["a6-1"].source
        + '\napart |= {"C": ["population", "definition"], "D": "scope", "E": ("measure", "definition")}'
    )
    more += '\napart |= {"F": ["period", "population", "definition"]}'
    assert graded(cells, "6-1", [("flood", "a", more)])[0][:2] == (4, 4)
    plain = "def times_apart(numbers):\n    there = [n for n in numbers if n]\n    return max(there) / min(there)"
    assert graded(cells, "6-3", [("flood", "a", plain)])[0][:2] == (3, 3)
    zero = cells["a6-7"].source + '\nreply["F"] = "Denial"'
    assert graded(cells, "6-7", [("bakhmut-2023", "a", zero), ("flood", "a", zero)])[1][:2] == (2, 2)
    both = [("flood", "a", 'trusted = ["A", "d", "f"]'), ("flood", "a", "")]
    assert [found[:2] for found in graded(cells, "6-8", both)] == [(2, 2)] * 2
    nobody = cells["a6-5"].source + '\nclaimed_by = "nobody"'
    assert graded(cells, "6-5", [("flood", "a", nobody)])[0][:2] == (3, 3)
    dates = cells["a6-4"].source + '\ntable["date"] = pd.to_datetime(table["date"])\ntable = table.iloc[::-1]'
    dates += '\ntable["claimant"] = table["claimant"].replace({"Ukraine\'s armed forces": "Kyiv", "Wendry authority": "Pallow"})'
    assert [found[:2] for found in graded(cells, "6-4", [("bakhmut-2023", "a", dates), ("flood", "a", dates)])] == [
        (3, 3)
    ] * 2


def test_the_middle_costs_points_and_is_named(cells: dict[str, NotebookNode]) -> None:
    wrong = cells["a6-5"].source + '\nprintable = ["m", "n", "o"]\nclaimed_by = 2'
    ((points, most, said),) = graded(cells, "6-5", [("bakhmut-2023", "a", wrong)])
    assert 0 < points < most
    assert "This is the middle. Which of the two bodies counted that many?" in said and "23" not in said
    crowd = cells["a6-11"].source + "\ntimes = 11_000"
    draw = next(name for name, cell in cells.items() if "lesson.draw(" in cell.source)
    student = next(n for n in map(str, range(99)) if open_lesson(LESSON, "flood", n).draw("crowds").name == 1)
    ((points, most, said),) = graded(cells, "6-11", [("flood", student, crowd)], draw)
    assert (points, most) == (2, 3) and "a number that nobody claimed" in said


CARELESS = {
    "6-1": [
        ('apart = {"A": "period", "B": 7}', 0, "Look at B."),
        ('apart = {"A": ["time"]}', 0, "Look at A."),
        ('apart = {"a": ["period"]}', 0.7, "Not answered yet: B, C, D, E, F."),
    ],
    "6-2": [
        ('chosen = ["C", "D"]\nkeeps_apart = gap_would_be = None', 0.8, "both are by the same side"),
        ("chosen, keeps_apart, gap_would_be = None, 'period', None", 0.8, "Still without an answer: chosen"),
        ('chosen = ["G", "H"],\nkeeps_apart, gap_would_be = None, None', 0, "use the letters A to I"),
        ('chosen, keeps_apart, gap_would_be = None, None, "larger"', 0, 'Write "smaller" or "not smaller".'),
    ],
    "6-3": [
        ("times_apart = 4.5", 0, "There is no function yet."),
        ("def times_apart(numbers):\n    print(2)", 0, "Is there a return?"),
        ("def times_apart(numbers):\n    return max(numbers) / min(numbers)", 1.9, "Somebody in this list is silent"),
        ("def times_apart(numbers):\n    n = [n for n in numbers if n]\n    return max(n) - min(n)", 0, "How many times"),
        ("def times_apart(numbers):\n    return numbers[1] / (numbers[0] or 1)", 1.5, "The order in the list"),
    ],
    "6-4": [
        ("table = None", 0, "table should be a table"),
        ('table = pd.DataFrame({"claimant": ["A"]})', 0, "lacks these columns: date"),
        ("table = pd.DataFrame(columns=['claimant', 'date', 'lower', 'upper', 'approximate', 'measure', 'place'])", 0, "3 left out"),
    ],
    "6-5": [
        ('printable = "m"\nmiddle = after = claimed_by = None', 0.5, "Still without an answer: middle"),
        ("printable = middle = after = claimed_by = None", 0, "There is no answer yet."),
        ('printable = ["m", "q", "r"],\nmiddle, after, claimed_by = 23, 40, 0', 0, "Use the letters m to s"),
    ],
    "6-6": [
        ("figure, open_above = None, ['r', 's', 't']", 1, "There is no chart yet."),
        ("figure, open_above = 5, None", 0, "should be a chart"),
        ('figure = lanes(battle.head(2), caveat="They differ in measure and days, and in whose people they count.")\nopen_above = None', 1, "Draw all five rows"),
    ],
    "6-7": [
        ('reply, follow = {"A": "denial"}, None', 0.1, "Not answered yet: B, C, D, E, F, G."),
        ('reply, follow = {"A": "silence"}, None', 0, "Use only"),
        ("reply, follow = None, ['w', 'y']", 1, "Still without an answer: reply"),
    ],
    "6-8": [
        ('trusted = ["a", "b", "c", "d", "e", "f"]', 0, "It is no second count"),
        ("trusted = []", 0, "There is no answer yet."),
        ('trusted = "a"', 0, "trusted should be a list"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("task", CARELESS)
def test_careless_answers_lose_only_their_own_part(cells: dict[str, NotebookNode], task: str) -> None:
    before = {"6-2": "board", "6-6": "mistake"}
    tried = [("flood", "a", answer) for answer, _, _ in CARELESS[task]]
    found = graded(cells, task, tried, *filter(None, [before.get(task)]))
    for (answer, points, words), (earned, _, said) in zip(CARELESS[task], found, strict=True):
        assert earned == points and words in said, f"{answer}: {earned}, {said}"
