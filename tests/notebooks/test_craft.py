"""Lessons are made as lessons are made: complete at both ends, short cells, plain words, and every task with its help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
import pytest
import textstat
from nbgrader.nbgraderformat import MetadataValidator
from tools.lessons import GLOSSARY, NOTEBOOKS, TASK_KINDS, cells, glossary, kinds, prose, words

GRADED = [path for path in NOTEBOOKS if not path.stem.startswith("00")]
SECRET = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS).*?### END \1", re.DOTALL)
IDIOMS = (
    "piece of cake", "rule of thumb", "ballpark", "keep in mind", "at the end of the day", "hit the nail", "red flag", "tip of the iceberg",
    "by and large", "in a nutshell", "food for thought", "a grain of salt", "smoking gun", "rabbit hole", "level playing field",
    "cherry-pick", "cherry pick", "low-hanging", "a far cry", "on the fence", "the jury is out", "add up to nothing", "boil down", "boils down",
    "take it with", "in the long run", "once in a while", "out of the blue", "under the hood", "from scratch", "the big picture",
)  # fmt: skip


def grade_level(text: str) -> float:
    """The Flesch-Kincaid grade (Kincaid and others, 1975), by textstat; list items and headings count as sentences."""
    parts = re.split(r"[:]\s|\n\s*\n|\n- |\n\d\. ", text)
    sentences = [re.sub(r"\s+", " ", part).strip().rstrip(".") + "." for part in parts if re.search(r"\w", part)]
    return float(textstat.flesch_kincaid_grade(" ".join(sentences)))


def pictures(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each saved output that holds a picture, with the id of its cell."""
    for cell in cells(path, "code"):
        for output in cell.outputs:
            data = output.get("data", {})
            if any(kind.startswith("image/") for kind in data) or re.search(
                r"<(img|svg)\b", str(data.get("text/html", ""))
            ):
                yield cell.id, data


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS][:2] == ["00-start-here", "01-one-claim"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_opening_and_the_close_are_complete(path: Path) -> None:
    first, last = cells(path)[0].source, "\n".join(cell.source for cell in cells(path)[-3:])
    assert first.startswith("# ")
    for part in ("Difficulty", "minutes", "What you need", "Content note", "able to", "questions"):
        assert part in first, f"The opening lacks: {part}"
    for part in ("## Key points", "## Words of this", "next"):
        assert part.lower() in last.lower(), f"The close lacks: {part}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_prose_is_short_and_plain(path: Path) -> None:
    texts = prose(path)
    assert 30 <= median(len(text.split()) for text in texts) <= 60
    assert words(path) <= 2000
    assert median(grade_level(text) for text in texts if len(text.split()) > 8) <= 10
    whole = " ".join(texts).lower()
    assert not [idiom for idiom in IDIOMS if idiom in whole]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_code_cells_are_short(path: Path) -> None:
    for cell in cells(path, "code"):
        shown = SECRET.sub("", cell.source).strip().splitlines()
        assert len(shown) <= 6, f"{cell.id} shows {len(shown)} lines of code"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_saved_outputs_are_clean(path: Path) -> None:
    for cell in cells(path, "code"):
        assert cell.execution_count, f"{cell.id} was not run"
        for output in cell.outputs:
            assert output.get("name") != "stderr", f"{cell.id} writes to stderr"
            assert not re.search(r"(/home|/root|/work|/Users|site-packages)/?", str(output)), f"{cell.id} shows a path"
            if output.output_type == "error":
                assert cell.id == "mistake", f"{cell.id} fails: {output.evalue}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_picture_has_its_text_alternative(path: Path) -> None:
    for name, data in pictures(path):
        html = str(data.get("text/html", ""))
        tags = re.findall(r"<img\b[^>]*>", html)
        assert all(re.search(r"""\balt=(["']).{40,}?\1""", tag, re.DOTALL) for tag in tags), (
            f"{name}: a picture without words"
        )
        assert len(str(data.get("text/plain", ""))) > 40, f"{name}: nothing stands there where pictures are not shown"


@pytest.mark.parametrize("path", GRADED, ids=lambda path: path.stem)
def test_there_is_a_picture_and_its_table(path: Path) -> None:
    drawn = list(pictures(path))
    assert drawn, "The lesson draws nothing"
    for name, data in drawn:
        assert "<table" in str(data.get("text/html", "")) or "data_table(" in str(cells(path, "code")), (
            f"{name}: no data table beside the chart"
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nbgrader_finds_its_metadata_valid(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            MetadataValidator().validate_cell(cell)
            assert cell.metadata.nbgrader.schema_version == 3


@pytest.mark.parametrize("path", GRADED, ids=lambda path: path.stem)
def test_every_task_has_one_of_the_ten_kinds(path: Path) -> None:
    assert not {task: kind for task, kind in kinds(path).items() if kind not in TASK_KINDS}
    assert len(set(kinds(path).values())) >= 4, "A lesson asks for more than three kinds of work"


def test_the_course_has_all_ten_kinds() -> None:
    assert {kind for path in GRADED for kind in kinds(path).values()} == set(TASK_KINDS)


def test_the_glossary_page_is_that_of_the_lessons() -> None:
    assert GLOSSARY.read_text("utf-8") == glossary(), "Run python tests/tools/lessons.py glossary"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_link_says_where_it_leads(path: Path) -> None:
    for cell in cells(path, "markdown"):
        for label, address in re.findall(r"\[([^]]*)\]\(([^)]*)\)", cell.source):
            assert len(label) > 8 and label.lower() not in {"here", "this link"}, f"[{label}]({address})"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_there_is_a_mistake_on_purpose_and_a_prediction(path: Path) -> None:
    mistake = next(cell for cell in cells(path, "code") if cell.id == "mistake")
    assert "raises-exception" in mistake.metadata.tags and mistake.outputs[0].output_type == "error"
    assert any("predict" in text.lower() for text in prose(path))


@pytest.mark.parametrize("path", GRADED, ids=lambda path: path.stem)
def test_points_add_up_and_a_third_is_open_work(path: Path) -> None:
    points = {True: 0.0, False: 0.0}
    names = []
    for cell in cells(path):
        if marks := cell.metadata.get("nbgrader"):
            names.append(marks.grade_id)
            if marks.grade:
                points[marks.solution] += marks.points
    assert sum(points.values()) == 40
    assert points[True] >= 13
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", GRADED, ids=lambda path: path.stem)
def test_every_task_has_hints_visible_checks_and_messages(path: Path) -> None:
    sources = {cell.metadata.nbgrader.grade_id: cell for cell in cells(path) if "nbgrader" in cell.metadata}
    tests = [(name, cell) for name, cell in sources.items() if cell.metadata.nbgrader.grade]
    assert len(tests) >= 8
    for name, cell in tests:
        assert sources[name.replace("t", "q", 1)].source.count("<details>") == 2, f"{name} lacks its two hints"
        if cell.cell_type == "markdown":
            assert "=== BEGIN MARK SCHEME ===" in cell.source and "(0 to" in cell.source
            continue
        visible, hidden = cell.source.split("### BEGIN HIDDEN TESTS")
        task = name.removeprefix("t").replace("-", ".", 1)
        assert (
            f'hand_in("{task}"' in visible
            and re.search(r"assert |\.require\(", visible)
            and "visible_checks_pass()" in visible
        )
        assert f"score({cell.metadata.nbgrader.points}," in re.sub(r"\s+", "", hidden)
        messages = re.findall(r': "[A-Z\'][^"]{15,}"', hidden + visible)
        assert len(messages) >= 2, f"{name} names {len(messages)} misunderstandings"
        assert "raises-exception" in cell.metadata.tags
