"""Attributions by verbs: "X said that ...", "..., said X", "it was claimed that ...", ", adding that ..."."""

from __future__ import annotations

from course.extract.attributions import Found, Page, Run
from course.extract.complements import Complement, complement
from course.extract.cues import SAYING, Cue, cue_verbs
from course.extract.lexicons import word_set
from course.extract.phrases import WEEKDAYS, main_subject, subject, verb_group
from course.extract.post_rules import after_adverbials, after_content, as_before, inverted, inverted_colon, plain, post
from course.extract.reach import (
    clause_stop,
    content_of,
    next_paragraphs,
    trimmed,
)
from course.extract.special_rules import in_passive, made_clear, putting, quoted_as, refusing
from course.extract.tags import FINITE

_RULES = {
    "that": "clause with that",
    "quote": "quotation after the cue",
    "clause": "clause",
    "wh": "question",
    "colon": "colon",
    "rest": "relative clause",
}
_SUBORDINATORS = word_set("while although though as if when since even after before because whereas once until")
_CLAUSAL = word_set("say think believe argue insist contend hope suggest claim add warn predict fear")
_REFUSING = word_set("decline refuse")
_ISSUED = word_set(
    "statement statements letter email e-mail message note tweet tweets release post memo video ad press interview night morning"
)


def by_verb(page: Page, cue: Cue, i: int, first: int, last: int, earlier: list[Found]) -> Found | None:
    """The attribution of which token `i`, a form of `cue`, is the verb; None where it attributes nothing."""
    words = page.words
    tags = words.tag
    begin, passive = verb_group(words, i, first)
    if "clear" in cue.frames:
        return made_clear(page, cue, begin, i, first, last)
    if "putting" in cue.frames:
        return putting(page, cue, begin, i, first, last)
    if passive and words.low[i] == "quoted":
        return quoted_as(page, cue, begin, i, first, last)
    if page.inside[i] >= 0:
        return _in_marks(page, cue, i, first, last)
    governed = complement(words, i + 1, last, page.quote_at, cue.addressee)
    who = subject(words, begin, first)
    apposed = who is not None and tags[begin - 1] == "," and _opens(page, who[0], first)
    if (
        not passive
        and begin == i
        and after_content(page, begin, first)
        and not (apposed and (begin - 1) not in page.quote_end)
    ):
        turned = inverted(page, cue, i, first, last)
        if turned is not None:
            return turned
    quoted = who is not None and trimmed(page, first, who[0]) - 1 in page.quote_end
    inserted = governed.frame == "end" and i + 1 < last and words.low[i + 1] in (",", "—", "–", "-")
    sayable = not passive and cue.lemma in SAYING and (cue.kind == "reporting" or quoted or inserted)
    if inserted and who is not None and _thought_before(page, who[0], i, first, last):
        return None  # "the ministry estimates, it says, that": the first cue governs
    if who is not None and sayable and after_content(page, who[0], first) and plain(page, governed, who, i, first):
        after = post(page, cue, who, (begin, i + 1), i + 1, first, last)
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
        return post(page, cue, who, (begin, i + 1), i + 1, first, last, cut=who[0] - 1)  # ", as X has established"
    if (
        cue.lemma in SAYING
        and not passive
        and who is not None
        and words.low[last - 1] == ":"
        and last in page.quote_at
        and last - i < 25
    ):
        # "she declared:", and the quotation in the next paragraph
        quotation = page.quotations[page.quote_at[last]]
        content = [(quotation.first, quotation.last)]
        content.extend(next_paragraphs(page, quotation.last, opened=True) if not quotation.closed else [])
        return Found([who], [(begin, i + 1)], content, "quotation after the cue", cue, sure=True)
    if governed.frame == "to" and cue.lemma in _REFUSING and who is not None and not passive:
        return refusing(page, cue, who, begin, i, governed.start, last)
    if cue.lemma in SAYING and not passive and governed.frame not in ("that", "quote", "clause", "wh"):
        start = after_adverbials(page, i + 1, last)
        if who is not None and as_before(page, who[0], first) and start < last:
            return Found(
                [who], [(begin, i + 1)], [(start, clause_stop(page, start, last))], "as X said", cue, sure=True
            )
        if who is None and begin == first and i + 1 < last:
            return inverted_colon(page, cue, i, last)
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
        return in_passive(page, cue, governed, begin, i, first, last)
    if tags[i] == "VBN" and begin == i:
        return None
    return _governing(page, cue, governed, who, begin, i, first, last, earlier)


def _in_marks(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
    """`He "claimed" that ...`: a cue from which the writer keeps a distance by quotation marks."""
    words = page.words
    quotation = page.quotations[page.inside[i]]
    begin, end = quotation.first, quotation.last
    if end - begin > 5 or end != i + 2 or begin <= first or end >= last:
        return None
    who = subject(words, begin, first)
    governed = complement(words, end, last, page.quote_at, cue.addressee)
    if who is None or governed.frame not in cue.frames or governed.frame not in ("that", "quote", "clause", "wh"):
        return None
    content = content_of(page, governed, last)
    return Found([who], [(begin, end)], content, _RULES[governed.frame], cue) if content else None


def _thought_before(page: Page, start: int, i: int, first: int, last: int) -> bool:
    """Whether the pronoun at `start` and its cue `i` stand between another cue and the "that" which this one governs."""
    words = page.words
    if (
        start - 2 <= first
        or words.tag[start] != "PRP"
        or words.low[start - 1] != ","
        or words.tag[start - 2] not in FINITE
    ):
        return False
    return i + 2 < last and words.tag[i + 2] == "THAT" and words.low[start - 2] in cue_verbs()


def _verb_ahead(page: Page, start: int, last: int) -> bool:
    """Whether a finite verb follows before the next comma or stop: the noun phrase is its subject."""
    tags = page.words.tag
    for i in range(start, last):
        if tags[i] in (".", ",", ":"):
            return False
        if tags[i] in FINITE:
            return True
    return False


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
        governed.frame in ("np", "of", "about")
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
