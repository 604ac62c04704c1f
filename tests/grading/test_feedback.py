"""What students get back, and what they can ask before: points, messages, plain words, and no hidden test."""

from __future__ import annotations

from urllib.parse import unquote

import lxml.html
import pytest
from conftest import ROOT
from hostile.lesson import ANSWERS, SECRETS


@pytest.fixture(scope="module")
def pages(make_course, small_lesson):
    """student -> the words of the page."""
    course = make_course(small_lesson)
    course.submit("ann", course.answered(ANSWERS))
    course.submit("bob", course.answered(ANSWERS | {"a1": 'claimant = "the paper"', "a3": "total = '<b>24</b>'"}))
    course.submit("cat", course.answered(ANSWERS | {"a2": "import os; os._exit(1)"}))
    assert "Nothing is graded yet" in course.run("feedback", course.lesson, expect=2).stderr
    course.grade(expect=1)
    assert "3 pages" in course.run("feedback", course.lesson, expect=0).stdout
    place = course.root / "feedback"
    return {
        student: (place / student / course.lesson / f"{course.lesson}.html").read_text("utf-8")
        for student in ("ann", "bob", "cat")
    }


def words(page: str) -> str:
    body = lxml.html.fromstring(page).find("body")
    for machinery in body.iter("script", "style"):
        machinery.text = ""
    return " ".join(body.text_content().split())


def test_points_and_messages_are_there(pages):
    assert "3 of 3" in words(pages["ann"]) and "9" in words(pages["ann"])
    assert "0 of 3" in words(pages["bob"]) and "The paper carries the claim. Who makes it?" in words(pages["bob"])
    assert "This task waits for a person." in words(pages["cat"])


def test_each_task_leads_to_its_cell_and_to_what_to_read_again(pages):
    for page in pages.values():
        tree = lxml.html.fromstring(page)
        links = [unquote(link.get("href")[1:]) for link in tree.xpath("//section[starts-with(@class, 'results')]//a")]
        there = {*tree.xpath("//@id"), *tree.xpath("//@name")}
        assert len(links) >= 3 and set(links) <= there


def test_no_page_shows_a_hidden_test(pages):
    for page in pages.values():
        assert not [secret for secret in SECRETS if secret in page]


def test_what_a_student_wrote_is_no_markup_in_the_table(pages):
    assert "<b>24</b>" not in pages["bob"].split("Your results")[1].split("</section>")[0]


@pytest.fixture(scope="module")
def lesson(make_course):
    return make_course(ROOT / "notebooks" / "01-one-claim" / "01-one-claim.ipynb")


def test_a_whole_notebook_is_found_whole(lesson):
    path = lesson.submit("own", lesson.answered(lesson.solutions()))
    before = path.read_bytes()
    done = lesson.run("check", str(path), expect=0)
    assert (
        "The notebook is whole, runs from top to bottom; the visible checks pass in 8 of 8 tasks; 2 of 2 written answers are there."
        in done.stdout
    )
    assert path.read_bytes() == before


def test_what_can_be_mended_is_named(lesson):
    text = lesson.answered(lesson.solutions() | {"a1-1": "claims = 3", "a1-7": "supported = nothing"})
    path = lesson.submit("mended", text.replace("answer.require(dict, ", "answer.require(object, "))
    said = lesson.run("check", str(path), expect=1).stdout
    assert "t1-2 had been changed" in said
    assert "(a1-7) stops with NameError" in said
    assert "Task 1.1: Not yet. claims should be a list" in said


def test_what_is_no_lesson_gets_one_line(lesson):
    path = lesson.submit("none", '{"cells": []}', name="other.ipynb")
    done = lesson.run("check", str(path), expect=2)
    assert "no graded lesson of this course" in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert "cannot be read" in lesson.run("check", "absent.ipynb", expect=2).stderr
