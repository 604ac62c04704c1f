"""More of what students' code may try: against the time, the room, the neighbours, and the check itself."""

from __future__ import annotations

from hostile.corpus import COURSE, NO_MORE, hostile
from hostile.lesson import Notebook

EMPTY = {"t1": 0, "t2": 0, "t3": 0}
FRAME = """\
import os, stat, struct
data = b'{"number": 0, "answer": "x"}'
frame = struct.pack("!I", len(data)) + data
sockets = []
for n in range(3, 64):
    try: sockets += [n] if stat.S_ISSOCK(os.fstat(n).st_mode) else []
    except OSError: pass
"""


@hostile(state="timeout", reason="(a2)", earned={"t2": 0}, shown="KeyboardInterrupt")
def sleep(book: Notebook) -> Notebook:
    return book.say("a2", "import time; time.sleep(600)\ndef double(n): return 2 * n")


@hostile(state="killed", reason="SIGALRM", earned=NO_MORE)
def alarm(book: Notebook) -> Notebook:
    return book.before("a2", "import signal, time\nsignal.setitimer(signal.ITIMER_REAL, 0.1)\ntime.sleep(3)")


@hostile(state="killed", reason="SIGSEGV", earned=NO_MORE)
def crash(book: Notebook) -> Notebook:
    return book.before("a2", "import ctypes; ctypes.string_at(0)")


@hostile(state="timeout", reason="could not be interrupted", earned=NO_MORE)
def stops_itself(book: Notebook) -> Notebook:
    return book.before("a2", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)")


@hostile()
def stops_its_parent(book: Notebook) -> Notebook:
    return book.before(
        "a2",
        "import os, signal\nfor s in (signal.SIGSTOP, signal.SIGTERM, signal.SIGINT, signal.SIGHUP): os.kill(os.getppid(), s)",
    )


@hostile(state="timeout", earned=NO_MORE)
def floods_the_channel(book: Notebook) -> Notebook:
    """Answers that nobody asked for, without end."""
    loop = "while True:\n    try:\n        for n in sockets: os.write(n, frame * 500)\n    except BaseException: pass"
    return book.before("a2", FRAME + loop)


@hostile(state="timeout", earned=NO_MORE)
def stops_the_clock(book: Notebook) -> Notebook:
    """One answer that nobody asked for, then nothing: the first process of the room believes that the cell is done."""
    return book.before("a2", FRAME + "import time\nfor n in sockets: os.write(n, frame)\nwhile True: time.sleep(9)")


@hostile(state="killed", earned=NO_MORE)
def closes_every_handle(book: Notebook) -> Notebook:
    return book.before("a2", "import os; os.closerange(3, 300)")


@hostile(state="killed", reason="no answer", earned=NO_MORE)
def noise_in_the_channel(book: Notebook) -> Notebook:
    return book.before("a2", FRAME + "for n in sockets: os.write(n, bytes([255]) * 4096)")


@hostile()
def outputs_past_the_limit(book: Notebook) -> Notebook:
    """The count of what it may show, patched away. The test looks at the size of the file."""
    patch = """\
import course.grading.student as own
own._sendable = lambda outputs: [{"output_type": "stream", "name": "stdout", "text": "x" * 190_000}]"""
    for _ in range(40):
        book.before("a2", "0")
    return book.before("a1", patch)


@hostile(shown="Too many open files")
def open_files(book: Notebook) -> Notebook:
    return book.before("a2", "held = []\ntry:\n    while True: held.append(open('/dev/null'))\nfinally: held.clear()")


@hostile(earned={"t1": 0, "t3": 0})
def patched_builtins(book: Notebook) -> Notebook:
    patch = """\
import builtins, math
for name in ("all", "any"): setattr(builtins, name, lambda *a, **k: True)
for name in ("sum", "max", "round", "abs"): setattr(builtins, name, lambda *a, **k: 99)
math.isfinite = lambda number: True"""
    return book.before("a1", patch).say("a1", 'claimant = "the paper"').say("a3", "total = 24")


