"""A whole report of the kind on which the course began: one power counts the losses of another, in a war between two more.

The report (halvek.txt), its countries and its people are made up.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from course.claim import Claim
from course.extract import claims_in
from course.quantity import Quantity, about, exactly, more_than

ARTICLE = Path(__file__).with_name("halvek.txt")


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return claims_in(ARTICLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("claimant", "cue", "form", "numbers"),
    [
        ("Arlesund", "estimated", "indirect", [(exactly(60_000), "casualties")]),
        ("Arlesund", "According to", "indirect", [(more_than(14_000), "killed"), (exactly(46_000), "wounded")]),
        ("Mira Castell", "said", "indirect", [(more_than(14_000), "killed")]),
        ("Mira Castell", "told", "direct", [(more_than(60_000), "casualties"), (more_than(14_000), "killed")]),
        ("Osric Dahl", "said", "indirect", [(about(120), "needed"), (exactly(1 / 4), "received")]),
        ("Osric Dahl", "said", "direct", [(exactly(120), ""), (exactly(6), "")]),
        ("the report itself", "", "", [(Quantity(9, 9, whole=12), "intercepted")]),
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
        ("Arlesund", "claims", "mixed", "staggering"),
        ("Mira Castell", "said", "direct", "In plain terms"),
        ("Mira Castell", "added", "direct", "Lower Orre"),
        ("Ilvar Tosk", "claimed", "indirect", "driven"),
        ("Ilvar Tosk", "said", "direct", "Our position"),
    ],
)
def test_the_claims_without_numbers(claims: list[Claim], claimant: str, cue: str, form: str, word: str) -> None:
    (claim,) = [claim for claim in claims if word in claim.text and claim.kind == "claim"]
    assert claim.attribution is not None
    assert (claim.claimant, claim.cue, claim.attribution.form) == (claimant, cue, form)
    assert claim.mentions == ()


def test_the_official_is_the_spokeswoman(claims: list[Claim]) -> None:
    (claim,) = [claim for claim in claims if claim.source == "The official"]
    assert claim.claimant == "Mira Castell"


def test_the_disclaimer(claims: list[Claim]) -> None:
    (claim,) = [claim for claim in claims if claim.kind == "disclaimer"]
    assert claim.claimant == "the report itself"
    assert "verify" in claim.text
