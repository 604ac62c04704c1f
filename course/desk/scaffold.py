"""A new lesson or a new case, with the parts that the linters ask for and nothing invented in them."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat

from course.desk.folder import DeskError
from course.desk.lesson_skeleton import ITEMS, class_file, notebook, notes
from course.files import write_whole

CASE_TABLES = ("claims", "sources", "coverage", "chains", "replies", "definitions")
PACKAGE = "data/datapackage.json"


def new_lesson(root: Path, name: str) -> list[Path]:
    """Write the skeleton of lesson `name`, such as "11-maps"; the files that were written.

    Args:
        root: a checkout of the project.
        name: two digits, a hyphen, and words in small letters with hyphens between.

    Errors: DeskError where `root` is no checkout, the name has another form, or the lesson's number or a file of it is there.
    """
    _checkout(root)
    if not re.fullmatch(r"\d\d-[a-z][a-z0-9]*(-[a-z0-9]+)*", name) or name.startswith("00"):
        raise DeskError(f"{name!r} is no lesson's name. Write two digits, a hyphen and words: 11-maps.")
    if taken := sorted(path.name for path in (root / "notebooks").glob(f"{name[:2]}-*")):
        raise DeskError(f"There is a lesson {name[:2]} already: {taken[0]}. Choose another number.")
    rows = [["number", "case", "text", "rests_on"]]
    rows += [[str(item), case, text, ""] for case in ("bakhmut-2023", "flood") for item, text in ITEMS.items()]
    files = {
        root / "notebooks" / name / f"{name}.ipynb": nbformat.writes(notebook(name)) + "\n",
        root / "data" / "lessons" / name / "sentences.csv": _csv(rows),
        root / "tests" / "end_to_end" / "classes" / f"{name}.yaml": class_file(name),
        root / "docs" / "instructor" / f"{name}.md": notes(name),
    }
    return _write(root, files)


def new_case(root: Path, name: str) -> list[Path]:
    """Write the empty tables of case `name`, such as "aleppo-2016"; the files that were written. Columns are those of the data package.

    Args:
        root: a checkout of the project.
        name: words in small letters with hyphens between, and a year.

    Errors: DeskError where `root` is no checkout, the name has another form, or the case is there.
    """
    descriptor = _checkout(root)
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*-\d{4}", name):
        raise DeskError(
            f"{name!r} is no case's name. Write words in small letters, a hyphen, and a year: bakhmut-2023."
        )
    folder = root / "data" / "cases" / name
    if folder.exists():
        raise DeskError(f"There is a case {name} already, in {folder}.")
    columns = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in descriptor["resources"]
        if resource["name"] in CASE_TABLES
    }
    return _write(root, {folder / f"{table}.csv": _csv([columns[table]]) for table in CASE_TABLES})


def _checkout(root: Path) -> dict[str, Any]:
    try:
        descriptor: dict[str, Any] = json.loads((root / PACKAGE).read_text("utf-8"))
    except (OSError, ValueError):
        descriptor = {}
    if not descriptor.get("resources") or not (root / "notebooks").is_dir():
        raise DeskError(f"{root} is no checkout of the project: it needs notebooks/ and {PACKAGE}. Change to yours.")
    return descriptor


def _write(root: Path, files: dict[Path, str]) -> list[Path]:
    """Write all the files or, where one is there, none; then enter the data in the data package."""
    for path in files:
        if path.exists():
            raise DeskError(f"{path} is there already, and nothing was written.")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    tool = root / "tests" / "tools" / "package.py"
    if not tool.is_file():
        raise DeskError(f"The files are written, but {tool} is missing: enter those in data/ in {PACKAGE} by hand.")
    done = subprocess.run([sys.executable, str(tool)], capture_output=True, text=True, cwd=root)
    if done.returncode:
        raise DeskError(f"The files are written, but the data package is not complete:\n{done.stdout}{done.stderr}")
    return list(files)


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
