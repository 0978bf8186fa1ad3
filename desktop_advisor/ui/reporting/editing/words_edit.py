"""Where a passage or an own paragraph is written; saved while one writes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from desktop_advisor.ui.interview.autosave import AutosavedNote

LINES = 9


class WordsEdit(AutosavedNote):
    """Text that is on the disk half a second after the last key.

    Signals:
        confirmed: the advisor is done with it (Ctrl+Enter); it is saved before.
    """

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__(LINES)

    def open(self, text: str) -> None:
        """Other words, with the cursor behind the last."""
        self.put(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def follow(self, text: str) -> None:
        """What is stored now; words that are being typed stay."""
        if not self.is_pending() and self.toPlainText().strip() != text.strip():
            self.put(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.settle()
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)
