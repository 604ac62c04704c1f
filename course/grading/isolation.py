"""A process of its own world: namespaces, file systems, limits and no rights. Linux only; called in a child that has just been forked.

bubblewrap draws the outer ring around all students' code. This is the inner one, around each submission: its own processes, files,
network (none) and shared memory, so that neighbours neither see nor disturb each other.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import tempfile
from pathlib import Path

from course.grading.limits import Limits

WORK = "/submission"  # inside the sandbox: where a notebook runs
_NEWNS, _NEWUTS, _NEWIPC = 0x00020000, 0x04000000, 0x08000000
_NEWUSER, _NEWPID, _NEWNET = 0x10000000, 0x20000000, 0x40000000
_READ_ONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND = 1, 2, 4, 8, 32, 4096
_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 4, 24, 38
_CAPABILITY_VERSION_3 = 0x20080522
_SHARE_OF_MEMORY = 1024  # megabytes of address space that the libraries take without using them


class IsolationError(OSError):
    """The system refuses a part of the isolation; the message says which."""


def leave() -> None:
    """Leave the namespaces of the parent; holds for the files now, and for processes from the next fork on.

    Errors: IsolationError.
    """
    user, group = os.getuid(), os.getgid()
    _call("unshare", _NEWUSER | _NEWNS | _NEWPID | _NEWIPC | _NEWNET | _NEWUTS)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        _write(f"/proc/self/{name}", text)


def settle(limits: Limits) -> None:
    """In the first process of the new namespaces: fresh /proc, and empty /tmp, /dev/shm and work folder; then give up all rights.

    Where Python or the course lie below /tmp, that can only be read, and the work folder serves in its place.

    Errors: IsolationError.
    """
    _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    size = f"size={limits.disk_mb}m,nr_inodes=20000,mode=0700"
    for place in ("/tmp", "/dev/shm", WORK):
        if free(place):
            _mount("tmpfs", place, "tmpfs", _NOSUID | _NODEV, size)
        else:
            _mount("", place, "", _REMOUNT | _BIND | _READ_ONLY | _NOSUID | _NODEV)
    tempfile.tempdir = None  # to be looked for anew
    _write("/proc/sys/user/max_user_namespaces", "0")  # nobody in here becomes root of a world of its own
    for capability in range(64):
        _libc().prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    none = (ctypes.c_uint32 * 6)()
    _call("capset", (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), none)


def free(place: str) -> bool:
    """Whether nothing that runs here lies below a folder: neither Python nor the course."""
    return not any(Path(path).resolve().is_relative_to(place) for path in (sys.prefix, sys.base_prefix, __file__))


def hide() -> None:
    """Nobody but the system may look into this process from now on, nor into what it forks, unless that calls `show`."""
    _libc().prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def show() -> None:
    """Take `hide` back."""
    _libc().prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def restrict(limits: Limits) -> None:
    """Set the limits that the system keeps for one process, for good."""
    megabyte = 2**20
    wanted = {
        resource.RLIMIT_AS: (limits.memory_mb + _SHARE_OF_MEMORY) * megabyte,
        resource.RLIMIT_FSIZE: limits.disk_mb * megabyte,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        most = int(most) if hard == resource.RLIM_INFINITY else min(int(most), hard)
        resource.setrlimit(kind, (most, most))


def takes_more(most: int, but: int) -> bool:
    """Whether the processes in sight, without process `but`, have more than `most` bytes of memory of their own."""
    processes = [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit() and int(entry.name) != but]
    if sum(map(_resident, processes)) <= most:
        return False  # it counts what they share with the warm parent as well, but is read a hundred times faster
    return sum(map(_own, processes)) > most


def processor_seconds(but: int, session: int | None = None) -> float:
    """Seconds of the processor's time that the processes in sight have used, with their children that are gone.

    Args:
        but: a process that does not count.
        session: count only those of this session. [default: all, in a namespace of their own]
    """
    ticks = 0
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit() or int(entry.name) == but:
            continue
        try:
            # after the name, which may hold anything: state, parent, group, session, ..., and from the 12th on the four times
            numbers = Path(entry.path, "stat").read_bytes().rpartition(b")")[2].split()
        except OSError:  # gone by now
            continue
        if session is None or int(numbers[3]) == session:
            ticks += sum(map(int, numbers[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _own(process: str) -> int:
    """Bytes of a process, those that it shares divided by the number of those who share them."""
    try:
        return sum(
            int(line.split()[1]) << 10
            for line in Path(f"/proc/{process}/smaps_rollup").read_bytes().split(b"\n")
            if line.startswith((b"Pss_Anon:", b"Pss_Shmem:"))
        )
    except OSError:  # gone by now, or it hides
        return _resident(process)


def _resident(process: str) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_bytes().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc(), name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise IsolationError(number, f"{name}: {os.strerror(number)}")


def _mount(what: str, where: str, kind: str, flags: int, options: str = "") -> None:
    Path(where).mkdir(exist_ok=True)
    if _libc().mount(what.encode(), where.encode(), kind.encode(), flags, options.encode()) != 0:
        number = ctypes.get_errno()
        raise IsolationError(number, f"mount {kind} on {where}: {os.strerror(number)}")


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text)
    except OSError as error:
        raise IsolationError(error.errno, f"{path}: {error.strerror}") from error
