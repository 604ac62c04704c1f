"""The lowest toll that a text supports."""

from __future__ import annotations

import pytest

from course.extract.tolls import toll_in
from course.quantity import Quantity


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("A blast killed 33 people and injured 43 others.", 33, 43),
        ("Seven people, including a guard, were killed and four others injured.", 7, 4),
        ("At least 84 people died, including 15 students, several officers and 2 engineers.", 84, 0),
        ("Six soldiers, 6 civilians and a guard were killed.", 13, 0),
        ("The patrol killed the commander.", 1, 0),
        ("A commander and several fighters were killed.", 4, 0),
        ("Several fighters were wounded.", 0, 3),
        ("He was shot and killed.", 1, 0),
        ("Ten men were shot to death.", 10, 0),
        ("The patrol was after the leader of an attack that killed 12 people.", 0, 0),
        ("No civilians were killed.", 0, 0),
        ("The bomb could kill 100 people.", 0, 0),
        ("Forces have killed 50 fighters since January. On Monday they killed two fighters.", 2, 0),
        ("Three were killed. The three were killed at noon, the mayor said, and 5 were hurt.", 3, 5),
        ("Nothing happened.", 0, 0),
        ("", 0, 0),
    ],
)
def test_tolls(text: str, killed: int, wounded: int) -> None:
    assert toll_in(text).lower == killed
    assert toll_in(text, "wounded").lower == wounded


def test_a_bound_stays_open() -> None:
    assert toll_in("More than 30 people were killed.") == Quantity(30, None, lower_open=True)
    assert toll_in("At least 30 people were killed.") == Quantity(30, None)


def test_what_a_bare_plural_counts_for_can_be_set() -> None:
    assert toll_in("The fighters were killed.").lower == 2
    assert toll_in("The fighters were killed.", plural=3).lower == 3
