"""Beschäftigung: the jobs of three persons or more, with the way into the table where none is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.assessment.job_profiles import JobFigures
from desktop_advisor.domain.german import counted
from desktop_advisor.report.wording import PERSPECTIVES
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.results.jobs.cards import AgeCard, NeedsCard, TotalsCard
from desktop_advisor.ui.results.jobs.job_card import JobCard
from desktop_advisor.ui.results.jobs.paths_line import PathsLine
from desktop_advisor.ui.results.overview import TwoColumns
from desktop_advisor.ui.results.section import Section
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import XXL, L
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    EmptyState,
    HairLine,
    LoadingState,
    SmallText,
    SoftText,
    clear,
    column,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.calculating import Calculator
from desktop_advisor.usecases.job_profiles import JobsView, show_jobs
from desktop_advisor.usecases.results import Results

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


AT_ONCE = 6
"""Jobs drawn in one go: more than fill a window, few enough to be there at once."""


class JobsSection(Section):
    """Ages, competences and demand per job.

    Attributes:
        view: None until the table is read.
        cards: one per shown job, in the order of the table.
        empty: the way into the table, None while there are rows. paths: the page for employees.
    """

    def __init__(self, place: Workplace, results: Results) -> None:
        super().__init__(place, results)
        self.view: JobsView | None = None
        self.cards: list[JobCard] = []
        self.empty: EmptyState | None = None
        self.paths: PathsLine | None = None
        self._waiting: list[JobFigures] = []
        self._cards: QVBoxLayout = column()
        self._banner = Banner()
        self._banner.say_nothing()
        self._room = column(LoadingState(self.tr("Die Tätigkeiten werden gelesen.")), gap=0)
        whole = column(self._banner, gap=0)
        whole.addLayout(self._room, 1)
        self.setLayout(whole)
        self._load()

    def show_view(self, view: JobsView) -> None:
        """Show these jobs instead of what was there."""
        self.view = view
        self._waiting = []
        clear(self._room)
        self.paths = PathsLine(self.place, self.results.case_id)
        self.paths.written.connect(self._on_written)
        self.paths.failed.connect(self._banner.say_error)
        page = self._page(view) if view.state == "shown" else self._bare(view)
        self._room.addWidget(page, 1)

    def _load(self) -> None:
        place, case_id = self.place, self.results.case_id

        def work(_control: Control) -> JobsView:
            return show_jobs(place, case_id)

        run_task(self, work, on_done=self.show_view, on_failed=self._banner.say_error)

    # -- within ------------------------------------------------------------------------------

    def _page(self, view: JobsView) -> QWidget:
        summary = view.summary
        left, right = QWidget(), QWidget()
        cards = (
            TotalsCard(summary.totals),
            AgeCard(summary.totals),
            NeedsCard(summary.competences),
        )
        left.setLayout(column(*cards, spacer(), gap=L))
        self._cards = column(gap=L)
        self.cards, self._waiting = [], list(summary.jobs)
        self._add_cards()
        parts = column(self._cards, spacer())
        right.setLayout(parts)
        top, page = QWidget(), QWidget()
        top.setLayout(column(self._about(view), margins=(XXL, XXL - 2, XXL, 0)))
        whole = column(top, gap=0)
        whole.addWidget(TwoColumns(left, right), 1)
        page.setLayout(whole)
        return scrolling(page)

    def _add_cards(self) -> None:
        """The next few jobs; the others follow when the window has painted these."""
        for job in self._waiting[:AT_ONCE]:
            card = JobCard(job)
            card.funding_wanted.connect(self._to_calculators)
            self.cards.append(card)
            self._cards.addWidget(card)
        del self._waiting[:AT_ONCE]
        if self._waiting:
            QTimer.singleShot(0, self, self._add_waiting)

    def _add_waiting(self) -> None:
        if self._waiting:  # another view may have been shown since
            self._add_cards()

    def _about(self, view: JobsView) -> Card:
        """Whose rows these are, which are not shown, and the page for employees."""
        words = [self._source(view)]
        if view.summary.few:
            why = self.tr("mit weniger als drei Personen")
            words.append(self._masked(view.summary.few, why))
        if view.summary.unknown:
            why = self.tr("ohne Angabe der Personenzahl")
            words.append(self._masked(view.summary.unknown, why))
        card = Card()
        card.add(*(SoftText(sentence) for sentence in words))
        card.add(SmallText(self.tr("Eine Zahl zeigt ihren Rechenweg.")), HairLine(), self.paths)
        return card

    def _bare(self, view: JobsView) -> QWidget:
        """The way into the table, and below it the page that needs none."""
        card = Card()
        card.add(self.paths)
        page = QWidget()
        inside = column(gap=L, margins=(XXL, L, XXL, XXL))
        inside.addWidget(self._empty(view), 1)
        inside.addWidget(card)
        page.setLayout(inside)
        return scrolling(page)

    def _on_written(self, target: Path) -> None:
        self._banner.say(
            self.tr("Die Seite liegt in {0}.").format(str(target)),
            safe=self.tr("Sie nennt Tätigkeiten und Lernbedarf, keine Zahlen des Betriebs."),
            tone=Tone.GOOD,
        )

    def _source(self, view: JobsView) -> str:
        return self.tr("Angaben aus der Tabelle der Tätigkeiten, {0}.").format(
            PERSPECTIVES[view.told_by]
        )

    def _masked(self, count: int, why: str) -> str:
        jobs = counted(count, self.tr("Tätigkeit"), self.tr("Tätigkeiten"))
        return self.tr("{0} {1}: Angaben nicht gezeigt.").format(jobs, why)

    def _empty(self, view: JobsView) -> EmptyState:
        if view.state == "no_table":
            sentence = self.tr(
                "Dieser Fragebogen fragt nicht nach Tätigkeiten. Der Vollcheck hat dafür eine "
                "Tabelle; in der Firmenakte lässt sich der Fragebogen wechseln, Antworten auf "
                "gleiche Fragen gehen mit."
            )
            self.empty = EmptyState(
                sentence, self.tr("Zur Firmenakte"), self._to_company, icon_name="person"
            )
        elif view.state == "parked":
            sentence = self.tr(
                "Das Handlungsfeld mit den Tätigkeiten ist zurückgestellt und wird nicht "
                "betrachtet. Im Gespräch lässt es sich wieder aufnehmen."
            )
            self.empty = self._to_the_talk(view, sentence, self.tr("Zum Gespräch"))
        else:
            sentence = self.tr(
                "Noch ist keine Tätigkeit eingetragen. Eine Zeile je Tätigkeit genügt, ohne Namen "
                "von Personen; eine Personalliste lässt sich einfügen."
            )
            self.empty = self._to_the_talk(view, sentence, self.tr("Tätigkeiten eintragen"))
        return self.empty

    def _to_the_talk(self, view: JobsView, sentence: str, action: str) -> EmptyState:
        if view.visit_id is None:
            words = self.tr("Zur Firmenakte")
            return EmptyState(sentence, words, self._to_company, icon_name="person")
        return EmptyState(sentence, action, self._to_table, icon_name="person")

    def _to_company(self) -> None:
        self.navigate.emit(Destination(Where.COMPANY, company_id=self.results.company_id))

    def _to_calculators(self) -> None:
        self.navigate.emit(
            Destination(
                Where.CALCULATORS,
                company_id=self.results.company_id,
                case_id=self.results.case_id,
                focus=Calculator.SECTION_82,
            )
        )

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
