"""A course folder with one small lesson, and the course command in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course.cli import main

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, scratch_lesson: Path, root: Path) -> Path:
    folder = tmp_path / "course folder"
    lesson = folder / "notebooks" / scratch_lesson.stem
    lesson.mkdir(parents=True)
    (lesson / scratch_lesson.name).write_bytes(scratch_lesson.read_bytes())
    (folder / "nbgrader_config.py").write_bytes((root / "nbgrader_config.py").read_bytes())
    return folder


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the course command in the folder, with an environment that is not activated: `run("roster", "class.csv")`."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")

    def call(*args: str | Path, code: int = 0) -> Result:
        done = CliRunner().invoke(main, [*map(str, args)])
        assert done.exit_code == code, f"{done.exit_code}: {done.output}{done.exception!r}"
        return done

    return call
