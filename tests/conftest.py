"""What tests in several folders share: parts of the system, the course command, and a small graded lesson."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import nbformat
import pytest
from effort import (  # noqa: F401  (hooks)
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_itemcollected,
    pytest_sessionfinish,
    pytest_xdist_make_scheduler,
)
from nbformat import NotebookNode, v4

ROOT = Path(__file__).resolve().parents[1]

# The tests start a thousand processes of Python. Some machines forbid it to keep what it has compiled: each would do it anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def missing(part: str) -> NoReturn:
    """Skip a test for want of `part`; in CI, where everything must be there, fail."""
    message = f"{part} is not on this machine"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{message}, and CI must have it: see .ci/run")
    pytest.skip(message)


def without_privilege() -> list[str]:
    """What to put before a command, so that root may open no more files than anybody else."""
    if os.geteuid() != 0:
        return []
    rights = "-dac_override,-dac_read_search"
    return [shutil.which("setpriv") or missing("setpriv"), f"--bounding-set={rights}", f"--inh-caps={rights}"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have measured: `record_property("measured", "...")`."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, words in report.user_properties:
            if name == "measured" and report.when == "call":
                terminalreporter.write_line(f"Measured: {words}")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def activated() -> dict[str, str]:
    """The environment variables of an activated virtual environment: nbgrader calls `alembic` by its bare name."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def course(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the course command in an empty folder, as a learner does: `course("read", "a.txt", stdin="...")`."""

    def run(
        *args: str | Path, stdin: str | bytes = "", columns: int = 80, as_anybody: bool = False
    ) -> subprocess.CompletedProcess[str]:
        given = stdin if isinstance(stdin, bytes) else stdin.encode()
        done = subprocess.run(
            [*(without_privilege() if as_anybody else []), sys.executable, "-m", "course.cli", *map(str, args)],
            cwd=tmp_path,
            input=given,
            capture_output=True,
            timeout=300,
            env=os.environ | {"COLUMNS": str(columns), "PYTHONPATH": str(ROOT)},
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium, driven by Playwright."""
    try:
        from playwright import sync_api
    except ImportError:
        missing("Playwright for Python")
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)), None) or missing("Chromium")
    quiet = "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            headless=True,
            args=["--headless", "--no-sandbox", "--disable-sync", *quiet.split()],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> Any:
    """axe-core, which looks for what keeps people out of a page; it comes in the package, without a download."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("axe-playwright-python")
    return Axe()


class Forks:
    """How to start kernels and nbgrader: forked (tests/forked.py), where the system is known to allow that."""

    def __init__(self, address: str, folder: Path) -> None:
        program = [sys.executable, "-S", "-E", str(ROOT / "tests" / "forked.py"), address]
        self.nbgrader = [*program, "nbgrader"]
        kernel = {"argv": [*program, "kernel", "{connection_file}"], "display_name": "Python 3", "language": "python"}
        place = folder / "kernels" / "python3"
        place.mkdir(parents=True)
        (place / "kernel.json").write_text(json.dumps(kernel))
        self.environment = {"JUPYTER_PATH": str(folder)}


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks | None]:
    if sys.platform != "linux":
        yield None
        return
    folder = tmp_path_factory.mktemp("f")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / "s"))
        door.listen(64)
        serving = subprocess.Popen(
            [sys.executable, ROOT / "tests" / "forked.py", "serve", str(door.fileno())],
            stdin=subprocess.PIPE,
            pass_fds=[door.fileno()],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
    yield Forks(str(folder / "s"), folder)
    serving.stdin.close()
    serving.wait()


@pytest.fixture(scope="module")
def quick_kernels(forks: Forks | None) -> Iterator[None]:
    """Kernels that this module starts are forked ones."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (forks.environment if forks else {}).items():
            patch.setenv(name, value)
        yield


def graded(kind: str, source: str, grade_id: str, points: int | None = None) -> NotebookNode:
    """One nbgrader cell. `kind` is "answer", "test", "essay" (answered in words, marked by hand) or "read" (locked)."""
    cell = v4.new_code_cell(source) if kind in ("answer", "test") else v4.new_markdown_cell(source)
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": kind in ("test", "essay"),
        "solution": kind in ("answer", "essay"),
        "locked": kind in ("test", "read"),
        "task": False,
        **({} if points is None else {"points": points}),
    }
    return cell


ANSWER = """\
claimant = None
### BEGIN SOLUTION
claimant = "the river authority"
### END SOLUTION"""

TEST = """\
assert claimant, "There is no answer yet. Name the body that makes the claim."
### BEGIN HIDDEN TESTS
credit = 3
if claimant != "the river authority":
    print("The paper carries the claim. Who makes it?")
    credit = 1
### END HIDDEN TESTS
credit if "credit" in globals() else None"""

ESSAY = """\
### BEGIN SOLUTION
The sentence reports what someone said, so it can be checked.
### END SOLUTION"""

TASK = """\
Say why the sentence is borderline.
### BEGIN MARK SCHEME
Two points for a reason, one for an example.
### END MARK SCHEME"""


@pytest.fixture(scope="session")
def scratch_lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instructor's notebook of a lesson with one task for the machine, one for a human, and a task with a mark scheme."""
    task = graded("read", TASK, "task-3", 2)
    task.metadata["nbgrader"] |= {"task": True}
    notebook = v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# A scratch lesson"),
            v4.new_code_cell("print('set up')", outputs=[v4.new_output("stream", text="set up\n")], execution_count=1),
            graded("answer", ANSWER, "answer-1"),
            graded("test", TEST, "test-1", 3),
            graded("essay", ESSAY, "essay-2", 4),
            task,
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    folder = tmp_path_factory.mktemp("lessons") / "98-scratch"
    folder.mkdir()
    nbformat.write(notebook, folder / "98-scratch.ipynb")
    return folder / "98-scratch.ipynb"
