"""The gold annotation of a practice report, made from its marked file, and the phenomena that it holds."""

from __future__ import annotations

import re
from typing import Any

from course.claim import STANCES
from course.corpus.markup import Marked, MarkupError, form_of, options, read_value
from course.quantity import Quantity

LABEL = "Fictional practice text: every state, place, person, body and outlet in it is invented."

SOURCE_KINDS = ("name", "body", "role", "pronoun", "outlet", "document", "unnamed", "relative", "none")
CUE_KINDS = ("reporting", "attitude", "other")
REACHES = ("figure", "side", "report", "none")
NO_CLAIMS = ("question", "instruction", "opinion", "prediction", "wish", "scene", "contact", "definition", "notice")
CHANGES = (
    "qualifier dropped", "measure shifted", "scope shifted", "period shifted", "base shifted", "number altered", "speaker shifted",
    "unit shifted", "definition dropped", "basis dropped", "computed",
)  # fmt: skip
ERRORS = (
    "unit-slip", "time-slip", "measure-swap", "scope-slip", "base-slip", "subtraction-of-bounds", "percent-of-what",
    "second-hand-series", "circular-source", "claimant-slip", "incomparable-periods", "mean-of-rivals",
)  # fmt: skip
# Words that name a measure. A figure whose sentence has none of them takes its measure from the context: the gold says so.
_MEASURE_WORDS = {
    "killed": r"kill|dead|die[ds]?\b|death|drown",
    "wounded": r"wounded|injur|hurt",
    "casualties": r"casualt|losses|killed (?:and|or) wounded|out of action",
    "affected": r"affected|in need|toll",
    "captured": r"captur|prisoner|laid down|lay down",
    "rescued": r"rescue|brought to safety",
    "sheltered": r"shelter",
    "missing": r"missing|vanished|unaccounted|lost contact",
    "displaced": r"displaced|have gone|moved out|registered|signed in|left again|went away",
    "returned": r"home|come back|own beds",
    "admitted": r"admission|patients",
}
_NUMBER_WORDS = re.compile(r"[A-Za-z]")


def gold_of(marked: Marked, names: dict[str, str]) -> dict[str, Any]:
    """The stand-off annotation of one report, as plain data that JSON can hold.

    `names` gives each claimant's name by its id. Every span has `start` and `end` in the report's text, end exclusive, and
    the words that it covers.
    Errors: MarkupError for an item without its mark, a mark without its item, an unknown claimant, or a word outside the lists above.
    """
    text, spans = marked.text, marked.spans
    gold: dict[str, Any] = {
        "report": marked.meta["id"],
        "fictional": True,
        "label": LABEL,
        "attributions": [],
        "quantities": [],
        "disclaimers": [],
        "errors": [],
        "no_claim": [],
        "hedges": _spans(text, spans.get("h", [])),
        "loaded": _spans(text, spans.get("w", [])),
        "silent": [],
        "coverage": [],
        "chains": [],
        "tags": [],
    }
    makers = {"a": _attribution, "q": _quantity, "d": _disclaimer, "x": _error, "n": _no_claim}
    lists = {"a": "attributions", "q": "quantities", "d": "disclaimers", "x": "errors", "n": "no_claim"}
    seen = {"h", "w"}
    for name, *words in marked.items:
        if re.fullmatch(r"[aqdxn]\d+", name):
            gold[lists[name[0]]].append(makers[name[0]](name, words, marked))
            seen |= {name} if name[0] != "a" else {f"{role}{name[1:]}" for role in "sct"}
        else:
            _other(name, words, gold)
    if lost := sorted(set(spans) - seen):
        raise MarkupError(f"{gold['report']}: no item line for the mark(s) {', '.join(lost)}.")
    for one in gold["attributions"]:
        if one["claimant"] not in names:
            raise MarkupError(f"{gold['report']} {one['id']}: no source {one['claimant']!r}; add it to sources.csv.")
        one["claimant_name"] = names[one["claimant"]]
    _nest(gold)
    gold["phenomena"] = phenomena_of(gold, text)
    return gold


def _spans(text: str, places: list[tuple[int, int]]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "text": text[start:end]} for start, end in places]


def _known(word: str, allowed: tuple[str, ...], what: str, where: str) -> str:
    if word not in allowed:
        raise MarkupError(f"{where}: {word!r} is no {what}; choose one of: {', '.join(allowed)}.")
    return word


