"""The warm parent: a process with the imports done, which forks a room for each submission. Runs inside the sandbox.

    python -m course.grading.warm student|hidden HANDLE isolated|bare

It holds nothing of any submission, and no test: all a room gets to know comes over its own channel, after the fork.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import warnings

from course.grading import isolation
from course.grading.frames import head, pack, parse
from course.grading.keeper import FROM_KEEPER, Keeper, Main
from course.grading.limits import Limits
from course.grading.shell import Shell

CELLS = ("import pandas as pd\npd.DataFrame({'a': [1]})", "print('a')", "def f(x): return 1 / x\nf(0)", "1 +")
SENTENCE = "More than 300 people were displaced, the river authority said on Monday, citing the water board."


def main() -> None:
    """Warm up, then fork a room for each handle that comes over the control socket, until that is closed."""
    role, handle, isolated = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "isolated"
    control = socket.socket(fileno=handle)
    begin = _begin(role)
    warm_up()
    gc.collect()
    gc.freeze()  # so that the collector does not copy the parent's memory into each child
    control.sendall(b"warm")
    signal.signal(signal.SIGCHLD, _reap)
    while True:
        data, handles, _, _ = socket.recv_fds(control, 4096, 1)
        if not data:
            os._exit(0)  # at once: there is nothing to be put away
        channel = socket.socket(fileno=handles[0])
        if os.fork() == 0:
            control.close()
            _room(channel, Limits(**parse(data)), begin, isolated)
            os._exit(0)
        channel.close()


def _reap(*_: object) -> None:
    """Wait for rooms that have ended: then no trace of them is left, and their processor time is counted with ours."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _begin(role: str) -> Main:
    if role == "student":
        from course.grading import student

        return student.prepare()
    from course.grading import hidden

    return hidden.serve


def _room(channel: socket.socket, limits: Limits, begin: Main, isolated: bool) -> None:
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    try:
        if isolated:
            isolation.leave()
            first = os.fork()
            if first:
                channel.close()
                os.waitpid(first, 0)
                return
            isolation.settle(limits)
            isolation.hide()
            os.chdir(isolation.WORK)
        keeper = Keeper(channel, limits, begin, isolated)
    except OSError as error:
        with contextlib.suppress(OSError):
            channel.sendall(head(FROM_KEEPER + pack({"died": f"isolation: {error.strerror or error}"})[4:]))
        return
    with contextlib.suppress(OSError):
        keeper.keep()


def warm_up() -> None:
    """Import what lessons import, and do once what is slow the first time: then no room has to.

    Where this process has a shell, it runs a cell of each kind, and forgets it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import course
        from course.chart import counts, lint
        from course.chart.output import as_html
        from course.corpus.lessons import lessons, offered, open_lesson

        for name in course.__all__:
            getattr(course, name)
        for name in lessons():
            open_lesson(name, offered(name)[0]).references()  # reads all tables
        course.to_frame(course.claims_in(SENTENCE)).to_html()
        for figure in (counts(["a", "b", "a"], title="A", source="B"), course.ranges({"a": course.more_than(40)})):
            lint(figure)
            as_html(figure)
        if Shell.initialized():
            for cell in CELLS:
                Shell.instance().run(cell, 10_000)
            Shell.instance().reset()


if __name__ == "__main__":
    main()
