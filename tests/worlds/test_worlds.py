"""The practice worlds: labelled, parallel, annotated in full, and about nobody who exists."""

import json
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from tools.worlds import built

from course.corpus.annotations import web_annotations
from course.corpus.gold import LABEL
from course.corpus.places import data_folder
from course.corpus.worlds import load_world, worlds

DATA = data_folder() / "worlds"
BORDER, FLOOD = load_world("border"), load_world("flood")
REPORTS = [(world, id) for world in (BORDER, FLOOD) for id in world.gold]
PAIRS = [(id, id.replace("border", "flood")) for id in BORDER.gold]

# What a learner must be able to meet in either world.
PHENOMENA = """
form: direct|form: indirect|form: mixed|cue: before|cue: after|cue: inside|quotation: several sentences|quotation: several paragraphs
source: name|source: body|source: role|source: pronoun|source: relative|source: outlet|source: document|source: unnamed|source: none
stance: neutral|stance: distancing|stance: endorsing|stance: evidential|nested attribution|nested-three-deep|nominal-cue
attribution in the headline|number in the headline|headline-shift|correction|live-blog|passive-attribution|reported-question
number: percentage|number: range|number: vague|number: lower bound|number: upper bound|number: approximate|number: fraction
number: part of a whole|number: rate|number: change|number: in words|two-lower-bounds|percent-of-what|incomparable-periods
slip: unit-slip|slip: time-slip|slip: measure-swap|slip: scope-slip|slip: base-slip|slip: subtraction-of-bounds|slip: percent-of-what
slip: second-hand-series|slip: circular-source|slip: claimant-slip|slip: mean-of-rivals|slip: shared by several outlets
change: qualifier dropped|change: measure shifted|change: scope shifted|change: base shifted|change: number altered
change: speaker shifted|change: unit shifted|change: basis dropped|change: definition dropped|reply: present|reply: absent
silent side|one-side-only|one-side-disclaimer|both-sides-alike|well-founded-trust|circular-source|rumour
disclaimer: figure|disclaimer: side|disclaimer: report|disclaimer: none|no-disclaimer|disclaimer-vouches
no claim: question|no claim: instruction|no claim: opinion|no claim: prediction|no claim: contact|no claim: notice
loaded words|several readings|definition-given|denial-without-number
""".replace("\n", "|").split("|")
PHENOMENA = [name for name in PHENOMENA if name]


def spans_in(gold):
    for one in gold["attributions"]:
        for role in ("source", "cue", "content"):
            yield from one[role]
    for part in ("quantities", "disclaimers", "errors", "no_claim"):
        yield from (one["span"] for one in gold[part])
    yield from gold["hedges"] + gold["loaded"]


def test_both_worlds_have_at_least_twenty_reports_by_at_least_seven_outlets():
    assert worlds() == ["border", "flood"]
    for world in (BORDER, FLOOD):
        assert len(world.reports) >= 20
        assert world.reports["outlet"].nunique() >= 7


