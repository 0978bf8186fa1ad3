"""Charts on the page: small drawings from the plain coordinates of `charts`.

Nothing needs colour: the works council is is_round or dashed, missing values are words.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from reportlab.platypus import Flowable

from desktop_advisor.report import theme as look
from desktop_advisor.report.charts import IntervalBar, Line, RadarChart
from desktop_advisor.report.fonts import REGULAR, SEMIBOLD
from desktop_advisor.report.pages import fitted
from desktop_advisor.report.pdf.tagged_canvas import TaggedCanvas, figure
from desktop_advisor.report.theme import Theme

_DASH = (3, 2)
_LABEL_WIDTH = 104.0


class Sketch(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """A drawing of fixed size in the flow of text.

    alt: the same in words for those who do not see it, "" for what only adorns words beside it.
    """

    def __init__(
        self, width: float, height: float, paint: Callable[[Any], None], *, alt: str = ""
    ) -> None:
        super().__init__()
        self.width, self.height, self._paint, self.alt = width, height, paint, alt

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its own size, whatever room there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Paint at the current place."""
        canvas = self.canv
        if not isinstance(canvas, TaggedCanvas) or canvas.is_silent:
            self._painted()
        elif self.alt:
            with canvas.tagged(figure(canvas, self.alt, (0, 0, self.width, self.height))):
                self._painted()
        else:
            with canvas.artifact():
                self._painted()

    def _painted(self) -> None:
        self.canv.saveState()
        self._paint(self.canv)
        self.canv.restoreState()


def bar(theme: Theme, chart: IntervalBar, width: float, height: float = 13) -> Sketch:
    """A bar with its interval behind it and the works council's value as a is_round diamond."""

    def paint(canvas: Any) -> None:
        middle = height / 2
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.6)
        for tick in chart.ticks():
            canvas.line(tick * width, middle - 5, tick * width, middle + 5)
        canvas.line(0, middle, width, middle)
        if chart.whisker is not None:
            low, high = (end * width for end in chart.whisker)
            canvas.setFillColor(theme.tint)
            canvas.setStrokeColor(theme.main)
            canvas.rect(low, middle - 5, high - low, 10, stroke=1, fill=1)
        if chart.length is not None:
            canvas.setFillColor(theme.main)
            canvas.rect(0, middle - 2.6, max(chart.length * width, 0.8), 5.2, stroke=0, fill=1)
        if chart.mark is not None:
            _diamond(canvas, chart.mark * width, middle)

    return Sketch(width, height, paint, alt=chart.spoken())


def _diamond(canvas: Any, x: float, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x - 4, y)
    path.lineTo(x, y + 4)
    path.lineTo(x + 4, y)
    path.lineTo(x, y - 4)
    path.close()
    canvas.setFillColor(look.WHITE)
    canvas.setStrokeColor(look.BR)
    canvas.setLineWidth(1.3)
    canvas.drawPath(path, stroke=1, fill=1)


def steps(theme: Theme, level: Decimal, *, is_round: bool = False, maximum: int = 5) -> Sketch:
    """Level 0–5 as five cells, filled as far as reached; round ones for the works council."""
    size, gap = 6.4, 2.2

    def paint(canvas: Any) -> None:
        colour = look.BR if is_round else theme.main
        canvas.setLineWidth(0.7)
        for cell in range(maximum):
            filled = cell < level
            canvas.setStrokeColor(colour if filled else look.LINE)
            canvas.setFillColor(colour if filled else look.WHITE)
            x = cell * (size + gap) + 0.4
            if is_round:
                canvas.circle(x + size / 2, 5.5, size / 2, stroke=1, fill=1)
            else:
                canvas.rect(x, 5.5 - size / 2, size, size, stroke=1, fill=1)

    return Sketch(maximum * (size + gap), 11, paint)


