"""A chart in a learner's own words: are its figures there with their bounds, its claimants, and what nobody knows?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from course.extract import quantities_in
from course.handin.checks import Outcome, Readings, kind_of, same
from course.quantity import Quantity

LEAST = 15  # words; fewer are a title
_SIGNS = {">=": "at least", "≥": "at least", "<=": "up to", "≤": "up to", ">": "more than", "<": "fewer than"}
_UNCERTAIN = re.compile(
    r"\b(?:only|just|are|is|as|rough) (?:an? )?(?:rough )?estimates?\b|uncertain|unknown|unclear|unsure|unverified|incomplete|\bdiffer|\bdo(?:es)? not |\bdon't|\bcannot|\bcan't|\bcould not|"
    r"\bnot (?:all |be |yet )?(?:known|said|given|sure|certain|clear|verified|checked|confirmed|comparable|compared|counted|explained)|"
    r"\bno (?:upper|lower|other) (?:limit|end|bound)|\bnobody\b|\bno one\b|\bopen (?:end|above|below|to the)|\bopen-ended|"
    r"\b(?:may|might|could) (?:also )?(?:be|lie|have been)\b|\bonly a (?:minimum|lower)|\bnot (?:about |for |of )?the same\b|\bcaution|\bcare\b|\bcareful",
    re.IGNORECASE,
)


def check_text_alternative(
    value: Any,
    figures: Mapping[str, Quantity | Readings],
    claimants: Mapping[str, Iterable[str]],
    program: str = "",
) -> Outcome:
    """The outcome for a chart put into words; figures with their bounds, claimants and uncertainty count alike.

    Words that this list of signs for uncertainty does not know are a reason to look, not proof that nothing is said: a person
    reads the text as well.

    Args:
        value: the words, as handed in.
        figures: for each row of the chart its quantity, or `Readings` of it.
        claimants: for each row the names under which its claimant may stand; names in capitals count in capitals only.
        program: what `text_alternative` says of the chart, which is not the learner's own.
    """
    if value is None or value == "":
        return Outcome(0.0, "There is no answer yet. Any honest try is welcome.")
    if not isinstance(value, str):
        return Outcome(0.0, f"A text was asked for; this is {kind_of(value)}.")
    if program and same(value, program):
        return Outcome(0.0, "These are the program's words. Say it in your own.")
    if len(value.split()) < LEAST:
        return Outcome(0.0, "This is too short for somebody who does not see the chart.")
    found = [mention.quantity for text in (value, _spelled_out(value)) for mention in quantities_in(text)]
    there = {row: _has(found, wanted) for row, wanted in figures.items()}
    bare = [row for row in figures if not there[row] and _number_of(figures[row]) & set(map(_ends, found))]
    gone = [row for row in figures if not there[row] and row not in bare]
    nameless = [row for row, names in claimants.items() if not any(_named(name, value) for name in names)]
    unsaid = "" if _UNCERTAIN.search(value) else "Nothing is said of what is not known, or does not fit together."
    messages = [
        f"The number of row {_listed(bare)} is there, but not the words that bound it." if bare else "",
        f"Not found: the number of row {_listed(gone)}." if gone else "",
        f"Nobody is named for row {_listed(nameless)}." if nameless else "",
        unsaid,
    ]
    shares = [1 - (len(bare) + len(gone)) / len(figures), 1 - len(nameless) / len(claimants), 0.0 if unsaid else 1.0]
    return Outcome(1.0 if not any(messages) else sum(shares) / 3, "\n  ".join(filter(None, messages)))


def _spelled_out(text: str) -> str:
    """The text with what notes and labels leave out, since the extractor reads sentences: "UK >5000" as "UK: more than 5,000"."""
    for sign, words in _SIGNS.items():
        text = text.replace(sign, f"{words} ")
    text = re.sub(r"(?<![\d.,])\d{4,}(?![\d,])", lambda found: f"{int(found[0]):,}", text)
    text = re.sub(r"(?<=\d)[ \u202f\xa0](?=\d{3}(?!\d))", ",", text)
    text = re.sub(r"\b(from [\d,]+) up to\b", r"\1 to", text, flags=re.IGNORECASE)
    # A number right after a name is taken for a part of the name.
    return re.sub(r"\b([A-Z]\w*) (?=\d)", r"\1: ", text)


def _readings(wanted: Quantity | Readings) -> list[Quantity]:
    return list(wanted.reasons) if isinstance(wanted, Readings) else [wanted]


def _has(found: Iterable[Quantity], wanted: Quantity | Readings) -> bool:
    return any(one == reading for one in found for reading in _readings(wanted))


def _ends(quantity: Quantity) -> tuple[float | None, float | None]:
    """The numbers that are printed, without what bounds them."""
    low = quantity.lower if quantity.lower is not None else quantity.upper
    high = quantity.upper if quantity.upper is not None else quantity.lower
    return low, high


def _number_of(wanted: Quantity | Readings) -> set[tuple[float | None, float | None]]:
    pairs = {_ends(one) for one in _readings(wanted)}
    # One end of a range alone is a number of the row, too.
    return pairs | {(end, end) for pair in pairs for end in pair}


def _named(name: str, text: str) -> bool:
    flags = 0 if name.isupper() else re.IGNORECASE
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags))


def _listed(rows: Iterable[str]) -> str:
    return ", ".join(rows)
