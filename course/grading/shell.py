"""IPython without a kernel: runs cells and keeps what they show as a notebook keeps it."""

from __future__ import annotations

import base64
import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

Output = dict[str, Any]
CUT = "\n[The output was longer. The rest is left out.]\n"


class Outputs:
    """What one cell shows: at most `most` characters of it."""

    def __init__(self, most: int) -> None:
        self.most, self.used, self.kept = most, 0, list[Output]()
        self._wait = False
        self._cut = False

    def add(self, output: Output) -> None:
        """Keep one output, or the place where outputs begin to be left out."""
        if self._wait:
            self.clear()
        size = _size(output)
        if self.used + size > self.most:
            output = {"output_type": "stream", "name": "stdout", "text": CUT}
            if self._cut:
                return
            self._cut = True
        self.used += size
        self.kept.append(output)

    def write(self, name: str, text: str) -> None:
        """Keep what was printed; pieces that follow each other become one."""
        if self._wait:
            self.clear()
        if self._cut or not text:
            return
        room = self.most - self.used
        self.used += len(text)
        if len(text) > room:
            text, self._cut = text[:room] + CUT, True
        last = self.kept[-1] if self.kept else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["pieces"].append(text)
        else:
            self.kept.append({"output_type": "stream", "name": name, "pieces": [text]})

    def clear(self, wait: bool = False) -> None:
        """Forget what was shown; with `wait`, when the next output comes."""
        self._wait = wait
        if not wait:
            self.kept, self.used, self._cut = [], 0, False

    def taken(self) -> list[Output]:
        """The outputs in a notebook's form."""
        for output in self.kept:
            if "pieces" in output:
                output["text"] = "".join(output.pop("pieces"))
        return self.kept


class _Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a cell."""

    encoding = "utf-8"

    def __init__(self, name: str, shell: Shell) -> None:
        self._name, self._shell = name, shell

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._shell.outputs.write(self._name, text)
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return {"stdout": 1, "stderr": 2}[self._name]


class _Publisher(DisplayPublisher):
    shell: Shell

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: Any = False,
        **more: Any,
    ) -> None:
        transient = transient or {}
        output = {"output_type": "display_data", "data": _plain(data), "metadata": metadata or {}}
        if update and (name := transient.get("display_id")):
            for kept in self.shell.displays.get(name, []):
                kept["data"], kept["metadata"] = output["data"], output["metadata"]
            return
        if name := transient.get("display_id"):
            self.shell.displays.setdefault(name, []).append(output)
        self.shell.outputs.add(output)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear(wait)


class _Hook(DisplayHook):
    """Keeps the value of a cell's last expression."""

    shell: Shell
    _result: Output

    def start_displayhook(self) -> None:
        self._result = {
            "output_type": "execute_result",
            "execution_count": self.prompt_count,
            "data": {},
            "metadata": {},
        }

    def write_output_prompt(self) -> None:
        """A notebook has its own."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self._result["data"], self._result["metadata"] = _plain(format_dict), md_dict or {}

    def finish_displayhook(self) -> None:
        if self._result["data"]:
            self.shell.outputs.add(self._result)


class Shell(InteractiveShell):
    """An IPython shell whose outputs are kept, not sent."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **more: Any) -> None:
        self.outputs = Outputs(10**6)
        self.displays: dict[str, list[Output]] = {}
        super().__init__(**more)

    def run(self, source: str, most: int) -> tuple[list[Output], int]:
        """Run one cell; its outputs and its number."""
        self.outputs = Outputs(most)
        number = self.execution_count
        with self._streams():
            self.run_cell(source, store_history=True)
        return self.outputs.taken(), number

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException | None, stb: list[str]) -> None:
        text = [line for part in stb for line in str(part).split("\n")]
        self.outputs.add({"output_type": "error", "ename": etype.__name__, "evalue": _text(evalue), "traceback": text})

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> dict[str, Any]:
        """IPython formats each error twice: once to be shown, once for a history that nobody reads here."""
        return {}

    def ask_exit(self) -> None:
        """`exit` ends a terminal's session; in a notebook, the cells below still count."""

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window to open."""

    @contextlib.contextmanager
    def _streams(self) -> Iterator[None]:
        """Printed text goes to the outputs; so does what is written past Python, once the cell is done."""
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream("stdout", self), _Stream("stderr", self)
        try:
            yield
        finally:
            sys.stdout, sys.stderr = kept
            for number, name in ((1, "stdout"), (2, "stderr")):
                self.outputs.write(name, _rest(number, self.outputs.most))


def make_shell() -> Shell:
    """The one shell of this process, as a notebook's kernel sets it up."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.autoindent = False
    return Shell.instance(config=config)


def _rest(number: int, most: int) -> str:
    """What stands in the file behind a handle since the last look; "" where the handle is no file."""
    try:
        size = os.lseek(number, 0, os.SEEK_END)
        if not size:
            return ""
        data = os.pread(number, most, 0)
        os.ftruncate(number, 0)
        return data.decode("utf-8", "replace")
    except OSError:
        return ""


def _plain(data: Any) -> dict[str, Any]:
    return {
        str(kind): base64.b64encode(item).decode("ascii") if isinstance(item, bytes) else item
        for kind, item in dict(data).items()
    }


def _text(error: BaseException | None) -> str:
    try:
        return str(error)
    except Exception:
        return "an error that cannot be shown"


def _size(output: Output) -> int:
    total = 0
    stack: list[Any] = [output]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack += item.values()
        elif isinstance(item, list):
            stack += item
        else:
            total += len(item) if isinstance(item, str) else 8
    return total
