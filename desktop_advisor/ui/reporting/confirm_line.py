"""A line that says what is about to happen, with the button that does it; no dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_advisor.ui.theme.spacing import L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    IconLabel,
    QuietButton,
    SecondaryButton,
    Strong,
    Text,
    column,
    row,
)


class ConfirmLine(QFrame):
    """Asked once, answered once.

    Signals:
        agreed: do it.
    """

    agreed = Signal()

    def __init__(self, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", str(Tone.MAIN))
        self._question, self._detail = Strong("", wrap=True), Text("")
        self.go = SecondaryButton(action, "lock")
        self.cancel = QuietButton(self.tr("Abbrechen"))
        self.go.clicked.connect(self.agreed)
        self.cancel.clicked.connect(self.hide)
        line = row(IconLabel("lock", Tone.MAIN, 22), gap=M, margins=(L, M, L, M))
        line.addLayout(column(self._question, self._detail, gap=2), 1)
        line.addLayout(row(self.cancel, self.go, gap=S))
        self.setLayout(line)

    def ask(self, question: str, detail: str) -> None:
        """Show it, with the keyboard on the button."""
        self._question.setText(question)
        self._detail.setText(detail)
        self.setAccessibleName(f"{question} {detail}")
        self.show()
        self.go.setFocus()
