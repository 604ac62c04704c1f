"""Figures of the gallery in pairs: what misleads, and beside it the honest chart that looks most like it."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from chart.gallery_parts import CITIES, MONTHLY, SOURCE, honest, misleading, panel
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

DRAW = np.random.default_rng(7)
RESTLESS = MONTHLY + DRAW.normal(0, 14, len(MONTHLY))
RANGES = pd.DataFrame({"claimant": ["A", "B", "C"], "lower": [300, 800, 500], "upper": [500, 1400, 620]})


@misleading("bars not from zero")
def rectangles_cut_off() -> Figure:
    figure, axes = panel()
    for place, value in enumerate([18_200, 20_900]):
        axes.add_patch(Rectangle((place - 0.3, 16_000), 0.6, value - 16_000))
    axes.set(xlim=(-1, 2), ylim=(16_000, 22_000))
    axes.set_xticks([0, 1], CITIES[:2])
    return figure


@honest()
def rectangles_from_zero() -> Figure:
    figure, axes = panel()
    for place, value in enumerate([18_200, 20_900]):
        axes.add_patch(Rectangle((place - 0.3, 0), 0.6, value))
    axes.set(xlim=(-1, 2), ylim=(0, 22_000))
    axes.set_xticks([0, 1], CITIES[:2])
    return figure


@misleading("bars not from zero")
def stems_cut_off() -> Figure:
    figure, axes = panel()
    axes.stem(range(3), [520, 540, 565], bottom=500)
    axes.set_xticks(range(3), CITIES[:3])
    return figure


@misleading("bars not from zero")
def steps_cut_off() -> Figure:
    figure, axes = panel("Ages", x="Age (years)", y="Men (number)")
    axes.hist(DRAW.normal(40, 9, 700), bins=15, histtype="step")
    axes.set_ylim(30, None)
    return figure


@misleading("broken axis")
def a_bar_that_leaves_the_chart() -> Figure:
    figure, axes = panel("Complaints", y="Complaints (number)")
    axes.bar(CITIES[:3], [30, 640, 45])
    axes.set_ylim(0, 100)
    return figure


@misleading("two scales")
def panels_of_unlike_scales() -> Figure:
    figure, panels = plt.subplots(1, 2, figsize=(8, 4))
    for axes, name, values in zip(panels, CITIES, ([3, 4, 5], [300, 420, 510]), strict=False):
        axes.bar(["2031", "2032", "2033"], values)
        axes.set(title=name, ylabel="Fires (number)")
    figure.text(0.01, 0.01, SOURCE)
    return figure


@honest()
def panels_of_one_scale() -> Figure:
    figure, panels = plt.subplots(1, 2, figsize=(8, 4), sharey=True)
    for axes, name, values in zip(panels, CITIES, ([30, 40, 50], [20, 24, 31]), strict=False):
        axes.bar(["2031", "2032", "2033"], values)
        axes.set(title=name, ylabel="Fires (number)")
    figure.text(0.01, 0.01, SOURCE)
    return figure


@honest()
def panels_that_say_that_their_scales_differ() -> Figure:
    figure, panels = plt.subplots(1, 2, figsize=(8, 4))
    for axes, name, values in zip(panels, CITIES, ([3, 4, 5], [300, 420, 510]), strict=False):
        axes.bar(["2031", "2032", "2033"], values)
        axes.set(title=name, ylabel="Fires (number)")
    figure.suptitle("Fires rise in both; each panel has its own scale")
    figure.text(0.01, 0.01, SOURCE)
    return figure


def _pyramid(left: int, right: int) -> Figure:
    figure, (one, two) = plt.subplots(1, 2, sharey=True, figsize=(8, 4))
    names = ["trucks", "boats", "pumps"]
    one.barh(names, [30, 20, 4])
    two.barh(names, [25, 22, 9])
    one.set_xlim(left, 0)
    two.set_xlim(0, right)
    one.set(title="Arden", xlabel="Lost (number)")
    two.set(title="Belm", xlabel="Lost (number)")
    figure.text(0.01, 0.01, SOURCE)
    return figure


@misleading("two scales")
def a_pyramid_of_two_scales() -> Figure:
    return _pyramid(80, 40)


@honest()
def a_pyramid_of_one_scale() -> Figure:
    return _pyramid(40, 40)


@misleading("uneven steps")
def days_in_the_order_of_their_size() -> Figure:
    figure, axes = panel("Fires a day", y="Fires (number)")
    axes.bar(["3 May", "1 May", "4 May", "2 May", "5 May"], [90, 81, 70, 60, 40])
    return figure


@honest()
def months_over_the_turn_of_the_year() -> Figure:
    figure, axes = panel("Fires a month", y="Fires (number)")
    axes.bar(["Oct", "Nov", "Dec", "Jan", "Feb"], [40, 60, 70, 81, 90])
    return figure


@misleading("stretched")
def a_line_pressed_flat() -> Figure:
    figure, axes = panel("Nothing happens", x="Year", y="Temperature (°C)")
    axes.plot(range(1950, 2020), 9 + 0.02 * np.arange(70))
    axes.set_ylim(-40, 60)
    return figure


@misleading("log not said")
def a_logarithm_that_hides() -> Figure:
    figure, axes = panel("Steady growth", x="Day", y="Cases (persons)")
    axes.semilogy(range(15), 90 * 1.6 ** np.arange(15))
    axes.set_yticks([100, 1_000, 10_000], ["", "", ""])
    axes.minorticks_off()
    axes.text(0, 95, "90")
    return figure


@honest()
def a_logarithm_that_says_so() -> Figure:
    figure, axes = panel("Cases double every 35 hours (logarithmic scale)", x="Day", y="Cases (persons)")
    axes.semilogy(range(15), 90 * 1.6 ** np.arange(15))
    return figure


@misleading("unequal bins")
def bins_of_many_widths() -> Figure:
    figure, axes = panel("Age of the dead", x="Age (years)", y="Dead (persons)")
    axes.hist(DRAW.uniform(0, 90, 400), bins=[0, 5, 10, 18, 65, 90])
    return figure


@honest()
def bins_of_many_widths_as_density() -> Figure:
    figure, axes = panel("Age of the dead", x="Age (years)", y="Density (share per year of age)")
    axes.hist(DRAW.uniform(0, 90, 400), bins=[0, 5, 10, 18, 65, 90], density=True)
    return figure


@misleading("gaps as zero")
def days_without_a_report_as_zero() -> Figure:
    figure, axes = panel("Cases a day", y="Cases (persons)")
    values = [71, 66, 0, 0, 70, 75, 73, 0, 69, 72, 74, 70]
    axes.plot(pd.date_range("2031-03-01", periods=12), values)
    return figure


@honest()
def days_without_a_report_as_a_gap() -> Figure:
    figure, axes = panel("Cases a day; gaps: no report", y="Cases (persons)")
    values = [71, 66, np.nan, np.nan, 70, 75, 73, np.nan, 69, 72, 74, 70]
    axes.plot(pd.date_range("2031-03-01", periods=12), values)
    return figure


@honest()
def a_count_that_is_often_zero() -> Figure:
    figure, axes = panel("Fires a day", y="Fires (number)")
    axes.plot(pd.date_range("2031-03-01", periods=12), [2, 0, 1, 0, 3, 1, 0, 2, 1, 4, 0, 1])
    return figure


@misleading("incomplete period")
def a_year_that_is_not_over() -> Figure:
    figure, axes = panel("Fires fall", y="Fires (number)")
    axes.bar(["2030", "2031", "2032", "2033 (until April)"], [410, 420, 433, 120])
    return figure


@honest()
def a_year_that_is_not_over_and_looks_so() -> Figure:
    figure, axes = panel("Fires a year; 2033 is not complete", y="Fires (number)")
    bars = axes.bar(["2030", "2031", "2032", "2033 (until April)"], [410, 420, 433, 120])
    bars[-1].set_hatch("//")
    return figure


@misleading("smoothing not said", data=RESTLESS)
def a_calm_line() -> Figure:
    figure, axes = panel("Attacks a month", y="Attacks (number)")
    calm = RESTLESS.rolling(7, center=True, min_periods=1).mean()
    axes.plot(calm.index, calm)
    return figure


@honest(data=RESTLESS)
def a_calm_line_that_says_how() -> Figure:
    figure, axes = panel("Attacks a month, mean of 7 months", y="Attacks (number)")
    calm = RESTLESS.rolling(7, center=True, min_periods=1).mean()
    axes.plot(calm.index, calm)
    return figure


@misleading("cumulative for new", data=MONTHLY)
def a_running_total_for_what_is_new() -> Figure:
    figure, axes = panel("Attacks a month", y="Attacks (number)")
    axes.plot(MONTHLY.index, MONTHLY.cumsum())
    return figure


@honest()
def a_running_total_that_says_so() -> Figure:
    figure, axes = panel("Attacks since January 2023", y="Attacks, running total (number)")
    axes.plot(MONTHLY.index, MONTHLY.cumsum())
    return figure


@misleading("picked period", data=MONTHLY)
def two_months_of_many() -> Figure:
    figure, axes = panel("Attacks have tripled", y="Attacks (number)")
    axes.plot(["Feb 2023", "Dec 2023"], [MONTHLY.iloc[1], MONTHLY.iloc[11]], "-o")
    return figure


@honest(data=MONTHLY)
def a_window_with_its_reason() -> Figure:
    part = MONTHLY["2023-06":"2024-03"]
    figure, axes = panel("From the truce of June 2023, when counting began anew, to March 2024", y="Attacks (number)")
    axes.plot(part.index, part)
    return figure


@misleading("open bound drawn as exact", data=RANGES)
def middles_of_ranges() -> Figure:
    figure, axes = panel("Losses by claimant", y="Killed (persons)")
    axes.bar(RANGES.claimant, (RANGES.lower + RANGES.upper) / 2)
    return figure


@misleading("open bound drawn as exact")
def a_bound_beside_an_arrow_that_points_elsewhere() -> Figure:
    figure, axes = panel("Killed: more than 900, says Arden", y="Killed (persons)")
    axes.bar(CITIES[:2], [900, 400])
    axes.annotate("", (0.5, 700), (1, 500), arrowprops={"arrowstyle": "->"})
    return figure


@misleading("too many decimals")
def about_to_the_last_digit() -> Figure:
    figure, axes = panel("About 9,000 left the city", y="Left (persons)")
    axes.bar_label(axes.bar(CITIES[:2], [9_127, 3_300]), fmt="{:,.0f}")
    return figure


@misleading("unexplained whiskers")
def a_whisker_that_leaves_the_chart() -> Figure:
    figure, axes = panel("Dead, with 95 % intervals", y="Dead (persons)")
    axes.errorbar(CITIES[:2], [600, 300], yerr=[200, 50], fmt="o")
    axes.set_ylim(0, 700)
    return figure


@misleading("over the whole")
def a_stack_over_its_whole() -> Figure:
    table = pd.DataFrame({"radio": [40, 35], "paper": [55, 50], "friends": [48, 62]}, index=CITIES[:2])
    axes = table.plot.bar(
        stacked=True, title="Where people hear of it", ylabel="Share of adults (%)", color=["#000", "#777", "#ccc"]
    )
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@honest()
def a_stack_that_makes_a_whole() -> Figure:
    table = pd.DataFrame({"radio": [30, 35], "paper": [25, 20], "friends": [45, 45]}, index=CITIES[:2])
    axes = table.plot.bar(
        stacked=True, title="Where people heard first", ylabel="Share of adults (%)", color=["#000", "#777", "#ccc"]
    )
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@misleading("counted twice")
def a_whole_on_its_part() -> Figure:
    table = pd.DataFrame({"all casualties": [100, 90], "killed": [20, 18]}, index=CITIES[:2])
    axes = table.plot.bar(stacked=True, title="Losses", ylabel="Thousand persons", color=["#222", "#bbb"])
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@honest()
def parts_on_one_another() -> Figure:
    table = pd.DataFrame({"killed": [20, 18], "wounded": [80, 72]}, index=CITIES[:2])
    axes = table.plot.bar(stacked=True, title="Casualties", ylabel="Thousand persons", color=["#222", "#bbb"])
    axes.figure.text(0.01, 0.01, SOURCE)
    return axes.figure


@misleading("counts for rates")
def the_safest_by_count() -> Figure:
    figure, axes = panel("Dunhaven is the safest city", y="Burglaries (number)")
    axes.bar(CITIES, [2_100, 1_800, 900, 14])
    return figure


@honest()
def the_safest_by_rate() -> Figure:
    figure, axes = panel("Dunhaven is the safest city", y="Burglaries per 1,000 people")
    axes.bar(CITIES, [2.1, 1.8, 1.9, 1.4])
    return figure


@misleading("largest is the rest")
def a_heap_of_others() -> Figure:
    figure, axes = panel("Arden attacks most", x="Attacks (number)", y="")
    axes.barh([*CITIES[:3], "Others, unknown"], [90, 40, 20, 800])
    return figure


@misleading("line between names")
def a_line_from_city_to_city() -> Figure:
    figure, axes = panel("Trust sinks", y="Trust (%)")
    axes.plot(CITIES, [70, 66, 50, 41], "-o")
    return figure


@honest()
def a_line_over_the_days_of_the_week() -> Figure:
    figure, axes = panel("Trips a day", y="Trips (number)")
    axes.plot(["Mon", "Tue", "Wed", "Thu", "Fri"], [70, 66, 50, 41, 60], "-o")
    return figure


@misleading("area or 3-D")
def a_tilted_pie() -> Figure:
    figure, axes = plt.subplots()
    axes.pie([30, 45, 25], labels=["A 30 %", "B 45 %", "C 25 %"], shadow=True)
    axes.set_title("Seats")
    figure.text(0.01, 0.01, SOURCE)
    return figure


@misleading("area or 3-D")
def a_pie_of_more_than_all() -> Figure:
    figure, axes = plt.subplots()
    axes.pie([60, 55, 40], labels=["A 60 %", "B 55 %", "C 40 %"], colors=["#036", "#39c", "#9cf"])
    axes.set_title("Who has heard of whom")
    figure.text(0.01, 0.01, SOURCE)
    return figure


@misleading("area or 3-D")
def signs_of_several_sizes() -> Figure:
    figure, axes = panel("Ships (number)", y="")
    for place, (year, ships) in enumerate({"2031": 20, "2032": 40, "2033": 80}.items()):
        axes.text(place, 0.3, "⚓", fontsize=ships, ha="center")
        axes.text(place, 0.05, f"{year}: {ships}", ha="center")
    axes.set(xlim=(-1, 3))
    axes.axis("off")
    return figure


@misleading("overplotted")
def a_cloud_of_discs() -> Figure:
    figure, axes = panel("No structure", x="Current (mA)", y="Voltage (mV)")
    axes.scatter(DRAW.normal(size=40_000), DRAW.normal(size=40_000), s=60)
    return figure


@honest()
def a_cloud_one_can_see_through() -> Figure:
    figure, axes = panel("Current and voltage", x="Current (mA)", y="Voltage (mV)")
    axes.scatter(DRAW.normal(size=4_000), DRAW.normal(size=4_000), s=4, alpha=0.2)
    return figure


@misleading("light is more")
def light_for_many() -> Figure:
    figure, axes = panel("Dead by city and week", y="")
    grid = axes.imshow(DRAW.integers(0, 90, (4, 6)), cmap="Blues_r")
    axes.set_xticks(range(6), [f"week {number}" for number in range(1, 7)])
    axes.set_yticks(range(4), CITIES)
    figure.colorbar(grid, label="Dead (persons)")
    return figure


@misleading("colour alone")
def a_rainbow_of_contours() -> Figure:
    figure, axes = panel("Noise around the port", x="East (km)", y="North (km)")
    x, y = np.meshgrid(np.linspace(-2, 2, 40), np.linspace(-2, 2, 40))
    figure.colorbar(axes.contourf(x, y, np.hypot(x, y), 12, cmap="gist_rainbow"), label="Noise (dB)")
    return figure


@honest()
def labels_that_name_what_is_counted() -> Figure:
    figure, panels = plt.subplots(1, 4, figsize=(11, 3.5))
    for axes, label in zip(panels, ["Bridges", "Megawatt", "kWh", "Displaced"], strict=True):
        axes.plot(["Mon", "Tue", "Wed"], [3, 4, 2], "o")
        axes.set(title=label, ylabel=label)
    figure.suptitle("Four labels")
    figure.text(0.01, 0.01, SOURCE)
    return figure


@honest()
def ticks_that_need_their_digits() -> Figure:
    figure, axes = panel("Crown against florin", y="Florins per crown")
    axes.plot(pd.date_range("2031-01-01", periods=40), 1.081 + 0.0004 * np.arange(40))
    return figure


@misleading("uneven steps")
def years_from_right_to_left() -> Figure:
    figure, axes = panel("Fires a year", y="Fires (number)")
    axes.plot(range(2030, 2040), range(40, 50))
    axes.invert_xaxis()
    return figure


@misleading("uneven steps")
def numbers_that_do_not_fit_their_bars() -> Figure:
    figure, axes = panel("Fires", y="Fires (number)")
    axes.bar_label(axes.bar(CITIES[:3], [40, 52, 61]), labels=["70", "52", "61"])
    return figure


@misleading("two scales")
def two_units_on_one_axis() -> Figure:
    figure, axes = panel("Weather", x="Day", y="Rain and heat (number)")
    axes.plot(range(9), range(3, 12), "-o", label="rain (mm)")
    axes.plot(range(9), range(20, 11, -1), "--s", label="heat (°C)")
    axes.legend()
    return figure


@misleading("smoothing not said")
def a_line_into_the_future() -> Figure:
    figure, axes = panel("Arrivals", x="Year", y="Arrivals (persons)")
    axes.plot(range(2020, 2031), 100 + 9 * np.arange(11), "o")
    axes.plot([2020, 2045], [100, 325], "-")
    return figure


@honest()
def a_line_into_the_future_that_says_so() -> Figure:
    figure, axes = panel("Arrivals; dashed: if it goes on like this", x="Year", y="Arrivals (persons)")
    axes.plot(range(2020, 2031), 100 + 9 * np.arange(11), "o")
    axes.plot([2020, 2045], [100, 325], "--")
    return figure


@misleading("over the whole")
def areas_over_their_whole() -> Figure:
    figure, axes = panel("Who uses what", x="Year", y="Share of adults (%)")
    axes.stackplot(range(2030, 2036), range(60, 66), range(55, 61), labels=["radio", "paper"], colors=["#333", "#ccc"])
    axes.legend()
    return figure


@misleading("unequal bins")
def bars_of_several_widths() -> Figure:
    figure, axes = panel()
    axes.bar(CITIES[:3], [180, 190, 200], width=[0.3, 0.6, 0.9])
    return figure


@misleading("open bound drawn as exact")
def a_bound_in_other_words() -> Figure:
    figure, axes = panel("North of twenty thousand dead in Arden", y="Dead (persons)")
    axes.bar(CITIES[:2], [20_000, 9_500])
    return figure


@misleading("colour alone")
def a_rainbow_of_points() -> Figure:
    figure, axes = panel("Noise by place", x="East (km)", y="North (km)")
    figure.colorbar(axes.scatter(range(40), range(40), c=range(40), cmap="jet"), label="Noise (dB)")
    return figure
