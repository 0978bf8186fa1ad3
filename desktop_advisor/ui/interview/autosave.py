"""Text that is saved half a second after the last key, and at once when the field is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.widgets import NoteEdit
from desktop_advisor.ui.widgets.field_form import PAUSE_MS


class AutosavedNote(NoteEdit):
    """A note that never waits longer than half a second to be on the disk.

    Signals:
        typed: something stands there that is not saved yet.
        settled: the text to save now.
        escaped: the advisor is done here (Esc).
    """

    typed = Signal()
    settled = Signal(str)
    escaped = Signal()

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(lines, parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self._saved = ""
        self.textChanged.connect(self._on_changed)

    def put(self, text: str) -> None:
        """Show what is stored; nothing is pending afterwards."""
        self._pause.stop()
        self._saved = text
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def is_pending(self) -> bool:
        """Whether something is typed and not handed over yet."""
        return self.toPlainText() != self._saved

    def settle(self) -> None:
        """Hand over what is pending now."""
        self._pause.stop()
        if self.is_pending():
            self._saved = self.toPlainText()
            self.settled.emit(self._saved)

    def unsettle(self) -> None:
        """The text could not be saved: it counts as pending again."""
        self._saved = "\0"

    def _on_changed(self) -> None:
        if self.is_pending():
            self.typed.emit()
            self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.settle()
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)
