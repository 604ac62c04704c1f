"""Submissions on the workers of a Dask cluster: each worker has a sandbox of its own; journal and gradebook stay at home.

What a worker gets and gives is JSON text. Nothing that a student's code made is ever unpickled: neither here, nor there.
"""

from __future__ import annotations

import base64
import functools
import json
import os
import tempfile
import threading
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from course.grading.lesson import GradedLesson, load_lesson
from course.grading.limits import Limits
from course.grading.rooms import Warm
from course.grading.run import Outcome, TaskResult, run_submission
from course.grading.sandbox import SandboxError

_LOOK = 5.0  # seconds between two looks whether the scheduler is still there


class Cluster(Protocol):
    """What is needed of `course.batch.teams.Cluster`."""

    crash: type[Exception]

    def call(self, function: Any, *arguments: Any) -> Future[bytes]: ...

    def size(self) -> int: ...

    def check(self) -> str: ...


class OnCluster:
    """Runs submissions on the workers of `cluster`; without a sandbox there where `unsafe`."""

    def __init__(self, cluster: Cluster, unsafe: bool) -> None:
        self.cluster, self.unsafe = cluster, unsafe

    def size(self) -> int:
        """How many they run side by side, at the moment."""
        return self.cluster.size()

    def run(self, data: bytes, lesson: GradedLesson, limits: Limits, files: Mapping[str, bytes]) -> Outcome:
        """Run one submission on some worker, and on another one where that is lost.

        Errors: SandboxError where the worker has no sandbox, or workers are lost again and again; what the cluster raises where
        its scheduler is gone.
        """
        coded = {path: base64.b64encode(content).decode("ascii") for path, content in files.items()}
        options = json.dumps({"name": lesson.name, "limits": limits.plain(), "unsafe": self.unsafe, "files": coded})
        asked = self.cluster.call(grade_there, data, lesson.text, options)
        while True:
            try:
                reply = json.loads(asked.result(_LOOK))
                break
            except TimeoutError:
                self.cluster.check()
            except CancelledError:
                self.cluster.check()
                raise SandboxError("The cluster has given up a submission. Run the same command again.") from None
            except self.cluster.crash as error:
                raise SandboxError("Several workers of the cluster were lost on one submission.") from error
        if "problem" in reply:
            raise SandboxError(f"A worker of the cluster cannot grade: {reply['problem']}")
        tasks = {name: TaskResult(**task) for name, task in reply.pop("tasks").items()}
        return Outcome(**reply, tasks=tasks)


def grade_there(data: bytes, source: bytes, options: str) -> bytes:
    """On a worker: run a submission in this machine's own sandbox; the outcome as JSON text.

    Args:
        data: the submitted file.
        source: the instructor's notebook.
        options: the lesson's name, the limits, whether to do without a sandbox, and the files beside the notebook, as JSON text.
    """
    chosen = json.loads(options)
    try:
        students, tests = _rooms(chosen["unsafe"])
        lesson = _lesson(chosen["name"], source)
        files = {path: base64.b64decode(content) for path, content in chosen["files"].items()}
        outcome = run_submission(data, lesson, students, tests, Limits(**chosen["limits"]), files)
    except SandboxError as error:
        return json.dumps({"problem": str(error)}).encode()
    return json.dumps(asdict(outcome)).encode()


_lock = threading.Lock()
_warm: dict[tuple[int, bool], tuple[Warm, Warm]] = {}


def _rooms(unsafe: bool) -> tuple[Warm, Warm]:
    """The warm parents of this worker; they live as long as it does."""
    key = (os.getpid(), unsafe)
    with _lock:
        if any(one.process.poll() is not None for one in _warm.get(key, ())):
            for one in _warm.pop(key):
                one.close()
        if key not in _warm:
            made: list[Any] = []
            done = threading.Event()

            def start() -> None:
                """In a thread that never ends: the system ends the sandbox with the thread that started it."""
                try:
                    made.extend(Warm(role, safe=not unsafe) for role in ("student", "hidden"))
                except BaseException as error:
                    made.append(error)
                done.set()
                threading.Event().wait()

            threading.Thread(target=start, daemon=True).start()
            done.wait()
            if isinstance(made[-1], BaseException):
                raise made[-1]
            _warm[key] = (made[0], made[1])
    return _warm[key]


@functools.lru_cache(maxsize=4)
def _lesson(name: str, source: bytes) -> GradedLesson:
    with tempfile.TemporaryDirectory() as place:
        notebook = Path(place) / f"{name}.ipynb"
        notebook.write_bytes(source)
        return load_lesson(notebook)
