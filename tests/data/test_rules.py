"""The rules on what may stand in a case: references, dates, bounds, both sides, and no one else's sentences."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pandas as pd

from course.corpus import Case, cases, data_folder, load_case, quantity_of

ROOT = Path(__file__).resolve().parents[2]
PARTIES = ("belligerent", "ally of a belligerent")
QUOTED = re.compile(r"[\"“]([^\"“”]*)[\"”]")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:[,.][0-9]+)*", text.lower().replace("’", "'"))


def _runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def _articles() -> dict[str, str]:
    """The article that the tests read, and those of the folder that COUNTERCLAIM_ARTICLES names: they are not ours to pass on."""
    folder = os.environ.get("COUNTERCLAIM_ARTICLES")
    files = [ROOT / "tests" / "extract" / "halvek.txt", *(Path(folder).rglob("*") if folder else [])]
    return {path.name: path.read_text("utf-8", errors="replace") for path in files if path.is_file()}


def _own_texts(case: Case) -> dict[str, str]:
    """Every text of ours in a case: the digests, and the free text of each row of its tables."""
    texts = dict(zip(case.reports["id"], case.reports["text"], strict=True))
    for name in ("claims", "sources", "coverage", "replies", "definitions"):
        table: pd.DataFrame = getattr(case, name)
        free = [column for column in ("note", "basis", "place_note", "measure_detail", "method") if column in table]
        for number, row in enumerate(table[free].itertuples(index=False)):
            texts[f"{name} {number}"] = " | ".join(row)
    return texts


def test_runs_find_a_shared_sentence() -> None:
    text = "The general said on Monday that more than 300 of his men were missing."
    assert _runs(text) & _runs("He wrote: the General said, on Monday, that MORE than 300 men.")
    assert not _runs(text) & _runs("The general said on Tuesday that more than 300 of them were missing.")


# --- claims ------------------------------------------------------------------------------------------------------------


def test_every_claim_has_a_reference_or_says_that_it_has_none(case: Case) -> None:
    claims = case.claims
    assert (claims["reference"].str.len() > 0).all()
    assert (claims.loc[claims["reference"] == "none known", "url"] == "").all()
    assert claims.loc[claims["url"] != "", "url"].str.match(r"https?://[^\s/]+\.[^\s]+$").all()


def test_claim_ids_are_unique_across_cases() -> None:
    ids = pd.concat([load_case(name).claims["id"] for name in cases()])
    assert ids.is_unique


def test_nothing_unchecked_is_in(case: Case) -> None:
    assert set(case.claims["read"]) <= {"excerpt read", "full text read"}


def test_dates_lie_within_the_case(case: Case) -> None:
    # A case begins with its first counted day and ends with its last claim. A month known as such is written as its last day.
    claims = case.claims[~case.claims["context"]]
    begins = claims["period_start"].min()
    assert claims["date"].notna().all()
    assert (claims["date"] >= begins).all()
    assert (claims["period_start"].dropna() <= claims["date"].max()).all()
    known = claims.dropna(subset=["period_start", "period_end"])
    assert (known["period_start"] <= known["period_end"]).all()
    exact = known[(known["period_end_precision"] == "day") & (known["date_precision"] == "day")]
    assert (exact["period_end"] <= exact["date"]).all(), exact[exact["period_end"] > exact["date"]]["id"].tolist()


def test_precision_stands_exactly_where_a_date_stands(case: Case) -> None:
    for name in ("period_start", "period_end"):
        assert ((case.claims[f"{name}_precision"] == "") == case.claims[name].isna()).all()


def test_reports_lie_within_the_case(case: Case) -> None:
    dates = case.reports["date"].dropna()
    assert (dates >= case.claims["period_start"].min()).all()
    assert (dates <= case.claims["date"].max() + pd.Timedelta(days=31)).all()


def test_every_claim_makes_a_quantity(case: Case) -> None:
    for row in case.claims.to_dict("records"):
        quantity = quantity_of(row)
        if row["qualifier"] in ("no figure", "none seen", "all"):
            assert quantity.lower is None and quantity.upper is None, row["id"]
        else:
            assert quantity.value is not None or quantity.bounded, row["id"]
        assert quantity.approximate == (row["qualifier"] in ("about", "nearly")), row["id"]
        assert quantity.lower_open == (row["qualifier"] == "more than"), row["id"]


def test_bounds_say_what_the_qualifier_says(case: Case) -> None:
    claims = case.claims.set_index("id")
    both = claims.dropna(subset=["lower", "upper"])
    assert (both["lower"] <= both["upper"]).all()
    for qualifier, lower, upper in (("more than", True, False), ("at least", True, False), ("up to", False, True)):
        rows = claims[claims["qualifier"] == qualifier]
        assert (rows["lower"].notna() == lower).all() and (rows["upper"].notna() == upper).all()
    for qualifier in ("exact", "about", "nearly"):
        rows = claims[claims["qualifier"] == qualifier]
        assert (rows["lower"] == rows["upper"]).all()
    points = claims.dropna(subset=["point", "lower", "upper"])
    outside = points[(points["point"] < points["lower"]) | (points["point"] > points["upper"])]
    assert set(outside.index) <= set(claims.index[claims["flag"] == "slip"]), (
        "a point estimate outside its own interval"
    )


# --- both sides --------------------------------------------------------------------------------------------------------


def test_every_claim_of_a_party_has_its_answer_or_says_that_none_was_found(case: Case) -> None:
    own = case.claims[case.claims["source_kind"].isin(PARTIES)]
    assert set(own["id"]) <= set(case.replies["claim"])
    empty = case.replies["reply"] == ""
    assert case.replies.loc[empty, "answer"].isin(["none found", "denial"]).all()
    assert (case.replies.loc[~empty, "answer"] != "none found").all()
    assert (case.replies["reply"] != case.replies["claim"]).all()


def test_claimant_has_one_side_and_the_sources_know_it(case: Case) -> None:
    known = case.sources.set_index("name")
    for row in case.claims.itertuples():
        assert (row.side, row.source_kind) == tuple(known.loc[row.claimant, ["side", "source_kind"]]), row.id


def test_chain_is_the_same_in_both_tables(case: Case) -> None:
    edges = case.chains.sort_values("step").groupby("claim")
    for row in case.claims.itertuples():
        names = row.chain.split(" <- ")
        assert names[0] == row.outlet, row.id
        pairs = edges.get_group(row.id)[["carrier", "taken_from"]].values.tolist() if row.id in edges.groups else []
        assert pairs == [list(pair) for pair in pairwise(names)], row.id


# --- digests -----------------------------------------------------------------------------------------------------------


def test_digest_says_that_it_is_one_and_where_the_original_is(case: Case) -> None:
    for path in (data_folder() / "cases" / case.name / "digests").glob("*.md"):
        head = path.read_text("utf-8").split("---")[1]
        assert "\nnote: This is a digest in our own words.\n" in head, path.name
        assert re.search(r"^url: (none known|https?://\S+)$", head, re.MULTILINE), path.name
        assert re.search(r"^date: (none known|\d{4}-\d\d-\d\d)$", head, re.MULTILINE), path.name
        assert f"\nid: {path.stem}\n" in head and f"\ncase: {case.name}\n" in head, path.name


def test_digest_has_60_to_160_words(case: Case) -> None:
    words = case.reports.set_index("id")["text"].str.split().str.len()
    assert words[(words < 60) | (words > 160)].to_dict() == {}


def test_digest_link_is_one_that_the_claims_know(case: Case) -> None:
    links = set(case.reports["url"]) - {""}
    assert links <= set(case.claims["url"]), "a link that no claim's reference has"


def test_digest_quotes_at_most_six_words_in_a_row(case: Case) -> None:
    for id, text in _own_texts(case).items():
        assert text.count('"') % 2 == 0, f"{id}: a quotation is not closed"
        for quoted in QUOTED.findall(text):
            assert len(_words(quoted)) <= 6, f"{id}: {quoted}"


def test_coverage_names_digests_and_keeps_their_cues(case: Case) -> None:
    texts = case.reports.set_index("id")["text"]
    assert set(case.coverage["report"]) == set(texts.index)
    carried = case.coverage[~case.coverage["change"].isin(["left out", "reply missing"])]
    for row in carried.itertuples():
        assert row.words and row.words.lower() in texts[row.report].lower(), f"{row.report}: {row.words!r} is not in it"
    absent = case.coverage[case.coverage["change"].isin(["left out", "reply missing"])]
    assert (absent["words"] == "").all()
    assert not set(zip(absent["report"], absent["claim"], strict=True)) & set(
        zip(carried["report"], carried["claim"], strict=True)
    ), "carried and left out at once"


def test_outlets_of_digests_are_sources(case: Case) -> None:
    assert set(case.reports["outlet"]) <= set(case.sources["name"])


def test_no_eight_words_in_a_row_are_shared_with_an_article(case: Case) -> None:
    articles = {name: _runs(text) for name, text in _articles().items()}
    for id, text in _own_texts(case).items():
        for name, runs in articles.items():
            shared = _runs(text) & runs
            assert not shared, f"{id} shares {' '.join(min(shared))!r} with {name}"


def test_owner_stands_with_the_page_that_says_so(case: Case) -> None:
    assert ((case.sources["owner"] == "") == (case.sources["owner_url"] == "")).all()


# --- the data card -----------------------------------------------------------------------------------------------------


def test_data_card_counts_what_is_there(case: Case) -> None:
    card = (ROOT / "docs" / "data-card.md").read_text("utf-8")
    found = re.search(rf"^\| {case.name} \|((?: \d+ \|)+)$", card, re.MULTILINE)
    assert found, f"{case.name} is not in the data card"
    kinds = case.claims["source_kind"]
    parties, media = kinds.isin(PARTIES).sum(), (kinds == "media").sum()
    counted = [len(case.claims), parties, media, len(case.claims) - parties - media, len(case.reports)]
    counted += [len(table) for table in (case.coverage, case.chains, case.replies, case.definitions)]
    assert [int(number) for number in found[1].strip(" |").split(" | ")] == counted