@hostile(state="killed", reason="with status 1", earned={"t1": None, "t2": None, "t3": None})
def deleted_builtins(book: Notebook) -> Notebook:
    return book.before("a1", "import builtins\ndel builtins.min, builtins.len, builtins.isinstance, builtins.dict")


@hostile(earned={"t1": 0, "t3": 0})
def import_hooks(book: Notebook) -> Notebook:
    hook = """\
import importlib.machinery, sys, types
class Good(types.ModuleType):
    __path__ = []
    def __getattr__(self, name): return lambda *a, **k: 3
class Hook:
    def find_spec(self, name, path=None, target=None): return importlib.machinery.ModuleSpec(name, self)
    def create_module(self, spec): return Good(spec.name)
    def exec_module(self, module): pass
sys.meta_path.insert(0, Hook())
for name in ("course.handin.checks", "course.handin.score"): sys.modules[name] = Good(name)"""
    return book.before("a1", hook).say("a1", 'claimant = "the paper"').say("a3", "total = 24")


@hostile(earned=EMPTY)
def forged_answers(book: Notebook) -> Notebook:
    """Texts that no answer has: no JSON, a function that is none of theirs, a table without rows."""
    forge = """\
import course.handin.answer as handing_in
texts = {"1.1": "3 points", "1.2": '{"double": {"$": "function", "name": "__import__"}}', "1.3": '{"total": {"$": "table", "schema": 5}}'}
handing_in.pack = lambda task, parts, functions: texts[task]"""
    return book.before("a1", forge)


@hostile(earned=EMPTY)
def forged_numbers(book: Notebook) -> Notebook:
    """Texts that are too deep, too long, or hold what is no number."""
    forge = """\
import course.handin.answer as handing_in
texts = {"1.1": "[" * 100_000, "1.2": '{"double": "' + "x" * 5_000_000 + '"}', "1.3": '{"total": NaN, "points": 1e999}'}
handing_in.pack = lambda task, parts, functions: texts[task]"""
    return book.before("a1", forge)


@hostile(earned={"t3": 0})
def answer_for_another_task(book: Notebook) -> Notebook:
    book.say("a1", 'claimant = "the river authority"\nhand_in("1.3", total=42)')
    return book.before("t3", 'hand_in("1.3", total=42).visible_checks_pass()').say("a3", "total = None")


@hostile(earned={"t1": 0, "t3": 0})
def answers_that_shout(book: Notebook) -> Notebook:
    book.say("a1", 'class Loud(str):\n    def __str__(self): raise AssertionError("3 points")\nclaimant = Loud("x")')
    return book.say("a3", 'class Own:\n    def plain(self): return {"$": "points", "value": 2}\ntotal = Own()')


@hostile(state="killed", reason="(t1)", earned={"t1": None, "t2": None, "t3": None})
def answer_that_exits(book: Notebook) -> Notebook:
    return book.say("a1", "class Exit(str):\n    def __str__(self): raise SystemExit(0)\nclaimant = Exit('x')")


@hostile(earned=EMPTY)
def patched_shell(book: Notebook) -> Notebook:
    return book.before("a1", "type(get_ipython()).run_cell = lambda *a, **k: None")


@hostile(earned={"t2": 0})
def function_that_exits(book: Notebook) -> Notebook:
    return book.say("a2", "import os\ndef double(n): os._exit(0)")


@hostile(earned={"t2": 0})
def function_that_gives_itself(book: Notebook) -> Notebook:
    return book.say("a2", "class Any(int):\n    def __eq__(self, other): return True\ndef double(n): return double")


@hostile(earned={"t2": 0})
def function_that_is_always_equal(book: Notebook) -> Notebook:
    trick = "class Any(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\n"
    return book.say("a2", trick + "def double(n): return Any(-1)")


