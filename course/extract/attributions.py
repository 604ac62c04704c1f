"""Who says what: source, cue and content, by rules over words, quotation marks and cues.

The parts and the conventions are those of PolNeAR (Newell et al. 2018): "that" and quotation marks belong to the content, the final
full stop does not unless it stands inside the marks, and no attribution stands inside the content of another.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from course.claim import Attribution, Form, Span
from course.extract.cues import Cue
from course.extract.quotations import Quotation, quotations_of
from course.extract.tags import tag
from course.extract.tokens import Words, words_of

Run = tuple[int, int]  # tokens, the last left out


@dataclass(slots=True)
class Found:
    """An attribution in tokens, before the overlapping ones are sorted out. `sure` marks the rules that are seldom wrong."""

    source: list[Run]
    cue: list[Run]
    content: list[Run]
    rule: str
    known: Cue
    sure: bool = False
    post: bool = False


@dataclass(slots=True)
class Page:
    """A text that has been read: words with tags, quotations, and which quotation every token belongs to."""

    words: Words
    quotations: list[Quotation] = field(default_factory=list)
    quote_at: dict[int, int] = field(default_factory=dict)  # opening mark -> number of the quotation
    quote_end: dict[int, int] = field(default_factory=dict)  # closing mark -> number of the quotation
    inside: list[int] = field(default_factory=list)  # token -> number of the quotation around it, or -1
    paragraph: list[int] = field(default_factory=list)  # token -> number of the paragraph


def read(text: str) -> Page:
    """`text` with its words, tags and quotations."""
    words = tag(words_of(text))
    page = Page(words, quotations_of(words), inside=[-1] * len(words), paragraph=[0] * len(words))
    for number, quotation in enumerate(page.quotations):
        page.quote_at[quotation.first] = number
        page.quote_end[quotation.last - 1] = number
        for i in range(quotation.first, quotation.last):
            page.inside[i] = number
    for number, (first, last) in enumerate(words.paragraphs):
        for i in range(first, last):
            page.paragraph[i] = number
    return page


def attributions_in(text: str, sure: bool = False) -> list[Attribution]:
    """The attributions in `text`, in order of their place: who speaks, the words that say so, and what is attributed.

    With `sure`, only those found by the rules that are seldom wrong: fewer, and more of them right.
    """
    return attributions_on(read(text), sure)


def attributions_on(page: Page, sure: bool = False) -> list[Attribution]:
    """The same as `attributions_in`, for a text that has been read."""
    from course.extract.attribution_rules import candidates

    found = outermost(page, candidates(page))
    made = [_attribution(page, item) for item in found if item.sure or not sure]
    return sorted(made, key=lambda a: min(span.start for span in (*a.source, *a.cue, *a.content)))


def outermost(page: Page, found: list[Found]) -> list[Found]:
    """`found` without those whose cue lies in the content of another, and without doubles of one cue."""
    owner: dict[int, int] = {}  # token -> number of the candidate whose content it is
    # what stands before its cue, and what the whole sentence says, goes before a complement that merely runs on
    order = sorted(
        range(len(found)),
        key=lambda n: (not found[n].post and found[n].rule in ("complement", "label", "noun"), -_size(found[n]), n),
    )
    kept: list[int] = []
    cues: set[int] = set()
    for n in order:
        item = found[n]
        head = item.cue[0][0] if item.cue else item.content[0][0]
        if item.cue and (head in owner or head in cues):
            continue
        if any(i in cues for a, b in item.content for i in range(a, b)) and not _cut_before(item, cues):
            continue
        if any(i in owner for a, b in item.content for i in range(a, b)):
            item.content = _free(item.content, owner)
            if not item.content:
                continue
        kept.append(n)
        for a, b in item.cue:
            cues.update(range(a, b))
        for a, b in item.content:
            for i in range(a, b):
                owner[i] = n
    return [found[n] for n in sorted(kept)]


def _size(item: Found) -> int:
    return sum(b - a for a, b in item.content)


def _cut_before(item: Found, cues: set[int]) -> bool:
    """Shorten the content to the part before another cue; False where nothing is left."""
    kept: list[Run] = []
    for a, b in item.content:
        cut = next((i for i in range(a, b) if i in cues), b)
        if cut - a >= 3:
            kept.append((a, cut))
        if cut < b:
            break
    item.content = kept
    return bool(kept)


def _free(content: list[Run], owner: dict[int, int]) -> list[Run]:
    free: list[Run] = []
    for a, b in content:
        start = a
        for i in range(a, b + 1):
            if i == b or i in owner:
                if i - start >= 3:
                    free.append((start, i))
                start = i + 1
    return free


def _attribution(page: Page, item: Found) -> Attribution:
    words = page.words
    content = _spans(words, item.content)
    return Attribution(
        source=_spans(words, item.source),
        cue=_spans(words, item.cue),
        content=content,
        form=_form(page, item),
        stance=item.known.stance,
        cue_kind=item.known.kind,
        rule=item.rule,
    )


def _spans(words: Words, runs: list[Run]) -> tuple[Span, ...]:
    return tuple(words.span(a, b) for a, b in runs if b > a)


def _form(page: Page, item: Found) -> Form:
    tokens = [i for a, b in item.content for i in range(a, b) if page.words.tag[i] not in (",", ".", ":")]
    quoted = sum(1 for i in tokens if page.inside[i] >= 0)
    if not quoted:
        return "indirect"
    return "direct" if quoted == len(tokens) else "mixed"
