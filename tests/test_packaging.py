"""What is installed is what the course needs, from a wheel, from a checkout and with conda."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# names that differ between the two worlds
CONDA = {"matplotlib": "matplotlib-base"} | {
    f"jupyter-{name}": f"jupyter_{name}" for name in ("client", "core", "server")
}
MODULES = {
    "charset_normalizer": "charset-normalizer",
    "dateutil": "python-dateutil",
    "IPython": "ipython",
    "jupyter_client": "jupyter-client",
    "jupyter_core": "jupyter-core",
    "jupyter_server": "jupyter-server",
    "markdown_it": "markdown-it-py",
    "PIL": "pillow",
    "yaml": "pyyaml",
}


def bounds(requirements: list[str]) -> dict[str, str]:
    return dict(re.fullmatch(r"([\w.-]+)(>=.+)", one).groups() for one in requirements)


def test_conda_users_get_the_same_bounds():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    *packages, pip, installed = conda["dependencies"]
    theirs = {CONDA.get(name, name): bound for name, bound in bounds(PROJECT["dependencies"]).items()}
    assert bounds(packages) == {"python": PROJECT["requires-python"], **theirs}
    assert pip == "pip" and installed == {"pip": ["--editable ."]}
    assert conda["channels"][0] == "conda-forge"


def test_every_module_that_the_course_imports_is_declared():
    imported = set()
    for path in (ROOT / "course").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "find_spec":
                imported.add(node.args[0].value)
    foreign = {MODULES.get(name, name) for name in imported - set(sys.stdlib_module_names) - {"course"}}
    declared = set(bounds(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["corpus"]))
    assert foreign <= declared, foreign - declared


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The course as a wheel, unpacked, and nothing of the checkout within reach."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def ask(wheel: Path, code: str) -> str:
    """What `code` prints where the course is installed from the wheel."""
    code = f"import sys; sys.path.insert(0, {str(wheel)!r}); import course\n{code}"
    command = [sys.executable, "-I", "-c", code]
    return subprocess.run(command, cwd=wheel.parent, check=True, capture_output=True, text=True).stdout.strip()


def test_wheel_carries_lessons_and_data(wheel):
    names = ask(
        wheel, "from course.grading.release import lessons; print(*[p for p in lessons()], sep='\\n')"
    ).splitlines()
    assert [Path(name).stem for name in names][:2] == ["00-start-here", "01-one-claim"]
    assert all(name.startswith(str(wheel)) for name in names)
    assert ask(wheel, "from course.corpus import data_folder; print(data_folder())") == str(wheel / "course" / "_data")
    carried = {path.relative_to(wheel / "course" / "_data") for path in (wheel / "course" / "_data").rglob("*.csv")}
    assert carried == {path.relative_to(ROOT / "data") for path in (ROOT / "data").rglob("*.csv")}


def test_wheel_releases_and_reads(wheel):
    code = "from course.grading.release import lessons, release; print(release(lessons()[1]).count('BEGIN SOLUTION'))"
    assert ask(wheel, code) == "0"
    assert (
        ask(wheel, "from course.extract import claims_in; print(len(claims_in('The mayor said that it rained.')))")
        == "1"
    )


def test_checkout_uses_its_own_lessons_and_data():
    from course.corpus import data_folder
    from course.grading.release import notebooks_folder

    assert (notebooks_folder(), data_folder()) == (ROOT / "notebooks", ROOT / "data")