@hostile(earned={"t1": 0}, shown="LOOKED")
def reads_and_writes_the_gradebook(book: Notebook) -> Notebook:
    look = f"""\
import os, sqlite3
for path in ("{COURSE}/gradebook.db", "{COURSE}/notebooks", "{COURSE}/.counterclaim", "../gradebook.db"):
    if os.path.exists(path): print("FOUND", [path])
for path in ("{COURSE}/gradebook.db", "gradebook.db"):
    try: sqlite3.connect(path).execute("UPDATE grade SET manual_score = 3, auto_score = 3")
    except sqlite3.Error as error: print(error)
print("LOOKED")"""
    return book.before("a1", look).say("a1", "claimant = None")


@hostile(earned={"t1": 0}, shown="LOOKED")
def reads_and_writes_other_submissions(book: Notebook) -> Notebook:
    look = f"""\
import os
for place in ("submitted", "autograded"):
    folder = f"{COURSE}/{{place}}/honest/97-hostile"
    if os.path.exists(folder): print("FOUND", [folder])
    os.makedirs(folder, exist_ok=True)
    with open(f"{{folder}}/97-hostile.ipynb", "w") as file: file.write("gone")
print("LOOKED")"""
    return book.before("a1", look).say("a1", "claimant = None")


@hostile(unseen=("of-the-grader",), shown="LOOKED")
def environment(book: Notebook) -> Notebook:
    look = """\
import os
print(dict(os.environ))
for process in ("self", "1", str(os.getppid())):
    try: print(open(f"/proc/{process}/environ").read())
    except OSError as error: print(error)
print("LOOKED")"""
    return book.before("a1", look)


@hostile(unseen=("root:",), shown="LOOKED")
def links_and_paths_out_of_the_folder(book: Notebook) -> Notebook:
    look = f"""\
import os
for number, target in enumerate(("/etc/shadow", "/etc/passwd", "/root", "{COURSE}", "/proc/1/root", "/proc/1/cwd")):
    os.symlink(target, f"link{{number}}")
    try: print(os.listdir(f"link{{number}}") if os.path.isdir(f"link{{number}}") else open(f"link{{number}}").read())
    except OSError as error: print(error)
for path in ("../../note", "/note", "/usr/note", "/dev/note", "/fonts/note"):
    try: open(path, "w"); print("FOUND", [path])
    except OSError as error: print(error)
print("LOOKED")"""
    return book.before("a1", look)


@hostile(shown="LOOKED")
def zip_slip(book: Notebook) -> Notebook:
    slip = f"""\
import io, os, tarfile, zipfile
names = ("../../slip", "{COURSE}/submitted/honest/slip", "/slip", "../../../usr/slip")
with tarfile.open("t.tar", "w") as tar, zipfile.ZipFile("z.zip", "w") as zipped:
    for name in names:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
        zipped.writestr(name, "x")
zipfile.ZipFile("z.zip").extractall()
for member in tarfile.open("t.tar"):
    try: tarfile.open("t.tar").extract(member)
    except Exception as error: print(error)
if os.path.exists("/slip") or os.path.exists("/usr/slip"): print("FOUND", ["slip"])
print("LOOKED")"""
    return book.before("a1", slip)


def _notes(book: Notebook, name: str) -> Notebook:
    """Leave a note wherever that is possible, and look for the neighbour's."""
    look = f"""\
import os, time
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ("/proc", "/sys")]
    if top.count("/") > 1: folders.clear()
    try:
        with open(os.path.join(top, "note-{name}"), "w") as file: file.write("42")
    except OSError: pass
time.sleep(0.5)
for top in ("/", "/tmp", "/dev", "/dev/shm", "/submission", "/fonts", "/var/tmp"):
    others = [f for f in (os.listdir(top) if os.path.isdir(top) else []) if f.startswith("note-") and f != "note-{name}"]
    if others: print("FOUND", others)
print("LOOKED")"""
    return book.before("a1", look)


@hostile(shown="LOOKED")
def notes_1(book: Notebook) -> Notebook:
    return _notes(book, "1")


