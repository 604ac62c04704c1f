"""Lessons are made as lessons are made: complete at both ends, short cells, plain words, and every task with its help."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

import nbformat
import pytest
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
GRADED = [path for path in NOTEBOOKS if not path.stem.startswith("00")]
SECRET = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS).*?### END \1", re.DOTALL)
MARK_SCHEME = re.compile(r"=== BEGIN MARK SCHEME ===.*", re.DOTALL)
IDIOMS = (
    "piece of cake", "rule of thumb", "ballpark", "keep in mind", "at the end of the day", "hit the nail", "red flag", "tip of the iceberg",
    "by and large", "in a nutshell", "food for thought", "a grain of salt", "smoking gun", "rabbit hole", "level playing field",
)  # fmt: skip


def cells(path: Path, kind: str | None = None) -> list[NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if kind in (None, cell.cell_type)]


def prose(path: Path) -> list[str]:
    """The text of each prose cell as a learner reads it, without marks, tables, links and the model answers."""
    texts = []
    for cell in cells(path, "markdown"):
        if cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        text = re.sub(r"<[^>]+>|^\|.*$|\*\*|[`#*]", " ", cell.source, flags=re.MULTILINE)
        texts.append(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text))
    return texts


def grade_level(text: str) -> float:
    """The Flesch-Kincaid grade (Kincaid and others, 1975); list items and headings count as sentences."""
    sentences = [part for part in re.split(r"[.!?:]+\s|\n\s*\n|\n- |\n\d\. ", text) if re.search(r"\w", part)]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<!l)e$|(?<=[^td])ed$", "", w.lower())))) for w in words
    )
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


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
    unfolded = [re.sub(r"\bHint\s*\n.*", "", text, flags=re.DOTALL) for text in texts]
    assert sum(len(text.split()) for text in unfolded) <= 2000
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
def test_every_link_says_where_it_leads(path: Path) -> None:
    for cell in cells(path, "markdown"):
        for words, address in re.findall(r"\[([^]]*)\]\(([^)]*)\)", cell.source):
            assert len(words) > 8 and words.lower() not in {"here", "this link"}, f"[{words}]({address})"


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
