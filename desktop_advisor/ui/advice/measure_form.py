"""The four things that make a measure binding: who, until when, how much work, seen by what."""

from __future__ import annotations

import dataclasses
import uuid
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit

from desktop_advisor.ui.widgets import Field, FieldForm, Kind
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.ui.widgets.field_form import FieldLine
from desktop_advisor.usecases.measures import MeasureDraft, PlanRow

translate = QCoreApplication.translate


def measure_fields(suggested_owner: str = "") -> tuple[Field, ...]:
    """The fields of a measure, in the order one asks for them."""
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


class MeasureForm(FieldForm):
    """One measure, saved field by field.

    Signals:
        changed: the measure's id and its new draft.
    """

    changed = Signal(object, object)

    def __init__(self, row: PlanRow, suggested_owner: str = "", columns: int = 2) -> None:
        super().__init__(measure_fields(suggested_owner), columns)
        self._row = row
        draft = row.draft
        self.put(
            {
                "owner": draft.owner,
                "due_on": draft.due_on,
                "effort": draft.effort,
                "metric": draft.metric,
            }
        )
        for line in self.lines.values():
            show_beginning(line)
        self.settled.connect(self._on_field)

    @property
    def measure_id(self) -> uuid.UUID:
        """Whose form it is."""
        return self._row.measure_id

    def _on_field(self, key: str, value: Value) -> None:
        draft = with_value(self._row.draft, key, value)
        if draft != self._row.draft:
            self._row = dataclasses.replace(self._row, draft=draft)
            self.changed.emit(self._row.measure_id, draft)


def with_value(draft: MeasureDraft, key: str, value: Value) -> MeasureDraft:
    """The draft with one field changed."""
    if key == "due_on":
        return dataclasses.replace(draft, due_on=value if isinstance(value, date) else None)
    changed: dict[str, Any] = {key: str(value or "")}
    return dataclasses.replace(draft, **changed)


def show_beginning(line: FieldLine) -> None:
    """A long text is shown from its beginning, not from its end."""
    if isinstance(line.edit, QLineEdit):
        line.edit.setCursorPosition(0)
