"""How far the content of an attribution reaches: to the end of a clause, a phrase or a quotation."""

from __future__ import annotations

from course.extract.attributions import Page, Run
from course.extract.complements import Complement, complement
from course.extract.cues import SAYING, cue_verbs
from course.extract.lexicons import word_set
from course.extract.phrases import long_phrase_end
from course.extract.tags import FINITE, VERBS

_JOINTS = word_set("while though although as whereas after")
_PHRASE_ENDS = word_set("while because after when before since although though but as until unless where if")
_GOES_ON = word_set("because if unless since although though")
_BEFORE_BOTH = word_set("as until after before since")
_WHERE = word_set("at on during in")  # "slammed the “late warning” at a briefing": the briefing is not part of it
_GOES_WITH = word_set("including where")
_STRONG = ("that", "quote", "clause", "end", "wh", "colon")
_DASHES = ("—", "–", "--", "-")


def content_of(page: Page, governed: Complement, last: int, comma: bool = False) -> list[Run]:
    """The content that begins with a complement."""
    start = governed.start
    if start >= last:
        return []
    if governed.frame == "quote":
        return quoted_from(page, start, last)
    if governed.frame == "colon" and start in page.quote_at:
        return quoted_from(page, start, last)
    if governed.frame in ("that", "clause", "wh", "colon", "rest"):
        stop = clause_stop(page, start, last, comma or governed.frame == "rest")
    else:
        stop = phrase_stop(page, start, last)
    return [(start, stop)] if stop > start else []


def quoted_from(page: Page, start: int, last: int) -> list[Run]:
    """The quotation at `start`, what belongs to it, and the one that goes on directly after it."""
    runs = [(start, quote_stop(page, start, last))]
    quotation = page.quotations[page.quote_at[start]]
    after = quotation.last
    if runs[0][1] == after and after >= last - 1:
        more = resumption(page, after)
        if more is not None:
            runs.append(more)
    return runs


def quote_stop(page: Page, opening: int, last: int) -> int:
    """Where the content ends that goes on with the quotation at `opening`, the clause around it included."""
    quotation = page.quotations[page.quote_at[opening]]
    if quotation.last >= last:
        return quotation.last
    goes_on = page.words.tag[quotation.last] == "CC" and quotation.last + 1 in page.quote_at
    if page.words.low[quotation.last - 2] in (".", "?", "!", ",") and not goes_on:
        return quotation.last
    return clause_stop(page, quotation.last - 1, last)


def resumption(page: Page, last: int) -> Run | None:
    """A quotation that begins directly after a sentence, in the same paragraph, and has no cue of its own."""
    words = page.words
    if last >= len(words) or last not in page.quote_at or page.paragraph[last] != page.paragraph[last - 1]:
        return None
    quotation = page.quotations[page.quote_at[last]]
    after = quotation.last
    if after < len(words) and page.paragraph[after] == page.paragraph[last]:
        previous = words.low[after - 2] if after - 2 >= 0 else ""
        if previous == "," or words.low[after] == "," or not words.capital(after):
            return None
        if _cue_follows(page, after):
            return None
    return quotation.first, quotation.last


def next_paragraphs(page: Page, last: int, opened: bool = False) -> list[Run]:
    """The quotations that carry on a quotation in the paragraphs after token `last`.

    Each of them fills its paragraph, and has no cue: by an old convention every paragraph opens the marks, and only the last closes them.
    With `opened`, the quotation that ends at `last` is open, so that one that is closed carries it on.
    """
    words = page.words
    runs: list[Run] = []
    if not 0 < last < len(words) or page.paragraph[last] == page.paragraph[last - 1]:
        return runs
    while last < len(words) and last in page.quote_at and len(runs) < 12:
        quotation = page.quotations[page.quote_at[last]]
        begin, stop = words.paragraphs[page.paragraph[last]]
        whole = quotation.first == begin and quotation.last == stop
        if not whole or (not runs and quotation.closed and not opened):
            break
        runs.append((quotation.first, quotation.last))
        last = quotation.last
        if quotation.closed:
            break
    return runs


