"""The article on which the course began, where a copy is at hand: it is not ours to pass on, so that it is read from a folder.

Set COUNTERCLAIM_ARTICLES to the folder, or have it at ../shared/articles beside the checkout.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from course.claim import Claim
from course.extract import claims_in
from course.quantity import Quantity, about, exactly, more_than

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("COUNTERCLAIM_ARTICLES") or ROOT.parent / "shared" / "articles")
ARTICLE = FOLDER / "wion-2023-05-02.txt"


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    if not ARTICLE.is_file():
        pytest.skip(f"the article is not at {ARTICLE}; set COUNTERCLAIM_ARTICLES to the folder that holds it")
    return claims_in(ARTICLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("claimant", "cue", "form", "numbers"),
    [
        ("United States", "estimated", "indirect", [(exactly(100_000), "casualties")]),
        ("United States", "According to", "indirect", [(more_than(20_000), "killed"), (exactly(80_000), "wounded")]),
        ("John Kirby", "said", "indirect", [(more_than(20_000), "killed")]),
        ("John Kirby", "told", "direct", [(more_than(100_000), "casualties"), (more_than(20_000), "killed")]),
        ("Yevgeny Prigozhin", "said", "indirect", [(about(300), "needed"), (exactly(1 / 3), "received")]),
        ("Yevgeny Prigozhin", "said", "direct", [(exactly(300), ""), (exactly(10), "")]),
        ("the report itself", "", "", [(Quantity(15, 15, whole=18), "intercepted")]),
    ],
)
def test_the_claims_with_numbers(
    claims: list[Claim], claimant: str, cue: str, form: str, numbers: list[tuple[Quantity, str]]
) -> None:
    fitting = [
        claim
        for claim in claims
        if claim.claimant == claimant
        and claim.cue == cue
        and (claim.attribution.form if claim.attribution else "") == form
    ]
    assert numbers in [[(mention.quantity, mention.measure) for mention in claim.mentions] for claim in fitting]


@pytest.mark.parametrize(
    ("claimant", "cue", "form", "word"),
    [
        ("United States", "claims", "mixed", "stunning"),
        ("John Kirby", "said", "direct", "bottom line"),
        ("John Kirby", "added", "direct", "Donbas"),
        ("Oleksandr Syrskyi", "claimed", "indirect", "ousted"),
        ("Oleksandr Syrskyi", "said", "direct", "The situation"),
    ],
)
def test_the_claims_without_numbers(claims: list[Claim], claimant: str, cue: str, form: str, word: str) -> None:
    (claim,) = [claim for claim in claims if word in claim.text and claim.kind == "claim"]
    assert claim.attribution is not None
    assert (claim.claimant, claim.cue, claim.attribution.form) == (claimant, cue, form)
    assert claim.mentions == ()


def test_the_official_is_the_spokesman(claims: list[Claim]) -> None:
    (claim,) = [claim for claim in claims if claim.source == "The official"]
    assert claim.claimant == "John Kirby"


def test_the_disclaimer(claims: list[Claim]) -> None:
    (claim,) = [claim for claim in claims if claim.kind == "disclaimer"]
    assert claim.claimant == "the report itself"
    assert "verify" in claim.text
