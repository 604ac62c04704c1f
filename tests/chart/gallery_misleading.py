"""Misleading figures of the gallery, each in one way that is known."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from chart.gallery_parts import CITIES, DEATHS, MONTHLY, SOURCE, misleading, panel
from matplotlib.figure import Figure

from course.chart import counts


@misleading("bars not from zero")
def bars_cut_off() -> Figure:
    figure, axes = panel()
    axes.bar(CITIES, DEATHS)
    axes.set_ylim(17_000, 21_000)
    return figure


@misleading("bars not from zero")
def horizontal_bars_cut_off() -> Figure:
    figure, axes = panel(x="Deaths (persons)", y="")
    axes.barh(CITIES, DEATHS)
    axes.set_xlim(15_000, None)
    return figure


@misleading("bars not from zero")
def pandas_bars_cut_off() -> Figure:
    axes = pd.Series(DEATHS, CITIES).plot.bar(title="Deaths by city", ylabel="Deaths (persons)", ylim=(17_000, 21_000))
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@misleading("bars not from zero")
def bars_on_a_raised_floor() -> Figure:
    figure, axes = panel()
    axes.bar(CITIES, np.array(DEATHS) - 15_000, bottom=15_000)
    return figure


@misleading("bars not from zero")
def bars_on_a_log_scale() -> Figure:
    figure, axes = panel()
    axes.bar(CITIES, [20, 300, 4_000, 50_000])
    axes.set_yscale("log")
    return figure


@misleading("bars not from zero")
def filled_area_cut_off() -> Figure:
    figure, axes = panel("Attacks a month", y="Attacks (number)")
    axes.fill_between(MONTHLY.index, MONTHLY)
    axes.set_ylim(35, 145)
    return figure


@misleading("bars not from zero")
def our_own_bars_cut_off_by_hand() -> Figure:
    figure = counts({"quantity": 52, "opinion": 48}, source="made up")
    figure.axes[0].set_xlim(45, 53)
    return figure


@misleading("broken axis")
def axis_in_two_pieces() -> Figure:
    figure, (upper, lower) = plt.subplots(2, 1, sharex=True, figsize=(8, 5))
    for axes in (upper, lower):
        axes.bar(CITIES, [20, 30, 25, 400])
        axes.set_ylabel("Deaths (persons)")
    upper.set_ylim(380, 410)
    lower.set_ylim(0, 40)
    upper.spines["bottom"].set_visible(False)
    lower.spines["top"].set_visible(False)
    figure.suptitle("Deaths by city")
    figure.text(0.01, 0.01, SOURCE)
    return figure


@misleading("broken axis")
def axis_with_a_sign_of_a_break() -> Figure:
    figure, axes = panel("Attacks a month", y="Attacks (number)")
    axes.plot(MONTHLY.index, MONTHLY)
    axes.text(-0.01, 0.05, "//", transform=axes.transAxes)
    return figure


@misleading("two scales")
def two_lines_on_two_scales() -> Figure:
    figure, axes = panel("Attacks and prices", y="Attacks (number)")
    axes.plot(MONTHLY.index, MONTHLY, color="black")
    other = axes.twinx()
    other.plot(MONTHLY.index, np.linspace(2, 3, 24), linestyle="--", color="tab:orange")
    other.set_ylabel("Price (euros)")
    return figure


@misleading("two scales")
def pandas_second_scale() -> Figure:
    table = pd.DataFrame({"attacks": [4, 8, 15, 16], "price": [2.1, 2.0, 2.4, 2.2]}, index=[2020, 2021, 2022, 2023])
    axes = table.plot(
        secondary_y="price", style=["-", "--"], title="Attacks (number) and price (euros)", ylabel="Attacks (number)"
    )
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@misleading("upside down")
def deaths_that_fall_upwards() -> Figure:
    figure, axes = panel("Attacks a month", y="Attacks (number)")
    axes.plot(MONTHLY.index, MONTHLY)
    axes.invert_yaxis()
    return figure


@misleading("uneven steps")
def years_that_are_not_alike() -> Figure:
    figure, axes = panel("Reports by year", y="Reports (thousands)")
    axes.plot(range(4), [3.1, 3.4, 5.2, 6.0], marker="o")
    axes.set_xticks(range(4), ["1990", "2010", "2020", "2023"])
    return figure


@misleading("stretched")
def line_pressed_flat() -> Figure:
    figure, axes = panel("Attacks a month", y="Attacks (number)", size=(11, 2))
    axes.plot(MONTHLY.index, MONTHLY)
    return figure


@misleading("stretched")
def line_drawn_steep() -> Figure:
    figure, axes = panel("Attacks a month", y="Attacks (number)", size=(2.6, 7))
    axes.plot(MONTHLY.index, MONTHLY)
    return figure


@misleading("picked period", MONTHLY)
def only_the_fall() -> Figure:
    figure, axes = panel("Attacks are falling", y="Attacks (number)")
    axes.plot(MONTHLY.index[12:], MONTHLY[12:])
    return figure


@misleading("picked period")
def rise_cut_off_by_the_limits() -> Figure:
    figure, axes = panel("Attacks are falling", y="Attacks (number)")
    axes.plot(MONTHLY.index, MONTHLY)
    axes.set_xlim(pd.Timestamp("2024-01-01"), pd.Timestamp("2024-12-31"))
    return figure


@misleading("open bound drawn as exact")
def more_than_as_a_bar() -> Figure:
    figure, axes = panel("Killed by two accounts", x="Killed (persons)", y="")
    axes.barh(["A: more than 20,000", "B: 5,937"], [20_000, 5_937])
    return figure


@misleading(
    "open bound drawn as exact",
    pd.DataFrame({"claimant": ["A", "B"], "lower": [20_000, 5_937], "upper": [None, 5_937]}),
)
def bound_of_the_data_as_a_point() -> Figure:
    figure, axes = panel("Killed by two accounts", x="Killed (persons)", y="")
    axes.plot([20_000, 5_937], ["A", "B"], "o")
    axes.set_xlim(0, 25_000)
    return figure


@misleading("unexplained whiskers")
def whiskers_without_a_word() -> Figure:
    figure, axes = panel("Deaths by city", y="Deaths (thousand persons)")
    axes.bar(CITIES, [18, 19, 21, 17], yerr=[2, 3, 2, 4])
    return figure


@misleading("area or 3-D")
def discs_by_size() -> Figure:
    figure, axes = panel("Deaths by day, larger is more", x="Day of May", y="Distance (kilometres)")
    axes.scatter([1, 2, 3, 4], [3, 5, 4, 6], s=[40, 90, 400, 1600])
    return figure


@misleading("area or 3-D")
def bars_in_depth() -> Figure:
    figure = plt.figure()
    axes = figure.add_subplot(projection="3d")
    axes.bar3d([0, 1, 2], [0, 0, 0], [0, 0, 0], 0.5, 0.5, [3, 5, 4])
    axes.set(title="Deaths by city", xlabel="City", zlabel="Deaths (persons)")
    figure.text(0.01, 0.01, SOURCE)
    return figure


@misleading("area or 3-D")
def pie_of_nine_slices() -> Figure:
    figure, axes = panel("Reports by outlet", y="")
    axes.pie(range(4, 13), labels=[f"outlet {letter}" for letter in "ABCDEFGHI"])
    return figure


@misleading("colour alone")
def red_and_green_lines() -> Figure:
    figure, axes = panel("Reports a day", x="Day of May", y="Reports (number)")
    axes.plot(range(1, 8), range(7), color="#c43c3c", label="north")
    axes.plot(range(1, 8), range(7, 0, -1), color="#3c8c3c", label="south")
    axes.legend()
    return figure


@misleading("colour alone")
def grid_in_rainbow_colours() -> Figure:
    figure, axes = panel("Reports by city and week", y="")
    grid = axes.imshow(np.arange(12).reshape(4, 3), cmap="jet")
    axes.set_xticks(range(3), ["week 1", "week 2", "week 3"])
    axes.set_yticks(range(4), CITIES)
    figure.colorbar(grid, label="Reports (number)")
    return figure


@misleading("no label")
def numbers_of_nothing() -> Figure:
    figure, axes = panel("What happened", y="")
    axes.bar(CITIES, DEATHS)
    return figure


@misleading("no unit")
def losses_of_what() -> Figure:
    figure, axes = panel("Losses by city", y="Losses")
    axes.bar(CITIES, [18.2, 19.4, 20.9, 17.6])
    return figure


@misleading("no source")
def from_nowhere() -> Figure:
    figure, axes = panel(source="")
    axes.bar(CITIES, DEATHS)
    return figure


@misleading("legend far away")
def legend_in_another_corner() -> Figure:
    figure, axes = panel("Reports a day", x="Day of May", y="Reports (number)", size=(10, 5))
    axes.set_position((0.1, 0.55, 0.4, 0.35))
    axes.plot(range(1, 8), range(7), "-o", label="north")
    axes.plot(range(1, 8), range(7, 0, -1), "--s", label="south")
    figure.legend(loc="lower right")
    return figure


@misleading("small text")
def words_too_small_to_read() -> Figure:
    figure, axes = panel()
    axes.bar(CITIES, DEATHS)
    axes.text(0, 500, "without the missing", fontsize=4)
    return figure


@misleading("small text")
def page_too_wide_to_read() -> Figure:
    figure, axes = panel("Attacks a month", y="Attacks (number)", size=(30, 12))
    axes.plot(MONTHLY.index, MONTHLY)
    return figure


@misleading("too many decimals")
def digits_that_nobody_knows() -> Figure:
    figure, axes = panel("Share of reports that name a source", y="Share (percent)")
    axes.bar_label(axes.bar(CITIES, [41.23713, 38.90124, 55.01832, 61.33871]), fmt="{:.4f}")
    return figure


@misleading("bars not from zero")
def losses_below_zero_cut_off() -> Figure:
    figure, axes = panel("Change in deaths against last year", y="Change (percent)")
    axes.bar(CITIES, [-40, -42, -44, -41])
    axes.set_ylim(-45, -38)
    return figure


@misleading("bars not from zero")
def histogram_cut_off() -> Figure:
    figure, axes = panel("Length of 300 sentences", x="Length (words)", y="Sentences (number)")
    axes.hist(np.random.default_rng(0).normal(20, 4, 300))
    axes.set_ylim(20, 80)
    return figure


@misleading("no label")
def bars_without_any_number() -> Figure:
    figure, axes = panel()
    axes.bar(CITIES, DEATHS)
    axes.set_yticks([])
    return figure


@misleading("open bound drawn as exact")
def plus_sign_on_a_bar() -> Figure:
    figure, axes = panel("Killed by two accounts", y="Killed (persons)")
    axes.bar_label(axes.bar(["A", "B"], [100_000, 40_000]), ["100,000+", "40,000"])
    return figure


@misleading("open bound drawn as exact")
def bound_in_thousands() -> Figure:
    figure, axes = panel("Killed by two accounts", y="Killed (thousand persons)")
    axes.bar(["A (more than 20,000)", "B"], [20, 6])
    return figure


@misleading("colour alone")
def red_and_green_bars_of_pandas() -> Figure:
    table = pd.DataFrame({"killed": [3, 5], "wounded": [10, 7]}, index=["north", "south"])
    axes = table.plot.bar(title="Killed and wounded", ylabel="Persons", color=["#d62728", "#2ca02c"], rot=0)
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@misleading("picked period", MONTHLY)
def only_the_fall_by_pandas() -> Figure:
    axes = MONTHLY[14:].plot(title="Attacks are falling", ylabel="Attacks (number)", figsize=(8, 4))
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@misleading("picked period", pd.Series([3, 4, 5, 9, 8, 7, 6], index=range(2015, 2022)))
def bars_from_the_year_of_the_peak() -> Figure:
    figure, axes = panel("Reports are falling", y="Reports (number)")
    axes.bar(["2018", "2019", "2020", "2021"], [9, 8, 7, 6])
    return figure