def radar(theme: Theme, chart: RadarChart, width: float, height: float) -> Sketch:
    """The radar with rings, band of possible values, values and the dashed second view."""
    radius = height / 2 - 26

    def paint(canvas: Any) -> None:
        canvas.translate(width / 2, height / 2)
        _net(canvas, chart, radius)
        canvas.setFillColor(theme.tint)
        for quad in chart.band():
            _polygon(canvas, quad, radius, fill=1)
        _net(canvas, chart, radius, rings=False)
        canvas.setStrokeColor(look.BR)
        canvas.setLineWidth(1.3)
        canvas.setDash(*_DASH)
        _strokes(canvas, chart.compared_outline(), radius)
        canvas.setDash()
        canvas.setStrokeColor(theme.main)
        canvas.setLineWidth(1.8)
        _strokes(canvas, chart.outline(), radius)
        canvas.setFillColor(theme.main)
        for point in chart.points():
            if point is not None:
                canvas.circle(point[0] * radius, point[1] * radius, 2.7, stroke=0, fill=1)
        for point in chart.compared_points():
            if point is not None:
                _diamond(canvas, point[0] * radius, point[1] * radius)
        _labels(canvas, chart, radius)

    return Sketch(width, height, paint, alt=chart.spoken())


def _net(canvas: Any, chart: RadarChart, radius: float, *, rings: bool = True) -> None:
    canvas.setStrokeColor(look.NET)
    canvas.setLineWidth(0.6)
    if rings:
        for ring in chart.rings():
            _polygon(canvas, ring, radius, stroke=1)
    for i, axis in enumerate(chart.axes):
        x, y = chart.tip(i)
        canvas.setDash(*((1.5, 2.5) if axis.dashed else ()))
        canvas.line(0, 0, x * radius, y * radius)
    canvas.setDash()


def _polygon(canvas: Any, line: Line, radius: float, *, stroke: int = 0, fill: int = 0) -> None:
    if not line:
        return
    path = canvas.beginPath()
    path.moveTo(line[0][0] * radius, line[0][1] * radius)
    for x, y in line[1:]:
        path.lineTo(x * radius, y * radius)
    path.close()
    canvas.drawPath(path, stroke=stroke, fill=fill)


def _strokes(canvas: Any, lines: tuple[Line, ...], radius: float) -> None:
    canvas.setLineCap(1)
    for (x1, y1), (x2, y2) in lines:
        canvas.line(x1 * radius, y1 * radius, x2 * radius, y2 * radius)


def _labels(canvas: Any, chart: RadarChart, radius: float) -> None:
    draw = {
        "start": canvas.drawString,
        "middle": canvas.drawCentredString,
        "end": canvas.drawRightString,
    }
    for i, axis in enumerate(chart.axes):
        (x, y), anchor = chart.label_at(i, 1.09)
        font = REGULAR if axis.dashed else SEMIBOLD
        canvas.setFont(font, 8)
        canvas.setFillColor(look.SOFT if axis.dashed else look.INK)
        lift = -2.6 + 5 * math.copysign(min(1.0, abs(y)), y)
        label = fitted(axis.label, font, 8, _LABEL_WIDTH)
        draw[anchor](x * radius, y * radius + lift, label)
    canvas.setFont(REGULAR, 6.4)
    canvas.setFillColor(look.SOFT)
    for level in range(1, int(chart.maximum) + 1):
        canvas.drawString(2, level / float(chart.maximum) * radius - 6.6, str(level))


def swatch(theme: Theme, *, second: bool) -> Sketch:
    """The key of a line: solid with dot, or dashed with is_round diamond."""

    def paint(canvas: Any) -> None:
        canvas.setLineWidth(1.6)
        canvas.setStrokeColor(look.BR if second else theme.main)
        if second:
            canvas.setDash(*_DASH)
        canvas.line(0, 5, 24, 5)
        canvas.setDash()
        if second:
            _diamond(canvas, 12, 5)
        else:
            canvas.setFillColor(theme.main)
            canvas.circle(12, 5, 2.7, stroke=0, fill=1)

    return Sketch(26, 10, paint)