def _cue_follows(page: Page, i: int) -> bool:
    """Whether a subject and a saying verb, and nothing more, follow a quotation: "... ?" Vela asked."""
    words, verbs = page.words, cue_verbs()
    j = long_phrase_end(words, i, min(len(words), i + 20))
    if j >= len(words) or j == i:
        return False
    cue = verbs.get(words.low[j])
    return (
        cue is not None
        and words.tag[j] in VERBS
        and cue.lemma in SAYING
        and j + 1 < len(words)
        and words.low[j + 1] in (".", ",")
    )


def clause_stop(page: Page, start: int, last: int, comma: bool = False) -> int:
    """Where a clause ends that begins at `start`: at the end of the sentence, or before the next thing that is said.

    With `comma`, at the first comma outside quotation marks: the cue stands in a subordinate clause.
    """
    words = page.words
    tags, low = words.tag, words.low
    stop = last
    k = start + 1
    while k < last:
        if k in page.quote_at:
            quotation = page.quotations[page.quote_at[k]]
            if quotation.last > last:
                return quotation.last
            k = quotation.last
            if k < last and low[k - 2] == "," and (_speaker_at(page, k, last) or _ends_at_comma(page, k, last)):
                stop = k
                break
            continue
        if low[k] == ";":
            stop = k
            break
        if (low[k] == "," or low[k] in _DASHES) and k + 1 < last:
            if comma or _ends_at_comma(page, k + 1, last):
                stop = k
                break
        elif (low[k] in _JOINTS and k > start + 2 and _another_speaker(page, k + 1, last)) or (
            tags[k] == "CC" and (_adds(page, k + 1, last) or _another_speaker(page, k + 1, last))
        ):
            stop = k
            break
        k += 1
    while stop > start and stop - 1 not in page.quote_end and tags[stop - 1] in (".", ",", ":", "CC"):
        stop -= 1
    return stop


def _ends_at_comma(page: Page, nxt: int, last: int) -> bool:
    words, verbs = page.words, cue_verbs()
    tags, low = words.tag, words.low
    j = nxt
    while j < last and tags[j] == "RB":
        j += 1
    if j < last and tags[j] == "VBG" and low[j] in verbs and verbs[low[j]].kind == "reporting":
        return True
    if low[nxt] in ("according", "citing"):
        return True
    if tags[nxt] == "CC" or low[nxt] in _JOINTS:
        j = nxt + 1
        while j < last and tags[j] == "RB":
            j += 1
        if j < last and tags[j] == "VBG" and low[j] in verbs and verbs[low[j]].kind == "reporting":
            return True
        if (
            low[nxt] in ("and", "but")
            and tags[nxt + 1 if nxt + 1 < last else nxt] not in ("PRP", "EX")
            and _clause_at(page, nxt + 1, last)
        ):
            return True  # another statement, with a subject of its own
        return _another_speaker(page, nxt + 1, last, comma=True) or _adds(page, nxt + 1, last)
    return False


def _speaker_at(page: Page, k: int, last: int) -> bool:
    """Whether a subject with a saying verb, or such a verb with its subject, begins at `k`."""
    words, verbs = page.words, cue_verbs()
    cue = verbs.get(words.low[k])
    if cue is not None and words.tag[k] in ("VBD", "VBZ") and cue.lemma in SAYING:
        return True
    j = long_phrase_end(words, k, last)
    if j == k or j >= last:
        return False
    cue = verbs.get(words.low[j])
    return cue is not None and words.tag[j] in VERBS and cue.lemma in SAYING


def _another_speaker(page: Page, k: int, last: int, comma: bool = False) -> bool:
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
    frame = complement(words, j + 1, last, page.quote_at, cue.addressee).frame
    if frame == "end":
        return cue.lemma in SAYING and comma
    return (
        frame in ("that", "quote")
        or (frame in _STRONG and cue.lemma in SAYING)
        or (comma and words.tag[k] == "PRP" and frame in cue.frames)
    )


