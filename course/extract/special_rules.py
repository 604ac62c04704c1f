"""Attributions by cues with a grammar of their own: "puts at", "quoted as saying", "declined to give", passives, "seems"."""

from __future__ import annotations

from course.extract.attributions import Found, Page, Run
from course.extract.complements import Complement, complement
from course.extract.cues import Cue, cue_verbs
from course.extract.phrases import long_phrase_end, subject, verb_group
from course.extract.post_rules import after_adverbials, after_content, as_before, post
from course.extract.reach import (
    clause_stop,
    content_of,
    next_paragraphs,
    phrase_stop,
    trimmed,
)
from course.extract.tags import FINITE

_RULES = {
    "that": "clause with that",
    "quote": "quotation after the cue",
    "clause": "clause",
    "wh": "question",
    "colon": "colon",
    "rest": "relative clause",
}


def putting(page: Page, cue: Cue, begin: int, i: int, first: int, last: int) -> Found | None:
    """`X puts the dead at 40`, `Y gave the injured as seven`, `as Z put it, "..."`."""
    words = page.words
    low, tags = words.low, words.tag
    who = subject(words, begin, first)
    if who is None:
        return None
    if i + 1 < last and low[i + 1] == "it" and cue.lemma == "put":
        governed = complement(words, i + 2, last, page.quote_at)
        if low[last - 1] == ":" and last in page.quote_at and last - i < 10:  # "she puts it like this:"
            quotation = page.quotations[page.quote_at[last]]
            content = [(quotation.first, quotation.last)]
            content.extend(next_paragraphs(page, quotation.last, opened=True) if not quotation.closed else [])
            return Found([who], [(begin, i + 2)], content, "quotation after the cue", cue, sure=True)
        if governed.frame in ("quote", "that", "colon"):
            return Found(
                [who], [(begin, i + 2)], content_of(page, governed, last), "quotation after the cue", cue, sure=True
            )
        if after_content(page, who[0], first) or as_before(page, who[0], first) or low[who[0] - 1] == "as":
            if low[who[0] - 1] == "as" and who[0] - 1 > first:
                who_at = who[0] - 1
                return post(page, cue, who, (begin, i + 2), i + 2, first, last, cut=who_at)
            start = after_adverbials(page, i + 2, last)
            if start < last:
                return Found(
                    [who], [(begin, i + 2)], [(start, clause_stop(page, start, last))], "as X said", cue, sure=True
                )
            return post(page, cue, who, (begin, i + 2), i + 2, first, last)
        return None
    for k in range(i + 1, min(last - 1, i + 15)):
        if low[k] in ("at", "as") and any(
            tags[j] in ("CD", "$") or j in page.quote_at for j in range(k + 1, min(last, k + 5))
        ):
            end = phrase_stop(page, i + 1, last)
            if end + 1 < last and low[end] == "," and low[end + 1] in ("after", "because", "since"):
                end = clause_stop(page, end, last)
            return Found([who], [(begin, i + 1)], [(i + 1, max(end, k + 2))], "putting", cue)
        if page.inside[k] >= 0:
            continue
        if tags[k] in FINITE or tags[k] in (".", ":") or low[k] == "to":
            break
    return None


def made_clear(page: Page, cue: Cue, begin: int, i: int, first: int, last: int) -> Found | None:
    """`X made (it) clear that ...`, `..., X made clear.`"""
    words = page.words
    k = i + 2 if i + 1 < last and words.low[i + 1] == "it" else i + 1
    who = subject(words, begin, first)
    if k >= last or words.low[k] != "clear" or who is None:
        return None
    governed = complement(words, k + 1, last, page.quote_at)
    if governed.frame in ("that", "quote", "wh", "clause", "colon"):
        return Found([who], [(begin, k + 1)], content_of(page, governed, last), "clause with that", cue, sure=True)
    if after_content(page, who[0], first):
        return post(page, cue, who, (begin, k + 1), k + 1, first, last)
    return None


