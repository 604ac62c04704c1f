"""Annotation by hand as W3C Web Annotations, in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from course.corpus.report import Report

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_ROLES = ("source", "cue", "content")
_PARTS = {
    "quantities": "quantity",
    "disclaimers": "disclaimer",
    "errors": "planted slip",
    "no_claim": "no claim",
    "hedges": "hedge",
    "loaded": "loaded word",
}
_AROUND = 32


def web_annotations(gold: dict[str, Any], report: Report) -> dict[str, Any]:
    """The annotation of `report` as a W3C annotation page, ready for `json.dumps`.

    One Annotation for each role of an attribution (source, cue, content), and one for each quantity, disclaimer, planted slip,
    passage without a claim, hedge and loaded word. Each has

    - `target`: one for each span, with a TextPositionSelector (character offsets, end exclusive) and a TextQuoteSelector, whose
      `prefix` and `suffix` are long enough to find the words at one place only;
    - `body`: a tag, and the other fields of the item as JSON.

    `gold` is what `case.gold(id)` or `world.gold[id]` gives, and `report` what `.report(id)` gives.
    Errors: ValueError where the annotation belongs to another text.
    Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017.
    """
    base = f"urn:counterclaim:{report.case}:{report.id}"
    items = []
    for one in gold["attributions"]:
        fields = {key: value for key, value in one.items() if key not in _ROLES}
        for role in _ROLES:
            if one[role]:
                items.append(_annotation(f"{base}:{one['id']}-{role}", role, _targets(base, one[role], report), fields))
    for part, tag in _PARTS.items():
        for number, one in enumerate(gold.get(part, []), 1):
            span = one.get("span", one)  # hedges and loaded words are spans themselves
            fields = {key: value for key, value in one.items() if key != "span" and "span" in one}
            name = one.get("id", f"{part}-{number}")
            items.append(_annotation(f"{base}:{name}", tag, _targets(base, [span], report), fields))
    return {
        "@context": CONTEXT,
        "id": f"{base}:gold",
        "type": "AnnotationPage",
        "partOf": {
            "id": f"urn:counterclaim:{report.case}:gold",
            "type": "AnnotationCollection",
            "label": gold["label"],
        },
        "startIndex": 0,
        "items": items,
    }


def label_annotations(collection: str, label: str, rows: Sequence[tuple[str, str, str, str]]) -> dict[str, Any]:
    """Labels that people gave to whole texts, as a W3C annotation page, ready for `json.dumps`.

    Args:
        collection: what the labels belong to, such as a lesson's name.
        label: what they are, in words.
        rows: for each label the name of its item, the item's text ("" where it is not known), the label, and the pseudonym of who gave it.

    Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017.
    """
    base = f"urn:counterclaim:{collection}"
    items = []
    for item, text, tag, who in rows:
        place, report = f"{base}:{item}", Report(id=item, text=text, case=collection)
        whole: list[Any] = _targets(place, [{"start": 0, "end": len(text), "text": text}], report) if text else [place]
        made = _annotation(f"{place}:{who}", tag, whole, {})
        creator = {"id": f"urn:counterclaim:annotator:{who}", "type": "Person", "nickname": who}
        items.append({**made, "creator": creator})
    return {
        "@context": CONTEXT,
        "id": f"{base}:labels",
        "type": "AnnotationPage",
        "partOf": {"id": f"{base}:class", "type": "AnnotationCollection", "label": label},
        "startIndex": 0,
        "items": items,
    }


def _annotation(id: str, tag: str, targets: list[dict[str, Any]], fields: dict[str, Any]) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "language": "en", "value": tag}
    ]
    if fields:
        value = json.dumps(fields, ensure_ascii=False)
        bodies.append({"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": value})
    return {"id": id, "type": "Annotation", "motivation": "tagging", "body": bodies, "target": targets}


def _targets(source: str, spans: list[dict[str, Any]], report: Report) -> list[dict[str, Any]]:
    return [
        {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": span["start"], "end": span["end"]},
                _quote(span, report),
            ],
        }
        for span in spans
    ]


def _quote(span: dict[str, Any], report: Report) -> dict[str, str]:
    text, start, end = report.text, span["start"], span["end"]
    if text[start:end] != span["text"]:
        raise ValueError(
            f"The annotation is not of the text of {report.id!r}: it has {span['text']!r} at {start} to {end}, where the text has "
            f"{text[start:end]!r}."
        )
    around = _AROUND
    while text.find(text[max(0, start - around) : end + around]) != max(0, start - around) or (
        text.count(text[max(0, start - around) : end + around]) > 1
    ):
        around *= 2
    prefix, suffix = text[max(0, start - around) : start], text[end : end + around]
    return {"type": "TextQuoteSelector", "exact": span["text"], "prefix": prefix, "suffix": suffix}
