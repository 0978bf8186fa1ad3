"""One bar from 0 to 5: value, possible interval, and the works council's mark."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.domain.german import one_digit
from desktop_advisor.report.charts import IntervalBar
from desktop_advisor.ui.theme.contrast import mixed
from desktop_advisor.ui.theme.current import theme, tokens

THICK = 10


class Bar(QWidget):
    """Filled to the value; whiskers where it might end; a hollow square for the other side."""

    def __init__(self, bar: IntervalBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._spoken())

    def _spoken(self) -> str:
        parts = []
        for words, value in (
            (self.tr("Wert {0}"), self._bar.value),
            (self.tr("mindestens {0}"), self._bar.low),
            (self.tr("höchstens {0}"), self._bar.high),
            (self.tr("Betriebsrat {0}"), self._bar.compared),
        ):
            if isinstance(value, Decimal):
                parts.append(words.format(one_digit(value)))
        return ", ".join(parts)

    def sizeHint(self) -> QSize:
        return QSize(160, theme().px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(90, theme().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, bar, middle = tokens(), self._bar, self.height() / 2
        thick = theme().px(THICK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mixed(colours.card, colours.line, 0.55)))
        painter.drawRoundedRect(self._span(0, 1, thick), 3, 3)
        if bar.length is not None:
            painter.setBrush(QColor(colours.main))
            painter.drawRoundedRect(self._span(0, bar.length, thick), 3, 3)
        painter.setPen(QPen(QColor(colours.card), 1))
        for tick in bar.ticks()[1:-1]:
            painter.drawLine(
                QPointF(self._x(tick), middle - thick / 2),
                QPointF(self._x(tick), middle + thick / 2),
            )
        if bar.whisker is not None:
            self._paint_whisker(painter, bar.whisker, middle, thick)
        if bar.mark is not None:
            painter.setPen(QPen(QColor(colours.br), 2))
            painter.setBrush(QColor(colours.card))
            side = thick * 0.95
            painter.drawRect(QRectF(self._x(bar.mark) - side / 2, middle - side / 2, side, side))

    def _paint_whisker(
        self, painter: QPainter, ends: tuple[float, float], middle: float, thick: float
    ) -> None:
        painter.setPen(QPen(QColor(tokens().ink), 1.4))
        left, right = self._x(ends[0]), self._x(ends[1])
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        for x in (left, right):
            painter.drawLine(QPointF(x, middle - thick * 0.7), QPointF(x, middle + thick * 0.7))

    def _x(self, share: float) -> float:
        return 6 + share * (self.width() - 12)

    def _span(self, start: float, end: float, thick: float) -> QRectF:
        left = self._x(start)
        return QRectF(left, (self.height() - thick) / 2, self._x(end) - left, thick)
