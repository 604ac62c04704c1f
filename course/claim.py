"""What a claim is: spans of a text, an attribution made of them, and the claim that it carries.

The terms are those of attribution annotation (PARC 3, Pareti 2016; PolNeAR, Newell et al. 2018) and of schema.org Claim.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from course.quantity import Quantity

Form = Literal["direct", "indirect", "mixed"]
Stance = Literal["neutral", "distancing", "endorsing", "evidential"]
CueKind = Literal["reporting", "attitude", "other"]
Change = Literal["=", "~", ">", "<", "up", "down"]
ClaimKind = Literal["claim", "disclaimer"]

# The kinds of claim that lesson 1 teaches, after the annotation schema of Konstantinovskiy and others (2021).
KINDS = ("event", "quantity", "comparison", "cause", "intention", "definition", "judgement")
FORMS: tuple[str, ...] = get_args(Form)
STANCES: tuple[str, ...] = get_args(Stance)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of characters: `start` and `end` are `str` offsets, end exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"A span needs 0 <= start <= end, not ({self.start}, {self.end}).")

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """Whether the span lies wholly inside `other`."""
        return other.start <= self.start and self.end <= other.end


def text_of(spans: Iterable[Span], text: str) -> str:
    """The words that `spans` cover, in order, with "..." where something between two spans is left out."""
    return " ... ".join(span.of(text) for span in spans)


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity where it stands in a text.

    `change` is how the number is bounded or moved: "=", "~", ">", "<", "up", "down". `measure` is what is counted ("killed",
    "casualties", ...; "" where the text does not say), `of` is whose ("Russian troops"), `unit` what one of it is.
    """

    span: Span
    quantity: Quantity
    change: Change = "="
    unit: str = ""
    measure: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, the words that say so, and what is attributed; each a tuple of spans, empty where the text has none.

    `rule` names the rule that found it, for the learner who asks why.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form
    stance: Stance = "neutral"
    cue_kind: CueKind = "reporting"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a report says is so, with who says it.

    `text` is the words of the claim as the report has them. `attribution` is None where the report speaks in its own voice.
    `claimant` is the person or body meant, with pronouns and roles resolved where the text allows it. A `kind` of
    "disclaimer" is the report's own warning that something is not verified. `periods` are the `dates` as ISO 8601 intervals, both days
    included ("2023-05-01/2023-05-01"; open: "2022-12-01/.."), reckoned from the date of the report; "" where that cannot be told.
    `span` is the smallest run of the report that holds all of it.
    """

    text: str
    span: Span
    attribution: Attribution | None
    claimant: str
    source: str = ""
    cue: str = ""
    mentions: tuple[Mention, ...] = ()
    hedges: tuple[Span, ...] = ()
    dates: tuple[Span, ...] = ()
    places: tuple[Span, ...] = ()
    kind: ClaimKind = "claim"
    explanation: str = field(default="", compare=False)
    periods: tuple[str, ...] = ()
