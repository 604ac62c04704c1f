"""How well do found spans match the right ones? Precision and recall, exact and overlapping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import networkx as nx

from course.claim import Span
from course.compare.sentence import Sentence

Place: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Score(Sentence):
    """One way of counting hits. `precision` and `recall` lie from 0 to 1, and are None where nothing was found, or nothing was to be found."""

    hits: tuple[tuple[Place, Place], ...]
    missed: tuple[Place, ...]
    spurious: tuple[Place, ...]

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right."""
        found = len(self.hits) + len(self.spurious)
        return len(self.hits) / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of what is right that was found."""
        gold = len(self.hits) + len(self.missed)
        return len(self.hits) / gold if gold else None

    @property
    def f1(self) -> float | None:
        """Twice the hits by all that was found and all that is right: the harmonic mean of precision and recall."""
        both = 2 * len(self.hits) + len(self.missed) + len(self.spurious)
        return 2 * len(self.hits) / both if both else None

    def __str__(self) -> str:
        found, gold = len(self.hits) + len(self.spurious), len(self.hits) + len(self.missed)
        precision, recall = "nothing was found", "nothing was to be found"
        if self.precision is not None:
            precision = f"precision {self.precision:.2f} ({len(self.hits)} of {found} found are right)"
        if self.recall is not None:
            recall = f"recall {self.recall:.2f} ({len(self.hits)} of {gold} right ones are found)"
        return f"{precision}, {recall}"


@dataclass(frozen=True, slots=True)
class Match(Sentence):
    """The same spans counted twice: as hits only where they are the same (`exact`), and where they share a character (`overlapping`)."""

    exact: Score
    overlapping: Score

    def __str__(self) -> str:
        return f"Exact: {self.exact}. Overlapping: {self.overlapping}."


def precision_recall(found: Iterable[Any], gold: Iterable[Any]) -> Match:
    """How well `found` matches `gold`, both on one text.

    Each item is a Span, a pair (start, end), a tuple of those (an attribution's source may have several), or a thing with `span`, such as
    a Mention or a Claim. An item counts at most once: overlapping items are matched so that there are as many hits as possible.
    Errors: TypeError for anything else.
    """
    one, two = [_place(item) for item in found], [_place(item) for item in gold]
    return Match(_score(one, two, exact=True), _score(one, two, exact=False))


def _score(found: list[Place], gold: list[Place], exact: bool) -> Score:
    graph = nx.Graph()
    left, right = [("found", n) for n in range(len(found))], [("gold", n) for n in range(len(gold))]
    graph.add_nodes_from([*left, *right])
    for n, one in enumerate(found):
        for m, two in enumerate(gold):
            if one == two if exact else any(a.overlaps(b) for a in one for b in two):
                graph.add_edge(("found", n), ("gold", m))
    pairs = nx.bipartite.hopcroft_karp_matching(graph, left)
    return Score(
        hits=tuple((found[n], gold[pairs["found", n][1]]) for n in range(len(found)) if ("found", n) in pairs),
        missed=tuple(place for m, place in enumerate(gold) if ("gold", m) not in pairs),
        spurious=tuple(place for n, place in enumerate(found) if ("found", n) not in pairs),
    )


def _place(item: Any) -> Place:
    item = getattr(item, "span", item)
    if isinstance(item, Span):
        return (item,)
    if isinstance(item, tuple | list):
        if len(item) == 2 and all(isinstance(end, int) and not isinstance(end, bool) for end in item):
            return (Span(*item),)
        if item:
            return tuple(sorted(span for part in item for span in _place(part)))
    raise TypeError(f"A span is needed, such as Span(3, 9) or (3, 9), not {item!r}.")
