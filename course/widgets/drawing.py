"""Quantities as a small drawing, quick enough to follow a hand: a dot, a bar or an arrow for each, on one axis from zero."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, log10
from typing import Any

from course.quantity import Quantity

_TEXT = 'fill="currentColor" stroke="none"'
_WIDE, _ROW, _LEFT, _RIGHT = 640, 58, 14, 626


def interval_drawing(rows: Sequence[tuple[str, Quantity]], title: str = "", top: float | None = None) -> dict[str, Any]:
    """A block with the drawing of some quantities and its words. `top` is the end of the axis, so that it can stand still."""
    ends = [end for _, one in rows for end in (one.lower, one.upper) if end is not None]
    high = top or _round_up(max([abs(end) for end in ends], default=1) * 1.25)
    low = -high if min([*ends, 0]) < 0 else 0.0
    parts, alt = [], []
    for number, (label, quantity) in enumerate(rows):
        y = 34 + number * _ROW
        parts.append(_row(label, quantity, y, low, high))
        alt.append(f"{label}: {quantity.explain()}" if label else quantity.explain())
    base = 34 + (len(rows) - 1) * _ROW + 28
    parts.append(_axis(base, low, high))
    words = " ".join(alt)
    svg = (
        f'<svg class="cc-drawing" viewBox="0 0 {_WIDE} {base + 30}" role="img" aria-label="{escape(words)}" fill="none" stroke="currentColor">'
        f"{''.join(parts)}</svg>"
    )
    return {"kind": "drawing", "title": title, "svg": svg, "alt": words}


def _row(label: str, q: Quantity, y: int, low: float, high: float) -> str:
    def place(value: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (min(max(value, low), high) - low) / (high - low), 1)

    left, right = (_LEFT if q.lower is None else place(q.lower)), (_RIGHT if q.upper is None else place(q.upper))
    words = f"{label}: {q}" if label else str(q)
    text = f'<text x="{_LEFT}" y="{y - 14}" {_TEXT} font-size="15">{escape(words)}</text>'
    if q.lower is None and q.upper is None:
        return text + f'<path d="M{_LEFT} {y}H{_RIGHT}" stroke-width="2" stroke-dasharray="2 8"/>'
    soft = ' stroke-dasharray="7 4"' if q.approximate else ""
    out = [text, f'<path d="M{left} {y}H{right}" stroke-width="6" class="cc-bar-line"{soft}/>' if left != right else ""]
    for at, value, opened, way in ((left, q.lower, q.lower_open, -1), (right, q.upper, q.upper_open, 1)):
        if value is None:
            out.append(
                f'<path d="M{at - way * 12} {y - 9}L{at} {y}L{at - way * 12} {y + 9}" stroke-width="3" class="cc-bar-line"/>'
            )
        else:
            halo = (
                f'<circle cx="{at}" cy="{y}" r="12" stroke-dasharray="3 3" stroke-width="1.5"/>'
                if q.approximate
                else ""
            )
            out.append(
                halo
                + f'<circle cx="{at}" cy="{y}" r="7" stroke-width="3" class="cc-end{" cc-end-open" if opened else ""}"/>'
            )
    return "".join(out)


def _axis(y: float, low: float, high: float) -> str:
    ticks = []
    for step in range(5):
        value, x = low + (high - low) * step / 4, _LEFT + (_RIGHT - _LEFT) * step / 4
        anchor = {0: "start", 4: "end"}.get(step, "middle")
        number = f"{value:,.0f}" if high >= 4 else f"{value:,.3g}"
        minor = ' class="cc-minor"' if step % 2 else ""  # left out where it is narrow
        ticks.append(
            f'<path d="M{x} {y}v6"/><text x="{x}" y="{y + 22}" text-anchor="{anchor}" {_TEXT} font-size="13"{minor}>{number}</text>'
        )
    return f'<path d="M{_LEFT} {y}H{_RIGHT}"/>' + "".join(ticks)


def _round_up(value: float) -> float:
    if value <= 0:
        return 1.0
    step = 10.0 ** (ceil(log10(value)) - 1)
    return ceil(value / step) * step
