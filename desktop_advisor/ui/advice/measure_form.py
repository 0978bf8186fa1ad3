"""What makes a measure binding: who, until when, how much work, seen by what; and all the rest."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit

from desktop_advisor.ui.widgets import Field, FieldForm, Kind
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.ui.widgets.field_form import FieldLine
from desktop_advisor.usecases.measures import STATES, MeasureDraft, PlanRow

translate = QCoreApplication.translate

DATES = ("starts_on", "due_on", "done_on", "effect_on")


def measure_fields(suggested_owner: str = "") -> tuple[Field, ...]:
    """The four fields without which a measure binds nobody, in the order one asks for them."""
    owner = translate("MeasureForm", "Name oder Funktion")
    if suggested_owner:
        owner = translate("MeasureForm", "Vorschlag: {0}").format(suggested_owner)
    return (
        Field("owner", translate("MeasureForm", "Verantwortlich"), hint=owner),
        Field("due_on", translate("MeasureForm", "Termin"), Kind.DAY),
        Field(
            "effort",
            translate("MeasureForm", "Aufwand"),
            hint=translate("MeasureForm", "zum Beispiel 3 Tage"),
        ),
        Field(
            "metric",
            translate("MeasureForm", "Woran wir es erkennen"),
            hint=translate("MeasureForm", "Messgröße"),
        ),
    )


def all_fields(others: Sequence[PlanRow], suggested_owner: str = "") -> tuple[Field, ...]:
    """Every field of a measure. others: the measures it may wait for."""
    owner, due, effort, metric = measure_fields(suggested_owner)
    nothing = ("", translate("MeasureForm", "keine"))
    bases = [(str(row.measure_id), row.draft.title) for row in others]
    return (
        Field("title", translate("MeasureForm", "Maßnahme"), required=True, wide=True),
        Field(
            "steps",
            translate("MeasureForm", "Schritte"),
            Kind.NOTE,
            hint=translate("MeasureForm", "ein Schritt je Zeile"),
            wide=True,
        ),
        owner,
        Field(
            "state", translate("MeasureForm", "Stand"), Kind.CHOICE, options=tuple(STATES.items())
        ),
        Field("starts_on", translate("MeasureForm", "Beginn"), Kind.DAY),
        due,
        effort,
        Field(
            "depends_on",
            translate("MeasureForm", "Erst nach Maßnahme"),
            Kind.CHOICE,
            options=(nothing, *bases),
        ),
        Field(
            "benefit", translate("MeasureForm", "Nutzen"), hint=translate("MeasureForm", "Wozu?")
        ),
        metric,
        Field(
            "effect",
            translate("MeasureForm", "Wirkung"),
            hint=translate("MeasureForm", "bei der Wiedervorlage: was hat sich verändert?"),
        ),
        Field("effect_on", translate("MeasureForm", "festgestellt am"), Kind.DAY),
    )


def follow_up_fields() -> tuple[Field, ...]:
    """What one asks at a follow-up: how far it is, what it brought, until when."""
    return (
        Field(
            "state",
            translate("MeasureForm", "Umsetzungsstand"),
            Kind.CHOICE,
            options=tuple(STATES.items()),
        ),
        Field("due_on", translate("MeasureForm", "Neuer Termin"), Kind.DAY),
        Field(
            "effect",
            translate("MeasureForm", "Wirkung"),
            hint=translate("MeasureForm", "Was hat sich verändert?"),
            wide=True,
        ),
    )


class MeasureForm(FieldForm):
    """One measure, saved field by field.

    Signals:
        changed: the measure's id and its new draft.
    """

    changed = Signal(object, object)

    def __init__(
        self,
        row: PlanRow,
        suggested_owner: str = "",
        columns: int = 2,
        fields: Sequence[Field] | None = None,
    ) -> None:
        super().__init__(fields or measure_fields(suggested_owner), columns)
        self._row = row
        self.show_draft(row.draft)
        self.settled.connect(self._on_field)

    @property
    def measure_id(self) -> uuid.UUID:
        """Whose form it is."""
        return self._row.measure_id

    def show_draft(self, draft: MeasureDraft) -> None:
        """What is stored now; a field that is being typed in stays as it is."""
        self._row = dataclasses.replace(self._row, draft=draft)
        for key, line in self.lines.items():
            if not line.is_waiting():
                self.put({key: shown_value(draft, key)})
                show_beginning(line)

    def _on_field(self, key: str, value: Value) -> None:
        draft = with_value(self._row.draft, key, value)
        if draft != self._row.draft:
            self._row = dataclasses.replace(self._row, draft=draft)
            self.changed.emit(self._row.measure_id, draft)


def shown_value(draft: MeasureDraft, key: str) -> Value:
    """What a field shows of a draft."""
    if key == "depends_on":
        return str(draft.depends_on or "")
    value: Value = getattr(draft, key)
    return value


def with_value(draft: MeasureDraft, key: str, value: Value) -> MeasureDraft:
    """The draft with one field changed."""
    changed: dict[str, Any] = {key: str(value or "")}
    if key in DATES:
        changed = {key: value if isinstance(value, date) else None}
    elif key == "depends_on":
        changed = {key: uuid.UUID(str(value)) if value else None}
    return dataclasses.replace(draft, **changed)


def show_beginning(line: FieldLine) -> None:
    """A long text is shown from its beginning, not from its end."""
    if isinstance(line.edit, QLineEdit) and not line.edit.hasFocus():
        line.edit.setCursorPosition(0)
