"""What must hold for any input."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from effort import examples
from hypothesis import example, given
from hypothesis import strategies as st
from IPython.lib.pretty import pretty

from course.claim import Span
from course.compare import (
    agreement,
    all_comparable,
    chain,
    clocks_in,
    comparable,
    consistent,
    coverage,
    gap,
    independent_sources,
    overlap,
    percent_of_what,
    precision_recall,
    ratio_of_extremes,
    row_of,
    share_of,
    shared_errors,
    silences,
    spread,
)
from course.corpus import load_case
from course.extract import claims_in, to_frame
from course.quantity import Quantity, about, between, exactly, more_than, up_to

words = st.sampled_from(["", "a", "b"])
days = st.none() | st.dates(min_value=pd.Timestamp(2023, 1, 1).date(), max_value=pd.Timestamp(2023, 12, 31).date())


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    ends = sorted([draw(st.integers(1, 50)), draw(st.integers(1, 50))])
    return {
        "id": draw(st.sampled_from(["X1", "X2", "X3"])),
        "claimant": draw(words),
        "about": draw(words),
        "population": draw(words),
        "measure": draw(st.sampled_from(["", "killed", "wounded", "casualties", "share of killed"])),
        "measure_detail": draw(st.sampled_from(["", "killed and wounded", "not defined", "named persons only"])),
        "unit": draw(st.sampled_from(["", "persons", "percent"])),
        "period_start": draw(days),
        "period_end": draw(days),
        "period_start_precision": draw(st.sampled_from(["day", "month"])),
        "place": draw(words),
        "scope": draw(words),
        "renders": draw(st.sampled_from(["", "X1"])),
        "lower": draw(st.sampled_from([None, ends[0]])),
        "upper": draw(st.sampled_from([None, ends[1]])),
        "approximate": draw(st.booleans()),
        "point": draw(st.none() | st.integers(1, 60)),
    }


@st.composite
def positive(draw: st.DrawFn) -> Quantity:
    low, high = sorted([draw(st.integers(1, 60)), draw(st.integers(1, 60))])
    lower, upper = draw(st.sampled_from([(low, high), (low, None), (None, high)]))
    point = lower == upper
    return Quantity(
        lower, upper, not point and draw(st.booleans()), not point and draw(st.booleans()), draw(st.booleans())
    )


@given(claims(), claims())
def test_comparable_does_not_depend_on_the_order(a: dict[str, Any], b: dict[str, Any]) -> None:
    one, two = comparable(a, b), comparable(b, a)
    assert bool(one) == bool(two) and one.aspects == two.aspects
    assert str(one).endswith(".")


@given(claims())
def test_a_claim_is_comparable_with_itself_unless_it_leaves_something_out(a: dict[str, Any]) -> None:
    assert all(reason.groups[0][0] == "not stated" and len(reason.groups) == 1 for reason in comparable(a, a).reasons)


@given(st.lists(claims(), max_size=6))
def test_every_claim_stands_in_one_group(rows: list[dict[str, Any]]) -> None:
    for reason in all_comparable(rows).reasons:
        assert sum(len(names) for _, names in reason.groups) == len(rows)


@given(st.lists(claims(), max_size=6))
def test_consistent_speaks_on_anything(rows: list[dict[str, Any]]) -> None:
    for finding in consistent(rows):
        assert str(finding).endswith(".") and finding.claims


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 80))
def test_exact_sums_fit_or_contradict(dead: int, hurt: int, whole: int) -> None:
    base = {"claimant": "A", "about": "people", "unit": "persons", "measure_detail": "killed and wounded"}
    rows = [
        base | {"id": measure, "measure": measure, "lower": number, "upper": number}
        for measure, number in (("killed", dead), ("wounded", hurt), ("casualties", whole))
    ]
    kinds = {finding.claims: finding.kind for finding in consistent(rows)}
    assert kinds["casualties", "killed", "wounded"] == ("fits" if dead + hurt == whole else "contradiction")
    assert (kinds["casualties", "killed"] == "contradiction") == (dead > whole)


@given(positive(), positive())
def test_overlap_and_gap_agree_with_the_intervals(a: Quantity, b: Quantity) -> None:
    found, apart = overlap(a, b), gap(a, b)
    assert bool(found) == a.overlaps(b) == apart.overlaps
    assert overlap(b, a).answer == found.answer
    if found.shared is not None:
        ends = [end for end in (found.shared.lower, found.shared.upper) if end is not None]
        for end in [*ends, *(Fraction(end) + Fraction(step, 4) for end in ends for step in (-1, 1))]:
            assert (end in found.shared) == (end in a and end in b)
    else:
        low = apart.difference.lower
        assert low is not None and low >= 0


@given(st.lists(positive(), min_size=2, max_size=5))
def test_the_ratio_holds_what_the_figures_allow(figures: list[Quantity]) -> None:
    answer = ratio_of_extremes(figures)
    assert str(answer)
    if all(figure.bounded for figure in figures):
        middle = sorted(Fraction(f.lower + f.upper) / 2 for f in figures)  # type: ignore[operator]
        ratio = float(middle[-1] / middle[0])
        assert answer.ratio.lower - 1e-9 <= ratio <= answer.ratio.upper + 1e-9  # type: ignore[operator]


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_step_up_is_more_percent_than_the_same_step_down(a: int, b: int) -> None:
    found = percent_of_what(None, a, b)
    more, less = found.more.value, found.less.value
    assert more is not None and less is not None
    assert (1 + more / 100) * (1 - less / 100) == pytest.approx(1)
    assert more >= less - 1e-9
    assert percent_of_what(round(more), a, b).fits in ("more", "both")


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda one: (one[0], one[0] + one[1])), max_size=7
)


@given(spans, spans)
def test_precision_and_recall_change_places_with_the_lists(found: list[Any], gold: list[Any]) -> None:
    one, two = precision_recall(found, gold), precision_recall(gold, found)
    for ours, theirs in ((one.exact, two.exact), (one.overlapping, two.overlapping)):
        assert (ours.precision, ours.recall, ours.f1) == (theirs.recall, theirs.precision, theirs.f1)
        assert len(ours.hits) + len(ours.spurious) == len(found) and len(ours.hits) + len(ours.missed) == len(gold)
    assert len(one.exact.hits) <= len(one.overlapping.hits)
    assert all(a[0].overlaps(b[0]) for a, b in one.overlapping.hits)
    everything = precision_recall(gold, gold).exact
    assert everything.recall == (1 if gold else None)


def test_one_long_find_is_one_hit() -> None:
    match = precision_recall([(0, 100)], [(0, 5), (50, 55)]).overlapping
    assert match.precision == 1 and match.recall == 0.5


def test_claims_and_spans_of_several_parts_are_taken() -> None:
    claim = claims_in("The ministry said on Monday that 20 people were killed.")[0]
    assert precision_recall([claim], [claim.span]).exact.recall == 1
    parts = (Span(0, 3), Span(8, 9))
    assert precision_recall([parts], [parts[::-1]]).exact.recall == 1
    assert precision_recall([parts], [(0, 3)]).exact.recall == 0
    with pytest.raises(TypeError, match="Span"):
        precision_recall(["word"], [])


def test_alpha_is_that_of_the_textbook() -> None:
    """The reliability data in Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): nominal alpha 0.743."""
    coders = {"A": "123321412***", "B": "1233224125*3", "C": "*3332342251*", "D": "12332441251*"}
    table = pd.DataFrame({name: list(marks) for name, marks in coders.items()}).replace("*", None)
    answer = agreement(table)
    assert answer.alpha == pytest.approx(0.743, abs=5e-4)
    assert answer.items == 11  # the last was marked by one coder only
    assert len(answer.disagreements) == 3 and set(answer.by_category["category"]) == set("12345")


def test_kappa_is_that_of_the_textbook() -> None:
    """20 times both yes, 15 times both no, 5 and 10 times not alike: kappa is 0.4."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    marks = [(coder, str(n), label) for n, pair in enumerate(pairs) for coder, label in zip("ab", pair, strict=True)]
    answer = agreement(marks)
    assert answer.kappa == pytest.approx(0.4) and answer.observed == pytest.approx(0.7)
    assert len(answer.disagreements) == 15


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("xyz")), min_size=1, max_size=12))
@examples(100)
def test_agreement_does_not_depend_on_who_is_first(pairs: list[tuple[str, str]]) -> None:
    table = pd.DataFrame(pairs, columns=["one", "two"])
    ours, theirs = agreement(table), agreement(table[["two", "one"]])
    assert ours.alpha == pytest.approx(theirs.alpha) and ours.kappa == pytest.approx(theirs.kappa)
    if all(a == b for a, b in pairs):
        assert ours.observed == 1 and ours.alpha in (1, None) and ours.disagreements.empty


