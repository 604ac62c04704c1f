"""Feedback pages without the learner's own article: its text belongs to somebody else, and stays in the learner's notebook."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

TAG = "own-article"
"""The tag of the cells that hold a learner's own article, or show it."""

NOTE = "The article stands here in the learner's notebook. Feedback pages leave it out."
SHORTEST = 20  # words; a shorter text in the cell is the name of a file, or nothing that could be copied
_MARKUP = re.compile(r"<[^>]+>")


class HideOwnArticle(NbGraderPreprocessor):
    """Put a note in the place of each cell with the tag `own-article`, and of each output elsewhere that repeats its text.

    An output repeats it where more than six of its words stand in a row. What learners write themselves stays: a person marks it.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        from course.extract.wording import copied_runs  # takes long, and few lessons have an article of one's own

        own = [cell for cell in nb.cells if TAG in cell.metadata.get("tags", [])]
        articles = [text for cell in own for text in _texts_of(cell) if len(text.split()) >= SHORTEST]
        for cell in own:
            cell.source = f"# {NOTE}" if cell.cell_type == "code" else NOTE
            if cell.cell_type == "code":
                cell.outputs = []
            cell.pop("attachments", None)
        if own:
            nb.metadata.pop("widgets", None)  # what the page's controls held, also what was not kept
        for cell in nb.cells:
            for number, output in enumerate(cell.get("outputs", [])):
                if any(copied_runs(said, text) for said in _said(output) for text in articles):
                    cell.outputs[number] = NotebookNode(output_type="stream", name="stdout", text=f"{NOTE}\n")
        return nb, resources


def _texts_of(cell: NotebookNode) -> list[str]:
    """The texts that a cell holds: those written in its code, or the whole of it where it is no Python."""
    if cell.cell_type != "code":
        return [cell.source]
    try:
        tree = ast.parse(cell.source)
    except (SyntaxError, ValueError):
        return [cell.source, *_shown(cell)]
    written = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [*written, *_shown(cell)]  # what was read from a file is only in the output


def _shown(cell: NotebookNode) -> Iterator[str]:
    for output in cell.get("outputs", []):
        yield from _said(output)


def _said(output: Any) -> Iterator[str]:
    """Every text of an output, markup taken out."""
    data = output.get("data", {})
    texts = [output.get("text", ""), output.get("evalue", ""), *output.get("traceback", [])]
    texts += [value for kind, value in data.items() if kind.startswith("text/")]
    for text in texts:
        joined = "".join(text) if isinstance(text, list) else text
        if isinstance(joined, str) and joined:
            yield _MARKUP.sub(" ", joined)
