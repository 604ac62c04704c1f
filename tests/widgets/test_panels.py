"""Each widget gives plain data that can be typed as well, says its state in words, and bears whatever a page sends."""

from __future__ import annotations

import pandas as pd
import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import course
from course import widgets
from course.corpus import load_case
from course.corpus.lessons import open_lesson
from course.extract import copied_runs, quantities_in
from course.handin import from_plain, hand_in, to_plain
from course.widgets.base import Widget
from course.widgets.panel import Panel

CASE = load_case("bakhmut-2023")
REPORT = CASE.report("wion")
SENTENCE = "John Kirby estimated that Russia had suffered more than 100,000 casualties since December."
LINKS = {"KXL": "outlet", "AP": "agency", "White House briefing": "briefing", "Reuters": ""}
CODERS = {"Ana": {"said": "neutral", "claimed": "distancing"}, "Ben": {"said": "neutral", "claimed": "neutral"}}
SEASONS = {"Autumn": 4100, "Winter": 4600, "Spring": 5000}

# What makes it, what a hand does to it, and what its value then is.
WIDGETS = {
    "chain": (lambda: widgets.chain_builder(LINKS, "2.4"), {"order": ["KXL", "AP"]}, ["KXL", "AP"]),
    "verbs": (
        lambda: widgets.verb_swapper(SENTENCE, "3.1"),
        {"verb": "claimed"},
        {"verb": "claimed", "sentence": SENTENCE.replace("estimated", "claimed")},
    ),
    "hedge": (lambda: widgets.hedge_slider(20_000, "4.1"), {"hedge": 5, "number": 30_000}, course.more_than(30_000)),
    "bounds": (
        lambda: widgets.bound_calculator(task="5.1"),
        {"a_hedge": "between", "a_number": "5,000", "a_upper": "7 000", "sign": "-", "b_hedge": "exactly", "b_number": "1000"},
        course.between(4000, 6000),
    ),
    "matrix": (
        lambda: widgets.filter_matrix(CASE.claims.head(12), "6.1", definitions=CASE.definitions),
        {"measure": "killed", "chosen": ["U010", "U002"]},
        ["U002", "U010"],
    ),
    "hide": (lambda: widgets.show_and_hide(REPORT, "7.1"), {"hidden": ["9", "2"]}, [2, 9]),
    "twister": (
        lambda: widgets.axis_twister(SEASONS, "8.1", label="Reports", title="Seasons", source="invented"),
        {"start": 4000, "shape": "tall and narrow"},
        {"start": 4000, "shape": "tall and narrow", "upside_down": False, "label": True, "source": True},
    ),
    "adjudicator": (
        lambda: widgets.adjudicator(CODERS, "9.1", labels=["neutral", "distancing"]),
        {"decided": {"claimed": "distancing"}},
        {"claimed": "distancing"},
    ),
    "form": (
        lambda: widgets.claim_form(REPORT, "10.1"),
        {"claimant": "John Kirby", "cue": "told reporters", "content": "casualties were above 100,000", "lower": "100,000", "lower_open": True},
        {"claimant": "John Kirby", "cue": "told reporters", "content": "casualties were above 100,000", "lower": 100_000, "lower_open": True},
    ),
    "sheet": (
        lambda: widgets.claim_sheet(REPORT, "10.3"),
        {"claim": "2", "2.claimant": "John Kirby", "2.cue": "told", "2.content": "rests on intelligence"},
        [{"claimant": "John Kirby", "cue": "told", "content": "rests on intelligence"}],
    ),
    "explorer": (
        lambda: widgets.claim_explorer(CASE, "10.2"),
        {"claimant": "John Kirby", "measure": "killed", "words": ""},
        list(CASE.claims[(CASE.claims.claimant == "John Kirby") & (CASE.claims.measure == "killed")].id),
    ),
}  # fmt: skip
every = pytest.mark.parametrize("name", WIDGETS)


def used(name):
    make, state, _ = WIDGETS[name]
    made = make()
    made.state = {**made.state, **state}
    return made


@every
def test_what_a_hand_does_is_the_value(name):
    assert used(name).value == WIDGETS[name][2]


@every
def test_the_line_to_type_gives_the_same(name):
    made = used(name)
    known = {
        **{word: getattr(course, word) for word in course.__all__},
        **vars(widgets),
        "sentence": SENTENCE,
        "claims": CASE.claims,
    }
    typed = eval(made.typed, known)
    assert typed == made.value and type(typed) is type(made.value)


