"""How right an extraction is: matching of attributions, quantities and tolls with gold, and bootstrap intervals."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Spans = Sequence[Sequence[int]]
Count = Counter[str]
ROUNDS = 500
# Cues of reporting, by which the scores of "reporting" are told from those of all cues.
REPORTING = re.compile(
    r"\b(?:sa(?:y|id|ys|ying)|t(?:ell|old)|according|stat(?:e|es|ed|ing|ement)|report|claim|announc|declar|estimat|warn|add(?:ed|s|ing)?\b"
    r"|insist|assert|alleg|accus|den(?:y|ied|ies|ying)|confirm|disclos|reveal|acknowledg|admit|conced|argu|contend|maintain|suggest|indicat"
    r"|explain|describ|repl(?:y|ied)|respond|quot|cit(?:e|es|ed|ing)|wr(?:ote|ites|itten|iting)|tweet|predict|testif|note[sd]?\b|noting"
    r"|call(?:ed|s|ing)?\b|vow|pledg|promis|urg|reject|dismiss)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rate:
    """Precision, recall and F1 in per cent."""

    precision: float
    recall: float
    f1: float


def rate(hits: int, found: int, gold: int) -> Rate:
    """Precision, recall and F1 of `hits` among `found` and `gold`."""
    precision, recall = 100 * hits / max(1, found), 100 * hits / max(1, gold)
    return Rate(precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0)


def total(counts: Iterable[Count]) -> Count:
    """The sum of counts by document."""
    summed: Count = Counter()
    for count in counts:
        summed.update(count)
    return summed


def interval(counts: Sequence[Count], measure: Callable[[Count], float], seed: int = 0) -> tuple[float, float]:
    """The 95 % bootstrap interval of a measure over documents."""
    if not counts:
        return 0.0, 0.0
    draw = random.Random(seed)
    values = sorted(measure(total(draw.choices(counts, k=len(counts)))) for _ in range(ROUNDS))
    return values[round(0.025 * ROUNDS)], values[round(0.975 * ROUNDS) - 1]


def size(spans: Spans) -> int:
    """The number of characters in spans that do not overlap each other."""
    return sum(end - start for start, end in spans)


def shared(one: Spans, two: Spans) -> int:
    """The number of characters that two lists of spans share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in two)


def merged(spans: Spans | None) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap made one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for start, end in spans or ()):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def overlap(one: Spans, two: Spans) -> float:
    """Intersection over union of two lists of spans."""
    both = shared(one, two)
    union = size(one) + size(two) - both
    return both / union if union else 0.0


def same_source(one: Spans, two: Spans) -> bool:
    """Whether two sources touch, or neither attribution has one."""
    return bool(shared(one, two)) if one and two else not one and not two


def reports(text: str, cue: Spans | None) -> bool:
    """Whether a cue is one of reporting."""
    return REPORTING.search(" ".join(text[start:end] for start, end in cue or ())) is not None


def match_attributions(text: str, gold: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> Count:
    """Hits of one document: content overlaps by at least half, and for a joint hit the source touches too; one to one."""
    count: Count = Counter()
    contents = [merged(item["content"]) for item in found]
    free = set(range(len(found)))
    count["found"] = len(found)
    for item in gold:
        want = merged(item["content"])
        form = "direct" if item.get("has_quotes") else "indirect"
        count.update(("gold", f"gold {form}"))
        best = max(sorted(free), key=lambda n: overlap(want, contents[n]), default=None)
        if best is None or overlap(want, contents[best]) < 0.5:
            continue
        free.discard(best)
        count["content"] += 1
        if same_source(merged(item["source"]), merged(found[best].get("source"))):
            count.update(("joint", f"joint {form}"))
    return count


def close(one: Any, two: Any) -> bool:
    """Whether two values, or two ranges, are the same number."""
    if isinstance(one, (list, tuple)) or isinstance(two, (list, tuple)):
        pairs = isinstance(one, (list, tuple)) and isinstance(two, (list, tuple))
        return pairs and all(close(a, b) for a, b in zip(one, two, strict=True))
    return abs(one - two) <= 1e-8 + 1e-5 * abs(two)


def match_quantities(gold: Sequence[tuple[Any, str]], found: Sequence[tuple[Any, str]]) -> Count:
    """Hits of one sentence by value, and by value and change; one to one."""
    count: Count = Counter({"gold": len(gold), "found": len(found)})
    for name, with_change in (("value", False), ("change", True)):
        free = list(found)
        for value, change in gold:
            hit = next(
                (item for item in free if close(item[0], value) and (not with_change or item[1] == change)), None
            )
            if hit is not None:
                free.remove(hit)
                count[name] += 1
    return count
