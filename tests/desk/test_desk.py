"""The instructor's desk, from the class list to the points that a learning platform takes back."""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course.desk.exporting import Grades, export
from course.desk.folder import DeskError
from course.desk.roster import Student, read_roster
from course.desk.whose import whose

LESSON = "98-scratch"
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Lesson 1 (77)
    Points Possible,,,,,40
"Río, Ana María",1001,s1,ana@uni.test,Group 1,
"Okafor, Bo",1002,s2,bo@uni.test,Group 1,12
"Student, Test",1999,,abc,Group 1,
"""
MOODLE = """\
First name;Last name;ID number;Email address;Groups
Ana María;Río;s1;ana@uni.test;Group 1
Bo;Okafor;s2;bo@uni.test;Group 1
"""


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


# --- the class list ----------------------------------------------------------------------------------------------------


def test_the_lists_of_canvas_and_moodle_and_a_table_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "canvas.csv").write_text("\ufeff" + CANVAS, encoding="utf-8")
    (tmp_path / "moodle.csv").write_text(MOODLE, encoding="utf-8")
    (tmp_path / "own.csv").write_bytes(
        "id\tfirst_name\tlast_name\nana\tAna María\tRío\nbo\tBo\tOkafor\n".encode("cp1252")
    )
    canvas, moodle, own = (read_roster(tmp_path / f"{name}.csv") for name in ("canvas", "moodle", "own"))
    assert [one.id for one in canvas] == ["ana", "bo"] and [one.id for one in moodle] == ["s1", "s2"]
    assert (
        [one.name for one in canvas]
        == [one.name for one in moodle]
        == [one.name for one in own]
        == ["Ana María Río", "Bo Okafor"]
    )
    assert canvas[0].lms_id == "1001" and canvas[0].sis_id == moodle[0].sis_id == "s1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "lists no students"),
        ("id,first_name\n../x,Eve\n", "line 2: the id '../x' cannot be a folder's name"),
        ("id,first_name\nann,Ann\n,Bob\n", "line 3: there is no id"),
        ("id\nann\nANN\n", "ann stands there more than once"),
    ],
)
def test_a_bad_list_is_told_where_and_why(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "bad.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DeskError, match=words):
        read_roster(tmp_path / "bad.csv")


def test_a_second_list_adds_and_keeps(run, folder: Path) -> None:
    (folder / "one.csv").write_text("id,first_name\nann,Ann\nbob,Bob\n")
    (folder / "two.csv").write_text("id,first_name,email\nbob,Robert,bob@uni.test\ncem,Cem,\n")
    assert "2 new students; 2 in all" in run("roster", "one.csv").stdout
    assert "1 new student; 3 in all" in run("roster", "two.csv").stdout
    shown = run("roster").stdout
    assert "bob\tRobert\tbob@uni.test" in shown and "3 students." in shown


# --- what comes in -----------------------------------------------------------------------------------------------------

CLASS = [
    Student("ana", "Ana María", "Río", "ana@uni.test", "1001", "s1"),
    Student("bo", "Bo", "Okafor", "bo@uni.test", "1002", "s2"),
    Student("bo-2", "Bo", "Zhang", "", "1003", ""),
]


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("rioanamaria_1001_55501_01-one-claim.ipynb", "ana"),  # Canvas
        ("rioanamaria_LATE_1001_55501_01-one-claim-2.ipynb", "ana"),
        ("Bo Okafor_990_assignsubmission_file_/01-one-claim.ipynb", "bo"),  # Moodle, a folder each
        ("Bo Okafor_990_assignsubmission_file_01-one-claim.ipynb", "bo"),  # and without
        ("handed in/bo/01-one-claim.ipynb", "bo"),
        ("BO-2_01-one-claim.ipynb", "bo-2"),
        ("ana@uni.test/answer.ipynb", "ana"),
        ("ana.ipynb", "ana"),
    ],
)
def test_whose_it_is_stands_in_the_path(path: str, who: str) -> None:
    found = whose(path, CLASS)
    assert isinstance(found, Student) and found.id == who


@pytest.mark.parametrize("path", ["someone.ipynb", "anabel/01.ipynb", "doejane_7_8_01.ipynb"])
def test_what_fits_nobody_is_given_to_nobody(path: str) -> None:
    assert isinstance(whose(path, CLASS), str)


def zipped(path: Path, entries: dict[str, bytes], when: tuple[int, ...] = (2026, 3, 1, 12, 0, 0)) -> Path:
    with zipfile.ZipFile(path, "w") as bundle:
        for name, data in entries.items():
            bundle.writestr(zipfile.ZipInfo(name, when), data)  # type: ignore[arg-type]
    return path


def test_a_zip_is_collected_and_nothing_is_lost(run, folder: Path, tmp_path: Path) -> None:
    (folder / "class.csv").write_text(CANVAS, encoding="utf-8")
    run("roster", "class.csv")
    first = zipped(
        tmp_path / "a.zip", {"rio_1001_1_x.ipynb": b"{1}", "okafor_1002_2_x.ipynb": b"{2}", "notes.txt": b"-"}
    )
    done = run("collect", "98", first, code=1)
    assert "2 submissions new" in done.stdout and "notes.txt: no student" in done.stderr
    path = folder / "submitted" / "ana" / LESSON / f"{LESSON}.ipynb"
    assert path.read_bytes() == b"{1}"
    assert "2026-03-01" in (path.parent / "timestamp.txt").read_text()
    assert "0 submissions new, 0 newer than before, 2 the same" in run("collect", LESSON, first, code=1).stdout
    later = zipped(tmp_path / "b.zip", {"rio_1001_3_x.ipynb": b"{3}"}, (2026, 3, 2, 12, 0, 0))
    assert "1 newer than before" in run("collect", LESSON, later).stdout
    assert path.read_bytes() == b"{3}" and [one.read_bytes() for one in path.parent.glob("earlier/*")] == [b"{1}"]
    assert (
        "1 older (kept aside)"
        in run("collect", LESSON, zipped(tmp_path / "c.zip", {"rio_1001_0_x.ipynb": b"{0}"})).stdout
    )
    assert path.read_bytes() == b"{3}" and len(list(path.parent.glob("earlier/*"))) == 2


def test_a_zip_that_wants_out_is_kept_in(run, folder: Path, tmp_path: Path) -> None:
    (folder / "class.csv").write_text("id\nann\nbob\n")
    run("roster", "class.csv")
    link = zipfile.ZipInfo("bob/x.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "slip.zip", "w") as bundle:
        bundle.writestr("../../ann.ipynb", b"{}")
        bundle.writestr("/ann/x.ipynb", b"{}")
        bundle.writestr(link, "/etc/passwd")
        bundle.writestr("ann/good.ipynb", b"{}")
    done = run("collect", LESSON, tmp_path / "slip.zip", code=1)
    assert "1 submission new" in done.stdout
    assert done.stderr.count("leads out of the zip") == 2 and "it is a link" in done.stderr
    assert sorted(path.name for path in (folder / "submitted").iterdir()) == ["ann"]
    assert not (folder.parent / "ann.ipynb").exists() and not (tmp_path / "ann.ipynb").exists()


def test_a_folder_is_collected_without_its_links(run, folder: Path, tmp_path: Path) -> None:
    (folder / "class.csv").write_text("id\nann\nbob\n")
    run("roster", "class.csv")
    for name in ("ann", "bob"):
        (tmp_path / "in" / name).mkdir(parents=True)
    (tmp_path / "in" / "ann" / "work.ipynb").write_text("{}")
    (tmp_path / "in" / "bob" / "work.ipynb").symlink_to(tmp_path / "in" / "ann" / "work.ipynb")
    assert "bob/work.ipynb: bob: it is a link" in run("collect", LESSON, tmp_path / "in", code=1).stderr


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("collect", "77-none", "."), "There is no lesson '77-none'"),
        (("collect", LESSON, "no-such-place"), "There is no file and no folder no-such-place"),
        (("collect", LESSON, "notebooks/../empty"), "holds no notebook"),
        (("collect", LESSON, "nbgrader_config.py"), "is not a zip file"),
        (("export",), "holds no points"),
        (("export", "--course", "empty"), "There is no nbgrader_config.py in"),
    ],
)
def test_a_bad_call_is_answered_in_one_line(run, folder: Path, call: tuple[str, ...], words: str) -> None:
    (folder / "empty").mkdir()
    done = run(*call, code=1)
    assert words in done.stderr and done.stderr.count("\n") == 1


# --- what goes out -----------------------------------------------------------------------------------------------------

GRADES = Grades(
    [Student("ana", "Ana María", 'Río, "the swift"', "ana@uni.test", "1001", "s1", "ana@uni.test", "G1"), Student("bo", "=cmd()", "Okafor", "bo@uni.test", "1002", "s2")],
    ["01-one-claim", "02-who-says-so"],
    {"ana": {"01-one-claim": 33.5, "02-who-says-so": 0.0}, "bo": {"01-one-claim": 40.0}},
    {"01-one-claim": 40.0, "02-who-says-so": 40.0},
    {"ana": ["01-one-claim"]},
)  # fmt: skip


def test_canvas_gets_its_columns_and_the_row_of_points() -> None:
    head, most, ana, bo = table(export(GRADES, "canvas"))
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01-one-claim", "02-who-says-so"]
    assert most[0].strip() == "Points Possible" and most[5:] == ["40", "40"]
    assert ana == ['Río, "the swift", Ana María', "1001", "s1", "ana@uni.test", "G1", "33.5", "0"]
    assert bo[5:] == ["40", ""], "what was not handed in is no zero"


def test_moodle_gets_what_it_maps_by() -> None:
    head, ana, bo = table(export(GRADES, "moodle"))
    assert head[:4] == ["First name", "Last name", "ID number", "Email address"]
    assert ana[2:] == ["s1", "ana@uni.test", "33.5", "0"]
    assert bo[0] == "'=cmd()", "a spreadsheet must not take a name for a formula"


def test_who_cannot_be_told_is_named() -> None:
    strangers = Grades([Student("ana")], ["01"], {"ana": {"01": 1.0}}, {"01": 2.0}, {})
    with pytest.raises(DeskError, match="Canvas could not tell who these are: ana"):
        export(strangers, "canvas")


def test_the_whole_way_from_release_to_export(run, folder: Path) -> None:
    (folder / "class.csv").write_text(CANVAS, encoding="utf-8")
    run("roster", "class.csv")
    released = folder / "release" / LESSON / f"{LESSON}.ipynb"
    assert f"Made: {released}" in run("release", "98").stdout
    assert "BEGIN SOLUTION" not in released.read_text()
    assert "Write your answer here." in released.read_text(), "The course's own settings were not used"
    place = folder / "in" / "ana"
    place.mkdir(parents=True)
    (place / "a.ipynb").write_bytes(released.read_bytes())
    run("collect", LESSON, folder / "in")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "counterclaim") as book:
        book.update_or_create_submission(LESSON, "ana")
    done = run("export", "--to", "canvas", LESSON)
    assert "2 students, 1 lesson" in done.stdout
    rows = table((folder / "grades-canvas.csv").read_text(encoding="utf-8"))
    assert [row[1] for row in rows[2:]] == ["1001", "1002"] and rows[2][5] == "0" and rows[3][5] == ""


def test_release_keeps_to_the_settings_of_the_course_and_its_exchange(run, folder: Path) -> None:
    exchange = folder.parent / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(f"c.Exchange.root = {str(exchange)!r}\n")
    assert "Laid in the exchange" in run("release", "98", "--exchange").stdout
    handed_out = exchange / "counterclaim" / "outbound" / LESSON / f"{LESSON}.ipynb"
    text = handed_out.read_text("utf-8")
    assert "Your answer goes in the place of None" in text and "NotImplementedError" not in text
    assert "Collected from the exchange" in run("collect", "98").stdout


def test_doctor_names_what_is_there_and_what_is_not(run, folder: Path) -> None:
    done = run("doctor", code=0 if __import__("shutil").which("bwrap") else 1)
    assert "counterclaim" in done.stdout and "course folder: 1 lessons" in done.stdout
