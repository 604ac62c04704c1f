"""Attributions whose content stands before the cue: "..., said X", "..., X said, ...", "As X said, ..."."""

from __future__ import annotations

from course.extract.attributions import Found, Page, Run
from course.extract.complements import Complement
from course.extract.cues import SAYING, Cue
from course.extract.lexicons import word_set
from course.extract.phrases import WEEKDAYS, long_phrase_end
from course.extract.reach import (
    clause_stop,
    content_of,
    incomplete,
    lead_of,
    next_paragraphs,
    quote_stop,
    resumption,
    trimmed,
)
from course.extract.tags import FINITE

_NO_SUBJECTS = word_set("this that it him them her me us himself herself themselves nothing something")
_DASHES = ("—", "–", "--", "-")
_SUBJECT_PRONOUNS = frozenset(("he", "she", "they", "we", "i", "it", "there"))
_APPOSED = ("DT", "NN", "JJ", "WP", "CD", "NNP", "PRP$", "VBN")


def after_content(page: Page, i: int, first: int) -> bool:
    """Whether what ends before token `i` may be content: a comma, a dash or a closing mark stands there."""
    words = page.words
    if i == first:
        # in a new sentence: "Is it so?" she asked; but not after a full stop: "It is so." She said that ...
        ended = i > 1 and (i - 1) in page.quote_end and page.paragraph[i - 1] == page.paragraph[i]
        return ended and words.low[i - 2] in ("?", "!", ",", "…", "...", "—", "-", "–")
    return words.low[i - 1] in (",", *_DASHES) or (i - 1) in page.quote_end


def plain(page: Page, governed: Complement, who: Run, i: int, first: int) -> bool:
    """Whether a cue with its subject stands after its content: nothing but when, where and to whom follows it."""
    words = page.words
    if governed.frame == "wh" and words.low[i + 1] in ("when", "where", "while"):
        return trimmed(page, first, who[0]) - 1 in page.quote_end
    if governed.frame in ("that", "clause", "to", "wh") and governed.start == i + 1:
        return governed.frame == "clause" and words.tag[i + 1] == ","
    end = trimmed(page, first, who[0])
    quoted = end > 0 and (end - 1) in page.quote_end
    if quoted:
        if (
            governed.frame == "quote"
            and governed.start == i + 1
            and page.quotations[page.quote_end[end - 1]].first > first
        ):
            return False  # "Holding signs that read “No,” they chanted “Stop.”"
        return (
            governed.frame != "np"
            or governed.start > i + 1
            or governed.object is not None
            or words.low[i + 1] in WEEKDAYS
        )
    if governed.frame in ("quote", "that", "clause", "wh", "colon"):
        return (
            governed.frame == "quote"
            and governed.start > i + 1
            and any(words.tag[k] in FINITE for k in range(first, end))
        )
    return governed.frame != "np" or words.low[i + 1] in WEEKDAYS or words.low[i + 1] in ("last", "this", "reporters")


def as_before(page: Page, i: int, first: int) -> bool:
    """`As X said, ...` at the beginning of a sentence."""
    words = page.words
    return (
        i > first and words.low[i - 1] == "as" and all(words.tag[k] in ("CC", "RB", ",") for k in range(first, i - 1))
    )


def after_adverbials(page: Page, i: int, last: int) -> int:
    """The token after the comma that closes "in an article on Thursday,"; `last` where there is none near."""
    words = page.words
    for k in range(i, min(last, i + 12)):
        if words.low[k] == ",":
            return k + 1
        if words.tag[k] in FINITE or words.tag[k] in ("THAT", ".", ":"):
            break
    return last


