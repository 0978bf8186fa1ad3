"""Firmenakte: what is next stands at the top, everything else below it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.ui.company_file.company_data import CompanyData
from desktop_advisor.ui.company_file.contacts import Contacts
from desktop_advisor.ui.company_file.council_line import CouncilLine
from desktop_advisor.ui.company_file.facts_cards import FactsCards
from desktop_advisor.ui.company_file.next_step import Step, Way, way_of
from desktop_advisor.ui.company_file.notes import Notes
from desktop_advisor.ui.company_file.outcomes import Measures, Reports
from desktop_advisor.ui.company_file.questionnaire_line import QuestionnaireLine
from desktop_advisor.ui.company_file.steps_bar import StepsBar
from desktop_advisor.ui.company_file.visits import Visits
from desktop_advisor.ui.conflicts.line import ProvisionalLine
from desktop_advisor.ui.destinations import PACKAGE, Destination, Where
from desktop_advisor.ui.duplicates.joined_files import JoinedFiles, LeadingLine
from desktop_advisor.ui.follow_up.talks import Talks
from desktop_advisor.ui.screen import Action, Screen, StatePill
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Card, SaveState, TwoColumns, column, scrolling
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.company_file import CompanyFile, show_company_file
from desktop_advisor.usecases.visits import begin_visit
from desktop_advisor.usecases.workplace import Workplace


class CompanyFileScreen(Screen):
    """One company; the destination names it, and maybe the visit to open."""

    RAIL: ClassVar[Where] = Where.COMPANIES

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        if destination.company_id is None:
            raise ValueError("a company file needs a company")
        self._place = place
        self._destination = destination
        self._company_id: uuid.UUID = destination.company_id
        self._file: CompanyFile = show_company_file(place, self._company_id)
        self._way: Way = way_of(self._file)
        self.save_state = SaveState()
        self.steps, self.questionnaire = StepsBar(), QuestionnaireLine(place)
        self.data, self.contacts = CompanyData(place), Contacts(place)
        self.visits, self.notes = Visits(place), Notes(place)
        self.facts = FactsCards(place)
        self.council = CouncilLine()
        self.measures, self.reports = Measures(), Reports()
        self.talks = Talks(place)
        self.leading, self.joined = LeadingLine(place), JoinedFiles(place)
        self.provisional = ProvisionalLine(place)
        self.setLayout(column(self._page()))
        self._connect()
        self._is_first_look = True

    def _page(self) -> QWidget:
        steps = Card(fill=True).add(self.steps, self.questionnaire, self.council)
        steps.set_margins(spacing.M)
        left = column(self.visits, self.joined, self.notes, gap=spacing.L)
        left.addWidget(self.facts)
        left.addStretch(1)
        right = column(
            self.measures, self.talks, self.reports, self.contacts, self.data, gap=spacing.L
        )
        right.addStretch(1)
        both = TwoColumns(left, right)
        page = QWidget()
        edge = spacing.XXL
        page.setLayout(
            column(
                *(self.leading, self.provisional, steps, both),
                gap=spacing.L,
                margins=(edge, 22, edge, 22),
            )
        )
        self._area = scrolling(page)
        return self._area

    def _connect(self) -> None:
        self.steps.chosen.connect(self._go_to_step)
        self.questionnaire.changed.connect(self._saved)
        self.questionnaire.asking.connect(self.header_changed)
        self.data.typing.connect(self.save_state.saving)
        self.facts.typing.connect(self.save_state.saving)
        self.facts.changed.connect(self._saved)
        self.data.saved.connect(self._saved)
        self.data.failed.connect(self.save_state.failed)
        self.contacts.changed.connect(self._saved)
        self.notes.changed.connect(self._saved)
        self.visits.changed.connect(self._saved)
        self.visits.asking.connect(self.header_changed)
        self.measures.opened.connect(lambda: self._go_to_step(Step.ADVICE))
        self.talks.changed.connect(self._saved)
        self.leading.wanted.connect(self._open_other)
        self.provisional.wanted.connect(
            lambda company: self.go(Destination(Where.CONFLICTS, company_id=company))
        )
        self.joined.opened.connect(self._open_other)
        self.joined.changed.connect(self._saved)
        self.reports.opened.connect(lambda: self._go_to_step(Step.REPORT))

    # -- header ----------------------------------------------------------------------------

    def title(self) -> str:
        return self._file.name or self.tr("Unternehmen ohne Namen")

    def subtitle(self) -> str:
        size = self._file.size_class
        known = "" if size is SizeClass.UNDETERMINED else str(size)
        return joined(self._file.draft.town or self._file.county, known)

    def pills(self) -> Sequence[StatePill | QWidget]:
        return (self.save_state,)

    def primary(self) -> Action | None:
        if self.visits.form is not None or self.questionnaire.sheet is not None:
            return None
        step, visit = self._way.next, self._way.visit
        if step is None or step is Step.VISIT:
            return Action(self.tr("Termin anlegen"), self.visits.ask_for_visit)
        begun = visit is not None and (visit.state != "planned" or self._way.has_answers)
        talk = self.tr("Gespräch fortsetzen") if begun else self.tr("Gespräch beginnen")
        words = {
            Step.INTERVIEW: talk,
            Step.RESULTS: self.tr("Zur Auswertung"),
            Step.ADVICE: self.tr("Zu den Empfehlungen"),
            Step.REPORT: self.tr("Zum Bericht"),
        }
        return Action(words[step] + " ›", lambda: self._go_to_step(step))

    def secondary(self) -> Sequence[Action]:
        where = Destination(
            Where.CALCULATORS, company_id=self._company_id, case_id=self._file.case_id
        )
        package = Destination(Where.SYNCHRONISE, company_id=self._company_id, focus=PACKAGE)
        tip = self.tr("Die ganze Akte verschlüsselt an ein anderes Gerät geben, ohne Server")
        return (
            Action(self.tr("Übergeben …"), lambda: self.go(package), tip=tip),
            Action(self.tr("Förderung rechnen"), lambda: self.go(where)),
        )

    # -- content ---------------------------------------------------------------------------

    def refresh(self) -> None:
        self._read()
        self.visits.show_file(self._file, self._wanted_visit())
        if self._is_first_look and self._destination.create:
            self.visits.ask_for_visit()
        if self._is_first_look and self._destination.focus:
            QTimer.singleShot(0, self, self._look_at_note)
        self._is_first_look = False

    def _look_at_note(self) -> None:
        """Bring the note in sight that a search has led to, once everything has its place."""
        made = self.notes.row_of(uuid.UUID(self._destination.focus))
        if made is not None:
            self._area.ensureWidgetVisible(made, 0, spacing.XXL)

    def _open_other(self, company_id: uuid.UUID, visit_id: uuid.UUID | None = None) -> None:
        self.go(Destination(Where.COMPANY, company_id=company_id, visit_id=visit_id))

    def _wanted_visit(self) -> uuid.UUID | None:
        return self._destination.visit_id if self._is_first_look else None

    def _read(self) -> None:
        file = self._file = show_company_file(self._place, self._company_id)
        self._way = way_of(file)
        self.steps.show_way(self._way, len(file.measures), len(file.reports))
        self.questionnaire.show_file(file)
        self.council.show_file(file)
        self.leading.show_file(self._company_id)
        self.provisional.show_file(self._company_id)
        self.joined.show_file(self._company_id)
        self.data.show_file(file)
        self.facts.show_file(file)
        self.contacts.show_file(file)
        self.notes.show_case(file.case_id)
        self.measures.show_file(file)
        self.reports.show_file(file)
        has_results = bool(self._way.has_answers or file.measures or file.reports)
        if self.talks.form is None:  # else it would take away what is being typed there
            self.talks.show_case(file.case_id)
        self.measures.setVisible(has_results)
        self.talks.setVisible(has_results)
        self.reports.setVisible(has_results)
        self.header_changed.emit()

    def _saved(self) -> None:
        known = len(self._file.visits)
        self._read()
        if len(self._file.visits) == known:
            self.visits.refresh_panel(self._file)
        else:
            self.visits.show_file(self._file)
        self.save_state.saved(self._place.clock())
        self.committed.emit()

    def settle(self) -> bool:
        self.notes.edit.settle()
        is_kept = self.facts.settle()
        is_kept = self.talks.may_go() and is_kept
        return self.data.flush() and is_kept and not self.notes.edit.is_pending()

    def leave(self) -> bool:
        self.notes.flush()
        is_kept = self.facts.settle()
        is_kept = self.talks.may_go() and is_kept
        return self.data.flush() and is_kept

    def _go_to_step(self, step: Step) -> None:
        visit = self._way.visit
        if step is Step.VISIT:
            self.visits.ask_for_visit()
            return
        if step is Step.INTERVIEW:
            if visit is None:
                return
            if visit.state in {"planned", "interrupted"}:
                begin_visit(self._place, visit.visit_id)
                self.committed.emit()
        where = {
            Step.INTERVIEW: Where.INTERVIEW,
            Step.RESULTS: Where.RESULTS,
            Step.ADVICE: Where.ADVICE,
            Step.REPORT: Where.REPORT,
        }[step]
        self.go(
            Destination(
                where,
                company_id=self._company_id,
                case_id=self._file.case_id,
                visit_id=visit.visit_id if visit else None,
            )
        )
