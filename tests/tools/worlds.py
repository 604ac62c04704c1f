"""Make and read the practice worlds: `python tests/tools/worlds.py build|show|count [REPORT...]` from the project's folder.

build   write reports/, gold/ and the tables of both worlds that follow from the marked files
show    print reports with their marks inline again, made from the text and the stand-off gold, for proof-reading
count   print how often each phenomenon stands in each world
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from course.corpus.gold import LABEL, gold_of
from course.corpus.markup import MarkupError, read_marked, write_marks

DATA = Path(__file__).parents[2] / "data" / "worlds"
WORLDS = ("border", "flood")


def report_file(meta: dict[str, str], text: str) -> str:
    """The published form of a report: front matter, the label, and the text, headline first."""
    keys = ("id", "world", "counterpart", "outlet", "date")
    lines = [f"{key}: {meta[key]}" for key in keys]
    title = text.partition("\n")[0].replace('"', '\\"')
    return "\n".join(["---", *lines, f'title: "{title}"', "fictional: true", "---", f"> {LABEL}", "", text, ""])


def built() -> Iterator[tuple[Path, str]]:
    """Every file that is made from the marked files, with what it must hold. Errors: MarkupError, with the name of the file."""
    for world in WORLDS:
        names = source_names(world)
        made = []
        for path in sorted((DATA / world / "marked").glob("*.txt")):
            try:
                marked = read_marked(path.read_text("utf-8"))
                gold = gold_of(marked, names)
            except (MarkupError, KeyError, ValueError) as error:
                raise MarkupError(f"{path.name}: {error}") from error
            meta = {**marked.meta, "world": world}
            yield DATA / world / "reports" / f"{path.stem}.md", report_file(meta, marked.text)
            yield DATA / world / "gold" / f"{path.stem}.json", json.dumps(gold, indent=1, ensure_ascii=False) + "\n"
            made.append((meta, marked.text, gold))
        yield from tables(world, made, names)


def build(names: list[str]) -> int:
    """Write the files that differ from what the marked files give."""
    for path, text in built():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")
    return 0


def tables(world: str, made: list[tuple[dict, str, dict]], names: dict[str, str]) -> Iterator[tuple[Path, str]]:
    """The world's tables that follow from its reports: reports, coverage, chains."""
    reports, coverage, chains = [], [], []
    for meta, text, gold in made:
        title = text.partition("\n")[0]
        reports.append([world, meta["id"], meta["counterpart"], meta["outlet"], meta["date"], title, len(text.split())])
        for row in gold["coverage"]:
            for change in row["changes"] or ["none"]:
                spans = ";".join(row["by"])
                coverage.append([world, meta["id"], row["claim"], change, row["cue"], row["reply"], spans, row["note"]])
        for chain in gold["chains"]:
            steps = [names[step] for step in chain["steps"]]
            for step, (carrier, origin) in enumerate(pairwise(steps), 1):
                chains.append([world, meta["id"], chain["claim"], step, carrier, origin])
    yield table(world, "reports", "case id counterpart outlet date title words", reports)
    yield table(world, "coverage", "case report claim change words reply attributions note", coverage)
    yield table(world, "chains", "case report claim step carrier taken_from", chains)


def table(world: str, name: str, head: str, rows: list[list]) -> tuple[Path, str]:
    """One CSV table: its path and its text."""
    file = io.StringIO()
    out = csv.writer(file, lineterminator="\n")
    out.writerow(head.split())
    out.writerows(rows)
    return DATA / world / f"{name}.csv", file.getvalue()


def source_names(world: str) -> dict[str, str]:
    """The name of each claimant, by its id."""
    with (DATA / world / "sources.csv").open(encoding="utf-8") as file:
        return {row["id"]: row["name"] for row in csv.DictReader(file)}


def show(names: list[str]) -> int:
    """Print reports with marks made anew from the text and the gold."""
    for world in WORLDS:
        for path in sorted((DATA / world / "gold").glob("*.json")):
            if names and path.stem not in names:
                continue
            gold = json.loads(path.read_text(encoding="utf-8"))
            text = (
                (DATA / world / "reports" / f"{path.stem}.md")
                .read_text(encoding="utf-8")
                .split(f"> {LABEL}\n\n")[1][:-1]
            )
            spans: dict[str, list[tuple[int, int]]] = {}

            def put(tag: str, places: list[dict], spans: dict[str, list[tuple[int, int]]] = spans) -> None:
                if places:
                    spans.setdefault(tag, []).extend((place["start"], place["end"]) for place in places)

            for one in gold["attributions"]:
                for role, key in (("s", "source"), ("c", "cue"), ("t", "content")):
                    put(role + one["id"][1:], one[key])
            for key in ("quantities", "disclaimers", "errors", "no_claim"):
                for one in gold[key]:
                    put(one["id"], [one["span"]])
            put("h", gold["hedges"])
            put("w", gold["loaded"])
            print(f"===== {path.stem} ({len(text.split())} words)\n{write_marks(text, spans)}\n")
            for one in gold["attributions"]:
                print(
                    "  ",
                    one["id"],
                    one["claimant"],
                    one["form"],
                    one["stance"],
                    one["source_kind"],
                    one["nested_in"] or "",
                )
            for one in gold["quantities"]:
                print(
                    "  ",
                    one["id"],
                    repr(one["span"]["text"]),
                    one["lower"],
                    one["upper"],
                    one["change"],
                    one["measure"],
                    one["of"],
                    one["by"],
                )
    return 0


def count(names: list[str]) -> int:
    """Print how many reports hold each phenomenon, in each world."""
    counts = {world: Counter() for world in WORLDS}
    sums = {world: Counter() for world in WORLDS}
    for world in WORLDS:
        for path in sorted((DATA / world / "gold").glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            counts[world].update(gold["phenomena"])
            sums[world].update(reports=1)
            for key in ("attributions", "quantities", "disclaimers", "errors", "no_claim", "coverage"):
                sums[world].update({key: len(gold[key])})
    for table in (sums, counts):
        for name in sorted(set(table["border"]) | set(table["flood"])):
            print(f"{name:40} {table['border'][name]:4} {table['flood'][name]:4}")
        print()
    return 0


if __name__ == "__main__":
    commands = {"build": build, "show": show, "count": count}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]](sys.argv[2:]))
