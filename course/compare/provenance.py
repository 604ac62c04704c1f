"""Where a claim comes from: the graph of who took it from whom, and how many origins are behind many reports.

An arrow leads from a carrier to what it took the claim from, so an origin is where the arrows end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx
import pandas as pd

from course.compare.claim_rows import claims_of, in_words, name_of, row_of
from course.compare.sentence import Sentence

_PASSES_ON = frozenset(
    {"outlet", "agency"}
)  # they carry many claims from many places: a name that they share joins nothing


@dataclass(frozen=True, eq=False)
class Chain(Sentence):
    """The provenance of one or more claims.

    `graph` is a networkx.DiGraph: a node has `kind` ("outlet", "agency", "event", "document", ...), an edge `claims` and `reports`.
    `roots` are the origins, each a tuple of names: one name, or several that name each other in a circle. `depth` is the number of
    steps from the farthest carrier to its origin.
    """

    claims: tuple[str, ...]
    graph: nx.DiGraph
    roots: tuple[tuple[str, ...], ...]
    depth: int

    @property
    def circular(self) -> bool:
        """Whether some carriers only name each other."""
        return any(len(root) > 1 for root in self.roots)

    @property
    def edges(self) -> pd.DataFrame:
        """The graph as a table: one row an edge, with `carrier`, `taken_from`, `claims`, `reports`."""
        rows = [(u, v, "; ".join(d["claims"]), "; ".join(d["reports"])) for u, v, d in self.graph.edges(data=True)]
        return pd.DataFrame(rows, columns=["carrier", "taken_from", "claims", "reports"])

    def __str__(self) -> str:
        steps = f"{self.depth} step{'' if self.depth == 1 else 's'}"
        origins = in_words(_root_in_words(root) for root in self.roots)
        return f"{in_words(self.claims)}: {steps} back to {origins}."


@dataclass(frozen=True, slots=True)
class Independence(Sentence):
    """How many origins are behind many carriers.

    `by_root` has each origin with its carriers, as (claim, carrier); `not_named` are those whose way passes through somebody who is
    not named; `no_chain` are claims without any chain on record, which count for nothing.
    """

    carriers: tuple[str, ...]
    by_root: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    not_named: tuple[str, ...]
    no_chain: tuple[str, ...]

    @property
    def roots(self) -> tuple[str, ...]:
        return tuple(root for root, _ in self.by_root)

    def __len__(self) -> int:
        return len(self.by_root)

    def __str__(self) -> str:
        many = f"{len(self.carriers)} carrier{'' if len(self.carriers) == 1 else 's'} ({in_words(self.carriers)})"
        origins = f"{len(self)} origin{'' if len(self) == 1 else 's'} on record: {in_words(self.roots)}"
        sentences = [f"{many} go back to {origins}."]
        if self.not_named:
            sentences.append(f"The way of {in_words(self.not_named)} passes through somebody who is not named.")
        if self.no_chain:
            sentences.append(f"No chain is on record for {in_words(self.no_chain)}.")
        return " ".join(sentences)


def chain(case: Any, claim: str | Iterable[str]) -> Chain:
    """The provenance graph of a claim, or of several together, with its origins and its depth.

    Args:
        case: a Case or a World. Read: chains (claim, step, carrier, taken_from; in a World also report), claims, sources.
        claim: one id or several.

    Errors: KeyError that lists the claims there are; ValueError where no chain is on record.
    """
    ids = _ids(case, claim)
    kinds = dict(zip(case.sources["name"], case.sources["kind"], strict=True))
    graph = nx.DiGraph()
    for id in ids:
        for report, path in _paths(case, id):
            for name in path:
                graph.add_node(name, kind=kinds.get(name, ""))
            for carrier, origin in pairwise(path):
                known = graph.get_edge_data(carrier, origin, {"claims": (), "reports": ()})
                claims = dict.fromkeys((*known["claims"], id))
                reports = dict.fromkeys((*known["reports"], *filter(None, [report])))
                graph.add_edge(carrier, origin, claims=tuple(claims), reports=tuple(reports))
    if not graph:
        raise ValueError(f"No chain is on record for {in_words(ids)} in {name_of(case)}.")
    circles = nx.condensation(graph)
    members = {node: tuple(sorted(names)) for node, names in circles.nodes(data="members")}
    roots = tuple(sorted(members[node] for node in circles if circles.out_degree(node) == 0))
    depths: dict[int, int] = {}
    for node in reversed(list(nx.topological_sort(circles))):
        beyond = max((1 + depths[next_] for next_ in circles.successors(node)), default=0)
        depths[node] = len(members[node]) - 1 + beyond  # walking round a circle takes steps, too
    return Chain(ids, graph, roots, max(depths.values()))


def independent_sources(case: Any, claims: str | Iterable[str]) -> Independence:
    """How many origins are behind the carriers of the claims: an Independence, whose `len` is that number.

    A claim that renders another goes back to where that one comes from. Where a chain ends at an occasion or a body whose own source
    is on record for another claim of the case, it is followed further: daily means worked out from a bulletin go back to those who write
    the bulletin. Two origins on record need not be independent of each other; one origin is one source.

    Args and errors: as in `chain`, except that claims without a chain are named in `no_chain`.
    """
    ids = _ids(case, claims)
    carriers: dict[str, None] = {}
    by_root: dict[str, list[tuple[str, str]]] = {}
    hidden: dict[str, None] = {}
    without: list[str] = []
    for id in ids:
        paths = _paths(case, id)
        if not paths:
            without.append(id)
        for _, path in paths:
            root, names = _origin(case, id, path)
            carriers[path[0]] = None
            by_root.setdefault(root, []).append((id, path[0]))
            if any("not named" in name for name in names[1:]):
                hidden[path[0]] = None
    found = tuple((root, tuple(dict.fromkeys(pairs))) for root, pairs in by_root.items())
    return Independence(tuple(carriers), found, tuple(hidden), tuple(without))


def _ids(case: Any, claim: str | Iterable[str]) -> tuple[str, ...]:
    ids = (claim,) if isinstance(claim, str) else tuple(claim)
    if not ids:
        raise ValueError("Name at least one claim.")
    for id in ids:
        row_of(case, id)  # says which there are
    return ids


def _paths(case: Any, id: str) -> list[tuple[str, list[str]]]:
    """The ways of a claim from carrier to origin, each with its report ("" in a real case, which has one way a claim)."""
    steps: pd.DataFrame = case.chains[case.chains["claim"] == id]
    if "report" in steps:
        groups = [(str(report), group) for report, group in steps.groupby("report", sort=False)]
    else:
        groups = [("", steps)] if len(steps) else []
    ways = []
    for report, group in groups:
        ordered = group.sort_values("step")
        ways.append((report, [ordered["carrier"].iloc[0], *ordered["taken_from"]]))
    row = row_of(case, id)
    if not ways and row["claimant"] == row.get("outlet"):  # an outlet's own claim, from nobody else on record
        ways = [("", [row["outlet"]])]
    return ways


def _origin(case: Any, id: str, path: list[str]) -> tuple[str, list[str]]:
    """Where a way ends, in words, and all names on it, followed as far as the case's other claims allow."""
    renders = row_of(case, id).get("renders", "")
    if renders:
        further = _paths(case, renders)
        if further:
            root, names = _origin(case, renders, further[0][1])
            return root, [*path, *names]
    names = list(path)
    while len(set(names)) == len(names):
        following = _next(case, id, names[-1])
        if following is None:
            break
        names.append(following)
    if len(set(names)) == len(names):
        return _speaker(case, id, names), names
    circle = names[names.index(names[-1]) : -1]
    return _root_in_words(tuple(sorted(circle))), names


