"""Honest figures of the gallery, made by hand with matplotlib and pandas; many come close to a fault and have none."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from chart.gallery_parts import CITIES, DEATHS, MONTHLY, SOURCE, honest, panel
from matplotlib.figure import Figure


@honest()
def bars_from_zero() -> Figure:
    figure, axes = panel()
    axes.bar(CITIES, DEATHS)
    return figure


@honest()
def horizontal_bars_with_numbers() -> Figure:
    figure, axes = panel(x="Deaths (persons)", y="")
    axes.bar_label(axes.barh(CITIES, DEATHS), fmt="{:,.0f}")
    axes.invert_yaxis()  # the first name on top
    return figure


@honest()
def pandas_grouped_bars() -> Figure:
    table = pd.DataFrame({"killed": [3, 5], "wounded": [10, 7]}, index=["north", "south"])
    axes = table.plot.bar(title="Killed and wounded", ylabel="Persons", rot=0)
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@honest()
def stacked_bars_with_hatching() -> Figure:
    figure, axes = panel("Reports by kind", y="Reports (number)")
    axes.bar(CITIES, [3, 4, 2, 5], label="news", color="#0072B2")
    axes.bar(CITIES, [1, 2, 2, 1], bottom=[3, 4, 2, 5], label="comment", color="#D55E00", hatch="//")
    axes.legend()
    return figure


@honest()
def bars_below_and_above_zero() -> Figure:
    figure, axes = panel("Change in deaths against last year", y="Change (percent)")
    axes.bar(CITIES, [4.5, -3.2, 0.4, -8.1])
    axes.axhline(0, color="black")
    return figure


@honest()
def floating_bars_for_ranges() -> Figure:
    figure, axes = panel("Lowest and highest estimate by city", y="Deaths (thousand persons)")
    axes.bar(CITIES, [4, 6, 3, 5], bottom=[16, 17, 19, 15])
    axes.set_ylim(14, 24)
    return figure


@honest()
def dots_far_from_zero() -> Figure:
    figure, axes = panel("Temperature at noon", x="Temperature (°C)", y="")
    axes.plot([18.2, 19.4, 20.9, 17.6], CITIES, "o")
    axes.set_xlim(17, 22)
    return figure


@honest(MONTHLY)
def line_of_a_whole_period() -> Figure:
    figure, axes = panel("Attacks a month, 2023 and 2024", y="Attacks (number)")
    axes.plot(MONTHLY.index, MONTHLY)
    return figure


@honest()
def pandas_time_series() -> Figure:
    axes = MONTHLY.plot(title="Attacks a month", ylabel="Attacks (number)", figsize=(8, 4))
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@honest()
def three_lines_named_at_their_ends() -> Figure:
    figure, axes = panel("Reports a day", x="Day of May", y="Reports (number)")
    for number, (name, color) in enumerate(zip(CITIES[:3], ("tab:blue", "tab:green", "tab:red"), strict=True)):
        axes.plot(range(1, 8), np.arange(7) * (number + 1) + 4, color=color, label=name)
        axes.text(7.1, 6 * (number + 1) + 4, name, color=color)
    return figure


@honest()
def lines_with_markers_and_a_legend() -> Figure:
    figure, axes = panel("Reports a day", x="Day of May", y="Reports (number)")
    for name, marker in zip(CITIES, "osD^", strict=True):
        axes.plot(range(1, 8), np.arange(7) + ord(marker) % 7, marker=marker, label=name)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return figure


@honest()
def whiskers_explained() -> Figure:
    figure, axes = panel("Estimated deaths by city", y="Deaths (thousand persons)")
    axes.errorbar(CITIES, [18, 19, 21, 17], yerr=[2, 3, 2, 4], fmt="o", label="estimate, 95 % interval")
    axes.legend()
    return figure


@honest(pd.DataFrame({"lower": [20_000, 6_000], "upper": [None, 6_000]}))
def bound_with_an_arrow() -> Figure:
    figure, axes = panel("More than 20,000 killed, says A", x="Killed (persons)", y="")
    axes.barh(["A", "B"], [20_000, 6_000])
    axes.annotate("", (24_000, 0), (20_000, 0), arrowprops={"arrowstyle": "->"})
    axes.set_xlim(0, 25_000)
    return figure


@honest()
def histogram_of_lengths() -> Figure:
    figure, axes = panel("Length of 200 sentences", x="Length (words)", y="Sentences (number)")
    axes.hist(np.random.default_rng(1).normal(22, 6, 200), bins=12)
    return figure


@honest()
def scatter_of_two_measures() -> Figure:
    figure, axes = panel("Killed and wounded in 40 battles", x="Killed (persons)", y="Wounded (persons)")
    killed = np.random.default_rng(2).integers(10, 400, 40)
    axes.scatter(killed, killed * 3 + 40)
    return figure


@honest()
def grid_with_numbers() -> Figure:
    figure, axes = panel("Reports by city and week (number)", y="")
    values = np.arange(12).reshape(4, 3)
    axes.imshow(values, cmap="Blues")
    axes.set_xticks(range(3), ["week 1", "week 2", "week 3"])
    axes.set_yticks(range(4), CITIES)
    for (row, column), value in np.ndenumerate(values):
        axes.text(column, row, str(value), ha="center", color="white" if value > 6 else "black")
    return figure


@honest()
def grid_with_a_scale_of_colours() -> Figure:
    figure, axes = panel("Reports by city and week", y="")
    grid = axes.imshow(np.arange(12).reshape(4, 3), cmap="viridis")
    axes.set_xticks(range(3), ["week 1", "week 2", "week 3"])
    axes.set_yticks(range(4), CITIES)
    figure.colorbar(grid, label="Reports (number)")
    return figure


@honest()
def growth_on_a_named_log_scale() -> Figure:
    figure, axes = panel("Displaced people, logarithmic scale", x="Week", y="Displaced (persons)")
    axes.plot(range(1, 11), [10 * 2**week for week in range(10)], marker="o")
    axes.set_yscale("log")
    axes.set_xlabel("Week of the flood (number)")
    return figure


@honest()
def area_from_zero_with_a_band() -> Figure:
    figure, axes = panel("Reports a day, with the range of three counts", x="Day of May", y="Reports (number)")
    days = np.arange(1, 15)
    axes.plot(days, days + 30)
    axes.fill_between(days, days + 27, days + 34, alpha=0.3)
    axes.set_ylim(25, 50)
    return figure


@honest()
def bars_by_year() -> Figure:
    figure, axes = panel("Reports by year", y="Reports (thousands)")
    axes.bar([2019, 2020, 2021, 2022, 2023], [3.1, 3.4, 2.9, 5.2, 6.0])
    return figure


@honest()
def two_panels_on_one_scale() -> Figure:
    figure, (left, right) = plt.subplots(1, 2, sharey=True, figsize=(10, 4))
    for axes, name, values in ((left, "North", [3, 5, 4]), (right, "South", [6, 2, 4])):
        axes.bar(["May", "June", "July"], values)
        axes.set(title=name, ylabel="Reports (number)")
    figure.suptitle("Reports by month and side")
    figure.text(0.01, 0.01, SOURCE)
    return figure


@honest()
def a_second_unit_for_the_same_numbers() -> Figure:
    figure, axes = panel("Distance to the front", x="Day of May", y="Distance (kilometres)")
    axes.plot(range(1, 8), [12, 11, 9, 9, 7, 6, 6], marker="o")
    axes.secondary_yaxis("right", functions=(lambda km: km / 1.609, lambda miles: miles * 1.609)).set_ylabel(
        "Distance (miles)"
    )
    return figure


@honest()
def ranks_from_the_top() -> Figure:
    figure, axes = panel("Rank of the city by reports", x="Week of May (number)", y="Rank (1 has most)")
    axes.plot([1, 2, 3, 4], [3, 2, 2, 1], marker="o")
    axes.invert_yaxis()
    return figure


@honest()
def shares_with_one_decimal() -> Figure:
    figure, axes = panel("Share of reports that name a source", y="Share (percent)")
    axes.bar_label(axes.bar(CITIES, [41.2, 38.9, 55.0, 61.3]), fmt="{:.1f} %")
    return figure


@honest()
def three_slices_with_their_numbers() -> Figure:
    figure, axes = panel("Sources of 40 reports", y="")
    axes.pie([20, 12, 8], labels=["agency", "ministry", "own reporter"], autopct="%d %%")
    return figure


@honest()
def a_span_of_days_in_the_title() -> Figure:
    figure, axes = panel("Attacks over 7 days", x="Day of May", y="Attacks (number)")
    axes.plot(range(1, 8), [3, 4, 5, 7, 6, 5, 4], "-o")
    return figure


@honest()
def numbers_at_the_bars_instead_of_an_axis() -> Figure:
    figure, axes = panel("Share of reports that name a source, in percent", y="")
    axes.bar_label(axes.bar(CITIES, [41, 39, 55, 61]), fmt="%d %%")
    axes.set_yticks([])
    return figure


@honest()
def boxes_explained_in_the_title() -> Figure:
    figure, axes = panel("Length of sentences; box: quartiles, whiskers: least and most", y="Length (words)")
    axes.boxplot([[12, 15, 20, 24, 30], [8, 14, 18, 22, 40]], whis=(0, 100), tick_labels=CITIES[:2])
    return figure


@honest()
def change_on_two_sides_of_white() -> Figure:
    figure, axes = panel("Change by city and week", y="")
    grid = axes.imshow(np.linspace(-3, 3, 12).reshape(4, 3), cmap="RdBu", vmin=-3, vmax=3)
    axes.set_xticks(range(3), ["week 1", "week 2", "week 3"])
    axes.set_yticks(range(4), CITIES)
    figure.colorbar(grid, label="Change (percent)")
    return figure


@honest()
def agreement_with_three_decimals() -> Figure:
    figure, axes = panel("Agreement of annotators", y="Kappa (from -1 to 1)")
    axes.bar_label(axes.bar(CITIES, [0.833, 0.712, 0.655, 0.901]))
    return figure
