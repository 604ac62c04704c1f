"""The style: legible, and apart for every reader."""

from __future__ import annotations

import itertools

import matplotlib as mpl
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import colors

from course.chart.style import GREY, PALETTE, STYLE, figure_of, style, width_of, wrap


def luminance(color: str) -> float:
    """Relative luminance after WCAG 2.2."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colors.to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_settings_come_back_also_after_an_error() -> None:
    before = dict(mpl.rcParams)
    with pytest.raises(ZeroDivisionError), style():
        assert mpl.rcParams["axes.titleweight"] == "bold"
        raise ZeroDivisionError
    assert dict(mpl.rcParams) == before


def test_the_style_file_can_be_used_by_its_name() -> None:
    with mpl.style.context(STYLE):
        assert mpl.rcParams["font.family"] == ["DejaVu Sans"]
        assert mpl.rcParams["axes.prop_cycle"].by_key()["color"] == list(PALETTE)


def test_small_text_has_contrast_on_white() -> None:
    assert 1.05 / (luminance(GREY) + 0.05) >= 4.5


def test_colours_differ() -> None:
    for one, two in itertools.combinations(PALETTE, 2):
        assert sum((a - b) ** 2 for a, b in zip(colors.to_rgb(one), colors.to_rgb(two), strict=True)) > 0.03


@examples(100)
@given(st.text(max_size=80), st.floats(0.3, 4))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text: str, width: float) -> None:
    wrapped = wrap(text, width, 10)
    assert "".join(wrapped.split()) == "".join(text.split())
    assert all(width_of(line, 10) <= width or len(line) == 1 for line in wrapped.split("\n"))


def test_a_limit_of_lines_is_kept_and_seen() -> None:
    wrapped = wrap("word " * 100, 1, 10, most=2)
    assert wrapped.count("\n") == 1 and wrapped.endswith("…")
    assert "…" not in wrap("two words", 5, 10, most=2)


@pytest.mark.parametrize(
    ("number", "text"),
    [(20_000, "20,000"), (0, "0"), (0.5, "0.5"), (1 / 3, "0.333"), (-50, "-50"), (1e12, "1,000,000,000,000")],
)
def test_numbers_read_as_numbers(number: float, text: str) -> None:
    assert figure_of(number) == text
