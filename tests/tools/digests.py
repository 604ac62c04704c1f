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

from nltk.metrics.agreement import AnnotationTask

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


def agreement() -> tuple[dict[str, float], Counter[str]]:
    """Krippendorff's alpha of the two passes by category (nominal distance), and how much there was to agree on.

    Over tokens: the role that the outermost attribution gives to a token, each role alone, and whether it lies in a quantity, a
    disclaimer or a passage without a claim. Over the items that both passes have (cues or quantities that share a character):
    claimant, stance and form of an attribution, value and measure of a quantity.
    """
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tools.agreement import labels

    answers: dict[str, list[tuple[str, str, str]]] = {}
    sizes: Counter[str] = Counter()

    def put(category: str, item: str, first: str, second: str) -> None:
        answers.setdefault(category, []).extend([("first", item, first), ("second", item, second)])

    for case in map(load_case, cases()):
        for path in marked_files(case, [], "marked/second"):
            golds = case.gold(path.stem), digest_gold(case, path)
            text = case.report(path.stem).text
            # Passages without a claim ("n") are read as `labels` reads disclaimers ("d").
            one, two = (labels(text, _spans(gold)) for gold in golds)
            for found, gold in ((one, golds[0]), (two, golds[1])):
                plain = {f"d{number}": [_place(n["span"])] for number, n in enumerate(gold["no_claim"])}
                found["no claim"] = labels(text, plain)["disclaimer"]
            for category in one:
                for number, (first, second) in enumerate(zip(one[category], two[category], strict=True)):
                    put(category, f"{case.name} {path.stem} {number}", first, second)
            for part, spans, keys in (
                ("attributions", "cue", ("claimant", "stance", "form")),
                ("quantities", "span", ("value", "measure")),
            ):
                for number, (first, second) in enumerate(_pairs(golds, part, spans)):
                    for key in keys:
                        put(
                            f"{key}, where both marked it",
                            f"{case.name} {path.stem} {number}",
                            _answer(first, key),
                            _answer(second, key),
                        )
                    sizes[f"{part} in both"] += 1
                sizes[f"{part}, first pass"] += len(golds[0][part])
                sizes[f"{part}, second pass"] += len(golds[1][part])
            sizes["digests"] += 1
            sizes["tokens"] += len(one["cue"])
    return {category: AnnotationTask(data=data).alpha() for category, data in answers.items()}, sizes


def _place(span: dict[str, Any]) -> tuple[int, int]:
    return span["start"], span["end"]


def _pairs(
    golds: tuple[dict[str, Any], dict[str, Any]], part: str, spans: str
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    def places(one: dict[str, Any]) -> list[Span]:
        return [Span(*_place(span)) for span in (one[spans] if isinstance(one[spans], list) else [one[spans]])]

    for first in golds[0][part]:
        for second in golds[1][part]:
            if any(a.overlaps(b) for a in places(first) for b in places(second)):
                yield first, second
                break


def _answer(one: dict[str, Any], key: str) -> str:
    if key == "value":
        return str([one[name] for name in ("lower", "upper", "lower_open", "upper_open", "approximate", "whole")])
    return str(one[key])


def agree(names: list[str]) -> int:
    """Print the agreement of the two passes."""
    alphas, sizes = agreement()
    for what, number in sorted(sizes.items()):
        print(f"{what:40} {number:6}")
    for category, alpha in alphas.items():
        print(f"alpha, {category:33} {alpha:6.3f}")
    return 0


if __name__ == "__main__":
    commands = {"build": build, "show": show, "count": count, "propose": propose, "agree": agree}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]](sys.argv[2:]))
