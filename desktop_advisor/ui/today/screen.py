"""Heute: the visits of the day, what is due, what waits, what is worth knowing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_advisor.domain.german import clock_time, long_day
from desktop_advisor.ui.company_file.visit_form import VisitForm
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.follow_up.calendar_line import CalendarLine
from desktop_advisor.ui.screen import Action, Screen, StatePill
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.today.rows import NoticeLine, due_row, todo_row, visit_row
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    EmptyState,
    QuietButton,
    RowList,
    SoftText,
    TwoColumns,
    clear,
    column,
    scrolling,
)
from desktop_advisor.usecases.companies import list_companies
from desktop_advisor.usecases.provisioning import ready_since
from desktop_advisor.usecases.today import Today, TodayVisit, Todo, show_today
from desktop_advisor.usecases.visits import begin_visit
from desktop_advisor.usecases.worklist import Due
from desktop_advisor.usecases.workplace import Workplace

MOST_DUE = 6
"""Rows of the worklist before the rest is folded away; what fits under two visits (our choice)."""


class TodayScreen(Screen):
    """The first screen: what comes next is the primary button."""

    RAIL: ClassVar[Where] = Where.TODAY

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place = place
        self._today: Today = show_today(place)
        self._form: VisitForm | None = None
        self.visits, self.follow_ups, self.todos = RowList(), RowList(), RowList()
        self.notices = QVBoxLayout()
        self.notices.setSpacing(spacing.S)
        self._form_room = QVBoxLayout()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._day_page())
        self._pages.addWidget(
            EmptyState(
                self.tr(
                    "Noch ist keine Firmenakte auf diesem Gerät. Legen Sie das erste Unternehmen"
                    " an oder synchronisieren Sie mit Ihrem Netzwerk."
                ),
                icon_name="company",
            )
        )
        self.setLayout(column(self._pages))
        self._ask_for_visit = destination.create

    def _day_page(self) -> QWidget:
        self._visits_card = Card(self.tr("Termine")).add(self.visits)
        self.calendar = CalendarLine(self._place)
        self.calendar_button = QuietButton(self.tr("In den Kalender …"), "calendar")
        self.calendar_button.clicked.connect(self.calendar.ask)
        self.said = Banner()
        self.said.say_nothing()
        self.calendar.written.connect(lambda words: self.said.say(words, tone=Tone.GOOD))
        self.calendar.failed.connect(self.said.say_error)
        self.more = QuietButton("")
        self.more.clicked.connect(self._show_all_due)
        due = Card(self.tr("Wiedervorlage"), self.calendar_button)
        due.add(self.said, self.calendar, self.follow_ups)
        due.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        waiting = Card(self.tr("Zu erledigen")).add(self.todos)
        news = Card(self.tr("Gut zu wissen")).add(self.notices)
        left = column(self._form_room, self._visits_card, gap=spacing.L)
        left.addWidget(due, 1)
        right = column(waiting, gap=spacing.L)
        right.addWidget(news, 1)
        page = QWidget()
        edge = spacing.XXL
        page.setLayout(column(TwoColumns(left, right, (8, 5)), margins=(edge, 22, edge, 22)))
        return scrolling(page)

    # -- header ----------------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Heute")

    def subtitle(self) -> str:
        return long_day(self._today.day)

    def pills(self) -> Sequence[StatePill | QWidget]:
        since = ready_since(self._place)
        if since is None:
            return ()
        words = self.tr("✓ Bereit für unterwegs · Stand {0}").format(clock_time(since))
        return (StatePill(words, Tone.GOOD),)

    def primary(self) -> Action | None:
        if self._form is not None:
            return None
        if not self._today.has_companies:
            return Action(self.tr("Unternehmen anlegen"), self._create_company)
        visit = self._next_visit()
        if visit is None:
            return Action(self.tr("Neuer Termin"), self.ask_for_visit)
        words = (
            self.tr("Gespräch beginnen")
            if visit.state == "planned"
            else self.tr("Gespräch fortsetzen")
        )
        return Action(words, lambda: self._interview(visit))

    def secondary(self) -> Sequence[Action]:
        if self._form is None and self._next_visit() is not None:
            return (Action(self.tr("Neuer Termin"), self.ask_for_visit),)
        return ()

    def _next_visit(self) -> TodayVisit | None:
        """The one left unfinished, else the first of the day still to come."""
        order = {"running": 0, "interrupted": 1, "planned": 2}
        waiting = [visit for visit in self._today.visits if visit.state in order]
        return min(waiting, key=lambda visit: order[visit.state]) if waiting else None

    # -- content ---------------------------------------------------------------------------

    def refresh(self) -> None:
        today = self._today = show_today(self._place)
        self._pages.setCurrentIndex(0 if today.has_companies else 1)
        self.visits.show_rows(self._visit_rows(today))
        self._show_due(MOST_DUE)
        self.todos.show_rows(
            [todo_row(item, self._open_todo) for item in today.todos]
            or [SoftText(self.tr("Nichts ist liegen geblieben."))]
        )
        clear(self.notices)
        for notice in today.notices:
            self.notices.addWidget(NoticeLine(notice))
        if not today.notices:
            self.notices.addWidget(SoftText(self.tr("Keine Neuigkeiten zu den Angeboten.")))
        if self._ask_for_visit:
            self._ask_for_visit = False
            self.ask_for_visit()

    def _show_due(self, most: int) -> None:
        """The longest overdue first; the rest behind one button, so that the day stays calm."""
        due = self._today.follow_ups
        shown = due if len(due) <= most + 1 else due[:most]
        words = self.tr("In den nächsten zwei Wochen ist keine Maßnahme und kein Gespräch fällig.")
        self.follow_ups.show_rows(
            [due_row(item, self._open_due) for item in shown] or [SoftText(words)]
        )
        hidden = len(due) - len(shown)
        self.more.setText(self.tr("{0} weitere zeigen").format(hidden))
        self.more.setVisible(hidden > 0)

    def _show_all_due(self) -> None:
        self._show_due(len(self._today.follow_ups))
        self.follow_ups.rows[MOST_DUE].setFocus()

    def _visit_rows(self, today: Today) -> list[QWidget]:
        visits = [*today.visits, *today.coming]
        rows: list[QWidget] = [
            visit_row(visit, self._open_visit, is_today=visit in today.visits) for visit in visits
        ]
        if not today.visits:
            rows.insert(0, SoftText(self.tr("Heute ist kein Termin eingetragen.")))
        return rows

    # -- going on --------------------------------------------------------------------------

    def ask_for_visit(self) -> None:
        """Show the form for a new visit above the day."""
        companies = [(r.company_id, r.name) for r in list_companies(self._place)]
        if not companies:
            self._create_company()
            return
        self._close_form()
        self._form = VisitForm(self._place, companies)
        self._form.cancelled.connect(self._on_cancelled)
        self._form.planned.connect(self._on_planned)
        self._form_room.addWidget(self._form)
        self._form.form.focus_first()
        self.header_changed.emit()

    def _close_form(self) -> None:
        clear(self._form_room)
        self._form = None

    def _on_cancelled(self) -> None:
        self._close_form()
        self.header_changed.emit()

    def _on_planned(self, company_id: object, visit_id: object) -> None:
        self._close_form()
        self.committed.emit()
        self._open_company(company_id, visit_id)

    def leave(self) -> bool:
        self._close_form()
        return True

    def _create_company(self) -> None:
        self.go(Destination(Where.COMPANIES, create=True))

    def _open_company(self, company_id: object, visit_id: object = None) -> None:
        self.go(Destination(Where.COMPANY, company_id=company_id, visit_id=visit_id))  # type: ignore[arg-type]

    def _open_due(self, item: Due) -> None:
        """Straight to the follow-up of that case, or to its referrals."""
        focus = "referrals" if item.kind == "referral" else "follow-up"
        self._open_follow_up(item.company_id, item.case_id, focus)

    def _open_follow_up(
        self, company_id: uuid.UUID, case_id: uuid.UUID | None, focus: str = "follow-up"
    ) -> None:
        if case_id is None:
            self._open_company(company_id)
            return
        self.go(Destination(Where.ADVICE, company_id=company_id, case_id=case_id, focus=focus))

    def _open_visit(self, visit: TodayVisit) -> None:
        self._open_company(visit.company_id, visit.visit_id)

    def _interview(self, visit: TodayVisit) -> None:
        begin_visit(self._place, visit.visit_id)
        self.committed.emit()
        self.go(Destination(Where.INTERVIEW, company_id=visit.company_id, visit_id=visit.visit_id))

    def _open_todo(self, todo: Todo) -> None:
        if todo.kind == "conflicts":
            self.go(Destination(Where.CONFLICTS))
        elif todo.kind == "mails":
            self.go(Destination(Where.SYNCHRONISE, focus="mails"))
        elif todo.company_id is not None and todo.kind == "talks":
            self._open_follow_up(todo.company_id, todo.case_id)
        elif todo.company_id is not None:
            self._open_company(todo.company_id)
        else:
            self.go(Destination(Where.COMPANIES))
