"""A class list as programs write it: letters, separators, odd lines, columns nobody knows; and who is who when lists follow each other."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.desk.folder import DeskError
from course.desk.roster import read_class_list
from course.desk.tables import as_csv, bare, read_table, safe

NAMES = {
    "cp1252": ["Jörgen Åkesson", "Renée Côté", "Bo Tan"],
    "cp1250": ["Łucja Wąż", "Bo Tan", "Żaneta Ślęk"],
    "cp1251": ["Вера Орлова", "Пётр Зимин", "Bo Tan"],
    "cp1253": ["Ελένη Δήμου", "Νίκος Ρούσσος", "Κώστας Ζάχος"],
    "utf-8": ["Ζωή Δήμου", "李 小明", "Bo Tan"],
    "utf-8-sig": ["Renée Côté", "李 小明", "Bo Tan"],
    "utf-16": ["Вера Орлова", "李 小明", "Bo Tan"],
    "utf-16-le": ["Renée Côté", "Bo Tan", "Ann Roth"],
}


def lines(names: list[str], separator: str) -> str:
    rows = [["id", "first_name", "last_name"], *([f"s{n}", *name.split()] for n, name in enumerate(names))]
    return "\n".join(separator.join(row) for row in rows) + "\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", NAMES)
def test_letters_separators_and_line_ends_are_read_as_they_were_meant(tmp_path, encoding, separator, ends):
    path = tmp_path / "class.csv"
    path.write_bytes(lines(NAMES[encoding], separator).replace("\n", ends).encode(encoding))
    found = read_class_list(path)
    assert [one.name for one in found.students] == NAMES[encoding]
    told = any("not in UTF-8" in line for line in found.remarks)
    assert told == encoding.startswith("cp"), "a guess is told, and nothing else"


def test_the_letters_can_be_named(tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes("id,name\na,Jiří Vaňek\n".encode("cp1250"))
    assert read_class_list(path, "cp1250").students[0].name == "Jiří Vaňek"
    with pytest.raises(DeskError, match="no encoding 'cp9'"):
        read_class_list(path, "cp9")


def test_excels_line_of_the_separator_and_empty_lines_are_passed_over(tmp_path):
    (tmp_path / "class.csv").write_text("sep=;\nid;name\n;\na;Ann Roth\n\n")
    assert [one.name for one in read_class_list(tmp_path / "class.csv").students] == ["Ann Roth"]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r")), min_size=2, max_size=4), min_size=1
    )
)
def test_what_is_written_is_read_again(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_text(as_csv([["a", "b", "c", "d"], *rows]), encoding="utf-8", newline="")
    read = [[bare(cell) for cell in row] for _, row in read_table(path).rows]
    assert read == [row for row in rows if any(cell.strip() for cell in row)]


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-x", "@me", "\tx"])
def test_no_word_is_a_formula_and_numbers_stay_numbers(cell):
    assert safe(cell) == f"'{cell}" and bare(str(safe(cell))) == cell
    assert safe("-3") == "-3" and safe("-3,5") == "-3,5" and safe(-3) == -3


CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,Quiz (55),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,10,(read only)
"Roth, Ann ""Annie""",31,s31,ann@u.test,A,4,
"Tan, Bo",32,s32,bo@u.test,A,,
"Student, Test",39,,0c1d,A,,
'''


def test_canvas_whole_export_with_its_odd_lines(tmp_path):
    (tmp_path / "c.csv").write_text(CANVAS)
    found = read_class_list(tmp_path / "c.csv")
    assert [(one.id, one.name, one.lms_id) for one in found.students] == [
        ("ann", 'Ann "Annie" Roth', "31"),
        ("bo", "Bo Tan", "32"),
    ]
    assert not found.remarks, "points are no news"


@pytest.mark.parametrize(
    "head",
    [
        "Teilnehmer/in,ID,SIS-User-ID,SIS-Login-ID,Abschnitt",
        "Estudiante,ID,ID de usuario de SIS,ID de inicio de sesión en SIS,Sección",
        "Étudiant,ID,ID utilisateur SIS,ID de connexion SIS,Section",
    ],
)
def test_canvas_in_other_languages(tmp_path, head):
    (tmp_path / "c.csv").write_text(f'{head}\n"Roth, Ann",31,s31,ann@u.test,A\n', encoding="utf-8")
    (ann,) = read_class_list(tmp_path / "c.csv").students
    assert (ann.id, ann.name, ann.lms_id, ann.sis_id, ann.login, ann.section) == (
        "ann", "Ann Roth", "31", "s31", "ann@u.test", "A",
    )  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        "Vorname,Nachname,ID-Nummer,E-Mail-Adresse,Gruppen",
        "Prénom,Nom de famille,Numéro d'identification,Adresse de courriel,Groupes",
    ],
)
def test_moodle_in_other_languages(tmp_path, head):
    (tmp_path / "m.csv").write_text(f"{head}\nAnn,Roth,s31,ann@u.test,G1\n", encoding="utf-8")
    (ann,) = read_class_list(tmp_path / "m.csv").students
    assert (ann.id, ann.name, ann.email, ann.section) == ("s31", "Ann Roth", "ann@u.test", "G1")


def test_columns_that_mean_nothing_here_are_kept_and_named(run, folder: Path):
    (folder / "own.csv").write_text("id,full name,Seat\nann,Ann Roth,12\nbo,Bo Tan,\n")
    done = run("roster", "own.csv")
    assert "kept in roster.csv: 'Seat'" in done.stderr
    run("roster", "own.csv")
    rows = list(csv.DictReader(io.StringIO((folder / "roster.csv").read_text("utf-8"))))
    assert [(row["first_name"], row["last_name"], row["Seat"]) for row in rows] == [
        ("Ann", "Roth", "12"),
        ("Bo", "Tan", ""),
    ]


def test_a_list_without_names_says_what_that_means(run, folder: Path):
    (folder / "own.csv").write_text("id\nann\n")
    assert "holds no names" in run("roster", "own.csv").stderr


def test_two_addresses_with_one_beginning_are_two_students_and_stay_who_they_are(run, folder: Path):
    head = "Student,ID,SIS User ID,SIS Login ID,Section\n"
    ann, anna = '"Roth, Ann",31,s31,ann@u.test,A\n', '"Ruth, Anna",33,s33,ann@alumni.u.test,A\n'
    (folder / "one.csv").write_text(head + ann)
    (folder / "two.csv").write_text(head + ann + anna)
    run("roster", "one.csv")
    done = run("roster", "two.csv")
    assert "1 new student; 2 in all" in done.stdout and "Ann Roth is ann here already" in done.stderr
    rows = {row["lms_id"]: row["id"] for row in csv.DictReader(io.StringIO((folder / "roster.csv").read_text("utf-8")))}
    assert rows == {"31": "ann", "33": "ann@alumni.u.test"}


def test_a_mark_that_excel_knows_and_letters_that_survive(run, folder: Path):
    (folder / "one.csv").write_text("id,name\nann,Ann Ågren\n", encoding="utf-8")
    run("roster", "one.csv")
    assert not (folder / "roster.csv").read_bytes().startswith(b"\xef\xbb\xbf"), "our own table is for programs"
    assert as_csv([["Ågren"]]).encode().startswith(b"\xef\xbb\xbf")
