"""What follows a cue: a quotation, a clause with "that", a bare clause, a question, "to" with a verb, a preposition, a noun phrase."""

from __future__ import annotations

from dataclasses import dataclass

from course.extract.lexicons import word_set
from course.extract.phrases import WEEKDAYS, long_phrase_end, phrase_end
from course.extract.tags import FINITE, NOUNS
from course.extract.tokens import Words

_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb aug sept oct nov dec"
)
_PLACING = word_set(
    "in on at during after before from via through to by with over about following as into amid for earlier under upon late early since"
)
_OPENS_CLAUSE = frozenset(("DT", "PRP", "PRP$", "NNP", "NN", "NNS", "JJ", "CD", "EX", "WP$", "$"))
_CONJUNCTIONS = word_set("because although though while if unless until since whereas lest")
_THEN = word_set("earlier later last this")
_QUESTION = frozenset(("WRB", "WP", "WDT"))
_REACH = 30  # tokens between a cue and its content


@dataclass(frozen=True, slots=True)
class Complement:
    """What a cue governs: its `frame`, the token at which the content begins, and the addressee's tokens, if any."""

    frame: str  # that | quote | clause | wh | to | np | end | a preposition
    start: int
    object: tuple[int, int] | None = None


def complement(words: Words, i: int, last: int, quote_at: dict[int, int], addressee: bool = False) -> Complement:
    """What stands from token `i` on, which is the first after the cue; `quote_at` maps opening marks to quotations."""
    tags, low = words.tag, words.low
    told: tuple[int, int] | None = None
    k = i
    while k < last and tags[k] in ("RB", "NEG") and k + 1 < last and tags[k + 1] not in (".",):
        k += 1
    if addressee and k < last and (tags[k] in _OPENS_CLAUSE):
        end = long_phrase_end(words, k, last)
        if end > k and not (end < last and tags[end] in FINITE and tags[k] != "PRP" and not _object_like(words, k)):
            told = (k, end)
            k = end
    direct = _at(words, k, last, quote_at)
    if direct is not None and direct.frame in ("end", "to", "that", "quote", "wh"):
        return Complement(direct.frame, direct.start, told)
    if direct is not None and direct.frame == "clause" and not (low[k] in WEEKDAYS or low[k] in _MONTHS):
        return Complement("clause", direct.start, told)
    # pass over when, where and to whom it was said
    passed = _past_adverbials(words, k, last)
    if passed > k:
        beyond = _at(words, passed, last, quote_at)
        if beyond is not None and (
            beyond.frame in ("that", "quote")
            or (beyond.frame == "wh" and (tags[k] != "IN" or low[k] in ("on", "in", "at")))
        ):
            return Complement(beyond.frame, beyond.start, told)
        if (
            beyond is not None
            and beyond.frame in ("end", "clause")
            and (low[k] in WEEKDAYS or low[k] in _MONTHS or tags[k] in ("IN", "TO", "(") or low[k] in _THEN)
        ):
            return Complement(beyond.frame, beyond.start, told)
    if k < last and tags[k] in ("IN", "TO"):
        return Complement(low[k], k, told)
    if direct is not None:
        return Complement(direct.frame, direct.start, told)
    return Complement("end" if k >= last else "other", k, told)


def _object_like(words: Words, k: int) -> bool:
    return words.low[k] in ("him", "her", "me", "us", "them", "reporters", "journalists")


def _at(words: Words, k: int, last: int, quote_at: dict[int, int]) -> Complement | None:
    """The complement that begins exactly at token `k`, or None."""
    tags, low = words.tag, words.low
    if k >= last or tags[k] == ".":
        return Complement("end", k)
    here = tags[k]
    if k in quote_at:
        return Complement("quote", k)
    if here in (",", ":") and k + 1 < last:
        if k + 1 in quote_at:
            return Complement("quote", k + 1)
        if low[k] == ":":
            return Complement("colon", k + 1)
        if low[k] == "," and tags[k + 1] == "RB" and k + 3 < last and low[k + 2] == ",":
            if k + 3 in quote_at:
                return Complement("quote", k + 3)
            if tags[k + 3] == "TO":  # "is known, however, to"
                return Complement("to", k + 3)
        for j in range(k + 2, min(last - 1, k + 14)):  # "she wrote, as if she had been there, that"
            if low[j] == "," and tags[j + 1] == "THAT":
                return Complement("that", j + 1)
        return Complement("end", k)
    if here == "THAT":
        return Complement("that", k)
    if low[k] in ("whether", "if"):
        return Complement("wh", k)
    if here in _QUESTION:
        return Complement("wh", k)
    if here == "TO":
        if k + 1 < last and (
            tags[k + 1] in ("VB", "BE", "HV", "DO") or (tags[k + 1] == "RB" and k + 2 < last and tags[k + 2] == "VB")
        ):
            return Complement("to", k)
        return None
    if here in _OPENS_CLAUSE or here in ("VBG", "RB"):
        if _is_clause(words, k, last):
            return Complement("clause", k)
        return Complement("ing" if here == "VBG" else "np", k)
    return None


def _is_clause(words: Words, k: int, last: int) -> bool:
    """Whether a noun phrase at `k` is the subject of a finite verb."""
    tags, low = words.tag, words.low
    end = long_phrase_end(words, k, last)
    if end == k:
        return False
    j, steps = end, 0
    while j < last and steps < 25:
        steps += 1
        here = tags[j]
        if here in FINITE:
            return True
        if here in ("RB", "NEG"):
            j += 1
        elif here == "," or here in ("WP", "WDT", "THAT", "WP$"):
            # an insertion: go to the comma that closes it
            close = j + 1
            while close < last and low[close] != "," and close - j < 20:
                close += 1
            if here != ",":
                return close + 1 < last and low[close] == "," and tags[close + 1] in FINITE
            return close < last - 1 and tags[close + 1] in FINITE
        elif here in ("IN", "TO") and j + 1 < last and tags[j + 1] not in ("PRP", "EX") and low[j] not in _CONJUNCTIONS:
            after = phrase_end(words, j + 1, last)
            if after == j + 1:
                return False
            j = after
        elif here in NOUNS or (here in ("CD", "JJ", "PRP") and steps < 4):
            j += 1
        elif here in ("VBN", "VBG"):
            # a shortened relative clause: "troops killed in the battle were"
            j += 1
        else:
            return False
    return False


def _past_adverbials(words: Words, k: int, last: int) -> int:
    """The token after phrases of time, place and manner: "on Monday", "in a statement to the press"."""
    tags, low = words.tag, words.low
    stop = min(last, k + _REACH)
    while k < stop:
        if low[k] in WEEKDAYS or low[k] in _MONTHS:
            k += 1
            while k < stop and (
                low[k] in WEEKDAYS or tags[k] == "CD" or low[k] in ("night", "morning", "evening", "afternoon")
            ):
                k += 1
        elif tags[k] in ("IN", "TO") and low[k] in _PLACING and k + 1 < stop:
            end = long_phrase_end(words, k + 1, stop)
            if end == k + 1:
                return k
            k = end
        elif low[k] == "(":
            close = k
            while close < stop and low[close] != ")":
                close += 1
            if close >= stop:
                return k
            k = close + 1
        elif tags[k] == "RB" or (
            low[k] in ("earlier", "later", "late", "early")
            and k + 1 < stop
            and low[k + 1] in ("this", "last", "that", "in", "on")
        ):
            k += 1
        elif low[k] in ("last", "this", "next", "earlier", "late", "early") and k + 1 < stop and tags[k + 1] in NOUNS:
            k += 2
        else:
            return k
    return k