def quoted_as(page: Page, cue: Cue, begin: int, i: int, first: int, last: int) -> Found | None:
    """`X was quoted (by Y) as saying, "..."`: X is the source."""
    words = page.words
    who = subject(words, begin, first)
    for k in range(i + 1, min(last - 1, i + 15)):
        if words.low[k] == "as" and words.low[k + 1] in ("saying", "telling", "follows"):
            governed = complement(words, k + 2, last, page.quote_at, addressee=words.low[k + 1] == "telling")
            cues = [(begin, i + 1), (k, k + 2)] if k > i + 1 else [(begin, k + 2)]
            sources = [who] if who is not None else []
            if governed.frame in _RULES:
                return Found(sources, cues, content_of(page, governed, last), _RULES[governed.frame], cue, sure=True)
            if who is not None and after_content(page, who[0], first):
                return post(page, cue, who, (begin, k + 2), k + 2, first, last)
    return None


def refusing(page: Page, cue: Cue, who: Run, begin: int, i: int, to: int, last: int) -> Found | None:
    """`X declined to give a figure`: the cue takes the verb that is refused; `X declined to comment` has no content."""
    words = page.words
    verb = to + 1
    while verb < last and words.tag[verb] == "RB":
        verb += 1
    start = verb + 1
    if start >= last or words.tag[start] in (".", ",", ":", "CC", "WRB") or words.low[verb] not in cue_verbs():
        stop = phrase_stop(page, to, last)
        return Found([who], [(begin, i + 1)], [(to, stop)], "complement", cue) if stop > verb else None
    stop = phrase_stop(page, start, last)
    return Found([who], [(begin, start)], [(start, stop)], "complement", cue) if stop > start else None


def in_passive(page: Page, cue: Cue, governed: Complement, begin: int, i: int, first: int, last: int) -> Found | None:
    """`it was claimed that`, `X is believed to`, `Y was denied by X`."""
    words = page.words
    low = words.low
    who = subject(words, begin, first)
    source: list[Run] = []
    if who is not None and any(words.tag[k] == "WP$" for k in range(*who)):
        return None  # "those whose names are known"
    if i + 1 < last and low[i + 1] == "by":
        end = long_phrase_end(words, i + 2, last)
        if end > i + 2:
            source = [(i + 2, end)]
            governed = complement(words, end, last, page.quote_at)
    content: list[Run] = []
    named = (
        who is not None
        and not (low[who[0]] == "it" and who[1] == who[0] + 1)
        and words.tag[who[0]] not in ("WP", "WDT", "THAT")
    )
    if governed.frame in ("that", "clause", "wh", "quote"):
        content.extend(content_of(page, governed, last))
    else:
        if named and who is not None:
            content.append((who[0], trimmed(page, who[0], who[1])))
        if governed.frame in ("to", "as", "for", "of", "np", "ing"):
            content.extend(content_of(page, governed, last))
    if not content:
        return None
    return Found(source, [(begin, i + 1)], content, "passive", cue)


def seeming(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
    """`X seems to ...`: subject and complement are the content, and nobody is named."""
    words = page.words
    begin, _ = verb_group(words, i, first)
    governed = complement(words, i + 1, last, page.quote_at)
    who = subject(words, begin, first)
    if (
        governed.frame not in ("to", "np", "that", "clause", "like", "other", "end")
        or who is None
        or words.tag[who[0]] in ("WP", "WDT", "THAT")
    ):
        return None
    if governed.frame == "end" and words.low[who[0]] == "it" and after_content(page, who[0], first):
        return Found([], [(begin, i + 1)], [(first, trimmed(page, first, who[0]))], "seeming", cue)  # "..., it seemed"
    if governed.frame == "end":
        return None
    content: list[Run] = []
    if words.low[who[0]] not in ("it", "there") or who[1] > who[0] + 1:
        content.append((who[0], trimmed(page, *who)))
    start = governed.start
    stop = clause_stop(page, start, last) if governed.frame in ("that", "clause") else phrase_end_of(page, start, last)
    if stop > start:
        content.append((start, stop))
    return Found([], [(begin, i + 1)], content, "seeming", cue) if content else None


def phrase_end_of(page: Page, start: int, last: int) -> int:
    """The end of the sentence, without its stop, or the first semicolon or dash."""
    words = page.words
    k = start
    while k < last and words.tag[k] not in (".",) and words.low[k] not in (";", "—", "--", ":"):
        k += 1
    return trimmed(page, start, k)
