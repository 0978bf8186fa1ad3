"""The visits of a file: newest first, one of them open with its people and consents."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.company_file.next_step import current_visit
from desktop_advisor.ui.company_file.visit_form import VisitForm
from desktop_advisor.ui.company_file.visit_panel import VisitPanel
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    ListRow,
    Pill,
    QuietButton,
    SoftText,
    clear,
    tab_through,
)
from desktop_advisor.ui.words import day_and_time, joined, visit_state
from desktop_advisor.usecases.company_file import CompanyFile, VisitView
from desktop_advisor.usecases.workplace import Workplace


class Visits(Card):
    """Termine.

    Signals:
        changed: a visit was planned or something in one was committed.
        asking: the form for a new visit was opened or closed.
    """

    changed = Signal()
    asking = Signal()

    def __init__(self, place: Workplace) -> None:
        self.plus = QuietButton("", "plus")
        super().__init__("", self.plus)
        self.set_title(self.tr("Termine"))
        self.plus.setText(self.tr("Termin anlegen"))
        self.plus.clicked.connect(lambda _checked: self.ask_for_visit())
        self._place = place
        self._file: CompanyFile | None = None
        self._open: uuid.UUID | None = None
        self._panel: VisitPanel | None = None
        self._rows: dict[uuid.UUID, ListRow] = {}
        self._room, self._list = QVBoxLayout(), QVBoxLayout()
        self._list.setSpacing(2)
        self.form: VisitForm | None = None
        self.add(self._room, self._list)

    def show_file(self, file: CompanyFile, wanted: uuid.UUID | None = None) -> None:
        """The visits; `wanted`, the one opened before, or the current one is open."""
        self._file = file
        known = {visit.visit_id for visit in file.visits}
        current = current_visit(file)
        first = current.visit_id if current else None
        self._open = next((v for v in (wanted, self._open, first) if v in known), None)
        self._fill()

    def _fill(self) -> None:
        clear(self._list)
        self._panel = None
        self._rows.clear()
        visits = self._file.visits if self._file else ()
        if not visits and self.form is None:
            self._list.addWidget(SoftText(self.tr("Noch kein Termin. Legen Sie den ersten an.")))
        for number, visit in enumerate(visits):
            if number:
                self._list.addWidget(HairLine())
            self._list.addWidget(self._row(visit))
            if visit.visit_id == self._open:
                self._list.addWidget(self._opened(visit))
        self._order()

    def _order(self) -> None:
        """Tab in the order one reads."""
        made = [item.widget() for n in range(self._list.count()) if (item := self._list.itemAt(n))]
        tab_through(self.plus, [widget for widget in made if widget is not None])

    def _where_and_who(self, visit: VisitView) -> str:
        people = counted(len(visit.people), self.tr("Person"), self.tr("Personen"))
        return joined(visit.location, people)

    def _row(self, visit: VisitView) -> QWidget:
        word, tone = visit_state(visit.state)
        made = self._rows[visit.visit_id] = ListRow(
            joined(day_and_time(visit.starts_at), visit.purpose),
            self._where_and_who(visit),
            trail=[Pill(word, tone)],
            strong=True,
        )
        made.pressed.connect(lambda: self._toggle(visit.visit_id))
        return made

    def _opened(self, visit: VisitView) -> VisitPanel:
        self._panel = panel = VisitPanel(self._place)
        panel.show_visit(visit)
        panel.changed.connect(self.changed)
        return panel

    def refresh_panel(self, file: CompanyFile) -> None:
        """New data in the open panel, without losing the keyboard."""
        self._file = file
        visit = next((v for v in file.visits if v.visit_id == self._open), None)
        if visit is not None and self._panel is not None:
            self._panel.show_visit(visit)
            self._rows[visit.visit_id].detail.setText(self._where_and_who(visit))
            self._order()

    def _toggle(self, visit_id: uuid.UUID) -> None:
        self._open = None if self._open == visit_id else visit_id
        self._fill()

    def ask_for_visit(self) -> None:
        """The form for a new visit, above the list."""
        if self._file is None or self.form is not None:
            return
        self.form = VisitForm(self._place, [(self._file.company_id, self._file.name)])
        self.form.cancelled.connect(self._on_cancelled)
        self.form.planned.connect(self._on_planned)
        self._room.addWidget(self.form)
        self.form.form.focus_first()
        self.plus.hide()
        tab_through(self.plus, [self.form])
        self.asking.emit()

    def _close_form(self) -> None:
        clear(self._room)
        self.form = None
        self.plus.show()
        self.asking.emit()

    def _on_cancelled(self) -> None:
        self._close_form()
        self.plus.setFocus()

    def _on_planned(self, _company_id: object, visit_id: object) -> None:
        self._close_form()
        if isinstance(visit_id, uuid.UUID):
            self._open = visit_id
        self.changed.emit()
        if self._panel is not None:
            self._panel.name.setFocus()
