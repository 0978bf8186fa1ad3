"""A handle to move or size something by mouse, finger or arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import QuietButton

STEP = 24
"""Pixels an arrow key moves."""
_WAYS = {
    Qt.Key.Key_Left: QPoint(-STEP, 0),
    Qt.Key.Key_Right: QPoint(STEP, 0),
    Qt.Key.Key_Up: QPoint(0, -STEP),
    Qt.Key.Key_Down: QPoint(0, STEP),
}
_SMALL = "QPushButton {{ font-size: {0}px; padding: 0 6px; }}"


class Grip(QuietButton):
    """A quiet button that can be dragged; a press that drags nothing is an ordinary click.

    Signals:
        dragged: QPoint, how far since the last signal.
    """

    dragged = Signal(QPoint)

    def __init__(self, text: str, cursor: Qt.CursorShape) -> None:
        super().__init__(text)
        self._from: QPoint | None = None
        self._has_moved = False
        self.setCursor(cursor)
        self.measure()

    def measure(self) -> None:
        """As small as the type in force allows."""
        self.setStyleSheet(_SMALL.format(theme().px(Size.SMALL)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from, self._has_moved = event.globalPosition().toPoint(), False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        now = event.globalPosition().toPoint()
        if self._from is None:
            return
        way = now - self._from
        if self._has_moved or way.manhattanLength() >= QApplication.startDragDistance():
            self._has_moved, self._from = True, now
            self.dragged.emit(way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
        if self._has_moved:
            self.setDown(False)
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self.dragged.emit(way)
