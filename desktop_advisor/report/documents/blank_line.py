"""A line to write on by hand."""

from __future__ import annotations

from typing import Any

from desktop_advisor.report import theme as look
from desktop_advisor.report.sketches import Sketch


def blank_line(width: float, air: float) -> Sketch:
    """A hairline with so many points above it."""

    def paint(canvas: Any) -> None:
        canvas.setStrokeColor(look.SOFT)
        canvas.setLineWidth(0.7)
        canvas.line(0, 2, width, 2)

    return Sketch(width, air, paint)
