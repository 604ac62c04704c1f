"""What the hub's tests share: a hub on loopback with an instructor and two students, and what it takes to have one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from conftest import missing

from deploy.trial import Hub, trial

TEACHER, ANN, BEN = "cct-teacher", "cct-ann", "cct-ben"
PASSWORD = "a password of this test only"
LESSON = "01-one-claim"


def needed() -> None:
    """Skip, with the reason, where no hub can run; in CI, which runs these tests as root, fail."""
    if os.geteuid() != 0:
        missing("root, who alone can make the accounts of a hub,")
    lacking = [name for name in ("jupyterhub", "ltiauthenticator") if find_spec(name) is None]
    lacking += [name for name in ("configurable-http-proxy", "useradd") if shutil.which(name) is None]
    if lacking:
        missing(", ".join(lacking))


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    """A running hub with an instructor and two students; nobody's server is started."""
    needed()
    with trial(TEACHER, [ANN, BEN], {"MEMORY": "1536M"}) as running:
        yield running