def test_where_one_item_differs_it_never_says_that_all_are_alike() -> None:
    pairs = [("x", "x")] * 263 + [("y", "y"), ("x", "y")]
    answer = agreement(pd.DataFrame(pairs, columns=["one", "two"]))
    assert "alike in 99.6% of all pairs, and differ on 1 item" in str(answer)


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ([("a", "1", "x")], "at least two coders"),
        ([("a", "1", "x"), ("b", "2", "x")], "No item"),
        ([("a", "1", "x"), ("a", "1", "y"), ("b", "1", "x")], "twice"),
    ],
)
def test_agreement_says_what_is_missing(marks: list[Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        agreement(marks)


names = st.sampled_from(["p", "q", "r", "s", "t"])


@example([["r", "r"], ["q", "p", "q"]])
@given(st.lists(st.lists(names, min_size=2, max_size=5), min_size=1, max_size=5))
def test_chains_end_somewhere(ways: list[list[str]]) -> None:
    case = made_of({f"X{n}": way for n, way in enumerate(ways)})
    graph = chain(case, [f"X{n}" for n in range(len(ways))])
    assert graph.roots and graph.depth >= (1 if any(len(set(way)) > 1 for way in ways) else 0)
    for root in graph.roots:
        assert all(nx.descendants(graph.graph, name) <= set(root) for name in root)
    answer = independent_sources(case, [f"X{n}" for n in range(len(ways))])
    assert 1 <= len(answer) <= len(ways)
    assert sum(len(pairs) for _, pairs in answer.by_root) == len(ways)


def made_of(ways: dict[str, list[str]]) -> SimpleNamespace:
    """A case with nothing but chains."""
    steps = [(id, n + 1, a, b) for id, way in ways.items() for n, (a, b) in enumerate(pairwise(way))]
    ids = list(ways)
    people = sorted({name for way in ways.values() for name in way})
    return SimpleNamespace(
        name="made",
        claims=pd.DataFrame({"id": ids, "claimant": "somebody", "measure": "killed", "source_kind": "academic"}),
        chains=pd.DataFrame(steps, columns=["claim", "step", "carrier", "taken_from"]),
        sources=pd.DataFrame({"name": people, "kind": "body"}),
    )


def test_a_table_of_ten_thousand_claims_is_judged_at_once() -> None:
    start = pd.Timestamp(2000, 1, 1)
    table = pd.DataFrame(
        {
            "id": [f"X{n}" for n in range(10_000)],
            "claimant": "A",
            "about": "people",
            "unit": "persons",
            "measure": ["killed", "casualties"] * 5_000,
            "lower": range(10_000),
            "upper": range(10_000),
            "place": "here",
            "period_start": [start + pd.Timedelta(days=n // 2) for n in range(10_000)],
            "period_end": [start + pd.Timedelta(days=n // 2) for n in range(10_000)],
        }
    )
    answer = all_comparable(table)
    assert not answer and "more" in str(answer) and len(str(answer)) < 20_000
    consistent(table)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(-12, 14), st.booleans())
def test_a_right_conversion_is_never_an_error(hour: int, minute: int, ahead: int, twelve: bool) -> None:
    gmt = (hour - ahead) % 24
    local = f"{(hour - 1) % 12 + 1}:{minute:02} {'ap'[hour >= 12]}.m." if twelve else f"{hour}:{minute:02}"
    texts = dict.fromkeys("ab", f"It began at {local} ({gmt:02}{minute:02} GMT), they said.")
    (clocks,) = clocks_in(texts["a"])
    assert clocks.local == hour * 60 + minute
    assert shared_errors(texts, hours_ahead=ahead) == []
    (error,) = shared_errors(texts, hours_ahead=ahead + 1)
    assert error.reports == ("a", "b")


def test_a_notebook_shows_the_sentence() -> None:
    found = overlap(exactly(1), exactly(2))
    assert pretty([found]) == f"[{found}]"


def test_a_period_with_one_end_says_which() -> None:
    starts = [{"period_start": "2023-01-01"}, {"period_start": "2023-02-01", "period_start_precision": "month"}]
    assert str(spread(starts, "period")).startswith("Period: since 1 January 2023 (a claim")
    assert "since February 2023" in str(spread(starts, "period"))
    assert "until 3 May 2023" in str(spread([{"period_end": "2023-05-03"}], "period"))


def test_a_ratio_below_an_open_end_is_less_than_it() -> None:
    assert "is less than 2 times" in str(ratio_of_extremes([more_than(50), exactly(100)]))


def test_what_differs_is_told_from_what_is_not_stated() -> None:
    answer = comparable({"measure": "killed", "place": "here"}, {"measure": "wounded"})
    assert answer.differing == ("measure",) and {"scope", "period"} <= set(answer.aspects)


def test_claims_read_from_a_text_can_be_compared_as_far_as_they_say() -> None:
    frame = to_frame(claims_in("The army said 20 soldiers were killed. The mayor said 30 soldiers were killed."))
    answer = comparable(frame.iloc[0], frame.iloc[1])
    assert not answer and {"period", "scope"} <= set(answer.aspects) and "measure" not in answer.aspects
    assert "not stated" in str(answer)
    assert ratio_of_extremes(frame).ratio == exactly(1.5)


def test_a_part_of_a_whole_and_a_share_of_an_interval() -> None:
    shot = {"id": "A", "lower": 15, "upper": 15, "whole": 18, "unit": "missiles"}
    assert share_of(shot, 36).printed == pytest.approx(30)
    half = {"id": "B", "lower": 50, "upper": 50, "unit": "percent", "approximate": True}
    amount = share_of(half, between(5_000, 7_000)).amount
    assert (amount.lower, amount.upper, amount.approximate) == (2_500, 3_500, True)
    assert consistent([shot | {"lower": 20, "upper": 20}])[0].kind == "contradiction"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: comparable("U001", "U002"), TypeError, "row_of"),
        (lambda: comparable([1], [2]), TypeError, "one row of a table"),
        (lambda: all_comparable({"id": "X"}), TypeError, "Several claims"),
        (lambda: spread([], "colour"), ValueError, "Choose one of: number, measure"),
        (lambda: ratio_of_extremes([exactly(3)]), ValueError, "at least two"),
        (lambda: overlap({"id": "X"}, exactly(3)), ValueError, "X gives no number"),
        (lambda: gap(Quantity(), up_to(3)), ValueError, "no number"),
        (lambda: percent_of_what(41, 0, 5), ValueError, "percent of nothing"),
        (lambda: share_of({"id": "X", "lower": 3, "unit": "persons"}, 5), ValueError, "X is no share"),
        (lambda: shared_errors({"a": "text"}), ValueError, "hours_ahead"),
        (lambda: shared_errors("text", hours_ahead=3), TypeError, "dict from names to texts"),
        (lambda: shared_errors(pd.DataFrame({"report": ["a"]})), ValueError, "“error”"),
        (lambda: silences(None), TypeError, "load_case"),
        (lambda: row_of(load_case("sudan-2023"), "U001"), KeyError, "S001"),
        (lambda: coverage(load_case("sudan-2023"), ["U001"]), KeyError, "S001"),
        (lambda: chain(load_case("sudan-2023"), []), ValueError, "at least one"),
        (lambda: comparable(pd.DataFrame({"id": ["a", "b"]}), {}), ValueError, "has 2 rows"),
    ],
)
def test_errors_say_what_to_do(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_bare_quantities_can_be_compared() -> None:
    assert str(overlap(more_than(5), about(5))).startswith("Whether")
    assert str(gap(exactly(471), between(100, 300))) == "“471” is between 171 and 371 above “between 100 and 300”."


def test_an_error_that_one_report_prints_is_not_shared() -> None:
    table = pd.DataFrame({"report": ["a", "a", "b"], "error": ["1130 GMT", "1130  gmt", "0230 GMT"]})
    assert shared_errors(table) == []
    assert len(shared_errors(table, at_least=1)) == 2
    right = {"a": "At 2:30 am (2330 GMT).", "b": "At 2.30 in the afternoon, or 1130 GMT.", "c": "At 14:30 (11:30 UTC)."}
    assert shared_errors(right, hours_ahead=3) == []