def _attribution(name: str, words: list[str], marked: Marked) -> dict[str, Any]:
    where = f"{marked.meta['id']} {name}"
    (claimant, kind, stance), more = options(words)
    source, cue, content = (_spans(marked.text, marked.spans.get(f"{role}{name[1:]}", [])) for role in "sct")
    if not content or not (cue or source):
        raise MarkupError(f"{where}: an attribution needs a content, and a cue or a source.")
    if bool(source) == (kind == "none"):
        raise MarkupError(f"{where}: the source kind is {kind!r}, but the text has {len(source)} source span(s).")
    return {
        "id": name,
        "source": source,
        "cue": cue,
        "content": content,
        "form": more.get("form") or form_of([span["text"] for span in content]),
        "stance": _known(stance, STANCES, "stance", where),
        "cue_kind": _known(more.get("kind", "reporting"), CUE_KINDS, "kind of cue", where),
        "source_kind": _known(kind, SOURCE_KINDS, "kind of source", where),
        "claimant": claimant,
        "nested_in": None,
        "note": more.get("note", ""),
        "readings": [],
    }


def _quantity(name: str, words: list[str], marked: Marked) -> dict[str, Any]:
    where = f"{marked.meta['id']} {name}"
    places = _spans(marked.text, marked.spans.get(name, []))
    if len(places) != 1:
        raise MarkupError(f"{where}: a quantity needs one mark; the text has {len(places)}.")
    (code, measure), more = options(words)
    quantity, unit = read_value(code)
    if quantity.approximate:
        change = "~"
    elif quantity.lower is None or quantity.upper is None:
        change = ">" if quantity.upper is None else "<"
    else:
        change = "="
    return {
        "id": name,
        "span": places[0],
        **_bounds(quantity),
        "change": more.get("change", change),
        "vague": more.get("vague") == "yes",
        "universal": more.get("universal") == "yes",
        "measure": "" if measure == "-" else measure,
        "inferred": _inferred(measure, marked.text, places[0]["start"]),
        "unit": more.get("unit") or unit or "persons",
        "per": more.get("per", ""),
        "of": more.get("of", ""),
        "by": more.get("by"),
        "claim": more.get("claim"),
        "group": more.get("group"),
        "note": more.get("note", ""),
        "readings": [],
    }


def _inferred(measure: str, text: str, place: int) -> bool:
    if measure not in _MEASURE_WORDS:
        return False
    start = max(text.rfind(mark, 0, place) for mark in (". ", ".” ", "? ", "\n")) + 1
    end = min((found for mark in (". ", ".”", "\n") if (found := text.find(mark, place)) >= 0), default=len(text))
    return not re.search(_MEASURE_WORDS[measure], text[start:end], flags=re.I)


def _bounds(quantity: Quantity) -> dict[str, Any]:
    names = ("lower", "upper", "lower_open", "upper_open", "approximate", "whole")
    return {name: getattr(quantity, name) for name in names}


def _disclaimer(name: str, words: list[str], marked: Marked) -> dict[str, Any]:
    (reach,), more = options(words)
    return {
        "id": name,
        "span": _one(name, marked),
        "reach": _known(reach, REACHES, "reach", f"{marked.meta['id']} {name}"),
        "targets": [part for part in more.get("targets", "").split(",") if part],
        "note": more.get("note", ""),
    }


def _error(name: str, words: list[str], marked: Marked) -> dict[str, Any]:
    (kind,), more = options(words)
    return {
        "id": name,
        "span": _one(name, marked),
        "kind": _known(kind, ERRORS, "kind of error", f"{marked.meta['id']} {name}"),
        "shared": more.get("shared"),
        "why": more["why"],
        "right": more.get("right", ""),
    }


def _no_claim(name: str, words: list[str], marked: Marked) -> dict[str, Any]:
    return {
        "id": name,
        "span": _one(name, marked),
        "kind": _known(words[0], NO_CLAIMS, "kind of passage without a claim", name),
    }


def _one(name: str, marked: Marked) -> dict[str, Any]:
    places = _spans(marked.text, marked.spans.get(name, []))
    if len(places) != 1:
        raise MarkupError(f"{marked.meta['id']} {name}: needs one mark; the text has {len(places)}.")
    return places[0]


