"""A learner's own article stays in the learner's notebook: feedback pages have a note in its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode, v4
from nbgrader.preprocessors import ClearHiddenTests

from course.grading import own_article
from course.grading.own_article import NOTE, TAG, HideOwnArticle
from course.grading.results import PAGE
from course.grading.settings import settings

ARTICLE = "The mayor of the town said on Friday that more than forty boats had been lost in the storm, and that nobody knew yet where the crews were."
PASTED = f'pasted = r"""\n{ARTICLE}\n"""\narticle = lesson.article(pasted)\narticle'


def tagged(source: str, *outputs: NotebookNode) -> NotebookNode:
    cell = v4.new_code_cell(source, outputs=list(outputs))
    cell.metadata["tags"] = [TAG]
    return cell


def shown(text: str, kind: str = "text/plain") -> NotebookNode:
    return v4.new_output("execute_result", {kind: text}, execution_count=1)


def hidden(*cells: NotebookNode) -> list[NotebookNode]:
    notebook, _ = HideOwnArticle().preprocess(v4.new_notebook(cells=list(cells)), {})
    return list(notebook.cells)


def test_it_is_one_of_the_steps_before_a_page_is_written() -> None:
    steps = settings().GenerateFeedback.preprocessors
    assert HideOwnArticle in steps and steps[-1] is not HideOwnArticle


def test_every_way_to_a_feedback_page_has_it() -> None:
    steps = settings().GenerateFeedback.preprocessors
    assert steps is PAGE and {HideOwnArticle, ClearHiddenTests} <= set(steps)
    written = [path.read_text("utf-8") for path in Path(own_article.__file__).parent.glob("*.py")]
    set_to = {one for text in written for one in re.findall(r"GenerateFeedback\.preprocessors = (.*)", text)}
    assert set_to == {"PAGE"}


def test_the_tagged_cell_loses_source_and_outputs() -> None:
    (cell,) = hidden(tagged(PASTED, shown(ARTICLE), shown(f"<p>{ARTICLE}</p>", "text/html")))
    assert cell.source == f"# {NOTE}" and cell.outputs == []
    note = v4.new_markdown_cell(ARTICLE, metadata={"tags": [TAG]})
    note["attachments"] = {"scan.png": {"image/png": "x"}}
    (cell,) = hidden(note)
    assert cell.source == NOTE and "attachments" not in cell


@pytest.mark.parametrize(
    "output",
    [
        shown(ARTICLE),
        shown(f"<blockquote>{ARTICLE.replace('mayor', '<mark>mayor</mark>')}</blockquote>", "text/html"),
        v4.new_output("stream", text=f"It says: {ARTICLE[:70]}"),
        v4.new_output("error", ename="ValueError", evalue=ARTICLE, traceback=[ARTICLE]),
    ],
)
def test_an_output_elsewhere_that_repeats_it_is_hidden(output: Any) -> None:
    (_, other) = hidden(tagged(PASTED), v4.new_code_cell("print(article.text)", outputs=[output]))
    assert other.source == "print(article.text)"
    assert other.outputs[0].text == f"{NOTE}\n" and len(other.outputs) == 1


def test_what_was_read_from_a_file_is_known_by_its_output() -> None:
    cells = hidden(tagged('pasted = "article.txt"', shown(ARTICLE)), v4.new_code_cell("x", outputs=[shown(ARTICLE)]))
    assert [output.text for output in cells[1].outputs] == [f"{NOTE}\n"]


def test_a_cell_that_is_no_python_hides_as_well() -> None:
    cells = hidden(tagged(f'pasted = """{ARTICLE}'), v4.new_code_cell("x", outputs=[shown(ARTICLE)]))
    assert ARTICLE not in str(cells)


def test_messages_short_quotations_and_the_learners_own_words_stay() -> None:
    message = v4.new_output("stream", text="Claim 2: cue does not stand in the text like this.")
    quoted = shown("more than forty boats had been")
    essay = v4.new_markdown_cell(f"I write about it: {ARTICLE}")
    cells = hidden(tagged(PASTED), v4.new_code_cell("t", outputs=[message, quoted]), essay)
    assert cells[1].outputs == [message, quoted] and cells[2].source == essay.source


def test_the_state_of_widgets_goes_where_there_is_an_article_and_stays_elsewhere() -> None:
    for cell, stays in ((tagged(PASTED), False), (v4.new_code_cell("x"), True)):
        notebook = v4.new_notebook(cells=[cell], metadata={"widgets": {"state": ARTICLE}})
        page, _ = HideOwnArticle().preprocess(notebook, {})
        assert ("widgets" in page.metadata) == stays