@pytest.mark.parametrize(("world", "id"), REPORTS, ids=[id for _, id in REPORTS])
class TestReport:
    def test_it_is_labelled_fictional(self, world, id):
        head = (world.folder / "reports" / f"{id}.md").read_text("utf-8").splitlines()
        assert "fictional: true" in head[: head.index("---", 1)]
        assert head[head.index("---", 1) + 1] == f"> {LABEL}"
        assert world.gold[id]["fictional"] is True and world.gold[id]["label"] == LABEL
        assert world.report(id).kind == "practice"

    def test_it_is_as_long_as_a_short_report(self, world, id):
        assert 150 <= len(world.report(id).text.split()) <= 350

    def test_every_span_has_the_words_that_the_gold_says(self, world, id):
        text = world.report(id).text
        spans = list(spans_in(world.gold[id]))
        assert spans
        for span in spans:
            assert text[span["start"] : span["end"]] == span["text"] != ""
            assert span["text"] == span["text"].strip()

    def test_the_headline_is_its_first_line(self, world, id):
        report = world.report(id)
        assert report.text.startswith(report.title + "\n\n")

    def test_bounds_are_in_order_and_carried_by_an_attribution_there_is(self, world, id):
        known = {one["id"] for one in world.gold[id]["attributions"]}
        for one in world.gold[id]["quantities"]:
            if one["lower"] is not None and one["upper"] is not None:
                assert one["lower"] <= one["upper"]
            assert one["by"] is None or one["by"] in known

    def test_quotation_marks_are_inside_the_content(self, world, id):
        for one in world.gold[id]["attributions"]:
            if one["form"] == "direct":
                assert one["content"][0]["text"][0] in "“‘\"'"
                assert one["content"][-1]["text"][-1] in "”’\"'"

    def test_no_content_runs_over_a_paragraph(self, world, id):
        for span in spans_in(world.gold[id]):
            assert "\n\n" not in span["text"]

    def test_the_outermost_contents_do_not_overlap(self, world, id):
        taken = set()
        for one in world.gold[id]["attributions"]:
            if one["nested_in"] is None:
                for span in one["content"]:
                    places = set(range(span["start"], span["end"]))
                    assert not places & taken, f"{one['id']} overlaps another content"
                    taken |= places

    def test_readings_give_a_choice_and_a_reason_for_each(self, world, id):
        for part in ("attributions", "quantities"):
            for one in world.gold[id][part]:
                for field, number in Counter(reading["field"] for reading in one["readings"]).items():
                    assert number >= 2, f"{one['id']}.{field} has one reading only"
                for reading in one["readings"]:
                    assert len(reading["reason"].split()) >= 3
                if one["readings"] and one["readings"][0]["field"] != "value":
                    assert one["readings"][0]["value"] == one[one["readings"][0]["field"]]

    def test_coverage_names_attributions_there_are(self, world, id):
        known = {one["id"] for one in world.gold[id]["attributions"]}
        for row in world.gold[id]["coverage"]:
            assert set(row["by"]) <= known

    def test_targets_of_disclaimers_are_there(self, world, id):
        gold = world.gold[id]
        known = {one["id"] for part in ("attributions", "quantities") for one in gold[part]}
        for one in gold["disclaimers"]:
            assert one["targets"] and set(one["targets"]) <= known

    def test_as_web_annotation_it_has_every_item_once(self, world, id):
        page = json.loads(json.dumps(web_annotations(world.gold[id], world.report(id))))
        text = world.report(id).text
        assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
        names = [item["id"] for item in page["items"]]
        assert len(names) == len(set(names))
        for item in page["items"]:
            assert item["type"] == "Annotation" and item["body"]
            for target in item["target"]:
                place, quote = target["selector"]
                assert text[place["start"] : place["end"]] == quote["exact"]


# --- parallel ----------------------------------------------------------------------------------------------------------

OTHER_MEASURE = {"casualties": "affected", "captured": "rescued"}
PEOPLE = {"killed", "wounded", "casualties", "affected", "missing", "displaced", "returned", "admitted"}


def kinds_of_quantities(gold):
    same = ("change", "lower_open", "upper_open", "approximate", "vague", "universal", "group")
    return Counter(
        (
            *(one[field] for field in same),
            *(one[field] is None for field in ("lower", "upper", "whole", "by")),
            bool(one["per"]),
            one["unit"] if one["unit"] in ("percent", "share") else "",
            (one["claim"] or "-")[1:],
        )
        for one in gold["quantities"]
    )


