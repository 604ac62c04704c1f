"""What a number counts that does not say so itself: "that is 83 per cent", "another 40", "and 55 in the east", "more than doubled"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.extract.counting_words import Counted, count_nouns, states
from course.extract.lexicons import word_set
from course.extract.phrases import phrase_end, verb_group
from course.extract.tags import FINITE, NOUNS, VERBS
from course.extract.tokens import Words

if TYPE_CHECKING:
    from course.extract.figures import Figure

_REACH = 60  # tokens before a share in which its measure is named
_RATIOS = ("percent", "times")
_POINTING = word_set("that this it these those they")
_JOINING = word_set("and after against from to over another by or were was")
_MORE = word_set("another more others further other")
_BARE_BEFORE = frozenset((".", ",", ")", ":", "CC", "WRB", '"', "IN"))
_HOLDING = word_set("room space beds places seats pitches tents berths capacity")
_MEMBERS = word_set("men members women fighters soldiers troops people volunteers")
_STAYING = word_set("stayed stay stays remained remain remains ran kept")
_ON = word_set("on standing running intact dry open working")


def carried(
    words: Words, figures: list[Figure], found: list[Counted], first: int, last: int, before: str
) -> list[Counted]:
    """`found`, with the measures that numbers without one take over from what stands before them.

    `before` is the measure of the last number of the sentence before, in the same paragraph, or "".
    """
    results: list[Counted] = []
    latest = ""
    for figure, what in zip(figures, found, strict=True):
        if not what.measure:
            measure = _set_phrase(words, figure, first, last) or _taken_over(words, figure, first, last, latest, before)
            what = Counted(measure, what.of, what.by) if measure else what
        latest = what.measure or latest
        results.append(what)
    return results


def _taken_over(words: Words, figure: Figure, first: int, last: int, latest: str, before: str) -> str:
    low = words.low
    ratio = figure.unit in _RATIOS or figure.number.kind in ("part", "times") or figure.quantity.whole is not None
    ratio = ratio or 0 < (figure.quantity.lower or 0) < 1  # "one in twelve"
    if figure.unit and not ratio:
        return ""
    if _pointing(words, figure, first):
        return latest or before
    if low[figure.last : figure.last + 2] == ["of", "them"]:  # "Sixty people died. Twenty of them were children."
        return latest or before
    if low[max(first, figure.first - 2) : figure.first] == ["among", "them"]:
        return latest
    elsewhere = low[figure.last : figure.last + 1] == ["in"] and words.tag[min(figure.last + 1, last - 1)] == "NNP"
    if elsewhere and low[figure.first - 1] in (",", "and") and figure.first > first:
        return latest  # "93 people have died in Tavor, 69 in Orrin"
    another = low[figure.first] in _MORE and not (figure.first + 1 < last and low[figure.first + 1] == "than")
    if (another or low[min(figure.last, last - 1)] in _MORE) and _bare(words, figure, last):
        return latest or (before if figure.first - first <= 1 else "")
    if latest and _bare(words, figure, last) and figure.first > first:
        i = figure.first - 1
        if words.tag[i] == '"' and i > first:
            i -= 1
        if low[i] in _JOINING or (low[i] == "," and ratio):
            return latest
    if ratio and _bare(words, figure, last):
        return _named_before(words, figure, first) or latest
    return ""


def _bare(words: Words, figure: Figure, last: int) -> bool:
    """Whether no noun that is counted follows the number."""
    k = figure.last
    while k < last and words.low[k] in ("more", "others", "further"):
        k += 1
    if k >= last or (words.tag[k] in _BARE_BEFORE and words.low[k] != "of"):
        return True
    if words.low[k] == "of":
        return k + 1 < last and words.low[k + 1] in ("those", "them", "these")
    return figure.unit in _RATIOS or figure.number.kind == "times"


def _pointing(words: Words, figure: Figure, first: int) -> bool:
    """Whether the number says what a pronoun stands for: "That is 83 per cent", "it was at least 13 of 18"."""
    low, tags = words.low, words.tag
    i = figure.first - 1
    while i > first and (tags[i] in ("RB", '"') or low[i] in ("only", "still")):
        i -= 1
    return i > first and tags[i] == "BE" and low[i - 1] in _POINTING


def _named_before(words: Words, figure: Figure, first: int) -> str:
    """The measure that the sentence names before a share: "Among the dead, 21 per cent"; "the number of prisoners has doubled"."""
    low, tags = words.low, words.tag
    nouns, known = count_nouns(), states()
    for i in range(figure.first - 1, max(first, figure.first - _REACH) - 1, -1):
        if low[i] == ";":
            break
        if low[i] in nouns and tags[i] in NOUNS | {"JJ"}:
            return nouns[low[i]]
        if low[i] in known and tags[i] in ("JJ", "VBN") and i > first and tags[i - 1] == "DT":
            return known[low[i]]
    return ""


def _set_phrase(words: Words, figure: Figure, first: int, last: int) -> str:
    """Measures that several words name together: "room for 400", "kept 15 running", "gone up in flames", "will be home"."""
    low, tags = words.low, words.tag
    before = low[figure.first - 1] if figure.first > first else ""
    if before == "for" and figure.first - 2 >= first and low[figure.first - 2] in _HOLDING:
        return "capacity"
    for k in range(figure.first - 1, max(first, figure.first - 14) - 1, -1):
        if low[k : k + 3] == ["out", "of", "action"]:
            return "casualties"
        if tags[k] in (".", ",", ":"):
            break
    end = figure.last
    if end < last and low[end] == "of":
        end += 1
    end = max(end, phrase_end(words, end, last))
    if end > figure.last and low[end - 1] in _MEMBERS and _apposed(words, figure, end, first, last):
        return "strength"
    if before in ("kept", "keep", "keeps", "keeping") and end < last and low[end] in _ON:
        return "saved"
    return _happened(words, end, last)


def _apposed(words: Words, figure: Figure, end: int, first: int, last: int) -> bool:
    """Whether the number tells the size of the body named before it: "The Volunteers, about 6,000 men, are paid"."""
    i = figure.first - 1
    after = words.low[end] if end < last else "."
    return i - 1 > first and words.low[i] == "," and words.tag[i - 1] == "NNP" and after in (",", ".", "according", ")")


def _happened(words: Words, k: int, last: int) -> str:
    """What the verb group at `k` says of its subject, where it takes several words."""
    low, tags = words.low, words.tag
    verb = k
    while k < last and tags[k] in ("RB", "MD", "HV", "BE", "NEG", "IN", "NN", "NNS", "NNP", "DT") and k - verb < 10:
        if tags[k] == "BE" and k + 1 < last and low[k + 1] in ("home", "back"):
            return "returned"
        k += 1
    if k >= last or tags[k] not in VERBS or verb_group(words, k, verb)[1]:
        return ""
    rest = low[k + 1 : min(last, k + 4)]
    if low[k] in ("gone", "went", "go", "going"):
        if rest == ["up", "in", "flames"]:
            return "destroyed"
        return "displaced" if not rest or rest[0] in (",", ".", "away", "for") or tags[k + 1] == "RB" else ""
    if low[k] in ("moved", "left", "move", "leave") and (rest[:1] in (["out"], ["away"], ["again"], ["."]) or not rest):
        return "displaced"
    if (
        low[k] in _STAYING
        and rest[:1]
        and rest[0] in _ON
        and (len(rest) < 2 or tags[k + 2] not in NOUNS | {"DT", "CD"} | FINITE)
    ):
        return "saved"
    return ""
