"""Persons per age band as bars; the oldest two bands are hatched, so that grey print tells them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.report.jobs_chart import AgeBar, AgeChart
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.typography import Size, font

ROW, THICK = 34, 20
LEAST_BAR = 60


class AgeBars(QWidget):
    """Label, bar and figure per band."""

    def __init__(self, chart: AgeChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(chart.spoken)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(ROW) * len(self._chart.bars))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(220), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Size.SMALL, scale=theme().scale))
        metrics = QFontMetricsF(painter.font())
        left = max(metrics.horizontalAdvance(bar.label) for bar in self._chart.bars) + S
        right = max(metrics.horizontalAdvance(bar.figure) for bar in self._chart.bars) + S
        room = max(LEAST_BAR, self.width() - left - right)
        row = self.height() / len(self._chart.bars)
        for number, bar in enumerate(self._chart.bars):
            self._paint_row(painter, bar, QRectF(left, number * row, room, row))

    def _paint_row(self, painter: QPainter, bar: AgeBar, box: QRectF) -> None:
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens().ink))
        painter.drawText(QRectF(0, box.top(), box.left(), box.height()), align, bar.label)
        thick = theme().px(THICK)
        shown = QRectF(
            box.left(), box.center().y() - thick / 2, max(2.0, bar.length * box.width()), thick
        )
        colour = QColor(tokens().main)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(QColor(tokens().main_tint) if bar.is_elder else colour)
        painter.drawRect(shown)
        if bar.is_elder:
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.drawRect(shown)
        painter.setPen(QColor(tokens().ink))
        beside = QRectF(shown.right() + S, box.top(), self.width(), box.height())
        painter.drawText(beside, align, bar.figure)
