"""Lesson 10: any article will do. Every practice report can be solved, an article of one's own earns the same, and its text goes nowhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from course import claims_table, comparable, find_words, longest_run
from course.compare.claim_rows import as_row
from course.corpus import load_case, quantity_of
from course.corpus.lessons import open_lesson
from course.grading.own_article import NOTE, HideOwnArticle
from course.grading.release import release

LESSON = "10-your-article"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / LESSON / f"{LESSON}.ipynb"
CASES = ("bakhmut-2023", "flood")
# Cells that only show something: they are run in the notebook itself.
ASIDE = ("report", "worked-chart", "worked-data", "program", "mistake", "progress", "course-progress", "my-calibration")
ASIDE += ("calibration-example", "calibration-data")

ARTICLE = """Bridge count splits the town

MILLFORD, May 3 — The city’s traffic office said on Friday that “more than 4,200” cyclists had crossed the Old Bridge in April, a third more than
a year ago. The cycle club, which runs a counter of its own, claimed that the true figure was “at least 6,000”.

“We count every wheel,” said Dana Orrick, the club’s secretary. She admitted that the counter had been out of order for two days.

The shopkeepers’ league estimated that up to 300 customers a day were lost because of the closed car lane. It did not say how it had worked that
out. Nobody from the bus company was heard on Friday."""

OWN = {
    "a10-2": 'outlet, day, length = "Millford Post", "not said", len(article.text.split())',
    "a10-3": """claims = [
    claim_entry(article, claimant="traffic office", source="The city's traffic office", cue="said", content="more than 4,200 ... crossed the Old Bridge",
        stance="neutral", quantity="more than 4,200", number=more_than(4200), measure="crossed", unit="cyclists", about="cyclists"),
    claim_entry(article, claimant="cycle club", source="The cycle club", cue="claimed", content="the true figure was ... at least 6,000",
        stance="distancing", quantity="at least 6,000", lower=6000, measure="crossed", unit="cyclists", about="cyclists"),
    claim_entry(article, claimant="Dana Orrick", source="Dana Orrick", cue="said", content="We count every wheel", stance="neutral"),
    claim_entry(article, claimant="shopkeepers' league", source="The shopkeepers’ league", cue="estimated", content="up to 300 customers ... lost",
        stance="evidential", quantity="up to 300", number=up_to(300), measure="lost", unit="customers"),
]""",
    "a10-4": 'starts = {n: find_words(article.text, one["content"])[0].start for n, one in enumerate(claims[:3], start=1)}',
    "a10-5": 'pair, fit, apart = [1, 2], "no", ["period", "scope"]',
    "a10-6": """figure = counts(table.stance, by="stance", title="Three kinds of cue in one report", source="Millford Post")
why = "I count stances, since three of them differ in this short text. The chart does not show how large any number is." """,
    "a10-7": 'reply = {"to": 1, "who": "the cycle club", "in_article": "yes", "words": "at least 6,000"}',
    "a10-8": """summary = ("Two counts of one bridge stand side by side here. The traffic office gives more than 4,200 for April. The cycle club gives a higher "
    "one, and Dana Orrick defends its machine. How the shops reckon what they lose remains open.")""",
}  # fmt: skip


@pytest.fixture(scope="module")
def cells() -> dict[str, NotebookNode]:
    return {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"}


@pytest.fixture(scope="module")
def students() -> dict[tuple[str, str], str]:
    """A student's name for each practice report of each case."""
    names: dict[tuple[str, str], str] = {}
    for case in CASES:
        for name in map(str, range(300)):
            names.setdefault((case, open_lesson(LESSON, case, name).article().id), name)
    return names


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def pasted(text: str) -> dict[str, str]:
    """The article cell once `text` is pasted into it."""
    return {"own-article": f'pasted = r"""\n{text}\n"""\narticle = lesson.article(pasted)'}


