"""Web Annotations: each can be found again in the text by its place and by its words, and nothing of the gold is lost."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from course.corpus import Report, cases, load_case
from course.corpus.annotations import web_annotations
from course.corpus.worlds import load_world, worlds

TEXTS: list[tuple[dict[str, Any], Report]] = [
    (case.gold(id), case.report(id)) for case in map(load_case, cases()) for id in case.reports["id"]
] + [(world.gold[id], world.report(id)) for world in map(load_world, worlds()) for id in world.gold]
NAMES = [f"{report.case}-{report.id}" for _, report in TEXTS]


@pytest.fixture(params=TEXTS, ids=NAMES, scope="module")
def both(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Report, dict[str, Any]]:
    """Gold, report, and the page after a trip through JSON."""
    gold, report = request.param
    return gold, report, json.loads(json.dumps(web_annotations(gold, report)))


def test_page_is_as_the_model_wants_it(both: tuple[dict[str, Any], Report, dict[str, Any]]) -> None:
    _, report, page = both
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    assert page["partOf"]["type"] == "AnnotationCollection" and page["startIndex"] == 0
    ids = [item["id"] for item in page["items"]]
    assert len(ids) == len(set(ids)) and all(
        id.startswith(f"urn:counterclaim:{report.case}:{report.id}:") for id in ids
    )
    for item in page["items"]:
        assert item["type"] == "Annotation" and item["motivation"] == "tagging" and item["target"]
        assert [body["type"] for body in item["body"]] in (["TextualBody"], ["TextualBody"] * 2)


def test_both_selectors_find_the_same_one_place(both: tuple[dict[str, Any], Report, dict[str, Any]]) -> None:
    _, report, page = both
    for item in page["items"]:
        for target in item["target"]:
            place, quote = target["selector"]
            assert (place["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert report.text[place["start"] : place["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert report.text.count(around) == 1
            assert report.text.index(around) + len(quote["prefix"]) == place["start"]


def test_nothing_of_the_gold_is_lost(both: tuple[dict[str, Any], Report, dict[str, Any]]) -> None:
    gold, _, page = both
    tags = Counter(item["body"][0]["value"] for item in page["items"])
    for role in ("source", "cue", "content"):
        assert tags[role] == sum(bool(one[role]) for one in gold["attributions"])
    for part, tag in (
        ("quantities", "quantity"),
        ("disclaimers", "disclaimer"),
        ("no_claim", "no claim"),
        ("hedges", "hedge"),
    ):
        assert tags[tag] == len(gold[part])
    told = {
        item["id"].rpartition(":")[2]: json.loads(item["body"][1]["value"])
        for item in page["items"]
        if len(item["body"]) > 1
    }
    for one in gold["attributions"]:
        fields = told[f"{one['id']}-content"]
        assert fields == {key: value for key, value in one.items() if key not in ("source", "cue", "content")}
    for one in gold["quantities"]:
        assert told[one["id"]] == {key: value for key, value in one.items() if key != "span"}


def test_split_content_has_a_target_for_each_part() -> None:
    case = load_case("bakhmut-2023")
    page = web_annotations(case.gold("wion"), case.report("wion"))
    [content] = [item for item in page["items"] if item["id"].endswith(":a1-content")]
    first, second = (target["selector"][1]["exact"] for target in content["target"])
    assert first == "On 1 May" and second.startswith("the United States estimated")


def test_annotation_of_another_text_is_refused() -> None:
    case = load_case("bakhmut-2023")
    with pytest.raises(ValueError, match=r"not of the text of 'cnn'"):
        web_annotations(case.gold("wion"), case.report("cnn"))


def test_words_that_stand_at_two_places_are_told_apart() -> None:
    text = "He said so. " * 20
    span = {"start": 120, "end": 122, "text": "He"}
    gold = {"label": "", "attributions": [], "no_claim": [{"id": "n1", "span": span, "kind": "scene"}]}
    [item] = web_annotations(gold, Report(id="echo", text=text))["items"]
    quote = item["target"][0]["selector"][1]
    around = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert text.index(around) + len(quote["prefix"]) == 120
    assert text.count(around) == 1
