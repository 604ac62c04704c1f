"""describe: plain data of any figure, also of one that a learner made by hand."""

from __future__ import annotations

import json
import math

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from course.chart import counts, data_table, describe, ranges, text_alternative
from course.quantity import exactly, more_than


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    with plt.rc_context({"figure.max_open_warning": 0}):
        yield
    plt.close("all")


def gallery() -> list:
    frame = pd.DataFrame({"killed": [3, 5], "wounded": [10, None]}, index=["Kyiv", "Moscow"])
    days = pd.date_range("2023-01-01", periods=3)
    figures = [ranges([("A", more_than(3))]), counts(["a"]), plt.figure()]
    figures += [
        frame.plot.bar().figure,
        frame.plot.barh(stacked=True).figure,
        frame.plot().figure,
        frame.plot.pie(y="killed").figure,
    ]
    for draw in (
        lambda axes: axes.plot(days, [1, np.nan, math.inf]),
        lambda axes: axes.scatter([1, 2], [3, 4]),
        lambda axes: axes.errorbar([1, 2], [3, 4], yerr=1),
        lambda axes: axes.bar([1, 2], [3, 4], yerr=1),
        lambda axes: axes.hist([1, 1, 2]),
        lambda axes: axes.imshow([[1, 2], [3, 4]]),
        lambda axes: axes.fill_between([1, 2], [3, 4]),
        lambda axes: axes.stackplot([1, 2], [3, 4], [5, 6]),
        lambda axes: axes.boxplot([[1, 2, 3]]),
        lambda axes: axes.violinplot([[1, 2, 3]]),
        lambda axes: axes.stem([1, 2, 3]),
        lambda axes: axes.pcolormesh([[1, 2], [3, 4]]),
        lambda axes: axes.bar(["a", "b"], [0, 0]),
        lambda axes: axes.axhspan(1, 2),
        lambda axes: axes.text(0.5, 0.5, "only text"),
    ):
        figure, axes = plt.subplots()
        draw(axes)
        figures.append(figure)
    figures.append(plt.figure())
    figures[-1].add_subplot(projection="3d").bar3d([1], [1], [0], 1, 1, 1)
    figures.append(plt.figure())
    figures[-1].add_subplot(projection="polar").plot([1, 2], [3, 4])
    return figures


def test_every_figure_has_plain_data_words_and_a_table() -> None:
    figures = gallery()
    assert len(figures) == 24
    for figure in figures:
        chart = describe(figure)
        assert json.loads(json.dumps(chart, allow_nan=False)) == chart
        assert text_alternative(figure) == text_alternative(chart)
        assert "Source" in text_alternative(chart)
        assert isinstance(data_table(chart), pd.DataFrame)


def test_bars_by_hand() -> None:
    frame = pd.DataFrame({"killed": [3, 5], "wounded": [10, 7]}, index=["Kyiv", "Moscow"])
    chart = describe(frame.plot.bar(title="By hand", ylim=(2, 11), ylabel="persons").figure)
    panel = chart["panels"][0]
    assert (chart["made_by"], chart["kind"], chart["title"]) == ("hand", "bars", "By hand")
    assert panel["y"]["limits"] == [2, 11] and panel["y"]["label"] == "persons"
    assert {(bar["series"], bar["label"]): bar["value"] for bar in panel["bars"]} == {
        ("killed", "Kyiv"): 3,
        ("killed", "Moscow"): 5,
        ("wounded", "Kyiv"): 10,
        ("wounded", "Moscow"): 7,
    }
    assert panel["legend"] == ["killed", "wounded"]
    assert all(bar["orientation"] == "vertical" and bar["base"] == 0 for bar in panel["bars"])


@pytest.mark.parametrize("names", [["Kyiv", "Moscow"], [2022, 2023]])
def test_names_under_bars_are_names(names) -> None:
    figure = pd.DataFrame({"killed": [3, 5]}, index=names).plot.bar().figure
    panel = describe(figure)["panels"][0]
    assert (panel["x"]["shows"], panel["y"]["shows"]) == ("names", "numbers")
    assert f"shows {names[0]}, {names[1]}" in text_alternative(figure)


def test_what_stands_along_an_axis() -> None:
    ours = describe(ranges([("A", exactly(20_000))]))["panels"][0]
    assert (ours["x"]["shows"], ours["y"]["shows"]) == ("numbers", "names")
    figure, axes = plt.subplots()
    axes.plot(pd.date_range("2023-01-01", periods=2), [1, 2])
    assert describe(figure)["panels"][0]["x"]["shows"] == "dates"


