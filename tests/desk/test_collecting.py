"""Whose work it is, is never guessed; which notebook counts, is told; and nothing that was handed in goes by in silence."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path

import nbformat
import pytest

from course.desk.roster import Student
from course.desk.whose import whose
from course.grading.release import release

LESSON = "98-scratch"
CLASS = [
    Student("n1", "Ann", "Roth", "ann@u.test", "", "7001", section="Team A, Red"),
    Student("n2", "Bo", "Tan", "bo@u.test", "", "7002", section="Lab 2 - Friday"),
    Student("n3", "Eva-Maria", "Roth", "eva@u.test", section="Team A"),
    Student("03", "Cem", "Uz", "cem@u.test", "4103"),
    Student("n5", "Kim", "Lee", "kim1@u.test"),
    Student("n6", "Kim", "Lee", "kim2@u.test"),
]


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("Team A-Ann Roth_11_assignsubmission_file/x.ipynb", "n1"),
        ("Red-Ann Roth_11_assignsubmission_file_x.ipynb", "n1"),
        ("Lab 2 - Friday-Bo Tan_12_assignsubmission_file/x.ipynb", "n2"),
        ("Team A-Eva-Maria Roth_13_assignsubmission_file/x.ipynb", "n3"),
        ("Default group-Bo Tan_12_assignsubmission_file/x.ipynb", "n2"),
        ("Bo Tan_7001_assignsubmission_file/x.ipynb", "n2"),  # the number of the assignment is nobody's
        ("uzcem_4103_900_98-scratch.ipynb", "03"),
        ("uzcem_4103_900_work.zip/98-scratch.ipynb", "03"),
        ("03/98-scratch.ipynb", "03"),
        ("Bo Tan/98-scratch.ipynb", "n2"),
        ("in/Tan, Bo/98-scratch (1).ipynb", "n2"),
        ("eva@u.test/98-scratch.ipynb", "n3"),
    ],
)
def test_what_is_certain_decides(path, who):
    found = whose(path, CLASS, LESSON)
    assert isinstance(found, Student) and found.id == who, found


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("Somebody Else/98-scratch.ipynb", "no student"),
        ("Somebody Else/03 homework.ipynb", "no student"),
        ("98-scratch.ipynb", "no student"),
        ("Jean-Bo Tan_9_assignsubmission_file/x.ipynb", "not in the roster"),
        ("Participant 8_9_assignsubmission_file/x.ipynb", "not in the roster"),
        ("Kim Lee_9_assignsubmission_file/x.ipynb", "it could be from n5 or n6"),
        ("tanbo_4103_900_x.ipynb", "its number 4103 is 03's, its name tanbo is n2's"),
        ("n1/n2/98-scratch.ipynb", "it could be from n1 or n2"),
    ],
)
def test_what_is_not_certain_is_told_with_the_way_out(path, reason):
    found = whose(path, CLASS, LESSON)
    assert isinstance(found, str) and reason in found and "--as" in found


@pytest.fixture
def lesson(scratch_lesson: Path) -> nbformat.NotebookNode:
    return nbformat.reads(release(scratch_lesson), as_version=4)


def book(lesson: nbformat.NotebookNode, answer: str = "") -> bytes:
    made = nbformat.from_dict(json.loads(nbformat.writes(lesson)))
    for cell in made.cells:
        if answer and cell.metadata.get("nbgrader", {}).get("grade_id") == "answer-1":
            cell.source = answer
    return nbformat.writes(made).encode()


@cache
def notes(words: str) -> bytes:
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(words)])).encode()


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as bundle:
        for number, (name, data) in enumerate(entries.items()):
            bundle.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 12, number, 0)), data)
    return path


def handed_in(folder: Path, student: str) -> bytes | None:
    path = folder / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    return path.read_bytes() if path.is_file() else None


@pytest.fixture
def group(run, folder: Path) -> None:
    (folder / "class.csv").write_text("id,name\nann,Ann Roth\nbo,Bo Tan\ncem,Cem Uz\n")
    run("roster", "class.csv")


def test_the_notebook_with_the_lesson_and_answers_counts(run, folder, group, lesson):
    answered, untouched = book(lesson, "claimant = 'x'"), book(lesson)
    place = zipped(
        folder / "in.zip",
        {
            f"ann/{LESSON}.ipynb": answered, "ann/zz notes.ipynb": notes("mine"), "ann/untouched.ipynb": untouched,
            "bo/task.ipynb": answered, f"bo/{LESSON} (1).ipynb": notes("what is this"),
            "cem/a.ipynb": notes("a"), "cem/b.ipynb": notes("b"),
        },
    )  # fmt: skip
    done = run("collect", LESSON, place, code=1)
    assert handed_in(folder, "ann") == answered and handed_in(folder, "bo") == answered
    assert handed_in(folder, "cem") is None and done.stderr.count("holds none of this lesson's cells") == 2
    assert "ann: of 3 notebooks" in done.stderr and "bo: of 2 notebooks" in done.stderr
    kept = {path.read_bytes() for path in (folder / "submitted").rglob("*.ipynb")}
    assert {answered, untouched, notes("mine"), notes("a"), notes("b")} <= kept, "nothing is thrown away"


def test_an_older_file_of_another_kind_never_replaces_the_lesson(run, folder, group, lesson):
    answered = book(lesson, "claimant = 'x'")
    run("collect", LESSON, zipped(folder / "a.zip", {"ann/x.ipynb": answered}))
    done = run("collect", LESSON, zipped(folder / "b.zip", {"-": b"", "ann/later.ipynb": notes("later")}), code=1)
    assert handed_in(folder, "ann") == answered and "was not taken" in done.stderr


def test_every_other_file_is_read_or_named(run, folder, group, lesson):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as bundle:
        bundle.writestr("home/work.ipynb", book(lesson))
    place = zipped(
        folder / "in.zip",
        {
            "ann/homework.zip": inner.getvalue(), f"bo/{LESSON}.ipynb.txt": book(lesson), "cem/answers.docx": b"PK",
            "__MACOSX/ann/._homework.zip": b"x", "bo/.ipynb_checkpoints/a.ipynb": b"{}", "bo/photo.png": b"\x89PNG",
        },
    )  # fmt: skip
    done = run("collect", LESSON, place, code=1)
    assert handed_in(folder, "ann") == handed_in(folder, "bo") == book(lesson)
    assert "cem: it is no notebook" in done.stderr and "bo: bo/photo.png is no notebook" in done.stderr
    assert "Passed over" in done.stderr and "(2)" in done.stderr
    assert (folder / "submitted" / "cem" / LESSON / "other" / "answers.docx").read_bytes() == b"PK"


def test_a_bomb_of_zips_is_not_unpacked(run, folder, group):
    data = b"x"
    for _ in range(5):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as bundle:
            bundle.writestr("ann.zip", data)
        data = outer.getvalue()
    (folder / "in.zip").write_bytes(data)
    assert "zip in a zip" in run("collect", LESSON, folder / "in.zip", code=1).stderr


def test_names_of_finder_are_read(run, folder, group, lesson):
    (folder / "more.csv").write_text("id,name\nzo,Zoë Šimić\n", encoding="utf-8")
    run("roster", "more.csv")
    path = zipped(folder / "in.zip", {f"Zoë Šimić_5_assignsubmission_file/{LESSON}.ipynb": book(lesson)})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        data[data.find(mark) + at] &= ~0x08  # the flag that says UTF-8
    path.write_bytes(data)
    run("collect", LESSON, path)
    assert handed_in(folder, "zo") == book(lesson)


def test_as_says_whose_it_is(run, folder, group, lesson):
    (folder / "work.ipynb").write_bytes(book(lesson))
    assert "no student" in run("collect", LESSON, "work.ipynb", code=1).stderr
    run("collect", LESSON, "work.ipynb", "--as", "cem")
    assert handed_in(folder, "cem") == book(lesson)
    assert "Nobody in the class has the id 'eve'" in run("collect", LESSON, "work.ipynb", "--as", "eve", code=1).stderr


def test_one_folder_that_cannot_be_written_stops_nobody_else(run, folder, group, lesson):
    (folder / "submitted").mkdir(exist_ok=True)
    (folder / "submitted" / "bo").write_text("a file")
    place = zipped(folder / "in.zip", {"ann/a.ipynb": book(lesson), "bo/b.ipynb": book(lesson)})
    done = run("collect", LESSON, place, code=1)
    assert handed_in(folder, "ann") == book(lesson) and "bo: " in done.stderr and "cannot be written" in done.stderr


@pytest.mark.parametrize("to", ["no-such-folder/out.csv", "/dev/full"])
def test_where_nothing_can_be_written_one_line_says_so(run, folder, group, to):
    from nbgrader.api import Gradebook

    run("release", LESSON)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "counterclaim") as gradebook:
        gradebook.update_or_create_submission(LESSON, "ann")
    done = run("export", LESSON, "--file", to, code=1)
    assert done.stderr.count("\n") == 1 and ("No such file" in done.stderr or "No space" in done.stderr)
