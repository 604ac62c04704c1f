"""No name of the practice worlds is that of a real state, place, body or outlet, or looks like one."""

import re
from pathlib import Path

import pandas as pd
import pytest
from nltk.metrics import edit_distance

from course.corpus.places import data_folder
from course.corpus.worlds import load_world

REAL = pd.read_csv(Path(__file__).with_name("real_names.csv"))
STATES, PLACES, OUTLETS, BODIES = (
    list(REAL[REAL["kind"] == kind]["name"]) for kind in ("state", "place", "outlet", "body")
)
NAMES = pd.read_csv(data_folder() / "worlds" / "names.csv", keep_default_na=False)
ORDINARY = set(
    re.findall(
        r"\w+",
        """
    January February March April Monday Tuesday Wednesday Thursday Friday Saturday Sunday GMT I Dr Mrs Mayor Colonel Brigadier Ambassador Private
    Corporal Minister Governor Director General Ministry Defence Affairs Foreign Public Information Staff Armed Forces Authority Council Office
    Board Bureau Union League Provincial National Security Observer Relief Volunteers Count Tally Lower Upper Nether Pass Hill Street Lane Rise
    Mill Tanner Cooper Miller Meadow Radio Sheet Ledger Lantern Almanac Leaf News Daily Water Deputy Widow Madame Mr Great Battle LIVE BREAKING
    CORRECTION EDITOR NOTE DEAD HALF KNOW WE THE FOG INTO OF WALKED WHO NUMBERS FOGHORN KLAXON MILLER MEADOW HALF THEY WHAT AND SPN Flood Quay Sapper Ferryman
    """,
    )
)


def words_of(kinds):
    return sorted({word for name in NAMES[NAMES["kind"].isin(kinds)]["name"] for word in re.findall(r"\w{4,}", name)})


def core(name):
    return re.sub(r"^the\s+", "", name.lower())


@pytest.mark.parametrize("name", words_of(["state", "province"]))
def test_no_state_looks_like_a_real_one(name):
    near = [real for real in STATES if edit_distance(name.lower(), real.lower()) < 3]
    assert not near


@pytest.mark.parametrize("name", words_of(["state", "province", "town", "place", "river"]))
def test_no_place_is_a_letter_away_from_a_real_one(name):
    near = [real for real in STATES + PLACES if edit_distance(name.lower(), real.lower()) < 2]
    assert not near


@pytest.mark.parametrize("name", sorted(NAMES[NAMES["kind"].isin(["outlet", "body"])]["name"]))
def test_no_outlet_or_body_is_a_real_one(name):
    near = [real for real in OUTLETS + BODIES if edit_distance(core(name), core(real)) < 3]
    assert not near


@pytest.mark.parametrize("world", ["border", "flood"])
def test_no_real_state_place_outlet_or_body_is_named_in_a_report(world):
    for id, text in load_world(world).reports.set_index("id")["text"].items():
        found = set(re.findall(r"\b[A-Z]\w+", text)) & set(STATES + PLACES)
        assert not found, f"{id}: {found}"
        for name in OUTLETS + BODIES:
            if name not in (
                "Time",
                "Metro",
                "Dawn",
                "Bild",
                "Vox",
            ):  # words of the language; the capitalised ones are checked below
                assert not re.search(rf"\b{re.escape(name)}\b", text), f"{id}: {name}"


@pytest.mark.parametrize("world", ["border", "flood"])
def test_every_name_in_a_report_is_on_the_list(world):
    known = ORDINARY | {word for name in NAMES["name"] for word in re.findall(r"\w+", name)}
    known |= {word + "s" for word in known} | {"Cassivari", "Pellandran", "Norrundi"}
    for id, text in load_world(world).reports.set_index("id")["text"].items():
        body = text.partition("\n")[2]
        # A capital after a lower-case word is a name; one at the head of a sentence may be any word.
        for found in re.finditer(r"(?<=[a-z,;] )[A-Z][\w]+", body):
            assert found[0] in known, f"{id}: {found[0]!r} is not in names.csv"


def test_the_list_has_no_name_that_no_report_uses():
    texts = " ".join(text for world in ("border", "flood") for text in load_world(world).reports["text"])
    bodies = " ".join(name for world in ("border", "flood") for name in load_world(world).sources["name"])
    outlets = " ".join(name for world in ("border", "flood") for name in load_world(world).reports["outlet"])
    for name in NAMES["name"]:
        assert any(word.lower() in (texts + bodies + outlets).lower() for word in re.findall(r"\w{4,}", name)), name