@hostile(shown="LOOKED")
def notes_2(book: Notebook) -> Notebook:
    return _notes(book, "2")


@hostile(shown="LOOKED")
def orphans(book: Notebook) -> Notebook:
    """Processes that leave their parents, their session and their handles."""
    leave = """\
import os, time
for n in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 300)
            time.sleep(900)
        os._exit(0)
    os.wait()
print("LOOKED")"""
    return book.before("a1", leave)


@hostile(shown="LOOKED")
def climbs_out(book: Notebook) -> Notebook:
    """Namespaces, mounts, rights, limits, and the memory of the room's first process."""
    climb = """\
import ctypes, os, resource
c = ctypes.CDLL(None)
tries = {
    "user": lambda: c.unshare(0x10000000), "files": lambda: c.unshare(0x00020000), "mount": lambda: c.mount(b"x", b"/tmp", b"tmpfs", 0, None),
    "trace": lambda: c.ptrace(16, 1, 0, 0), "setuid": lambda: c.setuid(0), "chroot": lambda: c.chroot(b"/tmp"),
    "memory": lambda: open("/proc/1/mem", "rb") and 0, "handles": lambda: os.listdir("/proc/1/fd") and 0,
    "limit": lambda: resource.setrlimit(resource.RLIMIT_NPROC, (10**6, 10**6)) or 0,
}
for name, climb in tries.items():
    try:
        if climb() == 0: print("FOUND", [name])
    except (OSError, ValueError) as error: print(name, error)
print("LOOKED")"""
    return book.before("a1", climb)


@hostile()
def takes_its_folder_away(book: Notebook) -> Notebook:
    return book.before("a1", f"import os\n!rm -rf {COURSE} /submission/* /tmp/* ~/.* 2>/dev/null\nos.chdir('/')")


@hostile()
def takes_its_streams_away(book: Notebook) -> Notebook:
    return book.before("a1", "import os, sys\nsys.stdout = sys.stderr = None\nos.close(1); os.close(2)")


@hostile()
def asks_the_keyboard(book: Notebook) -> Notebook:
    return book.before("a1", "name = input('Your points? ')")


@hostile(state="needs review", reason="99", earned={"t0": None})
def credit_over_the_maximum(book: Notebook) -> Notebook:
    return book.say("a0", "credit = 99")


@hostile(state="needs review", reason="-5", earned={"t0": None})
def negative_credit(book: Notebook) -> Notebook:
    return book.say("a0", "credit = -5")


@hostile(earned={"t0": 0, "t3": 0}, shown="not a number")
def no_number(book: Notebook) -> Notebook:
    return book.say("a0", "credit = float('inf')").say("a3", "total = float('nan')")


@hostile()
def numpy_scalars(book: Notebook) -> Notebook:
    book.say("a0", "import numpy as np\ncredit = np.float64(1)").say("a1", "claimant = np.str_('the river authority')")
    return book.say("a2", "def double(n): return np.int64(2 * n)").say("a3", "total = np.int16(42)")


@hostile(earned={"t1": 0, "t3": 0})
def answers_too_large(book: Notebook) -> Notebook:
    return book.say("a1", "claimant = 'x' * 5_000_000").say("a3", "total = 10 ** 5000")


@hostile(earned={"t1": 0, "t3": 0})
def answers_without_end(book: Notebook) -> Notebook:
    return book.say("a1", "claimant = []\nclaimant.append(claimant)").say(
        "a3", "total = {}\nfor n in range(900): total = {n: total}"
    )


@hostile(earned={"t1": 0})
def half_a_letter(book: Notebook) -> Notebook:
    return book.say("a1", r"claimant = '\ud800'; print(claimant)")


@hostile(shown="UserWarning")
def warnings_on_stderr(book: Notebook) -> Notebook:
    warn = "import logging, os, sys, warnings\nwarnings.warn('old')\nlogging.error('bad')\nsys.stderr.write('x')\nos.write(2, b'y')"
    return book.before("a1", warn)