def _other(name: str, words: list[str], gold: dict[str, Any]) -> None:
    plain, more = options(words)
    where = f"{gold['report']} {name}"
    if name == "p":
        gold["tags"] += plain
    elif name == "silent":
        gold["silent"].append({"body": plain[0], "about": more.get("about", ""), "says_why": more.get("why", "")})
    elif name == "carries":
        changes = more.get("changes", "").replace("-", " ").split(",")
        gold["coverage"].append(
            {
                "claim": plain[0],
                "by": more["by"].split(",") if "by" in more else [],
                "cue": more.get("cue", ""),
                "changes": [_known(change, CHANGES, "change", where) for change in changes if change],
                "reply": _known(more.get("reply", "absent"), ("present", "absent", "not-applicable"), "reply", where),
                "note": more.get("note", ""),
            }
        )
    elif name == "chain":
        claim, *steps = [word for word in plain if word != "<"]
        gold["chains"].append({"claim": claim, "steps": steps})
    elif name == "reading":
        item, field, value, why = plain
        found = [entry for part in ("attributions", "quantities") for entry in gold[part] if entry["id"] == item]
        if not found or field not in found[0] | {"value": ""}:
            raise MarkupError(f"{where}: no item {item!r} with a {field!r} stands above this line.")
        found[0]["readings"].append(
            {
                "field": field,
                "value": _bounds(read_value(value)[0]) if field == "value" and value else value,
                "reason": why,
            }
        )
    else:
        raise MarkupError(f"{where}: not a kind of item line.")


def _nest(gold: dict[str, Any]) -> None:
    """Find, for each attribution and quantity, the smallest content of another attribution that holds it."""

    def holder(start: int, end: int, but: str = "") -> str | None:
        # Where two contents cover the same words, the whole content tells which one lies inside the other.
        holding = [
            (span["end"] - span["start"], sum(part["end"] - part["start"] for part in one["content"]), one["id"])
            for one in gold["attributions"]
            for span in one["content"]
            if one["id"] != but and span["start"] <= start and end <= span["end"]
        ]
        return min(holding)[-1] if holding else None

    for one in gold["attributions"]:
        span = (one["cue"] or one["source"])[0]
        one["nested_in"] = holder(span["start"], span["end"], but=one["id"])
    for one in gold["quantities"]:
        if one["by"] is None:
            one["by"] = holder(one["span"]["start"], one["span"]["end"])
        elif one["by"] == "none":
            one["by"] = None


def phenomena_of(gold: dict[str, Any], text: str) -> list[str]:
    """The names of the phenomena that a report's gold holds: those that follow from the annotation, and the tags given by hand."""
    headline = text.partition("\n")[0]
    found = set(gold["tags"])
    for one in gold["attributions"]:
        found |= {f"form: {one['form']}", f"stance: {one['stance']}", f"source: {one['source_kind']}"}
        spans = one["content"]
        words = text[spans[0]["start"] : spans[-1]["end"]]
        if one["cue"]:
            cue = one["cue"][0]["start"]
            where = "before" if cue < spans[0]["start"] else "after" if cue > spans[-1]["end"] else "inside"
            found.add(f"cue: {where}")
        if one["form"] == "direct" and re.search(r"[.!?…][”’\"']?\s+[“‘\"'A-Z]", words):
            found.add("quotation: several sentences")
        if one["form"] == "direct" and "\n\n" in words:
            found.add("quotation: several paragraphs")
        if one["nested_in"]:
            found.add("nested attribution")
        if spans[0]["start"] < len(headline):
            found.add("attribution in the headline")
    for one in gold["quantities"]:
        found |= _kinds_of_quantity(one)
        if one["span"]["end"] <= len(headline):
            found.add("number in the headline")
    found |= {f"disclaimer: {one['reach']}" for one in gold["disclaimers"]}
    found |= {f"slip: {one['kind']}" for one in gold["errors"]}
    found |= {"slip: shared by several outlets" for one in gold["errors"] if one["shared"]}
    found |= {f"no claim: {one['kind']}" for one in gold["no_claim"]}
    found |= {f"change: {change}" for one in gold["coverage"] for change in one["changes"]}
    found |= {f"reply: {one['reply']}" for one in gold["coverage"]}
    found |= {"silent side"} if gold["silent"] else set()
    found |= {"loaded words"} if gold["loaded"] else set()
    found |= {"several readings" for part in ("attributions", "quantities") for one in gold[part] if one["readings"]}
    return sorted(found)


def _kinds_of_quantity(one: dict[str, Any]) -> set[str]:
    lower, upper = one["lower"], one["upper"]
    kinds = {
        "number: vague": one["vague"],
        "number: lower bound": upper is None and not one["vague"],
        "number: upper bound": lower is None and upper is not None,
        "number: range": lower is not None and upper is not None and lower != upper,
        "number: approximate": one["approximate"] and not one["vague"],
        "number: percentage": one["unit"] == "percent",
        "number: fraction": one["unit"] == "share",
        "number: part of a whole": one["whole"] is not None,
        "number: rate": bool(one["per"]),
        "number: change": one["change"] in ("up", "down"),
        "number: in words": not re.search(r"\d", one["span"]["text"])
        and bool(_NUMBER_WORDS.search(one["span"]["text"])),
    }
    return {name for name, holds in kinds.items() if holds}
