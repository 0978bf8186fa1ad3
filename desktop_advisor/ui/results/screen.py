"""Auswertung: one tab per question one may have about the result, the overview first."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.results.section import TABS, Section
from desktop_advisor.ui.screen import Action, Screen, StatePill
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import XXL, M
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    EmptyState,
    LoadingState,
    Option,
    Segmented,
    column,
    row,
    spacer,
)
from desktop_advisor.usecases.results import Results, show_results

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

OVERVIEW, PRIORITIES, VIEWS = TABS[0].key, "priorities", "views"


class ResultsScreen(Screen):
    """The result of one case as it stands now.

    Attributes:
        results: None until they are computed.
        section: the open tab, None until then and while nothing is answered.
    """

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        if destination.case_id is None:
            raise ValueError(destination)
        self._place = place
        self._case_id: uuid.UUID = destination.case_id
        keys = [tab.key for tab in TABS]
        self._open = destination.focus if destination.focus in keys else OVERVIEW
        self.results: Results | None = None
        self._is_outdated = False
        self.section: Section | None = None
        self._banner = Banner()
        self._banner.say_nothing()
        self.tabs = Segmented(self.tr("Auswertung"), self._options(), self._open)
        self.tabs.chosen.connect(self.open_tab)
        self._bar = QWidget()
        self._bar.setLayout(row(self.tabs, spacer(), margins=(XXL, M, XXL, 0)))
        self._bar.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(LoadingState(self.tr("Die Auswertung wird berechnet.")))
        whole = column(self._banner, self._bar, gap=0)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)

    def title(self) -> str:
        return self.results.company_name if self.results else ""

    def subtitle(self) -> str:
        words = self.tr("Auswertung")
        if self.results is None:
            return words
        words += f" · {self.results.form_title}"
        moment = self.results.started_at
        if moment is not None:
            words += self.tr(" vom {0}").format(short_date(moment.astimezone(BERLIN).date()))
        return words

    def pills(self) -> Sequence[StatePill | QWidget]:
        return (StatePill(self.tr("✓ gespeichert"), Tone.GOOD),) if self._is_answered() else ()

    def primary(self) -> Action | None:
        if not self._is_answered():
            return None
        return Action(self.tr("Empfehlungen ›"), self._to_advice)

    def secondary(self) -> Sequence[Action]:
        if not self._is_answered() or self._open == PRIORITIES:
            return ()
        return (Action(self.tr("Soll einstellen"), lambda: self.open_tab(PRIORITIES)),)

    def refresh(self) -> None:
        place, case_id = self._place, self._case_id

        def work(_control: Control) -> Results:
            return show_results(place, case_id)

        run_task(self, work, on_done=self.show_results, on_failed=self._banner.say_error)

    def show_results(self, results: Results) -> None:
        """Show these results instead of what was there."""
        self.results, self._is_outdated = results, False
        if results.form.notice:
            self._banner.say(results.form.notice, tone=Tone.ATTENTION)
        self._bar.setVisible(self._is_answered() and len(TABS) > 1)
        if results.withheld and not self._is_answered():
            self._show_tab(VIEWS)
        elif self._is_answered():
            self.open_tab(self._open)
        else:
            self.section = None
            self._show(self._empty())
        self.header_changed.emit()

    def open_tab(self, key: str) -> None:
        """Show a tab; it is made anew each time, so that it never shows what was."""
        is_another, self._open = key != self._open, key
        self.tabs.set_value(key)
        if self._is_outdated and is_another:
            self.refresh()
            return
        if self._is_answered():
            self._show_tab(key)

    # -- within ------------------------------------------------------------------------------

    def _show_tab(self, key: str) -> None:
        if self.results is None:
            return
        tab = next(tab for tab in TABS if tab.key == key)
        section = tab.make(self._place, self.results)
        section.navigate.connect(self.go)
        section.committed.connect(self._note_change)
        section.outdated.connect(self.refresh)
        self.section = section
        self._show(section)
        self.header_changed.emit()

    def _note_change(self) -> None:
        """The open tab shows its own change; the others are read anew when they are opened."""
        self._is_outdated = True
        self.committed.emit()

    def _options(self) -> list[Option]:
        words = {
            "overview": self.tr("Überblick"),
            "priorities": self.tr("Prioritäten"),
            "products": self.tr("Produkte"),
            "jobs": self.tr("Beschäftigung"),
            "views": self.tr("Sichtweisen"),
            "comparison": self.tr("Vergleich"),
        }
        return [Option(tab.key, words[tab.key]) for tab in TABS]

    def _show(self, page: QWidget) -> None:
        old = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def _is_answered(self) -> bool:
        return self.results is not None and bool(self.results.perspectives)

    def _to_advice(self) -> None:
        company_id = self.results.company_id if self.results else None
        self.go(Destination(Where.ADVICE, company_id=company_id, case_id=self._case_id))

    def _empty(self) -> QWidget:
        return EmptyState(
            self.tr(
                "Noch ist nichts beantwortet. Beginnen Sie das Gespräch, dann entsteht hier "
                "das Ergebnis Antwort für Antwort."
            ),
            self.tr("Zurück"),
            self.back.emit,
            icon_name="chart",
        )
