"""Unternehmen: search, open, create; and how many there were, for the funder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.companies.indicators_page import IndicatorsPage
from desktop_advisor.ui.companies.list_view import CompanyList
from desktop_advisor.ui.companies.new_company import NewCompany
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.duplicates.hint import DuplicatesHint
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Card, EmptyState, SearchField, column, scrolling
from desktop_advisor.usecases.companies import CompanyRow, list_companies
from desktop_advisor.usecases.workplace import Workplace


class CompaniesScreen(Screen):
    """List, form for a new company and indicators, one at a time."""

    RAIL: ClassVar[Where] = Where.COMPANIES

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place = place
        self._count = 0
        self.search = SearchField(self.tr("Name oder Ort suchen"))
        self.list = CompanyList()
        self.duplicates = DuplicatesHint(place)
        self.form = NewCompany(place)
        self.indicators = IndicatorsPage(place)
        self._nothing = EmptyState("", icon_name="search")
        self._nobody = EmptyState(
            self.tr("Noch ist keine Firmenakte auf diesem Gerät."), icon_name="company"
        )
        self._results = QStackedWidget()
        for page in (self.list, self._nothing, self._nobody):
            self._results.addWidget(page)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list_page())
        self._pages.addWidget(scrolling(self.form))
        self._pages.addWidget(self.indicators)
        self.setLayout(column(self._pages))
        self._connect()
        if destination.create:
            self._pages.setCurrentIndex(1)

    def _list_page(self) -> QWidget:
        page = QWidget()
        card = Card(fill=True)
        card.set_margins(spacing.XS)
        card.body.addWidget(self._results)
        edge = spacing.XXL
        above = (self.search, self.duplicates)
        body = column(*above, gap=spacing.L, margins=(edge, 22, edge, 22))
        body.addWidget(card, 1)
        page.setLayout(body)
        return page

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self._fill())
        self.search.left_down.connect(self.list.enter_from_search)
        self.list.opened.connect(self._open)
        self.duplicates.wanted.connect(lambda: self.go(Destination(Where.DUPLICATES)))
        self.form.created.connect(self._created)
        self.form.known.connect(self._created)
        self.form.cancelled.connect(self._close_form)

    @property
    def is_creating(self) -> bool:
        """Whether the form for a new company is open."""
        return self._pages.currentIndex() == 1

    @property
    def is_counting(self) -> bool:
        """Whether the indicators for the funder are open."""
        return self._pages.currentIndex() == 2

    # -- header ----------------------------------------------------------------------------

    def title(self) -> str:
        if self.is_counting:
            return self.tr("Kennzahlen für die Förderstelle")
        return self.tr("Neues Unternehmen") if self.is_creating else self.tr("Unternehmen")

    def subtitle(self) -> str:
        if self.is_creating or self.is_counting:
            return ""
        return counted(self._count, self.tr("Firmenakte"), self.tr("Firmenakten"))

    def primary(self) -> Action | None:
        if self.is_creating:
            return Action(self.tr("Firmenakte anlegen"), self.form.save)
        if self.is_counting:
            return None
        return Action(self.tr("Neues Unternehmen"), self.ask_for_company, icon="plus")

    def secondary(self) -> Sequence[Action]:
        if self.is_creating:
            return (Action(self.tr("Abbrechen"), self._close_form),)
        if self.is_counting:
            return (Action(self.tr("Zur Liste"), self._close_form),)
        words = self.tr("Ohne Namen: Unternehmen, Stunden, Themen, Verweise eines Zeitraums")
        check = self.tr("Ist ein PDF, das Sie bekommen haben, unverändert?")
        return (
            Action(self.tr("PDF prüfen"), self.check_pdf, tip=check),
            Action(self.tr("Kennzahlen für die Förderstelle"), self.show_indicators, tip=words),
        )

    def search_field(self) -> QLineEdit | None:
        return None if self.is_creating or self.is_counting else self.search

    def check_pdf(self) -> None:
        """Check a file that belongs to none of the cases here, or to any."""
        self.go(Destination(Where.CHECK))

    # -- content ---------------------------------------------------------------------------

    def refresh(self) -> None:
        self._fill()
        self.duplicates.refresh()
        if self.is_creating:
            self.form.start()
        elif self.is_counting:
            self.indicators.refresh()

    def _fill(self) -> None:
        wanted = self.search.text().strip()
        rows = list_companies(self._place, wanted)
        self.list.companies.show(rows)
        if not wanted:
            self._count = len(rows)
        self._nothing.sentence.setText(
            self.tr("Kein Unternehmen mit „{0}“ im Namen oder Ort.").format(wanted)
        )
        page = self.list if rows else self._nothing if wanted else self._nobody
        self._results.setCurrentWidget(page)
        self.header_changed.emit()

    def ask_for_company(self) -> None:
        """Show the form for a new company."""
        self._pages.setCurrentIndex(1)
        self.form.start(self.search.text().strip())
        self.header_changed.emit()

    def show_indicators(self) -> None:
        """Show what the funder is told."""
        self._pages.setCurrentWidget(self.indicators)
        self.indicators.refresh()
        self.header_changed.emit()

    def leave(self) -> bool:
        self._pages.setCurrentIndex(0)
        return True

    def _close_form(self) -> None:
        self.form.forget()
        self._pages.setCurrentIndex(0)
        self.search.setFocus()
        self.header_changed.emit()

    def _created(self, company_id: object) -> None:
        self.committed.emit()
        self._pages.setCurrentIndex(0)
        self.go(Destination(Where.COMPANY, company_id=company_id))  # type: ignore[arg-type]

    def _open(self, company: CompanyRow) -> None:
        self.go(Destination(Where.COMPANY, company_id=company.company_id))
