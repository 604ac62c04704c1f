"""A quantity allows the numbers that its wording allows, and its arithmetic concludes no more than follows."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Quantity, about, at_least, between, exactly, fewer_than, more_than, up_to

whole = st.integers(-1000, 1000)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    ends = sorted([draw(whole), draw(whole)])
    lower = draw(st.sampled_from([ends[0], None]))
    upper = draw(st.sampled_from([ends[1], None]))
    point = lower is not None and lower == upper
    return Quantity(
        lower, upper, not point and draw(st.booleans()), not point and draw(st.booleans()), draw(st.booleans())
    )


@st.composite
def quantity_and_member(draw: st.DrawFn) -> tuple[Quantity, Fraction]:
    quantity = draw(quantities())
    low = -2000 if quantity.lower is None else quantity.lower
    high = 2000 if quantity.upper is None else quantity.upper
    member = draw(st.fractions(min_value=low, max_value=high, max_denominator=8))
    if member not in quantity:
        member = Fraction(low + high, 2)
    return quantity, member


@pytest.mark.parametrize(
    ("quantity", "inside", "outside"),
    [
        (more_than(20_000), [20_001, 1_000_000], [20_000, 0]),
        (at_least(20_000), [20_000, 1_000_000], [19_999]),
        (up_to(450), [450, 0], [451]),
        (fewer_than(450), [449], [450]),
        (between(5_000, 7_000), [5_000, 6_000, 7_000], [4_999, 7_001]),
        (exactly(15), [15, 15.0], [14, 16]),
    ],
)
def test_bounds_hold_what_the_wording_allows(quantity: Quantity, inside: list[int], outside: list[int]) -> None:
    assert all(number in quantity for number in inside)
    assert not any(number in quantity for number in outside)


@given(quantity_and_member(), quantity_and_member(), st.sampled_from(["+", "-", "*"]))
def test_arithmetic_holds_every_possible_result(
    one: tuple[Quantity, Fraction], two: tuple[Quantity, Fraction], sign: str
) -> None:
    (a, x), (b, y) = one, two
    result, number = {"+": (a + b, x + y), "-": (a - b, x - y), "*": (a * b, x * y)}[sign]
    assert number in result


@given(quantity_and_member(), quantity_and_member())
def test_division_holds_every_possible_result(one: tuple[Quantity, Fraction], two: tuple[Quantity, Fraction]) -> None:
    (a, x), (b, y) = one, two
    if b.lower == b.upper == 0:
        with pytest.raises(ZeroDivisionError, match="share of nothing"):
            a / b
    elif y != 0:
        result = a / b
        low = -math.inf if result.lower is None else result.lower
        high = math.inf if result.upper is None else result.upper
        assert low - 1e-9 <= x / y <= high + 1e-9


@given(quantities(), quantities())
def test_arithmetic_is_tight(a: Quantity, b: Quantity) -> None:
    """A bound of a sum is reached or approached: it is the sum of the bounds, and missing where one is missing."""
    total, difference = a + b, a - b
    assert total.lower == (None if None in (a.lower, b.lower) else a.lower + b.lower)  # type: ignore[operator]
    assert total.upper == (None if None in (a.upper, b.upper) else a.upper + b.upper)  # type: ignore[operator]
    assert difference.lower == (None if None in (a.lower, b.upper) else a.lower - b.upper)  # type: ignore[operator]
    assert total.lower_open == (total.lower is not None and (a.lower_open or b.lower_open))
    assert total.approximate == (a.approximate or b.approximate)


@given(quantities(), quantities())
def test_sums_and_products_do_not_depend_on_the_order(a: Quantity, b: Quantity) -> None:
    assert a + b == b + a
    assert a * b == b * a


def test_products_know_open_and_missing_ends() -> None:
    assert more_than(0) * between(1, 2) == more_than(0)
    assert exactly(0) * more_than(5) == exactly(0)
    assert between(-1, 3) * between(-2, 2) == between(-6, 6)
    assert fewer_than(-1) * at_least(2) == fewer_than(-2)


def test_two_lower_bounds_give_no_difference() -> None:
    wounded = more_than(100_000) - more_than(20_000)
    assert (wounded.lower, wounded.upper) == (None, None)
    why = wounded.explain()
    assert "cannot be concluded" in why and why.count("no upper limit") == 2 and why.count(". ") == 0


def test_a_part_carries_its_whole() -> None:
    shot_down = Quantity(15, 15, whole=18, text="15 of 18")
    assert shot_down.share is not None
    assert shot_down.share.value == pytest.approx(15 / 18)
    assert exactly(3).share is None


def test_dividing_by_what_may_be_zero_concludes_nothing() -> None:
    ratio = exactly(10) / between(0, 5)
    assert not ratio.bounded and ratio.lower is None
    assert "may be 0" in ratio.explain()
    assert exactly(10) / more_than(5) == Quantity(0, 2, lower_open=True, upper_open=True)


@given(quantities(), quantities())
def test_overlap_is_mutual_and_means_a_common_number(a: Quantity, b: Quantity) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    ends = [n for q in (a, b) for n in (q.lower, q.upper) if n is not None]
    tries = [t for n in ends for t in (n - Fraction(1, 2), n, n + Fraction(1, 2))] or [0]
    tries += [Fraction(n + m) / 2 for n in ends for m in ends]
    assert a.overlaps(b) == any(t in a and t in b for t in tries)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Quantity(5, 3), ValueError, "swap"),
        (lambda: Quantity(5, 5, lower_open=True), ValueError, "close the ends"),
        (lambda: exactly(float("nan")), ValueError, "finite"),
        (lambda: at_least(float("inf")), ValueError, "None where there is no bound"),
        (lambda: exactly("20,000"), TypeError, "must be a number"),
        (lambda: exactly(True), TypeError, "must be a number"),
    ],
)
def test_bad_bounds_are_refused_in_words(make: object, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        make()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (more_than(20_000), "more than 20,000"),
        (at_least(300), "at least 300"),
        (up_to(450), "up to 450"),
        (fewer_than(450), "fewer than 450"),
        (between(5_000, 7_000), "between 5,000 and 7,000"),
        (about(300), "about 300"),
        (about(300, "some 300"), "some 300"),
        (Quantity(15, 15, whole=18), "15 of 18"),
        (Quantity(), "any number"),
        (Quantity(1, 2, upper_open=True), "between 1 and fewer than 2"),
        (Quantity(3_000, 6_000, approximate=True), "between about 3,000 and about 6,000"),
        (Quantity(1, 2, upper_open=True, approximate=True), "between about 1 and fewer than about 2"),
    ],
)
def test_a_quantity_reads_as_its_wording(quantity: Quantity, words: str) -> None:
    assert str(quantity) == words
    assert words in quantity.explain()


def test_a_quantity_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        exactly(3).lower = 4  # type: ignore[misc]


def test_wording_does_not_make_quantities_differ() -> None:
    assert about(300, "some 300") == about(300, "roughly 300")
    assert more_than(300) != at_least(300)
    assert hash(about(300, "some 300")) == hash(about(300))


def test_plain_numbers_take_part() -> None:
    assert 100 - up_to(30) == at_least(70)
    assert 2 * about(150) == about(300)
    assert exactly(1) / 4 == exactly(0.25)
    with pytest.raises(TypeError):
        exactly(1) + "2"  # type: ignore[operator]
