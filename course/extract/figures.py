"""A quantity in tokens, before it is known what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from course.claim import Change
from course.extract.numbers import Number
from course.quantity import Quantity


@dataclass(slots=True)
class Figure:
    """A quantity in tokens: `first` to `last` (left out) holds bound words, number and unit."""

    first: int
    last: int
    quantity: Quantity
    change: Change
    unit: str
    number: Number
