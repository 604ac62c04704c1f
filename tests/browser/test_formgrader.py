"""formgrader, nbgrader's own, opens a course that `course grade` graded, and shows the points and the messages."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, missing
from hands import PATIENCE
from hostile.lesson import ANSWERS, make_source

from course.grading.release import release

LESSON = "97-hostile"

# Everything here would run, be fetched or cover the page, if the page let it; except what is called honest.
MARKUP = """\
<script>window.evil = "script"</script><img src="x" onerror="window.evil = 'img'"><svg onload="window.evil = 'svg'"></svg>
<iframe srcdoc="<script>parent.evil = 'frame'</script>"></iframe><style>body { display: none }</style>
<form action="/formgrader"><input class="score" value="99"></form><object data="http://127.0.0.1:9/a"></object>
<img alt="far away" src="http://127.0.0.1:9/seen.png"><a href="javascript:window.evil = 'link'">evil link</a>
<div class="score full-credit" id="t1" style="position: fixed; inset: 0; background: url(http://127.0.0.1:9/b)">evil cover</div>
<table><tr><td>honest table</td></tr></table><details><summary>honest hint</summary>inside</details>
"""
EVIL = f"""\
total = 41
import json
import matplotlib.pyplot as plt
from IPython.display import HTML, SVG, Javascript, Markdown, display
from course.extract import marked
markup = {MARKUP!r}
display(HTML(markup))
display(Markdown(markup))
display(Javascript("window.evil = 'javascript'"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='window.evil = 1'><script>window.evil = 1</script></svg>"))
view = "application/vnd.jupyter.widget-view+json"
display({{view: {{"model_id": "</script><script>window.evil = 'view'</script>", "version_major": 2}}}}, raw=True)
print(markup)
plt.plot([1, 2])
plt.show()
marked("The minister said that 300 people were killed.")"""
FILES = "() => performance.getEntriesByType('resource').map(one => one.name)"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder with two students, graded by the command."""
    if not shutil.which("bwrap"):
        missing("bubblewrap")
    root = tmp_path_factory.mktemp("formgrader")
    source = make_source(root / "notebooks")
    (root / "nbgrader_config.py").write_text(
        f"load_subconfig({str(ROOT / 'nbgrader_config.py')!r})\nc = get_config()\nc.CourseDirectory.root = {str(root)!r}\n"
    )
    classes = {
        "ann": ANSWERS,
        "ben": ANSWERS | {"a1": 'claimant = "the paper"', "a3": "import os; os._exit(3)"},
        "eve": ANSWERS | {"a3": EVIL},
    }
    for student, answers in classes.items():
        notebook = nbformat.reads(release(source), as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.id, cell.source)
        if student == "eve":
            forged = {
                "nbgrader": {
                    "grade_id": "x' onfocus='window.evil=1",
                    "solution": True,
                    "grade": False,
                    "schema_version": 3,
                }
            }
            notebook.cells += [nbformat.v4.new_markdown_cell(f"# honest words\n\n{MARKUP}", metadata=forged)]
        folder = root / "submitted" / student / LESSON
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{LESSON}.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "course.cli", "grade", LESSON],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 1, done.stderr
    return root


@pytest.fixture(scope="module")
def address(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Jupyter server in the course folder with nbgrader's formgrader."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    process = subprocess.Popen(
        [
            sys.executable, "-m", "jupyter_server", "--ip=127.0.0.1", f"--port={port}", "--no-browser", "--allow-root",
            "--IdentityProvider.token=secret", "--ServerApp.jpserver_extensions",
            "nbgrader.server_extensions.formgrader=True",
        ],
        cwd=graded,
        stdout=subprocess.DEVNULL,
        stderr=(home / "log").open("w"),
        env=environment | {"PYTHONPATH": str(ROOT), "HOME": str(home)},
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        limit = time.monotonic() + 300
        while True:
            try:
                urllib.request.urlopen(f"{url}/api", timeout=60).close()
                break
            except OSError as error:
                said = (home / "log").read_text()
                assert time.monotonic() < limit and process.poll() is None, f"{error} {said}"
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def page(chromium, address):
    header = {"Authorization": "token secret"}
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, extra_http_headers=header)
    page.goto(f"{address}/formgrader/manage_submissions/{LESSON}", wait_until="domcontentloaded")
    yield page
    page.close()


def test_the_list_shows_who_was_graded_and_for_how_many_points(page):
    page.get_by_text("ben").first.wait_for(timeout=PATIENCE)
    rows = [one.inner_text().split() for one in page.locator("tbody tr").all()]
    ann, ben = (" ".join(next(row for row in rows if student in row)) for student in ("ann", "ben"))
    assert "graded" in ann and "9 / 9" in ann, rows
    assert "needs manual grading" in ben and "4 / 9" in ben, rows


def test_a_submission_shows_its_points_its_messages_and_its_state(page, address):
    page.goto(f"{address}/formgrader/gradebook/{LESSON}/{LESSON}", wait_until="domcontentloaded")
    links = page.locator("tbody a[href*='/formgrader/submissions/']")
    links.first.wait_for(timeout=PATIENCE)
    seen = {}
    for link in [one.get_attribute("href") for one in links.all()]:
        page.goto(f"{address}{link}", wait_until="domcontentloaded")
        page.locator("input.score").first.wait_for(timeout=PATIENCE)
        page.wait_for_function("() => document.querySelectorAll('input.score').length === 3")
        page.wait_for_timeout(500)  # the points come after the page
        boxes = page.locator("input.score").all()
        points = [box.input_value() or box.get_attribute("placeholder") for box in boxes]
        seen[tuple(points)] = page.locator("body").inner_text()
    assert set(seen) >= {("3", "4", "2")}, list(seen)
    ann = seen.pop(("3", "4", "2"))
    ((points, ben),) = [(points, said) for points, said in seen.items() if points[0] == "0"]
    assert points[:2] == ("0", "4")
    assert "Task 1.1: the visible checks pass." in ann
    assert "The paper carries the claim. Who makes it?" in ben
    assert "Grading: killed." in ben and "ended its own process with status 3" in ben


def test_nothing_that_a_student_wrote_runs_in_formgrader(page, address):
    page.goto(f"{address}/formgrader/gradebook/{LESSON}/{LESSON}", wait_until="domcontentloaded")
    page.locator("tbody a[href*='/formgrader/submissions/']").first.wait_for(timeout=PATIENCE)
    links = page.locator("tbody a[href*='/formgrader/submissions/']").all()
    for link in [one.get_attribute("href") for one in links]:
        page.goto(f"{address}{link}", wait_until="load")
        page.wait_for_function("() => document.querySelectorAll('input.score').length === 3")
        if "honest words" in page.locator("body").inner_text():
            break
    harmless(page)
    assert page.locator("[id=t1]").count() == 1  # the field of the task, which formgrader finds by this name
    assert not page.locator(".full-credit:not(button)").count()


def test_nothing_that_a_student_wrote_runs_on_a_feedback_page(chromium, graded):
    command = [sys.executable, "-m", "course.cli", "feedback", LESSON]
    done = subprocess.run(
        command, cwd=graded, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    page = chromium.new_page()
    page.goto((graded / "feedback" / "eve" / LESSON / f"{LESSON}.html").as_uri(), wait_until="load")
    harmless(page)
    page.close()


def harmless(page) -> None:
    """What eve wrote is on the page, and none of it does anything."""
    mine = page.locator("#notebook-container").first
    for words in ("honest words", "honest table", "honest hint", "evil link", "evil cover", "<script>"):
        assert words in mine.inner_text(), words
    assert mine.locator("img[src^='data:image/png']").count() == 1
    shade = "() => getComputedStyle(document.querySelector('.cc-marked .cc-content')).backgroundColor"
    assert page.evaluate(shade).startswith("rgba(110, 135, 190")
    for link in mine.get_by_text("evil link").all():
        link.dispatch_event("click")
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.evil") is None
    assert not [one for one in page.evaluate(FILES) if "127.0.0.1:9/" in one]
    assert not mine.locator(
        "script:not([type^='math']), iframe, form, object, svg, [onfocus], [onload], [onerror]"
    ).count()
    assert not mine.locator("[style*=position], [href^=javascript]").count()
    assert mine.locator("style").count() == 1  # the page's own
