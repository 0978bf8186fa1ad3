"""The sheet one signs on: it covers the window, so the customer sees only what they sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QWidget

from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.report.model import SignatureSlot
from desktop_advisor.ui.reporting.signature_pad import SignaturePad
from desktop_advisor.ui.reporting.signing_subject import SigningSubject, SubjectView
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XL, XS, XXL, M, control_height
from desktop_advisor.ui.widgets import (
    Heading,
    Label,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    Strong,
    Text,
    column,
    row,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.usecases.reporting import DrawnSignature

BESIDE_FROM = 860
"""Pixels at 100 % from which what is signed stands beside the pad instead of above it."""
SUBJECT_SHARE, PAD_SHARE = 2, 3
PAD_RATIO = 0.42
"""The most height of the pad by its width: a line to sign on, not a drawing board."""


class SigningSheet(QFrame):
    """Turned towards whoever signs; over the whole window, or the whole screen with F11.

    Signals:
        signed: the DrawnSignature.
        dismissed: nobody signed.
    """

    signed = Signal(object)
    dismissed = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._home = parent
        self._role = ""
        self._was_full = False
        self.setProperty("kind", "page")
        self._heading = Heading("")
        self._statement, self._date = Strong("", wrap=True), Text("")
        self.subject = SubjectView()
        self.name, self.function, self.place = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setAccessibleName(self.tr("Name"))
        self.function.setAccessibleName(self.tr("Funktion"))
        self.place.setAccessibleName(self.tr("Ort"))
        self.pad = SignaturePad()
        self.pad.changed.connect(self._follow)
        self.undo = QuietButton(self.tr("Letzten Strich zurück"))
        self.clear = QuietButton(self.tr("Leeren"))
        self.full = QuietButton(self.tr("Vollbild (F11)"))
        self.cancel = SecondaryButton(self.tr("Abbrechen"))
        self.take = PrimaryButton(self.tr("Unterschrift übernehmen"))
        self.undo.clicked.connect(self.pad.undo)
        self.clear.clicked.connect(self.pad.clear)
        self.full.clicked.connect(lambda _checked: self._toggle_full())
        self.cancel.clicked.connect(self._dismiss)
        self.take.clicked.connect(self._take)
        self.name.textChanged.connect(self._follow)
        self._lay_out()

    def _lay_out(self) -> None:
        fields = row(gap=M)
        fields.addLayout(column(Label(self.tr("Name"), "label"), self.name, gap=XS), 4)
        fields.addLayout(column(Label(self.tr("Funktion"), "label"), self.function, gap=XS), 5)
        fields.addLayout(column(Label(self.tr("Ort"), "label"), self.place, gap=XS), 3)
        fields.addLayout(column(Label(self.tr("Datum"), "label"), self._date, gap=XS), 0)
        below = FlowLayout(self.undo, self.clear, self.full)
        below.add_gap()
        below.addWidget(self.cancel)
        below.addWidget(self.take)
        signing = column(self._heading, self._statement, fields, gap=M)
        signing.addWidget(self.pad, 1)
        signing.addLayout(below)
        signing.addStretch(0)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setContentsMargins(XXL, XL, XXL, XL)
        self._halves.setSpacing(XXL)
        self._halves.addWidget(self.subject, SUBJECT_SHARE)
        self._halves.addLayout(signing, PAD_SHARE)
        self.setLayout(self._halves)

    def open(self, slot: SignatureSlot, place: str, subject: SigningSubject) -> None:
        """For this line of the document."""
        self._role = slot.role
        self._heading.setText(self.tr("Unterschrift {0}").format(slot.role))
        self._statement.setText(_sentence(slot.note))
        self._statement.setVisible(bool(slot.note))
        self.setAccessibleName(f"{self._heading.text()}, {subject.title}, {subject.company}")
        self.subject.show_subject(subject)
        self.name.setText(slot.name)
        self.function.setText(slot.function)
        self.place.setText(slot.place or place)
        for field in (self.name, self.function, self.place):
            field.setCursorPosition(0)  # a long one is read from its beginning
        self._date.setText(short_date(self._clock().astimezone(BERLIN).date()))
        self.pad.clear()
        if self._home is not None:
            self.setParent(self._home.window())
        self._was_full = self.window().isFullScreen()
        self.place_itself()
        self.show()
        self.raise_()
        (self.pad if slot.name else self.name).setFocus()

    def place_itself(self) -> None:
        """Over everything else in the window: no other file's name is in sight."""
        room = self.parentWidget()
        if room is None:
            return
        self.setGeometry(room.rect())
        is_wide = room.width() >= theme().px(BESIDE_FROM)
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        self._halves.setSpacing(XXL if is_wide else M)
        self.subject.show_substance(is_wide)
        self._halves.setStretch(0, SUBJECT_SHARE if is_wide else 0)
        share = PAD_SHARE / (SUBJECT_SHARE + PAD_SHARE) if is_wide else 1.0
        most = round(room.width() * share * PAD_RATIO)
        self.pad.setMaximumHeight(max(self.pad.minimumHeight(), most))
        self._date.setMinimumHeight(control_height(theme().scale))
        self.full.setVisible(is_wide)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place_itself()  # the window may have grown while it was locked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._dismiss()
        elif event.key() == Qt.Key.Key_F11:
            self._toggle_full()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.pad.undo()
        # Everything else stays here while somebody signs.

    def _toggle_full(self) -> None:
        window = self.window()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _follow(self) -> None:
        self.undo.setEnabled(self.pad.strokes > 0)
        self.clear.setEnabled(self.pad.strokes > 0)
        self.take.setEnabled(self.pad.is_signed() and bool(self.name.text().strip()))
        missing = not self.name.text().strip()
        if bool(self.name.property("wrong")) != missing:
            self.name.setProperty("wrong", missing)
            restyle(self.name)

    def _put_away(self) -> None:
        """The screen belongs to the advisor again."""
        self.hide()
        if self.window().isFullScreen() != self._was_full:
            self._toggle_full()
        self.setParent(self._home)

    def _dismiss(self) -> None:
        self._put_away()
        self.dismissed.emit()

    def _take(self) -> None:
        signature = DrawnSignature(
            name=self.name.text().strip(),
            role=self._role,
            place=self.place.text().strip(),
            image=self.pad.picture(),
            signed_at=self._clock(),
            function=self.function.text().strip(),
        )
        self._put_away()
        self.pad.clear()
        self.signed.emit(signature)


def _sentence(note: str) -> str:
    """The confirmation as a sentence of its own."""
    return f"{note[:1].upper()}{note[1:]}." if note else ""
