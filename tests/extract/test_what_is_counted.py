"""What a number counts, one table a kind: the sentence, and (lower bound, measure) of each of its quantities. Nobody in them exists."""

from __future__ import annotations

import pytest

from course.extract import counting_words, quantities_in

KINDS: dict[str, list[tuple[str, list[tuple[float, str]]]]] = {
    "headlines in title case": [
        ("Storm Kills 41 in Ostrell", [(41, "killed")]),
        ("Gunmen Shoot Dead 6 Fishermen on Lake", [(6, "killed")]),
        ("Mine Blast Kills 3, Injures 9", [(3, "killed"), (9, "wounded")]),
        ("7 Dead, 20 Injured After Ferry Sinks", [(7, "killed"), (20, "wounded")]),
        ("Rebels Free 30 Hostages Near Ferrish", [(30, "captured")]),
    ],
    "displacement": [
        ("Almost 8,000 villagers fled across the river.", [(8_000, "displaced")]),
        ("At least 600 families have sought refuge in schools.", [(600, "displaced")]),
        ("Some 2,300 people are sheltering in tents.", [(2_300, "displaced")]),
        ("About 900 residents, the council said, left their homes.", [(900, "displaced")]),
        ("The shelling has driven 12,000 people from Ferrish.", [(12_000, "displaced")]),
        ("Troops relocated 70 shepherds.", [(70, "displaced")]),
        ("More than 4,000 were forced to flee.", [(4_000, "displaced")]),
        ("Some 5,000 IDPs live in the valley.", [(5_000, "displaced")]),
    ],
    "euphemism and loss": [
        ("The raid neutralised 15 gunmen.", [(15, "killed")]),
        ("The strike eliminated eleven fighters.", [(11, "killed")]),
        ("Ferrish has lost 340 soldiers since May.", [(340, "killed")]),
        ("The party lost 20 seats.", [(20, "")]),
        ("Nineteen people lost their lives.", [(19, "killed")]),
        ("Some 80 marines, the ministry said, were taken captive.", [(80, "captured")]),
    ],
    "tolls": [
        ("The death toll climbed to 88.", [(88, "killed")]),
        ("The death toll has passed 1,000.", [(1_000, "killed")]),
        ("The death toll from the landslide above the village rose to 62.", [(62, "killed")]),
        ("The number of displaced people stands at 450.", [(450, "displaced")]),
        ("Casualties fell to 12 in June.", [(12, "casualties")]),
        ("The price of bread rose to 40.", [(40, "")]),
    ],
    "parts of a whole": [
        ("Eight pupils were among the 30 people killed.", [(8, "killed"), (30, "killed")]),
        ("Two of its drivers were among the wounded.", [(2, "wounded")]),
        ("Of the dead, 9 were fishermen.", [(9, "killed")]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"), [pytest.param(*one, id=f"{kind}: {one[0]}") for kind, rows in KINDS.items() for one in rows]
)
def test_what_is_counted_is_told_as_it_stands(text, wanted):
    assert [(one.quantity.lower, one.measure) for one in quantities_in(text)] == wanted


def test_whoever_adds_a_phrase_needs_no_python(monkeypatch):
    sentence = "Some 40 sailors were put in irons."
    assert quantities_in(sentence)[0].measure == ""
    known = counting_words.rows
    added = {"phrase": "put in irons", "measure": "captured", "counted": "subject", "of": ""}
    monkeypatch.setattr(
        counting_words, "rows", lambda name: (*known(name), added) if name == "measure-phrases" else known(name)
    )
    cached = [one for one in vars(counting_words).values() if hasattr(one, "cache_clear")]
    for one in cached:
        one.cache_clear()
    try:
        assert quantities_in(sentence)[0].measure == "captured"
    finally:
        for one in cached:
            one.cache_clear()
