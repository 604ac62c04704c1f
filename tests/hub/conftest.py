"""What the hub's tests share: a hub on loopback with an instructor and two students, and what it takes to have one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from deploy.trial import Hub, trial

TEACHER, ANN, BEN = "cct-teacher", "cct-ann", "cct-ben"
PASSWORD = "a password of this test only"
LESSON = "01-one-claim"


def needed() -> None:
    """Skip, with the reason, where no hub can run; in CI only being no root is a reason, as .ci/run runs these tests once more with sudo."""
    if os.geteuid() != 0:
        pytest.skip("only root can make the accounts of a hub: .ci/run runs tests/hub as root")
    lacking = [name for name in ("jupyterhub", "ltiauthenticator") if find_spec(name) is None]
    lacking += [name for name in ("configurable-http-proxy", "useradd") if shutil.which(name) is None]
    if lacking and os.environ.get("CI") == "true":
        pytest.fail(f"{', '.join(lacking)}: not on this machine, and CI must have them, see .ci/run")
    if lacking:
        pytest.skip(f"{', '.join(lacking)}: not on this machine")


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    """A running hub with an instructor and two students; nobody's server is started."""
    needed()
    with trial(TEACHER, [ANN, BEN], {"MEMORY": "1536M"}) as running:
        yield running
