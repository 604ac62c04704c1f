"""`course start`: the lessons, laid and served; checked over the network, as a browser would."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Started, started

from course import server as server_of


@pytest.fixture(scope="module")
def server(tmp_path_factory, root) -> Iterator[Started]:
    """A server on the default folder of an empty place, for a user with an empty home."""
    place = tmp_path_factory.mktemp("learner")
    (place / "home").mkdir()
    with started(cwd=place, home=place / "home", root=root) as running:
        running.place = place
        yield running


def refused(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=120)
    except urllib.error.HTTPError as error:
        return error.code == 403
    return False


def test_printed_address_answers_at_once_and_only_with_its_token(server):
    assert "JupyterLab" in urllib.request.urlopen(server.page, timeout=120).read().decode()
    assert refused(server.url + "api/contents")


def test_lessons_are_there_without_their_solutions(server):
    names = {entry["name"] for entry in json.loads(server.get("api/contents"))["content"]}
    assert {"00-start-here.ipynb", "01-one-claim.ipynb"} <= names
    assert "BEGIN SOLUTION" not in server.get("api/contents/01-one-claim.ipynb")


def test_kernel_is_this_very_python(server):
    specs = json.loads(server.get("api/kernelspecs"))
    assert specs["kernelspecs"]["python3"]["spec"]["argv"][0] == sys.executable


def test_nobody_is_asked_about_news_and_the_instructors_tools_are_away(server):
    page = server.get("lab")
    config = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    assert config["news"] == {"disabled": True}
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]
    assert "@jupyter/nbgrader" in config["disabledExtensions"]


def test_token_stands_in_no_process_list(server):
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            assert server.token.encode() not in process.read_bytes()


def test_second_start_gives_the_address_of_the_first(server, root):
    done = subprocess.run(
        [sys.executable, "-m", "course.cli", "start", "--no-browser"],
        cwd=server.place,
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"HOME": str(server.place / "home"), "PYTHONPATH": str(root)},
    )
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout == f"Counterclaim is open at {server.page}\n"


def test_taken_port_is_said(server, course):
    done = course("start", "other", "--no-browser", "--port", server.port)
    assert done.returncode == 1
    assert f"Port {server.port}" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_port_that_another_takes_in_the_meantime_is_left_to_it(tmp_path, monkeypatch):
    """Two learners on one machine start at the same moment: both look, both find the same port free."""
    for name in [name for name in os.environ if name.startswith("JUPYTER")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".counterclaim").mkdir()
    told = []

    def tell(running: server_of.Server) -> None:
        told.append(running.url)
        raise KeyboardInterrupt

    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        look = server_of._free_port
        monkeypatch.setattr(
            server_of, "_free_port", lambda wanted, first: taken if first == server_of.FIRST_PORT else look(None, first)
        )
        server_of.serve(tmp_path, "x.ipynb", None, tell)
    assert len(told) == 1 and f":{taken}/" not in told[0]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_ends_the_server_and_its_kernels(tmp_path, root, how):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with started("mine", "--port", str(port), cwd=tmp_path, root=root) as running:
        assert running.port == port
        header = {"Authorization": f"token {running.token}"}
        urllib.request.urlopen(urllib.request.Request(running.url + "api/kernels", b"{}", header), timeout=120)
        assert running.stop(how) == 0
        assert f"Your work is in {tmp_path / 'mine'}" in running.said and "Traceback" not in running.said
        with pytest.raises(OSError, match=r"refused"):
            socket.create_connection(("127.0.0.1", port), timeout=60)
        for process in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                assert running.token.encode() not in process.read_bytes(), process


def test_user_without_a_home_can_start(tmp_path, root):
    with started("mine", cwd=tmp_path, home=tmp_path / "gone", root=root) as running:
        assert json.loads(running.get("api/status"))["kernels"] == 0
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("folder", ["file", "/proc/nowhere"])
def test_folder_that_cannot_be_used_is_said(course, tmp_path, folder):
    (tmp_path / "file").write_text("")
    done = course("start", folder, "--no-browser")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "Name a folder" in done.stderr
    assert "Counterclaim is open" not in done.stdout


def test_learner_is_told_what_was_laid_and_keeps_the_own_work(tmp_path, root):
    folder = tmp_path / "mine"
    with started(folder, cwd=tmp_path, root=root) as first:
        assert f"Laid in {folder}: 00-start-here.ipynb" in first.said
    record = folder / ".counterclaim" / "released.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | {"00-start-here.ipynb": ["an older release"]}))
    (folder / "00-start-here.ipynb").write_text("my work")
    with started(folder, cwd=tmp_path, root=root) as second:
        assert "00-start-here-newer.ipynb" in second.said
    assert (folder / "00-start-here.ipynb").read_text() == "my work"
