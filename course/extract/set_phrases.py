"""Attributions by set phrases: "if one believes X", "there is talk of", "the word is that", "X is confident that", "their last count was 40"."""

from __future__ import annotations

from course.extract.attributions import Found, Page, Run
from course.extract.cues import Cue, cue_words
from course.extract.lexicons import word_set
from course.extract.phrases import long_phrase_end, phrase_start, subject, verb_group
from course.extract.post_rules import after_content, post
from course.extract.reach import clause_stop, phrase_stop, trimmed
from course.extract.tags import FINITE, NOUNS

_BELIEVED = Cue("believe", "reporting", "distancing")
_RUMOUR = Cue("rumour", "reporting", "evidential")
_COUNT = Cue("count", "reporting", "evidential")
_GOES_ON = Cue("go on", "reporting", "neutral")
_TALK = word_set("talk speculation rumours rumors rumour rumor word")
_COUNTS = word_set("count estimate tally figure toll assessment calculation")
_LINKS = word_set("remain remains remained feel feels felt seem seems seemed")
_TRIGGERS = word_set("if there word rumour rumor went goes count estimate tally figure toll assessment calculation")
_ANY = word_set("one you we")


def by_set_phrase(page: Page, i: int, first: int, last: int) -> Found | None:
    """The attribution that the set phrase at token `i` makes, or None."""
    words = page.words
    token = words.low[i]
    if words.tag[i] in ("JJ", "VBN", "VBD") and i > first and token not in _TRIGGERS:
        cue = cue_words().get(token)
        return _adjective(page, cue, i, first, last) if cue is not None and "adverb" not in cue.frames else None
    if token not in _TRIGGERS:
        return None
    if token == "if":
        return _if_believed(page, i, first, last)
    if token == "there":
        return _talk(page, i, last)
    if token in ("went", "goes"):
        return _goes_on(page, i, first, last)
    if token in ("word", "rumour", "rumor"):
        found = _word_is(page, i, first, last)
        if found is not None:
            return found
    return _count_is(page, i, first, last) if token in _COUNTS else None


def _if_believed(page: Page, i: int, first: int, last: int) -> Found | None:
    """`..., if one believes X`, `If X is to be believed, ...`."""
    low = page.words.low
    if i + 3 < last and low[i + 1] in _ANY and low[i + 2] in ("believes", "believe", "trusts", "trust"):
        end = long_phrase_end(page.words, i + 3, last)
        source, cue = (i + 3, end), [(i, i + 3)]
    else:
        end = long_phrase_end(page.words, i + 1, last)
        if low[end : end + 4] not in (["is", "to", "be", "believed"], ["are", "to", "be", "believed"]):
            return None
        source, cue = (i + 1, end), [(i, i + 1), (end, end + 4)]
        end += 4
    if source[1] == source[0]:
        return None
    if i == first:
        stop = clause_stop(page, end + 1, last) if end + 1 < last and low[end] == "," else end
        content = (end + 1, stop)
    else:
        content = (first, trimmed(page, first, i))
    return Found([source], cue, [content], "if believed", _BELIEVED) if content[1] > content[0] else None


def _talk(page: Page, i: int, last: int) -> Found | None:
    """`There is talk (in the capital) of ...`, `there are rumours that ...`."""
    words = page.words
    low, tags = words.low, words.tag
    k = i + 1
    while k < last and (tags[k] in ("HV", "BE", "RB", "MD") or low[k] in ("much", "some", "growing")):
        k += 1
    if k == i + 1 or k >= last or low[k] not in _TALK:
        return None
    k += 1
    if k + 1 < last and low[k] in ("in", "at", "on", "among"):
        k = long_phrase_end(words, k + 1, last) if low[k + 1] != "which" else k
        back = next((j for j in range(k - 1, i, -1) if low[j] == "of"), None)
        k = back if back is not None else k
    if k + 1 >= last:
        return None
    if tags[k] == "THAT":
        return Found([], [(i, k)], [(k, clause_stop(page, k, last))], "set phrase", _RUMOUR)
    if low[k] in ("of", "about"):
        return Found([], [(i, k + 1)], [(k + 1, phrase_stop(page, k + 1, last))], "set phrase", _RUMOUR)
    return None


