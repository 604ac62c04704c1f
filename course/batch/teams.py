"""Who reads: processes on this machine, or the workers of a Dask cluster. Both take chunks of articles and give back parts."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, Protocol

from course.batch.parts import Article, make_part, part_of_problem

INSTALL = "python -m pip install 'counterclaim[corpus]'"
PATIENCE = 10  # seconds to wait for a scheduler
BROKE = "the program was stopped while it read this file (perhaps by a lack of memory)."

Chunk = Sequence[Article]


class BatchError(Exception):
    """A folder that cannot be read, or a table that cannot be written. The message is one line: what is wrong and what to do."""


class Team(Protocol):
    """Workers that read chunks."""

    crash: type[Exception]
    """What the result of a chunk raises where a worker died on it."""

    def submit(self, chunk: Chunk) -> Future[bytes]: ...

    def size(self) -> int:
        """How many work side by side."""

    def check(self) -> str:
        """A note for the reader, where nobody works at the moment. Errors: BatchError where the team is gone."""

    def lost(self, waiting: dict[Future[bytes], Chunk]) -> list[Chunk]:
        """Take out of `waiting` what a crash elsewhere has lost as well."""

    def alone(self, articles: Iterable[Article]) -> Iterable[tuple[Article, bytes]]:
        """Read articles, of which one may be what killed a worker, one by one."""

    def stop(self) -> None:
        """Stop at once."""


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """Processes on this machine."""

    crash: type[Exception] = BrokenProcessPool

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.pool = self._pool(workers)

    def submit(self, chunk: Chunk) -> Future[bytes]:
        return self.pool.submit(make_part, chunk)

    def size(self) -> int:
        return self.workers

    def check(self) -> str:
        return ""

    def lost(self, waiting: dict[Future[bytes], Chunk]) -> list[Chunk]:
        chunks = list(waiting.values())  # a pool breaks as a whole
        waiting.clear()
        return chunks

    def alone(self, articles: Iterable[Article]) -> Iterable[tuple[Article, bytes]]:
        self.pool = self._pool(1)
        for article in articles:
            try:
                yield article, self.submit([article]).result()
            except BrokenProcessPool:
                yield article, part_of_problem(article, BROKE)
                self.pool = self._pool(1)
        self.pool = self._pool(self.workers)

    def stop(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
            process.join()

    @staticmethod
    def _pool(workers: int) -> ProcessPoolExecutor:
        # spawn: the same on every system, and safe beside the threads of a progress bar or a notebook
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin)
        # Some Pythons, as Debian 12's, wait for ever at their end for an article that a worker which is gone would have to read
        # (python/cpython#94777): an article larger than a pipe must not be waited for. A pool has no public way to say so.
        if queue := getattr(pool, "_call_queue", None):
            queue.cancel_join_thread()
        return pool


def _begin() -> None:
    """Set up a process: Ctrl-C is for the parent to handle, and without a parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow(sentinel: int) -> None:
            wait([sentinel])
            os._exit(1)

        threading.Thread(target=follow, args=(parent.sentinel,), daemon=True).start()


class Cluster:
    """The workers of a Dask cluster, where the course must be installed too. Articles are sent to them; no shared folder is needed.

    Errors: BatchError where Dask is missing, or no scheduler answers at `address`.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client, KilledWorker
            from distributed.comm import resolve_address
        except ImportError as error:
            raise BatchError(f"--scheduler needs Dask, which is not installed. Install it: {INSTALL}") from error
        for name in list(logging.root.manager.loggerDict):
            if name.partition(".")[0] in ("distributed", "asyncio"):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what matters is said here, in one line
        self.address = address
        self.crash: type[Exception] = KilledWorker
        try:
            resolve_address(address)  # a client of a nonsense address cannot be closed
            self.client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise BatchError(
                f"No Dask scheduler answers at {address} ({PATIENCE} seconds). Check the address, start one with "
                "`dask scheduler`, or leave out --scheduler to work on this machine."
            ) from error
        self.executor = self.client.get_executor(pure=False)

    def submit(self, chunk: Chunk) -> Future[bytes]:
        return self.call(make_part, chunk)

    def call(self, function: Callable[..., bytes], *arguments: Any) -> Future[bytes]:
        """Have a worker call a function of the course."""
        future: Future[bytes] = self.executor.submit(function, *arguments)
        return future

    def size(self) -> int:
        return max(1, sum(self._threads().values()))

    def check(self) -> str:
        return "" if self._threads() else "No worker is there at the moment: waiting for one."

    def lost(self, waiting: dict[Future[bytes], Chunk]) -> list[Chunk]:
        return []

    def alone(self, articles: Iterable[Article]) -> Iterable[tuple[Article, bytes]]:
        for article in articles:
            try:
                yield article, self.submit([article]).result()
            except self.crash:
                yield article, part_of_problem(article, BROKE)

    def stop(self) -> None:
        self.executor.shutdown(wait=False)
        self.client.close(timeout=2)

    def _threads(self) -> dict[str, Any]:
        try:
            if self.client.status == "running":
                return dict(self.client.nthreads())
        except (OSError, CancelledError):
            pass
        raise BatchError(f"The Dask scheduler at {self.address} is gone.")