def _speaker(case: Any, id: str, names: list[str]) -> str:
    """The end of a way; where that is an occasion, whoever speaks there, unless the claim is an outlet's wording."""
    kinds = dict(zip(case.sources["name"], case.sources["kind"], strict=True))
    row = row_of(case, id)
    spoken = kinds.get(names[-1]) == "event" and row["source_kind"] != "media"
    return str(row["claimant"]) if spoken else names[-1]


def _next(case: Any, id: str, name: str) -> str | None:
    """What `name` itself is known to have taken this claim from: by the same claim, by the only one on record, by the same claimant."""
    chains, claims = case.chains, claims_of(case).set_index("id")
    kinds = set(case.sources.loc[case.sources["name"] == name, "kind"])
    steps = chains[(chains["carrier"] == name) & (chains["claim"].isin(claims.index))]
    same = steps[steps["claim"] == id]
    if len(same):
        return str(same["taken_from"].iloc[0])
    if kinds & _PASSES_ON or steps.empty or claims.loc[id, "measure"] == "no figure":
        return None  # who gives no figure has it from nobody
    if steps["taken_from"].nunique() > 1:
        steps = steps[claims.loc[steps["claim"], "claimant"].to_numpy() == claims.loc[id, "claimant"]]
    return str(steps["taken_from"].iloc[0]) if steps["taken_from"].nunique() == 1 else None


def _root_in_words(root: tuple[str, ...]) -> str:
    return root[0] if len(root) == 1 else f"nobody ({in_words(root)} name each other)"