@every
def test_it_is_handed_in_like_what_is_typed(name):
    made = used(name)
    assert hand_in("1.1", part=made).part == from_plain(to_plain(WIDGETS[name][2]))
    assert made.handed_in


@every
def test_it_is_found_again(name):
    used(name)
    assert WIDGETS[name][0]().value == WIDGETS[name][2]


@every
def test_its_words_follow_the_hand(name):
    make, _, _ = WIDGETS[name]
    before, after = make().summary(), used(name).summary()
    assert before and after and before != after
    shown = used(name)._static()
    assert after in shown["text/plain"] and len(shown["text/html"]) > 100


@every
def test_every_control_has_a_label_and_fits_its_own_state(name):
    made = used(name)
    for field in made.fields:
        assert field["label"].strip(), field
    assert made.sound(made.state) == made.state


leaf = (
    st.none()
    | st.booleans()
    | st.integers(-9, 99999)
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["KXL", "9", "U001"])
)
junk = st.recursive(
    leaf,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@every
@settings(examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_that_a_page_sends_can_break_it(name, data):
    made = WIDGETS[name][0]()
    made.state = {key: data.draw(junk) for key in made.state}
    assert made.sound(made.state) == made.state
    assert made.summary()
    hand_in("1.1", part=made)


def test_swapping_the_verb_changes_no_figure_and_names_the_stance():
    for verb in widgets.reports.VERBS:
        made = widgets.verb_swapper(SENTENCE)
        made.state = {"verb": verb}
        sentence = made.value["sentence"]
        assert verb in sentence
        assert [m.span.of(sentence) for m in quantities_in(sentence)] == ["more than 100,000"]
        assert "The figures stay: more than 100,000" in made.summary()
    assert "claimed” is distancing" in used("verbs").summary()
    with pytest.raises(ValueError, match="No cue is found"):
        widgets.verb_swapper("It rained.")
    with pytest.raises(ValueError, match="does not have the words"):
        widgets.swapped(SENTENCE, "whispered", "said")


def test_two_lower_bounds_give_no_difference_and_it_says_why():
    made = widgets.bound_calculator(course.more_than(100_000), "-", course.more_than(20_000))
    assert made.value == course.Quantity()
    assert "cannot be concluded" in made.summary()
    assert made.typed == "more_than(100_000) - more_than(20_000)"


def test_entries_that_cannot_be_read_are_named():
    made = widgets.bound_calculator(task="5.2")
    made.state = {**made.state, "a_number": "many", "b_number": "3"}
    assert made.faults == {"a_number": "Write a number, such as 20,000."} and made.value is None
    made.state = {**made.state, "a_number": "3", "b_number": "0", "sign": "÷"}
    assert "divided by 0" in made.summary()


def test_the_matrix_says_why_claims_may_not_be_compared():
    made = used("matrix")
    made.state = {**made.state, "measure": "", "chosen": ["U001", "U002"]}
    assert "cannot be compared" in made.summary() and "casualties (U001); killed (U002)" in made.summary()
    assert len(made.fields[-1]["rows"]) == 12
    made.state = {**made.state, "measure": "wounded"}
    assert [row["key"] for row in made.fields[-1]["rows"]] == ["U001", "U002", "U003"], "the chosen stay in sight"


def test_claims_with_the_same_letters_are_not_the_same_claims():
    one, other = (open_lesson("06-side-by-side", case).claims("rivals") for case in ("bakhmut-2023", "flood"))
    made = widgets.filter_matrix(one, "6.2")
    made.state = {**made.state, "chosen": ["C", "D"]}
    assert widgets.filter_matrix(one, "6.2").value == ["C", "D"]
    assert widgets.filter_matrix(other, "6.2").value == []
    assert repr(made) == "Which may be compared? C and D can be compared."


def test_hiding_tells_what_a_reader_loses():
    made = widgets.show_and_hide(REPORT)
    number = next(key for key, text in made.fields[0]["items"] if "cannot verify" in text)
    made.state = {"hidden": [number]}
    assert "not verified is gone" in made.summary()
    seen = "".join(text for text, _ in made.shown[0]["parts"])
    assert "cannot verify" not in seen and "John Kirby" in seen


def test_hiding_tells_which_number_stays_without_its_limit():
    made = widgets.show_and_hide(
        "The mayor said that 40 boats sank. The Gull wrote that at least 40 boats sank. It rained."
    )
    made.state = {"hidden": ["2"]}
    assert "no longer with words that limit it: 40." in made.summary()
    for others in (["1"], ["3"], ["1", "2"]):
        made.state = {"hidden": others}
        assert "no longer with words" not in made.summary()


def test_a_hidden_paragraph_leaves_no_hole():
    made = widgets.show_and_hide("One boat sank.\n\nIt rained.\n\nTwo boats came home.")
    made.state = {"hidden": ["2"]}
    assert "".join(text for text, _ in made.shown[0]["parts"]) == "One boat sank.\n\nTwo boats came home."
    made.state = {"hidden": ["1", "2"]}
    assert "".join(text for text, _ in made.shown[0]["parts"]) == "Two boats came home."


def test_the_twisted_axis_is_found_and_the_honest_one_is_not():
    made = used("twister")
    said = " ".join(made.shown[1]["items"])
    assert "begins at 4,000" in said and "10.0 times" in made.summary()
    made.state = {**made.state, "start": 0, "shape": "even"}
    assert made.shown[1]["items"] == ["Nothing that would mislead."]
    assert hand_in("8.1", chart=made.figure).chart["kind"] == "bars"
    # what it begins with, honest or not, is nobody's answer
    misled = widgets.axis_twister(SEASONS, "8.2", start={"start": 4000, "upside_down": True})
    assert hand_in("8.2", settings=misled).settings is None and misled.unless(None) is None
    misled.state = {**misled.state, "start": 0}
    assert hand_in("8.2", settings=misled).settings == misled.value != misled.unless({"start": 0})
    for wrong in ({"a": 1}, {"a": 0, "b": 1}):
        with pytest.raises(ValueError, match="two numbers"):
            widgets.axis_twister(wrong)


def test_a_claim_is_checked_while_it_is_written():
    made = widgets.claim_form(REPORT, "10.3")
    assert "Still needed: claimant, cue, content." in made.summary()
    made.state = {
        **made.state,
        "cue": "shouted",
        "lower": "9",
        "upper": "3",
        "period_start": "2023-05-40",
        "url": "example",
    }
    assert set(made.faults) == {"cue", "upper", "period_start", "url"}
    with pytest.raises(ValueError, match=r"cue: These words.*claimant: It is missing"):
        widgets.claim_entry(REPORT, cue="shouted", content="winter")
    with pytest.raises(ValueError, match="no entry 'who'"):
        widgets.claim_entry(who="x")


def test_the_explorer_draws_only_what_belongs_together():
    made = widgets.claim_explorer(CASE)
    made.state = {**made.state, "chart": True}
    assert "There is no chart" in made.shown[0]["text"], "percent and persons do not share an axis"
    made.state = {**made.state, "measure": "killed", "unit": "persons"}
    assert made.shown[0]["kind"] == "list" and "one axis" in made.shown[0]["title"]
    made.state = {**made.state, "claimant": "John Kirby", "measure": "killed", "words": "U002"}
    assert made.shown[0]["kind"] == "picture" and "20,000" in made.shown[0]["alt"]
    with pytest.raises(ValueError, match="no column 'mood'"):
        widgets.claim_explorer(CASE, columns=["mood"])


def test_two_annotations_are_needed_in_full():
    for wrong in ({"Ana": {"a": "x"}}, {"Ana": {"a": "x"}, "Ben": {"b": "x"}}):
        with pytest.raises(ValueError, match=r"two columns|no label"):
            widgets.adjudicator(wrong)
    table = pd.DataFrame({"item": ["a", "b"], "Ana": ["x", "y"], "Ben": ["x", "x"]})
    made = widgets.adjudicator(table, only_differing=False)
    assert [row["key"] for row in made.fields[0]["rows"]] == ["a", "b"]


def test_the_words_that_were_annotated_stand_beside_the_item():
    table = pd.DataFrame({"item": ["a", "b"], "text": ["He said so.", "It rained."], "Ana": "x", "Ben": ["x", "y"]})
    made = widgets.adjudicator(table[["item", "Ana", "Ben"]], texts=table.set_index("item")["text"])
    (row,) = made.fields[0]["rows"]
    assert row["key"] == "b" and row["cells"] == ["b. It rained.", "x", "y"]
    made.state = {"decided": {"b": "y"}}
    assert made.value == {"b": "y"} and "with Ben 1" in made.summary()


def test_feedback_says_what_was_received_and_gives_hints_one_by_one():
    answer = hand_in("1.3", source="John Kirby", cue=None)
    made = widgets.feedback(
        "1.3", answer, ["Find the verb.", "Who does it?"], checks=lambda one: one.require(list, "source")
    )
    assert "Received: 1 of 2. Still without an answer: cue. Not yet: source should be a list" in made.summary()
    assert [block["kind"] for block in made.shown] == ["table"]
    made.state = {"hints": 1}
    assert made.shown[1]["items"] == ["Find the verb."] and not made.fields[0]["off"]
    made.state = {"hints": 99}
    assert made.shown[1]["items"] == ["Find the verb.", "Who does it?"] and made.fields[0]["off"]
    passed = widgets.feedback("1.3", answer, checks=lambda one: one.require(str, "source"))
    assert passed.summary().endswith("The visible checks pass.")


def test_feedback_knows_a_function_a_table_and_a_chart_when_it_receives_one():
    chart = course.counts(["event"], title="One kind", source="invented")
    answer = hand_in("4.5", read=lambda phrase: 1, table=pd.DataFrame({"a": [1, 2]}), chart=chart, nothing=[])
    rows = dict(widgets.feedback("4.5", answer).shown[0]["rows"])
    assert rows == {"read": "a function", "table": "a table with 2 rows", "chart": "a chart: One kind", "nothing": "no answer yet"}  # fmt: skip
    assert "Received: 3 of 4. Still without an answer: nothing." in widgets.feedback("4.5", answer).summary()


def test_a_card_with_a_whole_sentence_reads_as_one():
    made = widgets.chain_builder({"p": "The agency wrote it.", "AP": "agency", "KXL": ""}, "2.3")
    assert [label for _, label in made.fields[0]["items"]] == ["p: The agency wrote it.", "AP (agency)", "KXL"]


LONG = "On 1 May, the report opens, the United States estimated that the Russian military had 100,000 casualties"


def test_no_file_and_no_notebook_gets_more_than_six_words_in_a_row_of_the_report(own_folder, capsys):
    assert LONG in REPORT.text
    for made, key in (
        (widgets.claim_form(REPORT, "10.3"), "content"),
        (widgets.claim_sheet(REPORT, "10.3"), "2.claimant"),
    ):
        made.state = {**made.state, key: LONG}
        (path,) = own_folder.glob(f"counterclaim-work/*-{made.kind}-*.json")
        outside = [path.read_text("utf-8"), made.code(), str(made.plain()), *map(str, made._static().values())]
        assert not [text for text in outside if copied_runs(text, REPORT.text)]
        assert "On 1 May ... had 100,000 casualties" in outside[0]
        again = type(made)(REPORT.text, "10.3", 6 if made.kind == "sheet" else 1, "again")
        assert again.state[key] == "On 1 May ... had 100,000 casualties"


def test_a_sheet_holds_several_claims_and_says_what_each_needs():
    made = widgets.claim_sheet(REPORT, "10.3", claims=3)
    assert made.unless(None) == [] and made.summary() == "Claims begun: 0 of 3."
    assert [option[1] for option in made.fields[0]["options"]] == ["Claim 1, empty", "Claim 2, empty", "Claim 3, empty"]
    made.state = {**made.state, "1.claimant": "John Kirby", "1.cue": "said", "1.content": "rests on intelligence"}
    made.state = {**made.state, "claim": "3", "3.claimant": "WION", "3.cue": "shouted", "3.lower": "20,000"}
    assert "Claim 3 still needs: content. Claim 3, to mend: cue." in made.summary()
    assert "Claim 2 is empty: fill it first" in made.summary()
    assert set(made.faults) == {"3.cue"} and [row[0] for row in made.shown[0]["rows"]] == ["1", "3"]
    assert [one["claimant"] for one in made.value] == ["John Kirby", "WION"] and made.value[1]["lower"] == 20_000
    assert eval(made.code(), {"claim_entry": lambda **entries: entries}) == made.value
    made.state = {**made.state, "claim": "9", "4.claimant": "nobody"}
    assert made.state["claim"] == "1" and "4.claimant" not in made.state
    for wrong in (0, True, 31, "3"):
        with pytest.raises(ValueError, match="whole number"):
            widgets.claim_sheet(REPORT, claims=wrong)


@pytest.mark.parametrize("kind", [Widget, Panel])
def test_a_widget_that_leaves_a_question_open_cannot_be_made(kind: type[Widget]) -> None:
    with pytest.raises(TypeError, match="summary, value"):
        kind(task="1.1", about="x", heading="h", start={})
