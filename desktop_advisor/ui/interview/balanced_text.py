"""Wrapped text whose lines are about equally long, so that no single word hangs below."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent, QTextLayout, QTextOption

from desktop_advisor.ui.widgets import Label

LINE_CHARACTERS = 80
"""Longest comfortable line (look: line length ≤ 80 characters)."""
LEAST_CHARACTERS = 12
"""Narrower than this no sentence is read any more (our choice)."""


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


def height_of(text: str, font: QFont, width: float) -> float:
    """Pixels `laid_out` takes: filling lines evenly makes them no more."""
    return _wrapped(text, font, width)[1]


def draw(painter: QPainter, layout: QTextLayout, left: float, top: float) -> None:
    """Paint a layout with its upper left corner there."""
    layout.draw(painter, QPointF(left, top))


class BalancedLabel(Label):
    """A wrapping label whose lines are evenly filled.

    The margin that evens them out must not count in its sizes: a scroll area asks for the height
    at widths the label does not have yet, and two answers would make its bar come and go forever.
    """

    def __init__(self, kind: str) -> None:
        super().__init__("", kind, wrap=True)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._balance()

    def heightForWidth(self, width: int) -> int:
        return math.ceil(height_of(self.text(), self.font(), width))

    def sizeHint(self) -> QSize:
        width = comfortable_width(self.font())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        least = metrics.averageCharWidth() * LEAST_CHARACTERS
        return QSize(math.ceil(least), math.ceil(metrics.height()))

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
