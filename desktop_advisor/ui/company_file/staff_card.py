"""Beschäftigte nach Stunden: saved field by field, with the five counts that follow."""

from __future__ import annotations

import uuid
from dataclasses import fields as fields_of
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from desktop_advisor.domain.german import figure
from desktop_advisor.domain.headcounts import Count, Headcount, Staff
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Field,
    FieldForm,
    FigureButton,
    Kind,
    Text,
    clear,
)
from desktop_advisor.usecases.company_file import CompanyFile
from desktop_advisor.usecases.staff_counts import StaffView, record_staff, show_staff
from desktop_advisor.usecases.workplace import Workplace


class StaffCard(Card):
    """Persons by weekly hours.

    Signals:
        typing: something is typed that is not saved yet.
        changed: it is committed.
    """

    typing = Signal()
    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Beschäftigte nach Stunden"))
        self._place = place
        self._company_id: uuid.UUID | None = None
        self.form = FieldForm(self._fields(), columns=2)
        self._counts = QGridLayout()
        self._counts.setColumnStretch(0, 1)
        self._counts.setHorizontalSpacing(spacing.M)
        self._counts.setVerticalSpacing(0)
        self.trouble = Banner()
        self.figures: dict[Count, FigureButton] = {}
        self.add(self.form, self.trouble, self._counts)
        self.form.typed.connect(lambda _key: self.typing.emit())
        self.form.settled.connect(lambda _key, _value: self._save())

    def _fields(self) -> tuple[Field, ...]:
        names = (
            ("full_time", self.tr("über 30 Std. je Woche")),
            ("up_to_30", self.tr("über 20 bis 30 Std.")),
            ("up_to_20", self.tr("über 10 bis 20 Std.")),
            ("up_to_10", self.tr("bis 10 Std.")),
            ("apprentices", self.tr("Auszubildende")),
            ("insured", self.tr("sozialversicherungspflichtig")),
            ("owners", self.tr("mitarbeitende Inhaber")),
        )
        return (
            *(Field(key, label, Kind.WHOLE) for key, label in names),
            Field("as_of", self.tr("Stichtag"), Kind.DAY, self.tr("31.12.2025")),
        )

    def show_file(self, file: CompanyFile) -> None:
        """What is stored; what is being typed right now is left alone."""
        self._company_id = file.company_id
        view = show_staff(self._place, file.company_id)
        for key, line in self.form.lines.items():
            if not line.is_waiting():
                line.put(view.as_of if key == "as_of" else getattr(view.staff, key))
        self._show_counts(view)

    def _show_counts(self, view: StaffView) -> None:
        clear(self._counts)
        self.figures = {}
        for line, count in enumerate(view.counts):
            button = FigureButton(_said(count), count.derivation, right=True)
            self.figures[count.count] = button
            self._counts.addWidget(Text(count.count), line, 0)
            self._counts.addWidget(button, line, 1, Qt.AlignmentFlag.AlignRight)

    def settle(self) -> bool:
        """Commit what is typed; False where a field cannot be read."""
        self.form.settle()
        return not any(line.complaint() for line in self.form.lines.values())

    def _save(self) -> None:
        if self._company_id is None:
            return
        values = {
            key: None if line.complaint() else line.value() for key, line in self.form.lines.items()
        }
        as_of = values.pop("as_of")
        persons = {field.name: values[field.name] for field in fields_of(Staff)}
        staff = Staff(**{k: v if isinstance(v, int) else None for k, v in persons.items()})
        record_staff(
            self._place, self._company_id, staff, as_of if isinstance(as_of, date) else None
        )
        self.changed.emit()


def _said(count: Headcount) -> str:
    if count.count is Count.NIS2:
        return count.derivation.result
    return "–" if count.value is None else figure(count.value)
