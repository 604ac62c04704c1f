"""Lessons are run here in kernels that start at once."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module", autouse=True)
def quick(quick_kernels: None) -> None:
    pass
