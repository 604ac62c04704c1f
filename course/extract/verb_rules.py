"""Attributions by verbs: "X said that ...", "..., said X", "it was claimed that ...", ", adding that ..."."""

from __future__ import annotations

from course.extract.attributions import Found, Page, Run
from course.extract.complements import Complement, complement
from course.extract.cues import SAYING, Cue, cue_verbs
from course.extract.lexicons import word_set
from course.extract.phrases import WEEKDAYS, long_phrase_end, main_subject, subject, verb_group
from course.extract.reach import (
    clause_stop,
    content_of,
    incomplete,
    lead_of,
    next_paragraphs,
    phrase_stop,
    quote_stop,
    resumption,
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
_NO_SUBJECTS = word_set("this that it him them her me us himself herself themselves nothing something")
_DASHES = ("—", "–", "--", "-")
_SUBJECT_PRONOUNS = frozenset(("he", "she", "they", "we", "i", "it", "there"))
_SUBORDINATORS = word_set("while although though as if when since even after before because whereas once until")
_CLAUSAL = word_set("say think believe argue insist contend hope suggest claim add warn predict fear")
_REFUSING = word_set("decline refuse")
_ISSUED = word_set(
    "statement statements letter email e-mail message note tweet tweets release post memo video ad press interview night morning"
)
_APPOSED = ("DT", "NN", "JJ", "WP", "CD", "NNP", "PRP$", "VBN")


def by_verb(page: Page, cue: Cue, i: int, first: int, last: int, earlier: list[Found]) -> Found | None:
    """The attribution of which token `i`, a form of `cue`, is the verb; None where it attributes nothing."""
    words = page.words
    tags = words.tag
    begin, passive = verb_group(words, i, first)
    if "putting" in cue.frames:
        return _putting(page, cue, begin, i, first, last)
    if passive and words.low[i] == "quoted":
        return _quoted_as(page, cue, begin, i, first, last)
    governed = complement(words, i + 1, last, page.quote_at, cue.addressee)
    who = subject(words, begin, first)
    apposed = who is not None and tags[begin - 1] == "," and _opens(page, who[0], first)
    if (
        not passive
        and begin == i
        and _after_content(page, begin, first)
        and not (apposed and (begin - 1) not in page.quote_end)
    ):
        inverted = _inverted(page, cue, i, first, last)
        if inverted is not None:
            return inverted
    quoted = who is not None and trimmed(page, first, who[0]) - 1 in page.quote_end
    inserted = governed.frame == "end" and i + 1 < last and words.low[i + 1] in (",", "—", "–", "-")
    sayable = not passive and cue.lemma in SAYING and (cue.kind == "reporting" or quoted or inserted)
    if who is not None and sayable and _after_content(page, who[0], first) and _plain(page, governed, who, i, first):
        after = _post(page, cue, who, (begin, i + 1), i + 1, first, last)
        if after is not None:
            return after
    if (
        who is not None
        and not passive
        and governed.frame == "end"
        and who[0] - 2 > first
        and words.low[who[0] - 1] == "as"
        and words.low[who[0] - 2] == ","
    ):
        return _post(page, cue, who, (begin, i + 1), i + 1, first, last, cut=who[0] - 1)  # ", as X has established"
    if (
        cue.lemma in SAYING
        and not passive
        and who is not None
        and words.low[last - 1] == ":"
        and last in page.quote_at
        and last - i < 15
    ):
        # "she declared:", and the quotation in the next paragraph
        quotation = page.quotations[page.quote_at[last]]
        content = [(quotation.first, quotation.last)]
        content.extend(next_paragraphs(page, quotation.last) if not quotation.closed else [])
        return Found([who], [(begin, i + 1)], content, "quotation after the cue", cue, sure=True)
    if governed.frame == "to" and cue.lemma in _REFUSING and who is not None and not passive:
        return _refusing(page, cue, who, begin, i, governed.start, last)
    if cue.lemma in SAYING and not passive and governed.frame not in ("that", "quote", "clause", "wh"):
        start = _after_adverbials(page, i + 1, last)
        if who is not None and _as_before(page, who[0], first) and start < last:
            return Found(
                [who], [(begin, i + 1)], [(start, clause_stop(page, start, last))], "as X said", cue, sure=True
            )
        if who is None and begin == first and i + 1 < last:
            return _inverted_colon(page, cue, i, last)
    if (
        not passive
        and who is not None
        and i + 1 < last
        and tags[i + 1] in FINITE
        and cue.lemma in (*SAYING, "think", "believe", "hope", "fear")
    ):
        governed = Complement("rest", i + 1)
        return Found([who], [(begin, i + 1)], content_of(page, governed, last), "relative clause", cue)
    if governed.frame == "np" and cue.lemma in _CLAUSAL and not passive and _verb_ahead(page, governed.start, last):
        governed = Complement("clause", governed.start, governed.object)
    if governed.frame == "to" and governed.object is not None and cue.lemma not in ("tell", "promise"):
        governed = Complement("to", governed.object[0])  # "asked voters to wait": who is to wait belongs to it
    if governed.frame in ("end", "other") and i + 1 < last and words.low[i + 1] in cue.frames and tags[i + 1] == "IN":
        governed = Complement(words.low[i + 1], i + 1)  # "hopes for a quiet spring"
    if governed.frame == "clause" and not passive and "clause" not in cue.frames and "np" in cue.frames:
        governed = Complement("np", governed.start, governed.object)
    frame = ("P" if passive else "") + governed.frame
    if frame not in cue.frames or frame == "end":
        return None
    if passive:
        return _passive(page, cue, governed, begin, i, first, last)
    if tags[i] == "VBN" and begin == i:
        return None
    return _governing(page, cue, governed, who, begin, i, first, last, earlier)


def _putting(page: Page, cue: Cue, begin: int, i: int, first: int, last: int) -> Found | None:
    """`X puts the dead at 40`, `Y gave the injured as seven`, `as Z put it, "..."`."""
    words = page.words
    low, tags = words.low, words.tag
    who = subject(words, begin, first)
    if who is None:
        return None
    if i + 1 < last and low[i + 1] == "it" and cue.lemma == "put":
        governed = complement(words, i + 2, last, page.quote_at)
        if governed.frame in ("quote", "that", "colon"):
            return Found(
                [who], [(begin, i + 2)], content_of(page, governed, last), "quotation after the cue", cue, sure=True
            )
        if _after_content(page, who[0], first) or _as_before(page, who[0], first) or low[who[0] - 1] == "as":
            if low[who[0] - 1] == "as" and who[0] - 1 > first:
                who_at = who[0] - 1
                return _post(page, cue, who, (begin, i + 2), i + 2, first, last, cut=who_at)
            start = _after_adverbials(page, i + 2, last)
            if start < last:
                return Found(
                    [who], [(begin, i + 2)], [(start, clause_stop(page, start, last))], "as X said", cue, sure=True
                )
            return _post(page, cue, who, (begin, i + 2), i + 2, first, last)
        return None
    for k in range(i + 1, min(last - 1, i + 15)):
        if low[k] in ("at", "as") and any(
            tags[j] in ("CD", "$") or j in page.quote_at for j in range(k + 1, min(last, k + 5))
        ):
            end = phrase_stop(page, i + 1, last)
            return Found([who], [(begin, i + 1)], [(i + 1, max(end, k + 2))], "putting", cue)
        if tags[k] in FINITE or tags[k] in (".", ":") or low[k] == "to":
            break
    return None


def _quoted_as(page: Page, cue: Cue, begin: int, i: int, first: int, last: int) -> Found | None:
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
            if who is not None and _after_content(page, who[0], first):
                return _post(page, cue, who, (begin, k + 2), k + 2, first, last)
    return None


def _refusing(page: Page, cue: Cue, who: Run, begin: int, i: int, to: int, last: int) -> Found | None:
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


def _verb_ahead(page: Page, start: int, last: int) -> bool:
    """Whether a finite verb follows before the next comma or stop: the noun phrase is its subject."""
    tags = page.words.tag
    for i in range(start, last):
        if tags[i] in (".", ",", ":"):
            return False
        if tags[i] in FINITE:
            return True
    return False


def _plain(page: Page, governed: Complement, who: Run, i: int, first: int) -> bool:
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
    if (
        governed.frame == "np"
        and words.low[i + 1] not in WEEKDAYS
        and words.low[i + 1] not in ("last", "this", "reporters")
    ):
        return False
    return True


def _subordinate(page: Page, who: Run | None, begin: int, first: int) -> bool:
    """Whether the cue stands in a clause with "while" or "as" at the beginning of its sentence."""
    words = page.words
    i = (who[0] if who is not None else begin) - 1
    return (
        i >= first
        and words.low[i] in _SUBORDINATORS
        and all(words.tag[k] in ("RB", "CC", "IN", '"') for k in range(first, i))
    )


def _governing(
    page: Page,
    cue: Cue,
    governed: Complement,
    who: Run | None,
    begin: int,
    i: int,
    first: int,
    last: int,
    earlier: list[Found],
) -> Found | None:
    """The cue stands before its content."""
    words = page.words
    source = who
    if words.tag[i] == "VBG" and begin == i and source is not None and not _own_subject(page, source, i):
        source = None  # ", adding that": the subject is that of the sentence
    shared = source is None
    if source is None and words.tag[i] == "VBG":
        post = next((item for item in reversed(earlier) if item.post and item.source), None)
        source = post.source[0] if post is not None else main_subject(words, first, begin)
    before = next((item for item in reversed(earlier) if item.rule != "noun" and item.source), None)
    if source is None and before is not None:
        source = before.source[0]
    strong = governed.frame in _RULES
    if source is None and (strong or words.tag[i] != "VB"):
        source = main_subject(words, first, begin)
    if source is None and not strong and words.tag[i] in ("VB", "VBG", "VBN"):
        return None  # "to criticize the plan": nobody is said to do so
    content = content_of(page, governed, last, _subordinate(page, who, begin, first))
    if not content:
        return None
    cue_end = i + 1
    if (
        governed.frame == "np"
        and content[0][1] + 1 < last
        and words.low[content[0][1]] == ":"
        and content[0][1] + 1 in page.quote_at
    ):
        # "she added a caveat: “...”"
        cue_end, governed = content[0][1], Complement("quote", content[0][1] + 1)
        content = content_of(page, governed, last)
    rule = _RULES.get(governed.frame, "complement")
    if governed.frame not in _RULES and governed.frame not in ("to", "np", "ing", "other"):
        # a preposition belongs to the cue: "called for"
        if governed.start == i + 1:
            cue_end = i + 2
        content[0] = (governed.start + 1, content[0][1])
        if content[0][0] >= content[0][1]:
            return None
    sources = [source] if source is not None and source[1] > source[0] else []
    sure = cue.kind == "reporting" and rule in ("clause with that", "quotation after the cue", "clause") and not shared
    return Found(sources, [(begin, cue_end)], content, rule, cue, sure=sure)


def _own_subject(page: Page, who: Run, i: int) -> bool:
    """Whether the noun before an -ing form is its subject ("the letter saying"): no comma between, and no document that another issues."""
    words = page.words
    if words.tag[i - 1] in (",", ":", "CC"):
        return False
    return words.low[who[1] - 1] not in _ISSUED and words.low[who[1] - 1] not in WEEKDAYS


def _opens(page: Page, i: int, first: int) -> bool:
    """Whether a sentence or clause begins with token `i`."""
    tags = page.words.tag
    return i == first or tags[i - 1] in ("CC", ",", ":", '"', "THAT", "IN", "RB", "WRB")


def _after_content(page: Page, i: int, first: int) -> bool:
    """Whether what ends before token `i` may be content: a comma, a dash or a closing mark stands there."""
    words = page.words
    if i == first:
        # in a new sentence: "Is it so?" she asked; but not after a full stop: "It is so." She said that ...
        ended = i > 1 and (i - 1) in page.quote_end and page.paragraph[i - 1] == page.paragraph[i]
        return ended and words.low[i - 2] in ("?", "!", ",", "…", "...", "—", "-", "–")
    return words.low[i - 1] in (",", *_DASHES) or (i - 1) in page.quote_end


def _as_before(page: Page, i: int, first: int) -> bool:
    """`As X said, ...` at the beginning of a sentence."""
    words = page.words
    return (
        i > first and words.low[i - 1] == "as" and all(words.tag[k] in ("CC", "RB", ",") for k in range(first, i - 1))
    )


def _after_adverbials(page: Page, i: int, last: int) -> int:
    """The token after the comma that closes "in an article on Thursday,"; `last` where there is none near."""
    words = page.words
    for k in range(i, min(last, i + 12)):
        if words.low[k] == ",":
            return k + 1
        if words.tag[k] in FINITE or words.tag[k] in ("THAT", ".", ":"):
            break
    return last


def _inverted(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
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
    return _post(page, cue, (i + 1, with_apposition(page, end, last)), (i, i + 1), end, first, last)


def _inverted_colon(page: Page, cue: Cue, i: int, last: int) -> Found | None:
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


def _post(page: Page, cue: Cue, who: Run, verb: Run, after: int, first: int, last: int, cut: int = -1) -> Found | None:
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
    more = quote is not None and len(content) == 1 or len(content) > 1 and content[-1][1] >= last - 1
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


def _passive(page: Page, cue: Cue, governed: Complement, begin: int, i: int, first: int, last: int) -> Found | None:
    """`it was claimed that`, `X is believed to`, `Y was denied by X`."""
    words = page.words
    low = words.low
    who = subject(words, begin, first)
    source: list[Run] = []
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
        governed.frame not in ("to", "np", "that", "clause", "like", "other")
        or who is None
        or words.tag[who[0]] in ("WP", "WDT", "THAT")
    ):
        return None
    content: list[Run] = []
    if words.low[who[0]] not in ("it", "there") or who[1] > who[0] + 1:
        content.append((who[0], trimmed(page, *who)))
    start = governed.start if governed.frame != "like" else governed.start
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
