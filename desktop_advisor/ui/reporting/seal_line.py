"""The line before the seal: what is about to happen, and the PIN that does it; no dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.theme.spacing import L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Field,
    IconLabel,
    Kind,
    Label,
    QuietButton,
    SecondaryButton,
    Strong,
    Text,
    column,
    row,
)
from desktop_advisor.ui.widgets.field_form import FieldLine
from desktop_advisor.ui.widgets.labels import show_if

PIN_WIDTH = 190


class SealLine(QFrame):
    """Asked once, answered with the PIN; the first time the PIN is chosen here.

    Signals:
        agreed: the PIN; seal now.
        dismissed: not now.
    """

    agreed = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", str(Tone.MAIN))
        self._question, self._detail = Strong("", wrap=True), Text("")
        self._wrong = Label(kind="error", wrap=True)
        self.pin = FieldLine(Field("pin", self.tr("Siegel-PIN"), Kind.PASSPHRASE))
        self.again = FieldLine(Field("again", self.tr("PIN wiederholen"), Kind.PASSPHRASE))
        for line in (self.pin, self.again):
            line.setFixedWidth(PIN_WIDTH)
            if isinstance(line.edit, QLineEdit):
                line.edit.returnPressed.connect(self._agree)
        self.go = SecondaryButton(self.tr("Jetzt siegeln"), "lock")
        self.cancel = QuietButton(self.tr("Abbrechen"))
        self.go.clicked.connect(lambda _checked: self._agree())
        self.cancel.clicked.connect(lambda _checked: self.dismiss())
        self._lay_out()

    def _lay_out(self) -> None:
        answer = row(gap=M)
        answer.addWidget(self.pin)
        answer.addWidget(self.again)
        answer.addStretch(1)
        answer.addLayout(row(self.cancel, self.go, gap=S))
        words = column(self._question, self._detail, answer, self._wrong, gap=S)
        line = row(IconLabel("lock", Tone.MAIN, 22), gap=M, margins=(L, M, L, M))
        line.addLayout(words, 1)
        self.setLayout(line)

    def ask(self, question: str, detail: str, *, first_pin: bool) -> None:
        """Show it, with the keyboard in the PIN. first_pin: none was chosen yet."""
        self._question.setText(question)
        self._detail.setText(detail)
        self.pin.label.setText(self.tr("PIN festlegen") if first_pin else self.tr("Siegel-PIN"))
        self.pin.edit.setAccessibleName(self.pin.label.text())
        show_if(self.again, first_pin)
        self._empty()
        self.setAccessibleName(f"{question} {detail}")
        self.show()
        self.pin.edit.setFocus()

    def say_wrong(self, error: KnownError) -> None:
        """The PIN did not do it: what is wrong, and the field once more."""
        self._empty()
        self._wrong.setText(" ".join(p for p in (error.what, error.safe, error.todo) if p))
        show_if(self._wrong, True)
        self.show()
        self.pin.edit.setFocus()

    def dismiss(self) -> None:
        """Nothing is sealed; what was typed is forgotten."""
        self._empty()
        self.hide()
        self.dismissed.emit()

    def _agree(self) -> None:
        pin = self.pin.raw()
        is_first = not self.again.isHidden()
        if is_first and pin != self.again.raw():
            self._wrong.setText(self.tr("Die beiden PIN sind nicht gleich."))
            show_if(self._wrong, True)
            self.again.edit.setFocus()
        elif pin:
            self._empty()
            self.hide()
            self.agreed.emit(pin)

    def _empty(self) -> None:
        self.pin.put("")
        self.again.put("")
        self._wrong.setText("")
        self._wrong.hide()
