"""Hostile and broken submissions, each with what must happen. To add one, write a function that changes a notebook and decorate it.

`earned` is task -> points; a task that is not named there must earn all of its points, `None` means that a person has to look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hostile.lesson import Notebook

Change = Callable[[Notebook], "Notebook | bytes"]
Lay = Callable[[Path, bytes], None]
COURSE = "@COURSE@"  # stands in a source for the path of the course folder
NOTHING: dict[str, float | None] = dict.fromkeys(("t0", "t1", "t2", "t3"))
NO_MORE: dict[str, float | None] = dict.fromkeys(("t2", "t3"))


@dataclass(frozen=True)
class Hostile:
    """One submission. `restored` and `reason` are words that the report must hold; `shown` and `unseen` words of the graded notebook.
    `lay` puts the notebook's bytes into the student's folder, where they do not simply lie under the right name; `seconds` is how long it may take."""

    name: str
    change: Change
    state: str
    earned: Mapping[str, float | None] = field(default_factory=dict)
    reason: str = ""
    restored: str = ""
    shown: str = ""
    unseen: tuple[str, ...] = ()
    seconds: float = 300  # by the clock, within which every limit has been met, on a busy machine too
    lay: Lay | None = None
    student: str = ""


CORPUS: list[Hostile] = []


def hostile(state: str = "graded", **must: object) -> Callable[[Change], Change]:
    """Enter a change into the corpus, under its function's name."""

    def enter(change: Change) -> Change:
        one = Hostile(change.__name__, change, state, **must)  # type: ignore[arg-type]
        CORPUS.append(replace(one, student=one.student or one.name))
        return change

    return enter


@hostile()
def honest(book: Notebook) -> Notebook:
    return book


@hostile(state="timeout", reason="(a2)", earned={"t2": 0}, shown="KeyboardInterrupt")
def endless_loop(book: Notebook) -> Notebook:
    return book.say("a2", "double = None\nwhile True:\n    pass")


@hostile(state="timeout", reason="could not be interrupted", earned=NO_MORE)
def loop_that_catches_the_interrupt(book: Notebook) -> Notebook:
    return book.say(
        "a2", "import time\nwhile True:\n    try:\n        while True: time.sleep(1)\n    except BaseException: pass"
    )


@hostile(state="timeout", earned=NO_MORE)
def deaf_to_signals(book: Notebook) -> Notebook:
    return book.before(
        "a2", "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: time.sleep(1)"
    )


@hostile(state="killed", reason="memory", earned=NO_MORE)
def memory_bomb_in_children(book: Notebook) -> Notebook:
    bomb = "import os, time\nfor n in range(20):\n    if os.fork() == 0:\n        x = bytearray(60_000_000)\n        time.sleep(60)\ntime.sleep(60)"
    return book.before("a2", bomb)


@hostile(shown="MemoryError")
def memory_bomb(book: Notebook) -> Notebook:
    return book.before("a2", "x = bytearray(5_000_000_000)")


@hostile(state="timeout", earned=NO_MORE)
def fork_bomb(book: Notebook) -> Notebook:
    return book.before("a2", "import os\nwhile True:\n    try:\n        os.fork()\n    except BaseException: pass")


@hostile(shown="The output was longer")
def huge_output(book: Notebook) -> Notebook:
    return book.before("a2", "for n in range(3000): print('x' * 1000)")


@hostile(shown="No space left on device")
def disk_filling(book: Notebook) -> Notebook:
    return book.before("a2", "for n in range(200):\n    with open(f'{n}', 'wb') as f: f.write(b'0' * 1_000_000)")


@hostile(state="killed", reason="ended its own process with status 0", earned=NO_MORE)
def exit_at_once(book: Notebook) -> Notebook:
    return book.before("a2", "import os; os._exit(0)")


@hostile()
def exit_politely(book: Notebook) -> Notebook:
    return book.before("a2", "import sys; sys.exit(0)").before("a3", "exit()")


@hostile(state="killed", reason="SIGKILL", earned=NO_MORE)
def kill_everything(book: Notebook) -> Notebook:
    return book.before(
        "a2",
        "import os, signal\nfor n in (1, os.getppid(), -1, os.getpid()):\n    try: os.kill(n, 9)\n    except OSError: pass",
    )


@hostile()
def threads_that_go_on(book: Notebook) -> Notebook:
    return book.before(
        "a1", "import threading, time\nfor n in range(3): threading.Thread(target=time.sleep, args=(999,)).start()"
    )


