"""The data package is what its descriptor says, and the descriptor catches what is not."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import frictionless
import pytest

from course.corpus import cases, data_folder


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


def test_every_file_of_a_case_is_in_the_package() -> None:
    package = json.loads((data_folder() / "datapackage.json").read_text("utf-8"))
    listed = {path for resource in package["resources"] for path in resource["path"]}
    files = [path for path in data_folder().glob("cases/**/*") if path.is_file()]
    there = {path.relative_to(data_folder()).as_posix() for path in files}
    assert there == {path for path in listed if path.startswith("cases/")}
    assert {path.split("/")[1] for path in there} == set(cases())


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("claims", "measure", "dead"),
        ("claims", "lower", "many"),
        ("claims", "date", "2023-02-30"),
        ("claims", "claimant", "Nobody"),
        ("claims", "renders", "Z999"),
        ("claims", "reference", ""),
        ("coverage", "claim", "Z999"),
        ("coverage", "change", "lost"),
        ("chains", "taken_from", "Nobody"),
        ("replies", "reply", "Z999"),
        ("definitions", "killed", "perhaps"),
    ],
)
def test_package_catches_a_wrong_cell(tmp_path: Path, table: str, column: str, value: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    path = folder / "cases" / "bakhmut-2023" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows[0][column] = value
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert _errors(_report(folder)), f"{table}.{column} = {value!r} went through"
