"""How the course's figures look: one style file, the sizes of text, and the room that text takes."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import matplotlib.style
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import Formatter, FuncFormatter

STYLE = "course.chart.counterclaim"

# Okabe and Ito (2008), in an order in which neighbours also differ in grey.
BLUE, ORANGE, GREEN, PURPLE, DARK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#1f2328"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, "#E69F00", "#56B4E9", "#000000")
GREY, PALE = "#57606a", "#f1f3f5"

TITLE, SUBTITLE, LABEL, SMALL = 14.0, 10.5, 10.0, 8.5  # points
LINE = 1.25  # the height of a line of text, in its own size

_FONT = "DejaVu Sans"  # ships with matplotlib


@contextmanager
def style() -> Iterator[None]:
    """The course's look, for the figures made or drawn inside; the settings of the learner come back afterwards."""
    with matplotlib.style.context(STYLE, after_reset=True):
        yield


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warnings about signs that the font lacks: the words and the table still have them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


@lru_cache(maxsize=10_000)
def width_of(text: str, size: float, weight: str = "normal") -> float:
    """The width of one line of `text` at `size` points, in inches."""
    font = FontProperties(family=_FONT, size=size, weight=weight)
    with quiet():
        return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 72


def wrap(text: str, width: float, size: float, weight: str = "normal", most: int | None = None) -> str:
    """`text` in lines of at most `width` inches and of about one length; a word too long for a line is broken.

    `most` is the largest number of lines, "…" then says that words are left out; None for as many lines as it takes.
    """
    lines = _lines(text, width, size, weight)
    if most is not None and len(lines) > most:
        kept = lines[most - 1]
        while kept and width_of(kept + "…", size, weight) > width:
            kept = kept[:-1]
        return "\n".join([*lines[: most - 1], kept.rstrip(" ,;") + "…"])
    for share in (0.9, 0.8, 0.7, 0.6):  # no lonely last word: the narrowest column that needs no further line
        narrow = _lines(text, width * share, size, weight) if len(lines) > 1 else []
        if len(narrow) != len(lines) or any(width_of(word, size, weight) > width * share for word in text.split()):
            break
        lines = narrow
    return "\n".join(lines)


def _lines(text: str, width: float, size: float, weight: str) -> list[str]:
    lines: list[str] = []
    line = ""
    words = text.split()
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, weight) <= width:
            line = longer
        elif line:
            lines, line = [*lines, line], ""
            words.insert(0, word)
        else:
            fits = _fitting(word, width, size, weight)
            lines.append(word[:fits])
            words = [rest for rest in (word[fits:],) if rest] + words
    return [*lines, line] if line else lines


def _fitting(word: str, width: float, size: float, weight: str) -> int:
    count = 1
    while count < len(word) and width_of(word[: count + 1], size, weight) <= width:
        count += 1
    return count


def height_of(text: str, size: float) -> float:
    """The height of `text` with its line breaks at `size` points, in inches; nothing takes no room."""
    return (text.count("\n") + 1) * size * LINE / 72 if text else 0.0


def figure_of(number: float) -> str:
    """A number as a reader wants it: thousands separators, no decimals that are not there."""
    if float(number).is_integer():
        return f"{number:,.0f}"
    if abs(number) < 1:
        return f"{number:.3g}"
    return f"{number:,.6g}" if abs(number) < 1e6 else f"{number:,.1f}"


def thousands() -> Formatter:
    """The axis labels of numbers: 20,000 and not 2e4."""
    return FuncFormatter(lambda number, _: figure_of(round(float(number), 10)))
