"""What all widgets share: a state that survives, a value that can be handed in, words for it, and the same to type."""

from __future__ import annotations

import asyncio
from abc import ABCMeta, abstractmethod
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import anywidget
from IPython.display import display, update_display
from traitlets import Bool, Dict, MetaHasTraits, Unicode

from course.widgets import kept

_HERE = Path(__file__).parent
_REST = 0.6  # seconds

# A page shows the widget where it lives, and its words where it does not: in print, in a page made by nbconvert, without a kernel.
_ONE_OF_TWO = (
    "<style>.jp-OutputArea-child:has(.cc-widget)+.jp-OutputArea-child:has(.cc-static)"
    "{display:none}"
    ".jp-OutputArea-child:has(>.jupyter-widgets):not(:has(.cc-widget)):has(+.jp-OutputArea-child .cc-static)"
    "{display:none}</style>"
)


def source_of(name: str) -> str:
    """The text of the ES module `name`, with what all modules share before it; no build step."""
    return "\n".join((_HERE / part).read_text("utf-8") for part in ("shared.js", name))


def answered(value: Any) -> bool:
    """Whether there is an answer: 0 and False are one, an empty text or list is not, nor a dict of nothing."""
    if isinstance(value, Mapping):
        return any(answered(one) for one in value.values())
    return value is not None and not (isinstance(value, str | list | set) and len(value) == 0)


class _Abstract(ABCMeta, MetaHasTraits):
    """What lets a class with traits leave questions to those below it; one that leaves any open cannot be made."""


class Widget(anywidget.AnyWidget, metaclass=_Abstract):
    """One act by hand. `value` is plain data; `plain()` is what `hand_in` takes; `summary()` says it in words; `typed` is the same to type.

    `state` is what the page and the kernel share. It is kept at each change, and found again by the same task about the same text.
    """

    kind = "widget"
    _css = (_HERE / "style.css").read_text("utf-8")

    heading = Unicode().tag(sync=True)
    key = Unicode().tag(sync=True)
    state = Dict().tag(sync=True)
    typed = Unicode().tag(sync=True)
    kept = Unicode().tag(sync=True)
    handed_in = Bool(False).tag(sync=True)

    def __init__(self, *, task: str, about: str, heading: str, start: Mapping[str, Any], **traits: Any) -> None:
        self._task = str(task)
        name = kept.name_of(self._task, self.kind, about)
        found = kept.read(name)
        # What can be set by hand, a file or a page, is never trusted to be well made.
        state = self.sound(found["state"]) if found else dict(start)
        super().__init__(key=name, heading=heading, state=state, **traits)
        self._record: dict[str, Any] = {"name": name, "task": self._task, "kind": self.kind}
        self._shown = False
        self._telling: asyncio.TimerHandle | None = None
        self.kept = f"Found again in {kept.FOLDER}." if found else ""
        self.refresh()
        self.observe(self._changed, "state")
        self.on_msg(self._told)

    # --- what each widget says for itself ------------------------------------------------------------------------------

    @abstractmethod
    def sound(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """The part of `state` that this widget can have made."""

    @property
    @abstractmethod
    def value(self) -> Any:
        """What was done, as plain data."""

    def code(self) -> str:
        """The Python expression that gives the same value."""
        return repr(self.value)

    @abstractmethod
    def summary(self) -> str:
        """What was done, in words."""

    def body(self) -> str:
        """What a page without the widget shows of it, in HTML; the summary stands above it."""
        return ""

    def refresh(self) -> None:
        """Bring what follows from the state up to date."""
        self.typed = self.code()

    def to_keep(self) -> dict[str, Any]:
        """The part of the state that may be stored, beside the notebook and in it."""
        return dict(self.state)

    # --- what all have in common ---------------------------------------------------------------------------------------

    def plain(self) -> Any:
        """The value, for `hand_in`; from then on the widget knows that an answer was handed in."""
        value = self.value
        if answered(value):
            self.hand_over()
        return value

    def unless(self, typed: Any) -> Any:
        """The typed answer where there is one, else what was done by hand: for `hand_in("6.2", chosen=board.unless(chosen))`."""
        return typed if answered(typed) else self.plain()

    def hand_over(self) -> None:
        """Note that an answer was handed in."""
        self.handed_in = True

    def _told(self, _: Any, content: Any, buffers: Any) -> None:
        """Take a state that the page sends beside the usual way, on which it would wait for the answer to the one before; and say so."""
        if isinstance(content, Mapping) and isinstance(state := content.get("state"), Mapping):
            self.state = self.sound(state)
            self.send({"heard": content.get("number")})

    def _changed(self, change: Any) -> None:
        sound = self.sound(change["new"])
        if sound != change["new"]:
            self.state = sound  # comes back here
            return
        self.kept = kept.write(self.key, {**self._record, "state": self.to_keep()})
        self.refresh()
        self._later()

    def _later(self) -> None:
        """Bring the words of the output up to date once the hand rests: a page takes its time for them."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._tell()
            return
        if self._telling is not None:
            self._telling.cancel()
        self._telling = loop.call_later(_REST, self._tell)

    def _tell(self) -> None:
        self._telling = None
        if self._shown:
            update_display(self._static(), raw=True, display_id=self._display_id)

    @property
    def _display_id(self) -> str:
        return f"counterclaim-{self.model_id}"

    def _ipython_display_(self) -> None:
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        display({"application/vnd.jupyter.widget-view+json": view, "text/html": "", "text/plain": ""}, raw=True)
        display(self._static(), raw=True, display_id=self._display_id)
        self._shown = True

    def _static(self) -> dict[str, Any]:
        """The words for the widget, for pages without it, and its record for whoever opens the notebook elsewhere."""
        words = repr(self)
        to_type = f" <em>The same, typed:</em> <code>{escape(self.typed)}</code>" if self.typed else ""
        html = (
            f'<div class="cc-static"><p><strong>{escape(self.heading)}</strong></p>{self.body()}'
            f"<p>{escape(self.summary())}</p><p><em>To go on, run this cell.</em>{to_type}</p></div>{_ONE_OF_TWO}"
        )
        return {
            "text/html": html,
            "text/plain": f"{words} The same, typed: {self.typed}" if self.typed else words,
            kept.MIME: {**self._record, "state": self.to_keep()},
        }

    def __repr__(self) -> str:
        return f"{self.heading}{'' if self.heading.endswith('?') else '.'} {self.summary()}"
