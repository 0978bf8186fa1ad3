"""A tick that can be hit: a 22 px box in a row of at least 40 px."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.widgets.icons import pixmap


class CheckBox(QCheckBox):
    """A tick with its words; the words belong to what is pressed."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().size(0, self.text())
        return QSize(
            self._side() + 2 * spacing.M + words.width(), max(spacing.TARGET, words.height())
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, side = tokens(), self._side()
        box = QRect(2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colours.main if self.isChecked() or self.hasFocus() else colours.soft
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1.4))
        painter.setBrush(QColor(colours.main if self.isChecked() else colours.card))
        painter.drawRoundedRect(box, 5, 5)
        if self.isChecked():
            painter.drawPixmap(box.topLeft(), pixmap("check", colours.on_main, side))
        painter.setPen(QColor(colours.ink if self.isEnabled() else colours.soft))
        words = self.rect().adjusted(side + spacing.M, 0, 0, 0)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(words, int(align), self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.main), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 1, -1, -2), 6, 6)

    def _side(self) -> int:
        return theme().px(20)
