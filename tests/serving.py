"""A running `course start`, for tests that look at what it serves."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ADDRESS = re.compile(r"Counterclaim is open at (http://localhost:(\d+)/)lab/tree/00-start-here\.ipynb\?token=(\w+)")


class Started:
    """A running `course start`."""

    def __init__(self, *args: str | Path, cwd: Path, home: Path | None = None, root: Path) -> None:
        env = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "course.cli", "start", "--no-browser", *map(str, args)],
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=env | {"PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1"} | ({"HOME": str(home)} if home else {}),
        )
        self.said = ""
        limit = time.monotonic() + 300
        while not (found := ADDRESS.search(self.said)):
            assert time.monotonic() < limit, self.said
            if select.select([self.process.stdout], [], [], 1)[0]:
                chunk = os.read(self.process.stdout.fileno(), 4096).decode()
                assert chunk, f"it stopped: {self.said}"
                self.said += chunk
        self.url, self.port, self.token = found[1], int(found[2]), found[3]
        self.page = found[0].removeprefix("Counterclaim is open at ")

    def get(self, path: str, token: str | None = None) -> str:
        header = {"Authorization": f"token {token or self.token}"}
        with urllib.request.urlopen(urllib.request.Request(self.url + path, headers=header), timeout=120) as reply:
            return reply.read().decode()

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        self.said += self.process.stdout.read().decode()
        return self.process.wait(30)


@contextlib.contextmanager
def started(*args: str | Path, **where: Path) -> Iterator[Started]:
    server = Started(*args, **where)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