def inverted(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
    """`..., said X.`"""
    words = page.words
    if words.tag[i] not in ("VBD", "VBZ", "VBP", "VBN") or cue.lemma not in SAYING:
        return None
    if cue.kind != "reporting" and trimmed(page, first, i) - 1 not in page.quote_end:
        return None
    if i + 1 < last and (words.low[i + 1] in _NO_SUBJECTS or words.tag[i + 1] == "VBG"):
        return None
    end = long_phrase_end(words, i + 1, last)
    if end == i + 1:
        return None
    if end < last and words.tag[end] in FINITE and words.low[i + 1] in _SUBJECT_PRONOUNS:
        return None
    return post(page, cue, (i + 1, with_apposition(page, end, last)), (i, i + 1), end, first, last)


def inverted_colon(page: Page, cue: Cue, i: int, last: int) -> Found | None:
    """`Said X: "..."`"""
    words = page.words
    end = long_phrase_end(words, i + 1, last)
    if end == i + 1 or end >= last or words.low[end] not in (":", ","):
        return None
    start = end + 1
    if start >= last or (words.low[end] == "," and start not in page.quote_at):
        return None
    governed = Complement("quote" if start in page.quote_at else "colon", start)
    return Found(
        [(i + 1, end)], [(i, i + 1)], content_of(page, governed, last), "quotation after the cue", cue, sure=True
    )


def with_apposition(page: Page, end: int, last: int) -> int:
    """`end` moved right over ", the minister of defence," where a comma or stop closes it."""
    tags = page.words.tag
    if end + 1 >= last or tags[end] != "," or tags[end + 1] not in _APPOSED:
        return end
    k = end + 1
    while k < last and tags[k] != "." and k - end < 40:
        if k in page.quote_at or (tags[k] in FINITE and tags[end + 1] != "WP"):
            return end
        if tags[k] == "," and k + 1 < last and tags[k + 1] in ("CC", "VBG", '"', "VBD", "VBZ", "BE", "HV", "MD"):
            break
        k += 1
    return k


def post(page: Page, cue: Cue, who: Run, verb: Run, after: int, first: int, last: int, cut: int = -1) -> Found | None:
    """Content before source and cue: `..., X said`, with what resumes after them."""
    words = page.words
    tags = words.tag
    cut = min(who[0], verb[0]) if cut < 0 else cut
    end = trimmed(page, first, cut)
    quote = page.quote_end.get(end - 1) if end > 0 else None
    if quote is not None:
        opening = page.quotations[quote].first
        begin = sentence_start(page, opening)
        start = lead_of(page, begin, opening) if begin < opening else opening
    elif end - first < 1:
        return None
    else:
        start = first
    content: list[Run] = [(start, end)]
    k = after
    while k < last and tags[k] not in (",", ".", ":") and k not in page.quote_at and tags[k] != "THAT":
        k += 1
    resumed = k
    if k < last and k in page.quote_at:
        content.append((k, quote_stop(page, k, last)))
    elif k + 1 < last and tags[k] in (",", ":"):
        nxt = k + 1
        if nxt in page.quote_at:
            content.append((nxt, quote_stop(page, nxt, last)))
        elif quote is None and incomplete(page, content[0], nxt, last):
            stop = clause_stop(page, nxt, last)
            if stop > nxt:
                content.append((nxt, stop))
    headline = (
        tags[last - 1] != "."
        and end - first > 2
        and (last >= len(tags) or page.paragraph[first] != page.paragraph[last])
    )
    if quote is None and len(content) == 1 and not headline and not any(tags[j] in FINITE for j in range(*content[0])):
        return None  # "In his view, X told ...": a phrase is no content
    more = (quote is not None and len(content) == 1) or (len(content) > 1 and content[-1][1] >= last - 1)
    following = resumption(page, max(last, content[-1][1])) if more and resumed <= last else None
    if following is not None:
        content.append(following)
    if quote is not None or len(content) > 1:
        content.extend(next_paragraphs(page, max(last, content[-1][1])))
    return Found([who], [verb], content, "content before the cue", cue, sure=cue.kind == "reporting", post=True)


def sentence_start(page: Page, token: int) -> int:
    """The first token of the sentence that holds `token`."""
    sentences = page.words.sentences
    low, high = 0, len(sentences) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if sentences[middle][0] <= token:
            low = middle
        else:
            high = middle - 1
    return sentences[low][0]
