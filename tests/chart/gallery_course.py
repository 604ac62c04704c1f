"""Honest figures of the gallery, drawn by the course."""

from __future__ import annotations

import pandas as pd
from chart.gallery_parts import honest
from matplotlib.figure import Figure

from course.chart import (
    calibration_curve,
    chain_graph,
    confusion_matrix,
    counts,
    coverage_matrix,
    heatmap,
    lanes,
    nested_bars,
    ranges,
)
from course.quantity import about, between, exactly, more_than, up_to


@honest()
def ranges_with_open_ends() -> Figure:
    claims = [("A", more_than(20_000)), ("B", exactly(5_937)), ("C", about(200_000)), ("D", up_to(450))]
    return ranges(claims, measure="killed", unit="persons", source="made up")


@honest()
def ranges_with_a_caveat() -> Figure:
    table = pd.DataFrame(
        {
            "claimant": list("AB"),
            "lower": [5, 9],
            "upper": [7, None],
            "measure": ["killed", "losses"],
            "unit": "persons",
        }
    )
    return ranges(table, caveat="losses are not defined", source="made up")


@honest()
def counts_of_kinds() -> Figure:
    return counts(["quantity", "opinion", "quantity"], source="made up")


@honest()
def lanes_of_two_claimants() -> Figure:
    table = pd.DataFrame(
        {
            "claimant": ["A", "A", "B"],
            "date": ["2023-01-01", "2023-03-01", "2023-02-01"],
            "lower": [100, 220, None],
            "upper": [None, 220, 90],
            "measure": "killed",
            "unit": "persons",
        }
    )
    return lanes(table, source="made up")


@honest()
def coverage_of_three_reports() -> Figure:
    table = pd.DataFrame(
        {"report": list("xyzx"), "claim": ["1", "1", "1", "2"], "change": ["none", "scope shifted", "left out", "none"]}
    )
    return coverage_matrix(table, source="made up")


@honest()
def chain_of_an_agency() -> Figure:
    steps = pd.DataFrame({"carrier": ["daily", "weekly", "agency"], "taken_from": ["agency", "agency", "ministry"]})
    return chain_graph(steps, source="made up")


@honest()
def cues_by_side() -> Figure:
    table = pd.DataFrame({"stance": ["neutral", "distancing"] * 6, "side": ["north"] * 7 + ["south"] * 5})
    return heatmap(table, of="cues", source="made up")


@honest()
def parts_of_a_whole() -> Figure:
    parts = [("Casualties", more_than(100_000)), ("killed", between(20_000, 30_000))]
    return nested_bars(parts, unit="persons", source="made up")


@honest()
def confusion_of_labels() -> Figure:
    return confusion_matrix(list("aabbb"), list("aabba"), source="made up")


@honest()
def calibration_of_answers() -> Figure:
    return calibration_curve([0.5, 0.6, 0.7, 0.9, 1.0] * 6, [True, False, True, True, True] * 6, source="made up")
