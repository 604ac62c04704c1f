"""JupyterLab on the learner's folder: quiet, with this Python as its kernel, and without a word to the network."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from course.workspace import PRIVATE

FIRST_PORT = 8888
_PATIENCE = 120  # seconds until a server must have answered; a cold disk takes long
_TRIES = 5  # ports, where none is asked for


class ServerError(Exception):
    """JupyterLab cannot be started; the message says why and what to do, in one line."""


class _PortTaken(ServerError):
    """Another program listens where this server wanted to."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running JupyterLab."""

    pid: int
    url: str
    token: str
    redirect: Path

    def page(self, notebook: str) -> str:
        """The address of `notebook` with the token that lets the learner in."""
        return f"{self.url}lab/tree/{notebook}?token={self.token}"

    def answers(self) -> bool:
        """Whether it answers to its token now."""
        request = urllib.request.Request(f"{self.url}api/status", headers={"Authorization": f"token {self.token}"})
        direct = urllib.request.build_opener(
            urllib.request.ProxyHandler({})
        )  # a school's proxy does not know localhost
        try:
            with direct.open(request, timeout=5) as reply:
                return bool(reply.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def open_page(self) -> bool:
        """Open the learner's browser; the address goes through a private file, so that no process list shows the token."""
        if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} & os.environ.keys():
            return False  # only a text browser could come, and take the terminal
        return self.redirect.exists() and webbrowser.open(self.redirect.as_uri())


def running(folder: Path) -> Server | None:
    """The server that already shows `folder`, or None."""
    return next((server for root, server in _servers(folder) if _same(root, folder) and server.answers()), None)


def serve(folder: Path, notebook: str, port: int | None, tell: Callable[[Server], None]) -> None:
    """Run JupyterLab on `folder` until Ctrl-C, or until the learner shuts it down in the page.

    `tell` is called with the server once it answers, and not before. Without a `port`, the first free one from 8888 on is taken.

    Errors: ServerError where the port is taken or JupyterLab does not come up.
    """
    with tempfile.TemporaryDirectory(prefix="counterclaim-") as settings, _interruptible():
        _write_settings(Path(settings))
        log = folder / PRIVATE / "server.log"
        first = FIRST_PORT
        for again in range(_TRIES - 1, -1, -1):
            chosen = _free_port(port, first)
            first = chosen + 1
            child = _started(folder, notebook, chosen, Path(settings), log)
            try:
                tell(_wait_for(child, folder, log))
                child.wait()
                return
            except _PortTaken:
                if port or not again:
                    raise
                # Another server took the port between our look and this start.
            except KeyboardInterrupt:
                return
            finally:
                _stop(child)


def _started(folder: Path, notebook: str, port: int, settings: Path, log: Path) -> subprocess.Popen[bytes]:
    with log.open("w", encoding="utf-8") as out:
        return subprocess.Popen(
            _command(folder, notebook, port),
            cwd=folder,
            env=_environment(folder, settings),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is ours to hear: JupyterLab would ask a question first
        )


def _command(folder: Path, notebook: str, port: int) -> list[str]:
    root = ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", *root),
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.ip=localhost",
        f"--LabApp.default_url=/lab/tree/{notebook}",
        # nothing here asks the network for news, for a newer JupyterLab or for a list of extensions
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]


def _write_settings(settings: Path) -> None:
    """Settings for this run only: the kernel is this very Python, and what only instructors need is left out."""
    from ipykernel.kernelspec import get_kernel_dict

    nbgrader = [
        f"nbgrader.server_extensions.{name}"
        for name in ("assignment_list", "course_list", "formgrader", "validate_assignment")
    ]
    for name, content in {
        "kernels/python3/kernel.json": get_kernel_dict(),
        "config/labconfig/page_config.json": {
            "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True, "@jupyter/nbgrader": True}
        },
        "config/jupyter_server_config.json": {
            "ServerApp": {"jpserver_extensions": dict.fromkeys([*nbgrader, "jupyter_lsp"], False)}
        },
    }.items():
        path = settings / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")