@pytest.mark.parametrize(("one", "two"), PAIRS, ids=[one[-2:] for one, _ in PAIRS])
class TestPair:
    def test_each_names_the_other(self, one, two):
        first, second = BORDER.reports.set_index("id").loc[one], FLOOD.reports.set_index("id").loc[two]
        assert (first["counterpart"], second["counterpart"]) == (two, one)
        assert first["date"] == second["date"]

    def test_they_hold_the_same_phenomena(self, one, two):
        assert BORDER.gold[one]["phenomena"] == FLOOD.gold[two]["phenomena"]

    @pytest.mark.parametrize("field", ["form", "stance", "source_kind"])
    def test_they_hold_as_many_attributions_of_each_kind(self, one, two, field):
        kinds = [
            Counter(entry[field] for entry in gold["attributions"]) for gold in (BORDER.gold[one], FLOOD.gold[two])
        ]
        assert kinds[0] == kinds[1]

    def test_the_same_parts_speak(self, one, two):
        other = dict(zip(BORDER.sources["id"], BORDER.sources["counterpart"], strict=True))
        speakers = Counter(other[entry["claimant"]] for entry in BORDER.gold[one]["attributions"])
        assert speakers == Counter(entry["claimant"] for entry in FLOOD.gold[two]["attributions"])

    def test_they_hold_the_same_kinds_of_quantities(self, one, two):
        assert kinds_of_quantities(BORDER.gold[one]) == kinds_of_quantities(FLOOD.gold[two])

    def test_they_count_the_same_things_of_people(self, one, two):
        first = Counter(
            OTHER_MEASURE.get(q["measure"], q["measure"])
            for q in BORDER.gold[one]["quantities"]
            if q["measure"] in PEOPLE
        )
        second = Counter(q["measure"] for q in FLOOD.gold[two]["quantities"] if q["measure"] in PEOPLE)
        assert first == second

    @pytest.mark.parametrize(
        ("part", "field"), [("disclaimers", "reach"), ("errors", "kind"), ("errors", "shared"), ("no_claim", "kind")]
    )
    def test_they_hold_the_same_disclaimers_slips_and_passages(self, one, two, part, field):
        assert Counter(e[field] for e in BORDER.gold[one][part]) == Counter(e[field] for e in FLOOD.gold[two][part])

    def test_they_treat_the_same_claims_alike(self, one, two):
        rows = [
            Counter((row["claim"][1:], tuple(row["changes"]), row["reply"]) for row in gold["coverage"])
            for gold in (BORDER.gold[one], FLOOD.gold[two])
        ]
        assert rows[0] == rows[1]

    def test_they_are_not_one_text_with_other_words_in_it(self, one, two):
        first, second = (set(ngrams(world.report(id).text)) for world, id in ((BORDER, one), (FLOOD, two)))
        assert len(first & second) / min(len(first), len(second)) < 0.2


def ngrams(text, size=5):
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_each_phenomenon_is_in_each_world(phenomenon):
    for world in (BORDER, FLOOD):
        assert any(phenomenon in gold["phenomena"] for gold in world.gold.values()), f"{world.name} lacks it"


# --- fair --------------------------------------------------------------------------------------------------------------


def test_the_slips_are_shared_out_among_the_outlets():
    for world in (BORDER, FLOOD):
        outlets = world.reports.set_index("id")["outlet"]
        faulty = {outlets[id] for id, gold in world.gold.items() if gold["errors"]}
        assert len(faulty) >= 6


def test_both_sides_press_are_caught_at_the_same_faults():
    for world, outlets in (
        (BORDER, ("Ustalle Evening Sheet", "The Quorin Ledger")),
        (FLOOD, ("Pallow Evening Leaf", "The Stell Almanac")),
    ):
        by_outlet = world.reports.set_index("id")["outlet"]
        for outlet in outlets:
            golds = [gold for id, gold in world.gold.items() if by_outlet[id] == outlet]
            assert any(one["reach"] == "side" for gold in golds for one in gold["disclaimers"])
            assert any(gold["loaded"] for gold in golds)
            assert any("claim-in-own-voice" in gold["tags"] for gold in golds)


def test_a_copied_slip_is_in_at_least_three_outlets_and_its_origin():
    for world in (BORDER, FLOOD):
        outlets = world.reports.set_index("id")["outlet"]
        carriers = {outlets[id] for id, gold in world.gold.items() for one in gold["errors"] if one["shared"] == "E1"}
        assert len(carriers) >= 4


