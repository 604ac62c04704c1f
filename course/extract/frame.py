"""Claims as a table: one row a quantity, one row a claim without any."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from course.claim import Claim, Mention

COLUMNS = (
    "claim",  # number of the claim, from 0; the rows of one claim share it
    "claimant",  # who makes the claim, resolved
    "source",  # the words of the text that name the claimant
    "cue",  # the words that say that something is said
    "stance",  # neutral, distancing, endorsing, evidential; "" without a cue
    "cue_kind",  # reporting, attitude, other; "" without a cue
    "form",  # direct, indirect, mixed; "" without a cue
    "kind",  # claim or disclaimer
    "content",  # what is claimed, as the report words it
    "quantity",  # the words of the number
    "lower", "upper",  # its bounds; missing where there is none
    "lower_open", "upper_open",  # whether the bound itself is left out
    "approximate",  # whether the words say so
    "whole",  # what it is a part of: 18 in "15 of 18"
    "change",  # =, ~, >, <, up, down
    "unit", "measure", "of",  # what one of it is, what is counted, whose
    "hedges",  # words that make the claim less certain, joined by "; "
    "dates", "places",  # as the text gives them, joined by "; "
    "periods",  # the dates as ISO 8601 intervals, first and last day, reckoned from the date of the report, joined by "; "
    "start", "end",  # str offsets of the claim in the text
    "rule",  # the rule that found the attribution; "" without one
    "explanation",  # why it is a claim, in a few sentences
)  # fmt: skip


def to_frame(claims: Iterable[Claim], text: str = "") -> pd.DataFrame:
    """The claims as a table with the columns `COLUMNS`: one row a quantity; a claim without a quantity has one row.

    Hedges, dates and places are spans; give the `text` of the report to have them as words, otherwise they are empty.
    """
    rows = [
        {name: _sound(value) for name, value in _row(number, claim, mention, text).items()}
        for number, claim in enumerate(claims)
        for mention in claim.mentions or (None,)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("lower", "upper", "whole"):
        frame[column] = pd.to_numeric(frame[column]).astype("Float64")
    for column in ("lower_open", "upper_open", "approximate"):
        frame[column] = frame[column].astype("boolean")
    return frame


def _row(number: int, claim: Claim, mention: Mention | None, text: str) -> dict[str, object]:
    attribution = claim.attribution
    quantity = mention.quantity if mention is not None else None
    return {
        "claim": number,
        "claimant": claim.claimant,
        "source": claim.source,
        "cue": claim.cue,
        "stance": attribution.stance if attribution else "",
        "cue_kind": attribution.cue_kind if attribution else "",
        "form": attribution.form if attribution else "",
        "kind": claim.kind,
        "content": claim.text,
        "quantity": quantity.text if quantity else "",
        "lower": quantity.lower if quantity else None,
        "upper": quantity.upper if quantity else None,
        "lower_open": quantity.lower_open if quantity else None,
        "upper_open": quantity.upper_open if quantity else None,
        "approximate": quantity.approximate if quantity else None,
        "whole": quantity.whole if quantity else None,
        "change": mention.change if mention else "",
        "unit": mention.unit if mention else "",
        "measure": mention.measure if mention else "",
        "of": mention.of if mention else "",
        "hedges": "; ".join(span.of(text) for span in claim.hedges) if text else "",
        "dates": "; ".join(span.of(text) for span in claim.dates) if text else "",
        "periods": "; ".join(claim.periods),
        "places": "; ".join(span.of(text) for span in claim.places) if text else "",
        "start": claim.span.start,
        "end": claim.span.end,
        "rule": attribution.rule if attribution else "",
        "explanation": claim.explanation,
    }


def _sound(value: object) -> object:
    """Halves of characters, which no table can hold, made whole, or replaced where the other half is missing."""
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