@hostile(earned={"t1": 0, "t3": 0})
def patched_hand_in(book: Notebook) -> Notebook:
    """Everything that a check is made of, replaced; the answers stay wrong."""
    patch = """\
import builtins, course, course.handin, course.handin.answer, course.handin.checks, course.handin.score, course.handin.lesson
class Good:
    def __getattr__(self, name): return lambda *a, **k: None
    def __eq__(self, other): return True
    def __hash__(self): return 1
def hand_in(task, **parts): return Good()
def score(points, *a, **k): return points
check = expect = lambda *a, **k: course.handin.checks.Outcome(1.0)
course.handin.answer.hand_in = course.handin.hand_in = course.hand_in = hand_in
course.handin.score.score = course.handin.score = course.score = score
course.handin.checks.check = course.check = course.handin.check = check
course.handin.checks.same = lambda *a: True
builtins.AssertionError = ValueError"""
    return book.before("a1", patch).say("a1", 'claimant = "the paper"').say("a3", "total = 24")


@hostile(earned={"t1": 0, "t3": 0})
def always_equal(book: Notebook) -> Notebook:
    trick = """\
class Any(str):
    def __eq__(self, other): return True
    def __hash__(self): return 1
    def casefold(self): return "the river authority"
    def __str__(self): return "the paper"
class Number(int):
    def __eq__(self, other): return True
    def __int__(self): return 24
    __hash__ = None
claimant, total = Any("the paper"), Number(24)"""
    return book.say("a1", trick).say("a3", "total = Number(24)")


@hostile(earned={"t1": 0, "t3": 0})
def forged_frames(book: Notebook) -> Notebook:
    """Written to every handle that is open: points, answers, the end."""
    forge = """\
import json, os, struct
for frame in ({"points": 3.0, "outputs": [], "ready": True}, {"died": ""}, {"answer": '{"claimant": "x"}', "points": 9, "number": 3}):
    data = json.dumps(frame).encode()
    for handle in range(3, 64):
        try: os.write(handle, struct.pack("!I", len(data)) + data)
        except OSError: pass"""
    return book.before("a1", forge).say("a1", "claimant = None").say("a3", "total = None")


@hostile(earned={"t1": 0}, unseen=("7919", "wrong way round"))
def digs_for_tests(book: Notebook) -> Notebook:
    """Frames, the garbage collector, all of the memory, all files in sight."""
    dig = """\
import gc, os, sys
word = "".join(reversed("stupni_terces"))
found = [str(o)[:2000] for o in gc.get_objects() if isinstance(o, (str, dict, list, tuple)) and word in str(o)[:100000]]
frame = sys._getframe()
while frame:
    found += [name for name in frame.f_locals if word == name]
    frame = frame.f_back
with open("/proc/self/maps") as maps: heaps = [line.split()[0] for line in maps if "[heap]" in line]
with open("/proc/self/mem", "rb") as memory:
    for heap in heaps:
        a, b = (int(end, 16) for end in heap.split("-"))
        memory.seek(a)
        found += ["heap"] if (word + " = (").encode() in memory.read(b - a) else []
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ("/proc", "/sys", "/usr", "/dev")]
    ours = "site-packages" not in top and "/lib/" not in top
    found += [os.path.join(top, f) for f in files if ours and f.endswith((".ipynb", ".db"))]
print("FOUND", found)"""
    return book.before("a1", dig).say("a1", "claimant = None")


@hostile(unseen=("7919",))
def function_that_remembers(book: Notebook) -> Notebook:
    """Hidden inputs reach the function, but nothing that is shown."""
    book.say(
        "a2",
        "seen = []\ndef double(number):\n    seen.append(number); print(number)\n    open('seen', 'a').write(f'{number}')\n    return 2 * number",
    )
    return book.before("a3", "import os; print('SEEN', seen, os.listdir())")


@hostile(earned={"t2": 2.7}, shown="TimeoutError")
def function_that_hangs_once(book: Notebook) -> Notebook:
    return book.say("a2", "import time\ndef double(n):\n    while n == 7: time.sleep(0.1)\n    return 2 * n")


@hostile(shown="OSError")
def network(book: Notebook) -> Notebook:
    look = "import socket\nfor address in (('1.1.1.1', 53), ('127.0.0.1', 22), ('10.0.2.2', 80)):\n    try:\n        socket.create_connection(address, 2)\n        print('REACHED')\n    except OSError as e: print('OSError', e)"
    return book.before("a1", look)


@hostile(state="invalid", reason="not whole", earned=NOTHING)
def half_a_file(book: Notebook) -> bytes:
    return book.bytes()[:700]


@hostile(state="invalid", reason="too deep", earned=NOTHING)
def deep_json(book: Notebook) -> bytes:
    return b"[" * 200_000


@hostile(restored="t1 had been changed")
def edited_test_cell(book: Notebook) -> Notebook:
    return book.say("t1", "3")


@hostile(earned={"t1": 0}, restored="t1 had been changed")
def edited_test_cell_without_an_answer(book: Notebook) -> Notebook:
    return book.say("t1", "3").say("a1", "claimant = None")


@hostile(restored="t3 was missing")
def deleted_test_cell(book: Notebook) -> Notebook:
    book.cells.remove(book.cell("t3"))
    return book


@hostile(restored="t2 stood there 2 times")
def doubled_cell(book: Notebook) -> Notebook:
    book.cells.append(dict(book.cell("t2"), id="again"))
    return book