def test_horizontal_and_stacked_bars_by_hand() -> None:
    frame = pd.DataFrame({"killed": [3], "wounded": [10]}, index=["Kyiv"])
    bars = describe(frame.plot.barh(stacked=True).figure)["panels"][0]["bars"]
    assert [(bar["label"], bar["value"], bar["base"], bar["orientation"]) for bar in bars] == [
        ("Kyiv", 3, 0, "horizontal"),
        ("Kyiv", 10, 3, "horizontal"),
    ]


def test_lines_points_errors_and_lines_across() -> None:
    figure, axes = plt.subplots()
    axes.plot(pd.date_range("2023-01-01", periods=2), [1, 2], label="UK", linestyle="--")
    axes.axhline(1.5)
    chart = describe(figure)
    assert chart["kind"] == "lines"
    line = chart["panels"][0]["lines"][0]
    assert (line["series"], line["x"], line["y"], line["count"], line["style"]) == (
        "UK",
        ["2023-01-01", "2023-01-02"],
        [1, 2],
        2,
        "--",
    )
    assert chart["panels"][0]["reference_lines"] == [{"along": "y", "at": 1.5}]

    figure, axes = plt.subplots()
    axes.errorbar([1, 2], [3, 4], yerr=0.5, fmt="o")
    panel = describe(figure)["panels"][0]
    assert panel["errors"] == [{"series": "", "along": "y", "at": [1, 2], "low": [2.5, 3.5], "high": [3.5, 4.5]}]
    assert panel["points"][0]["y"] == [3, 4]
    assert "does not say by itself what they mean" in text_alternative(figure)


def test_two_scales_in_one_place_are_seen() -> None:
    figure, axes = plt.subplots()
    axes.twinx().plot([1, 2], [5, 6])
    assert [panel["twin_of"] for panel in describe(figure)["panels"]] == [None, 0]
    assert [panel["twin_of"] for panel in describe(plt.subplots(1, 2, sharey=True)[0])["panels"]] == [None, None]


def test_log_scale_pie_and_3d_are_seen() -> None:
    figure, axes = plt.subplots()
    axes.bar(["a"], [10])
    axes.set_yscale("log")
    assert describe(figure)["panels"][0]["y"]["scale"] == "log"
    assert "log scale" in text_alternative(figure)
    figure, axes = plt.subplots()
    axes.pie([1, 3], labels=["a", "b"])
    assert [(bar["label"], bar["value"]) for bar in describe(figure)["panels"][0]["bars"]] == [("a", 0.25), ("b", 0.75)]
    figure = plt.figure()
    figure.add_subplot(projection="3d")
    assert describe(figure)["panels"][0]["projection"] == "3d"


def test_a_source_by_hand_is_found_anywhere() -> None:
    figure, axes = plt.subplots()
    axes.bar(["a"], [1])
    assert describe(figure)["source"] == ""
    figure.text(0, 0, "Source: CNN, 2 May 2023")
    assert describe(figure)["source"] == "CNN, 2 May 2023"


def test_changes_by_hand_are_read_from_the_figure() -> None:
    figure = ranges([("A", exactly(20_000))], title="Before", source="one")
    figure.axes[0].set_xlim(10_000, 30_000)
    figure.suptitle("After")
    chart = describe(figure)
    assert chart["panels"][0]["x"]["limits"] == [10_000, 30_000]
    assert chart["title"] == "After"
    figure.axes[0].bar([1], [2])
    assert describe(figure)["panels"][0]["bars"]


def test_long_series_say_how_long_they_are() -> None:
    figure, axes = plt.subplots()
    axes.plot(range(100_000))
    line = describe(figure)["panels"][0]["lines"][0]
    assert (line["count"], len(line["y"])) == (100_000, 2_000)


@pytest.mark.parametrize("function", [describe, text_alternative, data_table])
@pytest.mark.parametrize("thing", [None, "chart", 5, [1], pd.DataFrame()])
def test_what_is_no_figure_is_named(function, thing) -> None:
    with pytest.raises(TypeError, match="needs a figure"):
        function(thing)


def test_a_part_of_a_figure_stands_for_it() -> None:
    figure, axes = plt.subplots()
    bars = axes.bar(["a"], [1])
    assert describe(axes) == describe(bars) == describe(figure)
