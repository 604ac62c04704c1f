"""Is a table of claims about a text of the learner's own whole and true to the text? Nothing here knows the text beforehand.

A check sees whether entries are there, stand in the text and fit each other. It cannot see whether a claim is true.
No message repeats words of the text: the text belongs to somebody, and messages go into files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from course.claim import STANCES, Mention
from course.compare.entries import NAMES, QUOTED, faults_of, with_bounds, written
from course.extract import quantities_in, stance_of
from course.extract.cues import cue_verbs, cue_words
from course.extract.wording import MOST, find_words, longest_run
from course.handin.checks import Misunderstanding, Outcome, kind_of
from course.quantity import Quantity

Claim = dict[str, Any]

SHORTEST = 60
"""Words: a text with fewer hardly holds four claims of two claimants."""

_FILLED = ("claimant", "source", "cue", "content", "stance")
_SOMEBODY = frozenset(["he", "she", "it", "they", "we", "i", "you", "who", "this", "that", "these", "those"])
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "said",
        "is",
        "was",
        "for",
        "on",
        "were",
        "with",
        "by",
        "at",
        "from",
        "as",
        "it",
        "has",
        "have",
    ]
)
_DRAWN = ("rows", "counts", "bars", "table")  # the parts of a chart description that name what is drawn
_STANDS = {
    "neutral": "the cue only passes it on",
    "distancing": "the cue leaves it open, or in doubt",
    "endorsing": "the cue takes it for true",
    "evidential": "the cue tells how it is known",
}


def check_article(text: Any) -> str:
    """What stands against working on `text`, in words for the learner; "" where nothing does.

    Args:
        text: the text of an article, as the learner brought it.
    """
    if not isinstance(text, str) or not text.strip():
        return "There is no article yet. Run the cell under “Bring your article” first."
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if len(words) < SHORTEST:
        return f"Your text has {len(words)} words. Bring one of at least {SHORTEST}, or leave the cell empty for a practice report."
    if sum(word in _ENGLISH for word in words) < len(words) / 12:
        return "This does not look like English prose, and the course reads English only. Bring another text, or leave the cell empty."
    return ""


def read_claims(value: Any) -> list[Claim]:
    """The claims that were handed in, one dict each: from a list of dicts, one dict, or a table.

    Errors: Misunderstanding for anything else, or where there is no claim.
    """
    if isinstance(value, pd.DataFrame):
        value = value.to_dict("records")
    if isinstance(value, Mapping):
        value = [value]
    if value is None or (isinstance(value, list) and not value):
        raise Misunderstanding(
            "There is no claim yet. Fill in the sheet, or write claims as a list of claim_entry(...)."
        )
    if not isinstance(value, list):
        raise Misunderstanding(f"claims should be a list of claim_entry(...); this is {kind_of(value)}.")
    for number, one in enumerate(value, start=1):
        if not isinstance(one, Mapping):
            raise Misunderstanding(f"Claim {number} should be a claim_entry(...); this is {kind_of(one)}.")
    return [_sound(one) for one in value]


def check_entries(claims: Sequence[Claim], least: int = 4) -> Outcome:
    """The outcome for the form of a claims table: at least `least` different claims, each with claimant, source, cue, content and stance,
    and every entry of its kind (a stance one of four, a bound a number, a day a day)."""
    told: list[str] = []
    whole: list[float] = []
    seen: dict[str, int] = {}
    for number, claim in enumerate(claims, start=1):
        missing = [name for name in _FILLED if not _text(claim, name)]
        strange = _strange(claim)
        key = " ".join(_text(claim, "content").casefold().split())
        twin = seen.setdefault(key, number) if key else number
        if missing:
            told.append(f"Claim {number} still needs: {', '.join(missing)}.")
        if strange:
            told.append(f"Claim {number}, to mend: {strange}.")
        if twin != number:
            told.append(f"Claims {twin} and {number} claim the same.")
        share = (len(_FILLED) - len(missing)) / len(_FILLED)
        whole.append(0.0 if twin != number else share / 2 if strange else share)
    if len(claims) < least:
        told.append(f"Claims so far: {len(claims)}. At least {least} are asked for.")
    return _outcome(sum(sorted(whole, reverse=True)[:least]) / least, told)


def check_claimants(claims: Sequence[Claim], outlet: str = "") -> Outcome:
    """The outcome for who speaks: at least two different claimants, each named, and not all of them the outlet itself."""
    names = [_text(claim, "claimant") for claim in claims]
    pronouns = [number for number, name in enumerate(names, start=1) if name.casefold() in _SOMEBODY]
    told = [f"Claim {_listed(pronouns)}: the claimant is a pronoun. Whom does it stand for?"] if pronouns else []
    different: list[frozenset[str]] = []
    for name in filter(None, names):
        words = frozenset(re.findall(r"\w+", name.casefold())) - {"the"}
        if words and words.isdisjoint(_SOMEBODY) and not any(words <= other or other <= words for other in different):
            different.append(words)
    carrier = frozenset(re.findall(r"\w+", outlet.casefold())) - {"the"}
    if different and carrier and all(words <= carrier for words in different):
        return _outcome(0.0, ["The outlet prints these claims. Who makes them?"])
    if len(different) < 2:
        told.append("At least two claimants are asked for. Who else says something in this text?")
    credit = min(2, len(different)) / 2 - (len(pronouns) / max(1, len(names))) / 2
    return _outcome(credit, told)


def check_words(claims: Sequence[Claim], text: str) -> Outcome:
    """The outcome for the words of a claims table: source, cue, content and number stand in `text`, at most six in a row are quoted.

    Credit is the share of the entries that do both.
    """
    told, right, total = [], 0, 0
    for number, claim in enumerate(claims, start=1):
        lost, long = [], []
        for name in QUOTED:
            words = _text(claim, name)
            if not words:
                continue
            total += 1
            if not find_words(text, words):
                lost.append(name)
            elif longest_run(words, text) > MOST:
                long.append(name)
            elif name == "content" and len(re.findall(r"\w+", words)) < 2:
                told.append(f"Claim {number}: one word is no claim. What is said to be so?")
            else:
                right += 1
        if lost:
            told.append(
                f"Claim {number}: {' and '.join(lost)} does not stand in the text like this. Copy it; where you leave words out, write ..."
            )
        if long:
            told.append(
                f"Claim {number}: {' and '.join(long)} has more than {MOST} words in a row. Keep the first and last words, with ... between."
            )
    if not total:
        return _outcome(0.0, ["No claim has any words of the text yet."])
    return _outcome(right / total, told)


def check_numbers(claims: Sequence[Claim], text: str, least: int = 2) -> Outcome:
    """The outcome for the numbers of a claims table: at least `least` claims have one (fewer where `text` has fewer), with its words,
    its measure and its unit, and its bounds are those of its words."""
    mentions = quantities_in(text)
    least = min(least, len(mentions))
    told, good = [], 0.0
    for number, claim in enumerate(claims, start=1):
        quantity = _bounds(claim)
        if quantity is None:
            if _text(claim, "quantity"):
                told.append(f"Claim {number} has the words of a number, but no bound.")
            continue
        missing = [name for name in ("quantity", "measure", "unit") if not _text(claim, name)]
        if missing:
            told.append(f"Claim {number} has a number, but no {' and no '.join(missing)}.")
        fault, credit = _read_otherwise(_text(claim, "quantity"), quantity, mentions, text)
        if fault:
            told.append(f"Claim {number}: {fault}")
        good += credit * (1 - len(missing) / 3)
    if good < least and not told:
        told.append(f"At least {least} claims with a number are asked for. Your text has more of them.")
    return _outcome(good / least if least else 1.0, told)


def check_stances(claims: Sequence[Claim]) -> Outcome:
    """The outcome for the stances of a claims table: each as the course's list of cues has it; for a cue that is not in it, any of the four."""
    told, right, total = [], 0, 0
    for number, claim in enumerate(claims, start=1):
        cue, stance = _text(claim, "cue"), _text(claim, "stance").casefold()
        if not cue:
            continue
        total += 1
        known = _stances_of(cue)
        if stance in STANCES and (not known or stance in known):
            right += 1
        elif stance:
            told.append(
                f"Claim {number}: do you mean that {_STANDS.get(stance, 'nothing of the four')}? Look at the cue alone, not at what you think of it."
            )
    if not total:
        return _outcome(0.0, ["No claim has a cue yet."])
    return _outcome(right / total, told)


