"""The rules that find attributions, sentence by sentence: verbs, "according to", nouns, adverbs, labels with a colon."""

from __future__ import annotations

from course.extract.attributions import Found, Page, Run
from course.extract.complements import complement
from course.extract.cues import Cue, cue_verbs, cue_words
from course.extract.lexicons import word_set
from course.extract.phrases import long_phrase_end, phrase_start
from course.extract.post_rules import with_apposition
from course.extract.reach import clause_stop, content_of, incomplete, phrase_stop, quoted_from, trimmed
from course.extract.set_phrases import by_set_phrase
from course.extract.special_rules import seeming
from course.extract.tags import FINITE, NOUNS, VERBS
from course.extract.verb_rules import by_verb

_LABEL = Cue(":", "reporting", "neutral")
_VIEWS = word_set("view opinion words account judgement judgment")
_CLAUSES = word_set("while although though because since after before if unless as with whereas")
_DASHES = ("-", "–", "—", "--", "―", "~")
_LONGEST_SIGNATURE = 20  # tokens: name, role, place
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
    label = _label(page, first, last)
    if label is not None:
        found.append(label)
    if (signature := _signature(page, first, last)) is not None:
        found.append(signature)
    for i in range(first, last):
        token = low[i]
        item = None
        cue = (
            verbs.get(token)
            if tags[i] in VERBS or (tags[i] in ("NNS", "NN") and _says_after_quotation(page, i, first, last))
            else None
        )
        known = others.get(token) if cue is None else None
        if page.inside[i] >= 0 and _long(page, page.inside[i]):
            continue
        if cue is None or tags[i] in ("JJ", "VBN"):
            item = by_set_phrase(page, i, first, last)
            if item is not None:
                found.append(item)
                continue
        if cue is None and known is None:
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


def _says_after_quotation(page: Page, i: int, first: int, last: int) -> bool:
    """Whether a noun is a verb in fact: `"...," Voss notes`; `..., the observers note, ...`; `..., the agency reports.`"""
    words = page.words
    low, tags = words.low, words.tag
    if i == first or i + 1 >= last:
        return False
    start = phrase_start(words, i - 1, first)
    head = i - 1
    while start - 2 >= first and tags[start - 1] == "IN":
        head = start - 2
        start = phrase_start(words, start - 2, first)
    if start - 1 in page.quote_end:
        return low[i + 1] in (".", ",") or tags[i + 1] in ("IN", "RB", "TO")
    agrees = (tags[head] == "NNS") != low[i].endswith("s") and tags[head] in NOUNS
    return (
        agrees
        and start > first
        and low[start - 1] == ","
        and (low[i + 1] == "," or i + 2 >= last)
        and tags[start] in ("DT", "NNP", "PRP$")
    )


def _label(page: Page, first: int, last: int) -> Found | None:
    """`Mara Voss: "..."`"""
    words = page.words
    low, tags = words.low, words.tag
    begins = page.paragraph[first] != page.paragraph[first - 1] if first else True
    colon = next((i for i in range(first, min(last, first + 14)) if low[i] == ":"), None)
    if colon is None or colon == first or colon + 1 >= last:
        return None
    if any(tags[i] in FINITE or tags[i] in VERBS for i in range(first, colon)):
        return None
    quoted = colon + 1 in page.quote_at
    named = begins and tags[colon - 1] == "NNP" and colon - first <= 4
    if not quoted and not (
        named and words.word(colon - 1).isupper() and colon - first <= 3 and len(low[colon - 1]) > 2
    ):
        return None
    start = phrase_start(words, colon - 1, first)
    content = quoted_from(page, colon + 1, last) if quoted else [(colon + 1, clause_stop(page, colon + 1, last))]
    if content[0] == (colon + 1, colon + 1):
        return None
    return Found([(start, colon)], [(colon, colon + 1)], content, "label", _LABEL)


