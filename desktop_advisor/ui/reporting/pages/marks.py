"""How a found place is marked on a page, which is white paper in every palette."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_advisor.ui.theme.tokens import LIGHT

FAINT, CLEAR = 64, 120
"""Opacity of 255: the words stay readable beneath."""
BLEED = 1.5
"""Pixels the mark is larger than the letters."""


def draw_mark(painter: QPainter, box: QRectF, *, is_chosen: bool) -> None:
    """A tint behind the words; the one that is chosen has an edge besides."""
    rect = box.adjusted(-BLEED, -BLEED, BLEED, BLEED)
    colour = QColor(LIGHT.attention)
    colour.setAlpha(CLEAR if is_chosen else FAINT)
    painter.fillRect(rect, colour)
    if is_chosen:
        painter.setPen(QPen(QColor(LIGHT.danger), 2))
        painter.drawRect(rect.adjusted(-1, -1, 1, 1))
