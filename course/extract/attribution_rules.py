"""The rules that find attributions: one function a family, each for one sentence."""

from __future__ import annotations

from course.extract.attributions import Found, Page, Run
from course.extract.complements import Complement, complement
from course.extract.cues import Cue, cue_verbs, cue_words
from course.extract.lexicons import word_set
from course.extract.phrases import long_phrase_end, main_subject, phrase_start, subject, verb_group
from course.extract.tags import FINITE, NOUNS, VERBS

_SHORT = 6  # tokens; a shorter quotation may be a single word at which the writer points
_PAST = frozenset(("VBD", "VBZ", "VBP", "VBN"))
_SAYING = word_set(
    "say write tell add ask note continue reply explain argue tweet respond warn insist declare joke recall report announce state claim suggest conclude predict shout chant acknowledge admit"
)


def candidates(page: Page) -> list[Found]:
    """All attributions that some rule finds, overlapping ones included."""
    found: list[Found] = []
    for number in range(len(page.words.sentences)):
        found.extend(_in_sentence(page, number))
    return found


def _in_sentence(page: Page, number: int) -> list[Found]:
    words = page.words
    first, last = words.sentences[number]
    verbs, others = cue_verbs(), cue_words()
    found: list[Found] = []
    for i in range(first, last):
        token = words.low[i]
        if page.inside[i] >= 0 and _long(page, page.inside[i]):
            continue
        if token == "according" and i + 1 < last and words.low[i + 1] == "to":
            item = _according(page, i, first, last)
            if item is not None:
                found.append(item)
            continue
        if words.tag[i] in VERBS:
            cue = verbs.get(token)
            if cue is not None:
                item = _verb(page, cue, i, first, last, found)
                if item is not None:
                    found.append(item)
            continue
        known = others.get(token)
        if known is not None:
            item = (
                _noun(page, known, i, first, last)
                if "adverb" not in known.frames
                else _adverb(page, known, i, first, last)
            )
            if item is not None:
                found.append(item)
    return found


def _long(page: Page, number: int) -> bool:
    quotation = page.quotations[number]
    return quotation.last - quotation.first > _SHORT


# --- verbs ----------------------------------------------------------------------------------------------------------------


def _verb(page: Page, cue: Cue, i: int, first: int, last: int, earlier: list[Found]) -> Found | None:
    words = page.words
    tags, low = words.tag, words.low
    begin, passive = verb_group(words, i, first)
    governed = complement(words, i + 1, last, page.quote_at, cue.addressee)
    if not passive and begin == i and _after_content(page, begin, first):
        inverted = _inverted(page, cue, i, first, last)
        if inverted is not None:
            return inverted
    who = subject(words, begin, first)
    frame = ("P" if passive else "") + governed.frame
    if who is not None and not passive and "end" in cue.frames and _after_content(page, who[0], first):
        if governed.frame not in ("that", "clause", "to", "wh") or (governed.frame == "clause" and tags[i + 1] == ","):
            after = _post(page, cue, who, (begin, i + 1), i + 1, first, last)
            if after is not None:
                return after
    if frame not in cue.frames:
        return None
    if passive:
        return _passive(page, cue, frame, governed, begin, i, first, last)
    if frame == "end":
        return None
    if tags[i] == "VBN" and begin == i:
        return None
    source = who if who is not None else _shared(page, begin, first, earlier)
    if source is None and tags[i] not in ("VBG", "VB"):
        source = main_subject(words, first, begin)
    content = _content(page, governed, first, last)
    if not content:
        return None
    cue_end = i + 1
    sources = [source] if source is not None and source[1] > source[0] else []
    if governed.frame in ("that", "quote", "clause", "wh", "colon"):
        rule = {
            "that": "clause with that",
            "quote": "quotation after the cue",
            "clause": "clause",
            "wh": "question",
            "colon": "colon",
        }[governed.frame]
        sure = (
            cue.kind == "reporting"
            and governed.frame in ("that", "quote", "clause")
            and bool(sources)
            and who is not None
        )
    else:
        rule = "complement"
        sure = False
        if governed.frame not in ("to", "np", "ing", "other") and content:
            cue_end = governed.start + 1 if governed.start == i + 1 else cue_end
            content[0] = (max(content[0][0], governed.start + 1), content[0][1])
            if content[0][0] >= content[0][1]:
                return None
    return Found(sources, [(begin, cue_end)], content, rule, cue, sure=sure)


