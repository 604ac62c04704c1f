"""The annotation of the digests is made from the marked files, and follows its own rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tools.digests import agreement, digest_gold, marked_files

from course.claim import FORMS, STANCES
from course.corpus import Case, cases, load_case
from course.corpus.gold import CUE_KINDS, REACHES, SOURCE_KINDS
from course.corpus.markup import MarkupError

ROOT = Path(__file__).resolve().parents[2]


def _golds(case: Case) -> Iterator[tuple[str, dict[str, Any], str]]:
    for id, text in zip(case.reports["id"], case.reports["text"], strict=True):
        yield id, case.gold(id), text


def _spans(gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in gold["attributions"]:
        yield from one["source"] + one["cue"] + one["content"]
    for part in ("quantities", "disclaimers", "no_claim"):
        yield from (one["span"] for one in gold[part])
    yield from gold["hedges"] + gold["loaded"]


def test_every_digest_is_annotated_and_nothing_else(case: Case) -> None:
    ids = set(case.reports["id"])
    assert {path.stem for path in marked_files(case, [])} == ids
    assert {path.stem for path in (case.folder / "gold").glob("*.json")} == ids


def test_gold_is_what_the_marked_files_say(case: Case) -> None:
    for path in marked_files(case, []):
        built = json.dumps(digest_gold(case, path), indent=1, ensure_ascii=False) + "\n"
        assert (case.folder / "gold" / f"{path.stem}.json").read_text("utf-8") == built, f"build {path.stem} again"


@pytest.mark.parametrize(
    "change", [("soldiers", "men"), ("in the city", "in the town"), ("case: ", "case: x"), ("id: wion", "id: w")]
)
def test_marked_text_that_differs_from_the_digest_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    case = load_case("bakhmut-2023")
    path = tmp_path / "wion.md"
    path.write_text((case.folder / "marked" / "wion.md").read_text("utf-8").replace(*change, 1), "utf-8")
    with pytest.raises(MarkupError, match="wion"):
        digest_gold(case, path)


def test_every_span_resolves(case: Case) -> None:
    for id, gold, text in _golds(case):
        for span in _spans(gold):
            assert text[span["start"] : span["end"]] == span["text"] == span["text"].strip() != "", f"{id}: {span}"


def test_words_come_from_the_lists(case: Case) -> None:
    for id, gold, _ in _golds(case):
        for one in gold["attributions"]:
            assert one["form"] in FORMS and one["stance"] in STANCES and one["cue_kind"] in CUE_KINDS, (
                f"{id} {one['id']}"
            )
            assert one["source_kind"] in SOURCE_KINDS and one["content"] and one["cue"], f"{id} {one['id']}"
            assert bool(one["source"]) == (one["source_kind"] != "none"), f"{id} {one['id']}"
        assert {one["reach"] for one in gold["disclaimers"]} <= set(REACHES)
        assert not gold["fictional"] and "digest" in gold["label"]


def test_claimants_and_claims_are_those_of_the_case(case: Case) -> None:
    names, claims = set(case.sources["name"]), set(case.claims["id"])
    for id, gold, _ in _golds(case):
        known = {one["id"] for one in gold["attributions"]} | {None}
        for one in gold["attributions"]:
            assert one["claimant"] in names and one["nested_in"] in known - {one["id"]}, f"{id} {one['id']}"
        for one in gold["quantities"]:
            assert one["claim"] in claims | {None} and one["by"] in known, f"{id} {one['id']}"
        for one in gold["disclaimers"]:
            targets = known | {item["id"] for item in gold["quantities"]}
            assert one["targets"] and set(one["targets"]) <= targets, f"{id} {one['id']}"
        for one in gold["silent"]:
            assert one["body"] in names and one["about"] in claims, id


def test_every_claim_with_a_number_that_a_digest_carries_is_marked(case: Case) -> None:
    absent = case.coverage["change"].isin(["left out", "reply missing"])
    numbers = set(case.claims.loc[case.claims[["lower", "upper"]].notna().any(axis=1), "id"])
    # Recalled without the number, or told with words only.
    told = {("ap-early", "U065"), ("metro", "U065"), ("newsweek", "U064"), ("newsweek", "U065"), ("upi", "U065")}
    told |= {("the-hill", "U064"), ("cbs", "U001"), ("check-your-fact", "U010")}
    for row in case.coverage[~absent].itertuples():
        marked = {one["claim"] for one in case.gold(row.report)["quantities"]}
        if row.claim in numbers and (row.report, row.claim) not in told:
            assert row.claim in marked, f"{row.report} carries {row.claim}, and no quantity says so"


def test_every_figure_in_a_digest_is_a_quantity_or_a_date(case: Case) -> None:
    dates = re.compile(
        r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?"
        r"|\b(?:19|20)\d\d\b|\b432nd\b"
    )
    for id, gold, text in _golds(case):
        marked = [(one["span"]["start"], one["span"]["end"]) for one in gold["quantities"]]
        marked += [found.span() for found in dates.finditer(text)]
        for found in re.finditer(r"\d[\d,.]*\d|\d", text):
            assert any(start <= found.start() and found.end() <= end for start, end in marked), f"{id}: {found[0]}"


def test_readings_are_several_and_each_has_its_reason(case: Case) -> None:
    for id, gold, _ in _golds(case):
        for one in gold["attributions"] + gold["quantities"]:
            for field in {reading["field"] for reading in one["readings"]}:
                values = [json.dumps(reading["value"]) for reading in one["readings"] if reading["field"] == field]
                assert len(values) == len(set(values)) >= 2, f"{id} {one['id']} {field}: one reading alone is no choice"
            assert all(len(reading["reason"].split()) >= 3 for reading in one["readings"]), f"{id} {one['id']}"


def test_first_reading_is_the_one_in_the_gold(case: Case) -> None:
    for id, gold, _ in _golds(case):
        for one in gold["attributions"] + gold["quantities"]:
            for reading in reversed(one["readings"]):  # so that the first of a field is kept
                one[f"first {reading['field']}"] = reading["value"]
            for key in [key for key in one if key.startswith("first ")]:
                now = one.get(key.removeprefix("first "))
                if isinstance(one[key], dict):
                    now = {name: one[name] for name in one[key]}
                elif isinstance(now, list):
                    now = " ... ".join(span["text"] for span in now)
                assert (now or "") == one[key], f"{id} {one['id']} {key}"


# --- second pass -------------------------------------------------------------------------------------------------------


def test_second_pass_covers_a_quarter_and_is_of_the_same_texts() -> None:
    every, twice = 0, 0
    for case in map(load_case, cases()):
        every += len(case.reports)
        for path in marked_files(case, [], "marked/second"):
            assert digest_gold(case, path)["attributions"]
            twice += 1
    assert 4 * twice >= every


def test_data_card_prints_the_agreement() -> None:
    alphas, sizes = agreement()
    card = (ROOT / "docs" / "data-card.md").read_text("utf-8")
    for category, alpha in alphas.items():
        assert 0.8 <= alpha <= 1, category
        assert f"| {category} | {alpha:.2f} |" in card, f"{category} is {alpha:.2f}"
    assert f"{sizes['digests']} digests" in card
