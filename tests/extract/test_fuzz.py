"""Mutated sentences made of the word lists: extraction does not raise, stays inside the text, and does not run away.

Each text is a few sentences in which cues, bounds, numbers, measures, units, disclaimers, hedges and dates of the lexicons stand
in likely and unlikely order, and is then damaged: pieces cut out, doubled, moved, capitals and marks changed.
"""

from __future__ import annotations

import datetime as dt

from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.claim import Claim
from course.corpus.report import Report
from course.extract import attributions_in, claims_in, quantities_in, to_frame
from course.extract.lexicons import forms_of, listed

FICTIONAL = [
    "Vela Marn",
    "the ministry",
    "Gen. Orin Tay",
    "a spokesman",
    "she",
    "who",
    "Velm's army",
    "officials in Velm",
    "Our reporter",
    "",
]
CUES = sorted(form for verb in listed("cues", "verb") for form in forms_of(verb))
WORDS = sorted(listed("cue_words"))
BOUNDS = sorted(listed("bounds", "phrase"))
NUMBERS = [
    *sorted(listed("numbers")),
    "1,140",
    "20,000",
    "3.5",
    "15 of 18",
    "½",
    "10 to 15",
    "2014",
    "41%",
    "all",
    "most",
    "every one",
]
MEASURES = sorted(listed("measures"))
UNITS = sorted(listed("units"))
WARNINGS = sorted(listed("disclaimers", "phrase"))
HEDGES = sorted(listed("hedges", "phrase"))
DATES = [
    "on Monday",
    "last December",
    "two days ago",
    "since 2 May",
    "in late 2022",
    "May 1-3",
    "until 30 June 2024",
    "31 February",
    "last Feb. 29",
]
MARKS = [
    ",",
    ".",
    ":",
    ";",
    " —",
    "“",
    "”",
    '"',
    "‘",
    "’",
    "'",
    "(",
    ")",
    "…",
    "!",
    "?",
    "\n",
    "\n\n",
    "\u00a0",
    "&nbsp;",
    "-",
    "%",
    "$",
    "/",
]
JOINTS = [
    "that",
    "and",
    "but",
    "of",
    "to",
    "as",
    "if",
    "there is talk of",
    "the word is that",
    "it seems",
    "went on",
    "is confident that",
    "of whom",
]

piece = st.one_of(
    *map(
        st.sampled_from,
        (FICTIONAL, CUES, WORDS, BOUNDS, NUMBERS, MEASURES, UNITS, WARNINGS, HEDGES, DATES, MARKS, JOINTS),
    )
)
plain = st.builds(
    lambda who, cue, bound, number, unit, measure, date, mark: f"{who} {cue} that {bound} {number} {unit} {measure} {date}{mark} ",
    *map(st.sampled_from, (FICTIONAL, CUES, BOUNDS, NUMBERS, UNITS, MEASURES, DATES, [".", ",", "?", "", ".”", ":\n\n“"])),
)  # fmt: skip
loose = st.lists(piece, min_size=1, max_size=14).map(lambda pieces: " ".join(pieces) + " ")
cuts = st.tuples(
    st.sampled_from(["cut", "double", "move", "upper", "lower", "insert"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(MARKS),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Sentences of the lexicons, damaged in up to six places."""
    text = "".join(draw(st.lists(st.one_of(plain, loose), min_size=1, max_size=4)))
    for how, where, until, mark in draw(st.lists(cuts, max_size=6)):
        a, b = sorted((int(where * len(text)), int(until * len(text))))
        part = text[a:b]
        text = {
            "cut": text[:a] + text[b:],
            "double": text[:b] + part[:80] + text[b:],
            "move": text[:a] + text[b:] + part,
            "upper": text[:a] + part.upper() + text[b:],
            "lower": text[:a] + part.lower() + text[b:],
            "insert": text[:a] + mark + text[a:],
        }[how]
    return text[:2000]


def check(claim: Claim, text: str) -> None:
    attribution = claim.attribution
    spans = [claim.span, *claim.hedges, *claim.dates, *claim.places, *(mention.span for mention in claim.mentions)]
    if attribution is not None:
        spans += [*attribution.source, *attribution.cue, *attribution.content]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip()
    assert len(claim.periods) == len(claim.dates)
    assert claim.claimant and claim.explanation


@settings(examples(800), suppress_health_check=[HealthCheck.too_slow])
@given(texts(), st.dates(dt.date(1950, 1, 1), dt.date(2080, 1, 1)))
def test_mutated_sentences_are_read(text: str, day: dt.date) -> None:
    claims = claims_in(Report("fuzz", text, date=day), kinds=("reporting", "attitude", "other"))
    for claim in claims:
        check(claim, text)
    frame = to_frame(claims, text)
    assert len(frame) == sum(max(1, len(claim.mentions)) for claim in claims)


@settings(examples(300), suppress_health_check=[HealthCheck.too_slow])
@given(texts())
def test_the_same_text_is_read_the_same_way_twice(text: str) -> None:
    assert attributions_in(text) == attributions_in(text)
    assert quantities_in(text) == quantities_in(text)
    starts = [mention.span.start for mention in quantities_in(text)]
    assert starts == sorted(starts)
