"""A new visit: when, why, where."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Field,
    FieldForm,
    Kind,
    PrimaryButton,
    SecondaryButton,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace

_TIME = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$|^([01]?\d|2[0-3])$")


def parsed_time(text: str) -> time | None:
    """ "8:30", "08.30" or "8" as a time of day; None when it is none."""
    found = _TIME.match(text.strip())
    if found is None:
        return None
    hour, minute, bare = found.groups()
    return time(int(hour or bare), int(minute or 0))


class VisitForm(Card):
    """The card that plans a visit.

    companies: what can be chosen, (id, name); with one entry no choice is shown.

    Signals:
        planned: company id and visit id of the new visit.
        cancelled: the form was closed without one.
    """

    planned = Signal(object, object)
    cancelled = Signal()

    def __init__(self, place: Workplace, companies: Sequence[tuple[uuid.UUID, str]]) -> None:
        super().__init__()
        self.set_title(self.tr("Neuer Termin"))
        self._place = place
        self._companies = {str(company_id): company_id for company_id, _ in companies}
        self.form = FieldForm(self._fields(companies), columns=2)
        now = place.clock().astimezone(BERLIN)
        self.form.put(
            {"day": now.date(), "time": self._next_quarter(now), "purpose": self._purpose()}
        )
        self._trouble = Banner()
        self.save = PrimaryButton(self.tr("Termin anlegen"))
        self.save.clicked.connect(self._plan)
        for line in self.form.lines.values():
            if isinstance(line.edit, QLineEdit):
                line.edit.returnPressed.connect(self._plan)
        cancel = SecondaryButton(self.tr("Abbrechen"))
        cancel.clicked.connect(self.cancelled)
        buttons = row(spacer(), cancel, self.save)
        self.add(self._trouble, self.form, spacing.S, buttons)

    def _purpose(self) -> str:
        return self.tr("Erstgespräch und Kurzcheck")

    def _fields(self, companies: Sequence[tuple[uuid.UUID, str]]) -> Sequence[Field]:
        options = [(str(company_id), name) for company_id, name in companies]
        choice = Field("company", self.tr("Unternehmen"), Kind.CHOICE, options=options, wide=True)
        return (
            *((choice,) if len(companies) > 1 else ()),
            Field("day", self.tr("Datum"), Kind.DAY, required=True),
            Field("time", self.tr("Uhrzeit"), hint="08:30", required=True, check=self._check_time),
            Field("purpose", self.tr("Anlass"), required=True),
            Field("location", self.tr("Ort"), hint=self.tr("zum Beispiel Werk 1")),
        )

    def _check_time(self, text: Value) -> str:
        understood = parsed_time(str(text)) is not None
        return "" if understood else self.tr("Bitte eine Uhrzeit eingeben, zum Beispiel 08:30.")

    @staticmethod
    def _next_quarter(now: datetime) -> str:
        quarters = min(-(-(now.hour * 60 + now.minute) // 15), 95)
        return f"{quarters // 4:02d}:{quarters % 4 * 15:02d}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form, not the screen behind it."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _plan(self) -> None:
        values = self.form.values()
        if values is None:
            return
        day, moment = values["day"], parsed_time(str(values["time"]))
        if not isinstance(day, date) or moment is None:
            return
        company_id = self._companies[str(values.get("company") or next(iter(self._companies)))]
        try:
            visit_id = plan_visit(
                self._place,
                company_id,
                starts_at=datetime.combine(day, moment, tzinfo=BERLIN),
                purpose=str(values["purpose"]),
                location=str(values["location"]),
            )
        except KnownError as error:
            self._trouble.say_error(error)
            return
        self.planned.emit(company_id, visit_id)
