"""Where no kernel runs, each widget is still there in words: in a page made by nbconvert, and on paper."""

from __future__ import annotations

import nbformat
import pytest
from every_widget import MARKER, PANELS, SET_UP
from nbclient import NotebookClient
from nbconvert import HTMLExporter

WIDGETS = {"marker": MARKER, **PANELS}
SEEN = """() => [...document.querySelectorAll('.cc-static')]
  .map(one => [one.checkVisibility() && one.getBoundingClientRect().height > 20, one.innerText])"""


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory, quick_kernels):
    """A saved notebook with one of each, as nbconvert makes a page of it, in a browser that reaches no other machine."""
    place = tmp_path_factory.mktemp("saved")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in (SET_UP, *WIDGETS.values())])
    where = {"metadata": {"path": str(place)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", store_widget_state=False, resources=where).execute()
    (place / "saved.html").write_text(HTMLExporter().from_notebook_node(notebook)[0], "utf-8")
    context = chromium.new_context(offline=True, viewport={"width": 900, "height": 1000})
    page = context.new_page()
    page.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    page.goto((place / "saved.html").as_uri(), wait_until="domcontentloaded")
    yield page
    context.close()


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_every_widget_has_its_words(page, root, medium):
    page.emulate_media(media=medium)
    seen = page.evaluate(SEEN)
    assert len(seen) == len(WIDGETS)
    for (visible, words), name in zip(seen, WIDGETS, strict=True):
        assert visible, f"{name} is an empty box on {medium}"
        assert "To go on, run this cell." in words and len(words) > 60, f"{name}: {words}"
    folder = root / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    page.locator(".cc-static").nth(1).screenshot(path=folder / f"static-{medium}.png")


def test_the_words_are_those_of_the_widget(page):
    text = " ".join(words for _, words in page.evaluate(SEEN))
    for words in ("Not marked: source, cue, content, quantity.", "Received: 1 of 2", "cannot be concluded", "means exactly 20,000", "marks(report"):  # fmt: skip
        assert words in text, words
