"""Extraction against the peers, side by side: `python -m benchmarks.extraction [--data FOLDER]`.

Without outside data it scores the practice worlds, whose gold is the course's own. FOLDER holds public gold (PolNeAR, NewsQuant, press releases,
a list of attacks) and what other extractors find in it; nothing of it belongs to the course. Intervals are 95 % bootstrap intervals over documents.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.dates import date_items, date_systems
from benchmarks.readers import (
    gold_value,
    list_toll,
    our_attributions,
    our_values,
    polnear,
    press_toll,
    read_lines,
    stated,
)
from benchmarks.scoring import (
    Count,
    interval,
    match_attributions,
    match_quantities,
    merged,
    overlap,
    rate,
    reports,
    same_source,
    total,
)
from benchmarks.timing import seconds
from benchmarks.worlds import Rows, phenomenon_rows, world_counts, world_rows
from course.corpus.report import Report
from course.extract import claims_in, quantities_in, sentences_in


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder with the public gold")
    parser.add_argument("--part", default="dev", help="the part of PolNeAR: dev (default) or train")
    options = parser.parse_args(arguments)
    console = Console()
    own = world_counts()
    show(console, "The practice worlds (our own gold)", ("measure", "ours", "95 %"), world_rows(own))
    show(console, "By phenomenon", ("phenomenon", "gold", "found", "all right"), phenomenon_rows(own))
    if options.data is None:
        console.print("No --data FOLDER: the public gold was not scored.")
        return
    if not options.data.is_dir():
        parser.error(
            f"{options.data} is not a folder. Give the folder that holds polnear_dev.jsonl and the other files."
        )
    for title, head, make in (
        ("Attributions (PolNeAR)", ("measure", "system", "P", "R", "F1", "95 %"), lambda: attribution_rows(options.data, options.part)),
        ("Attributions by rule (all of the gold)", ("rule", "right", "found", "precision"), lambda: rule_rows(options.data, options.part)),
        ("Quantities (NewsQuant)", ("measure", "system", "P", "R", "F1", "95 %"), lambda: quantity_rows(options.data)),
        ("Dates (Recognizers)", ("kind", "system", "right", "answered", "of"), lambda: date_rows(options.data)),
        ("Killed and injured, exact", ("set", "measure", "right", "of", "95 %"), lambda: toll_rows(options.data)),
        ("Speed, one core", ("what", "sentences a second"), lambda: speed_rows(options.data, options.part)),
    ):  # fmt: skip
        try:
            show(console, title, head, make())
        except FileNotFoundError as error:
            console.print(f"{title}: {error.filename} is missing; not scored.")


def show(console: Console, title: str, head: tuple[str, ...], rows: Rows) -> None:
    """Print one table."""
    table = Table(title=title, title_justify="left")
    for number, name in enumerate(head):
        table.add_column(name, justify="left" if number == 0 else "right")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _f1(hits: str) -> Callable[[Count], float]:
    return lambda count: rate(count[hits], count["found"], count["gold"]).f1


def _row(measure: str, system: str, counts: list[Count], hits: str) -> tuple[str, ...]:
    count = total(counts)
    found = rate(count[hits], count["found"], count["gold"])
    low, high = interval(counts, _f1(hits))
    return (
        measure,
        system,
        f"{found.precision:.1f}",
        f"{found.recall:.1f}",
        f"{found.f1:.1f}",
        f"{low:.1f} to {high:.1f}",
    )


# --- public gold ----------------------------------------------------------------------------------------------------------


def attribution_rows(folder: Path, part: str) -> Rows:
    """Ours, the sure ones, and the peers on PolNeAR."""
    gold = polnear(folder / f"polnear_{part}.jsonl")
    systems: dict[str, Callable[[str, dict[str, Any]], list[dict[str, Any]]]] = {
        "ours": lambda _, document: our_attributions(document["text"]),
        "ours, sure": lambda _, document: our_attributions(document["text"], sure=True),
    }
    for name, label in (("ggt", "GenderGapTracker, full parse"), ("textacy", "textacy, full parse")):
        path = folder / f"peer_{name}_polnear_{part}.jsonl"
        if path.is_file():
            answers = {line["id"]: line["pred"] for line in read_lines(path)}
            systems[label] = lambda id, _, answers=answers: [
                item for item in answers.get(id, []) if item.get("content")
            ]  # type: ignore[misc]
    rows: Rows = []
    for label, system in systems.items():
        every, reporting = [], []
        for id, document in gold.items():
            text, found = document["text"], system(id, document)
            wanted = [item for item in document["attributions"] if item["content"]]
            every.append(match_attributions(text, wanted, found))
            kept = [[item for item in items if reports(text, item.get("cue"))] for items in (wanted, found)]
            reporting.append(match_attributions(text, *kept))
        count = total(every)
        rows.append(_row("joint, all of the gold", label, every, "joint"))
        rows.append(_row("content alone", label, every, "content"))
        rows.append(_row("joint, reporting cues", label, reporting, "joint"))
        for form in ("direct", "indirect"):
            recall = 100 * count[f"joint {form}"] / max(1, count[f"gold {form}"])
            rows.append((f"joint recall, {form}", label, "", f"{recall:.1f}", "", f"of {count[f'gold {form}']}"))
    return rows


def rule_rows(folder: Path, part: str) -> Rows:
    """How often each rule is right, so that one sees what to mend."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for document in polnear(folder / f"polnear_{part}.jsonl").values():
        gold = [
            (merged(item["content"]), merged(item["source"])) for item in document["attributions"] if item["content"]
        ]
        for item in our_attributions(document["text"]):
            rule = f"{item['rule']} ({item['kind']})"
            found[rule] += 1
            content, source = merged(item["content"]), merged(item["source"])
            right[rule] += any(overlap(want, content) >= 0.5 and same_source(whose, source) for want, whose in gold)
    return [
        (rule, str(right[rule]), str(number), f"{100 * right[rule] / number:.0f} %")
        for rule, number in found.most_common()
    ]


