"""Annotations for research: whose, under which name, in which form; and one version for citation and data."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from conftest import ROOT
from tools.simulated import lay, submissions

from course.corpus import data_folder
from course.desk.folder import DeskError, open_desk
from course.desk.pseudonyms import pseudonyms
from course.desk.roster import read_roster
from course.grading.release import release

LESSON = "01-one-claim"
WILLING = ("student01", "student02", "student03", "student04")


@pytest.fixture
def class_folder(folder: Path, run: Any) -> Path:
    """A class whose notebooks lie as graded; four students said yes, one said no, one says nothing."""
    notebook = folder / "notebooks" / LESSON / f"{LESSON}.ipynb"
    notebook.parent.mkdir()
    notebook.write_bytes((ROOT / "notebooks" / LESSON / notebook.name).read_bytes())
    released = release(notebook)
    texts = submissions(LESSON, nbformat.read(notebook, as_version=4), released)
    kept = {name: texts[name] for name in (*WILLING, "student05", "student06")}
    lay(folder, LESSON, kept)
    for student, text in kept.items():
        place = folder / "autograded" / student / LESSON
        place.mkdir(parents=True)
        (place / f"{LESSON}.ipynb").write_text(text, encoding="utf-8")
    run("release", "1")
    with open_desk(folder).gradebook() as book:
        for student in kept:
            book.update_or_create_student(student)
            book.update_or_create_submission(LESSON, student)
    rows = [f"{student},yes" for student in WILLING] + ["student05,no", "student06,"]
    (folder / "class.csv").write_text("id,consent\n" + "\n".join(rows) + "\n")
    run("roster", "class.csv")
    return folder


def test_only_those_who_said_yes_are_exported_and_under_no_known_name(run: Any, class_folder: Path) -> None:
    said = run("export-annotations", "1", "--to", "out.csv").stdout
    rows = list(csv.DictReader(io.StringIO((class_folder / "out.csv").read_text("utf-8"))))
    annotators = {row["annotator"] for row in rows}
    assert 1 < len(annotators) <= 4 and f"by {len(annotators)} of 6 students" in said
    course = open_desk(class_folder)
    assert not annotators & set(pseudonyms(course, WILLING).values()), "They could be matched with the report"
    assert annotators <= set(pseudonyms(course, WILLING, purpose=f"research {LESSON}").values())
    assert "student0" not in (class_folder / "out.csv").read_text("utf-8")
    assert {row["label"] for row in rows if row["answer"] == "claims"} == {"chosen", "left out"}


def test_the_json_is_a_w3c_annotation_page_of_the_same_labels(run: Any, class_folder: Path) -> None:
    run("export-annotations", "1", "--to", "out.csv")
    run("export-annotations", "1", "--to", "out.jsonld")
    rows = list(csv.DictReader(io.StringIO((class_folder / "out.csv").read_text("utf-8"))))
    page = json.loads((class_folder / "out.jsonld").read_text("utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    assert len(page["items"]) == len(rows) == len({item["id"] for item in page["items"]})
    for item, row in zip(page["items"], rows, strict=True):
        assert item["type"] == "Annotation" and item["body"][0]["value"] == row["label"]
        assert item["creator"]["nickname"] == row["annotator"]
        if row["text"]:
            where, quote = item["target"][0]["selector"]
            assert quote["exact"] == row["text"] and where["end"] - where["start"] == len(row["text"])


def test_consent_is_asked_for_and_kept(run: Any, class_folder: Path) -> None:
    (class_folder / "platform.csv").write_text("id,email\nstudent01,one@uni.test\nstudent07,\n")
    run("roster", "platform.csv")
    found = {one.id: one.consent for one in read_roster(class_folder / "roster.csv")}
    assert found["student01"] == "yes" and found["student05"] == "no" and found["student07"] == ""
    (class_folder / "back.csv").write_text("id,consent\n" + "".join(f"{name},no\n" for name in WILLING))
    run("roster", "back.csv")
    assert "Nobody has said yes" in run("export-annotations", "1", "--to", "out.csv", code=1).stderr
    assert not (class_folder / "out.csv").exists()


def test_an_unclear_consent_is_no_consent(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("id,consent\nann,perhaps\n")
    with pytest.raises(DeskError, match="line 2: the consent 'perhaps' is unclear"):
        read_roster(tmp_path / "class.csv")


def test_citation_data_package_and_code_have_one_version() -> None:
    package = json.loads((data_folder() / "datapackage.json").read_text("utf-8"))["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"]
    code = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert package == citation == code
