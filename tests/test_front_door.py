"""Every name that the front door offers is there, and a wrong one is answered with what there is."""

from __future__ import annotations

import pytest

import course


@pytest.mark.parametrize("name", course.__all__)
def test_every_name_opens(name: str) -> None:
    assert getattr(course, name) is not None


def test_an_unknown_name_is_answered_with_what_there_is() -> None:
    with pytest.raises(AttributeError, match=r"The course has no 'claims'. It offers: .*claims_in"):
        _ = course.claims
