"""Turnover and heads as stacked bars by drive group; each group has a pattern and its number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.report.exposure_chart import ExposureStack, Hatch, Segment, StackBar
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.theme.typography import SEMIBOLD, Size, font

LABEL, ROW, THICK = 72, 52, 36
LEAST_FOR_MARK = 22
"""Pixels at 100 % in which a digit still stands."""
_BRUSHES = {
    "cross": Qt.BrushStyle.DiagCrossPattern,
    "rising": Qt.BrushStyle.BDiagPattern,
    "falling": Qt.BrushStyle.FDiagPattern,
    "dots": Qt.BrushStyle.Dense6Pattern,
    "upright": Qt.BrushStyle.VerPattern,
}


def paint_hatch(painter: QPainter, box: QRectF, hatch: Hatch) -> None:
    """Fill a rectangle with the pattern of a group."""
    tone = Tone.GOOD if hatch == "upright" else Tone.MAIN
    colour, ground = QColor(tokens().stroke(tone)), QColor(tokens().tint(tone))
    pen = QPen(colour, 1.2)
    if hatch == "blank":
        pen = QPen(QColor(tokens().soft), 1.2, Qt.PenStyle.DashLine)
        ground = QColor(tokens().card)
    painter.setPen(pen)
    painter.setBrush(colour if hatch == "solid" else ground)
    painter.drawRect(box)
    if hatch in _BRUSHES:
        painter.setBrush(QBrush(colour, _BRUSHES[hatch]))
        painter.drawRect(box)


class StackBars(QWidget):
    """One bar per weighting; a screen reader gets the sentence."""

    def __init__(self, stack: ExposureStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(stack.spoken)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(480), theme().px(ROW) * len(self._stack.bars))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self.height() / max(1, len(self._stack.bars))
        for number, bar in enumerate(self._stack.bars):
            self._paint_bar(painter, bar, QRectF(0, number * row, self.width(), row))

    def _paint_bar(self, painter: QPainter, bar: StackBar, box: QRectF) -> None:
        left, thick = theme().px(LABEL), theme().px(THICK)
        painter.setFont(font(Size.TEXT, scale=theme().scale))
        painter.setPen(QColor(tokens().ink))
        align = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, box.top(), left - S, box.height()), align, bar.label)
        width, top = box.width() - left - 2, box.center().y() - thick / 2
        for segment in bar.segments:
            start = left + segment.start * width
            part = QRectF(start, top, max(2.0, segment.length * width), thick)
            paint_hatch(painter, part, segment.hatch)
            self._paint_mark(painter, segment, part)

    def _paint_mark(self, painter: QPainter, segment: Segment, box: QRectF) -> None:
        """The number on a plate of its own, so that the pattern does not eat it."""
        side = theme().px(LEAST_FOR_MARK)
        if box.width() < side + 4:
            return
        plate = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().card))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setFont(font(Size.SMALL, SEMIBOLD, theme().scale))
        painter.setPen(QColor(tokens().ink))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, segment.mark)


class Swatch(QWidget):
    """The pattern of one group, for the key."""

    def __init__(self, hatch: Hatch) -> None:
        super().__init__()
        self._hatch: Hatch = hatch
        self.setFixedSize(theme().px(28), theme().px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_hatch(painter, QRectF(1, 1, self.width() - 2, self.height() - 2), self._hatch)
