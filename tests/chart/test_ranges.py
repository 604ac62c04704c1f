"""Claims as intervals: what is drawn must say what was claimed, and no more."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from course.chart import data_table, describe, ranges, text_alternative
from course.quantity import Quantity, about, at_least, between, exactly, fewer_than, more_than, up_to


def gids(figure: Figure, row: int) -> set[str]:
    """The forms that a row is drawn with."""
    start = f"course:claim-{row}-"
    return {str(one.get_gid()).removeprefix(start) for one in figure.findobj() if str(one.get_gid()).startswith(start)}


def the_row(quantity: Quantity) -> set[str]:
    return gids(ranges([("A", quantity)], unit="persons"), 0)


@pytest.mark.parametrize(
    ("quantity", "forms"),
    [
        (exactly(5_937), {"filled"}),
        (between(5_000, 7_000), {"range", "filled"}),
        (more_than(100_000), {"upper-arrow", "hollow"}),
        (at_least(100_000), {"upper-arrow", "filled"}),
        (fewer_than(450), {"lower-arrow", "hollow"}),
        (up_to(450), {"lower-arrow", "filled"}),
        (about(200_000), {"soft"}),
        (Quantity(3, 6, True, True, True), {"range", "hollow", "soft"}),
        (Quantity(3, 6, True, False), {"range", "hollow", "filled"}),
        (Quantity(100, None, approximate=True), {"upper-arrow", "soft"}),
        (Quantity(), {"nothing"}),
    ],
)
def test_each_kind_of_claim_has_its_form(quantity: Quantity, forms: set[str]) -> None:
    assert the_row(quantity) == forms


def test_a_hollow_end_is_empty_and_a_filled_one_is_not() -> None:
    figure = ranges([("A", more_than(10)), ("B", at_least(10))])
    hollow, filled = (line for line in figure.axes[0].lines if str(line.get_gid()).endswith(("hollow", "filled")))
    assert (
        mpl.colors.to_hex(hollow.get_markerfacecolor()) == "#ffffff" != mpl.colors.to_hex(hollow.get_markeredgecolor())
    )
    assert mpl.colors.same_color(filled.get_markerfacecolor(), filled.get_markeredgecolor())


numbers = st.integers(0, 10**12) | st.floats(0, 1e9, allow_nan=False)


@examples(100)
@given(st.sampled_from([more_than, at_least, fewer_than, up_to]), numbers)
def test_a_one_sided_bound_is_never_drawn_as_exact(make, number) -> None:
    forms = the_row(make(number))
    assert any(form.endswith("arrow") for form in forms)
    assert ("hollow" in forms) == (make in (more_than, fewer_than))


@examples(100)
@given(st.lists(st.tuples(st.text(max_size=60), numbers), min_size=1, max_size=6))
def test_zero_is_on_the_axis_and_every_number_inside(claims) -> None:
    figure = ranges([(label, exactly(number)) for label, number in claims])
    low, high = figure.axes[0].get_xlim()
    assert low == 0
    assert all(low <= number <= high for _, number in claims)
    assert len(describe(figure)["panels"][0]["rows"]) == len(claims)


def test_negative_bounds_keep_zero_on_the_axis() -> None:
    low, high = ranges([("Change", between(-30, -10))]).axes[0].get_xlim()
    assert low < -30 and high == 0


def test_arrows_leave_the_axes() -> None:
    figure = ranges([("A", more_than(10)), ("B", up_to(5))])
    figure.draw_without_rendering()
    axes = figure.axes[0]
    ends = {one.get_gid(): one.xy[0] for one in axes.findobj(Annotation) if str(one.get_gid()).endswith("arrow")}
    assert ends["course:claim-0-upper-arrow"] > 1
    assert ends["course:claim-1-lower-arrow"] < 0
    written = [text["text"] for text in describe(figure)["panels"][0]["texts"]]
    assert "no upper limit" in written and "no lower limit" in written


def test_no_gutter_where_no_end_is_open() -> None:
    written = " ".join(text["text"] for text in describe(ranges([("A", exactly(1))]))["panels"][0]["texts"])
    assert "no upper limit" not in written and "no lower limit" not in written


def test_axis_has_thousands_separators_and_units() -> None:
    panel = describe(ranges([("A", exactly(20_000))], measure="killed", unit="persons"))["panels"][0]
    assert "20,000" in [tick["text"] for tick in panel["x"]["ticks"]]
    assert panel["x"]["label"] == "Killed (persons)"


def test_source_is_always_on_the_figure() -> None:
    with_source = describe(ranges([("A", exactly(1))], source="CNN, 2 May 2023"))
    without = describe(ranges([("A", exactly(1))]))
    assert with_source["source"] == "CNN, 2 May 2023"
    assert without["source"] == ""
    assert "Source: not stated" in [text["text"] for text in without["texts"]]


def test_a_long_source_and_a_long_label_come_back_whole() -> None:
    source, label = "https://example.org/" + "path/" * 60, "https://example.org/" + "a" * 90
    chart = describe(ranges([(label, exactly(1))], source=source))
    assert chart["source"] == source
    assert data_table(chart)["label"][0] == label


def test_table_of_claims(claims_table: pd.DataFrame) -> None:
    figure = ranges(claims_table, source="made up", caveat="casualties are more than the killed")
    rows = describe(figure)["panels"][0]["rows"]
    assert [row["label"] for row in rows] == list(claims_table["claimant"])
    assert [row["wording"] for row in rows] == [
        "more than 20,000 killed",
        "about 200,000 casualties",
        "15 of 18 killed",
    ]
    assert any("different things" in note for note in describe(figure)["notes"])


@pytest.fixture
def claims_table() -> pd.DataFrame:
    """The columns and types of `to_frame`."""
    table = pd.DataFrame(
        {
            "claimant": ["United States", "A leak", ""],
            "lower": [20_000, 200_000, 15],
            "upper": [None, 200_000, 15],
            "lower_open": [True, None, False],
            "upper_open": [None, None, False],
            "approximate": [False, True, False],
            "whole": [None, None, 18],
            "measure": ["killed", "casualties", "killed"],
            "unit": "persons",
        }
    )
    table["claimant"] = ["United States", "A leak", "the report itself"]
    for column in ("lower", "upper", "whole"):
        table[column] = pd.to_numeric(table[column]).astype("Float64")
    for column in ("lower_open", "upper_open", "approximate"):
        table[column] = table[column].astype("boolean")
    return table


def test_a_claim_without_a_number_keeps_its_row() -> None:
    table = pd.DataFrame({"label": ["A", "B"], "lower": [5, None], "upper": [5, None]})
    figure = ranges(table)
    assert gids(figure, 1) == {"nothing"}
    assert "1 gives no number" in text_alternative(figure)


def test_units_that_not_all_state_are_not_claimed_for_all() -> None:
    table = pd.DataFrame({"label": ["A", "B"], "lower": [5, 300], "upper": [5, 300], "unit": ["", "tonnes per day"]})
    panel = describe(ranges(table, caveat="the first names no unit"))["panels"][0]
    assert "tonnes" not in panel["x"]["label"]
    assert panel["rows"][1]["wording"] == "300 tonnes per day"
    assert panel["rows"][0]["wording"] == "5"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        ([], ValueError, "nothing to draw"),
        (pd.DataFrame({"claimant": [], "lower": [], "upper": []}), ValueError, "nothing to draw"),
        (pd.DataFrame({"claimant": ["A"], "lower": [1]}), ValueError, "upper is missing"),
        (pd.DataFrame({"a": ["A"], "lower": [1], "upper": [1]}), ValueError, "label='...'"),
        (
            pd.DataFrame({"label": ["A"], "lower": ["1,000"], "upper": [1]}),
            TypeError,
            "Row 1 (A): lower must be a number",
        ),
        (pd.DataFrame({"label": ["A"], "lower": [9], "upper": [1]}), ValueError, "Row 1 (A): lower (9) is above upper"),
        (
            pd.DataFrame({"label": ["A"], "lower": [9], "upper": [9], "approximate": ["yes"]}),
            TypeError,
            "approximate must be True or False",
        ),
        (
            pd.DataFrame({"label": list("AB"), "lower": [1, 2], "upper": [1, 2], "unit": ["persons", "tonnes"]}),
            ValueError,
            "different units (persons, tonnes)",
        ),
        ([("A", 100)], TypeError, "more_than(100)"),
        ([("A", "many")], TypeError, "expected a Quantity"),
        (["A"], TypeError, "not a pair"),
        ("A", TypeError, "cannot draw str 'A'"),
        (5, TypeError, "cannot draw int 5"),
        (None, TypeError, "cannot draw"),
    ],
)
def test_errors_say_what_to_pass(data, error, words) -> None:
    with pytest.raises(error) as caught:
        ranges(data)
    assert words in str(caught.value)


def test_an_unknown_label_column_is_named() -> None:
    with pytest.raises(ValueError, match="no column 'who'"):
        ranges(pd.DataFrame({"label": ["A"], "lower": [1], "upper": [1]}), label="who")


def test_all_unbounded_has_no_numbers_on_the_axis() -> None:
    panel = describe(ranges([("A", Quantity()), ("B", Quantity())]))["panels"][0]
    assert panel["x"]["ticks"] == []
    assert [row["wording"] for row in panel["rows"]] == ["no number given", "no number given"]


def test_thousands_of_claims_are_drawn_to_a_limit_and_none_is_lost() -> None:
    figure = ranges([(f"Claim {number}", more_than(number)) for number in range(10_000)])
    table = data_table(figure)
    assert len(table) == 10_000
    assert table["drawn"].sum() == 30 == len(figure.axes[0].get_yticks())
    assert "The first 30 of 10,000 claims are drawn" in " ".join(text["text"] for text in describe(figure)["texts"])
    assert figure.get_size_inches()[1] < 25


def seen(figure: Figure) -> list[mpl.text.Text]:
    """All texts that a reader sees; matplotlib also keeps labels for ticks beyond the axis."""
    axes = figure.axes[0]
    beyond = {
        tick.label1
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    texts = figure.findobj(mpl.text.Text)
    return [text for text in texts if text.get_visible() and text.get_text().strip() and text not in beyond]


def test_texts_do_not_overlap_and_stay_on_the_page() -> None:
    labels = ["United States, National Security Council, 1 May 2023", "W" * 120, "Київ", "$5 and $6_7", "A"]
    quantities = [more_than(100_000), exactly(5_937), about(200_000), up_to(450), between(5_000, 7_000)]
    figure = ranges(list(zip(labels, quantities, strict=True)), measure="m " * 60, title="t " * 90, source="s " * 200)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in seen(figure)]
    page = figure.bbox
    assert len(boxes) > 15
    for number, box in enumerate(boxes):
        assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1
        for other in boxes[number + 1 :]:
            across = min(box.x1, other.x1) - max(box.x0, other.x0)
            high = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert across < 1 or high < 4  # pixels; the boxes of two lines of text may touch


def test_no_text_is_smaller_than_eight_points() -> None:
    chart = describe(ranges([("A", more_than(1)), ("B", about(3))]))
    assert all(text["size"] >= 8 for text in [*chart["texts"], *chart["panels"][0]["texts"]])


def test_an_axes_of_the_learner_is_drawn_on() -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(14, 5))
    assert ranges([("A", more_than(10))], title="Left", source="one", ax=left) is figure
    ranges([("B", exactly(3))], title="Right", source="two", ax=right)
    chart = describe(figure)
    assert [panel["title"] for panel in chart["panels"]] == ["Left", "Right"]
    assert chart["source"] == "one; two"
    plt.close(figure)


def test_settings_of_the_learner_stay_and_do_not_matter() -> None:
    with mpl.rc_context({"axes.facecolor": "black", "font.size": 30, "lines.markersize": 50}):
        before = dict(mpl.rcParams)
        figure = ranges([("A", exactly(1))])
        assert dict(mpl.rcParams) == before
    assert mpl.colors.to_hex(figure.axes[0].get_facecolor()) == "#ffffff"
    assert figure.axes[0].get_yticklabels()[0].get_fontsize() == 10


def test_a_chart_is_not_kept_open_by_pyplot() -> None:
    before = plt.get_fignums()
    ranges([("A", exactly(1))])
    assert plt.get_fignums() == before
