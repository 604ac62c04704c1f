"""Numbers as people write them, one table a kind: the sentence, and the bounds of what it counts. Nobody in them exists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.extract import attributions_in, claims_in, quantities_in

INF = None
KINDS: dict[str, list[tuple[str, list[tuple[float | None, float | None]]]]] = {
    "grouped by spaces or apostrophes": [
        ("The guard said that 14\u00a0200 people left Ostrell.", [(14_200, 14_200)]),
        ("The guard said that 14\u202f200 people left Ostrell.", [(14_200, 14_200)]),
        ("Some 3 400 000 hectares burned.", [(3_400_000, 3_400_000)]),
        ("More than 7'500 houses were flooded.", [(7_500, INF)]),
        ("Between 12 000 and 15 000 people fled.", [(12_000, 15_000)]),
        ("The repair cost €2 300 million.", [(2_300e6, 2_300e6)]),
        ("On 12 May 300 people fled.", [(300, 300)]),
        ("On May 12 300 people fled.", [(300, 300)]),
        ("Flight 370 239 people on board vanished.", [(239, 239)]),
        ("In 2019 500 people fled.", [(500, 500)]),
    ],
    "fractions of a large number": [
        ("Officials said that half a million people fled.", [(500_000, 500_000)]),
        ("About three quarters of a million cattle drowned.", [(750_000, 750_000)]),
        ("A quarter of a million homes lost power.", [(250_000, 250_000)]),
        ("Nearly a half million people fled.", [(500_000, 500_000)]),
        ("More than a million and a half people fled.", [(1_500_000, INF)]),
        ("Two million and a quarter were spent.", [(2_250_000, 2_250_000)]),
        ("Over 4½ million trees fell.", [(4_500_000, INF)]),
        ("Two and a half million people fled.", [(2_500_000, 2_500_000)]),
        ("Half of the boats sank.", [(0.5, 0.5)]),
    ],
    "in two parts": [
        ("Three thousand, four hundred people fled.", [(3_400, 3_400)]),
        ("Some 2 million 150 thousand people fled.", [(2_150_000, 2_150_000)]),
        ("Two hundred thousand and eighty-one people voted.", [(200_081, 200_081)]),
        ("It lost five thousand, and six hundred were wounded.", [(5_000, 5_000), (600, 600)]),
    ],
    "one in so many": [
        ("The board said that one in four wells was dry.", [(0.25, 0.25)]),
        ("One in 20 boats sank.", [(0.05, 0.05)]),
        ("Nine in ten houses were damaged.", [(0.9, 0.9)]),
        ("It is the one in Ostrell.", []),
    ],
    "ranges that share a scale": [
        ("Six to eight thousand people fled.", [(6_000, 8_000)]),
        ("Between two and three million people fled.", [(2e6, 3e6)]),
        ("Some 1.4 million-1.6 million people fled.", [(1.4e6, 1.6e6)]),
        ("From five hundred to two thousand people fled.", [(500, 2_000)]),
    ],
    "years that belong together": [
        ("In the 2031-32 season 40 boats sank.", [(40, 40)]),
        ("In 2029/30 about 200 people fled.", [(200, 200)]),
        ("The drought of 1999–00 killed 90 cows.", [(90, 90)]),
        ("Some 1500-2000 people fled.", [(1500, 2000)]),
    ],
    "marks of footnotes": [
        ("Some 12,000[1] people fled.[2][a]", [(12_000, 12_000)]),
        ("Some 12,000² people fled.³", [(12_000, 12_000)]),
        ("Some 90[note 3] people fled.[citation needed]", [(90, 90)]),
        ("It covers 12 km² and 300 people live there.", [(12, 12), (300, 300)]),
    ],
}


@pytest.mark.parametrize(
    ("text", "wanted"), [pytest.param(*one, id=f"{kind}: {one[0]}") for kind, rows in KINDS.items() for one in rows]
)
def test_a_number_is_read_as_it_was_meant(text, wanted):
    found = [(one.quantity.lower, one.quantity.upper) for one in quantities_in(text)]
    assert found == [pytest.approx(pair) if None not in pair else pair for pair in wanted]


@given(st.integers(1_000, 999_999_999), st.sampled_from(["\u00a0", "\u202f", "\u2009", "'", "’", ","]))
def test_every_number_grouped_by_a_mark_is_one_number(number, mark):
    (found,) = quantities_in(f"The guard counted {f'{number:,}'.replace(',', mark)} birds.")
    assert found.quantity.lower == found.quantity.upper == number


@pytest.mark.parametrize(
    "text",
    [
        "“We counted 40 boats on the lake,” — Ida Voss, harbour master of Ostrell",
        '"We counted 40 boats on the lake." - Harbour Master Ida Voss',
        "“We counted 40 boats on the lake.”\n— Ida Voss",
        "“We counted 40 boats on the lake.” ~ Ida Voss",
    ],
)
def test_who_signs_a_quotation_says_it(text):
    (claim,) = claims_in(text)
    assert "Ida Voss" in claim.claimant and claim.attribution and claim.attribution.form == "direct"


@pytest.mark.parametrize(
    "text",
    [
        "“It is over for all of us here” - he left the room.",
        "The sign “No boats on the lake today” - Ostrell has four - is old.",
    ],
)
def test_a_dash_behind_a_quotation_is_not_always_a_signature(text):
    assert not [one for one in attributions_in(text) if one.rule == "signature"]
