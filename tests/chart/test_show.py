"""show: one picture with its text alternative and its data, in a notebook and outside."""

from __future__ import annotations

import base64
import html
import re
from html.parser import HTMLParser
from io import BytesIO

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from PIL import Image

from course.chart import counts, heatmap, ranges, show, text_alternative
from course.chart.output import _Shown
from course.chart.style import style
from course.quantity import exactly, more_than

MANY = pd.DataFrame(
    [(stance, side) for number, side in enumerate("abcde") for stance in "uvw" for _ in range(number + 1)],
    columns=["stance", "side"],
)
LABEL = 'Russia, "own" <total> & more'


class Tags(HTMLParser):
    """The tags of an HTML text, in order, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def only(self, tag: str) -> dict[str, str | None]:
        (attributes,) = [attributes for name, attributes in self.found if name == tag]
        return attributes


def the_html(figure) -> str:
    return _Shown(figure)._repr_mimebundle_()["text/html"]


def test_the_image_has_the_alternative_text() -> None:
    figure = ranges([(LABEL, exactly(5_937))], source="CNN")
    image = Tags(the_html(figure)).only("img")
    assert image["alt"] == text_alternative(figure)
    assert LABEL in image["alt"]
    assert image["width"] == "800"
    start, data = str(image["src"]).split(",")
    assert start == "data:image/png;base64" and base64.b64decode(data).startswith(b"\x89PNG")


def test_the_picture_has_few_colours_and_looks_as_drawn() -> None:
    """A chart of ranges and a heatmap, which has the most colours: no point is far from what matplotlib draws."""
    for figure in (ranges([("a", more_than(40)), ("b", exactly(55))]), heatmap(MANY)):
        data = str(Tags(the_html(figure)).only("img")["src"]).split(",")[1]
        shown = Image.open(BytesIO(base64.b64decode(data)))
        drawn = BytesIO()
        with style():
            figure.savefig(drawn, format="png", dpi=200, facecolor=figure.get_facecolor())
        assert shown.mode == "P"
        difference = np.asarray(shown.convert("RGB"), int) - np.asarray(Image.open(drawn).convert("RGB"), int)
        assert abs(difference).max() <= 6 and abs(difference).mean() < 0.2


def test_words_and_table_fold_out() -> None:
    text = the_html(ranges([(LABEL, more_than(5_937))], measure="killed"))
    folded = text[text.index("<details>") :]
    assert "open" not in Tags(text).only("details")
    assert html.escape(LABEL) in folded and "<th scope=" in folded
    assert re.findall("<td>(.*?)</td>", folded)[2:4] == ["5,937", "not given"]


def test_only_the_picture_may_differ_from_run_to_run() -> None:
    texts = [the_html(counts(["a", "b", "a"])) for _ in range(2)]
    assert texts[0] == texts[1]


def test_outside_a_notebook_the_words_are_printed(capsys) -> None:
    figure = counts(["a", "b"])
    show(figure)
    assert capsys.readouterr().out.strip() == text_alternative(figure)


def test_a_pyplot_figure_is_closed_and_not_changed(capsys) -> None:
    figure, axes = plt.subplots()
    axes.bar(["a"], [1])
    before = (figure.dpi, axes.get_xlim(), list(figure.get_size_inches()))
    show(axes)
    assert not plt.fignum_exists(figure.number)
    assert (figure.dpi, axes.get_xlim(), list(figure.get_size_inches())) == before


def test_missing_glyphs_do_not_disturb(recwarn, capsys) -> None:
    show(ranges([("漢字 🙂", exactly(1))]))
    assert not [warning for warning in recwarn if "Glyph" in str(warning.message)]
    assert "漢字" in capsys.readouterr().out


@pytest.mark.parametrize("thing", [None, ["figure"], 3])
def test_what_is_no_figure_is_named(thing) -> None:
    with pytest.raises(TypeError, match="show\\(\\) needs a figure"):
        show(thing)


def test_in_a_notebook_each_figure_appears_once_and_keeps_its_words_in_html(quick_kernels: None) -> None:
    cells = [
        "from course.chart import counts, show\nimport matplotlib.pyplot as plt",
        "show(counts(['a', 'b', 'a'], source='made up'))",
        "counts(['a', 'b', 'a'], source='forgot show')",
        "figure = counts(['a'])",
        "figure, axes = plt.subplots()\naxes.bar(['x'], [3])\nshow(figure)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=300).execute()
    assert [len(cell.outputs) for cell in notebook.cells] == [0, 1, 1, 0, 1]
    assert all(output.output_type == "display_data" for cell in notebook.cells for output in cell.outputs)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    alternatives = [attributes["alt"] for tag, attributes in Tags(page).found if tag == "img"]
    assert [alternative.split(":")[0] for alternative in alternatives] == ["Bar chart of counts"] * 2 + [
        "Bar chart without a title. The horizontal axis, without a label, shows x. The vertical axis, without a label, runs from 0 to 3.15. 1 bar"
    ]
