"""Maßnahmenplan: every agreed measure on one page, editable where it stands."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.advice.measure_form import measure_fields, show_beginning, with_value
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    ChoiceBox,
    HairLine,
    Label,
    Pill,
    SecondaryButton,
    SmallText,
    clear,
)
from desktop_advisor.ui.widgets.field import Field, Kind, Value
from desktop_advisor.ui.widgets.field_form import FieldLine
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.action_plan import PlanLine
from desktop_advisor.usecases.measures import STATES, MeasureDraft, PlanRow

STRETCHES = (4, 3, 4, 6, 2)
"""Widths of owner, date, effort, metric and state to each other."""
ROWS_EACH = 4
ARROW_AND_EDGES = 56
"""Pixels of a choice box beside its word, at any type size."""


class PlanTable(Card):
    """A row per measure.

    Signals:
        changed: the measure's id and its new draft.
        removed: the id of the measure to take off the plan.
        opened: the id of the measure to be shown with everything there is to say.
        typed: something stands in a field that is not saved yet.
    """

    changed = Signal(object, object)
    removed = Signal(object)
    opened = Signal(object)
    typed = Signal()

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("PlanTable", "Maßnahmenplan"))
        self.hint = Pill("")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(S)
        self._grid.setVerticalSpacing(S)
        self.lines: dict[uuid.UUID, dict[str, FieldLine]] = {}
        self._drafts: dict[uuid.UUID, MeasureDraft] = {}
        self.body.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignLeft)
        order = self.tr("Geordnet nach Priorität des Handlungsfelds, Termin und Aufwand.")
        self.body.addWidget(SmallText(order))
        self.body.addLayout(self._grid)
        self.add(None)

    def show_plan(self, lines: Sequence[PlanLine], short_names: dict[str, str]) -> None:
        """These measures, in this order."""
        rows = [line.row for line in lines]
        clear(self._grid)
        self.lines, self._drafts = {}, {}
        self.say_completeness(rows)
        self._put_titles()
        for number, line in enumerate(lines):
            self._row(ROWS_EACH * number + 1, line, short_names)

    def say_completeness(self, rows: Sequence[PlanRow]) -> None:
        """How many measures lack a date or a person."""
        words, tone = completeness(rows)
        self.hint.say(words, tone)

    def _put_titles(self) -> None:
        titles = [*(field.label for field in measure_fields()), self.tr("Stand")]
        for number, (title, stretch) in enumerate(zip(titles, STRETCHES, strict=True)):
            self._grid.addWidget(Label(title, "label"), 0, number)
            self._grid.setColumnStretch(number, stretch)

    def _row(self, at: int, line: PlanLine, short_names: dict[str, str]) -> None:
        """A hairline, what it belongs to, the title, and the fields under their headings."""
        row, draft = line.row, line.row.draft
        key = row.measure_id
        self._drafts[key] = draft
        title = self._line(row, Field("title", self.tr("Maßnahme")))
        fields = {field.key: self._line(row, field) for field in measure_fields()}
        self.lines[key] = {"title": title, **fields}
        last, top = len(fields), Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(HairLine(), at, 0, 1, last + 1)
        name = short_names.get(draft.dimension, self.tr("eigene Maßnahme"))
        self._grid.addWidget(SmallText(joined(name, self._notes(line))), at + 1, 0, 1, last + 1)
        self._grid.addWidget(title, at + 2, 0, 1, last, top)
        self._grid.addWidget(self._more(row), at + 2, last, top)
        for number, part in enumerate(fields.values()):
            self._grid.addWidget(part, at + 3, number, top)
        self._grid.addWidget(self._state_box(row), at + 3, last, top)

    def _notes(self, line: PlanLine) -> str:
        """How many warnings there are; they stand in the measure itself."""
        if not line.warnings:
            return ""
        return "⚠ " + counted(len(line.warnings), self.tr("Hinweis"), self.tr("Hinweise"))

    def _more(self, row: PlanRow) -> SecondaryButton:
        more = SecondaryButton(self.tr("Mehr"), "pen")
        more.setAccessibleName(self.tr("Alle Angaben: {0}").format(row.draft.title))
        more.clicked.connect(lambda: self.opened.emit(row.measure_id))
        return more

    def _line(self, row: PlanRow, field: Field) -> FieldLine:
        line = FieldLine(field)
        line.label.hide()
        line.put(getattr(row.draft, field.key))
        show_beginning(line)
        line.edit.setMinimumWidth(theme().px(126 if field.kind is Kind.DAY else 72))
        line.edit.setAccessibleName(f"{field.label}: {row.draft.title}")
        line.edit.setToolTip(line.raw())
        line.typed.connect(self.typed)
        line.settled.connect(lambda: self._on_settled(row, field.key, line))
        return line

    def _on_settled(self, row: PlanRow, key: str, line: FieldLine) -> None:
        complaint = line.complaint()
        line.say(complaint)
        if not complaint:
            self._change(row, key, line.value())

    def _change(self, row: PlanRow, key: str, value: Value) -> None:
        draft = self._drafts[row.measure_id]
        changed = with_value(draft, key, value)
        if changed != draft:
            self._drafts[row.measure_id] = changed
            self.changed.emit(row.measure_id, changed)

    def _state_box(self, row: PlanRow) -> ChoiceBox:
        box = ChoiceBox((*STATES.items(), ("remove", self.tr("entfernen"))))
        box.set_value(row.draft.state)
        box.setAccessibleName(self.tr("Stand: {0}").format(row.draft.title))
        box.setMinimumWidth(theme().px(76) + ARROW_AND_EDGES)

        def choose(key: str) -> None:
            if key == "remove":
                self.removed.emit(row.measure_id)
            else:
                self._change(row, "state", key)

        box.chosen.connect(choose)
        return box

    def settle(self) -> None:
        """Let every waiting field be saved now."""
        for lines in self.lines.values():
            for line in lines.values():
                line.settle()


def completeness(rows: Sequence[PlanRow]) -> tuple[str, Tone]:
    """ "2 Maßnahmen ohne Termin": what keeps the plan from being binding."""
    undated = sum(row.draft.due_on is None for row in rows)
    unowned = sum(not row.draft.owner for row in rows)
    if not rows:
        return "noch keine Maßnahme", Tone.NEUTRAL
    parts = []
    if undated:
        parts.append(f"{undated} {'Maßnahme' if undated == 1 else 'Maßnahmen'} ohne Termin")
    if unowned:
        words = "Maßnahme" if unowned == 1 else "Maßnahmen"
        parts.append(
            f"{unowned} {words} ohne Verantwortliche"
            if not undated
            else f"{unowned} ohne Verantwortliche"
        )
    if parts:
        return " · ".join(parts), Tone.ATTENTION
    return "vollständig: Verantwortliche und Termine stehen", Tone.GOOD


def replaced(rows: Sequence[PlanRow], measure_id: object, draft: MeasureDraft) -> list[PlanRow]:
    """The plan with one draft changed, in the old order."""
    return [
        dataclasses.replace(row, draft=draft) if row.measure_id == measure_id else row
        for row in rows
    ]