def _signature(page: Page, first: int, last: int) -> Found | None:
    """`"..." — Mara Voss, mayor`, on the same line or on one of its own."""
    words = page.words
    low, tags = words.low, words.tag
    dash = next((i for i in range(max(first, 1), last - 1) if low[i] in _DASHES and i - 1 in page.quote_end), None)
    if (
        dash is None
        or last - dash > _LONGEST_SIGNATURE
        or (last < len(words) and page.paragraph[last] == page.paragraph[dash])
    ):
        return None
    if any(tags[k] in FINITE or k in page.quote_at for k in range(dash + 1, last)):
        return None  # the sentence goes on: `"It is over" - he left.`
    end = long_phrase_end(words, dash + 1, last)
    if end == dash + 1 or "NNP" not in tags[dash + 1 : end] or not (end == last or tags[end] in (",", ".", ":", "(")):
        return None
    quotation = page.quotations[page.quote_end[dash - 1]]
    if quotation.last - quotation.first < _SHORT or page.paragraph[dash] - page.paragraph[quotation.first] > 1:
        return None
    run = (quotation.first, quotation.last)
    return Found([(dash + 1, end)], [(dash, dash + 1)], [run], "signature", _LABEL, sure=True, post=True)


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
    joined = low[content_end - 1] in ("and", "but") and content_end > first
    if joined and end + 1 < last and low[end] == ",":  # "... and, according to X, ..."
        content = (
            quoted_from(page, end + 1, last)
            if end + 1 in page.quote_at
            else [(end + 1, clause_stop(page, end + 1, last))]
        )
        return Found([(i + 2, end)], [(i, i + 2)], content, "according to", cue, sure=True)
    part = _inserted_part(page, first, i, end, last)
    if part is not None:
        return Found([(i + 2, end)], [(i, i + 2)], [part], "according to", cue, sure=True, post=True)
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


def _inserted_part(page: Page, first: int, i: int, end: int, last: int) -> Run | None:
    """`The club, about 600 members according to X, is closed`: an inserted phrase alone is what X says."""
    low, tags = page.words.low, page.words.tag
    if end + 1 >= last or low[end] != "," or tags[end + 1] not in FINITE:
        return None
    comma = next((k for k in range(i - 1, max(first, i - 15), -1) if low[k] == ","), None)
    if comma is None or comma + 1 == i or any(tags[k] in FINITE for k in range(max(first, i - 60), i)):
        return None
    return comma + 1, i


def _says_soon(page: Page, i: int, last: int) -> bool:
    """Whether the adverb belongs to a cue: "reportedly said", "has reportedly told"."""
    tags, verbs = page.words.tag, cue_verbs()
    k = i + 1
    while k < last and tags[k] in ("RB", "BE", "HV"):
        k += 1
    return (
        k < last and tags[k] in VERBS and (cue := verbs.get(page.words.low[k])) is not None and cue.kind == "reporting"
    )


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
    if start > first and low[start - 1] == "in" and low[i + 1] == "," and low[i] in _VIEWS and start - 1 <= first + 2:
        owner = (
            [(start, start + 1)]
            if tags[start] == "PRP$"
            else [(start, k) for k in range(start, i) if tags[k] == "POS"][-1:]
        )
        stop = clause_stop(page, i + 2, last) if i + 2 < last else i + 2
        return Found(owner, [(start - 1, i + 1)], [(i + 2, stop)], "noun", cue) if owner and stop > i + 2 else None
    for k in range(i - 1, start, -1):
        if tags[k] == "POS":
            source, cue_start = [(start, k)], k
            break
    if not source and tags[start] == "PRP$":
        source, cue_start = [(start, start + 1)], start + 1
    be = i + 1
    if tags[be] == "BE" and source and "that" in cue.frames:
        be += 1
        while be < last and tags[be] == "RB":
            be += 1
        if be < last and low[be] == "that" and tags[be] == "THAT":
            stop = clause_stop(page, be, last)
            return Found(source, [(cue_start, be)], [(be, stop)], "noun", cue, sure=True) if stop > be else None
        return None
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
    if page.inside[i] >= 0 or _says_soon(page, i, last):
        return None
    if i > first and page.words.tag[i - 1] in ("IN", "TO") and page.words.low[i - 1] not in _CLAUSES:
        return None  # "settled for allegedly moving money"
    tags = page.words.tag
    left = i
    while (
        left > first
        and low[left - 1] not in (",", ";", ":")
        and left - 1 not in page.quote_end
        and tags[left - 1] not in ("THAT", "WRB")
        and not (tags[left - 1] == "IN" and low[left - 1] in _CLAUSES)
    ):
        left -= 1
    if tags[left] in ("WP", "WDT") or (left < i and tags[left] == "THAT"):
        return None  # "those who allegedly fired": the clause has no subject of its own
    start = i + 2 if i + 1 < last and low[i + 1] == "," else i + 1
    stop = clause_stop(page, start, last, comma=True) if start < last else start
    runs = [run for run in ((left, i), (start, stop)) if run[1] > run[0]]
    if not any(tags[k] in FINITE for run in runs for k in range(*run)):
        return None  # "settled for allegedly laundering money": no statement
    return Found([], [(i, i + 1)], runs, "adverb", cue)
