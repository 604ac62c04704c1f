"""Every other widget in a real page: it follows a hand, says so in words, fits small windows, and axe finds nothing serious."""

from __future__ import annotations

import pytest
from every_widget import PANELS, SET_UP
from hands import PATIENCE

# Number what Tab reaches in a widget, in the order of the page; then tell the number of what has the focus, and its outline.
MARK_STOPS = """(widget) => [...widget.querySelectorAll('button, select, input, textarea, summary, [tabindex="0"]')]
  .filter(one => !one.disabled && one.tabIndex >= 0 && one.checkVisibility())
  .forEach((one, number) => { one.dataset.stop = number; })"""
STOP = """() => { const one = document.activeElement; const look = getComputedStyle(one);
  return [one.dataset.stop ?? null, look.outlineStyle === 'none' ? 0 : parseFloat(look.outlineWidth)]; }"""


@pytest.fixture(scope="module")
def page(lab):
    """All panels in one notebook."""
    lab.forget()
    page = lab.open("panels", SET_UP, *PANELS.values())
    lab.run_all()
    page.locator(".cc-panel").nth(len(PANELS) - 1).wait_for()
    lab.save()
    return page


@pytest.fixture
def widget(page):
    return lambda name: page.locator(".cc-panel").nth(list(PANELS).index(name))


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


def test_several_claims_are_entered_one_at_a_time(widget, until):
    from playwright.sync_api import expect

    sheet = widget("sheet")
    sheet.get_by_label("Cue (needed)").fill("shouted")
    until(sheet, "These words do not stand in the report like this. Copy them.")
    sheet.get_by_label("Cue (needed)").fill("told reporters")
    until(sheet, "Claims begun: 1 of 3.")
    sheet.get_by_label("Enter this claim now").select_option("Claim 3, empty")
    expect(sheet.get_by_label("Cue (needed)")).to_have_value("", timeout=PATIENCE)
    sheet.get_by_label("Claimant (needed)").fill("Ukraine")
    until(sheet, "Claim 2 is empty: fill it first")
    assert sheet.get_by_role("row").filter(has_text="told reporters").count() == 1
    sheet.get_by_label("Enter this claim now").select_option("Claim 1")
    expect(sheet.get_by_label("Cue (needed)")).to_have_value("told reporters", timeout=PATIENCE)


def test_a_picture_of_each(lab, page, widget):
    for name in PANELS:
        lab.picture(f"panel-{name}", widget(name))
    assert not lab.too_small() and not lab.too_wide()


@pytest.mark.parametrize("name", PANELS)
def test_tab_leads_through_it_in_order_and_the_focus_is_seen(page, widget, name):
    """From its first control to its last and out again; each has an outline of two pixels at least while it has the focus."""
    panel = widget(name)
    panel.evaluate(MARK_STOPS)
    stops = panel.locator("[data-stop]").count()
    assert stops, "nothing in it can be reached"
    page.keyboard.press("Tab")  # the hand is on the keyboard: from here on the focus is to be seen
    panel.locator("[data-stop='0']").focus()
    seen: list[str | None] = []
    while len(seen) <= stops:
        stop, outline = page.evaluate(STOP)
        assert stop is None or outline >= 2, f"stop {stop} of {name} has an outline of {outline} pixels"
        if stop not in seen:  # a date has a stop each for day, month and year
            seen.append(stop)
        if stop is None:
            break
        page.keyboard.press("Tab")
    assert seen == [*map(str, range(stops)), None]


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
        small.locator(".cc-panel").nth(len(PANELS) - 1).wait_for()
        assert not lab.too_wide()
        assert not lab.too_small()
        assert not lab.findings()
        for number, name in enumerate(PANELS):
            lab.picture(f"panel-{name}-dark-{window['width']}", small.locator(".cc-panel").nth(number))
    finally:
        lab.theme("Light")
