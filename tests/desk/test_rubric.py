"""Mark schemes as data, sheets for markers, and what is written of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import ROOT
from tools.simulated import lay

from course.desk.folder import DeskError, open_desk
from course.desk.formgrader import ShowRubric
from course.desk.marking import sheet, weighted_kappa
from course.desk.rubrics import _levels, rubrics, scheme
from course.grading.lesson import load_lesson

NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").glob("*/*.ipynb") if not path.stem.startswith("00"))
SCHEME = """
=== BEGIN MARK SCHEME ===
**Reason** (0 to 2): 0 none; 1 a reason; 2 a reason that can be checked.

**Example** (0 to 2): 1 for each example.

*Example of 2 points*: "It can be checked." (2 + 0)
=== END MARK SCHEME ==="""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_mark_scheme_is_read(path: Path) -> None:
    lesson = load_lesson(path)
    found = rubrics(lesson)
    essays = [cell for cell in lesson.cells if cell.kind == "essay"]
    assert set(found) == {cell.grade_id for cell in essays} and essays
    for rubric in found.values():
        assert sum(one.most for one in rubric.criteria) == rubric.points
        assert rubric.score({one.name: one.most for one in rubric.criteria}) == rubric.points
        for criterion in rubric.criteria:
            assert list(criterion.levels) == list(range(criterion.most + 1))
            assert all(len(words) > 2 for words in criterion.levels.values())


@pytest.mark.parametrize(
    ("text", "most", "wanted"),
    [
        ("0 none; 1 some; 2 all of it.", 2, {0: "none", 1: "some", 2: "all of it"}),
        ("names one; not two.", 1, {0: "not so", 1: "names one; not two"}),
        ("1 first, and so on; 2 that, and more.", 2, {0: "none of this", 1: "first, and so on", 2: "that, and more"}),
        ("1 for each reason.", 2, {0: "none", 1: "1 for each reason", 2: "2 for each reason"}),
        ("1 the source; 1 the cue.", 2, {0: "none", 1: "1 for each of: the source; the cue", 2: "2 for each of: the source; the cue"}),
        ("40 to 90 words, no verdict.", 1, {0: "not so", 1: "40 to 90 words, no verdict"}),
        ("0 none; 2 all.", 2, {0: "none", 2: "all"}),
        ("good work.", 2, {}),
    ],
)  # fmt: skip
def test_levels_have_three_forms(text: str, most: int, wanted: dict[int, str]) -> None:
    assert _levels(text, most) == wanted


@pytest.fixture
def marked(run: Any, folder: Path) -> Path:
    """A course folder whose essay has a rubric of 4 points; ann, bob and cem have written one, dan has not."""
    lesson = "98-scratch"
    path = folder / "notebooks" / lesson / f"{lesson}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "essay-2":
            cell.source = "The sentence can be checked." + SCHEME
    nbformat.write(notebook, path)
    run("release", "98")
    released = folder / "release" / lesson / f"{lesson}.ipynb"
    assert "MARK SCHEME" not in released.read_text("utf-8")
    course = open_desk(folder)
    with course.gradebook() as book:
        for student in ("ann", "bob", "cem", "dan"):
            answer = nbformat.read(released, as_version=4)
            for cell in answer.cells:
                if student != "dan" and cell.metadata.get("nbgrader", {}).get("grade_id") == "essay-2":
                    cell.source = f"=1+1 is what {student} writes."
            lay(folder, lesson, {student: nbformat.writes(answer)})
            place = folder / "autograded" / student / lesson
            place.mkdir(parents=True)
            nbformat.write(answer, place / f"{lesson}.ipynb")
            book.update_or_create_student(student)
            book.update_or_create_submission(lesson, student)
            book.find_grade("essay-2", lesson, lesson, student).needs_manual_grade = True
        book.db.commit()
    return folder


def filled(path: Path, levels: dict[str, list[str]]) -> None:
    """Fill in a sheet: student -> the level of each of their rows."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    left = {student: iter(one) for student, one in levels.items()}
    for row in rows:
        row["level"] = next(left.get(row["student"], iter([])), "")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


def points(folder: Path) -> dict[str, float | None]:
    with open_desk(folder).gradebook() as book:
        return {
            one.id: book.find_grade("essay-2", "98-scratch", "98-scratch", one.id).manual_score for one in book.students
        }


