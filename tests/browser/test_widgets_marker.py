"""A learner marks a claim, with the mouse, with the keyboard and by touch, hands it in, and loses nothing."""

from __future__ import annotations

import json
import statistics

import pytest
from hands import PATIENCE, drag, press

SET_UP = """\
from course import claims_in, hand_in, start_lesson
from course.widgets import marker
lesson = start_lesson("01-one-claim", "bakhmut-2023", "anyone")
sentence = lesson.table("to_take_apart").text["a"]
source = cue = content = None
parts = {}"""
MARK = 'parts["{0}"] = marker(sentence, "{0}", beside=claims_in(sentence))\nparts["{0}"]'
CHECK = """\
words = parts["{0}"].words
answer = hand_in("{0}", source=words("source", source), cue=words("cue", cue), content=words("content", content))
answer.require(str, "source", "cue", "content")
answer.visible_checks_pass()
print(answer.source, "|", answer.cue, "|", answer.content)"""
CONTENT = "that Russia had suffered more than 100,000 casualties since December"
CELLS = [
    SET_UP,
    MARK.format("1.3"),
    CHECK.format("1.3"),
    MARK.format("1.4"),
    CHECK.format("1.4"),
    'marker(lesson.report, "1.5", ("source", "cue", "content", "quantity"))',
]
LONG = 'marker(" ".join(f"word{i}" if i % 40 else f"end.\\n\\nword{i}" for i in range(3000)), "1.6")'
MOUSE, KEYBOARD, WHOLE = range(3)  # the markers, in the order of the page

# For each key: the time from the key to the frame that shows it, in milliseconds.
PAINT = """() => { window.paints = []; document.addEventListener('keydown', (event) => {
  const begun = event.timeStamp;
  requestAnimationFrame(() => { const after = new MessageChannel(); after.port1.onmessage = () => window.paints.push(performance.now() - begun); after.port2.postMessage(0); });
}, true); }"""
TOUCHED = """() => { window.touched = 0; new MutationObserver((changes) => { window.touched += changes.length; }).observe(
  document.querySelector('.cc-paper'), {subtree: true, childList: true, attributes: true, characterData: true}); }"""


@pytest.fixture(scope="module")
def page(lab):
    """A lesson with markers that nobody used yet."""
    lab.forget()
    page = lab.open("lesson", *CELLS)
    lab.run_all()
    page.locator(".cc-marker").nth(WHOLE).wait_for()
    return page


def marker(page, number):
    return page.locator(".cc-marker").nth(number)


def kept(lab, task):
    (path,) = (lab.folder / "counterclaim-work").glob(f"{task}-marker-*.json")
    return json.loads(path.read_text())["state"]


def test_marking_with_the_mouse_and_handing_in(lab, page, until):
    widget = marker(page, MOUSE)
    until(page.locator(".jp-CodeCell").nth(2), "There is no answer yet")
    assert not widget.get_by_role("button", name="Compare").is_visible(), "nothing was handed in yet"
    for first, last, label in (("John", "Kirby", "source"), ("estimated", "", "cue"), ("that", "December", "content")):
        if last:
            drag(page, widget, first, last)
        else:
            widget.get_by_role("option", name=first, exact=True).click()
        widget.get_by_role("button", name=label).first.click()
        until(widget.locator(".cc-said"), f"Marked as {label}")
    until(widget.locator(".cc-kept"), "Kept in counterclaim-work")
    shown = lab.run_cell(2)
    until(shown, "Task 1.3: the visible checks pass. Your answer is ready.")
    until(shown, f"John Kirby | estimated | {CONTENT}")
    widget.get_by_role("button", name="Compare").click()
    until(widget.locator(".cc-list"), "the program: John Kirby (the same)")
    lab.picture("marker-mouse")


def test_marking_with_the_keyboard_only(lab, page, until):
    widget = marker(page, KEYBOARD)
    widget.get_by_role("button", name="source").focus()
    press(page, "Tab Shift+ArrowRight s ArrowRight c ArrowRight Control+Shift+End Shift+ArrowLeft t")
    until(widget.locator(".cc-said"), f"Marked as content: “{CONTENT}”.")
    press(page, "Control+z")
    until(widget.locator(".cc-said"), "Undone.")
    until(widget.locator(".cc-list"), "not marked yet")
    press(page, "Control+y Control+Home Delete")
    until(widget.locator(".cc-said"), "Removed the marks on “John”.")
    press(page, "Shift+ArrowRight s")
    until(widget.locator(".cc-list"), "John Kirby")
    press(page, "x d d a b Enter")  # in JupyterLab these would cut, delete and add cells
    assert page.locator(".jp-CodeCell").count() == len(CELLS)
    lab.save(with_keys=True)  # what JupyterLab should hear, it hears
    press(page, "Control+a Delete")
    until(widget.locator(".cc-said"), "Removed the marks")
    press(page, "Control+z")
    until(lab.run_cell(4), f"John Kirby | estimated | {CONTENT}")


def test_marks_may_overlap(lab, page, until):
    widget = marker(page, WHOLE)
    widget.locator(".cc-paper").focus()
    press(page, "PageDown Shift+End t Home Shift+ArrowRight s Escape ArrowRight ArrowRight Shift+ArrowRight q")
    first = widget.get_by_role("option", name="John, source and content", exact=True)
    until(widget.locator(".cc-said"), "Marked as quantity")
    assert first.get_attribute("data-begins") == "S T"
    lab.picture("marker-overlap", widget)


