"""How a person's own server is started: as their own system user, within limits, with what their role needs."""

from __future__ import annotations

import os
import pwd
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyterhub.spawner import LocalProcessSpawner

from deploy.accounts import account

CHECKOUT = Path(__file__).resolve().parents[1]
ROLES = CHECKOUT / "deploy" / "roles"
COURSE = (
    "counterclaim"  # the instructor's course folder, in their home: the formgrader must find it below its server's root
)
PROCESSES = 1024  # of one person, threads included


class LimitedProcessSpawner(LocalProcessSpawner):
    """For machines without systemd. Each process of a person gets at most `mem_limit` of data; the whole of a person's processes is
    not limited, nor is their share of the processor: for that, run the hub under systemd."""

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """What the new process does before it becomes the server of `name`."""
        become, limit = super().make_preexec_fn(name), int(self.mem_limit or 0)

        def start() -> None:
            if limit:
                resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
            resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            become()

        return start


def spawner_class() -> str:
    """systemd's limits hold for all of a person's processes together: its spawner is used wherever systemd runs."""
    if Path("/run/systemd/system").is_dir():
        return "systemdspawner.SystemdSpawner"
    return "deploy.spawning.LimitedProcessSpawner"


def role_folder(name: str, instructor: str) -> str:
    """The folder with the Jupyter settings of a person's role."""
    return str(ROLES / ("instructor" if name == instructor else "student"))


def runtime_folder(name: str) -> str:
    """Where Jupyter keeps a person's connection files and kernel sockets: Linux allows 107 bytes for the path of a socket."""
    return str(Path(pwd.getpwnam(name).pw_dir) / ".run")


def lay_course(owner: pwd.struct_passwd) -> None:
    """Lay the course folder (lessons and settings) in the instructor's home, where it is missing; it belongs to the instructor."""
    folder = Path(owner.pw_dir) / COURSE
    if folder.exists():
        return
    as_owner: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": [], "check": True}
    subprocess.run(["mkdir", "-m", "700", folder], cwd="/", **as_owner)
    what = [CHECKOUT / "notebooks", CHECKOUT / "nbgrader_config.py"]
    subprocess.run(["cp", "-r", *what, folder], cwd="/", **as_owner)


def before_start(instructor: str, make: Callable[[str], object] | None = None) -> Callable[[Any], None]:
    """The hook that runs before each start: the account is there (`make` makes it, if given), its home is private, and the instructor
    has a course folder."""

    def hook(spawner: Any) -> None:
        name = spawner.user.name
        if make:
            make(name)
        owner = account(name)
        if name == instructor:
            lay_course(owner)

    return hook


def open_exchange(folder: Path, course: str, instructor: str) -> None:
    """Make nbgrader's exchange: everybody may write in `folder`, and only the instructor in the course's part of it.

    The sticky bit keeps a student from putting another folder in the place of the course's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o1777)
    owner = account(instructor)
    part = folder / course
    part.mkdir(exist_ok=True)
    os.chown(part, owner.pw_uid, owner.pw_gid)
    part.chmod(0o755)