def _environment(folder: Path, settings: Path) -> dict[str, str]:
    env = dict(os.environ)
    for variable, path in {
        "JUPYTER_PATH": settings,
        "JUPYTER_CONFIG_PATH": settings / "config",
        "PATH": Path(sys.executable).parent,  # so that `!course read` works in a notebook
    }.items():
        env[variable] = os.pathsep.join(filter(None, [str(path), env.get(variable)]))
    if not _home_is_usable():
        env["HOME"] = str(folder / PRIVATE / "home")
    # Settings of the learner's other Jupyters may name parts that are not installed here, or another folder. What is set here is kept here.
    own = folder / PRIVATE / "jupyter"
    env |= {
        "JUPYTER_CONFIG_DIR": str(own),
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
    }
    return env | {"JUPYTER_TOKEN": secrets.token_hex(24), "JUPYTER_RUNTIME_DIR": str(_runtime(folder))}


def _home_is_usable() -> bool:
    try:
        home = Path.home()
    except RuntimeError:
        return False
    return home.is_absolute() and home.is_dir() and os.access(home, os.W_OK)


def _runtime(folder: Path) -> Path:
    """Where servers of this user note that they run: where every Jupyter does, or in `folder` for a user without a home."""
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir()) if _home_is_usable() else folder / PRIVATE / "home" / "runtime"


def _servers(folder: Path) -> Iterator[tuple[str, Server]]:
    from jupyter_server.serverapp import list_running_servers

    runtime = _runtime(folder)
    for info in list_running_servers(str(runtime)):
        page = runtime / f"jpserver-{info['pid']}-open.html"
        yield info["root_dir"], Server(info["pid"], info["url"], info["token"], page)


def _same(one: str, two: Path) -> bool:
    with contextlib.suppress(OSError):
        return Path(one).samefile(two)
    return False


def _free_port(wanted: int | None, first: int = FIRST_PORT) -> int:
    for port in [wanted] if wanted else [*range(first, first + 20), 0]:
        try:
            with socket.create_server(("127.0.0.1", port)) as probe:
                return int(probe.getsockname()[1])
        except OSError as error:
            why = (error.strerror or str(error)).lower()
    raise ServerError(f"Port {wanted} cannot be used ({why}). Leave --port out, and a free one is taken.")


def _wait_for(child: subprocess.Popen[bytes], folder: Path, log: Path) -> Server:
    patience = time.monotonic() + _PATIENCE
    while time.monotonic() < patience:
        if child.poll() is not None:
            kind = _PortTaken if "already in use" in log.read_text("utf-8", errors="replace") else ServerError
            raise kind(
                f"JupyterLab stopped before it answered: {_last_words(log)} (All of it: {log}){_settings_of(log)}"
            )
        for _, server in _servers(folder):
            if server.pid == child.pid and server.answers():
                return server
        time.sleep(0.1)
    raise ServerError(f"JupyterLab did not answer within {_PATIENCE} seconds. See {log}, then start again.")


def _last_words(log: Path) -> str:
    lines = [line.strip() for line in log.read_text("utf-8", errors="replace").splitlines()]
    return next((line for line in reversed(lines) if line), "it said nothing.")


def _settings_of(log: Path) -> str:
    """Where settings of the machine stand, if those are what stopped it."""
    text = log.read_text("utf-8", errors="replace")
    if "Bad config" not in text and "ImportError" not in text and "ModuleNotFoundError" not in text:
        return ""
    from jupyter_core.paths import SYSTEM_CONFIG_PATH

    return f" It reads the settings of this machine in {' and '.join(SYSTEM_CONFIG_PATH)}: look there, or ask whoever set it up."


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let a closed terminal and a polite kill end the server as Ctrl-C does."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    before = {}
    for number in [getattr(signal, name) for name in names if hasattr(signal, name)]:
        before[number] = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C would leave kernels behind
    child.terminate()
    try:
        child.wait(15)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
