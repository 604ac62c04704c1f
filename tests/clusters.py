"""A Dask cluster on loopback, for tests."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path


class Cluster:
    """A Dask scheduler and its workers, each a process of its own."""

    def __init__(self, root: Path, place: Path) -> None:
        self.root, self.place = root, place
        self.scheduler, self.address = self._start(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            says=r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)",
        )  # fmt: skip
        self.workers: list[subprocess.Popen[str]] = []

    def add_worker(self) -> None:
        process, _ = self._start(
            "distributed.cli.dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
            "--no-dashboard", "--local-directory", str(self.place), says=r"(Registered to)",
        )  # fmt: skip
        self.workers.append(process)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                process.kill()
            process.wait(30)
            process.stderr.close()

    def _start(self, module: str, *args: str, says: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *args],
            cwd=self.place,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(self.root)},
        )
        said, limit = "", time.monotonic() + 300
        while not (found := re.search(says, said)):
            assert time.monotonic() < limit and process.poll() is None, said
            if select.select([process.stderr], [], [], 1)[0]:
                said += os.read(process.stderr.fileno(), 65_536).decode()
        return process, found[1]
