"""Why a question does not apply: chips for the usual reasons, one field for the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from desktop_advisor.ui.theme.spacing import L, M, S
from desktop_advisor.ui.widgets import Label, QuietButton, SecondaryButton, column, row, spacer
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import restyle


class _Chip(SecondaryButton):
    """Leaves the arrow keys to the bar; a Qt button would pass the focus on by itself."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ReasonBar(QFrame):
    """Opens below the options; a reason closes it, Esc closes it without one.

    gap: pixels between the chips; more where gloves press them.

    Signals:
        given: the reason, never empty.
        dismissed: no reason; the answer stays what it was.
    """

    given = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None, *, gap: int = S) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Warum trifft die Frage nicht zu?"))
        reasons = (
            self.tr("Gibt es hier nicht"),
            self.tr("Betrieb zu klein"),
            self.tr("Macht die Muttergesellschaft"),
            self.tr("Macht der Kunde"),
        )
        self.chips = [self._chip(reason) for reason in reasons]
        self.free = QLineEdit()
        self.free.setPlaceholderText(self.tr("anderer Grund"))
        self.free.setAccessibleName(self.tr("Anderer Grund"))
        self.free.returnPressed.connect(self._take_free)
        self.take = SecondaryButton(self.tr("Übernehmen"))
        self.take.clicked.connect(self._take_free)
        question = Label(self.tr("Warum trifft die Frage nicht zu?"), "label")
        self._complaint = Label("", "error")
        self._complaint.hide()
        chips = FlowLayout(*self.chips, gap=gap)
        free = row(self.free, self.take, gap=gap)
        self.cancel = QuietButton(self.tr("Abbrechen"))
        self.cancel.clicked.connect(self.dismissed)
        top = row(question, self._complaint, spacer(), self.cancel, gap=M)
        self.setLayout(column(top, chips, free, gap=gap, margins=(L, S, L, M)))

    def _chip(self, reason: str) -> QPushButton:
        chip = _Chip(reason)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(lambda: self.given.emit(reason))
        return chip

    def ask(self, reason: str) -> None:
        """Open with the reason given so far and the keyboard on the first chip."""
        self.free.setText(reason if reason not in [c.text() for c in self.chips] else "")
        self._complain("")
        self.show()
        (self.free if self.free.text() else self.chips[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, chip = event.key(), self._chip_with_keyboard()
        if key == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif chip is not None and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chips[chip].click()
        elif chip is not None and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = 1 if key == Qt.Key.Key_Right else -1
            self.chips[(chip + step) % len(self.chips)].setFocus(Qt.FocusReason.TabFocusReason)
        elif chip is not None and key == Qt.Key.Key_Down:
            self.free.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.free.hasFocus() and key == Qt.Key.Key_Up:
            self.chips[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif key not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def _chip_with_keyboard(self) -> int | None:
        return next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), None)

    def _take_free(self) -> None:
        reason = self.free.text().strip()
        if reason:
            self.given.emit(reason)
            return
        self._complain(self.tr("Bitte einen Grund angeben, die Auswertung braucht ihn."))
        self.free.setFocus()

    def _complain(self, words: str) -> None:
        self._complaint.setText(words)
        self._complaint.setVisible(bool(words))
        self.free.setProperty("wrong", bool(words))
        restyle(self.free)
