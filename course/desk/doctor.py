"""What this machine has, what it lacks, and how to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from packaging.requirements import Requirement

from course.desk.folder import DeskError, open_desk
from course.grading.folder import CONFIG

ROOM = 2.0  # GiB that a class of 300 needs on the disk, and a warm grader in memory


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `state` is "ok", "missing" (something will not work) or "optional" (only what `words` name will not)."""

    part: str
    state: str
    words: str


def look(root: Path | None = None) -> Iterator[Finding]:
    """What was found, one thing after the other."""
    yield _python()
    yield from _packages()
    yield _sandbox()
    yield _program(
        "chromium",
        ("chromium", "chromium-browser", "google-chrome"),
        "only the tests in a browser need it",
        "apt install chromium",
    )
    yield _program(
        "hub's proxy", ("configurable-http-proxy",), "only a hub needs it", "npm install -g configurable-http-proxy"
    )
    yield _disk(root or Path.cwd())
    yield _memory()
    yield _kernel()
    yield from _course(root or Path.cwd())


def _python() -> Finding:
    return Finding("Python", "ok", f"Python {sys.version.split()[0]}")


def _packages() -> Iterator[Finding]:
    try:
        wanted = [Requirement(line) for line in distribution("counterclaim").requires or []]
    except PackageNotFoundError:
        yield Finding(
            "packages", "missing", "counterclaim is not installed here: run make start, or pip install counterclaim"
        )
        return
    lacking = []
    for one in wanted:
        if one.marker and not one.marker.evaluate({"extra": ""}):
            continue
        try:
            if not one.specifier.contains(version(one.name), prereleases=True):
                lacking.append(f"{one.name} {version(one.name)} (needs {one.specifier})")
        except PackageNotFoundError:
            lacking.append(f"{one.name} (needs {one.specifier or 'any version'})")
    if lacking:
        yield Finding(
            "packages", "missing", f"{', '.join(lacking)}: run make start, or pip install --upgrade counterclaim"
        )
    else:
        yield Finding(
            "packages",
            "ok",
            f"counterclaim {version('counterclaim')}, nbgrader {version('nbgrader')}, jupyterlab {version('jupyterlab')}",
        )


def _sandbox() -> Finding:
    found = shutil.which("bwrap")
    if not found:
        return Finding(
            "sandbox",
            "missing",
            "bubblewrap is not there, so course grade refuses to run strangers' code: apt install bubblewrap",
        )
    done = subprocess.run(
        [found, "--unshare-all", "--ro-bind", "/", "/", "true"], capture_output=True, text=True, timeout=20, check=False
    )
    if done.returncode:
        return Finding(
            "sandbox",
            "missing",
            f"bubblewrap is there but may not make namespaces ({done.stderr.strip()[:120]}): allow unprivileged user namespaces",
        )
    return Finding("sandbox", "ok", "bubblewrap works")


def _program(part: str, names: tuple[str, ...], what_for: str, how: str) -> Finding:
    found = next(filter(None, map(shutil.which, names)), None)
    return Finding(part, "ok", found) if found else Finding(part, "optional", f"not found; {what_for}: {how}")


def _disk(place: Path) -> Finding:
    free = shutil.disk_usage(place).free / 2**30
    words = f"{free:.1f} GiB free in {place}"
    return (
        Finding("disk", "ok", words)
        if free >= ROOM
        else Finding("disk", "missing", f"{words}; a class needs about {ROOM:g}")
    )


def _memory() -> Finding:
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (ValueError, OSError):
        return Finding("memory", "ok", "this system does not tell")
    words = f"{total:.1f} GiB, {os.cpu_count()} cores"
    return Finding(
        "memory",
        "ok" if total >= ROOM else "missing",
        words if total >= ROOM else f"{words}: grading needs about {ROOM:g} GiB",
    )


def _kernel() -> Finding:
    from jupyter_client.kernelspec import KernelSpecManager

    if "python3" in KernelSpecManager().find_kernel_specs():
        return Finding("kernel", "ok", "python3")
    return Finding(
        "kernel", "missing", "Jupyter has no kernel called python3: python -m ipykernel install --sys-prefix"
    )


def _course(root: Path) -> Iterator[Finding]:
    if not (root / CONFIG).is_file():
        yield Finding("course folder", "optional", f"{root} is none (it has no {CONFIG}): run this where you grade")
        return
    try:
        course = open_desk(root)
        lessons = course.lessons()
        yield Finding(
            "course folder", "ok" if lessons else "missing", f"{len(lessons)} lessons in {course.folder('source')}"
        )
        with course.gradebook() as book:
            yield Finding("gradebook", "ok", f"{len(book.students)} students, {len(book.assignments)} lessons")
    except DeskError as error:
        yield Finding("gradebook", "missing", str(error))