def taken(
    cells: Mapping[str, NotebookNode], case: str, student: str, changes: Mapping[str, str] = {}
) -> dict[str, Any]:
    """task -> points for a learner who wrote `changes` into the notebook; a check that stops gives its message."""
    space: dict[str, Any] = {}
    earned: dict[str, Any] = {}
    for name, cell in cells.items():
        if name in ASIDE:
            continue
        source = changes.get(name, cell.source)
        if name == "choose":
            source = source.replace('"bakhmut-2023"', repr(case)).replace('"anyone"', repr(student))
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        try:
            exec(compile(tree, name, "exec"), space)
            value = eval(compile(ast.Expression(last.value), name, "eval"), space) if last else None
        except AssertionError as error:
            value = str(error)
        if name == "set-up":
            space["show"] = lambda figure: None
        if name.startswith("t10-") and name != "t10-sure":
            earned[name.removeprefix("t")] = value
    return earned


def strings(value: Any) -> Iterator[str]:
    """Every text in a nested value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def most(cells: Mapping[str, NotebookNode]) -> dict[str, float]:
    return {
        name.removeprefix("t"): cell.metadata.nbgrader.points
        for name, cell in cells.items()
        if cell.metadata.get("nbgrader", {}).get("grade")
    }


def test_there_are_twelve_practice_reports_and_eight_next_texts(students: dict[tuple[str, str], str]) -> None:
    assert len(students) == 24
    drawn = {open_lesson(LESSON, "flood", name).draw("next").name for name in students.values()}
    assert drawn <= set(range(1, 9)) and len(open_lesson(LESSON, "flood").table("next")) == 8


@pytest.mark.parametrize("case", CASES)
def test_every_practice_report_can_be_solved(
    cells: dict[str, NotebookNode], students: dict[tuple[str, str], str], case: str
) -> None:
    for (chosen, report), student in students.items():
        if chosen == case:
            assert taken(cells, case, student) == most(cells), report


def test_every_next_text_can_be_solved(cells: dict[str, NotebookNode]) -> None:
    few = {
        name: cells[name]
        for name in cells
        if name in ("set-up", "choose", "a10-10", "t10-10") or "draw(" in cells[name].source
    }
    names: dict[int, str] = {}
    for student in map(str, range(200)):
        names.setdefault(int(open_lesson(LESSON, "flood", student).draw("next").name), student)
    assert sorted(names) == list(range(1, 9))
    for number, student in names.items():
        assert taken(few, "flood", student) == {"10-10": 2}, number


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        ARTICLE.replace("’", "'").replace("“", '"').replace("”", '"'),
        ARTICLE.replace("\n\n", " "),
        "<p>" + ARTICLE.replace("\n\n", "</p>\n<p>") + "</p>",
    ],
    ids=["curly", "straight", "one line", "html"],
)
def test_an_article_of_ones_own_earns_the_same(cells: dict[str, NotebookNode], text: str) -> None:
    assert taken(cells, "flood", "river", {**OWN, **pasted(text)}) == most(cells)


def test_the_table_may_be_a_frame_and_the_answer_may_be_missing(cells: dict[str, NotebookNode]) -> None:
    other = {
        "a10-3": OWN["a10-3"] + "\nclaims = claims_table(claims).to_dict('records')",
        "a10-7": 'reply = {"to": 4, "who": "the bus company", "in_article": "no", "words": "How many people rode with you on those days?"}',
    }
    assert taken(cells, "flood", "river", {**OWN, **other, **pasted(ARTICLE)}) == most(cells)


@pytest.mark.parametrize(
    ("task", "careless"),
    [
        ("10-1", "shown = proved = None"),
        ("10-2", "outlet = day = length = None"),
        ("10-4", "starts = None"),
        ("10-5", "pair = fit = apart = None"),
        ("10-7", "reply = None"),
        ("10-10", "speaker = number = should_answer = None"),
        ("10-4", "starts = {'1': '5', 2: -1}"),
        ("10-2", "outlet, day, length = 5, 5, 'many'"),
        ("10-1", "shown, proved = ['z'], [1]"),
        ("10-7", "reply = {'to': 99, 'who': 'nobody', 'in_article': 'perhaps'}"),
    ],
)
def test_a_careless_answer_costs_only_its_own_points(cells: dict[str, NotebookNode], task: str, careless: str) -> None:
    earned = taken(cells, "flood", "river", {f"a{task}": careless})
    assert isinstance(earned[task], str) and len(earned[task]) > 20
    assert {name: points for name, points in earned.items() if name != task} == {
        name: points for name, points in most(cells).items() if name != task
    }


def test_an_article_without_numbers_earns_the_same(cells: dict[str, NotebookNode]) -> None:
    text = """The mayor said that the old school would stay open. The teachers' union claimed that nobody had asked the parents about it, and that the roof was
    in a bad state. A spokeswoman of the district confirmed that the roof had been looked at in spring. The owner of the shop beside the school believes
    that the children bring life to the street. The pupils themselves were not heard in the hall that evening, and it was getting dark outside."""
    own = {
        **OWN,
        "a10-3": """claims = [
    claim_entry(article, claimant="mayor", source="The mayor", cue="said", content="the old school would stay open", stance="neutral"),
    claim_entry(article, claimant="teachers' union", source="The teachers' union", cue="claimed", content="nobody had asked the parents", stance="distancing"),
    claim_entry(article, claimant="district", source="A spokeswoman of the district", cue="confirmed", content="the roof had been looked at", stance="endorsing"),
    claim_entry(article, claimant="shop owner", source="The owner of the shop", cue="believes", content="the children bring life", stance="evidential"),
]""",
        "a10-5": 'pair = [1, 2]; verdict = comparable(table.iloc[0], table.iloc[1]); fit, apart = "no", list(verdict.aspects)',
        "a10-7": 'reply = {"to": 1, "who": "the pupils", "in_article": "no", "words": "What would you lose if the school closed?"}',
        "a10-8": """summary = ("Several people disagree about a school building here. The mayor wants to keep it, and the union doubts that families had a say. "
        "A district office had it inspected some months earlier. What pupils think about all this remains unknown.")""",
    }  # fmt: skip
    assert taken(cells, "flood", "river", {**own, **pasted(text)}) == most(cells)


def test_the_worked_rows_stand_in_the_report_and_on_record() -> None:
    for case in CASES:
        lesson = open_lesson(LESSON, case)
        table = claims_table(lesson.table("worked").to_dict("records"))
        for _, row in table.iterrows():
            for entry in ("source", "cue", "content", "quantity"):
                assert find_words(lesson.report.text, row[entry]), f"{case}: {row[entry]}"
                assert longest_run(row[entry], lesson.report.text) <= 6
        assert comparable(table.iloc[0], table.iloc[1])
        one, two = (as_row(table.iloc[number]).quantity for number in (0, 1))
        assert one.value != two.value, "The two rows must contradict each other"
        if case == "bakhmut-2023":
            claims = load_case(case).claims.set_index("id")
            for number, id in enumerate(lesson.table("worked")["rests_on"]):
                record = claims.loc[id]
                assert quantity_of(record) == as_row(table.iloc[number]).quantity
                assert (record["measure"], record["about"], record["place"]) == tuple(
                    table.loc[number, ["measure", "about", "place"]]
                )
                assert record["claimant"] == table.loc[number, "claimant"]


def test_the_text_of_an_article_goes_nowhere_but_into_its_cell(cells: dict[str, NotebookNode], tmp_path: Path) -> None:
    """The whole notebook with an article of the learner's own, run; then what a feedback page would show, and every file beside it."""
    notebook = nbformat.reads(release(NOTEBOOK), as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", cell.id)
        if cell.id == "choose":
            cell.source = cell.source.replace('"bakhmut-2023"', '"flood"')
        cell.source = {**OWN, "own-article": pasted(ARTICLE)["own-article"] + "\narticle"}.get(name, cell.source)
    place = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=300, allow_errors=True, resources=place, kernel_name="python3").execute()
    assert any(longest_run(said, ARTICLE) > 50 for said in strings(notebook)), "The article is in the notebook"
    page, _ = HideOwnArticle().preprocess(notebook, {})
    assert sum(NOTE in cell.source for cell in page.cells) == 2
    assert not [said for said in strings(page) if longest_run(said, ARTICLE) > 6]
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or longest_run(path.read_text("utf-8"), ARTICLE) <= 6, path.name
