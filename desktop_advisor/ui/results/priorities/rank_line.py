"""Put a field of action at another place: which one, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSpinBox, QWidget

from desktop_advisor.assessment.priorities import Priority
from desktop_advisor.ui.theme.spacing import L, M, S
from desktop_advisor.ui.widgets import Label, QuietButton, SecondaryButton, column, row, spacer


class RankLine(QFrame):
    """Opens below its row; Escape closes it without a change.

    Signals:
        given: place (int) and reason, never empty.
        reset: the computed place counts again.
        dismissed: nothing changes.
    """

    given = Signal(int, str)
    reset = Signal()
    dismissed = Signal()

    def __init__(self, priority: Priority, places: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "menu")
        self.setAccessibleName(self.tr("{0} anders einreihen").format(priority.label))
        self.place = QSpinBox()
        self.place.setRange(1, max(1, places))
        self.place.setValue(priority.place or 1)
        self.place.setAccessibleName(self.tr("Platz"))
        self.reason = QLineEdit(priority.wish.reason)
        self.reason.setPlaceholderText(self.tr("Grund, er steht im Bericht"))
        self.reason.setAccessibleName(self.tr("Grund"))
        self.reason.returnPressed.connect(self._take)
        self.take = SecondaryButton(self.tr("Einreihen"))
        self.take.clicked.connect(self._take)
        back = QuietButton(self.tr("Rechnerische Reihenfolge"))
        back.clicked.connect(self.reset)
        back.setVisible(priority.wish.rank is not None)
        cancel = QuietButton(self.tr("Abbrechen"))
        cancel.clicked.connect(self.dismissed)
        self._complaint = Label("", "error")
        self._complaint.hide()
        line = row(Label(self.tr("Platz")), self.place, gap=S)
        line.addWidget(self.reason, 1)
        line.addWidget(self.take)
        below = row(self._complaint, spacer(), back, cancel, gap=S)
        self.setLayout(column(line, below, gap=S, margins=(L, M, L, M)))

    def _take(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._complaint.setText(self.tr("Bitte den Grund angeben."))
            self._complaint.show()
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(self.place.value(), reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
