"""Carry a result on: into a measure of the case, or as text into the clipboard."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    ChoiceBox,
    Label,
    QuietButton,
    SecondaryButton,
    SmallText,
    column,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.calculating import take_into_measure
from desktop_advisor.usecases.measures import list_measures
from desktop_advisor.usecases.workplace import Workplace


class TakeOver(QWidget):
    """A choice of measures with a button, and a button that copies.

    Signals:
        taken: the text stands in a measure.
    """

    taken = Signal()

    def __init__(self, place: Workplace, case_id: uuid.UUID | None) -> None:
        super().__init__()
        self._place, self._case_id, self._text = place, case_id, ""
        self.measures = ChoiceBox()
        self.measures.setAccessibleName(self.tr("Maßnahme"))
        self._label = Label(self.tr("Maßnahme"), "label")
        self.take = SecondaryButton(self.tr("In die Maßnahme übernehmen"))
        self.copy = QuietButton(self.tr("Text kopieren"))
        self._none = SmallText(
            self.tr("Sobald Maßnahmen vereinbart sind, lässt sich das Ergebnis dort eintragen.")
        )
        self.said = Banner(tone=Tone.GOOD)
        buttons = FlowLayout(self.take, self.copy)
        self.setLayout(
            column(self._label, self.measures, self._none, buttons, self.said, gap=spacing.S)
        )
        self.take.clicked.connect(lambda _checked: self._take())
        self.copy.clicked.connect(lambda _checked: self._copy())

    def refresh(self) -> None:
        """The measures as they are now."""
        rows = list_measures(self._place, self._case_id) if self._case_id else []
        self.measures.set_options(
            [(str(row.measure_id), row.draft.title or self.tr("ohne Titel")) for row in rows]
        )
        for part in (self._label, self.measures, self.take):
            show_if(part, bool(rows))
        show_if(self._none, self._case_id is not None and not rows)

    def hold(self, text: str) -> None:
        """The text to carry on; what was said of the one before is put away."""
        if text != self._text:
            self._text = text
            self.said.say_nothing()

    def _take(self) -> None:
        chosen = self.measures.value()
        if not chosen:
            return
        try:
            take_into_measure(self._place, uuid.UUID(chosen), self._text)
        except KnownError as error:
            self.said.say_error(error)
            return
        self.said.say(self.tr("Steht jetzt beim Nutzen der Maßnahme."), tone=Tone.GOOD)
        self.taken.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.said.say(self.tr("In die Zwischenablage kopiert."), tone=Tone.GOOD)