def test_a_circular_source_closes_its_circle():
    for world, first, second in ((BORDER, "The Daily Klaxon", "NewsFold"), (FLOOD, "The Foghorn", "RunningPage")):
        steps = set(zip(world.chains["carrier"], world.chains["taken_from"], strict=True))
        assert {(first, second), (second, first)} <= steps


def test_loaded_words_of_the_gold_are_in_the_lexicon():
    known = set(pd.read_csv(data_folder() / "lexicons" / "loaded-words.csv")["word"])
    for world in (BORDER, FLOOD):
        for id, gold in world.gold.items():
            for span in gold["loaded"]:
                assert re.sub(r"[’']s$", "", span["text"].lower()) in known, f"{id}: {span['text']!r}"


# --- tables ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("world", [BORDER, FLOOD], ids=["border", "flood"])
class TestTables:
    def test_every_claimant_is_a_source(self, world):
        known = set(world.sources["id"])
        assert set(world.attributions["claimant"]) <= known
        readings = world.readings
        assert set(readings[readings["field"] == "claimant"]["value"]) <= known
        assert {row["body"] for gold in world.gold.values() for row in gold["silent"]} <= known

    def test_every_claim_and_group_of_the_gold_is_in_its_table(self, world):
        assert set(world.quantities["claim"]) - {""} <= set(world.claims["id"])
        assert set(world.quantities["group"]) - {""} <= set(world.groups["group"])
        assert set(world.claims["group"]) - {""} <= set(world.groups["group"])

    def test_every_claim_is_carried_by_a_report(self, world):
        assert set(world.claims["id"]) == set(world.coverage["claim"])

    def test_figures_of_one_group_have_one_measure_and_one_population(self, world):
        grouped = world.quantities[(world.quantities["group"] != "") & (world.quantities["measure"] != "")]
        wrong = {"G7", "G1b"}  # what became of the drones or pumps; a term of its own
        for group, rows in grouped.groupby("group"):
            if group not in wrong:
                # A slip may swap the measure; the slip is marked, and a swapped figure stands in no group.
                assert rows["measure"].nunique() == 1, f"{group}: {set(rows['measure'])}"

    def test_the_tables_are_those_of_the_reports(self, world):
        assert list(world.reports["id"]) == sorted(world.gold)
        assert list(world.reports["words"]) == [len(text.split()) for text in world.reports["text"]]

    def test_each_claim_has_its_quantity(self, world):
        letter = world.name[0].upper()
        assert (world.quantity(f"{letter}13").value, world.quantity(f"{letter}13").whole) == (15, 18)
        assert world.quantity(f"{letter}01").lower_open and world.quantity(f"{letter}01").upper is None
        assert not world.quantity(f"{letter}23").bounded and world.quantity(f"{letter}23").upper_open
        assert world.quantity(f"{letter}05").value is None
        with pytest.raises(KeyError, match=f"{letter}01"):
            world.quantity("Z99")

    def test_both_parties_are_silent_somewhere_and_the_table_says_why(self, world):
        sides = world.sources.set_index("id")["side"]
        assert len({sides[body] for body in world.silent["body"]}) == 2
        assert (world.silent["says_why"] != "").all()


def test_the_published_files_are_those_that_the_marked_files_give():
    for path, text in built():
        assert path.read_text("utf-8") == text, f"{path.name} is out of date: run python tests/tools/worlds.py build"


def test_unknown_names_are_answered_with_what_there_is():
    with pytest.raises(KeyError, match="border, flood"):
        load_world("sea")
    with pytest.raises(KeyError, match="border-01"):
        BORDER.report("border-99")


def test_every_text_file_says_that_it_is_fictional():
    for path in [*DATA.glob("*/*/*.txt"), *DATA.glob("*/*/*.md")]:
        assert "fictional: true" in path.read_text("utf-8").split("\n---\n")[0], path.name
    for path in DATA.glob("*/gold/*.json"):
        assert json.loads(path.read_text("utf-8"))["fictional"] is True


def test_no_file_holds_a_path_of_a_machine():
    for path in Path(DATA).rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert str(Path.home()) not in text and str(DATA.parents[1].resolve()) not in text, path.name