def test_two_markers_agree_differ_and_leave_open(run: Any, marked: Path) -> None:
    run("rubric", "98", "--to", "marks.csv", "--markers", "x,y")
    rows = list(csv.DictReader(io.StringIO((marked / "marks-x.csv").read_text("utf-8-sig"))))
    assert len(rows) == 3 * 2, "Who wrote nothing is not in the sheet"
    assert rows[0]["answer"].startswith("'=1+1") and not any(name in str(rows) for name in ("ann", "bob", "cem"))
    one, two, three = dict.fromkeys(row["student"] for row in rows)
    filled(marked / "marks-x.csv", {one: ["2", "1"], two: ["1", "0"], three: ["2", ""]})
    filled(marked / "marks-y.csv", {one: ["2", "1"], two: ["2", "0"], three: ["2", "2"]})
    said = run("rubric", "98", "--from", "marks-x.csv", "--from", "marks-y.csv", code=1).stdout
    assert "Reason: 3 answers marked by all, the same level in 67%" in said
    assert f"to talk about: {two}, essay-2. Reason: marks-x.csv 1, marks-y.csv 2" in said
    assert f"unfinished: {three}" in said and "Written: 1. Not written: 1 disputed, 1 unfinished" in said
    assert sorted(score for score in points(marked).values() if score is not None) == [3.0]


def test_a_grade_by_hand_stays_unless_again(run: Any, marked: Path) -> None:
    run("rubric", "98", "--to", "marks.csv", "--sample", "1")
    rows = list(csv.DictReader(io.StringIO((marked / "marks.csv").read_text("utf-8-sig"))))
    (who,) = {row["student"] for row in rows}
    filled(marked / "marks.csv", {who: ["2", "2"]})
    run("rubric", "98", "--from", "marks.csv")
    with open_desk(marked).gradebook() as book:
        (student,) = [name for name, score in points(marked).items() if score == 4]
        comment = book.find_comment("essay-2", "98-scratch", "98-scratch", student)
        assert comment.manual_comment == "Reason: 2 of 2; Example: 2 of 2"
        book.find_grade("essay-2", "98-scratch", "98-scratch", student).manual_score = 1.0
        book.db.commit()
    assert "kept: " in run("rubric", "98", "--from", "marks.csv", code=1).stdout and points(marked)[student] == 1
    run("rubric", "98", "--from", "marks.csv", "--again")
    assert points(marked)[student] == 4


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("student,", "pupil,", "it has no column student"),
        (",essay-2,", ",essay-9,", "line 2: there is no"),
        (",Reason,", ",Rhyme,", "line 2: essay-2 has no criterion 'Rhyme'"),
        (",,", ",7,", "line 2: '7' is no level of 'Reason'. There are 0 to 2"),
    ],
)
def test_a_spoilt_sheet_is_told_where_and_writes_nothing(
    run: Any, marked: Path, old: str, new: str, words: str
) -> None:
    text = sheet(open_desk(marked), "98-scratch").replace(old, new)
    (marked / "spoilt.csv").write_text(text, encoding="utf-8")
    assert words in run("rubric", "98", "--from", "spoilt.csv", code=1).stderr
    assert set(points(marked).values()) == {None}


def test_a_scheme_that_does_not_add_up_is_refused(run: Any, marked: Path) -> None:
    path = marked / "notebooks" / "98-scratch" / "98-scratch.ipynb"
    path.write_text(path.read_text("utf-8").replace("(0 to 2): 1 for each", "(0 to 3): 1 for each"), encoding="utf-8")
    with pytest.raises(DeskError, match="its criteria give 5 points, and the task has 4"):
        rubrics(load_lesson(path))


def test_weighted_kappa_is_cohens() -> None:
    # observed distance 0.25 (one of four, by half the range); expected (from the margins 0 0 1 2 and 0 0 2 2) 0.4375
    marks = [("x", n, level) for n, level in enumerate((0, 0, 1, 2))] + [
        ("y", n, level) for n, level in enumerate((0, 0, 2, 2))
    ]
    observed = 0.5 / 4
    expected = (2 * 0 * 2 + 2 * 2 * 1 + 1 * 2 * 0.5 + 1 * 2 * 0.5 + 1 * 2 * 1 + 1 * 2 * 0) / 16
    assert weighted_kappa(marks, 2) == pytest.approx(1 - observed / expected)
    assert weighted_kappa([("x", 1, 2), ("y", 1, 2)], 2) is None


def test_formgrader_gets_the_scheme_and_a_feedback_page_does_not(marked: Path) -> None:
    path = marked / "autograded" / "ann" / "98-scratch"
    notebook = nbformat.read(path / "98-scratch.ipynb", as_version=4)
    names = {"assignment_id": "98-scratch", "notebook_id": "98-scratch", "metadata": {"path": str(path)}}
    step = ShowRubric(config=open_desk(marked).app.config)
    shown, _ = step.preprocess(notebook, names | {"submission_id": "1"})
    at = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in shown.cells].index("essay-2")
    assert "**Reason** (0 to 2)" in shown.cells[at + 1].source
    same, _ = step.preprocess(notebook, {"nbgrader": names})
    assert not any(scheme(SCHEME) in cell.source for cell in same.cells)
