"""A sentence rewritten in neutral words: are its figures, its claimant and a cue without a judgement there?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from course.claim import Attribution, Mention, text_of
from course.extract import attributions_in, loaded_words_in, quantities_in, stance_of
from course.handin.checks import Outcome, kind_of, same
from course.quantity import Quantity

_LEAST = 0.25  # of the long words of the original; with fewer, the sentence says something else
_SAID = re.compile(r"\b(sa(?:id|ys?|ying)|told|tells?|stat(?:es?|ed|ing|ement)|words|according to)\b", re.IGNORECASE)
_STANCES = {
    "distancing": "keeps a distance: it leaves the reader in doubt",
    "endorsing": "endorses: it takes the content for true",
    "evidential": "tells how somebody knows it, and is not neutral",
}


def check_rewrite(
    value: Any,
    original: str,
    claimants: Iterable[str] = (),
    keep: Iterable[str] = (),
    *,
    plain_words: bool = False,
) -> Outcome:
    """The outcome for a neutral rewrite of one sentence; figures, claimant and cue count alike, and each has its message.

    The rewrite keeps each figure with its bound and what it counts, names one of `claimants`, and all its cues are neutral.

    Args:
        value: the rewrite, as handed in.
        original: the sentence that was to be rewritten.
        claimants: the names under which the claimant may stand; none, and the claimant is not looked for.
        keep: words that say what is counted, and must stay.
        plain_words: whether loaded words must go as well; then they count as one part more.
    """
    if value is None or value == "":
        return Outcome(0.0, "There is no answer yet. Any honest try is welcome.")
    if not isinstance(value, str):
        return Outcome(0.0, f"A text was asked for; this is {kind_of(value)}.")
    if same(value, original):
        return Outcome(0.0, "This is the sentence as it was. Write it with another cue.")
    wanted, given = _long_words(original), _long_words(value)
    if len(wanted & given) < _LEAST * len(wanted):
        return Outcome(0.0, "Too little is left of what is claimed. Keep the content, and change the cue.")
    names = list(claimants)
    lost = [word for word in keep if word.casefold() not in given]
    counted = f"What is counted has changed: “{lost[0]}” is missing." if lost else ""
    parts = [_figures(quantities_in(original), quantities_in(value)) or counted, _cue(value)]
    if names and not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", value, re.IGNORECASE) for name in names):
        parts.append("Nobody is named who makes the claim.")
    elif names:
        parts.append("")
    if plain_words:
        left = list(dict.fromkeys(found.word for found in loaded_words_in(value)))
        parts.append(f"Still loaded: {', '.join(f'“{word}”' for word in left)}." if left else "")
    return Outcome(parts.count("") / len(parts), " ".join(filter(None, parts)))


def _figures(wanted: Sequence[Mention], given: Sequence[Mention]) -> str:
    """What happened to the figures; "" where all are there and no other."""
    rest = list(given)
    for mention in wanted:
        found = next((one for one in rest if one.quantity == mention.quantity), None)
        if found is None:
            near = next((one for one in given if one.quantity.value == mention.quantity.value), None)
            changed = f"The original has “{mention.quantity}”. Keep the number and the words that bound it"
            return f"{changed}; yours reads “{near.quantity}”." if near else f"{changed}."
        if mention.measure and found.measure and mention.measure != found.measure:
            return f"What is counted has changed: {mention.measure} became {found.measure}."
        rest.remove(found)
    added = [one for one in rest if _counts(one.quantity)]
    return f"“{added[0].quantity}” is not in the original. Add no figure." if added else ""


def _counts(quantity: Quantity) -> bool:
    return quantity.value not in (None, 1)


def _cue(text: str) -> str:
    """What is wrong with the cues of `text`; "" where there is one at least and all are neutral."""
    found = [(text_of(one.cue, text), one.stance) for one in attributions_in(text)]
    inside = {word for one in attributions_in(text) for word in _words_of(one, text)}
    # An adverb colours a sentence wherever it stands; other words only count outside the content.
    found += [
        (word, stance_of(word)) for word in re.findall(r"\w+", text) if word.endswith("ly") or (word not in inside)
    ]
    judging = [(cue, stance) for cue, stance in found if stance != "neutral"]
    if judging:
        cue, stance = judging[0]
        return f"“{cue}” {_STANCES[stance]}."
    if not found or not (any(one.cue for one in attributions_in(text)) or _SAID.search(text)):
        return "No word tells that somebody says it."
    return ""


def _words_of(attribution: Attribution, text: str) -> list[str]:
    spans = (*attribution.content, *attribution.source)
    return [word for span in spans for word in re.findall(r"\w+", span.of(text))]


def _long_words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]{4,}", text)}
