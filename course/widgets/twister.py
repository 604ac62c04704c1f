"""A chart made to mislead, and back: what a hand on the axis does, and what the linter says to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from course.chart import Finding, lint
from course.chart.output import Chart
from course.chart.style import wrap
from course.quantity import Number
from course.widgets.panel import Block, Field, Panel
from course.widgets.pictures import picture_of

SHAPES = {"even": (6.4, 4.0), "tall and narrow": (2.6, 6.0), "wide and flat": (9.0, 1.9)}
HONEST: dict[str, Any] = {"start": 0, "shape": "even", "upside_down": False, "label": True, "source": True}


class AxisTwister(Panel):
    """A bar chart with its axis in one's hand. `value` is the settings; `figure` the chart as it stands."""

    kind = "twister"
    _found: list[Finding]

    def __init__(
        self,
        data: Mapping[str, Number],
        label: str,
        title: str,
        source: str,
        start: Mapping[str, Any],
        task: str,
        heading: str,
    ) -> None:
        self._data, self._label, self._title, self._source = dict(data), label, title, source
        super().__init__(task=task, about=f"{self._data} {label}", heading=heading, start={**HONEST, **start})

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        least = min(self._data.values())
        step = 10 ** max(0, len(str(int(least))) - 2)
        return [
            {"name": "start", "type": "range", "label": "The axis begins at", "min": 0, "max": int(least * 0.98) // step * step, "step": step},
            {"name": "shape", "type": "choice", "label": "Shape of the chart", "options": [[name, name] for name in SHAPES]},
            {"name": "upside_down", "type": "check", "label": "Turn the axis upside down"},
            {"name": "label", "type": "check", "label": "Say what is counted"},
            {"name": "source", "type": "check", "label": "Name the source"},
        ]  # fmt: skip

    @property
    def value(self) -> dict[str, Any]:
        return dict(self.state)

    def plain(self) -> Any:
        """The settings for `hand_in`; None as long as no hand has changed what the widget began with."""
        return None if self.state == self._start else super().plain()

    @property
    def figure(self) -> Figure:
        """The chart as it stands, for `show` and `hand_in`."""
        return twisted(self._data, label=self._label, title=self._title, source=self._source, **self.state_settings)

    @property
    def state_settings(self) -> dict[str, Any]:
        """The settings as arguments of `twisted`."""
        names = {"label": "with_label", "source": "with_source"}
        return {names.get(name, name): value for name, value in self.state.items()}

    def summary(self) -> str:
        ratio, true = self._ratio(self.state["start"]), self._ratio(0)
        least, most = (name for name, _ in sorted(self._data.items(), key=lambda one: one[1])[:: len(self._data) - 1])
        looks = f"The bar of {most} looks {ratio:.1f} times as long as that of {least}; the number is {true:.1f} times as large."
        found = len(self._found)
        return f"{looks} The linter finds {'nothing' if not found else f'{found} thing' if found == 1 else f'{found} things'}."

    def _ratio(self, start: float) -> float:
        return (max(self._data.values()) - start) / (min(self._data.values()) - start)

    def look(self) -> list[Block]:
        figure = self.figure
        self._found = lint(figure)
        words = f"Bar chart. {self._title}. " + "; ".join(f"{name}: {number:,}" for name, number in self._data.items())
        words += f". The axis begins at {self.state['start']:,}{', upside down' if self.state['upside_down'] else ''}."
        items = [str(one) for one in self._found] or ["Nothing that would mislead."]
        return [
            {"kind": "picture", "source": picture_of(figure, 90), "alt": words},
            {"kind": "list", "title": "What the linter says", "items": items},
        ]

    def refresh(self) -> None:
        self._found = []
        super().refresh()


def axis_twister(
    data: Mapping[str, Number],
    task: str = "",
    *,
    label: str = "",
    title: str = "",
    source: str = "",
    start: Mapping[str, Any] | None = None,
    heading: str = "Twist the axis",
) -> AxisTwister:
    """A widget to make a chart mislead and back, with the linter's findings live; its `value` is a dict of settings.

    Typed, the same is the dict: `{"start": 0, "shape": "even", "upside_down": False, "label": True, "source": True}`.

    Args:
        data: a dict from label to number, two at least, all above 0.
        task: the task's number; the work is found again under it.
        label, title, source: what is counted with its unit, the chart's title, and where the numbers come from.
        start: settings to begin with; honest ones unless given.

    Errors: ValueError for fewer than two numbers, a number that is not above 0, or a setting that there is not.
    """
    if len(data) < 2 or min(data.values()) <= 0:
        raise ValueError("The chart needs at least two numbers, all above 0.")
    if strange := [name for name in start or {} if name not in HONEST]:
        raise ValueError(f"There is no setting {strange[0]!r}. The settings are: {', '.join(HONEST)}.")
    return AxisTwister(data, label, title, source, start or {}, task, heading)


def twisted(
    data: Mapping[str, Number],
    *,
    start: Number = 0,
    shape: str = "even",
    upside_down: bool = False,
    with_label: bool = True,
    with_source: bool = True,
    label: str = "",
    title: str = "",
    source: str = "",
) -> Figure:
    """The bar chart of an axis twister as a matplotlib figure; arguments as its settings."""
    wide, high = SHAPES[shape]
    figure: Figure = Chart(figsize=(wide, high), layout="constrained")
    axes = figure.subplots()
    axes.bar(list(data), list(data.values()), color="#0072B2", width=0.6)
    axes.set_ylim(start, max(data.values()) * 1.04)
    if upside_down:
        axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.set_major_formatter(lambda number, _: f"{number:,.0f}")
    axes.set_title(wrap(title, wide - 0.8, 12), fontsize=12)
    if with_label:
        axes.set_ylabel(wrap(label or "Number", high - 0.7, 10))
    if with_source:
        figure.supxlabel(wrap(f"Source: {source or 'not stated'}", wide - 0.2, 9), fontsize=9)
    return figure
