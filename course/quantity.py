"""A number as reported: an interval that knows which of its ends are known, and refuses what cannot be concluded.

Interval arithmetic follows Moore (1966), with open and unbounded ends.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from numbers import Rational, Real
from typing import Any

Number = int | float


@dataclass(frozen=True, slots=True)
class _End:
    """One end of an interval on the extended line, and whether the value itself is left out (an infinite one always is)."""

    value: Fraction | float
    open: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as reported, with its bounds.

    `lower` and `upper` are numbers, or None where the report gives no bound on that side. `lower_open` and `upper_open` say that
    the bound itself is left out ("more than 20,000" is (20000, None), open below). `approximate` marks "some", "about", "nearly".
    `text` is the wording; two quantities that differ in wording alone are equal. `whole` is what the number is a part of:
    "15 of 18" carries 18.

    Errors: TypeError for a bound that is not a number, ValueError for infinite or NaN bounds and for bounds in the wrong order.
    """

    lower: Number | None = None
    upper: Number | None = None
    lower_open: bool = False
    upper_open: bool = False
    approximate: bool = False
    text: str = field(default="", compare=False)
    whole: Number | None = None
    _reason: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("lower", "upper", "whole"):
            value = getattr(self, name)
            object.__setattr__(self, name, None if value is None else _plain(_exact(value, name)))
        if self.lower is not None and self.upper is not None:
            if self.lower > self.upper:
                raise ValueError(f"lower ({self.lower}) is above upper ({self.upper}); swap them.")
            if self.lower == self.upper and (self.lower_open or self.upper_open):
                raise ValueError(f"No number lies strictly between {self.lower} and {self.upper}; close the ends.")
        # A bound that is not there cannot be open: one spelling for one thing.
        object.__setattr__(self, "lower_open", bool(self.lower_open) and self.lower is not None)
        object.__setattr__(self, "upper_open", bool(self.upper_open) and self.upper is not None)

    @property
    def exact(self) -> bool:
        """Whether it is one number, and not said to be approximate."""
        return self.lower is not None and self.lower == self.upper and not self.approximate

    @property
    def bounded(self) -> bool:
        """Whether both ends are known."""
        return self.lower is not None and self.upper is not None

    @property
    def value(self) -> Number | None:
        """The one number that the wording prints: 20000 for "more than 20,000"; None for a range and where there is none."""
        if self.lower is None or self.upper is None:
            return self.lower if self.upper is None else self.upper
        return self.lower if self.lower == self.upper else None

    @property
    def share(self) -> Quantity | None:
        """The part of its whole, from 0 to 1, or None where the whole is not known: "15 of 18" gives 0.833."""
        return None if self.whole is None else replace(self, whole=None) / self.whole

    def __contains__(self, number: Number) -> bool:
        """Whether `number` is one that the bounds allow."""
        low, high, value = *_ends(self), _exact(number, "number")
        return (low.value < value or (low.value == value and not low.open)) and (
            value < high.value or (value == high.value and not high.open)
        )

    def overlaps(self, other: Quantity) -> bool:
        """Whether some number lies within both; two figures that overlap do not contradict each other."""
        return _meet(self, other) and _meet(other, self)

    def __add__(self, other: Quantity | Number) -> Quantity:
        return _combine(self, other, operator.add, "sum", "+")

    def __sub__(self, other: Quantity | Number) -> Quantity:
        return _combine(self, other, operator.sub, "difference", "-")

    def __mul__(self, other: Quantity | Number) -> Quantity:
        return _combine(self, other, operator.mul, "product", "×")

    def __truediv__(self, other: Quantity | Number) -> Quantity:
        return _combine(self, other, operator.truediv, "ratio", "÷")

    def __radd__(self, other: Number) -> Quantity:
        return _quantity(other) + self

    def __rsub__(self, other: Number) -> Quantity:
        return _quantity(other) - self

    def __rmul__(self, other: Number) -> Quantity:
        return _quantity(other) * self

    def __rtruediv__(self, other: Number) -> Quantity:
        return _quantity(other) / self

    def explain(self) -> str:
        """One sentence that says which numbers are meant, or why no number follows."""
        return self._reason or f"{_quoted(self)} means {_meaning(self)}."

    def __str__(self) -> str:
        return self.text or _phrase(self)


