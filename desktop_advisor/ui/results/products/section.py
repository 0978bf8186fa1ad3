"""Produkte: the exposure of the product table, with the way into it where it is empty."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_advisor.assessment.exposure import Exposure
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.report.wording import PERSPECTIVES
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.results.overview import TwoColumns
from desktop_advisor.ui.results.products.cards import (
    EndingsCard,
    FiguresCard,
    ProductsCard,
    StackCard,
)
from desktop_advisor.ui.results.products.scenario_card import ScenarioCard
from desktop_advisor.ui.results.section import Section
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import L
from desktop_advisor.ui.widgets import (
    Banner,
    EmptyState,
    LoadingState,
    SmallText,
    clear,
    column,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.exposure import ExposureView, set_scenario, show_exposure
from desktop_advisor.usecases.results import Results

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class ProductsSection(Section):
    """Exposure, ends and scenarios.

    Attributes:
        view: None until the table is read.
        scenarios: year → its card, empty until then and where there is no table.
    """

    def __init__(self, place: Workplace, results: Results) -> None:
        super().__init__(place, results)
        self.view: ExposureView | None = None
        self.scenarios: dict[int, ScenarioCard] = {}
        self.empty: EmptyState | None = None
        self.figures: FiguresCard | None = None
        self._banner = Banner()
        self._banner.say_nothing()
        self._room = column(LoadingState(self.tr("Die Produkte werden gelesen.")), gap=0)
        whole = column(self._banner, gap=0)
        whole.addLayout(self._room, 1)
        self.setLayout(whole)
        self._load()

    def show_view(self, view: ExposureView) -> None:
        """Show these products instead of what was there."""
        self.view = view
        clear(self._room)
        page = self._empty(view) if view.exposure is None else self._page(view, view.exposure)
        self._room.addWidget(page, 1)

    def _load(self) -> None:
        place, case_id = self.place, self.results.case_id

        def work(_control: Control) -> ExposureView:
            return show_exposure(place, case_id)

        run_task(self, work, on_done=self.show_view, on_failed=self._banner.say_error)

    # -- within ------------------------------------------------------------------------------

    def _page(self, view: ExposureView, exposure: Exposure) -> QWidget:
        self.figures = FiguresCard(exposure)
        self.scenarios = {s.year: ScenarioCard(s, exposure) for s in view.scenarios}
        for year, card in self.scenarios.items():
            card.given.connect(partial(self._keep, year))
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.figures, *self.scenarios.values(), spacer(), gap=L))
        told = self.tr(
            "Angaben aus der Tabelle der Produktgruppen, {0}. Eine Zahl zeigt ihren Rechenweg."
        )
        parts = column(
            StackCard(exposure),
            EndingsCard(view, exposure),
            ProductsCard(exposure),
            SmallText(told.format(PERSPECTIVES[view.told_by])),
            gap=L,
        )
        parts.addStretch(1)
        right.setLayout(parts)
        return scrolling(TwoColumns(left, right))

    def _keep(self, year: int, remaining: object, note: str) -> None:
        """The share of a year, for this case; None: the bundled one."""
        view = self.view
        if view is None or not (remaining is None or isinstance(remaining, Decimal)):
            return
        try:
            set_scenario(self.place, self.results.case_id, year, remaining, note)
        except KnownError as error:
            self._banner.say_error(error)
            return
        old = next(s for s in view.scenarios if s.year == year)
        share = old.assumption.usual.remaining if remaining is None else remaining
        new = replace(old, remaining=share, is_own=remaining is not None, note=note)
        self.view = replace(
            view, scenarios=tuple(new if s.year == year else s for s in view.scenarios)
        )
        self.scenarios[year].show_scenario(new)
        self.committed.emit()

    def _empty(self, view: ExposureView) -> EmptyState:
        if view.state == "no_table":
            sentence = self.tr(
                "Dieser Fragebogen fragt nicht nach Produkten. Kurzcheck und Vollcheck haben dafür "
                "eine Tabelle; in der Firmenakte lässt sich der Fragebogen wechseln."
            )
            words, go = self.tr("Zur Firmenakte"), self._to_company
        elif view.state == "parked":
            sentence = self.tr(
                "Das Handlungsfeld mit den Produkten ist zurückgestellt und wird nicht betrachtet. "
                "Im Gespräch lässt es sich wieder aufnehmen."
            )
            words, go = self.tr("Zum Gespräch"), self._to_table
        else:
            sentence = self.tr(
                "Noch keine Produktliste. Eine Zeile je Produktgruppe genügt; eine Liste aus Excel "
                "lässt sich einfügen."
            )
            words, go = self.tr("Produkte eintragen"), self._to_table
        if view.visit_id is None:
            words, go = self.tr("Zur Firmenakte"), self._to_company
        self.empty = EmptyState(sentence, words, go, icon_name="list")
        return self.empty

    def _to_company(self) -> None:
        self.navigate.emit(Destination(Where.COMPANY, company_id=self.results.company_id))

    def _to_table(self) -> None:
        view = self.view
        if view is not None:
            self.navigate.emit(
                Destination(
                    Where.INTERVIEW,
                    company_id=view.company_id,
                    case_id=self.results.case_id,
                    visit_id=view.visit_id,
                    focus=view.question,
                )
            )
