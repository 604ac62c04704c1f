"""The outer ring: bubblewrap, around the warm parents of all rooms. What is not named here does not exist inside."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import site
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

import course
from course.grading.isolation import WORK, free

HOW_TO = (
    "On Debian and Ubuntu: sudo apt install bubblewrap; on Fedora: sudo dnf install bubblewrap. "
    "On other systems, grade in a virtual machine that holds nothing else, with --unsafe."
)
USER = 64_321  # who runs a student's code where the grader is root; no account has this number
_FONTS = "/fonts"
_PACKAGE = Path(course.__file__).resolve().parent
_SYSTEM = (
    "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/nsswitch.conf",
    "/etc/ssl/certs",
)  # fmt: skip
_LINKED = ("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin")


class SandboxError(Exception):
    """There is no sandbox on this machine; the message says why and what to do, in one line."""


def command(program: Iterable[str], *, bound: Iterable[Path] = (), work: Path | None = None) -> list[str]:
    """`program` wrapped so that it runs in the sandbox.

    Args:
        program: the command; its interpreter and packages must be this process's own.
        bound: files and folders that it may read besides.
        work: a folder that it may write to; without it, only what is gone afterwards.

    Errors: SandboxError where bubblewrap or a part of it is missing.
    """
    bubblewrap = shutil.which("bwrap")
    if not bubblewrap or sys.platform != "linux":
        raise SandboxError(f"The sandbox (bubblewrap) is not on this machine. {HOW_TO}")
    readable = [*_readable(), *bound]
    view: list[str] = []
    for path in readable:
        view += ["--ro-bind", str(path), str(path)]
    inner = [bubblewrap, "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    if os.getuid() == 0:
        inner += ["--unshare-user"]
    inner += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    inner += view
    for name in _LINKED:
        if Path(name).is_symlink():
            inner += ["--symlink", str(Path(name).readlink()), name]
        elif Path(name).is_dir():
            inner += ["--ro-bind", name, name]
    if _NOTEBOOKS.is_dir():
        inner += ["--tmpfs", str(_NOTEBOOKS)]  # hidden tests: an installed package carries the lessons
    inner += ["--bind", str(work), str(work), "--chdir", str(work)] if work else ["--dir", WORK, "--chdir", WORK]
    if fonts := _font_list():
        laid = f"{_FONTS}/{fonts.name}"
        inner += ["--ro-bind", str(fonts) if os.getuid() else laid, laid]
    for place in ["/"] if work else ["/dev", "/"]:
        inner += ["--remount-ro", place]  # no place for a note to the neighbours
    for name, value in (_environment() | _libraries(readable)).items():
        inner += ["--setenv", name, value]
    inner += ["--", *program]
    if os.getuid() != 0:
        return inner
    return [*_as_nobody(bubblewrap, view, work), *inner]


_NOTEBOOKS = _PACKAGE / "_notebooks"


def python() -> str:
    """The interpreter, under the path that it has inside as well."""
    return str(Path(sys.prefix).resolve() / "bin" / Path(sys.executable).name)


def _as_nobody(bubblewrap: str, view: list[str], work: Path | None) -> list[str]:
    """For root: a first bubblewrap lays what may be read where anybody can reach it, and gives the rights of root up.

    Root's number would lift some limits of the system, and open files that belong to root.
    """
    setpriv = shutil.which("setpriv")
    if not setpriv:
        raise SandboxError("setpriv (of util-linux) is missing: as root, grading needs it to give root's rights up.")
    outer = [bubblewrap, "--die-with-parent", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--tmpfs", "/tmp"]
    places = [Path(path) for path in view[2::3]] + ([work] if work else [])
    for folder in sorted({parent for place in places for parent in place.parents if parent != Path("/")}):
        outer += ["--perms", "0755", "--dir", str(folder)]  # else only root could pass
    outer += view
    for name in _LINKED:
        if Path(name).is_symlink():
            outer += ["--symlink", str(Path(name).readlink()), name]
        elif Path(name).is_dir():
            outer += ["--ro-bind", name, name]
    if fonts := _font_list():
        outer += ["--perms", "0755", "--dir", _FONTS, "--ro-bind", str(fonts), f"{_FONTS}/{fonts.name}"]
    if work:
        outer += ["--bind", str(work), str(work)]
    outer += ["--bind", "/proc", "/proc", "--dev-bind", "/dev", "/dev", "--", setpriv]
    return [*outer, f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--"]


def _readable() -> list[Path]:
    """What the code needs to run: the system, Python, its packages, and the course without its lessons."""
    found = [Path("/usr"), Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve()]
    found += [Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")]  # may be links
    found += [path for path in map(Path, (site.getusersitepackages(),)) if _holds_packages(path)]
    found += [Path(name) for name in _SYSTEM if Path(name).exists()]
    found.append(_PACKAGE)
    data = _PACKAGE.parent / "data"
    if (data / "datapackage.json").is_file():
        found.append(data)
    kept: list[Path] = []
    for path in found:
        if not any(path.is_relative_to(other) for other in kept):
            kept.append(path)
    return kept


def _holds_packages(folder: Path) -> bool:
    spec = importlib.util.find_spec("IPython")
    return bool(spec and spec.origin and Path(spec.origin).is_relative_to(folder))


def _environment() -> dict[str, str]:
    return {
        "ARROW_DEFAULT_MEMORY_POOL": "system",  # with the next line: no threads, which a fork would not copy
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "HOME": WORK,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": _FONTS,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PATH": f"{Path(sys.prefix).resolve() / 'bin'}:/usr/local/bin:/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(_PACKAGE.parent),
        "TMPDIR": "/tmp" if free("/tmp") else WORK,
        "USER": "student",
    }


def _libraries(readable: list[Path]) -> dict[str, str]:
    """Where a Python that was moved finds its own library, as far as that can be seen inside."""
    folders = [Path(one) for one in os.environ.get("LD_LIBRARY_PATH", "").split(":") if one]
    seen = [str(one) for one in folders if any(one.is_relative_to(path) for path in readable)]
    return {"LD_LIBRARY_PATH": ":".join(seen)} if seen else {}


def _font_list() -> Path | None:
    """matplotlib's list of fonts, where it was made before: to make it takes longer than all else."""
    folders = [Path(os.environ[name]) for name in ("MPLCONFIGDIR",) if os.environ.get(name)]
    with contextlib.suppress(RuntimeError):
        folders += [Path.home() / ".cache" / "matplotlib"]
    lists = [path for folder in folders if folder.is_dir() for path in folder.glob("fontlist-*.json")]
    return max(lists, key=lambda path: path.stat().st_mtime) if lists else None
