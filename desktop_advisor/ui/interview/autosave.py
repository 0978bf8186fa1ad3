"""Text that is saved in the next pause, at the latest after a second, and when it is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.widgets import NoteEdit
from desktop_advisor.ui.widgets.field_form import PAUSE_MS

LONGEST_MS = 900
"""Who types without a pause loses no more than a second either (domain §8, battery at 9 %)."""


class AutosavedNote(NoteEdit):
    """A note that is on the disk half a second after the last key, a second after any key.

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
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._longest.timeout.connect(self.settle)
        self._saved = ""
        self.textChanged.connect(self._on_changed)

    def put(self, text: str) -> None:
        """Show what is stored; nothing is pending afterwards."""
        self._stop()
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
        self._stop()
        if self.is_pending():
            self._saved = self.toPlainText()
            self.settled.emit(self._saved)

    def keep(self, words: str) -> None:
        """These words are on the disk now, whoever handed them over."""
        self._saved = words

    def unsettle(self) -> None:
        """The text could not be saved: it counts as pending again."""
        self._saved = "\0"

    def _on_changed(self) -> None:
        if self.is_pending():
            self.typed.emit()
            self._pause.start()
            if not self._longest.isActive():
                self._longest.start()

    def _stop(self) -> None:
        self._pause.stop()
        self._longest.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.settle()
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)
