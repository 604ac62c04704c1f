"""A learner's own article, graded: full points, and its text in no journal, no gradebook and on no page."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import lxml.html
import nbformat
import pytest

from course import longest_run

pytest.importorskip("course.grading.grade", reason="there is no grader of the course's own here")
ROOT = Path(__file__).resolve().parents[2]
LESSON = "10-your-article"


def test_an_article_of_ones_own_earns_its_points_and_goes_no_further(make_course) -> None:
    spec = importlib.util.spec_from_file_location("variants", ROOT / "tests" / "notebooks" / "test_variants_10.py")
    variants = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(variants)
    course = make_course(ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb")
    answers = course.solutions() | variants.OWN
    notebook = nbformat.reads(course.answered(answers), as_version=4)
    for cell in notebook.cells:
        if cell.id == "own-article":
            cell.source = variants.pasted(variants.ARTICLE)["own-article"] + "\narticle"
        if cell.id == "program":
            cell.source = "print(article.text)"
    course.submit("ann", nbformat.writes(notebook))
    course.grade()
    points = {name: points for name, points in course.points("ann").items() if points is not None}
    assert sum(points.values()) == 26, course.entry("ann")
    course.run("feedback", LESSON, expect=0)
    page = (course.root / "feedback" / "ann" / LESSON / f"{LESSON}.html").read_text("utf-8")
    body = lxml.html.fromstring(page).find("body")
    assert "The article stands here in the learner's notebook." in body.text_content()
    kept = [page, body.text_content(), re.sub(r"\\n|\\u\w{4}", " ", page), str(course.entry("ann"))]
    kept.append((course.root / "gradebook.db").read_bytes().decode("latin-1"))
    assert max(longest_run(one, variants.ARTICLE) for one in kept) <= 6
