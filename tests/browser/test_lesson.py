"""The whole way of a learner with lesson 1: opened, run, marked by mouse, then by keyboard only, handed in, closed, opened again."""

from __future__ import annotations

import json

import pytest
from hands import drag, press

from course.widgets.kept import records_in

CONTENT = "that Russia had suffered more than 100,000 casualties since December"
PASSED = "Task 1.3: the visible checks pass. Your answer is ready."
WITHIN = "() => Boolean(document.activeElement.closest('.cc-marker'))"


@pytest.fixture(scope="module")
def page(lab):
    """Lesson 1 as `course start` has laid it, run from top to bottom."""
    lab.forget()
    page = lab.open("01-one-claim")
    lab.run_all()
    return page


@pytest.fixture
def cell(page):
    """A code cell of the lesson by words that only it has."""
    return lambda words: page.locator(".jp-CodeCell").filter(has=page.locator(".jp-InputArea", has_text=words))


@pytest.fixture
def task(page, cell):
    """The marker of task 1.3, and the check below it."""
    return page.locator(".cc-marker"), cell('hand_in("1.3"')


def test_marked_by_mouse_and_handed_in(lab, page, task, until):
    widget, check = task
    until(check, "Not yet. There is no answer yet.")
    drag(page, widget, "John", "Kirby")
    widget.get_by_role("button", name="source").first.click()
    until(widget.locator(".cc-list"), "John Kirby")
    lab.run(check)
    until(check, "Still without an answer: cue and content.")
    widget.get_by_role("option", name="estimated", exact=True).click()
    widget.get_by_role("button", name="cue").first.click()
    drag(page, widget, "that", "December")
    widget.get_by_role("button", name="content").first.click()
    until(widget.locator(".cc-kept"), "Kept in counterclaim-work")
    lab.run(check)
    until(check, PASSED)
    lab.picture("lesson-1-marked")


def test_marked_and_handed_in_with_the_keyboard_only(lab, page, task, cell, until):
    widget, check = task
    for label in ("source", "cue", "content"):  # as before anything was done
        for button in widget.get_by_role("button", name=f"Remove the mark {label}").all():
            button.click()
    until(widget.locator(".cc-typed"), "source, cue, content = None, None, None")
    lab.run(check)
    until(check, "Not yet. There is no answer yet.")
    # From the cell into the widget, to its text, and then word by word.
    cell('marker(sentence_a, "1.3"').locator(".cm-content").click()
    press(page, "Escape")
    for _ in range(12):
        press(page, "Tab")
        if page.evaluate(WITHIN):
            break
    assert page.evaluate(WITHIN), "Tab does not lead into the widget"
    while page.evaluate("() => document.activeElement.getAttribute('role')") != "listbox":
        press(page, "Tab")
        assert page.evaluate(WITHIN), "Tab leads past the text"
    press(page, "Control+Home Shift+ArrowRight s ArrowRight c ArrowRight Control+Shift+End Shift+ArrowLeft t")
    until(widget.locator(".cc-said"), f"Marked as content: “{CONTENT}”.")
    before = [cell(words).locator(".jp-InputPrompt").inner_text() for words in ("by_hand = ", 'hand_in("1.3"')]
    press(page, "Shift+Enter Shift+Enter Shift+Enter")  # the marker's cell, the answer cell, the check
    for words, old in zip(("by_hand = ", 'hand_in("1.3"'), before, strict=True):
        lab.wait_until_run(cell(words), old)
    until(check, PASSED)


def test_marks_and_message_are_there_after_a_restart_and_on_another_day(lab, page, task, until):
    lab.save()
    saved = json.loads((lab.folder / "01-one-claim.ipynb").read_text("utf-8"))
    (record,) = (record for _, record in records_in(saved))
    assert record["state"] == {"source": [[0, 10]], "cue": [[11, 20]], "content": [[21, 89]]}
    lab.restart()
    until(task[0].locator(".cc-kept"), "The kernel has stopped or restarted")
    lab.run_all()
    until(page.locator(".cc-marker .cc-list"), CONTENT)
    until(task[1], PASSED)
    lab.save()
    page = lab.open("01-one-claim")
    lab.run_all()
    until(page.locator(".cc-marker .cc-list"), "John Kirby")
    until(page.locator(".cc-marker .cc-kept"), "Found again in counterclaim-work")
    until(page.locator(".jp-CodeCell").filter(has_text='hand_in("1.3"'), PASSED)
