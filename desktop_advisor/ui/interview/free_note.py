"""Ctrl+N: a note that belongs to no question yet, always at hand, sorted later."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_advisor.ui.interview.autosave import AutosavedNote
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import L, M, S
from desktop_advisor.ui.widgets import (
    Heading,
    SecondaryButton,
    SmallText,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.check_box import CheckBox

Save = Callable[[uuid.UUID | None, str, str], uuid.UUID]
"""(note, text, dimension) → the note's id; None makes a new one."""


class FreeNote(QFrame):
    """A small sheet over the screen. What is typed is saved at the next pause.

    Signals:
        saved: something was committed.
        failed: the error that kept it from being saved.
        closed: the keyboard goes back to the question.
    """

    saved = Signal()
    failed = Signal(object)
    closed = Signal()

    def __init__(self, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._note_id: uuid.UUID | None = None
        self._dimension = ""
        self.setProperty("kind", "menu")
        self.setAccessibleName(self.tr("Notiz zum Gespräch"))
        self.text = AutosavedNote(6)
        self.text.setAccessibleName(self.tr("Notiz zum Gespräch"))
        self.text.setPlaceholderText(self.tr("Frei mitschreiben; zuordnen geht später"))
        self.text.settled.connect(self._store)
        self.text.escaped.connect(self.close_note)
        self.belongs = CheckBox("")
        self.belongs.toggled.connect(lambda _on: self._store(self.text.toPlainText()))
        self._hint = SmallText(self.tr("Wird beim Schreiben gespeichert. Esc schließt."))
        self.done = SecondaryButton(self.tr("Schließen"))
        self.done.clicked.connect(self.close_note)
        body = column(
            Heading(self.tr("Notiz zum Gespräch")),
            self.text,
            self.belongs,
            row(self._hint, spacer(), self.done, gap=M),
            gap=S,
            margins=(L, M, L, M),
        )
        self.setLayout(body)

    def open(self, dimension: str, short: str) -> None:
        """A new note, at the upper right; `dimension` is the one being talked about."""
        if self.isVisible():
            self.text.setFocus()
            return
        self._note_id, self._dimension = None, dimension
        self.text.put("")
        self.belongs.blockSignals(True)
        self.belongs.setChecked(False)
        self.belongs.blockSignals(False)
        self.belongs.setText(self.tr("gehört zu {0}").format(short.replace("&", "&&")))
        self.belongs.setAccessibleName(self.tr("gehört zu {0}").format(short))
        self.place_itself()
        self.show()
        self.raise_()
        self.text.setFocus()

    def place_itself(self) -> None:
        """Upper right corner of the parent."""
        room = self.parentWidget()
        if room is not None:
            width = min(theme().px(440), room.width() - 2 * M)
            height = min(max(self.sizeHint().height(), theme().px(290)), room.height() - 2 * M)
            self.setGeometry(room.width() - width - M, M, width, height)

    def settle(self) -> None:
        """Save what is pending."""
        self.text.settle()

    def close_note(self) -> None:
        """Save and put the sheet away."""
        self.settle()
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _store(self, words: str) -> None:
        if not words.strip() and self._note_id is None:
            return
        dimension = self._dimension if self.belongs.isChecked() else ""
        try:
            self._note_id = self._save(self._note_id, words, dimension)
        except Exception as error:  # noqa: BLE001  shown; the text stays in the field
            self.text.unsettle()
            self.failed.emit(error)
        else:
            self.saved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_note()
        # Everything else stays here: a key typed on this sheet must not answer the question.
