"""`course read FOLDER --scheduler ADDRESS`: a real scheduler with two workers on loopback, one of them killed in the middle."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from clusters import Cluster

SENTENCE = "The mayor of Ostrell {0} said on Monday that more than {0} people were evacuated. "


@pytest.fixture
def cluster(root, tmp_path_factory) -> Iterator[Cluster]:
    made = Cluster(root, tmp_path_factory.mktemp("cluster"))
    yield made
    made.stop()


@pytest.fixture
def folder(tmp_path) -> Path:
    """Articles, and files that are none."""
    (tmp_path / "in").mkdir()
    for number in range(150):
        (tmp_path / "in" / f"{number:03}.txt").write_text("".join(SENTENCE.format(number * 7 + k) for k in range(40)))
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / "noise.txt").write_bytes(bytes(range(256)) * 9)
    return tmp_path


def start(root: Path, folder: Path, *args: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "course.cli", "read", "in", *args],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(root)},
    )


def finish(process: subprocess.Popen[bytes]) -> str:
    """What it says when it ends well."""
    said, wrong = process.communicate(timeout=300)
    assert process.returncode == 0, wrong.decode()
    return said.decode()


def wait_for_parts(process: subprocess.Popen[bytes], folder: Path, name: str, many: int) -> None:
    limit = time.monotonic() + 300
    while len(list((folder / f".{name}.parts").glob("*.part"))) < many and process.poll() is None:
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_a_worker_killed_in_the_middle_changes_nothing(root, folder, cluster):
    cluster.add_worker()
    cluster.add_worker()
    process = start(root, folder, "--to", "cluster.csv", "--scheduler", cluster.address)
    wait_for_parts(process, folder, "cluster.csv", 2)
    cluster.workers[0].send_signal(signal.SIGKILL)
    assert process.poll() is None, "it was over before a worker was killed"
    said, wrong = process.communicate(timeout=300)
    assert process.returncode == 0, wrong
    assert sorted(line.partition(": ")[0] for line in wrong.decode().splitlines()) == ["empty.txt", "noise.txt"]
    finish(start(root, folder, "--to", "here.csv", "--workers", "1"))
    assert (folder / "cluster.csv").read_bytes() == (folder / "here.csv").read_bytes()
    assert (folder / "cluster.left-out.csv").read_bytes() == (folder / "here.left-out.csv").read_bytes()
    assert said.startswith(b"152 articles: 2 could not be read, 0 have no claims.")


def test_a_cluster_that_dies_leaves_parts_to_go_on_from(root, folder, cluster):
    cluster.add_worker()
    process = start(root, folder, "--to", "claims.csv", "--scheduler", cluster.address)
    wait_for_parts(process, folder, "claims.csv", 2)
    cluster.stop()
    _, wrong = process.communicate(timeout=300)
    assert process.returncode == 1 and b"Traceback" not in wrong
    assert wrong.decode().splitlines()[-1].startswith(f"Error: The Dask scheduler at {cluster.address} is gone.")
    assert len(wrong.splitlines()) == 1
    assert "by an earlier run" in finish(start(root, folder, "--to", "claims.csv"))
    finish(start(root, folder, "--to", "here.csv", "--workers", "1"))
    assert (folder / "claims.csv").read_bytes() == (folder / "here.csv").read_bytes()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "nonsense://127.0.0.1:{port}", "no-such-host.invalid:1"])
def test_scheduler_that_does_not_answer_is_one_clear_line(root, folder, address):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = address.format(port=free.getsockname()[1])
    process = start(root, folder, "--to", "claims.csv", "--scheduler", address)
    _, wrong = process.communicate(timeout=300)
    assert process.returncode == 1 and len(wrong.splitlines()) == 1, wrong.decode()
    assert wrong.decode().startswith(f"Error: No Dask scheduler answers at {address}")
    assert sorted(path.name for path in folder.iterdir()) == ["in"]
