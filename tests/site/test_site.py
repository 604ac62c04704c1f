"""The site: built without a warning, whole in its links, clear to axe-core, searchable and printable without a network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

import course

SHOWN = ("index", "lessons/01-one-claim", "docs/students", "docs/gallery", "docs/data-card", "reference")
FINE_PRINT = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    to = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "docs/site/build.py", to],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=900,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return to


@cache
def page(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(path.read_bytes())


def local_links(path: Path) -> Iterator[tuple[str, Path, str]]:
    """Every address in a page that leads to the site itself: as written, the file, the place in it."""
    for _, _, address, _ in page(path).iterlinks():
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc and (parts.path or parts.fragment):
            yield address, (path.parent / unquote(parts.path)).resolve() if parts.path else path, parts.fragment


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    lost = []
    pages = sorted(site.rglob("*.html"))
    for path in pages:
        for address, file, place in local_links(path):
            if not file.is_file():
                lost.append(f"{path.relative_to(site)}: {address}")
            elif (
                place
                and file.suffix == ".html"
                and not page(file).xpath("//*[@id=$id or @name=$id]", id=unquote(place))
            ):
                lost.append(f"{path.relative_to(site)}: {address} has no such place")
    assert len(pages) > 20 and not lost, "\n".join(lost[:20])


def test_every_lesson_is_there_as_learners_get_it(site: Path, root: Path) -> None:
    lessons = sorted(path.stem for path in (root / "notebooks").glob("*/*.ipynb"))
    assert [path.stem for path in sorted((site / "lessons").glob("*.html"))] == lessons
    for name in lessons:
        words = page(site / "lessons" / f"{name}.html").text_content()
        assert "BEGIN SOLUTION" not in words and "HIDDEN TESTS" not in words and "MARK SCHEME" not in words
        assert "There is no answer yet" in words or name.startswith("00"), "The lesson was not run"


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    reference = page(site / "reference.html")
    assert not [name for name in course.__all__ if not reference.xpath("//*[@id=$id]", id=f"course.{name}")]


@pytest.fixture(scope="module")
def browser_page(chromium: Any, site: Path) -> Iterator[Any]:
    context = chromium.new_context()
    context.route("http*://**", lambda route: route.abort())  # nothing may be needed from outside
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing_serious_at_desktop_and_phone_width(
    browser_page: Any, site: Path, name: str, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for width in (1280, 390):
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.emulate_media(color_scheme=theme)
        browser_page.goto((site / f"{name}.html").as_uri())
        response = axe.Axe().run(browser_page).response
        found = [
            f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:160]}"
            for one in response["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]
        assert len(response["passes"]) > 10 and not found, "\n".join(found[:8])
        assert browser_page.evaluate(FINE_PRINT) <= 1, f"The page is wider than a window of {width} pixels"


def test_search_works_without_a_network(browser_page: Any, site: Path) -> None:
    browser_page.goto((site / "search.html").as_uri() + "?q=casualties")
    browser_page.wait_for_selector("#search-results li", timeout=20_000)
    assert browser_page.locator("#search-results li").count() > 3


def test_paper_shows_the_hints_and_no_menus(browser_page: Any, site: Path) -> None:
    browser_page.goto((site / "lessons" / "01-one-claim.html").as_uri())
    browser_page.emulate_media(media="print")
    try:
        assert browser_page.locator("details p").first.is_visible()
        assert not browser_page.locator(".sidebar-drawer").first.is_visible()
    finally:
        browser_page.emulate_media(media="screen")
