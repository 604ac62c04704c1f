"""Whatever the text, extraction does not raise, stays inside the text, and takes time in proportion to its length."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@settings(max_examples=300, deadline=None)
@given(texts)
def test_every_span_lies_in_the_text_and_holds_words(text: str) -> None:
    for span in spans_of(text):
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip()


@settings(max_examples=200, deadline=None)
@given(texts)
def test_the_parts_of_an_attribution_do_not_overlap_and_no_cue_lies_in_a_content(text: str) -> None:
    found = attributions_in(text)
    for attribution in found:
        assert attribution.content
        assert not any(a.overlaps(b) for a in attribution.cue for b in attribution.content)
        assert list(attribution.content) == sorted(attribution.content)
    contents = [span for attribution in found for span in attribution.content]
    for attribution in found:
        assert not any(cue.overlaps(content) for cue in attribution.cue for content in contents)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_sure_ones_are_among_all(text: str) -> None:
    everything = attributions_in(text)
    assert all(item in everything for item in attributions_in(text, sure=True))


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_table_has_a_row_for_every_quantity_and_claim(text: str) -> None:
    claims = claims_in(text)
    assert len(to_frame(claims, text)) == sum(max(1, len(claim.mentions)) for claim in claims)
    assert all(claim.explanation and claim.claimant for claim in claims)


GROWING = {
    "plain": "Mara Voss said on Monday that 1,200 soldiers were killed. “We lost many,” she added. ",
    "no stops": "he said that she said that they claimed 300 were killed and ",
    "open quotation marks": "“he said ",
    "straight marks": '" said he "" that ',
    "single marks": "' ‘ ’ said ",
    "brackets": "((((said ",
    "commas": "Voss, , , the minister, who, ",
    "numbers": "1,000,000 to 2,000,000 or 3 of 4 million ",
    "hyphens": "a-b-c-d-1-2-3-",
    "dots": "U.S.A.B.C...",
    "names": "Ana Bell Cole, Dora Evan Flint, ",
    "disclaimers": "Disclaimer: we cannot verify this.\n\n",
    "speakers": "Ana Bell said that 5 died. ",
    "newlines": "\n said\n",
}


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_length_and_no_faster(name: str) -> None:
    """At 1, 10 and 100 times the length; each factor of ten may cost at most 25 times the seconds, and measuring adds some."""

    def seconds(times: int) -> float:
        text = GROWING[name] * times
        begin = time.process_time()
        claims_in(text)
        return time.process_time() - begin

    unit = max(1, 2000 // len(GROWING[name]))
    seconds(unit)  # the word lists are read
    one, ten, hundred = (
        min(seconds(unit), seconds(unit)),
        min(seconds(10 * unit), seconds(10 * unit)),
        min(seconds(100 * unit), seconds(100 * unit)),
    )
    assert ten <= 25 * max(one, 0.004), f"ten times the text took {ten / max(one, 1e-9):.0f} times as long"
    assert hundred <= 25 * max(ten, 0.04), (
        f"a hundred times the text took {hundred / max(ten, 1e-9):.0f} times as long as ten times"
    )
