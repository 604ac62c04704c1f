"""Lesson 7: every drawn release can be solved, what the lesson takes for right is on record, other readings earn as much, careless answers cost their own part."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat import NotebookNode
from tools import variants

import course
from course.corpus import Case, load_case, load_world
from course.corpus.lessons import open_lesson
from course.extract import sentences_in

LESSON, REAL, FLOOD = "07-missing", "bakhmut-2023", "flood"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / LESSON / f"{LESSON}.ipynb"
CHANGED = re.compile(r"(dropped|shifted|changed|altered|computed)$")
GIVEN = ("worked", "hide", "warned", "entries", "release")  # cells that later cells need
Variant = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def cells() -> dict[str, NotebookNode]:
    return variants.cells_of(LESSON)


def answers(cell: NotebookNode, case: str, **more: Any) -> dict[str, Any]:
    return variants.answers(LESSON, cell.source, case=case, **more)


def graded(cells: variants.Cells, tried: list[Variant]) -> list[tuple[float, float, str]]:
    return variants.graded(cells, tried, *(cells[name] for name in GIVEN))


def state(case: Any, report: str, claim: str) -> str:
    """What the record says of a claim in a report: kept, changed, not there, or "" where it says nothing."""
    table = case.coverage
    changes = set(table.loc[(table["report"] == report) & (table["claim"] == claim), "change"])
    if not changes:
        return ""
    if changes <= {"left out", "reply missing"}:
        return "not there"
    return "changed" if any(CHANGED.search(one) for one in changes) else "kept"


# --- what is right is on record ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reports", "claims"),
    [
        (REAL, ("cnn", "reuters-early", "urdupoint-sputnik", "wion"), ("U001", "U004", "U013")),
        (FLOOD, ("flood-01", "flood-02", "flood-03", "flood-04"), ("F01", "F03", "F05")),
    ],
)
def test_the_map_is_the_coverage_on_record(
    cells: dict[str, NotebookNode], name: str, reports: tuple[str, ...], claims: tuple[str, ...]
) -> None:
    case = load_case(name) if name == REAL else load_world(name)
    found = answers(cells["a7-1"], name)
    lines = open_lesson(LESSON, name).table("carried")
    for part, claim in zip(("total", "share", "reply"), claims, strict=True):
        for letter, report in zip("ABCD", reports, strict=True):
            assert found[part][letter] == (state(case, report, claim) or "not there"), f"{part} in {report}"
    if name == REAL:
        assert list(lines["rests_on"]) == list(reports)
        assert "Wagner's casualties" in load_case(REAL).report("cnn").text  # of whose dead no share is told
        assert "half" not in load_case(REAL).report("cnn").text


ASPECT = {"measure": "counted", "scope": "place", "qualifier": "limit", "base": "of what", "speaker": "speaker"}
LEDGER = {
    REAL: {
        "A": ("business-standard", "U001"),
        "B": ("reuters-early", "U001"),
        "C": ("bbc-early", "U004"),
        "D": ("ap-early", "U002"),
        "E": ("ifp-cnn", "U004"),
        "F": ("wion", "U080"),
        "G": ("cnn", "U001"),
        "H": ("check-your-fact", "U004"),
    },
    FLOOD: {
        "A": ("flood-04", "F01"),
        "B": ("flood-02", "F01"),
        "C": ("flood-22", "F10"),
        "D": ("flood-14", "F18"),
        "E": ("flood-04", "F03"),
        "F": ("flood-12", "F15"),
        "G": ("flood-01", "F01"),
        "H": ("flood-01", "F03"),
    },
}


@pytest.mark.parametrize("name", [REAL, FLOOD])
def test_what_was_lost_is_in_the_ledger(cells: dict[str, NotebookNode], name: str) -> None:
    table = (load_case(name) if name == REAL else load_world(name)).coverage
    found = answers(cells["a7-2"], name)["lost"]
    for letter, (report, claim) in LEDGER[name].items():
        changes = table.loc[(table["report"] == report) & (table["claim"] == claim), "change"]
        kinds = {ASPECT.get(one.rsplit(" ", 1)[0], one) for one in changes if CHANGED.search(one)}
        assert found[letter] in (kinds or {"nothing"}), f"{letter}: {report} {claim} {kinds}"
    if name == REAL:
        rests_on = open_lesson(LESSON, name).table("ledger")["rests_on"]
        assert [claim for _, claim in LEDGER[REAL].values()] == list(rests_on)


def test_the_page_to_cut_is_the_digest_and_has_its_twin() -> None:
    page, twin = (open_lesson(LESSON, name).table("to_cut").loc["page"] for name in (REAL, FLOOD))
    assert page["text"] == load_case(REAL).report("wion").text.strip()
    assert load_case(REAL).reports.set_index("id").loc["wion", "read"] == "full text"
    for row in (page, twin):
        sentences = [span.of(row["text"]) for span in sentences_in(row["text"])]
        assert len(sentences) == 9 and [n for n, one in enumerate(sentences, 1) if row["look_for"] in one] == [5]


def test_absences_are_what_the_record_can_tell(cells: dict[str, NotebookNode]) -> None:
    case, right = load_case(REAL), answers(cells["a7-4"], REAL)["absences"]
    answered = pd.Timestamp("2023-05-02")  # Moscow's answer
    assert case.claims.set_index("id").loc["U013", "date"] == answered
    for number, row in open_lesson(LESSON, REAL).table("absent").iterrows():
        report = case.reports.set_index("id").loc[row["rests_on"]]
        assert ("read in full" in row["text"]) == (report["read"] == "full text")
        earlier = "answer that Moscow" in row["text"] and report["date"] < answered
        wanted = "too early" if earlier else "left out" if report["read"] == "full text" else "cannot tell"
        assert right[number] == wanted, row["text"]


@pytest.mark.parametrize(
    ("number", "report", "words", "there"),
    [
        (1, "flood-03", "300", False),
        (2, "flood-01", "machine", False),
        (3, "flood-04", "114", True),
        (4, "flood-02", "machine", False),
        (5, "flood-03", "homeless|without a home", False),
        (6, "flood-01", "computer model", True),
        (7, "flood-04", "fairy tale", True),
    ],
)
def test_in_the_flood_the_whole_pages_bear_the_absences_out(number: int, report: str, words: str, there: bool) -> None:
    text = load_world(FLOOD).report(report).text
    assert bool(re.search(words, text)) is there
    row = open_lesson(LESSON, FLOOD).table("absent")["text"][number]
    if there:  # and not in the part that was read
        body = text.split("\n\n", 1)[1]
        part = "\n\n".join(body.split("\n\n")[:3] if "three lines" in row else body.split("\n\n")[:1])
        assert not re.search(words, part)


def test_the_warnings_reach_what_the_annotation_says(cells: dict[str, NotebookNode]) -> None:
    assert answers(cells["a7-5"], REAL)["one_sided"] == answers(cells["a7-5"], FLOOD)["one_sided"] == 4
    real = {"bbc-early": "figure", "ap-october": "figure", "wion": "report"}
    home = {"ap-october": load_case("karabakh-2020")}
    for report, reach in real.items():
        (one,) = home.get(report, load_case(REAL)).gold(report)["disclaimers"]
        assert one["reach"] == reach
    for world in ("flood", "border"):
        reaches = {id: gold["disclaimers"] for id, gold in load_world(world).gold.items()}
        assert [reaches[f"{world}-{n}"][0]["reach"] for n in ("01", "06", "18", "08")] == [
            "figure",
            "figure",
            "report",
            "side",
        ]
    assert len(load_case("karabakh-2020").gold("ap-october")["disclaimers"][0]["targets"]) == 2


@pytest.mark.parametrize("name", [REAL, FLOOD])
def test_the_sixteen_are_what_the_record_says_of_them(cells: dict[str, NotebookNode], name: str) -> None:
    homes: list[Any] = [load_case(REAL), load_case("karabakh-2020")] if name == REAL else [load_world(FLOOD)]
    rows = open_lesson(LESSON, name).table("warned")
    for _, row in rows.iterrows():
        home = next(one for one in homes if row["report"] in set(one.reports["id"]))
        gold = home.gold(row["report"]) if isinstance(home, Case) else home.gold[row["report"]]
        assert (row["warning"] == "yes") == bool(gold["disclaimers"]), row["report"]
        table = home.coverage[home.coverage["report"] == row["report"]]
        if name == REAL:
            assert state(home, row["report"], row["rests_on"]) == {"as it was": "kept"}.get(row["passed_on"], "changed")
        else:
            assert row["passed_on"] in {"changed" if CHANGED.search(one) else "as it was" for one in table["change"]}
    assert set(rows.value_counts(["warning", "passed_on"])) == {3, 4, 5}, "all four cells are filled"


@pytest.mark.parametrize("name", [REAL, FLOOD])
def test_twelve_reports_are_drawn_and_one_kind_leads(cells: dict[str, NotebookNode], name: str) -> None:
    case = load_case(name) if name == REAL else load_world(name)
    carriers = open_lesson(LESSON, name).table("carriers").rename(columns={"text": "paper"})
    entries = case.coverage.merge(carriers, on="report")
    assert entries["paper"].nunique() == len(carriers) == 12
    found = answers(cells["a7-8"], name, entries=entries, show=lambda figure: None)
    sums = found["drawn"].groupby("change")["count"].sum().sort_values(ascending=False)
    assert sums.iloc[0] > sums.iloc[1] and found["most_frequent"] == sums.index[0]
    assert 1 <= found["empty_rows"] <= 4
    assert {state(case, id, claim) for id, claim in entries[["report", "claim"]].itertuples(index=False)} >= {"kept"}


def test_real_material_names_what_it_rests_on() -> None:
    known = {id for name in course.cases() for id in [*load_case(name).claims["id"], *load_case(name).reports["id"]]}
    for path in sorted((NOTEBOOK.parents[2] / "data/lessons" / LESSON).glob("*.csv")):
        rows = pd.read_csv(path, keep_default_na=False)
        if "rests_on" in rows:
            assert set(rows["rests_on"]) <= known | {"fictional", ""}, path.name
            assert "case" not in rows or set(rows.loc[rows["case"] == FLOOD, "rests_on"]) <= {"fictional"}


# --- the transfer --------------------------------------------------------------------------------------------------------


def test_every_drawn_release_can_be_solved(cells: dict[str, NotebookNode]) -> None:
    students = {open_lesson(LESSON, FLOOD, name).draw("releases").name: name for name in map(str, range(200))}
    assert sorted(students) == list(range(1, 9))
    tried = [("7-11", FLOOD if number % 2 else REAL, name, "") for number, name in students.items()]
    assert [found[:2] for found in graded(cells, tried)] == [(3, 3)] * 8


def test_what_is_untold_is_not_in_the_release_and_the_rest_is(cells: dict[str, NotebookNode]) -> None:
    small = set(re.findall(r"\w+", "the is a it in of our says that them at if part there and to"))
    for number, row in open_lesson(LESSON, FLOOD).table("releases").iterrows():
        found = answers(cells["a7-11"], FLOOD, release=row.rename(number))
        facts = dict(line.split(": ", 1) for line in row["facts"].splitlines())
        assert sorted(facts) == list("pqrst") and len(found["untold"]) == 3 and found["harmless"] in found["untold"]
        told = set(re.findall(r"\w+", row["text"].lower()))
        for letter, fact in facts.items():
            words = set(re.findall(r"\w+", fact.lower())) - small
            share = len(words & told) / len(words)
            assert share < 0.7 if letter in found["untold"] else share >= 0.5, f"{number} {letter} {share:.2f}"


# --- other readings, and careless answers --------------------------------------------------------------------------------

READINGS = [
    ("7-1", REAL, 'total = total | {"D": "kept"}', 4),
    ("7-1", FLOOD, 'total = total | {"C": "not there"}', 4),
    ("7-2", FLOOD, 'lost = lost | {"E": "limit"}', 3),
    ("7-3", REAL, "cut = [2, 7]", 3),
    ("7-3", FLOOD, "cut = [6, 8]", 3),
    ("7-5", FLOOD, 'reach = {1: "a", 2: "c, d", 3: "fgh", 4: "J"}', 3),
    ("7-6", REAL, 'counts = pd.crosstab(warned["passed_on"], warned["warning"], margins=True)', 2),
    ("7-6", FLOOD, "percent_with, percent_without = 38, 0.5", 2),
    ("7-11", REAL, 'untold = "".join(untold)', 3),
]


def test_other_defensible_answers_earn_every_point(cells: dict[str, NotebookNode]) -> None:
    tried = [(task, case, "river", f"{cells[f'a{task}'].source}\n{more}") for task, case, more, _ in READINGS]
    for (task, _, more, most), found in zip(READINGS, graded(cells, tried), strict=True):
        assert found[0] == most, f"{task} {more}: {found}"


CARELESS = [
    (
        "7-1",
        'total = total | {"A": "changed"}',
        3.7,
        "the words before the number and those who are counted are the same",
    ),
    ("7-1", "reply = None", 2.7, "Still without an answer: reply"),
    ("7-2", 'lost = {"A": "killed"}', 0, "Use only these words"),
    ("7-3", "cut = None", 1, "There is no answer yet"),
    ("7-3", "cut = 7", 0, "Exactly two sentences have to go; here are 1."),
    ("7-3", "cut = [5, 7]", 1.8, "5: It repeats a number"),
    ("7-3", 'cut = ["7", "8"]', 0, "numbers from 1 to 9"),
    ("7-4", 'absences = dict.fromkeys(range(1, 8), "left out")', 0.9, "Does that prove that the page lacks it?"),
    ("7-5", "reach = None", 0.8, "Still without an answer: reach"),
    ("7-5", "reach = 4", 0, "reach should be a dict"),
    ("7-5", "reach = dict.fromkeys(range(1, 5), list('abcdefghijk'))", 0.8, "3: Which word tells how much is meant?"),
    ("7-6", "counts = None", 1, "There is no table with warning and passed_on yet."),
    ("7-6", "percent_with = percent_with,", 0, "Look for a comma at the end of the line."),
    ("7-6", 'counts = pd.crosstab(warned["paper"], warned["passed_on"])', 1, "There is no table with warning"),
    ("7-7", 'follows = list("pqrst")', 0, "No warning does not mean checked."),
    ("7-7", "follows = []", 0, "There is no answer yet."),
    ("7-8", "figure = None", 1.5, "There is no answer yet"),
    ("7-8", "figure = coverage_matrix(table)", 1.5, "This is another kind of chart."),
    ("7-8", "figure = omission_matrix(entries, title='A', source='B')", 1.8, "The rows are not papers."),
    ("7-11", "harmless = None", 2, "There is no answer yet."),
    ("7-11", "untold = None", 2, "There is no answer yet."),
]


def test_careless_answers_meet_a_kind_message_and_lose_their_own_part(cells: dict[str, NotebookNode]) -> None:
    tried = [(task, REAL, "anyone", f"{cells[f'a{task}'].source}\n{more}") for task, more, _, _ in CARELESS]
    for (task, more, earned, said), (got, most, words) in zip(CARELESS, graded(cells, tried), strict=True):
        assert got == pytest.approx(earned) and got < most, f"{task} {more}: {got}"
        assert said in words, f"{task} {more}: {words}"


def test_whoever_takes_a_warning_for_a_verdict_earns_nothing_there(cells: dict[str, NotebookNode]) -> None:
    ((got, _, words),) = graded(cells, [("7-7", FLOOD, "river", 'follows = ["q", "r"]')])
    assert got == 0 and "A warning does not mean false." in words and "No warning does not mean checked." in words
