"""Every chart of the course on the real cases, as a page with its text alternatives: docs/gallery.md and docs/images/gallery/.

    python -m benchmarks.gallery

Draws the pictures and writes the page anew; a test compares the words of the page with the data, so run this after a change of either.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course.chart import (
    calibration_curve,
    chain_graph,
    confusion_matrix,
    counts,
    coverage_matrix,
    data_table,
    heatmap,
    lanes,
    nested_bars,
    omission_matrix,
    ranges,
    style,
    text_alternative,
)
from course.claim import Span
from course.corpus import load_case
from course.corpus.worlds import load_world
from course.extract import attributions_in, stance_of
from course.quantity import about, more_than

DOCS = Path(__file__).resolve().parents[1] / "docs"
DPI = 100
ROWS = 6  # of a data table on the page


@dataclass(frozen=True)
class Entry:
    """One chart of the page: the question it answers, what to look at, and the function that draws it."""

    question: str
    look: str
    draw: Callable[[], Figure]

    @property
    def name(self) -> str:
        return self.draw.__name__.replace("_", "-")


def three_scopes() -> Figure:
    claims = load_case("bakhmut-2023").claims
    one = claims[claims["id"].isin(["U002", "U006", "U009"])]
    one = one.assign(label=one["claimant"] + ": " + one["place"])
    return ranges(
        one,
        title="One estimate, three places",
        caveat="The White House spoke of Ukraine; two outlets printed the same number for Bakhmut or for the east.",
        source="course data, bakhmut-2023: U002, U006, U009",
    )


def counts_for_iraq() -> Figure:
    claims = load_case("iraq-2003").claims
    return ranges(
        claims[claims["id"].isin(["I008", "I013", "I007"])],
        title="Three counts that do not count the same",
        caveat="They count excess deaths, violent deaths, or civilians named in the press, over different periods.",
        source="course data, iraq-2003: I007, I008, I013",
    )


def study_and_ministry() -> Figure:
    claims = load_case("gaza-2023").claims
    return ranges(
        claims[claims["id"].isin(["G001", "G002"])],
        title="The study is 70 % above the ministry, the ministry 41 % below the study",
        caveat="The ministry counts all whom it lists as killed; the study estimates deaths by traumatic injury.",
        period="7 October 2023 to 30 June 2024; the study's central estimate is 64,260",
        source="course data, gaza-2023: G001, G002",
    )


def karabakh_in_lanes() -> Figure:
    claims = load_case("karabakh-2020").claims
    killed = claims[(claims["measure"] == "killed") & (claims["date"] < "2021-01-01")]
    return lanes(
        killed,
        title="Who named which number of dead, and when",
        caveat="Some count Armenian dead, some Azerbaijani dead, one counts both sides.",
        source="course data, karabakh-2020",
    )


def changes_on_the_way() -> Figure:
    coverage = load_case("bakhmut-2023").coverage
    return counts(
        coverage["change"],
        of="entries",
        by="kind of change",
        title="What reports did with the claims",
        source="course data, bakhmut-2023",
    )


def who_carries_what() -> Figure:
    coverage = load_case("bakhmut-2023").coverage
    names = {
        "U001": "more than 100,000 casualties",
        "U002": "more than 20,000 killed",
        "U003": "about 80,000 wounded",
        "U004": "half of the killed Wagner",
        "U013": "Moscow's answer",
    }
    return coverage_matrix(
        coverage[coverage["claim"].isin(list(names))],
        names=names,
        title="One briefing in its reports",
        source="course data, bakhmut-2023",
    )


def what_is_missing() -> Figure:
    coverage = load_case("bakhmut-2023").coverage
    return omission_matrix(coverage, title="What changed or was left out", source="course data, bakhmut-2023")


def one_briefing_many_outlets() -> Figure:
    chains = load_case("bakhmut-2023").chains
    family = [f"U{number:03}" for number in range(1, 13)]
    return chain_graph(
        chains[chains["claim"].isin(family)],
        source="course data, bakhmut-2023: U001 to U012",
    )


def cues_by_side() -> Figure:
    case = load_case("bakhmut-2023")
    table = case.coverage.merge(case.claims[["id", "side"]], left_on="claim", right_on="id")
    table = table[table["cue_on_record"] & (table["words"] != "")]
    table["stance"] = [stance_of(words) for words in table["words"]]
    return heatmap(
        table, of="cues", title="Which verbs go with which side", source="course data, bakhmut-2023: cues on record"
    )


def half_of_the_killed() -> Figure:
    parts = pd.DataFrame(
        {
            "label": ["Casualties", "Killed", "Half of the killed (said)", "Half of the casualties (copied)"],
            "part_of": ["", "Casualties", "Killed", "Casualties"],
            "quantity": [
                more_than(100_000),
                more_than(20_000),
                more_than(20_000) * about(0.5),
                more_than(100_000) * about(0.5),
            ],
        }
    )
    for bound in ("lower", "upper", "lower_open", "upper_open", "approximate"):
        parts[bound] = [getattr(one, bound) for one in parts["quantity"]]
    return nested_bars(
        parts.drop(columns="quantity"),
        unit="persons",
        title="Half of the killed is not half of the casualties",
        source="course data, bakhmut-2023: U001, U002, U004, U005",
    )


def stances_found() -> Figure:
    world = load_world("flood")
    gold, found = [], []
    for id, marks in world.gold.items():
        cues = [(span, one.stance) for one in attributions_in(world.report(id).text) for span in one.cue]
        for mark in marks["attributions"]:
            spans = [Span(cue["start"], cue["end"]) for cue in mark["cue"]]
            gold.append(mark["stance"])
            found.append(next((stance for span, stance in cues if any(map(span.overlaps, spans))), "not found"))
    return confusion_matrix(
        gold, found, names=("the key", "attributions_in"), title="Stances in the practice world, by hand and by rule",
        source="course data, practice world flood (fictional)",
    )  # fmt: skip


def sure_and_right() -> Figure:
    sure = [0.5] * 12 + [0.6] * 15 + [0.8] * 20 + [0.9] * 18 + [1.0] * 25 + [0.2] * 3
    hits = [number % 2 == 0 for number in range(12)] + [number % 5 > 1 for number in range(15)]
    hits += [number % 3 > 0 for number in range(38)] + [number % 5 > 0 for number in range(25)] + [True, False, False]
    return calibration_curve(sure, hits, title="Surer than right from 80 % on", source="made-up answers")


ENTRIES = (
    Entry("What does each claim say about a number?", "A hollow end leaves the number out (“more than”), an arrow has no limit.", three_scopes),
    Entry("And where claims cannot be compared?", "Without the caveat, `ranges` refuses and names the reasons.", counts_for_iraq),
    Entry("Percent of what?", "One gap, two percentages: each takes another number as its hundred.", study_and_ministry),
    Entry("Who said what, when?", "Each lane has the same scale, from zero.", karabakh_in_lanes),
    Entry("How often does each kind occur?", "Bars begin at zero, and the number stands at their end.", changes_on_the_way),
    Entry("Who carries what?", "Every state has a sign of its own; the shade only helps.", who_carries_what),
    Entry("What is missing?", "An empty cell says that nothing was found in what was read, not that nothing is missing.", what_is_missing),
    Entry("Who has it from whom?", "Count the origins, not the outlets.", one_briefing_many_outlets),
    Entry("Do the verbs depend on the side?", "Compare the shades, which are shares of a column; the columns differ in size.", cues_by_side),
    Entry("Does the part fit into its whole?", "Solid is sure, an arrow is open. The copied share is five times the one that was said.", half_of_the_killed),
    Entry("Where do two labellings differ?", "In framed cells both agree; all others are confusions.", stances_found),
    Entry("How right are those who are sure?", "Points under the diagonal were surer than right.", sure_and_right),
)  # fmt: skip


def page() -> str:
    """The gallery in Markdown."""
    parts = [
        "# Gallery",
        "Every chart of the course, on the real cases. Each has a text alternative, which a screen reader says in place of the picture, and "
        "a data table with every row, also those for which the picture has no room. None of them needs colour: print the page in grey.",
        "Written by `python -m benchmarks.gallery`. Look up the arguments with `help(ranges)` and so on.",
    ]
    for entry in ENTRIES:
        figure = entry.draw()
        words = text_alternative(figure)
        short = words.split(". ")[0].replace("[", "(").replace("]", ")")
        code = textwrap.dedent(inspect.getsource(entry.draw)).strip()
        parts += [
            f"## {entry.question}",
            entry.look,
            f"![{short}. The full text alternative stands below.](images/gallery/{entry.name}.png)",
            f"**Text alternative.** {words}",
            f"<details><summary>Data</summary>\n\n{_table(data_table(figure))}\n\n</details>",
            f"<details><summary>Code</summary>\n\n```python\n{code}\n```\n\n</details>",
        ]
    return "\n\n".join(parts) + "\n"


def _table(table: pd.DataFrame) -> str:
    """The first rows in Markdown, without the columns that are empty or the same in every row."""
    kept = [
        name
        for name in table
        if table[name].notna().any() and (table[name].astype(str).nunique() > 1 or name in ("label", "wording"))
    ]
    rows = table[kept].head(ROWS).astype(object)
    lines = ["| " + " | ".join(kept) + " |", "|" + "---|" * len(kept)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows.itertuples(index=False)]
    rest = len(table) - len(rows)
    return "\n".join(lines) + (f"\n\nand {rest:,} more rows." if rest else "")


def _cell(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int | float) else str(value).replace("|", "\\|")


def picture(figure: Figure, target: Path) -> None:
    """Write the figure as a small PNG: few colours, a palette."""
    with style():
        FigureCanvasAgg(figure).print_figure(target, dpi=DPI)
    image = Image.open(target).convert("RGB").quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    image.save(target, "png", optimize=True)


def main() -> None:
    """Write the page and its pictures."""
    folder = DOCS / "images" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    for entry in ENTRIES:
        picture(entry.draw(), folder / f"{entry.name}.png")
        print(f"docs/images/gallery/{entry.name}.png")
    (DOCS / "gallery.md").write_text(page(), "utf-8")
    print("docs/gallery.md")


if __name__ == "__main__":
    main()
