"""Marked text: what is read is what was written, and what is wrong is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.corpus.gold import gold_of
from course.corpus.markup import MarkupError, form_of, read_marked, read_marks, read_value, write_marks

HEAD = "---\nid: r-01\noutlet: Test\n---\n"


def test_marks_become_spans_of_the_plain_text():
    text, spans = read_marks("[s1 She] [c1 said] [t1 that [q1 over 20] left].")
    assert text == "She said that over 20 left."
    assert {tag: [text[a:b] for a, b in found] for tag, found in spans.items()} == {
        "s1": ["She"],
        "c1": ["said"],
        "t1": ["that over 20 left"],
        "q1": ["over 20"],
    }


def test_a_content_in_two_parts_has_two_spans_in_order():
    text, spans = read_marks("[t1 “A,”] [s1 he] [c1 said]. [t1 “B.”]")
    assert [text[a:b] for a, b in spans["t1"]] == ["“A,”", "“B.”"]


def test_brackets_of_the_text_are_kept():
    assert read_marks(r"It \[sic\] rained.")[0] == "It [sic] rained."


@pytest.mark.parametrize("wrong", ["[t1 open", "closed]", "[t1  space]", "[t1 space ]"])
def test_a_mark_that_does_not_hold_together_is_an_error(wrong):
    with pytest.raises(MarkupError):
        read_marks(wrong)


WORDS = st.text(st.sampled_from("ab[] \n“”"), min_size=0, max_size=30)


@given(st.data())
def test_what_is_written_reads_back(data):
    text = data.draw(WORDS)
    spans = {}
    for tag in ("a1", "b1"):
        # One inside the other or side by side, never crossing; never empty, no white space at the edge.
        ends = (
            sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True)))
            if len(text) > 1
            else None
        )
        if ends and text[ends[0] : ends[1]] == text[ends[0] : ends[1]].strip():
            spans[tag] = [tuple(ends)]
    if len(spans) == 2:
        (a, b), (c, d) = spans["a1"][0], spans["b1"][0]
        if a < c < b < d or c < a < d < b or (a, b) == (c, d):
            del spans["b1"]
    assert read_marks(write_marks(text, spans)) == (text, spans)


@pytest.mark.parametrize(
    ("code", "lower", "upper", "lower_open", "upper_open", "approximate", "whole", "unit"),
    [
        ("200", 200, 200, False, False, False, None, ""),
        ("~200", 200, 200, False, False, True, None, ""),
        (">200", 200, None, True, False, False, None, ""),
        (">=200", 200, None, False, False, False, None, ""),
        ("<200", None, 200, False, True, False, None, ""),
        ("<=200", None, 200, False, False, False, None, ""),
        ("200..300", 200, 300, False, False, False, None, ""),
        ("15/18", 15, 15, False, False, False, 18, ""),
        ("41%", 41, 41, False, False, False, None, "percent"),
        ("10..15%", 10, 15, False, False, False, None, "percent"),
        ("1:4", 0.25, 0.25, False, False, False, None, "share"),
        ("~>=24", 24, None, False, False, True, None, ""),
    ],
)
def test_codes_of_quantities(code, lower, upper, lower_open, upper_open, approximate, whole, unit):
    quantity, found_unit = read_value(code)
    assert (quantity.lower, quantity.upper) == (lower, upper)
    assert (quantity.lower_open, quantity.upper_open) == (lower_open, upper_open)
    assert (quantity.approximate, quantity.whole, found_unit) == (approximate, whole, unit)


@pytest.mark.parametrize("code", ["", "about 200", "200..", "..300", "2/", ">"])
def test_a_code_that_is_none_is_an_error(code):
    with pytest.raises(MarkupError, match="no quantity code"):
        read_value(code)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (["“We left.”"], "direct"),
        (["“We left,”", "“and came back.”"], "direct"),
        (["“One paragraph.", "“And the next.”"], "direct"),
        (["that they “left”"], "mixed"),
        (["that they left"], "indirect"),
        (["that it isn't so"], "indirect"),
        (["that it isn’t so"], "indirect"),
        (['"We left."'], "direct"),
        (["that they 'left' early"], "mixed"),
    ],
)
def test_the_form_follows_from_the_quotation_marks(content, form):
    assert form_of(content) == form


def marked(body, items):
    return read_marked(f"{HEAD}{body}\n---\n{items}\n")


def test_a_mark_without_an_item_is_named():
    with pytest.raises(MarkupError, match="q1"):
        gold_of(marked("Title\n\n[q1 Ten] left.", ""), {})


def test_an_item_without_a_mark_is_named():
    with pytest.raises(MarkupError, match="q1"):
        gold_of(marked("Title\n\nTen left.", "q1 10 displaced"), {})


def test_an_unknown_claimant_is_named():
    with pytest.raises(MarkupError, match="nobody"):
        gold_of(marked("Title\n\n[s1 She] [c1 said] [t1 so].", "a1 nobody name neutral"), {"her": "Her"})


def test_a_quantity_belongs_to_the_innermost_attribution():
    gold = gold_of(
        marked(
            "T\n\n[s1 A] [c1 says] [t1 that [s2 B] [c2 says] [t2 [q1 two] left]].",
            "a1 a name neutral\na2 b name neutral\nq1 2 -",
        ),
        {"a": "A", "b": "B"},
    )
    assert gold["quantities"][0]["by"] == "a2"
    assert [one["nested_in"] for one in gold["attributions"]] == [None, "a1"]
