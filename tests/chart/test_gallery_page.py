"""docs/gallery.md says of every chart what the chart says of itself."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from course import chart


@pytest.fixture(scope="module")
def gallery(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gallery_page", root / "benchmarks" / "gallery.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclass looks itself up
    spec.loader.exec_module(module)
    return module


def sections(page: str) -> list[str]:
    """The page without what measures the extraction: that changes with every rule, and is no matter of charts."""
    return [section for section in page.split("\n## ") if "attributions_in(" not in section]


def test_the_page_is_up_to_date(gallery: ModuleType, root: Path) -> None:
    written = (root / "docs" / "gallery.md").read_text("utf-8")
    for old, new in zip(sections(written), sections(gallery.page()), strict=True):
        assert old == new, "The cases or the charts have changed: run python -m benchmarks.gallery"


def test_every_picture_is_there_with_its_words(root: Path) -> None:
    page = (root / "docs" / "gallery.md").read_text("utf-8")
    pictures = re.findall(r"!\[(.+?)\]\((.+?)\)", page)
    assert len(pictures) >= 10
    for words, path in pictures:
        assert (root / "docs" / path).read_bytes().startswith(b"\x89PNG")
        assert len(words) > 30
    assert page.count("**Text alternative.**") == len(pictures)


def test_every_chart_is_shown(root: Path) -> None:
    page = (root / "docs" / "gallery.md").read_text("utf-8")
    drawing = set(chart.__all__) - {
        "Finding", "Incomparable", "data_table", "describe", "lint", "show", "style", "text_alternative",
    }  # fmt: skip
    assert {name for name in drawing if f"{name}(" not in page} == set()


def test_no_chart_of_the_page_misleads(gallery: ModuleType) -> None:
    found = {entry.name: [str(one) for one in chart.lint(entry.draw())] for entry in gallery.ENTRIES}
    assert {name: told for name, told in found.items() if told} == {}