def _word_is(page: Page, i: int, first: int, last: int) -> Found | None:
    """`The word there is that ...`, `rumour has it that ...`."""
    words = page.words
    start = phrase_start(words, i, first)
    k = i + 1
    if words.low[k : k + 2] == ["has", "it"]:
        k += 2
    else:
        while k < last and words.tag[k] in ("RB", "EX", "IN", "NNP") and k - i < 5:
            k += 1
        if k >= last or words.tag[k] != "BE":
            return None
        k += 1
    if k + 1 >= last or words.tag[k] != "THAT":
        return None
    stop = clause_stop(page, k, last)
    return Found([], [(start, k)], [(k, stop)], "set phrase", _RUMOUR) if stop > k + 1 else None


def _goes_on(page: Page, i: int, first: int, last: int) -> Found | None:
    """`..., she went on, ...`."""
    words = page.words
    if i + 2 >= last or words.low[i + 1] != "on" or words.low[i + 2] not in (",", ".", ":"):
        return None
    begin, _ = verb_group(words, i, first)
    who = subject(words, begin, first)
    if who is None or not after_content(page, who[0], first):
        return None
    return post(page, _GOES_ON, who, (begin, i + 2), i + 2, first, last)


def _adjective(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
    """`X is confident that ...`, `X remained critical of ...`."""
    words = page.words
    low, tags = words.low, words.tag
    be = i - 1
    while be > first and tags[be] == "RB":
        be -= 1
    if (tags[be] != "BE" and low[be] not in _LINKS) or i + 2 >= last:
        return None
    begin, _ = verb_group(words, be, first)
    who = subject(words, begin, first)
    if who is None or low[who[0]] in ("it", "there") or tags[who[0]] in ("THAT", "WP", "WDT"):
        return None
    if tags[i + 1] == "THAT" and "that" in cue.frames:
        stop = clause_stop(page, i + 1, last)
        return Found([who], [(begin, i + 1)], [(i + 1, stop)], "adjective", cue) if stop > i + 2 else None
    if low[i + 1] in cue.frames and tags[i + 1] == "IN":
        stop = phrase_stop(page, i + 2, last)
        return Found([who], [(begin, i + 2)], [(i + 2, stop)], "adjective", cue) if stop > i + 2 else None
    return None


def _count_is(page: Page, i: int, first: int, last: int) -> Found | None:
    """`Their own last count, from 20 February, was 1,140 dead`: the document is the source."""
    words = page.words
    low, tags = words.low, words.tag
    start = phrase_start(words, i, first)
    if start == i or not _owned(page, start, i):
        return None
    k, source_end = i + 1, i + 1
    if k < last and low[k] == ",":  # ", from 20 February,"
        k = next(
            (j for j in range(k + 1, min(last, k + 10)) if low[j] == "," or (tags[j] in FINITE and low[j] != "dated")),
            last,
        )
        if k + 1 >= last or low[k] != ",":
            return None
        k += 1
    if k >= last or tags[k] != "BE":
        return None
    be = k
    k += 1
    while k < last and (tags[k] in ("RB", "IN", "JJ", "DT", "TO") and tags[k] != "THAT"):
        k += 1
    if k >= last or tags[k] != "CD":
        return None
    runs: list[Run] = [(be + 1, phrase_stop(page, be + 1, last))]
    return Found([(start, source_end)], [(be, be + 1)], runs, "count", _COUNT)


def _owned(page: Page, start: int, head: int) -> bool:
    """Whether the words before a noun say whose it is: "their count", "Norland's tally", "the American estimate"."""
    words = page.words
    tags = words.tag
    if any(tags[k] in ("PRP$", "POS") for k in range(start, head)):
        return True
    return any(tags[k] in NOUNS | {"JJ"} and words.capital(k) and k > start for k in range(start, head))
