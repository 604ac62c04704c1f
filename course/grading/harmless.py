"""What students wrote, on the pages that nbgrader makes of it: their words, tables and pictures, and nothing that runs, is fetched or covers the page.

Formgrader's pages lie on the instructor's own server: a script there could write the gradebook, and start kernels.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import nh3
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

_TAGS = nh3.ALLOWED_TAGS | {"section", "tfoot"}
_ALWAYS = {"class", "style", "title", "lang", "dir", "role", "data-label"}
_MORE = {"details": {"open"}, "ol": {"start", "type"}, "li": {"value"}}
_STYLES = {"text-align", "width", "max-width", "height", "font-weight", "font-style", "white-space"}
# Ours, Pygments' and pandas'; formgrader finds its own fields by other ones.
_CLASS = re.compile(
    r"cc-[\w-]+|results|points|share|part|tex2jax_ignore|mathjax_ignore|highlight|dataframe|anchor-link|[a-z]{1,2}\d?"
)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
_STYLE = "counterclaim_style"
_PLAIN = re.compile(r"[\w.-]+")


def clean(html: Any, *, ids: bool = False) -> str:
    """The same HTML without scripts, style sheets, forms, frames and addresses that a page would fetch by itself.

    `ids`: whether elements keep their names, which links on the page lead to.
    """
    return nh3.clean(
        html.decode() if isinstance(html, bytes) else str(html),
        tags=_TAGS,
        attributes={**nh3.ALLOWED_ATTRIBUTES, **_MORE, "*": _ALWAYS | ({"id"} if ids else set())},
        attribute_filter=_attribute,
        generic_attribute_prefixes={"aria-"},
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=_STYLES,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if _CLASS.fullmatch(word)) or None
    if name == "src":  # a picture that lies elsewhere would tell its owner who opens the page, and when
        return value if _PICTURE.match(value.strip()) else None
    if name == "href" and value.strip().lower().startswith("data:"):
        return None
    return value


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter()


@pass_context
def markdown(context: Context, source: str) -> str:
    """nbconvert's filter of the same work, and its HTML cleaned; formgrader's pages name their own fields, and answers none."""
    resources, cell = context.get("resources", {}), context.get("cell")
    html = clean(_exporter().markdown2html(context, source), ids="submission_id" not in resources)
    if cell is None or cell.cell_type != "markdown":  # a comment; or an output, which is cleaned once more
        return html
    return resources.pop(_STYLE, "") + html


def add_style(resources: Any, *names: str) -> None:
    """Style sheets of this folder for the page that is being made, and that of marked reports, which lose their own as all outputs do.

    They stand before the first Markdown: formgrader's template sets the list of style sheets anew after all that can add to it.
    """
    here = Path(__file__).parent
    paths = [*(here / f"{name}.css" for name in names), here.parent / "extract" / "marked.css"]
    resources[_STYLE] = f"<style>{''.join(path.read_text('utf-8') for path in paths)}</style>"


class Harmless(Preprocessor):
    """Takes away marks of cells whose names are not plain: nbgrader's pages put them into attributes as they are."""

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """The cell, with its marks only where the name in them is one."""
        marks = cell.metadata.get("nbgrader", {})
        if marks and not (isinstance(marks, dict) and _PLAIN.fullmatch(str(marks.get("grade_id", "")))):
            del cell.metadata["nbgrader"]
        return cell, resources