def exactly(number: Number, text: str = "") -> Quantity:
    """The quantity of one exact number."""
    return Quantity(number, number, text=text)


def about(number: Number, text: str = "") -> Quantity:
    """The quantity of an approximate number: "some 300", "nearly 300"."""
    return Quantity(number, number, approximate=True, text=text)


def more_than(number: Number, text: str = "") -> Quantity:
    """All numbers above `number`, itself left out."""
    return Quantity(number, None, lower_open=True, text=text)


def at_least(number: Number, text: str = "") -> Quantity:
    """`number` and all above it."""
    return Quantity(number, None, text=text)


def fewer_than(number: Number, text: str = "") -> Quantity:
    """All numbers below `number`, itself left out."""
    return Quantity(None, number, upper_open=True, text=text)


def up_to(number: Number, text: str = "") -> Quantity:
    """`number` and all below it."""
    return Quantity(None, number, text=text)


def between(lower: Number, upper: Number, text: str = "") -> Quantity:
    """All numbers from `lower` to `upper`, both included."""
    return Quantity(lower, upper, text=text)


# --- numbers -----------------------------------------------------------------------------------------------------------


def _exact(number: Any, what: str) -> Fraction:
    if isinstance(number, bool) or not isinstance(number, Real):
        raise TypeError(f"{what} must be a number or None, not {type(number).__name__} ({number!r}).")
    if isinstance(number, Rational):
        return Fraction(int(number.numerator), int(number.denominator))
    if not math.isfinite(number):
        raise ValueError(f"{what} must be a finite number; write None where there is no bound, not {number!r}.")
    return Fraction(str(float(number)))  # as written: 0.1 is a tenth


def _plain(number: Fraction) -> Number:
    return int(number) if number.denominator == 1 else float(number)


def _quantity(other: Quantity | Number) -> Quantity:
    return other if isinstance(other, Quantity) else exactly(other)


# --- interval arithmetic -----------------------------------------------------------------------------------------------


def _ends(quantity: Quantity) -> tuple[_End, _End]:
    lower, upper = quantity.lower, quantity.upper
    low = _End(-math.inf, True) if lower is None else _End(_exact(lower, "lower"), quantity.lower_open)
    high = _End(math.inf, True) if upper is None else _End(_exact(upper, "upper"), quantity.upper_open)
    return low, high


def _meet(one: Quantity, two: Quantity) -> bool:
    low, high = _ends(one)[0], _ends(two)[1]
    return low.value < high.value or (low.value == high.value and not (low.open or high.open))


def _plus(a: _End, b: _End) -> _End:
    return _End(a.value + b.value, a.open or b.open)


def _minus(a: _End) -> _End:
    return _End(-a.value, a.open)


def _times(a: _End, b: _End) -> _End:
    for zero, other in ((a, b), (b, a)):
        if zero.value == 0:  # nothing times anything is nothing, be the other end known or not
            return _End(Fraction(0), zero.open and (other.open or other.value != 0))
    return _End(a.value * b.value, a.open or b.open)


def _inverse(a: _End, beyond: float) -> _End:
    if a.value == 0:
        return _End(beyond, True)
    return _End(Fraction(0), True) if isinstance(a.value, float) else _End(1 / a.value, a.open)


