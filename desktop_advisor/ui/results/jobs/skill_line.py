"""One competence on the scale from 0 to 4: where it is, where it should be, and the way between."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.report.jobs_chart import SkillScale
from desktop_advisor.ui.theme.current import theme, tokens

EDGE, DOT = 8.0, 5.0
LEVELS = 4


class SkillLine(QWidget):
    """A dot for what is, an arrow to what should be; a ring where the target is reached."""

    def __init__(self, scale: SkillScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            self.tr("{0}: Ist und Soll {1} von 4").format(scale.name, scale.text)
        )

    def sizeHint(self) -> QSize:
        return QSize(theme().px(140), theme().px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(90), theme().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(QPen(QColor(tokens().line), 2))
        painter.drawLine(QPointF(self._x(0), middle), QPointF(self._x(1), middle))
        for level in range(LEVELS + 1):
            x = self._x(level / LEVELS)
            painter.drawLine(QPointF(x, middle - 5), QPointF(x, middle + 5))
        self._paint_way(painter, middle)

    def _paint_way(self, painter: QPainter, middle: float) -> None:
        scale, colour = self._scale, QColor(tokens().main)
        painter.setPen(QPen(colour, 2.4))
        if scale.current is not None and scale.target is not None and scale.has_step:
            start, end = self._x(scale.current), self._x(scale.target)
            painter.drawLine(QPointF(start, middle), QPointF(end - 9, middle))
            painter.setBrush(colour)
            head = [
                QPointF(end - 10, middle - 6),
                QPointF(end, middle),
                QPointF(end - 10, middle + 6),
            ]
            painter.drawPolygon(QPolygonF(head))
        elif scale.target is not None:
            painter.setBrush(QColor(tokens().card))
            painter.drawEllipse(QPointF(self._x(scale.target), middle), DOT + 2, DOT + 2)
        if scale.current is not None:
            x = self._x(scale.current)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(x - DOT, middle - DOT, 2 * DOT, 2 * DOT))

    def _x(self, share: float) -> float:
        return EDGE + share * (self.width() - 2 * EDGE)
