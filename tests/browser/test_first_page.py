"""What a learner sees who has typed `make start`: the page opens, says what it is, and runs."""

from __future__ import annotations

import re

import pytest
from hands import PATIENCE
from serving import started


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory, root):
    place = tmp_path_factory.mktemp("learner")
    (place / "home").mkdir()
    with started(cwd=place, home=place / "home", root=root) as server:
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(server.page)
        page.get_by_role("heading", name="Start here").wait_for(timeout=PATIENCE)
        yield page
        page.close()


def test_first_lesson_is_open_and_runs(page):
    assert page.get_by_role("tab", name="00-start-here.ipynb").is_visible()
    page.get_by_text(re.compile(r"Python 3 \(ipykernel\) \| Idle")).wait_for(timeout=PATIENCE)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    # every cell has run, those after the deliberate mistake included
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(p => /\\[\\d+\\]/.test(p.textContent))",
        timeout=PATIENCE,
    )
    seen = page.locator(".jp-Notebook").inner_text()
    assert re.search(r"Not yet", seen), "an unanswered task says so"


def test_no_question_stands_in_the_way(page):
    assert page.locator(".jp-Dialog").count() == 0
    assert page.locator(".jp-toast-message, .Toastify__toast").count() == 0


def test_page_asks_nothing_of_the_network(page):
    assert all(re.match(r"(https?|wss?)://localhost[:/]|data:|blob:", url) for url in page.asked), page.asked
