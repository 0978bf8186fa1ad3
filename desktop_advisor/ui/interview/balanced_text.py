"""Wrapped text whose lines are about equally long, so that no single word hangs below."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent, QTextLayout, QTextOption

from desktop_advisor.ui.widgets import Label

LINE_CHARACTERS = 80
"""Longest comfortable line (look: line length ≤ 80 characters)."""


def comfortable_width(font: QFont) -> int:
    """Pixels of a line of 80 average characters."""
    return math.ceil(QFontMetricsF(font).averageCharWidth() * LINE_CHARACTERS)


def laid_out(text: str, font: QFont, width: float) -> tuple[QTextLayout, float]:
    """`text` broken into as few lines as `width` allows, evenly filled; the layout, its height."""
    layout, height = _wrapped(text, font, width)
    if layout.lineCount() < 2:
        return layout, height
    lines, narrow, wide = layout.lineCount(), width / layout.lineCount(), width
    for _ in range(6):
        middle = (narrow + wide) / 2
        fits = _wrapped(text, font, middle)[0].lineCount() <= lines
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return _wrapped(text, font, wide)


def draw(painter: QPainter, layout: QTextLayout, left: float, top: float) -> None:
    """Paint a layout with its upper left corner there."""
    layout.draw(painter, QPointF(left, top))


class BalancedLabel(Label):
    """A wrapping label whose lines are evenly filled."""

    def __init__(self, kind: str) -> None:
        super().__init__("", kind, wrap=True)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._balance()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._balance()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._balance()

    def _balance(self) -> None:
        layout, _ = laid_out(self.text(), self.font(), self.width())
        longest = max(
            (layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount())), default=0
        )
        spare = max(0, self.width() - math.ceil(longest) - 4) if layout.lineCount() > 1 else 0
        if self.contentsMargins().right() != spare:
            self.setContentsMargins(0, 0, spare, 0)


def _wrapped(text: str, font: QFont, width: float) -> tuple[QTextLayout, float]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, height
