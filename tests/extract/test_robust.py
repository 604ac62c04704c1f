"""Whatever the text, extraction does not raise, stays inside the text, and takes time in proportion to its length."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from effort import examples
from hypothesis import example, given
from hypothesis import strategies as st
from tools.counting import calls

from benchmarks.growth import GROWING
from course.claim import Span
from course.extract import attributions_in, claims_in, dates_in, hedges_in, quantities_in, sentences_in, to_frame

PIECES = [
    "Mara Voss said", " that ", "“", "”", '"', "‘", "’", "'", "''", ", ", ". ", "\n\n", "\n", " according to ", "the ministry", " 1,200 ",
    "soldiers were killed", " up to ", "between 5 and ", "a third of", "(", ")", "…", "—", "he", " told reporters", ":", " and added that",
    "Disclaimer: ", "could not be independently verified", "$", "%", "50-year-old", " allegedly ", "1.000.000", "½", "&nbsp;", "<b>", "\u00a0",
    "战争", "قال", "КИЇВ", "١٢٣", "²", "№", "\u200b", "\ud83d\ude80", "MORE THAN 300 DIED", "May 1", "hundreds of thousands", " killing 5", "Col. Gen. ", "U.S.", "|",
]  # fmt: skip
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


def spans_of(text: str) -> Iterator[Span]:
    for attribution in attributions_in(text):
        yield from (*attribution.source, *attribution.cue, *attribution.content)
    for mention in quantities_in(text):
        yield mention.span
    for claim in claims_in(text):
        yield claim.span
        yield from (*claim.hedges, *claim.dates, *claim.places)
    yield from sentences_in(text)
    yield from dates_in(text)
    yield from hedges_in(text)


@examples(600)
@given(texts)
def test_every_span_lies_in_the_text_and_holds_words(text: str) -> None:
    for span in spans_of(text):
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip()


@examples(400)
@given(texts)
@example("A00::")
def test_the_parts_of_an_attribution_do_not_overlap_and_no_cue_lies_in_a_content(text: str) -> None:
    found = attributions_in(text)
    for attribution in found:
        assert attribution.content
        assert not any(a.overlaps(b) for a in attribution.cue for b in attribution.content)
        assert list(attribution.content) == sorted(attribution.content)
    contents = [span for attribution in found for span in attribution.content]
    for attribution in found:
        assert not any(cue.overlaps(content) for cue in attribution.cue for content in contents)


@examples(200)
@given(texts)
def test_the_sure_ones_are_among_all(text: str) -> None:
    everything = attributions_in(text)
    assert all(item in everything for item in attributions_in(text, sure=True))


@examples(200)
@given(texts)
def test_the_table_has_a_row_for_every_quantity_and_claim(text: str) -> None:
    claims = claims_in(text)
    assert len(to_frame(claims, text)) == sum(max(1, len(claim.mentions)) for claim in claims)
    assert all(claim.explanation and claim.claimant for claim in claims)


@pytest.mark.parametrize("name", GROWING)
def test_work_grows_with_the_length_and_no_faster(name: str) -> None:
    """At 1, 10 and 100 times the length. Calls are counted, which no busy machine changes; benchmarks/growth.py has the seconds."""
    unit = max(1, 2000 // len(GROWING[name]))
    claims_in(GROWING[name] * unit)  # the word lists are read
    one, ten, hundred = (calls(claims_in, GROWING[name] * unit * times) for times in (1, 10, 100))
    assert ten <= 12 * one and hundred <= 12 * ten
