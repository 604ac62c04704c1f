"""The word lists: every cue has its frames, every frame its example, every measure its definition, and no side a list of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from course.claim import STANCES, text_of
from course.corpus import cases, columns, data_folder, lexicon, lexicons, load_case, load_world, worlds
from course.extract import attributions_in
from course.extract.lexicons import forms_of, word_set

FRAMES = lexicon("frames")
REAL = pd.read_csv(Path(__file__).resolve().parents[1] / "worlds" / "real_names.csv")
PEOPLES = word_set(
    "russian russians ukrainian ukrainians american americans israeli israelis palestinian palestinians arab arabs iraqi iraqis iranian"
    " armenian armenians azerbaijani azeri azeris sudanese british western soviet muslim jewish christian hamas hezbollah wagner putin zelensky"
)


def _frames_by_cue() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, column in (("cues", "verb"), ("cue_words", "word")):
        for cue, frames in lexicon(name)[[column, "frames"]].itertuples(index=False):
            found.setdefault(cue, set()).update(frames.split())
    return found


# --- cues and frames ---------------------------------------------------------------------------------------------------


def test_at_least_250_cues_have_stance_kind_and_frames() -> None:
    cues = lexicon("cues")
    whole = cues[cues["stance"].isin(STANCES) & (cues["kind"] != "") & (cues["frames"] != "")]
    assert whole["verb"].nunique() >= 250
    assert len(whole) == len(cues)
    assert (cues["stance"].value_counts().reindex(STANCES, fill_value=0) > 10).all()


def test_every_frame_of_a_cue_has_its_example_and_no_other() -> None:
    used = set().union(*_frames_by_cue().values())
    assert set(FRAMES["frame"]) == used, "a frame without a row in frames.csv, or a row for a frame that no cue has"


@pytest.mark.parametrize("row", FRAMES.to_dict("records"), ids=FRAMES["frame"])
def test_example_shows_the_frame_of_its_cue(row: dict[str, str]) -> None:
    assert row["frame"] in _frames_by_cue()[row["cue"]], f"{row['cue']} has no frame {row['frame']}"
    words = re.findall(r"\w+", row["example"].lower())
    assert set(words) & {row["cue"], *forms_of(row["cue"])}
    assert (row["kind"] == "passive") == row["frame"].startswith("P")
    if row["frame"].islower() and row["frame"] in words:
        assert any(form in words[: words.index(row["frame"])] for form in (row["cue"], *forms_of(row["cue"])))
    place = 0
    for part in row["content"].split(" ... "):
        assert part in row["example"][place:], f"{part!r} is not in the example"
        place = row["example"].index(part, place) + len(part)


def test_people_in_the_examples_are_invented() -> None:
    names = set(pd.read_csv(data_folder() / "worlds" / "names.csv")["name"])
    for example in FRAMES["example"]:
        assert set(re.findall(r"[A-Z]\w+ [A-Z]\w+", re.sub(r"\bAccording to ", "", example))) <= names
        assert not set(re.findall(r"(?<=[a-z,] )[A-Z]\w+", example)) - {word for name in names for word in name.split()}


def test_the_extractor_reads_most_examples_as_they_are_marked() -> None:
    missed = []
    for frame, example, content in FRAMES[["frame", "example", "content"]].itertuples(index=False):
        found = [text_of(one.content, example).strip(" ,") for one in attributions_in(example)]
        missed += [] if content in found else [frame]
    assert len(missed) <= len(FRAMES) / 5, f"not found: {', '.join(missed)}"


# --- measures ----------------------------------------------------------------------------------------------------------


def test_every_measure_has_a_definition_and_every_definition_a_measure() -> None:
    used = set(lexicon("measures")["measure"])
    for case in map(load_case, cases()):
        used |= set(case.claims["measure"])
        used |= {one["measure"] for id in case.reports["id"] for one in case.gold(id)["quantities"]}
    for world in map(load_world, worlds()):
        used |= set(world.claims["measure"]) | set(world.groups["measure"])
        used |= {one["measure"] for gold in world.gold.values() for one in gold["quantities"]}
    pairs = pd.read_csv(data_folder() / "worlds" / "measures.csv")
    used |= set(pairs["border"]) | set(pairs["flood"])
    assert set(lexicon("measure-definitions")["measure"]) == used - {""}


def test_every_definition_is_whole_sentences_and_names_its_reference() -> None:
    for row in lexicon("measure-definitions").itertuples():
        for cell in (row.includes, row.leaves_out, row.reference):
            assert cell[0].isupper() and cell.endswith("."), f"{row.measure}: {cell}"
        assert "?" in row.ask or row.ask.endswith("."), row.measure
        assert re.search(r"The course's own definition\.|Every Casualty|usual meaning in public health", row.reference)


# --- one rule for all sides --------------------------------------------------------------------------------------------


def _named(name: str) -> set[str]:
    """The states, peoples, places and bodies that a list names; its examples, references and remarks are left out."""
    real = {one.lower() for one in REAL[REAL["kind"].isin(["state", "place", "body"])]["name"]} - {"po", "don", "time"}
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(real | PEOPLES))) + r")\b")
    table = lexicon(name).drop(columns=["example", "content", "reference", "why", "note"], errors="ignore")
    return {match[0] for column in table for cell in table[column] for match in pattern.finditer(cell.lower())}


@pytest.mark.parametrize("name", sorted(set(lexicons()) - {"aliases"}))
def test_no_list_names_a_state_a_people_or_a_party(name: str) -> None:
    assert not _named(name)


def test_the_short_names_are_the_one_list_of_names() -> None:
    assert {"united nations", "european union"} <= _named("aliases")


def test_seats_of_government_among_the_roles_are_of_more_than_one_side() -> None:
    assert {"kremlin", "pentagon"} <= set(lexicon("roles")["word"])


def test_two_spellings_of_a_cue_have_one_row_in_two_copies() -> None:
    cues = lexicon("cues").drop_duplicates("verb").set_index("verb")
    pairs = [
        (verb, verb[:-3] + "ize") for verb in cues.index if verb.endswith("ise") and verb[:-3] + "ize" in cues.index
    ]
    assert len(pairs) >= 5
    for one, two in pairs:
        assert tuple(cues.loc[one]) == tuple(cues.loc[two]), f"{one} and {two} differ"


@pytest.mark.parametrize(
    ("verbs", "stance"),
    [
        ("admit acknowledge concede confess", "endorsing"),
        ("claim allege assert contend maintain insist", "distancing"),
        ("boast brag", "distancing"),
        ("deny reject dismiss dispute rebut refute", "neutral"),
        ("condemn denounce criticise blame decry deplore", "neutral"),
        ("estimate calculate reckon assess predict project", "evidential"),
        ("confirm verify certify attest", "endorsing"),
    ],
)
def test_words_for_one_act_have_one_stance_whoever_does_it(verbs: str, stance: str) -> None:
    cues = lexicon("cues").drop_duplicates("verb").set_index("verb")["stance"]
    assert dict(cues[verbs.split()]) == dict.fromkeys(verbs.split(), stance)


# --- the lists as tables -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", lexicons())
def test_a_list_is_text_and_its_columns_are_documented(name: str) -> None:
    table, described = lexicon(name), columns(name)
    assert list(described["column"]) == list(table) and (described["meaning"].str.len() > 3).all()
    assert len(table) and all(isinstance(cell, str) for column in table for cell in table[column])
    for column, values in described[["column", "values"]].itertuples(index=False):
        if values:
            assert set(table[column]) <= {*values.split(", "), ""}


def test_every_list_and_column_is_in_the_readme() -> None:
    readme = (data_folder() / "lexicons" / "README.md").read_text("utf-8")
    for name in lexicons():
        assert f"**`{name}.csv`**" in readme, name
        part = readme.split(f"**`{name}.csv`**")[1].split("\n**`")[0]
        if name != "cue_words":  # "Columns as above"
            assert all(f"`{column}`" in part for column in lexicon(name)), name
        assert "*In a lesson*" in part, name


def test_a_list_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(KeyError, match=r"no word list 'verbs'.*cue_words, cues, disclaimers"):
        lexicon("verbs")
    with pytest.raises(KeyError, match=r"no word list '\.\./cases/bakhmut-2023/claims'"):
        lexicon("../cases/bakhmut-2023/claims")