def check_drawn(chart: Any, claims: Sequence[Claim]) -> Outcome:
    """The outcome for whether a chart shows the claims of a table: at least half of what is drawn has a name or a number of theirs.

    Args:
        chart: a chart as `hand_in` rebuilt it.
    """
    names = {_text(claim, name).casefold() for claim in claims for name in NAMES} - {""}
    numbers = {end for claim in claims if (one := _bounds(claim)) for end in (one.lower, one.upper) if end is not None}
    marks = [mark for panel in chart.get("panels", []) for part in _DRAWN for mark in panel.get(part, [])]
    own = [mark for mark in marks if isinstance(mark, Mapping) and _is_own(mark, names, numbers)]
    if marks and 2 * len(own) >= len(marks):
        return Outcome(1.0)
    return Outcome(
        0.0,
        "Little of what is drawn stands in your table. Draw your claims: ranges(table, ...), or counts(table.stance, ...).",
    )


def check_own_words(texts: Mapping[str, Any], article: str, names: Iterable[str] = ()) -> Outcome:
    """The outcome for the quotation limit: no text repeats more than six words in a row of the article. Credit is the share of texts that keep it.

    Args:
        texts: what was written, by what it is called; one that is missing or no text has no part in the credit.
        article: the text that may be quoted.
        names: names of persons and bodies: a long name is no quotation.
    """
    told, kept = [], 0
    for name, written_text in texts.items():
        if not isinstance(written_text, str) or not written_text.strip():
            told.append(f"{name}: there is no text yet.")
            continue
        run = longest_run(_without(written_text, names), article)
        if run > MOST:
            told.append(
                f"{name}: {run} words in a row stand so in the article. {MOST} is the limit: say it in your own words."
            )
        else:
            kept += 1
    return _outcome(kept / len(texts) if texts else 0.0, told)


