"""A figure as a picture that a widget can show."""

from __future__ import annotations

import base64
import io

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def picture_of(figure: Figure, dpi: int = 110) -> str:
    """The figure as a PNG in a data address."""
    target, canvas = io.BytesIO(), figure.canvas
    FigureCanvasAgg(figure).print_figure(target, format="png", dpi=dpi, facecolor="white")
    figure.set_canvas(canvas)
    return "data:image/png;base64," + base64.b64encode(target.getvalue()).decode("ascii")
