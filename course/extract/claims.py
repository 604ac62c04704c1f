"""The claims of a report: attributions with their quantities, claimant, hedges, dates and places; and what nobody is named for."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import replace

from course.claim import Attribution, Claim, Mention, Span, text_of
from course.corpus.report import Report
from course.extract.attributions import Page, attributions_on, read
from course.extract.claimants import ITSELF, Claimants, Resolved
from course.extract.dates import dates_on, periods_on, places_on
from course.extract.disclaimers import Disclaimer, disclaimers_on
from course.extract.hedges import hedges_on
from course.extract.quantities import quantities_on
from course.extract.tags import NOUNS

_RULES = {
    "clause with that": "the clause with “that” after the cue is what is said",
    "clause": "the clause after the cue is what is said",
    "question": "the question after the cue is what is said",
    "quotation after the cue": "the quotation marks after the cue hold what is said",
    "content before the cue": "what stands before the cue is what is said",
    "according to": "“according to” names the source, and the rest of the sentence is what is said",
    "colon": "what follows the colon is what is said",
    "putting": "the cue sets a number for something: both are what is said",
    "label": "the name stands before what is said, with a colon",
    "signature": "the name stands below the quotation, behind a dash",
    "as X said": "“as” with the cue introduces what is said",
    "relative clause": "the clause that goes on after the cue is what is said",
    "if believed": "“if” with a verb of believing names the source and keeps a distance from it",
    "set phrase": "the phrase reports talk, without saying whose",
    "adjective": "the adjective says what somebody thinks, and the words after it are the content",
    "count": "a count or estimate is the source, and the number after the verb is what it says",
    "seeming": "the cue marks the statement as an impression, without saying whose",
    "noun": "the noun names what somebody says, and the clause after it is the content",
    "adverb": "the adverb marks the statement around it as somebody's claim, without saying whose",
    "passive": "the passive cue reports a claim and puts the speaker in the background",
    "complement": "the words after the cue are what is said",
}
_STANCES = {
    "neutral": "neutral",
    "distancing": "distancing: the writer does not vouch for it",
    "endorsing": "endorsing: the writer takes it as true",
    "evidential": "evidential: it says that the claim rests on a judgement or a calculation",
}


def claims_in(report: Report | str, kinds: tuple[str, ...] = ("reporting", "attitude")) -> list[Claim]:
    """The claims of a report or of any text, in order.

    A claim is what somebody is reported to say (with an attribution), or a statement with a number that counts people or things in the
    report's own voice (attribution None), or the report's warning that something is not verified (kind "disclaimer").
    `kinds` are the kinds of cue that count: "reporting", "attitude" and "other" (actions such as "voted for").
    """
    text = report if isinstance(report, str) else report.text
    outlet = "" if isinstance(report, str) else report.outlet
    page = read(text)
    disclaimers = disclaimers_on(page)
    warned = [page.words.span(item.first, item.last) for item in disclaimers]
    attributions = [
        item
        for item in attributions_on(page)
        if item.cue_kind in kinds and not _warning(item, warned) and not _unsaid(page, item)
    ]
    claimants = Claimants(page, attributions, outlet)
    day = None if isinstance(report, str) else report.date
    builder = _Builder(page, quantities_on(page), outlet or ITSELF, day)
    made = [builder.attributed(item, who) for item, who in zip(attributions, claimants.resolved, strict=True)]
    made.extend(builder.disclaimer(item) for item in disclaimers)
    made.extend(
        builder.unattributed([claim.span if claim.kind == "disclaimer" else None for claim in made], attributions)
    )
    return sorted(made, key=lambda claim: (claim.span.start, claim.span.end))


def _warning(item: Attribution, warned: list[Span]) -> bool:
    for span in item.cue:
        n = bisect_right(warned, span.start, key=lambda whole: whole.start) - 1
        if n >= 0 and span.within(warned[n]):
            return True
    return False


def _unsaid(page: Page, item: Attribution) -> bool:
    """Whether the cue says that something was not said: "did not reveal"."""
    first = bisect_left(page.words.start, item.cue[0].start) if item.cue else 0
    return item.cue_kind == "reporting" and any(
        page.words.tag[i] == "NEG"
        for span in item.cue[:1]
        for i in range(first, bisect_left(page.words.start, span.end))
    )


class _Builder:
    def __init__(self, page: Page, mentions: list[Mention], outlet: str, day: dt.date | None) -> None:
        self.page, self.mentions, self.outlet, self.day = page, mentions, outlet, day
        self.starts = [mention.span.start for mention in mentions]
        self.sentence_starts = [first for first, _ in page.words.sentences]
        self.text = page.words.text

    def tokens(self, span: Span) -> tuple[int, int]:
        return bisect_left(self.page.words.start, span.start), bisect_left(self.page.words.start, span.end)

    def within(self, spans: tuple[Span, ...]) -> tuple[Mention, ...]:
        found: list[Mention] = []
        for span in spans:
            for n in range(bisect_left(self.starts, span.start), len(self.mentions)):
                if self.starts[n] >= span.end:
                    break
                if self.mentions[n].span.within(span):
                    found.append(self.mentions[n])
        return tuple(dict.fromkeys(found))

    def with_details(self, claim: Claim, spans: tuple[Span, ...]) -> Claim:
        """`claim` with the hedges, dates and places of `spans`."""
        runs = [self.tokens(span) for span in spans]
        dates = tuple(span for run in runs for span in dates_on(self.page, *run))
        return replace(
            claim,
            hedges=tuple(span for run in runs for span in hedges_on(self.page, *run)),
            dates=dates,
            periods=periods_on(self.page, dates, self.day),
            places=tuple(span for run in runs for span in places_on(self.page, *run)),
        )

    def attributed(self, item: Attribution, who: Resolved) -> Claim:
        parts = (*item.source, *item.cue, *item.content)
        span = Span(min(part.start for part in parts), max(part.end for part in parts))
        mentions = self.within(item.content)
        cue = text_of(item.cue, self.text)
        claim = Claim(
            text=text_of(item.content, self.text),
            span=span,
            attribution=item,
            claimant=who.claimant,
            source=text_of(item.source, self.text),
            cue=cue,
            mentions=mentions,
            explanation=_explained(item, cue, text_of(item.source, self.text), who, mentions),
        )
        return self.with_details(claim, item.content)

    def disclaimer(self, item: Disclaimer) -> Claim:
        words = self.page.words
        span = words.span(item.first, item.last)
        who = self.outlet
        if item.who is not None and who == ITSELF:
            named = [i for i in range(*item.who) if words.tag[i] == "NNP"]
            if named and words.tag[item.who[1] - 1] in NOUNS | {","}:
                who = words.span(named[0], named[-1] + 1).of(self.text)
        sign = words.word(item.sign)
        claim = Claim(
            text=span.of(self.text),
            span=span,
            attribution=None,
            claimant=who,
            kind="disclaimer",
            explanation=f"A disclaimer: “{sign}” shows that the report warns that something is not verified.",
        )
        return self.with_details(claim, (span,))

    def unattributed(self, disclaimers: list[Span | None], attributions: list[Attribution]) -> list[Claim]:
        taken = sorted(
            (span.start, span.end) for item in attributions for span in (*item.content, *item.source, *item.cue)
        )
        taken += [(span.start, span.end) for span in disclaimers if span is not None]
        taken.sort()
        free: dict[int, list[Mention]] = {}
        position, reach = 0, 0
        for mention in self.mentions:
            while position < len(taken) and taken[position][0] <= mention.span.start:
                reach = max(reach, taken[position][1])
                position += 1
            if reach >= mention.span.end or not mention.measure:
                continue
            free.setdefault(self.sentence(mention.span.start), []).append(mention)
        return [self.own(sentence, mentions, taken) for sentence, mentions in free.items()]

    def sentence(self, start: int) -> int:
        token = bisect_left(self.page.words.start, start)
        return bisect_left(self.sentence_starts, token + 1) - 1

    def own(self, sentence: int, mentions: list[Mention], taken: list[tuple[int, int]]) -> Claim:
        words = self.page.words
        span = words.span(*words.sentences[sentence])
        # what others say in the same sentence is theirs
        near = max(0, bisect_left(taken, (span.start, 0)) - 1)
        start, end = span.start, span.end
        for begin, stop in (taken[n] for n in range(near, len(taken))):
            if begin >= span.end:
                break
            if span.start < stop <= mentions[0].span.start:
                start = max(start, stop)
            elif mentions[-1].span.end <= begin:
                end = min(end, begin)
        first, last = self.tokens(Span(start, end))
        while first < last and words.tag[first] in (",", ".", ":", "CC"):
            first += 1
        span = words.span(first, last) if first < last else span
        quoted = self.page.inside[self.tokens(mentions[0].span)[0]] >= 0
        numbers = " and ".join(f"“{mention.span.of(self.text)}” ({mention.measure})" for mention in mentions)
        voice = (
            "It stands in quotation marks without a cue near them, so that the text does not say here who says it."
            if quoted
            else "No words name somebody who says so, so that the report speaks in its own voice."
        )
        claim = Claim(
            text=span.of(self.text),
            span=span,
            attribution=None,
            claimant=self.outlet,
            mentions=tuple(mentions),
            explanation=f"A statement with a number: {numbers}. {voice}",
        )
        return self.with_details(claim, (span,))


def _explained(item: Attribution, cue: str, source: str, who: Resolved, mentions: tuple[Mention, ...]) -> str:
    parts = [f"The cue “{cue}” ({_STANCES[item.stance]}) shows an attribution: {_RULES.get(item.rule, item.rule)}."]
    if source:
        parts.append(f"The source is “{source}”.")
    if who.how:
        parts.append(who.how)
    if item.form == "mixed":
        parts.append("A part of it stands in quotation marks, so that the form is mixed.")
    for mention in mentions:
        if mention.measure:
            parts.append(
                f"“{mention.quantity.text}” counts {mention.measure}" + (f" of {mention.of}." if mention.of else ".")
            )
    return " ".join(parts)
