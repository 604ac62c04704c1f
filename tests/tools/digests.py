"""Make and read the gold of the digests: `python tests/tools/digests.py build|show|count|propose|agree [DIGEST...]`.

build    write data/cases/*/gold/ from data/cases/*/marked/
show     print digests with their marks inline again, made from the text and the stand-off gold, for proof-reading
count    print how much is annotated, in each case
propose  print what `claims_in` and `quantities_in` find where the gold has nothing, and what of the gold they do not find
agree    print the agreement of the first and the second pass over the same digests
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.claim import Span
from course.corpus import Case, cases, load_case
from course.corpus.gold import gold_of
from course.corpus.markup import MarkupError, read_marked, write_marks

IN_TABLES = ("coverage", "chains", "errors")
"""What a practice report's gold holds and a digest's does not: a case has tables for it."""


def marked_files(case: Case, names: list[str], folder: str = "marked") -> Iterator[Path]:
    """The marked files of a case, all or those named."""
    for path in sorted((case.folder / folder).glob("*.md")):
        if not names or path.stem in names:
            yield path


def digest_gold(case: Case, path: Path) -> dict[str, Any]:
    """The gold of one marked digest. Errors: MarkupError where the text without marks is not the digest's text."""
    marked = read_marked(path.read_text("utf-8"))
    report = case.report(path.stem)
    if marked.meta != {"id": path.stem, "case": case.name}:
        raise MarkupError(f"{path}: the head must hold id: {path.stem} and case: {case.name}, not {marked.meta}.")
    if marked.text != report.text:
        at = next((i for i, (a, b) in enumerate(zip(marked.text, report.text, strict=False)) if a != b), -1)
        raise MarkupError(
            f"{path}: without marks it is {marked.text[at:][:50]!r}, the digest is {report.text[at:][:50]!r}."
        )
    gold = gold_of(marked, dict.fromkeys(case.sources["name"], "") | {name: name for name in case.sources["name"]})
    for key in IN_TABLES:
        del gold[key]
    return {"report": gold.pop("report"), "case": case.name, **gold, "fictional": False, "label": report.label}


def build(names: list[str]) -> int:
    """Write the stand-off gold of each marked digest; the number of files that cannot be read."""
    wrong = 0
    for case in map(load_case, cases()):
        for path in marked_files(case, names):
            try:
                gold = digest_gold(case, path)
            except (MarkupError, KeyError, ValueError) as error:
                print(f"{case.name}/{path.name}: {type(error).__name__}: {error}")
                wrong += 1
                continue
            target = case.folder / "gold" / f"{path.stem}.json"
            target.parent.mkdir(exist_ok=True)
            target.write_text(json.dumps(gold, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return wrong


def _spans(gold: dict[str, Any]) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}

    def put(tag: str, places: list[dict[str, Any]]) -> None:
        if places:
            spans.setdefault(tag, []).extend((place["start"], place["end"]) for place in places)

    for one in gold["attributions"]:
        for role, key in (("s", "source"), ("c", "cue"), ("t", "content")):
            put(role + one["id"][1:], one[key])
    for key in ("quantities", "disclaimers", "no_claim"):
        for one in gold[key]:
            put(one["id"], [one["span"]])
    put("h", gold["hedges"])
    put("w", gold["loaded"])
    return spans


def show(names: list[str]) -> int:
    """Print digests with marks made anew from the text and the gold."""
    for case in map(load_case, cases()):
        for path in marked_files(case, names):
            gold, text = case.gold(path.stem), case.report(path.stem).text
            print(f"===== {case.name} {path.stem}\n{write_marks(text, _spans(gold))}\n")
            for one in gold["attributions"]:
                words = " / ".join(span["text"] for key in ("source", "cue") for span in one[key])
                print(
                    f"  {one['id']} {one['claimant']} | {words} | {one['form']} {one['stance']} {one['cue_kind']} {one['source_kind']} {one['nested_in'] or ''}"
                )
            for one in gold["quantities"]:
                bounds = f"{one['lower']}..{one['upper']} {one['change']} {one['per']}"
                print(
                    f"  {one['id']} {one['span']['text']} | {bounds} | {one['measure']} {one['unit']} | {one['of']} | {one['by']} {one['claim'] or ''}"
                )
    return 0


def count(names: list[str]) -> int:
    """Print how much is annotated in each case."""
    rows = {}
    for case in map(load_case, cases()):
        sums: Counter[str] = Counter()
        for path in marked_files(case, names):
            gold = case.gold(path.stem)
            sums["digests"] += 1
            for key in ("attributions", "quantities", "disclaimers", "no_claim", "hedges", "loaded"):
                sums[key] += len(gold[key])
            for one in gold["attributions"]:
                sums["nested"] += bool(one["nested_in"])
                sums["without a source"] += not one["source"]
                sums[f"form {one['form']}"] += 1
                sums[f"stance {one['stance']}"] += 1
            items = gold["attributions"] + gold["quantities"]
            sums["items with several readings"] += sum(bool(one["readings"]) for one in items)
            sums["quantities with a claim of the case"] += sum(bool(one["claim"]) for one in gold["quantities"])
        rows[case.name] = sums
    print(f"{'':38}", *(f"{name:>14}" for name in rows), f"{'all':>8}")
    for key in sorted({key for sums in rows.values() for key in sums}):
        print(f"{key:38}", *(f"{sums[key]:14}" for sums in rows.values()), f"{sum(s[key] for s in rows.values()):8}")
    return 0


def propose(names: list[str]) -> int:
    """Print where the extractor and the gold differ: a list to check by reading, never to copy."""
    from course.extract import attributions_in, quantities_in

    for case in map(load_case, cases()):
        for path in marked_files(case, names):
            gold, text = case.gold(path.stem), case.report(path.stem).text
            lines = []
            cues = [Span(s["start"], s["end"]) for one in gold["attributions"] for s in one["cue"]]
            found = [span for one in attributions_in(text) for span in one.cue]
            lines += [f"  + cue  {_near(text, a)}" for a in found if not any(a.overlaps(b) for b in cues)]
            lines += [f"  - cue  {_near(text, a)}" for a in cues if not any(a.overlaps(b) for b in found)]
            marks = [Span(one["span"]["start"], one["span"]["end"]) for one in gold["quantities"]]
            found = [one.span for one in quantities_in(text)]
            lines += [f"  + q    {_near(text, a)}" for a in found if a not in marks]
            lines += [f"  - q    {_near(text, a)}" for a in marks if a not in found]
            print(f"===== {case.name} {path.stem}", *lines, sep="\n")
    return 0


def _near(text: str, span: Span) -> str:
    return f"{text[max(0, span.start - 30) : span.start]}<<{span.of(text)}>>{text[span.end : span.end + 30]}".replace(
        "\n", " "
    )


if __name__ == "__main__":
    commands = {"build": build, "show": show, "count": count, "propose": propose}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]](sys.argv[2:]))
