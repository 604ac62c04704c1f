"""What holds for every chart of the course: nothing overlaps, nothing is lost, and it can be read without eyes for colour."""

from __future__ import annotations

import json

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from chart.figures import EMPTY, EVERY, HUGE
from matplotlib.figure import Figure
from matplotlib.text import Text

from course.chart import data_table, describe, lint, text_alternative

NAMES = list(EVERY)


def texts_on(figure: Figure) -> list[Text]:
    """All texts that a reader sees; matplotlib also keeps labels for ticks beyond the axis, or of an axis that is off."""
    hidden: set[Text] = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            for tick in axis.get_major_ticks():
                if not axes.axison or not min(axis.get_view_interval()) <= tick.get_loc() <= max(
                    axis.get_view_interval()
                ):
                    hidden |= {tick.label1, tick.label2}
    return [one for one in figure.findobj(Text) if one.get_visible() and one.get_text().strip() and one not in hidden]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [1, 2, 23, 400])
def test_texts_stay_on_the_page_and_apart(name: str, count: int) -> None:
    figure = EVERY[name](count, source="made up")
    figure.draw_without_rendering()
    texts = texts_on(figure)
    boxes = [(text.get_window_extent(), text) for text in texts if text.get_rotation() in (0, 90)]
    page = figure.bbox
    for number, (box, text) in enumerate(boxes):
        inside = page.x0 - 1 <= box.x0 and box.x1 <= page.x1 + 1 and page.y0 - 1 <= box.y0 and box.y1 <= page.y1 + 1
        assert inside, f"{text.get_text()!r} leaves the page"
        for other, second in boxes[number + 1 :]:
            across = min(box.x1, other.x1) - max(box.x0, other.x0)
            high = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert across < 2 or high < 5, f"{text.get_text()!r} lies over {second.get_text()!r}"


@pytest.mark.parametrize("name", NAMES)
def test_one_thing_is_enough(name: str) -> None:
    figure = EVERY[name](1)
    assert len(data_table(figure)) >= 1
    assert text_alternative(figure).endswith("Source: not stated.")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_to_draw_is_said(name: str) -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        EMPTY[name]()


@pytest.mark.parametrize("name", NAMES)
def test_ten_thousand_are_drawn_and_stay_readable(name: str) -> None:
    figure = EVERY[name](HUGE)
    words = text_alternative(figure)
    wide, high = figure.get_size_inches()
    assert wide == 8 and high < 25
    assert len(words) < 2_500
    if name not in ("counts", "calibration"):  # whose kinds are few
        assert "the data table has" in words


@pytest.mark.parametrize("name", NAMES)
def test_the_record_is_plain_and_complete(name: str) -> None:
    figure = EVERY[name](23, source="made up", title="A title of our own")
    chart = describe(figure)
    assert json.loads(json.dumps(chart, allow_nan=False)) == chart
    assert (chart["made_by"], chart["title"], chart["source"]) == (name, "A title of our own", "made up")
    assert chart["message"] and chart["subtitle"]
    table = data_table(chart)
    assert isinstance(table, pd.DataFrame) and len(table) > 1
    pd.testing.assert_frame_equal(table, data_table(figure))
    assert text_alternative(chart) == text_alternative(figure)


@pytest.mark.parametrize("name", NAMES)
def test_the_linter_has_nothing_against_it(name: str) -> None:
    assert [str(finding) for finding in lint(EVERY[name](23, source="made up"))] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_smaller_than_eight_points(name: str) -> None:
    assert min(text.get_fontsize() for text in texts_on(EVERY[name](400))) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_on_an_axes_of_the_learner(name: str) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(16, 8))
    try:
        assert EVERY[name](5, ax=left, source="one") is figure
        EVERY[name](6, ax=right, source="two")
        chart = describe(figure)
        assert [panel["kind"] for panel in chart["panels"]] == [name, name]
        assert chart["source"] == "one; two"
        assert "Panel 2:" in text_alternative(figure)
    finally:
        plt.close(figure)


@pytest.mark.parametrize("name", NAMES)
def test_settings_of_the_learner_stay(name: str) -> None:
    with mpl.rc_context({"axes.facecolor": "black", "font.size": 30}):
        before = dict(mpl.rcParams)
        figure = EVERY[name](5)
        assert dict(mpl.rcParams) == before
    assert mpl.colors.to_hex(figure.axes[0].get_facecolor()) == "#ffffff"
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("label", ["$5 and $6_7", "Київ <b>", "漢字 🙂", "a" * 200])
def test_any_title_and_source_are_kept(name: str, label: str) -> None:
    chart = describe(EVERY[name](3, title=label, source=label))
    assert (chart["title"], chart["source"]) == (label, label)
