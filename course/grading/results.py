"""A student's results as the first cell of a feedback page: points, messages, what to read again."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import quote

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode, v4
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests, GetGrades, NbGraderPreprocessor

from course.grading.harmless import add_style
from course.grading.outputs import message_in
from course.grading.own_article import HideOwnArticle

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$", re.MULTILINE)
_PASSED = re.compile(r"^.*: the visible checks pass\. (Your answer is ready\.)?", re.MULTILINE)
_POINTS = re.compile(r"\s*\(\d+ points?\)$")


class TellResults(NbGraderPreprocessor):
    """Puts a first cell on the page: each task with its points, what was said about it, and what to read again."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Add the cell, and take tracebacks out of test cells."""
        rows, section, question, comment = [], "", "", ""
        waiting = _waiting(resources["nbgrader"])
        for cell in nb.cells:
            marks = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "markdown" and not marks.get("grade"):
                for level, title in _HEADING.findall(cell.source):
                    if len(level) <= 2:
                        section = title
                    question = title
            if marks.get("solution") or marks.get("task"):
                comment = _comment(marks)
            if marks.get("grade"):
                if cell.cell_type == "code":
                    _without_traceback(cell)
                rows.append(_row(cell, marks, question, section, comment, marks["grade_id"] in waiting))
                comment = ""
        page = f"<section class='results tex2jax_ignore'><h2>Your results</h2><ol>{''.join(rows)}</ol></section>"
        nb.cells.insert(0, v4.new_markdown_cell(page, id="results"))
        add_style(resources, "page", "results")
        return nb, resources


def _waiting(names: Any) -> set[str]:
    """The tasks that no person has marked yet, though one has to."""
    with Gradebook(names["db_url"]) as book:
        grades = book.find_submission_notebook(names["notebook"], names["assignment"], names["student"]).grades
        return {grade.name for grade in grades if grade.needs_manual_grade}


def _row(cell: NotebookNode, marks: Any, question: str, section: str, comment: str, waits: bool) -> str:
    """One task as an item of the list, in HTML. What anybody wrote stands in it as text."""
    earned, most = marks.get("score") or 0, marks.get("points", 0)
    said = message_in([dict(output) for output in cell.get("outputs", [])]) if cell.cell_type == "code" else ""
    lines = [line for line in _PASSED.sub("", said).splitlines() if line.strip()]
    more = [comment] if comment else []
    if waits:
        more.append("<p>This task waits for a person.</p>")
    elif earned < most and section:
        more.append(f"<p>Read again: <a href='#{_anchor(section)}'>{_plain(section)}</a></p>")
    name = _plain(_POINTS.sub("", question) or marks.get("grade_id", ""))
    share = 100 * earned / most if most else 100
    return (
        f"<li><h3><a href='#{quote(marks['grade_id'])}'>{name}</a></h3><span class='points'>{earned:g} of {most:g}</span>"
        f"<div class='share' aria-hidden='true'><i style='width: {min(share, 100):.0f}%'></i></div>"
        f"{_lines(lines)}{''.join(more)}</li>"
    )


def _lines(lines: list[str]) -> str:
    """What was said, a line of its own each; what is indented belongs to the line above."""
    shown = "".join(f"<li{' class=part' if line.startswith(' ') else ''}>{escape(line.strip())}</li>" for line in lines)
    return f"<ul>{shown}</ul>" if shown else ""


def _comment(marks: Any) -> str:
    """That there is a comment at the answer."""
    if not (comment := marks.get("comment")):
        return ""
    if comment == "No response.":
        return "<p>There was no answer.</p>"
    return f"<p><a href='#comment-{quote(marks['grade_id'])}'>Read the comment</a> at your answer.</p>"


def _plain(title: str) -> str:
    return escape(title.replace("`", ""))


def _anchor(title: str) -> str:
    """The name that nbconvert gives a heading."""
    return quote(title.replace("`", "").replace(" ", "-"))


def _without_traceback(cell: NotebookNode) -> None:
    """A stock kernel's traceback shows lines of the hidden test; the message alone does not."""
    for output in cell.get("outputs", []):
        if output.output_type == "error" and len(output.traceback) > 1:
            output.traceback = [f"{output.ename}: {output.evalue}"]


PAGE = [GetGrades, TellResults, ClearHiddenTests, HideOwnArticle, CSSHTMLHeaderPreprocessor]
"""The steps by which a graded notebook becomes a feedback page. Hidden tests and a learner's own article are taken out."""
