"""The dumbbell drawn into the PDF, from the same chart values as on the screen."""

from __future__ import annotations

from typing import Any

from desktop_advisor.report import theme as look
from desktop_advisor.report.dumbbell_chart import DumbbellChart, Mark
from desktop_advisor.report.sketches import Sketch
from desktop_advisor.report.theme import Theme


def dumbbell(
    theme: Theme, chart: DumbbellChart, width: float, height: float = 13, *, name: str = ""
) -> Sketch:
    """All sides on one scale; the stroke between GF and BR is thicker from two levels on.

    name: what is compared, for whoever does not see the drawing.
    """

    def paint(canvas: Any) -> None:
        middle = height / 2
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.6)
        canvas.line(0, middle, width, middle)
        for tick in chart.ticks():
            canvas.line(tick * width, middle - 3, tick * width, middle + 3)
        link = chart.link()
        if link is not None:
            canvas.setStrokeColor(look.SOFT)
            canvas.setLineWidth(3.2 if chart.is_talking_point else 1.6)
            canvas.line(link[0] * width, middle, link[1] * width, middle)
        for mark in reversed(chart.marks()):
            _paint(canvas, theme, mark, mark.at * width, middle)

    return Sketch(width, height, paint, alt=chart.spoken(name))


def _paint(canvas: Any, theme: Theme, mark: Mark, x: float, y: float) -> None:
    canvas.setLineWidth(1.3)
    canvas.setFillColor(look.WHITE)
    canvas.setStrokeColor(look.INK)
    if mark.shape == "dot":
        canvas.setFillColor(theme.main)
        canvas.circle(x, y, 3.6, stroke=0, fill=1)
    elif mark.shape == "diamond":
        canvas.setStrokeColor(look.BR)
        _polygon(canvas, [(x - 4, y), (x, y + 4), (x + 4, y), (x, y - 4)])
    elif mark.shape == "triangle":
        # Below the scale, so that it is seen where it agrees with another side.
        _polygon(canvas, [(x - 3.2, y - 6.2), (x + 3.2, y - 6.2), (x, y - 0.4)])
    else:
        canvas.setLineWidth(2.2)
        canvas.line(x, y - 5.5, x, y + 5.5)


def _polygon(canvas: Any, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)
