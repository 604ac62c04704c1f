"""What becomes of a report: another verb for its cue, a sentence left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from course.claim import Span
from course.corpus import Report
from course.extract import attributions_in, claims_in, quantities_in, sentences_in, stance_of
from course.quantity import exactly
from course.widgets.panel import Block, Field, Panel

VERBS = (
    "said",
    "stated",
    "told reporters",
    "claimed",
    "alleged",
    "insisted",
    "admitted",
    "confirmed",
    "revealed",
    "estimated",
    "calculated",
)


class VerbSwapper(Panel):
    """A sentence whose cue can be exchanged. `value` is `{"verb": ..., "sentence": ...}`."""

    kind = "verbs"

    def __init__(self, sentence: str, cue: Span, verbs: list[str], task: str, heading: str) -> None:
        self._sentence, self._cue = sentence, cue
        own = cue.of(sentence)
        self._verbs = list(dict.fromkeys([own, *verbs]))
        super().__init__(task=task, about=sentence, heading=heading, start={"verb": own})

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        own = self._verbs[0]
        options = [[verb, f"{verb} (as reported)" if verb == own else verb] for verb in self._verbs]
        return [{"name": "verb", "type": "choice", "label": "The cue", "options": options}]

    @property
    def value(self) -> dict[str, str]:
        return swapped(self._sentence, self._cue.of(self._sentence), self.state["verb"], _at=self._cue)

    def code(self) -> str:
        return f"swapped(sentence, {self._cue.of(self._sentence)!r}, {self.state['verb']!r})"

    def summary(self) -> str:
        verb, own = self.state["verb"], self._cue.of(self._sentence)
        before, after = stance_of(own), stance_of(verb)
        moved = "as reported" if verb == own else f"as “{own}” is" if before == after else f"where “{own}” is {before}"
        return f"“{verb}” is {after}, {moved}. {self._figures()}"

    def _figures(self) -> str:
        before, after = (_figures(text) for text in (self._sentence, self.value["sentence"]))
        if not before and not after:
            return "The sentence has no figure."
        return (
            f"The figures stay: {', '.join(before)}."
            if before == after
            else "A figure has changed: that must not happen."
        )

    def look(self) -> list[Block]:
        sentence, verb, at = self.value["sentence"], self.state["verb"], self._cue.start
        parts: list[list[str]] = []
        cuts = sorted(
            {
                0,
                at,
                at + len(verb),
                len(sentence),
                *(end for one in quantities_in(sentence) for end in (one.span.start, one.span.end)),
            }
        )
        numbers = [one.span for one in quantities_in(sentence)]
        for start, end in pairwise(cuts):
            inside = Span(start, end)
            how = (
                "verb"
                if at <= start < at + len(verb)
                else "number"
                if any(inside.within(one) for one in numbers)
                else ""
            )
            parts.append([sentence[start:end], how])
        return [{"kind": "marked", "title": "How it reads now", "parts": parts}]


class ShowAndHide(Panel):
    """A report whose sentences can be left out. `value` is the list of hidden sentences, numbered from 1."""

    kind = "hide"

    def __init__(self, report: Report | str, task: str, heading: str) -> None:
        self._text = report if isinstance(report, str) else report.text
        self._spans = [span for span in sentences_in(self._text) if span.of(self._text).strip()]
        self._claims = list(claims_in(report))
        super().__init__(task=task, about=self._text, heading=heading, start={"hidden": []})

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        items = [
            [str(number), f"{number}. {' '.join(span.of(self._text).split())}"]
            for number, span in enumerate(self._spans, 1)
        ]
        return [{"name": "hidden", "type": "checks", "label": "Hide these sentences", "items": items}]

    @property
    def value(self) -> list[int]:
        return sorted(int(number) for number in self.state["hidden"])

    def _gone(self, span: Span) -> bool:
        return any(span.overlaps(self._spans[number - 1]) for number in self.value)

    def summary(self) -> str:
        hidden = self.value
        if not hidden:
            return f"Nothing is hidden. The report has {len(self._spans)} sentences."
        words = "sentence" if len(hidden) == 1 else "sentences"
        return f"Hidden: {words} {', '.join(map(str, hidden))} of {len(self._spans)}. {' '.join(self._effects())}"

    def _effects(self) -> list[str]:
        gone = [claim for claim in self._claims if self._gone(claim.span)]
        figures = [
            mention.span.of(self._text) for claim in gone for mention in claim.mentions if self._gone(mention.span)
        ]
        makers = {claim.claimant for claim in self._claims if claim.claimant}
        left = {claim.claimant for claim in self._claims if claim.claimant and claim not in gone}
        warnings = [claim for claim in gone if claim.kind == "disclaimer"]
        told = [
            f"Claims no longer told in full: {sum(one.kind == 'claim' for one in gone)} of {sum(one.kind == 'claim' for one in self._claims)}."
        ]
        told += [f"Figures gone: {', '.join(dict.fromkeys(figures))}."] if figures else []
        bare = self._bare()
        told += [f"Still there, but no longer with words that limit it: {', '.join(bare)}."] if bare else []
        told += [f"No longer heard: {', '.join(sorted(makers - left))}."] if makers - left else []
        told += ["The report's own warning that something is not verified is gone."] if warnings else []
        return told

    def _bare(self) -> list[str]:
        """Numbers that stay, of which only a mention with a limit was hidden."""
        exact: dict[float, str] = {}
        limited: dict[bool, set[float]] = {True: set(), False: set()}  # by whether the mention is gone
        for mention in quantities_in(self._text):
            number, gone = mention.quantity.value, self._gone(mention.span)
            if number is None:
                continue
            if mention.quantity != exactly(number):
                limited[gone].add(number)
            elif not gone:
                exact[number] = mention.span.of(self._text)
        return [text for number, text in exact.items() if number in limited[True] - limited[False]]

    def look(self) -> list[Block]:
        hidden = set(self.value)
        parts = []
        for number, span in enumerate(self._spans, 1):
            following = self._spans[number].start if number < len(self._spans) else len(self._text)
            gap = self._text[span.end : following]
            if number not in hidden:
                parts.append([span.of(self._text) + gap, ""])
            elif "\n" in gap and parts and not parts[-1][0].endswith("\n"):  # one gap between paragraphs is enough
                parts.append([gap, ""])
        blocks: list[Block] = [{"kind": "marked", "title": "What a reader sees", "parts": parts}]
        return [*blocks, {"kind": "list", "title": "What is lost", "items": self._effects()}] if hidden else blocks


def verb_swapper(
    sentence: str, task: str = "", *, cue: str = "", verbs: Iterable[str] = VERBS, heading: str = "Change the verb"
) -> VerbSwapper:
    """A widget to exchange the cue of a sentence: the sentence changes, its figures must not; `value` is verb and sentence.

    Typed, the same is `swapped(sentence, "estimated", "claimed")`.

    Args:
        sentence: a sentence that says who says something.
        task: the task's number; the work is found again under it.
        cue: the words to exchange; the first cue that `attributions_in` finds, unless given.
        verbs: what may stand in its place.

    Errors: ValueError where the sentence does not have the cue, or has none.
    """
    if cue:
        return VerbSwapper(sentence, _place(sentence, cue), list(verbs), task, heading)
    found = [span for one in attributions_in(sentence) for span in one.cue]
    if not found:
        raise ValueError("No cue is found in the sentence. Name it: verb_swapper(sentence, cue='said').")
    return VerbSwapper(sentence, found[0], list(verbs), task, heading)


def swapped(sentence: str, cue: str, verb: str, *, _at: Span | None = None) -> dict[str, str]:
    """The value of a verb swapper, typed: the verb, and the sentence with `verb` in the place of `cue`.

    Errors: ValueError where the sentence does not have `cue`.
    """
    at = _at or _place(sentence, cue)
    return {"verb": verb, "sentence": sentence[: at.start] + verb + sentence[at.end :]}


def show_and_hide(report: Report | str, task: str = "", *, heading: str = "Show and hide") -> ShowAndHide:
    """A widget to leave out sentences of a report and see what a reader no longer learns; `value` is the list of hidden sentences.

    Typed, the same is the list: `[2, 5]`, numbered from 1 as `sentences_in` finds them.
    """
    return ShowAndHide(report, task, heading)


def _place(sentence: str, cue: str) -> Span:
    at = sentence.find(cue)
    if not cue or at < 0:
        raise ValueError(f"The sentence does not have the words {cue!r}. Copy them exactly as they stand.")
    return Span(at, at + len(cue))


def _figures(text: str) -> list[str]:
    return [one.span.of(text) for one in quantities_in(text)]