# --- reading -----------------------------------------------------------------------------------------------------------


def _sound(claim: Mapping[str, Any]) -> Claim:
    number = claim.get("number")
    entries = with_bounds(claim) if isinstance(number, Quantity) else dict(claim)
    return {name: value for name, value in entries.items() if name in NAMES and not _nothing(value)}


def _nothing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and value != value)


def _text(claim: Mapping[str, Any], name: str) -> str:
    value = claim.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _strange(claim: Claim) -> str:
    """The entries of a wrong kind, and what the form would say of the rest."""
    kinds: dict[str, tuple[type, ...]] = {
        name: (bool,) if name.endswith("_open") or name == "approximate" else (str,) for name in NAMES
    }
    kinds |= {"lower": (int, float, str), "upper": (int, float, str)}
    wrong = [
        name
        for name, value in claim.items()
        if not isinstance(value, kinds[name]) or (isinstance(value, bool) and bool not in kinds[name])
    ]
    rest = {name: value for name, value in claim.items() if name not in wrong}
    if isinstance(stance := rest.get("stance"), str):
        rest["stance"] = stance.strip().casefold()
    return ", ".join(name.replace("_", " ") for name in dict.fromkeys([*wrong, *faults_of(written(rest))]))


def _bounds(claim: Claim) -> Quantity | None:
    """The number of a claim; None where it has none, or none that can be."""
    try:
        row = {name: claim.get(name) for name in ("lower", "upper", "lower_open", "upper_open", "approximate")}
        ends = {
            end: float(str(row[end]).replace(",", "").replace("_", ""))
            for end in ("lower", "upper")
            if row[end] is not None
        }
        quantity = Quantity(
            ends.get("lower"),
            ends.get("upper"),
            row["lower_open"] is True,
            row["upper_open"] is True,
            row["approximate"] is True,
        )
    except (TypeError, ValueError):
        return None
    return quantity if ends else None


def _is_own(mark: Mapping[str, Any], names: set[str], numbers: set[Any]) -> bool:
    label = str(mark.get("label") or "").casefold()
    values = [mark.get(name) for name in ("lower", "upper", "value")]
    if any(isinstance(value, int | float) and value in numbers for value in values):
        return True
    cells = [str(value).casefold() for value in mark.values() if isinstance(value, str) and value]
    return any(name in label for name in names if len(name) > 3) or any(cell in names for cell in cells)


def _read_otherwise(words: str, given: Quantity, mentions: Sequence[Mention], text: str) -> tuple[str, float]:
    """What the words say that the bounds do not, and the credit; where the words cannot be read, the learner's reading stands."""
    places = find_words(text, words) if words else ()
    near = [one.quantity for one in mentions if any(one.span.overlaps(place) for place in places)]
    known = [*near, *(one.quantity for one in quantities_in(words))]
    known = [one for one in known if one.lower is not None or one.upper is not None]
    if not known or not any(digit.isdigit() for digit in words):
        return "", 1.0
    if any(_as_good(given, one) for one in known):
        return "", 1.0
    ends = {given.lower, given.upper} - {None, 0}
    if any(ends & {one.lower, one.upper, one.whole} for one in known):
        return "the number is right, but its bounds are not those of the words. What do the words before it allow?", 0.5
    return "the bounds are another number than the words.", 0.0


def _as_good(given: Quantity, read: Quantity) -> bool:
    """Whether two readings mean the same where things are counted; a rough number may be read as a bound by its words ("nearly")."""

    def ends(one: Quantity) -> tuple[Any, ...]:
        low = one.lower + 1 if one.lower is not None and one.lower_open and float(one.lower).is_integer() else one.lower
        high = (
            one.upper - 1 if one.upper is not None and one.upper_open and float(one.upper).is_integer() else one.upper
        )
        return (low or None, high)

    scales = [1, 100] if (read.upper or read.lower or 2) <= 1 else [1]
    for scale in scales:
        scaled = Quantity(
            read.lower and read.lower * scale, read.upper and read.upper * scale, read.lower_open, read.upper_open
        )
        if ends(given) == ends(scaled):
            return True
    return read.approximate and given.value is not None and given.value == read.value


def _stances_of(cue: str) -> set[str]:
    """The stances that the words of a cue can have; none where the list knows no word of it."""
    words = re.findall(r"[\w'’]+", cue.casefold())
    known = {found.stance for word in words if (found := cue_verbs().get(word) or cue_words().get(word))}
    return {*known, str(stance_of(cue))} if known else set()


def _without(text: str, names: Iterable[str]) -> str:
    for name in sorted(
        {name for name in names if isinstance(name, str) and 1 < len(name.split()) <= 15}, key=len, reverse=True
    ):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " § ", text, flags=re.IGNORECASE)
    return text


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _outcome(credit: float, told: Sequence[str]) -> Outcome:
    credit = max(0.0, min(1.0, credit))
    if credit == 1:
        told = []
    more = [f"And {len(told) - 5} more."] if len(told) > 5 else []
    return Outcome(credit, "\n  ".join([*told[:5], *more]))