def quantity_rows(folder: Path) -> Rows:
    """Ours and, where it is installed, quantulum3 on NewsQuant."""
    sentences = read_lines(folder / "newsquant_dev.jsonl")
    systems = {"ours": our_values}
    if find_spec("quantulum3"):
        systems["quantulum3"] = _quantulum
    rows: Rows = []
    for label, system in systems.items():
        counts = [
            match_quantities(
                [(gold_value(item["value"]), item["change"]) for item in sentence["quantities"]],
                system(sentence["text"]),
            )
            for sentence in sentences
        ]
        rows.append(_row("value", label, counts, "value"))
        rows.append(_row("value and change", label, counts, "change"))
    if "quantulum3" not in systems:
        rows.append(("", "quantulum3 is not installed", "", "", "", ""))
    return rows


def _quantulum(text: str) -> list[tuple[Any, str]]:
    from quantulum3 import parser  # type: ignore[import-not-found]

    return [(float(item.value), "=") for item in parser.parse(text)]


def toll_rows(folder: Path) -> Rows:
    """How often the number of killed and of injured is exactly right."""
    rows: Rows = []
    for name, file, field, toll, keep in (
        ("press releases", "isaf_dev", "min_killed", press_toll, "above zero"),
        ("list of attacks", "attacklist_dev", "dead", lambda text: list_toll(text, "killed"), "stated"),
        ("list of attacks", "attacklist_dev", "injured", lambda text: list_toll(text, "wounded"), "stated"),
    ):
        counts: list[Count] = []
        for line in read_lines(folder / f"{file}.jsonl"):
            value = str(line.get("gold", line).get(field, ""))
            if not value.isdigit() or int(value) == 0 or (keep == "stated" and not stated(line["text"], int(value))):
                continue
            counts.append(Counter(gold=1, right=int(toll(line["text"]) == int(value))))
        count = total(counts)
        low, high = interval(counts, lambda one: 100 * one["right"] / max(1, one["gold"]))
        measure = f"{'killed' if field != 'injured' else 'injured'}, {keep}"
        share = 100 * count["right"] / max(1, count["gold"])
        rows.append((name, measure, f"{share:.1f} %", str(count["gold"]), f"{low:.1f} to {high:.1f}"))
    return rows


def speed_rows(folder: Path, part: str) -> Rows:
    """Sentences a second of the whole of `claims_in`, dates resolved, the best of three runs; and of the peer that runs here."""
    texts = [document["text"] for document in polnear(folder / f"polnear_{part}.jsonl").values()]
    reports = [Report(str(n), text, date=dt.date(2016, 1, 1) + dt.timedelta(days=n)) for n, text in enumerate(texts)]
    number = sum(len(sentences_in(text)) for text in texts)
    rows: Rows = [
        ("claims_in, the whole", f"{number / seconds(lambda: [claims_in(report) for report in reports]):,.0f}"),
        ("quantities_in alone", f"{number / seconds(lambda: [quantities_in(text) for text in texts]):,.0f}"),
    ]
    if find_spec("quantulum3"):
        some = [line["text"] for line in read_lines(folder / "newsquant_dev.jsonl")]
        took = seconds(lambda: [_quantulum(text) for text in some], times=1)
        rows.append(("quantulum3, quantities alone", f"{len(some) / took:,.0f}"))
    return rows


def date_rows(folder: Path) -> Rows:
    """How many dates and periods of the Recognizers specifications ours and, where installed, the libraries resolve to the same days."""
    items = date_items(folder / "recognizers_datetime.jsonl")
    rows: Rows = []
    for label, system in date_systems().items():
        for kind in ("date", "period"):
            asked = [item for item in items if item[0] == kind]
            answers = [(system(phrase, day), wanted) for _, phrase, day, wanted in asked]
            given = sum(found is not None for found, _ in answers)
            right = sum(found == wanted for found, wanted in answers)
            rows.append((kind, label, str(right), str(given), str(len(asked))))
    return rows


if __name__ == "__main__":
    main()
