"""The search field: a glass, a clear button, and a pause before it asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.ui.theme.current import tokens
from desktop_advisor.ui.widgets.icons import icon

PAUSE_MS = 150
"""Silence after the last key before a search runs; short enough to feel immediate."""


class SearchField(QLineEdit):
    """Text to look for.

    Signals:
        searched: the text after a short pause, or at once on Enter or when cleared.
        left_down: the arrow key that leads into the results.
    """

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("kind", "search")
        self.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._tint()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(self._pause.start)
        self.returnPressed.connect(self._now)

    def _now(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        self._glass.setIcon(icon("search", tokens().soft))