def _after_content(page: Page, i: int, first: int) -> bool:
    """Whether what ends before token `i` may be content: a comma, a dash or a closing mark stands there."""
    words = page.words
    if i == first:
        return i > 0 and (i - 1) in page.quote_end and page.paragraph[i - 1] == page.paragraph[i]
    return words.low[i - 1] in (",", "—", "–", "--", "-") or (i - 1) in page.quote_end


def _inverted(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
    """`..., said X.`"""
    words = page.words
    if words.tag[i] not in ("VBD", "VBZ", "VBP", "VBN") or cue.lemma not in _SAYING:
        return None
    end = long_phrase_end(words, i + 1, last)
    if end == i + 1:
        return None
    end = _with_apposition(page, end, last)
    return _post(page, cue, (i + 1, end), (i, i + 1), end, first, last)


def _with_apposition(page: Page, end: int, last: int) -> int:
    """`end` moved right over ", the minister of defence," where a comma or stop closes it."""
    words = page.words
    tags = words.tag
    if end + 1 < last and tags[end] == "," and tags[end + 1] in ("DT", "NN", "JJ", "WP", "CD", "NNP", "PRP$", "VBN"):
        k = end + 1
        while (
            k < last
            and tags[k] != "."
            and k - end < 40
            and not (tags[k] == "," and k + 1 < last and tags[k + 1] in ("CC", "VBG", '"'))
        ):
            if k in page.quote_at:
                return end
            k += 1
        return k
    return end


def _post(page: Page, cue: Cue, who: Run, verb: Run, after: int, first: int, last: int) -> Found | None:
    """Content before source and cue: `..., X said`, with what resumes after them."""
    words = page.words
    tags, low = words.tag, words.low
    cut = min(who[0], verb[0])  # the first token of the attribution
    content: list[Run] = []
    end = cut
    while end > first and low[end - 1] in (",", "—", "–", "--", "-"):
        end -= 1
    quote = page.quote_end.get(end - 1) if end > 0 else None
    quoted = quote is not None
    if quote is not None:
        opening = page.quotations[quote].first
        start = opening
        if opening > first:
            start = _lead(page, first, opening)
        elif opening < first:
            begin = _sentence_of(page, opening)
            start = _lead(page, begin, opening) if begin < opening else opening
        content.append((start, end))
    else:
        start = first
        if end - start < 1:
            return None
        content.append((start, end))
    # what resumes after the cue
    k = after
    while k < last and tags[k] not in (",", ".", ":") and k not in page.quote_at and tags[k] != "THAT":
        k += 1
    source = who
    resumed = False
    if k < last and k in page.quote_at:
        content.append((k, _quote_stop(page, k, last)))
        resumed = True
    elif k < last and tags[k] in (",", ":") and k + 1 < last:
        nxt = k + 1
        if nxt in page.quote_at:
            content.append((nxt, _quote_stop(page, nxt, last)))
            resumed = True
        elif not quoted and _incomplete(page, content[0], nxt, last):
            stop = _clause_stop(page, nxt, last)
            if stop > nxt:
                content.append((nxt, stop))
                resumed = True
    if (quoted and not resumed) or (resumed and content[-1][1] >= last - 1):
        more = _resumption(page, last)
        if more is not None:
            content.append(more)
    reporting = cue.kind == "reporting"
    return Found([source], [verb], content, "content before the cue", cue, sure=reporting, post=True)


def _sentence_of(page: Page, token: int) -> int:
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


def _lead(page: Page, first: int, opening: int) -> int:
    """Where the content begins whose quotation opens inside a sentence: with the sentence, unless it says who speaks."""
    verbs = cue_verbs()
    for i in range(first, opening):
        if page.words.tag[i] in VERBS and page.words.low[i] in verbs and verbs[page.words.low[i]].lemma in _SAYING:
            return opening
    return first


def _incomplete(page: Page, run: Run, nxt: int, last: int) -> bool:
    """Whether what stands before an inserted cue needs what follows it."""
    tags = page.words.tag
    if tags[nxt] in FINITE or tags[nxt] in ("VB", "THAT"):
        return True
    return not any(tags[i] in FINITE for i in range(*run)) and tags[nxt] not in ("VBG",)


def _resumption(page: Page, last: int) -> Run | None:
    """A quotation that begins directly after the sentence, in the same paragraph, and has no cue of its own."""
    words = page.words
    if last >= len(words) or last not in page.quote_at or page.paragraph[last] != page.paragraph[last - 1]:
        return None
    quotation = page.quotations[page.quote_at[last]]
    after = quotation.last
    if after < len(words) and page.paragraph[after] == page.paragraph[last]:
        previous = words.low[after - 2] if after - 2 >= 0 else ""
        if previous in (",",) or words.low[after] in (",",) or not words.capital(after):
            return None
    return (quotation.first, quotation.last)


def _quote_stop(page: Page, opening: int, last: int) -> int:
    """Where the content ends that goes on with the quotation at `opening`: the clause around it included."""
    quotation = page.quotations[page.quote_at[opening]]
    if quotation.last >= last:
        return quotation.last
    if page.words.low[quotation.last - 2] in (".", "?", "!", ","):
        return quotation.last
    return _clause_stop(page, quotation.last, last)


def _shared(page: Page, begin: int, first: int, earlier: list[Found]) -> Run | None:
    """The source of the attribution before, for a cue that shares it: ", adding that ..."."""
    if earlier and earlier[-1].source and earlier[-1].cue:
        return earlier[-1].source[0]
    return None


def _passive(
    page: Page, cue: Cue, frame: str, governed: Complement, begin: int, i: int, first: int, last: int
) -> Found | None:
    """`it was claimed that`, `X is believed to`, `Y was denied by X`."""
    words = page.words
    tags, low = words.tag, words.low
    who = subject(words, begin, first)
    source: list[Run] = []
    if i + 1 < last and low[i + 1] == "by":
        end = long_phrase_end(words, i + 2, last)
        if end > i + 2:
            source = [(i + 2, end)]
            governed = complement(words, end, last, page.quote_at)
    content: list[Run] = []
    if governed.frame in ("to", "as", "for", "of", "np", "ing") and who is not None:
        if low[who[0]] != "it":
            content.append(who)
        content.extend(_content(page, governed, first, last))
    elif governed.frame in ("that", "clause", "wh", "quote"):
        content.extend(_content(page, governed, first, last))
    elif who is not None:
        content.append(who)
    if not content:
        return None
    return Found(source, [(begin, i + 1)], content, "passive", cue)


# --- the reach of the content ---------------------------------------------------------------------------------------------


def _content(page: Page, governed: Complement, first: int, last: int) -> list[Run]:
    words = page.words
    start = governed.start
    if start >= last:
        return []
    if governed.frame == "quote":
        runs = [(start, _quote_stop(page, start, last))]
        quotation = page.quotations[page.quote_at[start]]
        if runs[0][1] == quotation.last and quotation.last >= last - 1:
            following = quotation.last
            if (
                following < len(words)
                and following in page.quote_at
                and page.paragraph[following] == page.paragraph[start]
            ):
                more = _resumption(page, following)
                if more is not None:
                    runs.append(more)
        return runs
    if governed.frame in ("that", "clause", "wh", "colon"):
        stop = _clause_stop(page, start, last)
    else:
        stop = _phrase_stop(page, start, last)
    return [(start, stop)] if stop > start else []


def _clause_stop(page: Page, start: int, last: int) -> int:
    """Where a clause ends that begins at `start`: at the end of the sentence, or before the next thing that is said."""
    words = page.words
    tags, low = words.tag, words.low
    verbs = cue_verbs()
    stop = last
    k = start + 1
    while k < last:
        if k in page.quote_at:
            quotation = page.quotations[page.quote_at[k]]
            if quotation.last >= last:
                if quotation.last > last:
                    return quotation.last
                stop = last
                break
            k = quotation.last
            continue
        if low[k] == "," and k + 1 < last:
            nxt = k + 1
            if tags[nxt] == "VBG" and low[nxt] in verbs and verbs[low[nxt]].kind == "reporting":
                stop = k
                break
            if low[nxt] in ("according", "citing"):
                stop = k
                break
            if tags[nxt] == "CC" or low[nxt] in _JOINTS:
                if _another_speaker(page, nxt + 1, last) or _adds(page, nxt + 1, last):
                    stop = k
                    break
        elif low[k] in _JOINTS and k > start + 2 and _another_speaker(page, k + 1, last):
            stop = k
            break
        elif tags[k] == "CC" and k + 1 < last:
            j = k + 1
            while j < last and tags[j] == "RB":
                j += 1
            if j < last and tags[j] in ("VBD", "VBZ") and low[j] in verbs and verbs[low[j]].lemma in _SAYING:
                stop = k
                break
        k += 1
    while stop > start and (
        (tags[stop - 1] in (".", ",", ":", "CC") and low[stop - 1] != ")") or tags[stop - 1] == ":"
    ):
        if stop - 1 in page.quote_end:
            break
        stop -= 1
    return stop


_JOINTS = word_set("while though although as whereas after")


def _another_speaker(page: Page, k: int, last: int) -> bool:
    """Whether a subject and a reporting cue with a complement of its own begin at token `k`."""
    words, verbs = page.words, cue_verbs()
    j = long_phrase_end(words, k, last)
    if j == k:
        return False
    if j < last and words.low[j] == ",":  # ", who is the head of the council, said"
        close = next((i for i in range(j + 1, min(last, j + 20)) if words.low[i] == ","), None)
        if close is None:
            return False
        j = close + 1
    while j < last and words.tag[j] in ("RB", "HV", "BE"):
        j += 1
    if j >= last or words.tag[j] not in VERBS:
        return False
    cue = verbs.get(words.low[j])
    if cue is None or cue.kind != "reporting":
        return False
    return complement(words, j + 1, last, page.quote_at, cue.addressee).frame in (
        "that",
        "quote",
        "clause",
        "end",
        "wh",
        "colon",
    )


def _adds(page: Page, k: int, last: int) -> bool:
    """Whether a reporting cue without a subject of its own begins at token `k`: "and also announced"."""
    words, verbs = page.words, cue_verbs()
    j = k
    while j < last and words.tag[j] in ("RB", "HV"):
        j += 1
    if j >= last or words.tag[j] not in VERBS:
        return False
    cue = verbs.get(words.low[j])
    return cue is not None and cue.kind == "reporting"


_PHRASE_ENDS = word_set("while because after when before since although though but as until unless where if")


def _phrase_stop(page: Page, start: int, last: int) -> int:
    """Where a phrase ends that begins at `start`: at the first comma or conjunction that begins something else."""
    words = page.words
    tags, low = words.tag, words.low
    k = start + 1
    while k < last:
        if k in page.quote_at:
            k = max(k + 1, min(last, page.quotations[page.quote_at[k]].last))
            continue
        if (tags[k] in (".", ":") and low[k] != "/") or low[k] in (",", ";"):
            break
        if low[k] in _PHRASE_ENDS and tags[k] in ("IN", "CC", "WRB") and k > start + 1:
            break
        if tags[k] == "CC" and k + 1 < last and tags[k + 1] in ("VBD", "VBZ", "HV", "MD"):
            break
        k += 1
    return min(k, last)


# --- other cues -------------------------------------------------------------------------------------------------------------


def _according(page: Page, i: int, first: int, last: int) -> Found | None:
    """`According to X, ...` and `..., according to X`."""
    words = page.words
    tags, low = words.tag, words.low
    end = long_phrase_end(words, i + 2, last)
    if end == i + 2:
        return None
    cue = cue_words()["according"]
    lead = i
    while lead > first and tags[lead - 1] in ("RB", ",") and lead - first < 3:
        lead -= 1
    if i == first or all(tags[k] in ("CC", "RB", ",") for k in range(first, i)):
        # the content follows
        k = end
        while k < last and low[k] != ",":
            if tags[k] in FINITE:
                break
            k += 1
        if k >= last:
            return None
        start = k + 1 if low[k] == "," else end
        if (start < last and tags[start] in ("WP", "WDT")) or (low[k] == "," and _closes_later(page, start, last)):
            close = next((j for j in range(start, last) if low[j] == ","), None)
            if close is not None and close + 1 < last:
                k, start = close, close + 1
        source_end = k
        stop = _clause_stop(page, start, last)
        content = [(start, stop)]
        more = _resumption(page, last) if False else None
        if more:
            content.append(more)
        return Found([(i + 2, source_end)], [(i, i + 2)], content, "according to", cue, sure=True)
    content_end = i
    while content_end > first and low[content_end - 1] in (",", "—", "–", "--", "-"):
        content_end -= 1
    start = first
    quote = page.quote_end.get(content_end - 1)
    if quote is not None and page.quotations[quote].first < first:
        start = page.quotations[quote].first
    source_end = _with_apposition(page, end, last)
    runs = [(start, content_end)]
    if (
        source_end < last
        and low[source_end] == ","
        and source_end + 1 < last
        and _incomplete(page, runs[0], source_end + 1, last)
    ):
        stop = _clause_stop(page, source_end + 1, last)
        if stop > source_end + 1:
            runs.append((source_end + 1, stop))
    if content_end <= start:
        return None
    return Found([(i + 2, source_end)], [(i, i + 2)], runs, "according to", cue, sure=True, post=True)


def _closes_later(page: Page, start: int, last: int) -> bool:
    """Whether an apposition stands at `start`: a phrase without a finite verb, closed by a comma."""
    tags, low = page.words.tag, page.words.low
    for k in range(start, min(last, start + 20)):
        if low[k] == ",":
            return k + 1 < last and tags[start] in ("DT", "NN", "WP", "WDT") and tags[k + 1] not in ("CC",)
        if tags[k] in FINITE:
            return False
    return False


def _noun(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
    """`the claim that ...`, `X's estimate that ...`."""
    words = page.words
    tags, low = words.tag, words.low
    if tags[i] not in NOUNS or i + 1 >= last:
        return None
    if low[i + 1] != "that" or tags[i + 1] != "THAT" or "that" not in cue.frames:
        return None
    if i + 2 < last and tags[i + 2] in VERBS | FINITE:  # "the claim that was made": "that" is its subject
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
    stop = _clause_stop(page, i + 1, last)
    if stop <= i + 1:
        return None
    return Found(source, [(cue_start, i + 1)], [(i + 1, stop)], "noun", cue)


def _adverb(page: Page, cue: Cue, i: int, first: int, last: int) -> Found | None:
    """`allegedly`, `reportedly`: the clause around it, without a source."""
    words = page.words
    tags, low = words.tag, words.low
    left = i
    while left > first and low[left - 1] not in (",", ";", ":") and left - 1 not in page.quote_end:
        left -= 1
    stop = _clause_stop(page, i, last)
    runs = [run for run in ((left, i), (i + 1, stop)) if run[1] > run[0]]
    return Found([], [(i, i + 1)], runs, "adverb", cue) if runs else None