def _adds(page: Page, k: int, last: int) -> bool:
    """Whether a reporting cue without a subject of its own begins at token `k`: "and also announced"."""
    words, verbs = page.words, cue_verbs()
    j = k
    while j < last and words.tag[j] in ("RB", "HV"):
        j += 1
    if j >= last or words.tag[j] not in ("VBD", "VBZ"):
        return False
    cue = verbs.get(words.low[j])
    return cue is not None and cue.lemma in SAYING


def phrase_stop(page: Page, start: int, last: int) -> int:
    """Where a phrase ends that begins at `start`: at the first comma or conjunction that begins something else."""
    words = page.words
    tags, low = words.tag, words.low
    k = start
    while k < last:
        if k in page.quote_at:
            quotation = page.quotations[page.quote_at[k]]
            k = max(k + 1, min(last, quotation.last))
            if low[k - 2] in (",", ".", "?", "!") or (
                k - start <= 8 and k < last and low[k] in _WHERE and tags[k] == "IN"
            ):
                break
            continue
        if k == start:
            k += 1
            continue
        if tags[k] in (".", ":"):
            if low[k] == ":" and k + 1 < last and tags[k + 1] in ("CD", "THAT"):
                k += 1
                continue
            break
        if low[k] == ",":
            if not (k + 1 < last and (low[k + 1] in _GOES_WITH or _part_at(page, k + 1, last))):
                break
            k += 2
            continue
        if (
            low[k] in _PHRASE_ENDS
            and tags[k] in ("IN", "CC", "WRB")
            and k > start + 1
            and (low[k] not in _BEFORE_BOTH or _clause_at(page, k + 1, last))
        ):
            break
        if tags[k] == "CC" and k + 1 < last and tags[k + 1] in ("VBD", "VBZ", "HV", "MD"):
            break
        k += 1
    return min(k, last)


def _part_at(page: Page, k: int, last: int) -> bool:
    """Whether a part of what stands before begins at token `k`: "of them over 300", "31 of them"."""
    low, tags = page.words.low, page.words.tag
    if low[k] in ("and", "but") and k + 1 < last and low[k + 1] in ("that", "this", "these", "those"):
        return k + 2 < last and tags[k + 2] in ("RB", "IN", "JJ")  # "1,140 dead, and that only for nine days"
    if low[k] == "although" and k + 1 < last and low[k + 1] in ("that", "this"):
        return True
    if low[k] in ("after", "against", "from") and k + 1 < last:
        return tags[k + 1] == "CD"  # "3,470 in the week to Friday, after 2,040 the week before"
    if low[k] in ("of", "in", "during") and k + 1 < last:
        return low[k + 1] in ("whom", "which") or (low[k] == "of" and low[k + 1] == "them")
    return tags[k] == "CD" and k + 2 < last and low[k + 1] == "of" and low[k + 2] in ("them", "whom", "which")


def _clause_at(page: Page, k: int, last: int) -> bool:
    """Whether a noun phrase and a finite verb begin at token `k`."""
    end = long_phrase_end(page.words, k, last)
    return k < end < last and page.words.tag[end] in FINITE


def incomplete(page: Page, run: Run, nxt: int, last: int) -> bool:
    """Whether what stands before an inserted cue needs what follows it."""
    tags = page.words.tag
    if tags[nxt] in FINITE or tags[nxt] in ("VB", "THAT") or page.words.low[nxt] in _GOES_ON:
        return True
    return not any(tags[i] in FINITE for i in range(*run)) and tags[nxt] != "VBG"


def lead_of(page: Page, first: int, opening: int) -> int:
    """Where the content begins whose quotation opens inside a sentence: with the sentence, unless it says who speaks."""
    verbs = cue_verbs()
    for i in range(first, opening):
        if page.words.tag[i] in VERBS and page.words.low[i] in verbs and verbs[page.words.low[i]].lemma in SAYING:
            return opening
    return first


def trimmed(page: Page, start: int, end: int) -> int:
    """`end` moved left over commas and dashes."""
    while end > start and page.words.low[end - 1] in (",", *_DASHES):
        end -= 1
    return end
