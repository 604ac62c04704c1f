"""The cases, loaded once for the tests that guard their rules."""

from __future__ import annotations

import pytest

from course.corpus import Case, cases, load_case

CASES = {name: load_case(name) for name in cases()}


@pytest.fixture(params=CASES, scope="session")
def case(request: pytest.FixtureRequest) -> Case:
    """Each real case in turn."""
    return CASES[request.param]
