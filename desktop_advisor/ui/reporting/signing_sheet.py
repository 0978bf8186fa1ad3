"""The sheet one signs on: what is signed, who signs where, and the pad."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop_advisor.report.model import SignatureSlot
from desktop_advisor.ui.reporting.signature_pad import SignaturePad
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XL, XS, L, M, S
from desktop_advisor.ui.widgets import (
    Heading,
    Label,
    QuietButton,
    SecondaryButton,
    SmallText,
    column,
    row,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.usecases.reporting import DrawnSignature


class SigningSheet(QFrame):
    """Turned towards whoever signs.

    Signals:
        signed: the DrawnSignature.
        dismissed: nobody signed.
    """

    signed = Signal(object)
    dismissed = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._role = ""
        self.setProperty("kind", "menu")
        self._heading = Heading("")
        self._what = SmallText("")
        self.name, self.place = QLineEdit(), QLineEdit()
        self.name.setAccessibleName(self.tr("Name"))
        self.place.setAccessibleName(self.tr("Ort"))
        self.pad = SignaturePad()
        self.pad.changed.connect(self._follow)
        self.undo = QuietButton(self.tr("Letzten Strich zurück"))
        self.clear = QuietButton(self.tr("Leeren"))
        self.cancel = SecondaryButton(self.tr("Abbrechen"))
        self.take = SecondaryButton(self.tr("Unterschrift übernehmen"), "check")
        self.undo.clicked.connect(self.pad.undo)
        self.clear.clicked.connect(self.pad.clear)
        self.cancel.clicked.connect(self._dismiss)
        self.take.clicked.connect(self._take)
        self.name.textChanged.connect(self._follow)
        self._lay_out()

    def _lay_out(self) -> None:
        fields = row(gap=M)
        fields.addLayout(column(Label(self.tr("Name"), "label"), self.name, gap=XS), 3)
        fields.addLayout(column(Label(self.tr("Ort"), "label"), self.place, gap=XS), 2)
        below = FlowLayout(self.undo, self.clear)
        below.add_gap()
        below.addWidget(self.cancel)
        below.addWidget(self.take)
        whole = column(self._heading, self._what, fields, gap=S, margins=(XL, L, XL, L))
        whole.addWidget(self.pad, 1)
        whole.addLayout(below)
        self.setLayout(whole)

    def open(self, slot: SignatureSlot, place: str, what: str) -> None:
        """For this line of the report; `what` says what is being signed."""
        self._role = slot.role
        note = f" · {slot.note}" if slot.note else ""
        self._heading.setText(self.tr("Unterschrift {0}").format(slot.role) + note)
        self.setAccessibleName(self._heading.text())
        self._what.setText(what)
        self.name.setText(slot.name)
        self.place.setText(slot.place or place)
        self.pad.clear()
        self.place_itself()
        self.show()
        self.raise_()
        (self.pad if slot.name else self.name).setFocus()

    def place_itself(self) -> None:
        """In the middle of its parent, as large as a signature needs."""
        room = self.parentWidget()
        if room is not None:
            widest, least = theme().px(900), theme().px(640)
            wished = max(round(room.width() * 0.62), least)
            width = min(wished, widest, room.width() - 2 * L)
            height = min(max(self.sizeHint().height(), theme().px(440)), room.height() - 2 * L)
            left, top = (room.width() - width) // 2, (room.height() - height) // 2
            self.setGeometry(left, top, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._dismiss()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.pad.undo()
        # Everything else stays here while somebody signs.

    def _follow(self) -> None:
        self.undo.setEnabled(self.pad.strokes > 0)
        self.clear.setEnabled(self.pad.strokes > 0)
        self.take.setEnabled(self.pad.is_signed() and bool(self.name.text().strip()))
        missing = not self.name.text().strip()
        if bool(self.name.property("wrong")) != missing:
            self.name.setProperty("wrong", missing)
            restyle(self.name)

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _take(self) -> None:
        signature = DrawnSignature(
            name=self.name.text().strip(),
            role=self._role,
            place=self.place.text().strip(),
            image=self.pad.picture(),
            signed_at=self._clock(),
        )
        self.hide()
        self.pad.clear()
        self.signed.emit(signature)
