"""`make`, with a stand-in for Python that notes what it is asked: what is installed when, and what is said where it cannot be."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, missing

PYTHON = """\
#!/bin/sh
echo "$@" >> "$LOG"
case "$*" in
  -V) echo "Python 3.8.1" ;;
  *version_info*) exit $OLD ;;
  *ensurepip*) exit $NO_VENV ;;
  *"pip install"*) exit $NO_NETWORK ;;
  "-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
esac
"""


@pytest.fixture
def make(tmp_path):
    """Run make in a folder that holds the project's Makefile; gives what it said, and what Python was asked."""
    if not shutil.which("make"):
        missing("make")
    place = tmp_path / "a folder, with (odd) name"
    place.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, place)
    (tmp_path / "python").write_text(PYTHON)
    (tmp_path / "python").chmod(0o755)

    def run(*args: str, place: Path = place, **state: str):
        (tmp_path / "log").write_text("")
        # where make itself runs these tests, its own state must not reach the make under test
        outside = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MAKE", "MFLAGS", "PYTHON", "ARGS"))
        }
        env = outside | {"LOG": str(tmp_path / "log"), "OLD": "0", "NO_VENV": "0", "NO_NETWORK": "0"} | state
        done = subprocess.run(
            ["make", *args, f"PYTHON={tmp_path / 'python'}"] if "PYTHON" not in state else ["make", *args],
            cwd=place,
            env=env,
            capture_output=True,
            text=True,
        )
        return done, (tmp_path / "log").read_text()

    run.place = place
    return run


def test_first_start_installs_and_opens(make):
    done, asked = make("start", "ARGS=--no-browser --port 9000")
    assert done.returncode == 0, done.stderr
    assert asked.count("pip install") == 1 and "--editable ." in asked
    assert asked.splitlines()[-1] == "-m course.cli start workspace --no-browser --port 9000"


def test_second_start_installs_nothing(make):
    make("start")
    _, asked = make("start")
    assert asked == "-m course.cli start workspace\n"


def test_new_requirements_are_installed_in_the_same_environment(make):
    make("start")
    later = (make.place / ".venv" / ".installed").stat().st_mtime + 5
    os.utime(make.place / "pyproject.toml", (later, later))
    _, asked = make("start")
    assert "pip install" in asked and "-m venv" not in asked


def test_interrupted_installation_is_taken_up_again(make):
    done, _ = make("start", NO_NETWORK="1")
    assert done.returncode != 0
    done, asked = make("start")
    assert done.returncode == 0 and "pip install" in asked


def test_folder_that_was_moved_is_installed_anew(make):
    make("start")
    moved = make.place.rename(make.place.with_name("moved"))
    _, asked = make("start", place=moved)
    assert "-m venv" in asked and "pip install" in asked
    _, asked = make("start", place=moved)
    assert "pip install" not in asked


def test_environment_whose_python_has_gone_is_made_anew(make):
    make("start")
    (make.place / ".venv" / "bin" / "python").unlink()
    done, asked = make("start")
    assert done.returncode == 0 and "-m venv" in asked and "pip install" in asked


def test_test_installs_the_test_parts_and_start_needs_no_more(make):
    _, asked = make("test", "ARGS=tests/cli")
    assert "--editable .[test]" in asked and asked.splitlines()[-1] == "-m pytest -m not prove tests/cli"
    _, asked = make("start")
    assert "pip install" not in asked


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"OLD": "1"}, "needs Python 3.11 or newer"),
        ({"NO_VENV": "1"}, "apt install python3-venv"),
        ({"PYTHON": "no-such-python"}, "There is no no-such-python here"),
    ],
)
def test_python_that_will_not_do_is_said_in_one_line(make, state, said):
    done, asked = make("start", **state)
    assert done.returncode != 0
    lines = [line for line in done.stdout.splitlines() + done.stderr.splitlines() if not line.startswith("make:")]
    assert len(lines) == 1 and said in lines[0]
    assert "venv --clear" not in asked and not (make.place / ".venv").exists()


def test_clean_keeps_the_workspace(make):
    make("start")
    (make.place / "workspace" / "__pycache__").mkdir(parents=True)
    (make.place / "workspace" / "01-one-claim.ipynb").write_text("my work")
    make("clean")
    assert not (make.place / ".venv").exists()
    assert (make.place / "workspace" / "01-one-claim.ipynb").read_text() == "my work"
    assert (make.place / "workspace" / "__pycache__").exists()


def test_help_names_every_target(make):
    done, _ = make("help")
    for target in ("start", "test", "prove", "lint", "clean", "help"):
        assert f"make {target}\t" in done.stdout
