"""A JupyterLab as `course start` makes it, with notebooks of our own beside the lessons, and a learner's hands on the page."""

from __future__ import annotations

import json
import re
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hands import PATIENCE
from serving import started

RAN = (
    "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(p => /\\[\\d+\\]/.test(p.textContent))"
)
# Of what a finger must hit, everything that is smaller than 44 by 44 pixels; a tick's label counts with it.
SMALL = """() => [...document.querySelectorAll('.cc-widget :is(button, select, input, textarea, summary)')]
  .filter(one => one.getClientRects().length)
  .map(one => [one, (one.closest('label') || one).getBoundingClientRect()])
  .filter(([one, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([one, box]) => `${one.tagName} ${one.textContent.slice(0, 20)} ${box.width} x ${box.height}`)"""
WIDE = """() => [...document.querySelectorAll('.cc-widget')].filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.className)"""


class Lab:
    """One learner's JupyterLab in one browser page."""

    def __init__(self, server: Any, browser: Any, axe: Any, folder: Path, pictures: Path) -> None:
        self.server, self.browser, self.axe, self.folder, self.pictures = server, browser, axe, folder, pictures
        self.page: Any = None
        self.name = ""

    def open(self, name: str, *cells: str, width: int = 1280, height: int = 1000, **how: Any) -> Any:
        """Write a notebook where cells are given, and open it in a page of its own; narrow windows without the file list."""
        if cells:
            notebook = nbformat.v4.new_notebook(
                # as in a lesson, a check that is not passed does not stop the run
                cells=[nbformat.v4.new_code_cell(cell, metadata={"tags": ["raises-exception"]}) for cell in cells],
                metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            )
            nbformat.write(notebook, self.folder / f"{name}.ipynb")
        if self.page:
            self.page.context.close()
        self.name = name
        context = self.browser.new_context(viewport={"width": width, "height": height}, **how)
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        mode = "lab" if width > 900 else "doc"
        self.page.goto(f"{self.server.url}{mode}/tree/{name}.ipynb?token={self.server.token}&reset")
        self.page.get_by_text(re.compile(r"Python 3 \(ipykernel\) \| Idle")).first.wait_for(timeout=PATIENCE)
        return self.page

    def forget(self) -> None:
        """As a learner who has done nothing by hand yet: tests of another module may have."""
        shutil.rmtree(self.folder / "counterclaim-work", ignore_errors=True)

    def menu(self, *names: str) -> None:
        for name in names:
            # an entry's name ends with its shortcut, where it has one
            self.page.get_by_role("menuitem", name=re.compile(rf"^{re.escape(name)}(\W|$)")).first.click()

    def run_all(self) -> None:
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(RAN)

    def run_cell(self, number: int) -> Any:
        """Run one code cell by its number from 0; what it then shows."""
        return self.run(self.page.locator(".jp-CodeCell").nth(number))

    def run(self, cell: Any) -> Any:
        """Run one cell with the keyboard; what it then shows."""
        before = cell.locator(".jp-InputPrompt").inner_text()
        cell.locator(".cm-content").first.click()
        self.page.keyboard.press("Control+Enter")
        self.wait_until_run(cell, before)
        return cell.locator(".jp-OutputArea")

    def wait_until_run(self, cell: Any, before: str) -> None:
        """Wait until a cell has another number than `before`."""
        self.page.wait_for_function(
            "([prompt, before]) => /\\d/.test(prompt.innerText) && prompt.innerText !== before",
            arg=[cell.locator(".jp-InputPrompt").element_handle(), before],
        )

    def save(self, with_keys: bool = False) -> None:
        """Save the notebook, and wait until it is on the disk."""
        path = self.folder / f"{self.name}.ipynb"
        before, limit = path.stat().st_mtime_ns, time.monotonic() + PATIENCE / 1000
        if with_keys:
            self.page.keyboard.press("Control+s")
        else:
            self.menu("File", "Save Notebook")
        while path.stat().st_mtime_ns == before or not _whole(path):
            assert time.monotonic() < limit, "The notebook was not saved."
            self.page.wait_for_timeout(50)

    def restart(self) -> None:
        self.menu("Kernel", "Restart Kernel…")
        self.page.get_by_role("button", name="Confirm Kernel Restart").click()

    def theme(self, name: str) -> None:
        """Light or Dark, from the next page on."""
        wish = json.dumps({"raw": json.dumps({"theme": f"JupyterLab {name}"})}).encode()
        address = f"{self.server.url}lab/api/settings/@jupyterlab/apputils-extension:themes"
        header = {"Authorization": f"token {self.server.token}"}
        urllib.request.urlopen(
            urllib.request.Request(address, data=wish, headers=header, method="PUT"), timeout=PATIENCE / 1000
        )

    def picture(self, name: str, what: Any = None) -> None:
        """A screenshot, kept as an artefact of the tests; of an element that is higher than the window, all of it."""
        window = self.page.viewport_size
        if what:
            height = max(window["height"], int(what.bounding_box()["height"]) + 300)
            self.page.set_viewport_size({**window, "height": height})
        (what or self.page).screenshot(path=self.pictures / f"{name}.png")
        self.page.set_viewport_size(window)

    def findings(self) -> list[str]:
        """What axe-core finds on the widgets that is serious or critical."""
        response = self.axe.run(self.page, ".cc-widget").response
        assert len(response["passes"]) > 10, "axe-core has not looked at the widgets"
        return [
            f"{one['id']} ({one['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
            for one in response["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def too_small(self) -> list[str]:
        return list(self.page.evaluate(SMALL))

    def too_wide(self) -> list[str]:
        return list(self.page.evaluate(WIDE))


def _whole(path: Path) -> bool:
    """Whether all of a notebook is on the disk."""
    try:
        return bool(json.loads(path.read_text("utf-8")))
    except ValueError:
        return False


@pytest.fixture(scope="session")
def lab(chromium: Any, axe: Any, tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Lab]:
    """One server and one browser for all tests of a worker; each notebook has a page of its own."""
    place = tmp_path_factory.mktemp("learner")
    (place / "home").mkdir()
    pictures = root / "build" / "screenshots"
    pictures.mkdir(parents=True, exist_ok=True)
    with started("work", cwd=place, home=place / "home", root=root) as server:
        lab = Lab(server, chromium, axe, place / "work", pictures)
        yield lab
        if lab.page:
            lab.page.context.close()


@pytest.fixture
def until() -> Callable[[Any, str], None]:
    """Wait until an element's text has some words."""
    from playwright.sync_api import expect

    def wait(element: Any, words: str) -> None:
        expect(element).to_contain_text(words, timeout=PATIENCE)

    return wait
