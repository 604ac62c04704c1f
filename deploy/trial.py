"""A hub to try: the configuration of `deploy/` on loopback, in a folder and with accounts of its own, all of it gone afterwards.

Only root can make the accounts. `with trial("in", ["ann", "ben"]) as hub: hub.person("ann").start()`
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import requests

from deploy.accounts import make_account
from deploy.client import Person

CHECKOUT = Path(__file__).resolve().parents[1]
OVERLAY = """\
load_subconfig({config!r})
c = get_config()
c.JupyterHub.services.append({{"name": "trial", "api_token": {token!r}}})
c.JupyterHub.load_roles.append(
    {{"name": "trial", "services": ["trial"], "scopes": ["admin:users", "admin:servers", "tokens"]}}
)
{more}
"""


@dataclass
class Hub:
    """A running hub: its address, the folder that holds all of it, and the token of a service that may make users and tokens."""

    url: str
    place: Path
    token: str
    process: subprocess.Popen[bytes]
    users: list[str] = field(default_factory=list)

    @property
    def exchange(self) -> Path:
        return self.place / "exchange"

    def service(self, method: str, path: str, **more: object) -> requests.Response:
        """What the hub's own interface answers to an administrator."""
        header = {"Authorization": f"token {self.token}"}
        return requests.request(method, f"{self.url}/hub/api/{path}", headers=header, timeout=60, **more)  # type: ignore[arg-type]

    def person(self, name: str) -> Person:
        """The person `name`, with a new token of their own and no other rights than a signed-in person has."""
        self.service("POST", f"users/{name}")  # 409 where the hub knows the name
        made = self.service("POST", f"users/{name}/tokens", json={"note": "trial", "expires_in": 3600})
        made.raise_for_status()
        return Person(self.url, name, made.json()["token"])

    def log(self) -> str:
        """What the hub and everyone's servers wrote."""
        return (self.place / "hub.log").read_text("utf-8", errors="replace")

    def memory(self) -> dict[str, float]:
        """Name of a person -> MiB of memory in use by all of their processes (proportional set size: shared pages are shared out)."""
        found = dict.fromkeys(self.users, 0.0)
        for pid, name in _processes(self.users):
            with contextlib.suppress(OSError, StopIteration):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                found[name] += int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
        return found


@contextlib.contextmanager
def trial(
    instructor: str, students: Sequence[str], settings: Mapping[str, str] | None = None, more: str = ""
) -> Iterator[Hub]:
    """A hub with these people. `settings` are COUNTERCLAIM_... without the prefix, `more` is appended to the configuration.

    Errors: RuntimeError where the hub does not answer within two minutes, with its log.
    """
    users = [instructor, *students]
    place = Path(tempfile.mkdtemp(prefix="hub-"))
    place.chmod(0o755)
    hub = None
    try:
        (place / "home").mkdir()
        for name in users:
            if not make_account(name, str(place / "home"), place.name):
                raise RuntimeError(
                    f"There is an account {name} on this machine; a trial makes its own and removes them."
                )
        hub = _start(place, users, instructor, settings or {}, more)
        yield hub
    finally:
        if hub:
            _stop(hub.process)
        _clear(place)


