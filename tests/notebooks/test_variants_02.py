"""Lesson 2: every drawn rumour can be solved, and what the lesson takes for right is what the record says."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from course.compare import clocks_in, independent_sources
from course.corpus import load_case, load_world
from course.corpus.lessons import open_lesson

LESSON = "02-who-says-so"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / LESSON / f"{LESSON}.ipynb"
ORIGIN_OF = {"A": "u", "B": "v", "C": "u", "D": "y", "E": "v", "F": "u", "G": "v", "H": "x"}
ROLE_OF = {1: "party", 2: "party", 3: "backer", 4: "outside", 5: "outside", 6: "party", 7: "carrier", 8: "unnamed"}
KINDS = {
    "party": {"belligerent", "authority"},
    "backer": {"ally of a belligerent", "backer of an authority"},
    "outside": {"international body", "independent count"},
}


@pytest.fixture(scope="module")
def students() -> dict[int, str]:
    """A student's name for each rumour."""
    names = {open_lesson(LESSON, "flood", name).draw("rumours").name: name for name in map(str, range(200))}
    assert sorted(names) == list(range(1, 9))
    return names


def test_every_drawn_rumour_can_be_solved_in_both_cases(students: dict[int, str]) -> None:
    cells = {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells}
    draw = next(cell for cell in cells.values() if "lesson.draw(" in cell.source)
    parts = [cells["set-up"]]
    for number, student in students.items():
        chosen = cells["choose"].copy()
        chosen.source = chosen.source.replace('"anyone"', f'"{student}"')
        if number % 2:
            chosen.source = chosen.source.replace('"bakhmut-2023"', '"flood"')
        assert chosen.source != cells["choose"].source
        parts += [chosen, draw, cells["a2-10"], cells["t2-10"]]
    named = [NotebookNode(cell | {"id": f"{cell.id}-{number}"}) for number, cell in enumerate(parts)]
    notebook = nbformat.v4.new_notebook(cells=named)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    assert [determine_grade(cell) for cell in notebook.cells if cell.id.startswith("t2-10")] == [(3, 3)] * 8


def test_a_rumour_has_the_way_that_its_words_tell() -> None:
    """Who has it from whom, read again from the text: first link, steps and sources follow from the words alone."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    solution = next(cell for cell in notebook.cells if cell.id == "a2-10").source
    space = {"rumour": None}
    for number, row in open_lesson(LESSON, "flood").table("rumours").iterrows():
        taken, tellers, speaker = {}, [], ""
        for sentence in row["text"].removesuffix(".").replace(": ", ". ").split(". "):
            words = sentence.split()
            if words[0][0].isupper() and words[0] not in ("He", "She"):
                speaker = words[0]
            if "tells you" in sentence or "says so" in sentence:
                tellers.append(speaker)
            if "has it from" in sentence:
                taken[speaker] = words[-1]
        origins = []
        for teller in tellers:
            way = [teller]
            while way[-1] in taken:
                way.append(taken[way[-1]])
            origins.append((way[-1], len(way) - 1))
        space["rumour"] = row
        exec(solution, space)
        assert (space["my_first_link"], space["my_steps"]) == origins[0], number
        assert space["my_sources"] == len({origin for origin, _ in origins}), number


def test_the_chain_of_the_worked_example_is_on_record() -> None:
    case, world = load_case("bakhmut-2023"), load_world("flood")
    for record, name, claim in ((case, "bakhmut-2023", "U002"), (world, "flood", "F01")):
        rows = record.chains[record.chains["claim"] == claim]
        known = set(rows[["carrier", "taken_from"]].itertuples(index=False, name=None))
        steps = open_lesson(LESSON, name).table("worked")[["carrier", "taken_from"]]
        assert set(steps.itertuples(index=False, name=None)) <= known


def test_the_cards_are_the_chain_on_record_in_the_order_of_the_answer() -> None:
    steps = load_case("bakhmut-2023").chains.query("claim == 'U042'").sort_values("step")
    names = [steps["carrier"].iloc[0], *steps["taken_from"]]
    cards = open_lesson(LESSON, "bakhmut-2023").table("cards")["text"]
    words = ("Kyiv Independent", "Der Spiegel", "closed Bundestag briefing, leaked", "BND")
    assert tuple(names) == words
    assert [cards[letter].split(",")[0] for letter in "qspr"][:2] == [
        "The Kyiv Independent reported Ukraine's losses at Bakhmut as it found them in Der Spiegel.",
        "Der Spiegel reported what it had learnt of a closed briefing.",
    ]


def test_the_origins_of_the_eight_reports_are_those_on_record() -> None:
    case, lesson = load_case("bakhmut-2023"), open_lesson(LESSON, "bakhmut-2023")
    eight, names = lesson.table("eight"), lesson.table("origins")["text"]
    for letter, row in eight.iterrows():
        (root,) = independent_sources(case, row["rests_on"]).roots
        # The record calls the same body "General Staff of Ukraine"; the lesson calls it Ukraine's.
        told = names[ORIGIN_OF[letter]].replace("Ukraine's General Staff", "General Staff of Ukraine")
        assert root in told, letter
        outlet = case.claims.set_index("id").loc[row["rests_on"], "outlet"]
        assert row["text"].startswith(outlet)
    assert len(independent_sources(case, list(eight["rests_on"]))) == len(set(ORIGIN_OF.values())) == 4


def test_the_flood_has_the_same_number_of_origins() -> None:
    assert len(independent_sources(load_world("flood"), ["F01", "F04", "F07", "F09", "F20", "F21"])) == 4


def test_the_roles_are_those_on_record() -> None:
    case, lesson = load_case("bakhmut-2023"), open_lesson(LESSON, "bakhmut-2023")
    claims = case.claims.set_index("id")
    for number, row in lesson.table("roles").iterrows():
        if kinds := KINDS.get(ROLE_OF[number]):
            assert claims.loc[row["rests_on"], "source_kind"] in kinds, row["text"]


@pytest.mark.parametrize(
    ("case", "local", "ahead", "right"), [("bakhmut-2023", "2:30 am", 3, "2330"), ("flood", "4:15 am", 2, "0215")]
)
def test_the_printed_time_is_wrong_by_the_zone_that_the_lesson_gives(
    case: str, local: str, ahead: int, right: str
) -> None:
    clock = open_lesson(LESSON, case).table("clock")["text"]
    printed = clock["printed"].split("GMT")[0].split()[-1]
    assert local in clock["printed"] and {2: "two", 3: "three"}[ahead] in clock["zone"]
    (found,) = clocks_in(f"It was {local} ({printed} GMT).")
    assert found.gmt != found.right(ahead) == int(right[:2]) * 60 + int(right[2:])


@pytest.mark.parametrize(
    ("case", "sides"), [("bakhmut-2023", ("Shoigu", "General Staff")), ("flood", ("Corrance", "Wendry"))]
)
def test_both_sides_of_each_case_are_among_the_origins(case: str, sides: tuple[str, str]) -> None:
    words = " ".join(open_lesson(LESSON, case).table("origins")["text"])
    assert [side for side in sides if side not in words] == []
