"""A report with the spans of its claims marked, in HTML that is clear without colour, without a mouse and without sight.

Labels are not part of the text: what the eye sees comes from the style sheet, what a screen reader says is hidden from the eye.
Where a notebook is not trusted and loses its style sheet, the spoken labels stand in the text as words in brackets.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from course.claim import Claim, Span
from course.corpus.report import Report
from course.extract.claims import claims_in

MEANING = {
    "source": "who speaks",
    "cue": "the words that say so",
    "content": "what is said",
    "quantity": "a number, with its bounds",
    "disclaimer": "a warning that something is not verified",
}
"""The roles of a span, outermost first, each with what it means."""

_OUTER = ("content", "disclaimer")  # long, may lie in one another: shaded, with a bracket at each end
_INNER = ("source", "cue", "quantity")  # short: underlined, with a word above

_STYLE = Path(__file__).with_suffix(".css").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Marked:
    """A report with its claims marked, as a notebook shows it; elsewhere the list of its claims."""

    report: Report
    claims: tuple[Claim, ...]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": marked_html(self.report, self.claims), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return "\n".join([*filter(None, _head(self.report)), *map(_in_words, self.claims)]) or "An empty text."


def marked(report: Report | str, claims: Iterable[Claim] | None = None) -> Marked:
    """A report, or a text, with the spans of its claims marked; by default those that `claims_in` finds.

    Errors: ValueError where `claims` are of another text.
    """
    report = report if isinstance(report, Report) else Report(id="", text=report)
    found = tuple(claims_in(report) if claims is None else claims)
    if any(span.end > len(report.text) for claim in found for _, span in _spans(claim)):
        raise ValueError(
            "These claims are of another text: a span ends after the end of this one. Use claims_in(report)."
        )
    return Marked(report, found)


def marked_html(report: Report | str, claims: Iterable[Claim] | None = None) -> str:
    """The HTML of a report with its claims marked: the text with source, cue, content and quantity, a legend, and the claims as a list.

    `claims` are by default those that `claims_in` finds. Without its labels, which have the class "cc-say", the element with the
    class "cc-text" has the report's text as its text, but for characters that HTML cannot hold (NUL, lone surrogates: U+FFFD).
    Errors: ValueError where `claims` are of another text.
    """
    drawn = marked(report, claims)
    report, found = drawn.report, drawn.claims
    title, *about = _head(report)
    link = f' <a href="{_safe(report.url)}">Read the original</a>.' if re.match(r"https?://", report.url) else ""
    roles = dict.fromkeys(role for claim in found for role, _ in _spans(claim))
    samples = "".join(
        f'<li><mark class="cc-{role}">{"[1 " * (role in _OUTER)}{role}{" 1]" * (role in _OUTER)}</mark>: {MEANING[role]}</li>'
        for role in MEANING
        if role in roles
    )
    return (
        f"<style>\n{_STYLE}</style>"
        '<section class="cc-marked mathjax_ignore tex2jax_ignore" aria-label="A report with its claims marked">'
        + (f"<p><strong><bdi>{_safe(title)}</bdi></strong></p>" if title else "")
        + f"<p>{' '.join(f'<bdi>{_safe(words)}</bdi>' for words in about if words)}{link}</p>"
        + (f'<ul class="cc-legend" aria-label="What the marks mean">{samples}</ul>' if samples else "")
        + f'<div class="cc-text" dir="auto">{"".join(_text(report.text, found))}</div>'
        + (_list(found) if found else "")
        + "</section>"
    )


# --- the text ----------------------------------------------------------------------------------------------------------


def _spans(claim: Claim) -> Iterator[tuple[str, Span]]:
    if claim.kind == "disclaimer":
        yield "disclaimer", claim.span
    elif claim.attribution is None:
        yield "content", claim.span
    else:
        for role in ("source", "cue", "content"):
            for span in getattr(claim.attribution, role):
                yield role, span
    for mention in claim.mentions:
        yield "quantity", mention.span


def _text(text: str, claims: Sequence[Claim]) -> Iterator[str]:
    """The text cut at every edge of a span, so that spans may overlap; each piece with all the roles that it has."""
    numbers: dict[tuple[str, Span], list[int]] = defaultdict(list)
    for number, claim in enumerate(claims, start=1):
        for role, span in dict.fromkeys(_spans(claim)):
            if span.start < span.end:
                numbers[role, span].append(number)
    opens: dict[int, list[tuple[str, Span]]] = defaultdict(list)
    closes: dict[int, list[tuple[str, Span]]] = defaultdict(list)
    order = list(MEANING)
    # what reaches farther opens first and closes last; of two that cover the same words, content is outside
    for role, span in sorted(
        numbers, key=lambda key: (key[1].start, -key[1].end, key[0] not in _OUTER, order.index(key[0]))
    ):
        opens[span.start].append((role, span))
        closes[span.end].insert(0, (role, span))
    edges = sorted({0, len(text), *opens, *closes})
    active: dict[tuple[str, Span], None] = {}
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        for key in sorted(closes[start], key=lambda key: (-key[1].start, key[0] in _OUTER)):
            del active[key]
            yield _closing(key[0], numbers[key])
        labels = []
        for key in opens[start]:
            active[key] = None
            yield _opening(key[0], numbers[key])
            if key[0] in _INNER:
                labels.append(_label(key[0], numbers[key]))
        if start < end:
            yield _piece(text[start:end], [role for role, _ in active], labels)


def _opening(role: str, numbers: Sequence[int]) -> str:
    said = f'<span class="cc-say">({_label(role, numbers)}: </span>'
    edge = f'<span class="cc-edge" aria-hidden="true" data-label="[{_joined(numbers)}&nbsp;"></span>'
    return _shaded(edge, role) + said if role in _OUTER else said


def _closing(role: str, numbers: Sequence[int]) -> str:
    if role in _INNER:
        return '<span class="cc-say">)</span>'
    edge = f'<span class="cc-edge" aria-hidden="true" data-label="&nbsp;{_joined(numbers)}]"></span>'
    return f'<span class="cc-say">, end of {_label(role, numbers)})</span>' + _shaded(edge, role)


def _label(role: str, numbers: Sequence[int]) -> str:
    return role if role == "quantity" else f"{role} {_joined(numbers)}"


def _joined(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _shaded(inside: str, role: str) -> str:
    return f'<span class="cc-{role}">{inside}</span>'


def _piece(text: str, roles: Sequence[str], labels: Sequence[str]) -> str:
    html = _safe(text)
    if labels:
        label = " · ".join(labels)
        # above the first words only, as many as the label is wide: a long span still breaks over lines
        reach = re.compile(r"\s*\S+").search(text, min(len(text) - 1, int(len(label) * 0.6)))
        first = reach.end() if reach else len(text)
        first = first if first <= 30 else 1
        word = f'<ruby>{_safe(text[:first])}<rt aria-hidden="true" data-label="{label}"></rt></ruby>'
        html = word + _safe(text[first:])
    for role in (*reversed(_INNER), *reversed(_OUTER)):
        if role in roles:
            deep = " cc-deep" if role == "content" and roles.count(role) > 1 else ""
            html = f'<mark class="cc-{role}{deep}">{html}</mark>'
    return html


# --- around the text ---------------------------------------------------------------------------------------------------


def _head(report: Report) -> tuple[str, str, str]:
    """Title; outlet and day; what kind of text it is."""
    day = f"{report.date.day} {report.date:%B %Y}" if report.date else ""
    where = ", ".join(words for words in (report.outlet, day) if words and words not in report.title)
    return report.title, where and where + ".", report.label if report.id else ""


def _list(claims: Sequence[Claim]) -> str:
    items = "".join(f"<li>{''.join(f'<p>{line}</p>' for line in _item(claim))}</li>" for claim in claims)
    many = "The one claim" if len(claims) == 1 else f"The {len(claims)} claims, one by one"
    note = "A program found these by rules. It can miss a claim or misread one: compare with the text."
    return f'<details><summary>{many}</summary><p class="cc-note">{note}</p><ol class="cc-list">{items}</ol></details>'


def _item(claim: Claim) -> Iterator[str]:
    who = f"<strong><bdi>{_safe(claim.claimant or 'Not named')}</bdi></strong>"
    how = claim.attribution
    if how:
        cue = f"cue “{_safe(claim.cue)}”, {how.stance}, " if claim.cue else "without a cue, "
        yield f"{who}: {cue}{how.form}."
    else:
        yield f"{who}: {'disclaimer' if claim.kind == 'disclaimer' else 'in the report’s own voice'}."
    yield f"<bdi>{_safe(' '.join(claim.text.split()))}</bdi>"
    for mention in claim.mentions:
        counted = f" It counts {_safe(mention.measure)}." if mention.measure else ""
        yield f"{_safe(mention.quantity.explain())}{counted}"
    if claim.explanation:
        yield f"<em>Why:</em> {_safe(claim.explanation)}"


def _in_words(claim: Claim) -> str:
    cue = f" ({claim.cue})" if claim.cue else ""
    return f"- {claim.claimant or 'Not named'}{cue}: {' '.join(claim.text.split())}"


_UNSAFE = re.compile("[\x00\ud800-\udfff]")


def _safe(text: str) -> str:
    """`text` for HTML: escaped, a carriage return kept, and what HTML cannot hold replaced."""
    return escape(_UNSAFE.sub("\ufffd", text)).replace("\r", "&#13;")
