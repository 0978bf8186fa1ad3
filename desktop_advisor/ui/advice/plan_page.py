"""Maßnahmenplan: as a table, as a board, in time; and one measure with everything about it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop_advisor.ui.advice.board import Board
from desktop_advisor.ui.advice.held_back import HeldBackCard
from desktop_advisor.ui.advice.measure_sheet import MeasureSheet
from desktop_advisor.ui.advice.plan_table import PlanTable
from desktop_advisor.ui.advice.timeline import Timeline
from desktop_advisor.ui.follow_up.calendar_line import CalendarLine
from desktop_advisor.ui.theme.spacing import XXL, L, S
from desktop_advisor.ui.widgets import (
    Option,
    QuietButton,
    SecondaryButton,
    Segmented,
    clear,
    column,
    scrolling,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.action_plan import ActionPlan
from desktop_advisor.usecases.growth_pause import HeldBack

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class PlanPage(QWidget):
    """The plan; which of its three forms is shown is remembered as long as the screen lives.

    Signals:
        changed: a measure's id and its new draft.
        moved: a measure's id and the state it is to have.
        removed: the id of the measure to take off the plan.
        added: a new, empty measure is wanted.
        undone: the last edit of the plan is to be taken back.
        typed: something stands in a field that is not saved yet.
    """

    changed = Signal(object, object)
    moved = Signal(object, str)
    removed = Signal(object)
    added = Signal()
    undone = Signal()
    typed = Signal()

    def __init__(self, place: Workplace, case_id: uuid.UUID) -> None:
        super().__init__()
        self._place = place
        self.plan: ActionPlan | None = None
        self._short_names: dict[str, str] = {}
        self.sheet: MeasureSheet | None = None
        self.table, self.board, self.timeline = PlanTable(), Board(), Timeline()
        self.held = HeldBackCard()
        self.held.hide()
        self.calendar = CalendarLine(place, case_id)
        self.forms = Segmented(
            self.tr("Darstellung"),
            (
                Option("table", self.tr("Tabelle")),
                Option("board", self.tr("Tafel")),
                Option("timeline", self.tr("Zeitplan")),
            ),
            "table",
        )
        self.forms.chosen.connect(self.show_form)
        self.add_button = SecondaryButton(self.tr("Maßnahme hinzufügen"), "plus")
        self.undo_button = QuietButton(self.tr("Rückgängig"))
        self.calendar_button = QuietButton(self.tr("In den Kalender …"), "calendar")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        buttons = (self.forms, self.add_button, self.undo_button, self.calendar_button)
        self._tools = QWidget()
        self._tools.setLayout(FlowLayout(*buttons, gap=S))
        self._sheet_room = QVBoxLayout()
        self._views = {"table": self.table, "board": self.board, "timeline": self.timeline}
        inside = QWidget()
        parts: tuple[QWidget, ...] = (self._tools, self.calendar, *self._views.values())
        whole = column(*parts, gap=L, margins=(0, 0, 0, XXL))
        whole.addLayout(self._sheet_room)
        whole.addWidget(self.held)
        whole.addStretch(1)
        inside.setLayout(whole)
        self._area: QScrollArea = scrolling(inside)
        self.setLayout(column(self._area))
        self._show_view()

    def _connect(self) -> None:
        self.table.changed.connect(self.changed)
        self.table.removed.connect(self.removed)
        self.table.typed.connect(self.typed)
        self.table.opened.connect(self.open_measure)
        self.board.moved.connect(self.moved)
        self.board.opened.connect(self.open_measure)
        self.timeline.opened.connect(self.open_measure)
        self.add_button.clicked.connect(self.added)
        self.undo_button.clicked.connect(self.undone)
        self.calendar_button.clicked.connect(self.calendar.ask)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self.undone)

    # -- showing -----------------------------------------------------------------------------

    def show_plan(
        self, plan: ActionPlan, short_names: dict[str, str], held: Sequence[HeldBack] = ()
    ) -> None:
        """The plan anew in all its forms; an open measure stays open while it is on it."""
        self.plan, self._short_names = plan, short_names
        self.table.show_plan(plan.lines, short_names)
        self.board.show_plan(plan)
        self.timeline.show_plan(plan)
        self.held.show_items(held)
        if self.sheet is not None:
            line = plan.line(self.sheet.form.measure_id)
            if line is None:
                self.close_measure()
            else:
                self.sheet.show_line(line)

    def follow(self, plan: ActionPlan) -> None:
        """What follows from a change made in a field, without touching the field."""
        self.plan = plan
        self.table.say_completeness(plan.rows)
        if self.sheet is None:
            self.board.show_plan(plan)
            self.timeline.show_plan(plan)
        elif (line := plan.line(self.sheet.form.measure_id)) is not None:
            self.sheet.show_line(line)

    def show_form(self, form: str) -> None:
        """Table, board or timeline."""
        self.settle()
        self.forms.set_value(form)
        if self.plan is not None:
            self.show_plan(self.plan, self._short_names, self.held.items)
        self.close_measure()

    def open_measure(self, measure_id: uuid.UUID) -> None:
        """One measure in place of the plan."""
        line = self.plan.line(measure_id) if self.plan is not None else None
        if self.plan is None or line is None:
            return
        self.settle()
        clear(self._sheet_room)
        self.sheet = sheet = MeasureSheet(self.plan, line, self._place.offers)
        sheet.changed.connect(self.changed)
        sheet.removed.connect(self.removed)
        sheet.typed.connect(self.typed)
        sheet.closed.connect(self.leave_measure)
        self._sheet_room.addWidget(sheet)
        self._show_view()
        self._area.verticalScrollBar().setValue(0)
        sheet.form.focus_first()

    def leave_measure(self) -> None:
        """Back to the plan, with the keyboard on the measure that was open."""
        kept = self.sheet.form.measure_id if self.sheet is not None else None
        self.settle()
        if self.plan is not None:
            self.show_plan(self.plan, self._short_names, self.held.items)
        self.close_measure()
        if kept is not None:
            self._focus_on(kept)

    def _focus_on(self, measure_id: uuid.UUID) -> None:
        card, line = self.board.card(measure_id), self.table.lines.get(measure_id)
        there: dict[str, QWidget | None] = {
            "board": card,
            "table": line["title"].edit if line is not None else None,
            "timeline": self.timeline.view,
        }
        part = there[self.forms.value()]
        if part is not None:
            part.setFocus()

    def close_measure(self) -> None:
        """No measure is open."""
        clear(self._sheet_room)
        self.sheet = None
        self._show_view()

    def _show_view(self) -> None:
        form = self.forms.value()
        for key, view in self._views.items():
            view.setVisible(self.sheet is None and key == form)
        self._tools.setVisible(self.sheet is None)
        self.held.setVisible(self.sheet is None and bool(self.held.items))

    def settle(self) -> None:
        """Let every waiting field be saved now."""
        self.table.settle()
        if self.sheet is not None:
            self.sheet.settle()
