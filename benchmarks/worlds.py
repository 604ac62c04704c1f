"""The course's own gold, the practice worlds: what extraction finds in them, and which phenomena it misses."""

from __future__ import annotations

from collections import Counter
from typing import Any

from benchmarks.scoring import Count, interval, merged, overlap, same_source, total
from course.claim import Attribution, Claim, Mention, Span
from course.corpus.worlds import load_world, worlds
from course.extract import attributions_in, claims_in, quantities_in

_SMALL = {"a", "an", "the", "of", "in", "on", "at", "for", "and", "to", "who", "our", "his", "her", "their", ""}
Rows = list[tuple[str, ...]]


def world_counts() -> list[Count]:
    """One count a report of the practice worlds: what is found and right of attributions, quantities, claims, claimants and disclaimers."""
    counts: list[Count] = []
    for name in worlds():
        world = load_world(name)
        for id, gold in world.gold.items():
            report = world.report(id)
            claims = claims_in(report, kinds=("reporting", "attitude", "other"))
            counts.append(_world_report(gold, report.text, claims))
    return counts


def _pairs(spans: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return merged([(span["start"], span["end"]) for span in spans])


def _world_report(gold: dict[str, Any], text: str, claims: list[Claim]) -> Count:
    """What is found and right in one report; keys with a colon count the phenomena ("found form: direct")."""
    count: Count = Counter()
    found, mentions = attributions_in(text), quantities_in(text)
    claimants = {claim.attribution: claim.claimant for claim in claims if claim.attribution is not None}
    spans = [
        {part: merged([(span.start, span.end) for span in getattr(item, part)]) for part in ("source", "content")}
        for item in found
    ]
    outer = [item for item in gold["attributions"] if item["nested_in"] is None]
    inner = {item["id"]: item["nested_in"] for item in gold["attributions"] if item["nested_in"] is not None}
    count["found"] = len(found)
    taken: set[int] = set()
    for item in outer:
        count["gold"] += 1
        content, source = _pairs(item["content"]), _pairs(item["source"])
        hit = next(
            (
                n
                for n, one in enumerate(spans)
                if n not in taken and overlap(content, one["content"]) >= 0.5 and same_source(source, one["source"])
            ),
            None,
        )
        numbers = [one for one in gold["quantities"] if inner.get(one["by"], one["by"]) == item["id"]]
        carried = (
            []
            if hit is None
            else [mention for mention in mentions if any(mention.span.within(span) for span in _whole(found[hit]))]
        )
        right = hit is not None and all(_same(one, carried) for one in numbers)
        for phenomenon in _of_attribution(item, content, source):
            count[f"all {phenomenon}"] += 1
            count[f"found {phenomenon}"] += hit is not None
            count[f"right {phenomenon}"] += right
        count["whole"] += right
        if numbers:
            count["numbered"] += 1
            count["numbered right"] += right
        if hit is not None:
            taken.add(hit)
            count["joint"] += 1
            count["form"] += found[hit].form == item["form"]
            count["stance"] += found[hit].stance == item["stance"]
            if found[hit] in claimants:
                count["resolved"] += 1
                count["claimant"] += same_name(claimants[found[hit]], item["claimant_name"])
    for one in gold["quantities"]:
        count["quantities"] += 1
        count["bounds"] += any(_bounds(one, mention) for mention in mentions)
        for phenomenon in _of_quantity(one):
            count[f"all {phenomenon}"] += 1
            count[f"found {phenomenon}"] += any(_bounds(one, mention) for mention in mentions)
            count[f"right {phenomenon}"] += _same(one, mentions)
        if one["measure"] and not one["inferred"]:
            count["measured"] += 1
            count["measure"] += _same(one, mentions)
    warned = [claim.span for claim in claims if claim.kind == "disclaimer"]
    for one in gold["disclaimers"]:
        count["disclaimers"] += 1
        count["warned"] += any(span.start < one["span"]["end"] and one["span"]["start"] < span.end for span in warned)
    return count


def _of_attribution(item: dict[str, Any], content: list[tuple[int, int]], source: list[tuple[int, int]]) -> list[str]:
    """The phenomena that an attribution of the gold shows: form, place of the cue, kind of source and of cue, stance, parts."""
    cue = _pairs(item["cue"])
    where = (
        "no cue"
        if not cue
        else "before the content"
        if cue[0][0] < content[0][0]
        else "after the content"
        if cue[-1][0] >= content[-1][1]
        else "inside the content"
    )
    return [
        f"form: {item['form']}",
        f"cue: {where}",
        f"source: {item['source_kind'] or 'none'}" if source else "source: none in the text",
        f"kind of cue: {item['cue_kind']}",
        f"stance: {item['stance']}",
        f"content: {'in one piece' if len(content) == 1 else 'in several pieces'}",
    ]


def _of_quantity(one: dict[str, Any]) -> list[str]:
    """The phenomena that a quantity of the gold shows: kind of bound, whether the sentence names the measure, and the measure."""
    lower, upper = one["lower"], one["upper"]
    kind = (
        "all, every one"
        if one["universal"]
        else "vague (dozens, most)"
        if one["vague"]
        else "part of a whole (15 of 18)"
        if one["whole"] is not None
        else "bound on one side"
        if lower is None or upper is None
        else "range"
        if lower != upper
        else "share or per cent"
        if one["unit"] in ("percent", "share")
        else "about"
        if one["approximate"]
        else "plain"
    )
    named = "no measure" if not one["measure"] else "from the context" if one["inferred"] else "named in the sentence"
    return [f"quantity: {kind}", f"measure: {named}", f"carried by: {'an attribution' if one['by'] else 'the report'}"]


def phenomenon_rows(counts: list[Count]) -> Rows:
    """For every phenomenon: how many the gold has, in how many source and content (or bounds) are found, and in how many all is right."""
    count = total(counts)
    names = sorted(key.removeprefix("all ") for key in count if key.startswith("all ") and ":" in key)
    return [
        (
            name,
            str(count[f"all {name}"]),
            f"{100 * count[f'found {name}'] / count[f'all {name}']:.0f} %",
            f"{100 * count[f'right {name}'] / count[f'all {name}']:.0f} %",
        )
        for name in names
    ]


def _whole(item: Attribution) -> list[Span]:
    """The content, and what else of an attribution may hold a number."""
    return [*item.content, *item.source, *item.cue]


def same_name(ours: str, gold: str) -> bool:
    """Whether two names share a word that is not a small one, or both say that nobody is named."""
    if ours == "not named" or gold == "unknown":
        return ours == "not named" and gold == "unknown"
    one, two = (
        {word.strip("’'s,.").lower() for word in name.replace("’", "'").split()} - _SMALL for name in (ours, gold)
    )
    return bool(one & two)


def _bounds(gold: dict[str, Any], mention: Any) -> bool:
    quantity = mention.quantity
    touches = mention.span.start < gold["span"]["end"] and gold["span"]["start"] < mention.span.end
    return touches and all(
        getattr(quantity, field) == gold[field]
        for field in ("lower", "upper", "lower_open", "upper_open", "approximate", "whole")
    )


def _same(gold: dict[str, Any], mentions: list[Mention]) -> bool:
    """Whether one of the mentions has the bounds of the gold, and its measure where the sentence names it."""
    return any(
        _bounds(gold, one) and (gold["inferred"] or not gold["measure"] or one.measure == gold["measure"])
        for one in mentions
    )


def world_rows(counts: list[Count]) -> Rows:
    """The figures of the practice worlds in per cent."""
    rows: Rows = []
    for label, right, of in (
        ("claims right in source, content, quantity and measure", "whole", "gold"),
        ("... of those with a number", "numbered right", "numbered"),
        ("attributions found (joint recall)", "joint", "gold"),
        ("attributions right (joint precision)", "joint", "found"),
        ("form, of those found", "form", "joint"),
        ("stance, of those found", "stance", "joint"),
        ("claimant, of those found", "claimant", "resolved"),
        ("quantities right in their bounds", "bounds", "quantities"),
        ("... and measure, where the sentence names it", "measure", "measured"),
        ("disclaimers found", "warned", "disclaimers"),
    ):
        count = total(counts)
        low, high = interval(counts, lambda one, right=right, of=of: 100 * one[right] / max(1, one[of]))  # type: ignore[misc]
        rows.append((label, f"{100 * count[right] / max(1, count[of]):.1f} %", f"{low:.1f} to {high:.1f}"))
    return rows
