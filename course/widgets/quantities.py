"""Numbers by hand: a hedge that is drawn along, and two bounds that are reckoned with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.compare.entries import read_number
from course.quantity import Number, Quantity, about, at_least, between, exactly, fewer_than, more_than, up_to
from course.widgets.drawing import interval_drawing
from course.widgets.panel import Block, Field, Panel

# From the hedge that leaves the number below it to the one that leaves it above.
HEDGES = {
    "fewer than": fewer_than,
    "up to": up_to,
    "about": about,
    "exactly": exactly,
    "at least": at_least,
    "more than": more_than,
}
_SIGNS = {"+": "plus", "-": "minus", "×": "times", "÷": "divided by"}
_PYTHON = {"+": "+", "-": "-", "×": "*", "÷": "/"}


class HedgeSlider(Panel):
    """A hedge and a number. `value` is the Quantity that the wording means."""

    kind = "hedge"

    def __init__(self, number: Number, largest: Number, unit: str, task: str, heading: str) -> None:
        self._largest, self._unit = largest, unit
        super().__init__(task=task, about=f"{largest}", heading=heading, start={"hedge": 3, "number": number})

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        step = 10 ** max(0, len(str(int(self._largest))) - 3)
        return [
            {"name": "hedge", "type": "range", "label": "The hedge", "min": 0, "max": len(HEDGES) - 1, "says": list(HEDGES)},
            {"name": "number", "type": "range", "label": "The number", "min": 0, "max": self._largest, "step": step, "unit": self._unit},
        ]  # fmt: skip

    @property
    def _hedge(self) -> str:
        return list(HEDGES)[int(self.state["hedge"])]

    @property
    def value(self) -> Quantity:
        hedge, number = self._hedge, self.state["number"]
        return HEDGES[hedge](number, f"{'' if hedge == 'exactly' else hedge + ' '}{number:,}")

    def code(self) -> str:
        return _code(self._hedge, self.state["number"])

    def summary(self) -> str:
        return self.value.explain()

    def look(self) -> list[Block]:
        return [interval_drawing([("", self.value)], "Which numbers are meant", top=self._largest * 1.2)]


class BoundCalculator(Panel):
    """Two quantities and a sign. `value` is the Quantity that follows, or None where the entry cannot be read."""

    kind = "bounds"

    def __init__(self, start: Mapping[str, Any], task: str, heading: str) -> None:
        super().__init__(task=task, about="", heading=heading, start=start)

    def make_fields(self, state: Mapping[str, Any]) -> list[Field]:
        fields: list[Field] = []
        for key, group in (("a", "First number"), ("b", "Second number")):
            hedges = [(hedge, hedge) for hedge in [*HEDGES, "between"]]
            fields.append(
                {
                    "name": f"{key}_hedge",
                    "type": "choice",
                    "label": "How it is hedged",
                    "options": hedges,
                    "group": group,
                }
            )
            fields.append({"name": f"{key}_number", "type": "number", "label": "Number", "group": group})
            if state.get(f"{key}_hedge") == "between":
                fields.append({"name": f"{key}_upper", "type": "number", "label": "and", "group": group})
            if key == "a":
                signs = [(sign, f"{words} ({sign})") for sign, words in _SIGNS.items()]
                fields.append({"name": "sign", "type": "choice", "label": "What is done", "options": signs})
        return fields

    def sound(self, state: Mapping[str, Any]) -> dict[str, Any]:
        sound = super().sound(state)
        for name in ("a_upper", "b_upper"):  # kept while "between" is not chosen
            if isinstance(state.get(name), str):
                sound[name] = state[name][:40]
        return sound

    def faults_of(self, state: Mapping[str, Any]) -> dict[str, str]:
        faults: dict[str, str] = {}
        for key in "ab":
            names = [f"{key}_number", *([f"{key}_upper"] if state[f"{key}_hedge"] == "between" else [])]
            faults |= {
                name: "Write a number, such as 20,000."
                for name in names
                if state[name] and read_number(state[name]) is None
            }
            if len(names) == 2 and not faults:
                lower, upper = (read_number(state[name]) for name in names)
                if lower is not None and upper is not None and lower > upper:
                    faults[names[1]] = "The second number is below the first. Change them round."
        return faults

    def _side(self, key: str) -> tuple[Quantity, str] | None:
        hedge, number, upper = (self.state[f"{key}_{name}"] for name in ("hedge", "number", "upper"))
        first, second = read_number(number), read_number(upper)
        if first is None or (hedge == "between" and (second is None or second < first)):
            return None
        if hedge == "between" and second is not None:
            return between(first, second), f"between({_grouped(first)}, {_grouped(second)})"
        return HEDGES[hedge](first), _code(hedge, first)

    def _result(self) -> tuple[Quantity | None, str]:
        """What follows, or why nothing does."""
        one, two = self._side("a"), self._side("b")
        if one is None or two is None:
            return None, "Write both numbers."
        try:
            a, b = one[0], two[0]
            result = {"+": a.__add__, "-": a.__sub__, "×": a.__mul__, "÷": a.__truediv__}[self.state["sign"]](b)
        except ZeroDivisionError as error:
            return None, str(error)
        return result, result.explain()

    @property
    def value(self) -> Quantity | None:
        return self._result()[0]

    def code(self) -> str:
        one, two = self._side("a"), self._side("b")
        return f"{one[1]} {_PYTHON[self.state['sign']]} {two[1]}" if one and two else ""

    def summary(self) -> str:
        return self._result()[1]

    def look(self) -> list[Block]:
        one, two, result = self._side("a"), self._side("b"), self.value
        rows = [(name, side[0]) for name, side in (("First", one), ("Second", two)) if side]
        rows += [("What follows", result)] if result is not None else []
        return [interval_drawing(rows, "On one axis")] if rows else []


def hedge_slider(
    number: Number = 20_000, task: str = "", *, largest: Number = 0, unit: str = "", heading: str = "Drag the hedge"
) -> HedgeSlider:
    """A widget to see what "more than", "up to" or "about" do to a number; its `value` is a Quantity.

    Typed, the same is `more_than(20_000)`. Args: `number` to begin with, `largest` end of the slider (twice the number unless given),
    `unit` for the label, `task` under which it is found again. Errors: ValueError for a number below 0.
    """
    if number < 0:
        raise ValueError(f"The slider begins at 0; {number} is below it.")
    return HedgeSlider(number, largest or max(10, number * 2), unit, task, heading)


def bound_calculator(
    one: Quantity | None = None,
    sign: str = "-",
    two: Quantity | None = None,
    task: str = "",
    *,
    heading: str = "Reckon with bounds",
) -> BoundCalculator:
    """A widget to add, take away, multiply and divide two hedged numbers; its `value` is the Quantity that follows.

    Typed, the same is `more_than(100_000) - more_than(20_000)`. Args: `one`, `sign` ("+", "-", "×", "÷") and `two` to begin with;
    `task` under which it is found again. Errors: ValueError for another sign.
    """
    sign = {"*": "×", "/": "÷"}.get(sign, sign)
    if sign not in _SIGNS:
        raise ValueError(f"There is no sign {sign!r}. The signs are: {', '.join(_SIGNS)}.")
    start = {"sign": sign} | _start("a", one) | _start("b", two)
    return BoundCalculator(start, task, heading)


def _start(key: str, quantity: Quantity | None) -> dict[str, str]:
    hedge, number, upper = "exactly", "", ""
    if quantity is not None:
        lower, high = quantity.lower, quantity.upper
        number = _written(lower if lower is not None else high)
        upper = _written(high)
        if lower is not None and high is not None:
            hedge = "between" if lower != high else "about" if quantity.approximate else "exactly"
        elif lower is not None:
            hedge = "more than" if quantity.lower_open else "at least"
        else:
            hedge = "fewer than" if quantity.upper_open else "up to"
    return {f"{key}_hedge": hedge, f"{key}_number": number, f"{key}_upper": upper}


def _written(number: Number | None) -> str:
    return "" if number is None else f"{number:,}"


def _grouped(number: Number) -> str:
    return f"{number:_}"


def _code(hedge: str, number: Number) -> str:
    return f"{HEDGES[hedge].__name__}({_grouped(number)})"
