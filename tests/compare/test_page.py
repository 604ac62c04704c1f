"""The examples of docs/compare.md print what the page says."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

PAGE = Path(__file__).resolve().parents[2] / "docs" / "compare.md"


def examples() -> str:
    tokens = MarkdownIt().parse(PAGE.read_text("utf-8"))
    return "\n\n".join(token.content for token in tokens if token.type == "fence" and token.info == "pycon")


def test_the_page_says_what_the_calls_print() -> None:
    test = doctest.DocTestParser().get_doctest(examples(), {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) > 20
    seen: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    results = runner.run(test, out=seen.append)
    assert results.failed == 0, "".join(seen)


@pytest.mark.parametrize(
    "contrast",
    ["three scopes", "80,000 wounded", "Half of the killed", "41 percent", "counts for Iraq", "1130", "British daily"],
)
def test_the_page_has_every_known_contrast(contrast: str) -> None:
    assert contrast in PAGE.read_text("utf-8")
