"""The rules that find attributions, sentence by sentence: verbs, "according to", nouns, adverbs, labels with a colon."""

from __future__ import annotations

from course.extract.attributions import Found, Page, Run
from course.extract.complements import complement
from course.extract.cues import Cue, cue_verbs, cue_words
from course.extract.phrases import long_phrase_end, phrase_start
from course.extract.reach import clause_stop, content_of, incomplete, phrase_stop, quoted_from, trimmed
from course.extract.tags import FINITE, NOUNS, VERBS
from course.extract.verb_rules import by_verb, seeming, with_apposition

_SHORT = 6  # tokens; a shorter quotation may be a single word at which the writer points


def candidates(page: Page) -> list[Found]:
    """All attributions that some rule finds, overlapping ones included."""
    found: list[Found] = []
    for first, last in page.words.sentences:
        found.extend(_in_sentence(page, first, last))
    return found


def _in_sentence(page: Page, first: int, last: int) -> list[Found]:
    words = page.words
    low, tags = words.low, words.tag
    verbs, others = cue_verbs(), cue_words()
    found: list[Found] = []
    for i in range(first, last):
        token = low[i]
        item = None
        cue = verbs.get(token) if tags[i] in VERBS else None
        known = others.get(token) if cue is None else None
        if cue is None and known is None:
            continue
        if page.inside[i] >= 0 and _long(page, page.inside[i]):
            continue
        if cue is not None:
            item = (
                seeming(page, cue, i, first, last)
                if cue.lemma in ("seem", "appear")
                else by_verb(page, cue, i, first, last, found)
            )
        elif token == "according":
            item = _according(page, i, first, last) if i + 1 < last and low[i + 1] == "to" else None
        elif known is not None and "adverb" in known.frames:
            item = _adverb(page, known, i, first, last)
        elif known is not None and tags[i] in NOUNS:
            item = _noun(page, known, i, first, last)
        if item is not None and item.content:
            found.append(item)
    return found


def _long(page: Page, number: int) -> bool:
    quotation = page.quotations[number]
    return quotation.last - quotation.first > _SHORT


def _according(page: Page, i: int, first: int, last: int) -> Found | None:
    """`According to X, ...` and `..., according to X`."""
    words = page.words
    tags, low = words.tag, words.low
    end = long_phrase_end(words, i + 2, last)
    if end == i + 2:
        return None
    cue = cue_words()["according"]
    if i == first or all(tags[k] in ("CC", "RB", ",") for k in range(first, i)):
        k = end
        while k < last and low[k] != "," and tags[k] not in FINITE:
            k += 1
        if k >= last:
            return None
        start = k + 1 if low[k] == "," else end
        if low[k] == "," and _apposition_at(page, start, last):
            close = next((j for j in range(start, last) if low[j] == ","), None)
            if close is not None and close + 1 < last:
                k, start = close, close + 1
        if start >= last:
            return None
        content = (
            quoted_from(page, start, last) if start in page.quote_at else [(start, clause_stop(page, start, last))]
        )
        return Found([(i + 2, k)], [(i, i + 2)], content, "according to", cue, sure=True)
    content_end = trimmed(page, first, i)
    quote = page.quote_end.get(content_end - 1)
    start = page.quotations[quote].first if quote is not None and page.quotations[quote].first < first else first
    source_end = with_apposition(page, end, last)
    runs: list[Run] = [(start, content_end)]
    if source_end + 1 < last and low[source_end] == "," and incomplete(page, runs[0], source_end + 1, last):
        stop = clause_stop(page, source_end + 1, last)
        if stop > source_end + 1:
            runs.append((source_end + 1, stop))
    if content_end <= start:
        return None
    return Found([(i + 2, source_end)], [(i, i + 2)], runs, "according to", cue, sure=True, post=True)


def _apposition_at(page: Page, start: int, last: int) -> bool:
    """Whether a phrase without a finite verb stands at `start`, closed by a comma; or a relative clause."""
    tags, low = page.words.tag, page.words.low
    if start < last and tags[start] in ("WP", "WDT"):
        return True
    for k in range(start, min(last, start + 20)):
        if low[k] == ",":
            return k + 1 < last and tags[start] in ("DT", "NN") and tags[k + 1] != "CC"
        if tags[k] in FINITE:
            return False
    return False


def _noun(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
    """`the claim that ...`, `X's estimate that ...`, `his call for ...`."""
    words = page.words
    tags, low = words.tag, words.low
    if i + 1 >= last:
        return None
    start = phrase_start(words, i, first)
    source: list[Run] = []
    cue_start = start
    for k in range(i - 1, start, -1):
        if tags[k] == "POS":
            source, cue_start = [(start, k)], k
            break
    if not source and tags[start] == "PRP$":
        source, cue_start = [(start, start + 1)], start + 1
    if low[i + 1] == "that" and "that" in cue.frames:
        if tags[i + 1] != "THAT" or (i + 2 < last and tags[i + 2] in VERBS | FINITE):
            return None  # "the claim that was made": "that" is its subject
        stop = clause_stop(page, i + 1, last)
        return Found(source, [(cue_start, i + 1)], [(i + 1, stop)], "noun", cue) if stop > i + 1 else None
    governed = complement(words, i + 1, last, page.quote_at)
    if governed.frame not in cue.frames or governed.frame in ("noun", "that"):
        return None
    if governed.frame == "to":
        content = content_of(page, governed, last)
        return Found(source, [(cue_start, i + 1)], content, "noun", cue)
    content_start = i + 2
    stop = phrase_stop(page, content_start, last) if content_start < last else content_start
    return Found(source, [(cue_start, i + 2)], [(content_start, stop)], "noun", cue) if stop > content_start else None


def _adverb(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
    """`allegedly`, `reportedly`: the clause around it, without a source."""
    low = page.words.low
    left = i
    while left > first and low[left - 1] not in (",", ";", ":") and left - 1 not in page.quote_end:
        left -= 1
    stop = clause_stop(page, i, last)
    runs = [run for run in ((left, i), (i + 1, stop)) if run[1] > run[0]]
    return Found([], [(i, i + 1)], runs, "adverb", cue) if runs else None
