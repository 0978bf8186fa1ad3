"""De-minimis-Beihilfen of the single undertaking, with what is free today."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_advisor.advice.calculators.de_minimis import calculate_de_minimis
from desktop_advisor.domain.german import euro, short_date
from desktop_advisor.ui.company_file.rows_with_form import Entry, RowsWithForm
from desktop_advisor.ui.widgets import Card, Field, FigureButton, Kind, Label, clear, row, spacer
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.company_file import CompanyFile
from desktop_advisor.usecases.de_minimis_aids import (
    AidDraft,
    AidsView,
    AidView,
    add_aid,
    edit_aid,
    list_aids,
    remove_aid,
)
from desktop_advisor.usecases.workplace import Workplace

translate = QCoreApplication.translate


class Aids(RowsWithForm):
    """Bewilligte De-minimis-Beihilfen."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            translate("aids", "Beihilfe"),
            translate("aids", "Keine Beihilfe erfasst. Grundlage ist die De-minimis-Erklärung."),
        )
        self._place = place
        self._company_id: uuid.UUID | None = None

    def show_aids(self, company_id: uuid.UUID, view: AidsView) -> None:
        """The aids, newest first."""
        self._company_id = company_id
        self.show_entries([self._entry(aid) for aid in view.rows])

    def _entry(self, aid: AidView) -> Entry:
        draft = aid.draft
        amount = self.tr("Betrag fehlt") if draft.amount is None else euro(draft.amount)
        day = self.tr("Tag fehlt") if draft.granted_on is None else short_date(draft.granted_on)
        counts = self.tr("zählt heute") if aid.counts else self.tr("zählt heute nicht")
        values: dict[str, Value] = {
            "granted_on": draft.granted_on,
            "amount": draft.amount,
            "body": draft.body,
            "purpose": draft.purpose,
        }
        title = joined(amount, draft.purpose)
        return Entry(aid.aid_id, title, joined(day, draft.body, counts), values)

    def fields(self, entry: Entry | None) -> Sequence[Field]:
        return (
            Field("granted_on", self.tr("Bewilligt am"), Kind.DAY),
            Field("amount", self.tr("Betrag (€)"), Kind.DECIMAL),
            Field("body", self.tr("Bewilligende Stelle")),
            Field("purpose", self.tr("Wofür")),
        )

    def save(self, key: object | None, values: dict[str, Value]) -> None:
        day, amount = values["granted_on"], values["amount"]
        draft = AidDraft(
            day if isinstance(day, date) else None,
            amount if isinstance(amount, Decimal) else None,
            str(values["body"] or ""),
            str(values["purpose"] or ""),
        )
        if isinstance(key, uuid.UUID):
            edit_aid(self._place, key, draft)
        elif self._company_id is not None:
            add_aid(self._place, self._company_id, draft)

    def remove(self, key: object) -> None:
        if isinstance(key, uuid.UUID):
            remove_aid(self._place, key)


class AidsCard(Card):
    """The list and the balance of today.

    Signals:
        changed: an aid was edited.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("De-minimis-Beihilfen"))
        self._place = place
        self._balance = QVBoxLayout()
        self.free: FigureButton | None = None
        self.aids = Aids(place)
        self.add(self._balance, self.aids)
        self.aids.changed.connect(self.changed)

    def show_file(self, file: CompanyFile) -> None:
        """The aids of the file as they count today."""
        view = list_aids(self._place, file.company_id)
        clear(self._balance)
        counted = calculate_de_minimis(view.balance.counted, view.balance.day)
        amount = counted.amounts[-1]
        self.free = FigureButton(amount.printed, amount.derivation)
        words = self.tr("Am {0} frei, bis zu").format(short_date(view.balance.day))
        self._balance.addLayout(row(Label(words), spacer(), self.free))
        self.aids.show_aids(file.company_id, view)
