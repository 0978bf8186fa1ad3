"""The sheet before a hand-over package is written: which company files, and who may open it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.sealed_stream import Lock
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets import (
    Banner,
    CheckBox,
    Field,
    FieldForm,
    Option,
    PrimaryButton,
    SecondaryButton,
    Segmented,
    SmallText,
    Strong,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.companies import list_companies
from desktop_advisor.usecases.handover_package import (
    NothingToPack,
    for_passphrase,
    for_recipient,
    suggested_passphrase,
)
from desktop_advisor.usecases.receiving_key import read_key
from desktop_advisor.usecases.workplace import Workplace

TO_RECIPIENT, BY_PASSPHRASE = "recipient", "passphrase"
_LIST_HEIGHT = 190


@dataclass(frozen=True)
class Wanted:
    """What is to be written. lock: to be made in the worker, as it takes a while."""

    company_ids: Collection[uuid.UUID]
    lock: Callable[[], Lock]
    passphrase: str


class WritingSheet(QFrame):
    """Ticks for the company files, one of two locks.

    Signals:
        confirmed: a Wanted.
        dismissed: nothing is to be written.
    """

    confirmed = Signal(object)
    dismissed = Signal()

    def __init__(self, place: Workplace, chosen: Collection[uuid.UUID] = ()) -> None:
        super().__init__()
        self.setProperty("kind", "menu")
        self.setAccessibleName(self.tr("Übergabepaket schreiben"))
        self.boxes: dict[uuid.UUID, CheckBox] = {}
        for company in list_companies(place):
            box = CheckBox(company.name.replace("&", "&&"))  # else it would mark a key
            box.setAccessibleName(company.name)
            box.setChecked(company.company_id in chosen)
            self.boxes[company.company_id] = box
        options = [
            Option(TO_RECIPIENT, self.tr("Für ein bestimmtes Gerät")),
            Option(BY_PASSPHRASE, self.tr("Mit Passphrase")),
        ]
        self.way = Segmented(self.tr("Wer es öffnen kann"), options, TO_RECIPIENT)
        self.way.setMinimumWidth(theme().px(420))
        self.way.chosen.connect(self._show_way)
        self.key, self.phrase = self._key_form(), self._phrase_form()
        self._about = SmallText("")
        self.trouble = Banner()
        self.go = PrimaryButton(self.tr("Ordner wählen und schreiben …"))
        self.go.clicked.connect(self._confirm)
        cancel = SecondaryButton(self.tr("Abbrechen"))
        cancel.clicked.connect(self.dismissed)
        self.setLayout(self._laid_out(cancel))
        self._show_way(TO_RECIPIENT)

    def _key_form(self) -> FieldForm:
        label = self.tr("Empfangsschlüssel der Kollegin oder des Kollegen")
        return FieldForm((Field("key", label, required=True, check=self._check_key),))

    def _phrase_form(self) -> FieldForm:
        made = FieldForm((Field("phrase", self.tr("Passphrase"), required=True),))
        made.put({"phrase": suggested_passphrase()})
        return made

    def _laid_out(self, cancel: QWidget) -> QVBoxLayout:
        listed = QWidget()
        listed.setLayout(column(*self.boxes.values(), spacer(), gap=0))
        area = scrolling(listed)
        rows = min(len(self.boxes), 4) * (spacing.TARGET + 2)
        area.setFixedHeight(min(theme().px(_LIST_HEIGHT), max(rows, spacing.TARGET)))
        edge = spacing.L
        way = row(self.way)
        way.addStretch(1)
        return column(
            Strong(self.tr("Welche Firmenakten?")),
            area,
            Strong(self.tr("Wer kann das Paket öffnen?")),
            way,
            self.key,
            self.phrase,
            self._about,
            self.trouble,
            row(spacer(), cancel, self.go),
            margins=(edge, spacing.M, edge, spacing.M),
        )

    def _show_way(self, way: str) -> None:
        is_phrase = way == BY_PASSPHRASE
        self.key.setVisible(not is_phrase)
        self.phrase.setVisible(is_phrase)
        self._about.setText(
            self.tr(
                "Der Vorschlag ist zufällig und sicher; er wird nirgends aufbewahrt. Sagen Sie ihn"
                " am Telefon durch, nie zusammen mit der Datei. Eigene Passphrasen: mindestens 12"
                " Zeichen, am besten vier zufällige Wörter."
            )
            if is_phrase
            else self.tr(
                "Er steht auf dem anderen Gerät unter „Synchronisieren“ › „Empfangsschlüssel"
                " zeigen“. Nur dieses Gerät kann das Paket dann öffnen."
            )
        )
        self.trouble.say_nothing()

    def _check_key(self, text: object) -> str:
        try:
            read_key(str(text))
        except KnownError as error:
            return error.what
        return ""

    def _confirm(self) -> None:
        chosen = [company for company, box in self.boxes.items() if box.isChecked()]
        if not chosen:
            self.trouble.say_error(NothingToPack())
            return
        is_phrase = self.phrase.isVisibleTo(self)
        form = self.phrase if is_phrase else self.key
        if form.values() is None:
            return
        typed = form.texts()["phrase" if is_phrase else "key"]
        make = for_passphrase if is_phrase else for_recipient
        wanted = Wanted(chosen, lambda: make(typed), typed if is_phrase else "")
        self.confirmed.emit(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the sheet, not the screen behind it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
