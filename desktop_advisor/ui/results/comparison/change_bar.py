"""Then and now on one line from 0 to 5: a hollow ring, an arrow, a filled dot."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.assessment.scores import HIGHEST_LEVEL
from desktop_advisor.domain.german import one_digit
from desktop_advisor.ui.theme.contrast import mixed
from desktop_advisor.ui.theme.current import theme, tokens

RADIUS, EDGE = 6.0, 10.0


class ChangeBar(QWidget):
    """Reads without colour: where the change began is hollow, where it ended is filled."""

    def __init__(self, before: Decimal, after: Decimal) -> None:
        super().__init__()
        self._before, self._after = before, after
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = self.tr("früher {0}, heute {1}, auf der Skala von 0 bis 5")
        self.setAccessibleName(words.format(one_digit(before), one_digit(after)))

    def sizeHint(self) -> QSize:
        return QSize(220, theme().px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(110, theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(mixed(colours.card, colours.line, 0.9)), 2))
        painter.drawLine(self._at(Decimal(0)), self._at(HIGHEST_LEVEL))
        for level in range(int(HIGHEST_LEVEL) + 1):
            tick = self._at(Decimal(level))
            painter.drawLine(tick + QPointF(0, -3), tick + QPointF(0, 3))
        start, end = self._at(self._before), self._at(self._after)
        painter.setPen(QPen(QColor(colours.main), 2.4))
        if abs(end.x() - start.x()) > 3 * RADIUS:
            self._paint_arrow(painter, start, end)
        painter.setBrush(QColor(colours.card))
        painter.drawEllipse(start, RADIUS - 1, RADIUS - 1)
        painter.setBrush(QColor(colours.main))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(end, RADIUS, RADIUS)

    def _paint_arrow(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        way = 1 if end.x() > start.x() else -1
        tip = end - QPointF(way * (RADIUS + 2), 0)
        painter.drawLine(start, tip)
        painter.setBrush(QColor(tokens().main))
        back = tip - QPointF(way * 6, 0)
        painter.drawPolygon(QPolygonF([tip, back + QPointF(0, 4), back - QPointF(0, 4)]))

    def _at(self, level: Decimal) -> QPointF:
        room = self.width() - 2 * EDGE
        return QPointF(EDGE + float(level / HIGHEST_LEVEL) * room, self.height() / 2)