def _combine(
    one: Quantity, two: Quantity | Number, operation: Callable[[Any, Any], Any], name: str, sign: str
) -> Quantity:
    if not isinstance(two, Quantity | Real) or isinstance(two, bool):
        return NotImplemented
    two = _quantity(two)
    (a, b), (c, d) = _ends(one), _ends(two)
    if operation is operator.truediv:
        if two.lower == two.upper == 0:
            raise ZeroDivisionError(f"{_quoted(one)} cannot be divided by 0: a share of nothing is not defined.")
        if 0 in two:
            c, d = _End(-math.inf, True), _End(math.inf, True)  # the divisor may be 0: nothing follows
        else:
            c, d = _inverse(d, -math.inf), _inverse(c, math.inf)
    if operation is operator.sub:
        c, d = _minus(d), _minus(c)
    if operation in (operator.add, operator.sub):
        low, high = _plus(a, c), _plus(b, d)
    else:
        corners = [_times(x, y) for x in (a, b) for y in (c, d)]
        low = min(corners, key=lambda end: (end.value, end.open))
        high = max(corners, key=lambda end: (end.value, not end.open))
    result = _between(low, high, one.approximate or two.approximate)
    return replace(result, _reason=_why(one, two, result, name, sign))


def _between(low: _End, high: _End, approximate: bool) -> Quantity:
    lower = None if isinstance(low.value, float) else _plain(low.value)
    upper = None if isinstance(high.value, float) else _plain(high.value)
    point = lower is not None and lower == upper
    return Quantity(lower, upper, low.open and not point, high.open and not point, approximate)


# --- in words ----------------------------------------------------------------------------------------------------------


def _figure(number: Number) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{number:,.4g}"


def _phrase(q: Quantity) -> str:
    some = "about " if q.approximate else ""
    if q.lower is None or q.upper is None:
        if q.lower is not None:
            words = f"{'more than' if q.lower_open else 'at least'} {some}{_figure(q.lower)}"
        elif q.upper is not None:
            words = f"{'fewer than' if q.upper_open else 'up to'} {some}{_figure(q.upper)}"
        else:
            words = "any number"
    elif q.lower == q.upper:
        words = f"{some}{_figure(q.lower)}"
    else:
        ends = " and ".join(
            ("more than " if opened and side == "lower" else "fewer than " if opened else "") + some + _figure(number)
            for side, number, opened in (("lower", q.lower, q.lower_open), ("upper", q.upper, q.upper_open))
        )
        words = f"between {ends}"
    return words if q.whole is None else f"{words} of {_figure(q.whole)}"


def _quoted(q: Quantity) -> str:
    return f"“{q}”"


def _meaning(q: Quantity) -> str:
    near = ", and the figures are approximate" if q.approximate else ""
    part = "" if q.whole is None else f" out of {_figure(q.whole)}"
    if q.lower is None and q.upper is None:
        return "that no limit is given: it could be any number" + near
    if q.upper is None and q.lower is not None:
        kind = "any number above" if q.lower_open else "any number from"
        end = "" if q.lower_open else " upwards"
        return f"{kind} {_figure(q.lower)}{end}{part}; no upper limit is given{near}"
    if q.lower is None and q.upper is not None:
        kind = "any number below" if q.upper_open else "any number up to"
        return f"{kind} {_figure(q.upper)}{part}; no lower limit is given{near}"
    if q.lower == q.upper and q.lower is not None:
        return f"a number near {_figure(q.lower)}{part}" if q.approximate else f"exactly {_figure(q.lower)}{part}"
    return f"{_phrase(replace(q, text='', approximate=False))}{near}"


def _limits(q: Quantity) -> str:
    missing = [side for side, bound in (("lower", q.lower), ("upper", q.upper)) if bound is None]
    return f"{_quoted(q)} has no {' and no '.join(missing)} limit" if missing else ""


def _why(one: Quantity, two: Quantity, result: Quantity, name: str, sign: str) -> str:
    sum_ = f"{_quoted(one)} {sign} {_quoted(two)}"
    if result.bounded:
        return f"{sum_} means {_meaning(result)}."
    causes = [words for words in (_limits(one), _limits(two)) if words]
    if sign == "÷" and 0 in two:
        causes = [*causes, f"{_quoted(two)} may be 0"]
    because = " and ".join(causes)
    if result.lower is None and result.upper is None:
        return f"The {name} {sum_} cannot be concluded, because {because}."
    return f"The {name} {sum_} means {_meaning(result)}, because {because}."
