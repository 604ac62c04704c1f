"""Gold annotation as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), in JSON-LD."""

from __future__ import annotations

from typing import Any

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_ROLES = ("source", "cue", "content")
_SELECTED = (
    ("quantities", "quantity"),
    ("disclaimers", "disclaimer"),
    ("errors", "planted slip"),
    ("no_claim", "no claim"),
)


def web_annotations(gold: dict[str, Any]) -> dict[str, Any]:
    """The gold annotation of one report as a W3C annotation page, ready for `json.dumps`.

    Each role of an attribution, and each quantity, disclaimer, slip and passage without a claim is one Annotation: its target is the report, with a
    TextPositionSelector and a TextQuoteSelector for every span; its body is a tag and a data set with the other fields.
    `gold` is an entry of `World.gold`.
    """
    report = gold["report"]
    items = []
    for one in gold["attributions"]:
        fields = {key: value for key, value in one.items() if key not in _ROLES}
        for role in _ROLES:
            if one[role]:
                items.append(_annotation(report, f"{one['id']}-{role}", role, one[role], fields))
    for part, tag in _SELECTED:
        for one in gold[part]:
            fields = {key: value for key, value in one.items() if key != "span"}
            items.append(_annotation(report, one["id"], tag, [one["span"]], fields))
    return {
        "@context": _CONTEXT,
        "id": f"urn:counterclaim:{report}:gold",
        "type": "AnnotationPage",
        "label": gold["label"],
        "items": items,
    }


def _annotation(
    report: str, name: str, tag: str, spans: list[dict[str, Any]], fields: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": f"urn:counterclaim:{report}:{name}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": tag},
            {"type": "Dataset", "purpose": "describing", "value": fields},
        ],
        "target": [
            {
                "source": f"urn:counterclaim:{report}",
                "selector": [
                    {"type": "TextPositionSelector", "start": span["start"], "end": span["end"]},
                    {"type": "TextQuoteSelector", "exact": span["text"]},
                ],
            }
            for span in spans
        ],
    }