def _start(place: Path, users: list[str], instructor: str, settings: Mapping[str, str], more: str) -> Hub:
    python, checkout = _python(place), _checkout(place)
    public, inner, proxy = _ports(3)
    token = secrets.token_hex(16)
    config = place / "config.py"
    config.touch(0o600)
    config.write_text(OVERLAY.format(config=str(checkout / "deploy" / "jupyterhub_config.py"), token=token, more=more))
    env = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "COUNTERCLAIM"))}
    env |= {
        "PYTHONPATH": str(checkout),
        "PATH": f"{python.parent}:{os.environ['PATH']}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if (libraries := place / "python" / "lib").is_dir():
        env["LD_LIBRARY_PATH"] = str(libraries)
    address = "http://127.0.0.1:{}"
    given = {
        "INSTRUCTOR": instructor,
        "GROUP": place.name,
        "HOMES": str(place / "home"),
        "STATE": str(place / "state"),
        "EXCHANGE": str(place / "exchange"),
        "BIND": address.format(public),
        "HUB_BIND": address.format(inner),
        "PROXY_API": address.format(proxy),
    }
    env |= {f"COUNTERCLAIM_{name}": value for name, value in {**given, **settings}.items()}
    with (place / "hub.log").open("wb") as log:
        command = [str(python), "-m", "jupyterhub", "-f", str(config)]
        process = subprocess.Popen(
            command, cwd=place, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    hub = Hub(address.format(public), place, token, process, users)
    limit = time.monotonic() + 120
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(requests.RequestException):
            if hub.service("GET", "users").ok:
                return hub
        time.sleep(0.3)
    _stop(process)
    raise RuntimeError(f"The hub does not answer:\n{hub.log()[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the hub to stop: it stops its proxy and everyone's servers."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def _clear(place: Path) -> None:
    users = [one.pw_name for one in pwd.getpwall() if Path(one.pw_dir).parent == place / "home"]
    limit = time.monotonic() + 20
    while (left := list(_processes(users))) and time.monotonic() < limit:
        for pid, _ in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)  # userdel refuses while a process of the account is there
    for name in users:
        subprocess.run(["userdel", "--force", name], capture_output=True)
    subprocess.run(["groupdel", place.name], capture_output=True)
    shutil.rmtree(place, ignore_errors=True)


def _processes(users: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The processes of these people, by number and name of the person."""
    names = {}
    for name in users:
        with contextlib.suppress(KeyError):
            names[pwd.getpwnam(name).pw_uid] = name
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if (uid := entry.stat().st_uid) in names:
                    yield int(entry.name), names[uid]


def _ports(count: int) -> list[int]:
    """Free ports of loopback."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _reachable(path: Path) -> bool:
    """Whether everybody on this machine may enter the folder `path`."""
    path = path.resolve()
    return all(one.stat().st_mode & stat.S_IXOTH for one in [path, *path.parents] if one.is_dir())


def _lay(source: Path, to: Path, *without: str) -> None:
    """Lay a folder at `to` without using disk where that is possible: files as hard links, else as copies."""

    def link(one: str, other: str) -> None:
        try:
            os.link(os.path.realpath(one), other)
        except OSError:
            shutil.copy2(one, other)

    shutil.copytree(source, to, copy_function=link, ignore=shutil.ignore_patterns(*without), symlinks=False)


def _checkout(place: Path) -> Path:
    """The checkout, or what the hub needs of it where students could not reach it."""
    if _reachable(CHECKOUT):
        return CHECKOUT
    to = place / "checkout"
    to.mkdir()
    for part in ("course", "data", "notebooks", "deploy"):
        _lay(CHECKOUT / part, to / part, "__pycache__")
    shutil.copy2(CHECKOUT / "nbgrader_config.py", to)
    return to


def _python(place: Path) -> Path:
    """This interpreter with its packages, or the same laid in `place` where students could not reach it (below /root, say)."""
    prefix, real = Path(sys.prefix), Path(sys.executable).resolve()
    if _reachable(prefix) and _reachable(real.parent) and _reachable(Path(sys.base_prefix)):
        return Path(sys.executable)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base = place / "python"
    (base / "bin").mkdir(parents=True)
    shutil.copy2(real, base / "bin" / version)
    _lay(
        Path(sysconfig.get_path("stdlib")),
        base / "lib" / version,
        "site-packages",
        "test",
        "__pycache__",
        "ensurepip",
        "idlelib",
    )
    for library in Path(sys.base_prefix, "lib").glob("libpython3*.so*"):
        shutil.copy2(library, base / "lib" / library.name)

    env = place / "env"
    (env / "bin").mkdir(parents=True)
    (env / "lib" / version).mkdir(parents=True)
    (env / "pyvenv.cfg").write_text(f"home = {base / 'bin'}\ninclude-system-site-packages = false\n")
    (env / "bin" / "python").symlink_to(base / "bin" / version)
    packages = Path(sysconfig.get_path("purelib"))
    for source, to in (
        (packages, env / "lib" / version / "site-packages"),
        *((prefix / one, env / one) for one in ("etc", "share")),
    ):
        if _reachable(source):
            to.symlink_to(source)
        elif source.is_dir():
            _lay(source, to, "__pycache__")
    for script in (prefix / "bin").iterdir():
        if script.is_file() and script.read_bytes()[:2] == b"#!" and script.stat().st_mode & stat.S_IXUSR:
            _, _, rest = script.read_bytes().partition(b"\n")
            (env / "bin" / script.name).write_bytes(f"#!{env / 'bin' / 'python'}\n".encode() + rest)
            (env / "bin" / script.name).chmod(0o755)
    return env / "bin" / "python"
