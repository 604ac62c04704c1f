"""The data package is what its descriptor says, and the descriptor catches what is not."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import frictionless
import pytest
from tools import package

from course.corpus import cases, data_folder, lexicons


def _report(folder: Path) -> frictionless.Report:
    return frictionless.Package(str(folder / "datapackage.json")).validate()


def _errors(report: frictionless.Report) -> list[str]:
    return [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


def test_package_is_valid() -> None:
    report = _report(data_folder())
    assert _errors(report) == []
    assert all(task.stats["rows"] for task in report.tasks if task.type == "table")


DOCUMENTATION = {"datapackage.json", "LICENSE"}  # and every README.md


def test_every_file_is_in_the_package_or_is_documentation() -> None:
    descriptor = json.loads((data_folder() / "datapackage.json").read_text("utf-8"))
    paths = [path for resource in descriptor["resources"] for path in resource["path"]]
    assert len(paths) == len(set(paths)), "a file is in two resources"
    files = {path.relative_to(data_folder()).as_posix() for path in data_folder().rglob("*") if path.is_file()}
    there = {path for path in files if Path(path).name != "README.md"} - DOCUMENTATION
    assert there - set(paths) == set(), "run python tests/tools/package.py"
    assert set(paths) - there == set(), "in datapackage.json, and not there: run python tests/tools/package.py"
    assert {path.split("/")[1] for path in there if path.startswith("cases/")} == set(cases())
    assert {path.split("/")[1].removesuffix(".csv") for path in there if path.startswith("lexicons/")} == set(
        lexicons()
    )


def test_every_table_has_a_schema_with_a_meaning_for_each_column() -> None:
    descriptor = json.loads((data_folder() / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        tabular = all(path.endswith(".csv") for path in resource["path"])
        assert tabular == (resource["type"] == "table") == ("schema" in resource), resource["name"]
        for field in resource.get("schema", {}).get("fields", []):
            assert field["type"] and field["description"].strip(), f"{resource['name']}.{field['name']}"


CASE = "cases/bakhmut-2023"


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        (f"{CASE}/claims", "measure", "dead"),
        (f"{CASE}/claims", "lower", "many"),
        (f"{CASE}/claims", "date", "2023-02-30"),
        (f"{CASE}/claims", "claimant", "Nobody"),
        (f"{CASE}/claims", "renders", "Z999"),
        (f"{CASE}/claims", "reference", ""),
        (f"{CASE}/coverage", "claim", "Z999"),
        (f"{CASE}/coverage", "change", "lost"),
        (f"{CASE}/chains", "taken_from", "Nobody"),
        (f"{CASE}/replies", "reply", "Z999"),
        (f"{CASE}/definitions", "killed", "perhaps"),
        ("lexicons/cues", "stance", "hostile"),
        ("lexicons/measures", "measure", "slain"),
        ("lexicons/bounds", "bound", "≥"),
        ("worlds/border/coverage", "claim", "B99"),
        ("worlds/border/sources", "side", "the enemy"),
        ("worlds/flood/claims", "lower_open", "maybe"),
        ("lessons/01-one-claim/headlines", "rests_on", "U001"),
    ],
)
def test_package_catches_a_wrong_cell(tmp_path: Path, table: str, column: str, value: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows[0][column] = value
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    described = frictionless.Package(str(folder / "datapackage.json"))
    (resource,) = [one for one in described.resources if f"{table}.csv" in (one.path, *one.extrapaths)]
    errors = _errors(resource.validate())
    assert errors, f"{table}.{column} = {value!r} went through"
    assert any(column in error for error in errors), errors


def test_tool_enters_new_files_and_takes_out_lost_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    (folder / "cases" / "iraq-2003" / "digests" / "new.md").write_text("---\n---\n", "utf-8")
    lost = next((folder / "worlds" / "flood" / "second").glob("*.txt"))
    lost.unlink()
    (folder / "lessons" / "99-new").mkdir()
    (folder / "lessons" / "99-new" / "to_read.csv").write_text("number,case,text,secret\n1,flood,One.,x\n", "utf-8")
    monkeypatch.setattr(package, "DATA", folder)
    monkeypatch.setattr(package, "DESCRIPTOR", folder / "datapackage.json")
    assert package.main() == 1  # a person must say what "secret" means
    found = {one["name"]: one for one in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]}
    assert "cases/iraq-2003/digests/new.md" in found["digests"]["path"]
    assert lost.relative_to(folder).as_posix() not in found["world-second"]["path"]
    fields = found["lesson-99-to_read"]["schema"]["fields"]
    assert [field["name"] for field in fields if not field["description"]] == ["secret"]
    assert not _errors(_report(folder))
    assert package.unlisted({"resources": list(found.values())}) == []