def test_axe_finds_nothing_serious_in_the_light(lab, page):
    for number in (MOUSE, WHOLE):
        for summary in marker(page, number).locator("summary").all():
            summary.click()
    assert not lab.findings()
    assert not lab.too_small() and not lab.too_wide()


def test_marking_by_touch_in_a_narrow_dark_window(lab, page, until):
    lab.save()
    lab.theme("Dark")
    try:
        narrow = lab.open("lesson", width=414, height=900, has_touch=True)
        widget = marker(narrow, WHOLE)
        widget.get_by_role("option", name="Oleksandr", exact=True).tap()
        widget.get_by_role("button", name="Longer").tap()
        widget.get_by_role("button", name="source").first.tap()
        until(widget.locator(".cc-said"), "Marked as source: “Oleksandr Syrskyi”.")
        widget.get_by_role("button", name="Remove the mark source: Oleksandr").tap()
        until(widget.locator(".cc-said"), "Removed: source.")
        lab.picture("marker-narrow", widget)
        assert not lab.too_small() and not lab.too_wide()
        assert not lab.findings()
    finally:
        lab.theme("Light")


def test_marking_at_200_percent(lab, page, until):
    """A window of 1280 by 1000 pixels has room for 640 by 500 then."""
    large = lab.open("lesson", width=640, height=500, device_scale_factor=2)
    widget = marker(large, WHOLE)
    drag(large, widget, "Oleksandr", "Syrskyi")
    widget.get_by_role("button", name="source").first.click()
    until(widget.locator(".cc-said"), "Marked as source: “Oleksandr Syrskyi”.")
    lab.picture("marker-200", widget)
    widget.get_by_role("button", name="Remove the mark source: Oleksandr").click()
    assert not lab.too_small() and not lab.too_wide()
    assert not lab.findings()


def test_nothing_is_lost_when_the_kernel_restarts_or_the_page_is_opened_again(lab, until):
    page = lab.open("restart", SET_UP, MARK.format("1.9"), CHECK.format("1.9"))
    lab.run_all()
    widget = marker(page, 0)
    widget.locator(".cc-paper").focus()
    press(page, "Shift+ArrowRight s")
    until(widget.locator(".cc-kept"), "Kept in")
    lab.restart()
    until(widget.locator(".cc-kept"), "The kernel has stopped or restarted")
    widget.locator(".cc-paper").focus()
    press(page, "Control+Home ArrowRight ArrowRight c")  # while there is no kernel for it
    until(widget.locator(".cc-list"), "estimated")
    lab.run_all()
    widget = marker(page, 0)
    until(widget.locator(".cc-list"), "John Kirby")
    until(widget.locator(".cc-list"), "estimated")
    until(widget.locator(".cc-kept"), "Kept in")
    until(lab.run_cell(2), "John Kirby | estimated |")
    assert kept(lab, "1.9") == {"source": [[0, 10]], "cue": [[11, 20]], "content": []}
    until(page.locator(".cc-static"), "as cue: estimated")  # what is saved: it is there, and not seen
    lab.save()
    # opened again with the kernel that still runs: the widget is there, and its words do not stand there twice
    page = lab.open("restart")
    until(marker(page, 0).locator(".cc-list"), "John Kirby")
    assert not page.locator(".cc-static").is_visible()
    # and with no kernel for it: its words are
    lab.menu("Kernel", "Shut Down Kernel")
    page.get_by_text("No Kernel").first.wait_for()
    page.reload()
    page.locator(".cc-static").wait_for(timeout=PATIENCE)
    until(page.locator(".cc-static"), "Marked as source: John Kirby; as cue: estimated.")
    page.wait_for_function(
        "() => !/Error displaying widget|Loading widget/.test(document.querySelector('.jp-Notebook').innerText)"
    )
    lab.picture("marker-without-kernel")


def test_what_is_marked_while_the_kernel_is_busy_comes_before_the_cell_that_is_run_next(lab, until):
    page = lab.open("hurry", SET_UP, MARK.format("1.7"), CHECK.format("1.7"), "import time; time.sleep(6)")
    lab.run_all()
    widget = marker(page, 0)
    page.locator(".jp-CodeCell").nth(3).locator(".cm-content").click()
    press(page, "Control+Enter")
    widget.locator(".cc-paper").focus()
    press(page, "Shift+ArrowRight s ArrowRight c ArrowRight t")
    check = page.locator(".jp-CodeCell").nth(2)
    check.locator(".cm-content").click()
    press(page, "Control+Enter")
    until(check.locator(".jp-OutputArea"), "John Kirby | estimated | that")
    assert kept(lab, "1.7")["content"], "and it is kept"


def test_a_report_of_3000_words_is_not_drawn_anew_at_every_key(lab, record_property):
    """The times are told, not judged: what else runs on the machine adds to them. The words that a key touches are counted."""
    page = lab.open("long", SET_UP, LONG)
    lab.run_all()
    assert page.get_by_role("option").count() >= 3000
    page.evaluate(PAINT)
    page.evaluate(TOUCHED)
    page.locator(".cc-paper").focus()
    press(page, " ".join(["ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "s", "ArrowDown", "q"] * 10))
    page.wait_for_function("() => window.paints.length >= 80")  # Shift is a key of its own
    median = statistics.median(page.evaluate("() => window.paints"))
    record_property("measured", f"3,000 words, 80 keys: from key to paint at the median {median:.1f} ms")
    touched = page.evaluate("() => window.touched")
    assert 60 <= touched < 3000, touched  # one drawing alone would touch them all
