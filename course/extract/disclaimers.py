"""Disclaimers: where a report says that it, or nobody, has verified something."""

from __future__ import annotations

from dataclasses import dataclass

from course.extract.attributions import Page
from course.extract.lexicons import word_set
from course.extract.phrases import subject, verb_group

_CHECKING = word_set(
    "verify verified verifying confirm confirmed confirming corroborate corroborated corroborating authenticate authenticated"
    " substantiate substantiated check checked verification confirmation corroboration vouch establish established"
)
_NEGATIONS = word_set("not cannot n't 't never unable no none without neither nor impossible yet failed")
_OWN = frozenset(("we", "our", "us"))
_UNSURE = word_set("unverified unconfirmed provisional unchecked uncorroborated preliminary")
_ABOUT = word_set(
    "figures figure numbers number statements claims reports report bulletin list data this everything counts account accounts it"
)
_REACH = 14  # tokens between a negation and the verb


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """The tokens `first` to `last` (left out) of a warning, the token that shows it, and the tokens of who gives it, if named."""

    first: int
    last: int
    sign: int
    who: tuple[int, int] | None = None


def disclaimers_on(page: Page) -> list[Disclaimer]:
    """The disclaimers of a text that has been read: labelled paragraphs, and sentences that say that something is not verified."""
    words = page.words
    low = words.low
    found: list[Disclaimer] = []
    covered = -1
    for first, last in words.sentences:
        if first < covered:
            continue
        if low[first] in ("disclaimer", "disclaimers") and first + 1 < last and low[first + 1] in (":", "-", "–", "—"):
            stop = words.paragraphs[page.paragraph[first]][1]
            found.append(Disclaimer(first, stop, first))
            covered = stop
            continue
        sign = _unverified(page, first, last)
        if sign >= 0:
            for k in range(sign, first, -1):  # the clause that warns, where the sentence says more
                if low[k] == ";":
                    first = k + 1
                    break
            for k in range(sign, last):
                if low[k] == ";":
                    last = k
                    break
            begin, _ = verb_group(words, sign, first)
            who = subject(words, begin, first)
            found.append(Disclaimer(first, last, sign, who))
    return found


def _unverified(page: Page, first: int, last: int) -> int:
    """The token that says "verify" under a negation, outside quotations and in the report's own voice; -1 where there is none."""
    low, tags = page.words.low, page.words.tag
    for i in range(first, last):
        if low[i] not in _CHECKING or page.inside[i] >= 0:
            continue
        for k in range(i - 1, max(first, i - _REACH) - 1, -1):
            if low[k] == "as":
                break  # "were not ours, as the council has established": another clause
            if low[k] in _NEGATIONS or low[k] in ("nobody", "nothing"):
                aware = any(
                    low[j] in ("independently", "independent", "immediately", "immediate") for j in range(first, last)
                )
                own = any(low[j] in _OWN for j in range(first, i))
                passive = any(tags[j] == "BE" or low[j] in ("been", "be") for j in range(k, i))
                modal = any(
                    low[j] in ("could", "cannot", "can", "couldn", "unable", "possible", "impossible")
                    for j in range(max(first, k - 2), i)
                )
                perfect = any(tags[j] == "HV" for j in range(max(first, k - 3), i))
                if (
                    aware
                    or own
                    or (passive and (modal or perfect))
                    or (modal and low[i].startswith(("verif", "confirm", "check", "establish")))
                ):
                    return i
                if low[k] in ("nobody", "nothing") and perfect:
                    return i
                break
        else:
            if low[i].startswith(("verif", "confirm", "check")) and _none_after(page, i, first, last):
                return i
    for i in range(first, last):
        if low[i] == "incomplete" and page.inside[i] < 0 and any(tags[j] == "BE" for j in range(max(first, i - 3), i)):
            return i  # "the newest days are always incomplete"
        second = low[i] == "source" and low[i - 1] in ("second", "other", "independent") and i - 2 >= first
        if (
            second
            and low[i - 2] in ("no", "any")
            and page.inside[i] < 0
            and any(low[j] in _OWN for j in range(first, i))
        ):
            return i  # "we have no second source for it"
        unsure = low[i] in _UNSURE and page.inside[i] < 0 and i > first and tags[i - 1] in ("BE", "RB")
        if unsure and any(low[j] in _ABOUT for j in range(first, i)):
            return i
    return -1


def _none_after(page: Page, i: int, first: int, last: int) -> bool:
    """`could verify none of these statements`."""
    low = page.words.low
    modal = any(low[j] in ("could", "can", "able") for j in range(max(first, i - 3), i))
    return modal and i + 1 < last and low[i + 1] in ("none", "neither", "no")
