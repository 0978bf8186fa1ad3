"""The radar on the screen: the same chart values that the report draws, painted by Qt."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.report.charts import Line, RadarChart
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.typography import Size, font

LABEL_DISTANCE = 1.07
BAND_ALPHA = 0.16


class Radar(QWidget):
    """Rings, spokes, interval band, the leading line with dots, the other one dashed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = RadarChart(())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, chart: RadarChart, spoken: str) -> None:
        """Another chart; `spoken` says it to those who cannot see it."""
        self._chart = chart
        self.setAccessibleName(spoken)
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return min(round(width * 0.86), round(420 * theme().scale))

    def sizeHint(self) -> QSize:
        return QSize(420, self.heightForWidth(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(380, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._chart.axes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Size.SMALL, scale=theme().scale))
        self._radius = self._fitting_radius(QFontMetricsF(painter.font()))
        self._paint_web(painter)
        self._paint_band(painter)
        self._paint_compared(painter)
        self._paint_leading(painter)
        self._paint_labels(painter)

    # -- geometry ----------------------------------------------------------------------------

    def _centre(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _at(self, point: tuple[float, float]) -> QPointF:
        return self._centre() + QPointF(point[0], -point[1]) * self._radius

    def _fitting_radius(self, metrics: QFontMetricsF) -> float:
        """The largest radius with every label inside the widget."""
        low, high = 20.0, min(self.width(), self.height()) / 2
        for _ in range(24):
            self._radius = (low + high) / 2
            inside = all(QRectF(self.rect()).contains(box) for box in self.label_boxes(metrics))
            low, high = (self._radius, high) if inside else (low, self._radius)
        return low

    def label_boxes(self, metrics: QFontMetricsF) -> list[QRectF]:
        """Where the labels stand at the present radius."""
        boxes = []
        for number, axis in enumerate(self._chart.axes):
            point, anchor = self._chart.label_at(number, LABEL_DISTANCE)
            at = self._at(point)
            words = two_lines(axis.label)
            width = max(metrics.horizontalAdvance(line) for line in words) + 2
            height = metrics.lineSpacing() * len(words)
            left = {"start": 0.0, "middle": width / 2, "end": width}[anchor]
            up = height if anchor == "middle" and point[1] > 0 else height / 2
            up = 0.0 if anchor == "middle" and point[1] < 0 else up
            boxes.append(QRectF(at.x() - left, at.y() - up, width, height))
        return boxes

    # -- painting ----------------------------------------------------------------------------

    def _paint_web(self, painter: QPainter) -> None:
        colours = tokens()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.line), 1))
        for ring in self._chart.rings():
            painter.drawPolygon(self._polygon(ring))
        for number, axis in enumerate(self._chart.axes):
            style = Qt.PenStyle.DashLine if axis.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(colours.soft if axis.dashed else colours.line), 1, style))
            painter.drawLine(self._centre(), self._at(self._chart.tip(number)))

    def _paint_band(self, painter: QPainter) -> None:
        ground = QColor(tokens().main)
        ground.setAlphaF(BAND_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        for piece in self._chart.band():
            painter.drawPolygon(self._polygon(piece))

    def _paint_compared(self, painter: QPainter) -> None:
        pen = QPen(QColor(tokens().br), 2)
        pen.setDashPattern([3.0, 2.4])
        painter.setPen(pen)
        painter.setBrush(QColor(tokens().card))
        self._lines(painter, self._chart.compared_outline())
        painter.setPen(QPen(QColor(tokens().br), 1.6))
        for point in self._chart.compared_points():
            if point is not None:
                painter.drawRect(QRectF(self._at(point) - QPointF(2.6, 2.6), self._dot(5.2)))

    def _paint_leading(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(tokens().main), 2.4))
        self._lines(painter, self._chart.outline())
        painter.setBrush(QColor(tokens().main))
        painter.setPen(Qt.PenStyle.NoPen)
        for point in self._chart.points():
            if point is not None:
                painter.drawEllipse(self._at(point), 3.6, 3.6)

    def _paint_labels(self, painter: QPainter) -> None:
        colours = tokens()
        boxes = self.label_boxes(QFontMetricsF(painter.font()))
        for axis, box in zip(self._chart.axes, boxes, strict=True):
            painter.setPen(QColor(colours.soft if axis.dashed else colours.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(two_lines(axis.label)))

    def _lines(self, painter: QPainter, strokes: tuple[Line, ...]) -> None:
        for stroke in strokes:
            painter.drawLine(self._at(stroke[0]), self._at(stroke[1]))

    def _polygon(self, line: Line) -> QPolygonF:
        return QPolygonF([self._at(point) for point in line])

    def _dot(self, side: float) -> QSizeF:
        return QSizeF(side, side)


def two_lines(label: str) -> list[str]:
    """ "Umwelt & Kreislauf" in two lines, so that the labels leave the room to the chart."""
    head, sign, tail = label.partition(" & ")
    return [f"{head} &", tail] if sign else [label]
