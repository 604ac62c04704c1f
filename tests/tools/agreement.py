"""Agreement of the two annotations of the practice worlds: `python tests/tools/agreement.py` prints it.

Krippendorff's alpha (nominal distance) over tokens, through nltk.metrics.agreement. A token is a word or a number; its label is
the role that the outermost attribution gives to its first character: source, cue, content or none.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from nltk.metrics.agreement import AnnotationTask

from course.corpus.markup import read_marked
from course.corpus.worlds import load_world, worlds

Spans = dict[str, list[tuple[int, int]]]


def first_pass(gold: dict[str, Any]) -> tuple[Spans, dict[str, str]]:
    """The spans of the gold by tag, and the stance of each attribution."""
    spans: Spans = {}
    for one in gold["attributions"]:
        for letter, role in (("s", "source"), ("c", "cue"), ("t", "content")):
            spans[letter + one["id"][1:]] = [(place["start"], place["end"]) for place in one[role]]
    for part in ("quantities", "disclaimers"):
        spans |= {one["id"]: [(one["span"]["start"], one["span"]["end"])] for one in gold[part]}
    return spans, {one["id"]: one["stance"] for one in gold["attributions"]}


def second_pass(path: Path) -> tuple[str, Spans, dict[str, str]]:
    """The text, the spans and the stances of a second annotation."""
    found = read_marked(path.read_text("utf-8"))
    return found.text, found.spans, dict(found.items)


def labels(text: str, spans: Spans) -> dict[str, list[str]]:
    """For each category, one label a token."""
    places = [word.start() for word in re.finditer(r"\w(?:[\w’',.:-]*\w)?", text)]
    roles = []
    for place in places:
        holding = [
            (end - start, tag[0])
            for tag, found in spans.items()
            for start, end in found
            if tag[0] in "sct" and start <= place < end
        ]
        roles.append({"s": "source", "c": "cue", "t": "content"}[max(holding)[1]] if holding else "none")
    inside = {
        name: [
            "yes"
            if any(start <= place < end for tag, found in spans.items() if tag[0] == letter for start, end in found)
            else "no"
            for place in places
        ]
        for name, letter in (("quantity", "q"), ("disclaimer", "d"))
    }
    one_role = {role: ["yes" if found == role else "no" for found in roles] for role in ("source", "cue", "content")}
    return {"attribution (all roles)": roles, **one_role, **inside}


def agreement() -> tuple[dict[str, float], dict[str, int]]:
    """Alpha by category, and how much there was to agree on."""
    answers: dict[str, list[tuple[str, str, str]]] = {}
    sizes = {"reports": 0, "words": 0, "attributions, first": 0, "attributions, second": 0, "found by both": 0}
    for name in worlds():
        world = load_world(name)
        for path in sorted((world.folder / "second").glob("*.txt")):
            text, spans, stances = second_pass(path)
            if text != world.report(path.stem).text:
                raise ValueError(f"{path.name}: the text of the second annotation differs from that of the report.")
            gold_spans, gold_stances = first_pass(world.gold[path.stem])
            one, two = labels(text, gold_spans), labels(text, spans)
            for category in one:
                for number, (first, second) in enumerate(zip(one[category], two[category], strict=True)):
                    answers.setdefault(category, []).extend(
                        [("first", f"{path.stem}:{number}", first), ("second", f"{path.stem}:{number}", second)]
                    )
            # The stance is compared where both marked a cue at the same place.
            for tag, found in gold_spans.items():
                for other, places in spans.items():
                    if (
                        tag[0] == other[0] == "c"
                        and found
                        and places
                        and found[0][0] < places[0][1]
                        and places[0][0] < found[0][1]
                    ):
                        item = f"{path.stem}:{tag}"
                        answers.setdefault("stance, where both marked the cue", []).extend(
                            [("first", item, gold_stances["a" + tag[1:]]), ("second", item, stances["a" + other[1:]])]
                        )
                        sizes["found by both"] += 1
            sizes["reports"] += 1
            sizes["words"] += len(one["cue"])
            sizes["attributions, first"] += len(gold_stances)
            sizes["attributions, second"] += len(stances)
    return {category: AnnotationTask(data=data).alpha() for category, data in answers.items()}, sizes


if __name__ == "__main__":
    alphas, sizes = agreement()
    for what, number in sizes.items():
        print(f"{what:36} {number:6}")
    for category, alpha in alphas.items():
        print(f"alpha, {category:36} {alpha:6.3f}")
    sys.exit(0)
