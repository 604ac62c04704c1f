"""Every other widget in a real page: it follows a hand, says so in words, fits small windows, and axe finds nothing serious."""

from __future__ import annotations

import pytest

SET_UP = """\
from course import hand_in, load_case, more_than, start_lesson
from course.widgets import *
lesson = start_lesson("01-one-claim", "bakhmut-2023", "anyone")
case = load_case("bakhmut-2023")
answer = hand_in("1.3", source="John Kirby", cue=None)"""
WIDGETS = {
    "feedback": 'feedback("1.3", answer, ["Find the verb.", "Who does that verb?"])',
    "chain": 'chain_builder({"KXL": "outlet", "AP": "agency", "White House briefing": ""}, "2.4")',
    "verbs": 'verb_swapper(lesson.table("to_take_apart").text["a"], "3.1")',
    "hedge": 'hedge_slider(20_000, "4.1", unit="people")',
    "bounds": 'bound_calculator(more_than(100_000), "-", more_than(20_000), "5.1")',
    "matrix": 'filter_matrix(case.claims.head(12), "6.1", definitions=case.definitions)',
    "hide": 'show_and_hide(lesson.report, "7.1")',
    "twister": 'axis_twister({"Autumn": 4100, "Winter": 4600}, "8.1", label="Reports", title="Seasons", source="invented")',
    "adjudicator": 'adjudicator({"Ana": {"claimed": "distancing"}, "Ben": {"claimed": "neutral"}}, "9.1")',
    "form": 'claim_form(lesson.report, "10.1")',
    "explorer": 'claim_explorer(case, "10.2")',
}


@pytest.fixture(scope="module")
def page(lab):
    """All panels in one notebook."""
    page = lab.open("panels", SET_UP, *WIDGETS.values())
    lab.run_all()
    page.locator(".cc-panel").nth(len(WIDGETS) - 1).wait_for()
    lab.save()
    return page


@pytest.fixture
def widget(page):
    return lambda name: page.locator(".cc-panel").nth(list(WIDGETS).index(name))


def test_hints_come_one_by_one(widget, until):
    panel = widget("feedback")
    until(panel, "Received: 1 of 2. Still without an answer: cue.")
    panel.get_by_role("button", name="Show a hint").click()
    until(panel, "Find the verb.")
    panel.get_by_role("button", name="Show the next hint").click()
    until(panel, "Who does that verb?")
    assert panel.get_by_role("button", name="No more hints").is_disabled()


def test_a_chain_is_sorted_with_the_keyboard_only(page, widget, until):
    panel = widget("chain")
    panel.get_by_role("button", name="Put AP").focus()
    page.keyboard.press("Enter")
    until(panel, "In the chain: AP.")
    panel.get_by_role("button", name="Put KXL").focus()
    page.keyboard.press("Enter")
    until(panel, "AP has it from KXL")
    panel.get_by_role("button", name="Move KXL (outlet) up").focus()
    page.keyboard.press("Enter")
    until(panel, "KXL has it from AP. First link: AP. 2 names.")
    # the button that was pressed is disabled now; the keyboard must not fall out of the widget
    assert page.evaluate("() => Boolean(document.activeElement.closest('.cc-panel'))")


def test_verbs_hedges_and_bounds_follow_the_hand(page, widget, until):
    widget("verbs").get_by_label("The cue").select_option("claimed")
    until(
        widget("verbs"),
        "“claimed” is distancing, where “estimated” is evidential. The figures stay: more than 100,000.",
    )
    slider = widget("hedge").get_by_label("The hedge")
    slider.focus()
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "more than"
    until(widget("hedge"), "“more than 20,000” means")
    bounds = widget("bounds")
    until(bounds, "cannot be concluded")
    bounds.get_by_role("group", name="Second number").get_by_label("How it is hedged").select_option("exactly")
    until(bounds, "What follows: more than 80,000")


def test_claims_are_chosen_and_sentences_hidden(widget, until):
    matrix = widget("matrix")
    for name in ("U001", "U002"):
        matrix.get_by_role("checkbox", name=f"Choose: {name}").check()
    until(matrix, "U001 and U002 cannot be compared as they stand.")
    hide = widget("hide")
    hide.get_by_role("checkbox", name="cannot verify").check()
    until(hide, "The report's own warning that something is not verified is gone.")


def test_an_axis_is_twisted_and_annotations_are_decided(page, widget, until):
    twister = widget("twister")
    twister.get_by_label("The axis begins at").focus()
    page.keyboard.press("End")
    until(twister, "not at zero")
    decide = widget("adjudicator")
    decide.get_by_role("combobox", name="Your decision: claimed").select_option("distancing")
    until(decide, "with Ana 1")


def test_entries_are_checked_and_cases_explored(widget, until):
    form = widget("form")
    form.get_by_label("Cue (needed)").fill("shouted")
    until(form, "These words do not stand in the report like this. Copy them.")
    assert form.get_by_label("Cue (needed)").get_attribute("aria-invalid") == "true"
    form.get_by_label("Cue (needed)").fill("told reporters")
    until(form, "Still needed: claimant, content.")
    explorer = widget("explorer")
    explorer.get_by_label("Measure").select_option("wounded")
    until(explorer, "3 of 100 claims")


def test_a_picture_of_each(lab, page, widget):
    for name in WIDGETS:
        lab.picture(f"panel-{name}", widget(name))
    assert not lab.too_small() and not lab.too_wide()


def test_axe_finds_nothing_serious(lab, page):
    for summary in page.locator(".cc-panel summary:visible").all():
        summary.click()
    assert not lab.findings()


@pytest.mark.parametrize("window", [{"width": 400, "height": 900}, {"width": 640, "height": 500, "device_scale_factor": 2}], ids=["narrow", "200 %"])  # fmt: skip
def test_dark_and_small_windows_hold_all_of_it(lab, page, window):
    """At 200 % zoom, a window of 1280 by 1000 pixels has room for 640 by 500."""
    lab.theme("Dark")
    try:
        small = lab.open("panels", **window)
        small.locator(".cc-panel").nth(len(WIDGETS) - 1).wait_for()
        assert not lab.too_wide()
        assert not lab.too_small()
        assert not lab.findings()
        for name in ("bounds", "adjudicator", "matrix"):
            lab.picture(f"panel-{name}-{window['width']}", small.locator(".cc-panel").nth(list(WIDGETS).index(name)))
    finally:
        lab.theme("Light")
