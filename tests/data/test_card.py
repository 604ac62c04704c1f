"""Every number that the data card prints is that of the data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from tools.agreement import agreement as agreement_of_worlds
from tools.digests import agreement as agreement_of_digests

from course.corpus import World, cases, data_folder, lexicon, lexicons, load_case, load_world, worlds

ROOT = Path(__file__).resolve().parents[2]
CARD = (ROOT / "docs" / "data-card.md").read_text("utf-8")
CASES = [load_case(name) for name in cases()]
WORLDS = [load_world(name) for name in worlds()]


def _section(title: str) -> str:
    """The part of the card under one heading, up to the next."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", CARD, re.MULTILINE | re.DOTALL)
    assert found, f"the data card has no section {title!r}"
    return found[1]


def _rows(title: str) -> dict[str, list[str]]:
    """The rows of the tables in a section, by their first cell."""
    rows = [line.strip("|").split("|") for line in _section(title).splitlines() if line.startswith("|")]
    return {cells[0].strip(" `"): [cell.strip() for cell in cells[1:]] for cells in rows if "---" not in cells[0]}


def _numbers(cells: Sequence[str]) -> list[int]:
    return [int(cell.replace(",", "")) for cell in cells]


# --- the real cases ----------------------------------------------------------------------------------------------------


def _annotated() -> pd.DataFrame:
    """How much is annotated: one row a case, one column a thing counted."""
    sums = {}
    for case in CASES:
        golds = [case.gold(id) for id in case.reports["id"]]
        attributions = [one for gold in golds for one in gold["attributions"]]
        quantities = [one for gold in golds for one in gold["quantities"]]
        sums[case.name] = {
            "attributions": len(attributions),
            "of these, inside another": sum(bool(one["nested_in"]) for one in attributions),
            "quantities": len(quantities),
            "of these, a claim of the case": sum(bool(one["claim"]) for one in quantities),
            "disclaimers": sum(len(gold["disclaimers"]) for gold in golds),
            "passages without a claim": sum(len(gold["no_claim"]) for gold in golds),
            "items with several readings": sum(bool(one["readings"]) for one in attributions + quantities),
        }
    return pd.DataFrame(sums).T


def test_annotation_of_the_digests() -> None:
    rows, counted = _rows("Annotation by hand"), _annotated()
    assert rows.pop("") == ["all", *cases()]
    assert set(rows) == set(counted)
    for thing, cells in rows.items():
        assert _numbers(cells) == [counted[thing].sum(), *counted[thing]], thing


def test_claims_by_side() -> None:
    for case in CASES:
        (said,) = [cells[0] for name, cells in _rows("Sides").items() if name == case.name]
        parties = case.claims[case.claims["source_kind"].isin(["belligerent", "ally of a belligerent"])]
        counts = sorted(parties["side"].value_counts())
        assert sorted(map(int, re.findall(r"\d+", said))) == counts, case.name
        for side in parties["side"].unique():
            assert side.removeprefix("ally of ").split()[-1] in said or side.split()[0] in said, side


def test_what_the_prose_counts() -> None:
    bakhmut = load_case("bakhmut-2023")
    assert f"{bakhmut.claims['context'].sum()} claims of `bakhmut-2023` are about the wider war" in CARD
    links = (bakhmut.reports["url"] == "").sum(), (bakhmut.claims["url"] == "").sum()
    assert (
        f'{links[0]} digests of `bakhmut-2023` have no link ("none known"), and {links[1]} of its claims none' in CARD
    )
    assert f"{sum(case.reports['date'].isna().sum() for case in CASES)} digests have no day" in CARD


# --- the practice worlds -----------------------------------------------------------------------------------------------


def _of(world: World) -> dict[str, int]:
    items = [one for gold in world.gold.values() for part in ("attributions", "quantities") for one in gold[part]]
    return {
        "reports": len(world.reports),
        "outlets": world.reports["outlet"].nunique(),
        "words": sum(len(text.split()) for text in world.reports["text"]),
        "claims": len(world.claims),
        "sources": len(world.sources),
        "coverage": len(world.coverage),
        "steps in chains": len(world.chains),
        "definitions": len(world.definitions),
        "comparability groups": len(world.groups),
        "attributions": len(world.attributions),
        "of these, inside another": sum(bool(one.get("nested_in")) for one in items),
        "quantities": len(world.quantities),
        "disclaimers": len(world.disclaimers),
        "planted slips": len(world.errors),
        "passages without a claim": len(world.no_claim),
        "items with several readings": sum(bool(one["readings"]) for one in items),
        "kinds of phenomena": len({name for gold in world.gold.values() for name in gold["phenomena"]}),
    }


def test_practice_worlds() -> None:
    rows, counted = _rows("The practice worlds"), [_of(world) for world in WORLDS]
    assert rows.pop("") == [world.name for world in WORLDS]
    assert {thing: _numbers(cells) for thing, cells in rows.items()} == {
        thing: [one[thing] for one in counted] for thing in counted[0]
    }


def test_claims_by_side_in_the_worlds() -> None:
    found = re.search(
        r"(\d+) are by the one party and (\d+) by its ally, (\d+) by the other and (\d+) by its ally",
        " ".join(_section("The practice worlds").split()),
    )
    assert found
    for world, sides in zip(WORLDS, (("Cassivar", "Pellandra"), ("Corrance", "Wendry")), strict=True):
        ally = "ally of" if world.name == "border" else "backer of"
        counts = world.claims["side"].value_counts()
        assert _numbers(found.groups()) == [counts[name] for side in sides for name in (side, f"{ally} {side}")]


# --- word lists, lessons, agreement ------------------------------------------------------------------------------------


def test_word_lists() -> None:
    rows = _rows("The word lists")
    assert rows.pop("list") == ["rows"]
    assert {name: _numbers(cells) for name, cells in rows.items()} == {
        f"{name}.csv": [len(lexicon(name))] for name in lexicons()
    }, "change the number of rows in docs/data-card.md"


def test_material_of_lessons() -> None:
    rows = _rows("The material of lessons")
    assert rows.pop("lesson") == ["tables", "rows"]
    there = {}
    for folder in sorted((data_folder() / "lessons").iterdir()):
        tables = [pd.read_csv(path) for path in folder.glob("*.csv")]
        there[folder.name] = [len(tables), sum(map(len, tables))]
    assert {name: _numbers(cells) for name, cells in rows.items()} == there, "change the counts in docs/data-card.md"


@pytest.mark.parametrize(("column", "agreement"), [(0, agreement_of_digests), (1, agreement_of_worlds)])
def test_agreement_of_two_passes(column: int, agreement: object) -> None:
    alphas, sizes = agreement()  # type: ignore[operator]
    printed = {name: cells[column] for name, cells in _rows("Agreement of two passes").items() if name != "category"}
    there = {name.replace("marked the cue", "marked it"): f"{alpha:.2f}" for name, alpha in alphas.items()}
    assert {name: cell for name, cell in printed.items() if cell} == there
    size = f"{sizes['digests']} digests" if column == 0 else f"{sizes['reports']} reports, {sizes['words']:,} words"
    assert size in _section("Agreement of two passes")


# --- the whole ---------------------------------------------------------------------------------------------------------


def test_every_link_of_the_card_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in CARD.splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", CARD):
        path, _, anchor = target.partition("#")
        if path:
            assert (ROOT / "docs" / path).exists(), target
        else:
            assert anchor in headings, target
