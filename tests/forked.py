"""Kernels and nbgrader's commands that are forked from a process which has done their imports, instead of importing all anew.

Each is still a process of its own, with its own arguments, folder, environment and streams. Run as a program, this file is what is started
in their place: `forked.py SOCKET kernel|nbgrader ARGUMENT...` asks the process behind the socket for a fork, hands signals on to it,
and ends as it ends. `make test` starts both in the ordinary way as well: tests/effort.py.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys


def ask(address: str, kind: str, *arguments: str) -> int:
    """Ask for a fork; its exit code, once it has ended."""
    channel = socket.socket(socket.AF_UNIX)
    channel.connect(address)
    wish = {"kind": kind, "arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}  # noqa: PTH109  (pathlib takes time to import)
    socket.send_fds(channel, [b"?"], [0, 1, 2])
    channel.sendall(json.dumps(wish).encode() + b"\n")
    answers = channel.makefile()
    pid = int(answers.readline())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: os.kill(pid, number))
    return int(answers.readline() or 1)


def serve(handle: int) -> None:
    """Import, then fork for everybody who asks at the socket, until the standard input ends."""
    import gc
    import selectors

    # as ipykernel does, before matplotlib is there
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    from ipykernel import ipkernel, kernelapp  # noqa: F401
    from nbgrader.apps import nbgraderapp  # noqa: F401

    from course.grading.warm import warm_up

    warm_up()
    gc.collect()
    gc.freeze()
    door = socket.socket(fileno=handle)
    ears = selectors.DefaultSelector()
    for ear in (door, sys.stdin):
        ears.register(ear, selectors.EVENT_READ)
    signal.signal(signal.SIGCHLD, _reap)
    while not any(key.fileobj is sys.stdin for key, _ in ears.select()):
        channel, _ = door.accept()
        if os.fork() == 0:
            door.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _stand_by(channel)
        channel.close()


def _reap(*_: object) -> None:
    """Wait for those that have ended: their processor time is then counted with ours."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _stand_by(channel: socket.socket) -> None:
    """Fork once more and do there what is asked; tell how it ended, or end it when nobody waits for it any more."""
    import threading

    _, handles, _, _ = socket.recv_fds(channel, 1, 3)
    stream = channel.makefile()
    wish = json.loads(stream.readline())
    pid = os.fork()
    if pid == 0:
        channel.close()
        _be(wish, handles)
    channel.sendall(b"%d\n" % pid)

    def watch() -> None:
        if not stream.read(1):
            os.kill(pid, signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        channel.sendall(b"%d\n" % (status if status >= 0 else 128 - status))
    finally:
        os._exit(0)


def _be(wish: dict, handles: list[int]) -> None:
    """Become what is asked for."""
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
        os.close(handle)
    os.chdir(wish["folder"])
    os.environ.clear()
    os.environ.update(wish["environment"], JPY_PARENT_PID=str(os.getppid()))
    if wish["kind"] == "kernel":
        from ipykernel import kernelapp

        os.setsid()  # as the process that asks for it
        sys.argv = ["ipykernel_launcher", "-f", *wish["arguments"]]
        kernelapp.launch_new_instance()
    else:
        from nbgrader.apps.nbgraderapp import main

        sys.argv = ["nbgrader", *wish["arguments"]]
        main()
    sys.exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(int(sys.argv[2]))
    else:
        sys.exit(ask(*sys.argv[1:]))
