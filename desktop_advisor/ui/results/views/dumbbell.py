"""The dumbbell on the screen: the same chart values that the report draws, painted by Qt."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.report.dumbbell_chart import Caption, DumbbellChart, Mark
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.typography import Size, font

HEIGHT, SCALE_AT = 64, 28
"""At 100 %: captions above and below the scale, and where it runs."""
RADIUS = 6
NEAR = 66
"""Captions nearer than this, at 100 %, share one line of text."""


class Dumbbell(QWidget):
    """A scale 0–5 with one mark per side; shape and caption say whose it is."""

    def __init__(self, chart: DumbbellChart, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(chart.spoken(name))
        self.setToolTip(chart.spoken(name))

    def sizeHint(self) -> QSize:
        return QSize(260, theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, theme().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Size.SMALL, scale=theme().scale))
        self._paint_scale(painter)
        for mark in reversed(self.chart.marks()):
            self._paint_mark(painter, mark)
        nearest = theme().px(NEAR) / max(1.0, self._width())
        for caption in self.chart.captions(nearest):
            self._paint_caption(painter, caption)

    def _paint_scale(self, painter: QPainter) -> None:
        y, tick = self._middle(), theme().px(4)
        painter.setPen(QPen(QColor(tokens().control_line), 1))
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(1), y))
        for at in self.chart.ticks():
            painter.drawLine(QPointF(self._x(at), y - tick), QPointF(self._x(at), y + tick))
        link = self.chart.link()
        if link is not None:
            width = 5 if self.chart.is_talking_point else 2
            colour = tokens().attention if self.chart.is_talking_point else tokens().soft
            painter.setPen(QPen(QColor(colour), theme().px(width)))
            painter.drawLine(QPointF(self._x(link[0]), y), QPointF(self._x(link[1]), y))

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        colours, at, size = tokens(), QPointF(self._x(mark.at), self._middle()), theme().px(RADIUS)
        painter.setBrush(QColor(colours.card))
        painter.setPen(QPen(QColor(colours.ink), 2))
        if mark.shape == "dot":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.main))
            painter.drawEllipse(at, size, size)
        elif mark.shape == "diamond":
            painter.setPen(QPen(QColor(colours.br), 2.2))
            _polygon(painter, at, [(-1.2, 0), (0, -1.2), (1.2, 0), (0, 1.2)], size)
        elif mark.shape == "triangle":
            # Below the scale, so that it is seen where it agrees with another side.
            _polygon(painter, at + QPointF(0, size), [(-1, 0.9), (1, 0.9), (0, -0.9)], size)
        else:
            painter.setPen(QPen(QColor(colours.good), 3))
            painter.drawLine(at - QPointF(0, 1.6 * size), at + QPointF(0, 1.6 * size))

    def _paint_caption(self, painter: QPainter, caption: Caption) -> None:
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(caption.text) + 2, metrics.height()
        left = self._x(caption.at) - width / 2
        left = min(max(0.0, left), self.width() - width)
        gap = theme().px((2 * RADIUS if caption.is_below else RADIUS) + 3)
        top = self._middle() + gap if caption.is_below else self._middle() - gap - height
        painter.setPen(QColor(tokens().ink))
        painter.drawText(
            QRectF(left, top, width, height), Qt.AlignmentFlag.AlignCenter, caption.text
        )

    def _middle(self) -> float:
        return float(theme().px(SCALE_AT))

    def _edge(self) -> float:
        return float(theme().px(2 * RADIUS))

    def _width(self) -> float:
        return self.width() - 2 * self._edge()

    def _x(self, share: float) -> float:
        return self._edge() + share * self._width()


def _polygon(
    painter: QPainter, at: QPointF, points: list[tuple[float, float]], size: float
) -> None:
    painter.drawPolygon(QPolygonF([at + QPointF(x, y) * size for x, y in points]))
