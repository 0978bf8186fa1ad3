"""Bericht: chapters left, pages in the middle, signatures right; sealed, it is handed over."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.models import Case
from desktop_advisor.ui.conflicts.line import ProvisionalLine
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.reporting.desk import ReportDesk
from desktop_advisor.ui.reporting.editing.draft_editing import DrawnDraft
from desktop_advisor.ui.reporting.editing.edit_mode import EditMode
from desktop_advisor.ui.reporting.hand_over import HandOver
from desktop_advisor.ui.reporting.keys import key_sheet
from desktop_advisor.ui.reporting.latest_work import LatestWork
from desktop_advisor.ui.reporting.opened_report import (
    OpenedReport,
    draft,
    open_newest,
    open_sealed,
    signed_draft,
    slots_with,
)
from desktop_advisor.ui.reporting.pages.paper import Paper, read_paper
from desktop_advisor.ui.reporting.sealing import Sealing
from desktop_advisor.ui.reporting.shelf import Drawn, Shelf
from desktop_advisor.ui.reporting.signing_sheet import SigningSheet
from desktop_advisor.ui.reporting.signing_subject import subject_of
from desktop_advisor.ui.reporting.verify_screen import VerifyPanel
from desktop_advisor.ui.screen import Action, Screen, StatePill
from desktop_advisor.ui.tasks import Control
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XXL, L
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Banner, LoadingState, column
from desktop_advisor.usecases.corrections import give_reason
from desktop_advisor.usecases.pending_signatures import discard_signatures, keep_signatures
from desktop_advisor.usecases.report_language import choose_report_language
from desktop_advisor.usecases.reporting import DrawnSignature

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

PRINT_FROM = 1250
"""Pixels at 100 % from which the header has room for printing; it is also beside the pages."""


class ReportScreen(Screen):
    """The report of one case.

    Attributes:
        opened: what is on the desk, None until it is read.
        signatures: line of the report → signature drawn on it, not sealed yet.
    """

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        if destination.case_id is None:
            raise ValueError(destination)
        self._place = place
        self._case_id: uuid.UUID = destination.case_id
        self.opened: OpenedReport | None = None
        self.signatures: dict[int, DrawnSignature] = {}
        self._signing = 0
        self.trouble = Banner()
        self.trouble.say_nothing()
        self.provisional = ProvisionalLine(place)
        self.provisional.wanted.connect(self._to_conflicts)
        self.trouble.action_pressed.connect(self._discard)
        self.sealing = Sealing(place, self._case_id, self)
        self.confirm = self.sealing.line
        self.desk = ReportDesk()
        self.shelf = Shelf(place, self._case_id, self.desk.preview.work, self)
        self._signed = LatestWork(self)
        self.edit_mode = EditMode(place, self._case_id, self.desk)
        self.hand_over = HandOver(self, place, self._case_id, self.desk, self.shelf)
        self.verify = VerifyPanel(place)
        self.sheet = SigningSheet(place.clock, self)
        self.sheet.hide()
        self._lay_out()
        self._connect()

    # -- what the window shows ---------------------------------------------------------------

    def title(self) -> str:
        return self.opened.model.company.name if self.opened else ""

    def subtitle(self) -> str:
        if self._is_verifying():
            return self.tr("Bericht prüfen")
        if self.opened is None or not self.shelf.is_report:
            return self.shelf.shown.title
        return self.tr("Beratungsbericht · Fassung {0}").format(self.opened.model.version)

    def pills(self) -> Sequence[StatePill | QWidget]:
        if self.opened is None or self._is_verifying() or not self.shelf.is_report:
            return ()
        if self.opened.is_draft:
            return (StatePill(self.tr("vorläufig"), Tone.ATTENTION),)
        if self.opened.is_replaced:
            return (StatePill(self.tr("ersetzt"), Tone.NEUTRAL),)
        return (StatePill(self.tr("final"), Tone.GOOD),)

    def secondary(self) -> Sequence[Action]:
        if self._is_verifying():
            return (Action(self.tr("Zurück zum Bericht"), self.show_report_page),)
        has_room = self.width() >= theme().px(PRINT_FROM) and self.opened is not None
        on_paper = Action(self.tr("Drucken"), self.hand_over.print_shown)
        paper = (on_paper,) if has_room else ()
        if not self.shelf.is_report:
            return paper
        check = Action(self.tr("Prüfen"), self.check)
        if self.opened is None or self.opened.is_draft:
            edit = Action(self.tr("Bearbeiten"), self.edit, icon="pen")
            ways = () if self.opened is None or self.edit_mode.is_active else (edit,)
            return (*ways, check, *paper)
        return (Action(self.tr("Wiedervorlage planen"), self.plan_follow_up), check, *paper)

    def primary(self) -> Action | None:
        if self.opened is None or self._is_verifying():
            return None
        if not self.shelf.is_report or not self.opened.is_draft:
            return Action(self.tr("Kopie speichern"), self.hand_over.save_copy)
        is_signed = bool(self.signatures)
        tip = "" if is_signed else self.tr("Erst muss jemand unterschreiben.")
        enabled = is_signed and not self.sealing.is_busy
        return Action(self.tr("Siegeln …"), self.ask_seal, enabled=enabled, tip=tip)

    def search_field(self) -> QLineEdit | None:
        """Ctrl+F: the search in the pages."""
        if self.opened is None or self._is_verifying():
            return None
        return self.desk.preview.open_search()

    def keys(self) -> Sequence[tuple[str, str]]:
        return key_sheet()

    def refresh(self) -> None:
        if self.opened is None:
            self._open(lambda: open_newest(self._place, self._case_id))

    def settle(self) -> bool:
        return self.edit_mode.settle()

    def _say_waiting(self, what: str = "") -> None:
        """Signatures from before are on the desk, with the content they stand under."""
        self.trouble.say(
            what or self.tr("Dieser Bericht ist unterschrieben, aber noch nicht gesiegelt."),
            safe=self.tr("Unterschriften und Inhalt sind auf diesem Gerät gesichert."),
            todo=self.tr("Siegeln Sie ihn, oder verwerfen Sie die Unterschriften."),
            tone=Tone.ATTENTION,
        )
        self.trouble.button.setText(self.tr("Unterschriften verwerfen"))
        self.trouble.button.show()

    # -- opening -----------------------------------------------------------------------------

    def _open(self, read: Callable[[], OpenedReport]) -> None:
        """Read a report off the GUI thread."""

        def work(_control: Control) -> tuple[OpenedReport, Paper]:
            opened = read()
            return opened, read_paper(opened.pdf)

        self.desk.preview.work.run(work, lambda both: self.show_report(*both), self._on_trouble)

    def show_report(self, opened: OpenedReport, paper: Paper) -> None:
        """Put a report on the desk."""
        self.opened = opened
        self.signatures = dict(opened.signatures)
        self.desk.show_report(opened, self.signatures)
        self.shelf.take_report(paper)
        self._say_provisional(opened)
        if self.signatures:
            self._say_waiting()
        if not self._is_verifying():
            self._stack.setCurrentWidget(self.desk)
        self.header_changed.emit()

    def _say_provisional(self, opened: OpenedReport) -> None:
        """Of a draft; what is sealed stays as it is, whatever is decided."""
        self.provisional.say_nothing()
        if opened.is_draft:
            with self._place.store.read() as session:
                company_id = session.get_one(Case, self._case_id).company_id
            self.provisional.show_file(company_id)

    def _to_conflicts(self, company_id: uuid.UUID) -> None:
        self.go(Destination(Where.CONFLICTS, company_id=company_id))

    def show_version(self, report_id: uuid.UUID) -> None:
        """A sealed version instead of what is on the desk."""
        self.trouble.say_nothing()
        self._open(lambda: open_sealed(self._place, self._case_id, report_id))

    def new_version(self, reason: str) -> None:
        """A correction: the case as it stands now, as the draft of the next version."""
        give_reason(self._place, self._case_id, reason)
        self.trouble.say_nothing()
        self._open(lambda: draft(self._place, self._case_id))

    def speak(self, language: str) -> None:
        """The draft in that language, now and for every later one of the case."""
        if (
            self.opened is None
            or not self.opened.is_draft
            or self.signatures
            or self.sealing.is_busy
        ):
            return
        try:
            choose_report_language(self._place, self._case_id, "en" if language == "en" else "de")
        except KnownError as error:
            self.desk.language.set_value(self.opened.model.language)
            self._on_trouble(error)
            return
        self.edit_mode.end()
        self._open(lambda: draft(self._place, self._case_id))

    # -- editing -----------------------------------------------------------------------------

    def edit(self) -> None:
        """Edit the draft on its pages; what somebody signed stays as it is."""
        opened = self.opened
        if opened is None or not opened.is_draft or self.sealing.is_busy:
            return
        if self.signatures:
            words = self.tr("Der Bericht ist unterschrieben; sein Inhalt steht damit fest.")
            self._say_waiting(words)
            return
        self.trouble.say_nothing()
        self.edit_mode.begin(opened.model)

    def _take_edited(self, made: DrawnDraft) -> None:
        if self.opened is not None and self.opened.is_draft and not self.signatures:
            self.opened = replace(self.opened, model=made.model, pdf=made.paper.pdf)
            self.desk.show_report(self.opened, self.signatures)
            self.shelf.renew_report(made.paper)

    # -- signing and sealing -----------------------------------------------------------------

    def ask_signature(self, number: int) -> None:
        """Turn the screen to whoever signs that line."""
        if self.opened is None or not self.opened.is_draft or self.sealing.is_busy:
            return
        if self.edit_mode.is_active or self.edit_mode.is_drawing:
            return  # nobody signs what is not drawn yet
        self._signing = number
        slot = slots_with(self.opened.model.signatures, self.signatures)[number]
        place = next((s.place for s in self.signatures.values() if s.place), "")
        place = place or self.opened.model.company.town
        self.sheet.open(slot, place, subject_of(self.opened.model))

    def take_signature(self, signature: DrawnSignature) -> None:
        """Put it on its line and into the preview; it is safe before anything is drawn."""
        opened = self.opened
        if opened is None:
            return
        self.signatures[self._signing] = signature
        keep_signatures(self._place, self._case_id, opened.model, self.signatures)
        self.desk.show_signatures(opened, self.signatures)
        self.header_changed.emit()
        signatures, place = dict(self.signatures), self._place

        def work(_control: Control) -> Paper:
            return read_paper(signed_draft(place, opened, signatures))

        self._signed.run(work, self.shelf.renew_report, self._on_trouble)

    def ask_seal(self) -> None:
        """Ask before sealing what is on the desk."""
        if self.opened is None or not self.signatures:
            return
        self.trouble.say_nothing()
        self.sealing.ask(self.opened, self.signatures)

    def _on_sealed(self, opened: OpenedReport, paper: Paper) -> None:
        self.show_report(opened, paper)
        self.trouble.button.hide()
        self.trouble.say(
            self.tr("Fassung {0} ist gesiegelt und in der Firmenakte gespeichert.").format(
                opened.model.version
            ),
            todo=self.tr("Jetzt kann die Firma ihre Kopie bekommen."),
            tone=Tone.GOOD,
        )
        self.committed.emit()

    def plan_follow_up(self) -> None:
        """To the talks that are proposed from the day of the seal."""
        self.go(Destination(Where.ADVICE, case_id=self._case_id, focus="follow-up"))

    # -- handing over ------------------------------------------------------------------------

    def _show_document(self, drawn: Drawn) -> None:
        self.desk.show_document(drawn)
        if not self.shelf.is_report:
            self.confirm.hide()
        self.hand_over.show_ways(self.opened)
        self.header_changed.emit()

    def _say_done(self, what: str, safe: str) -> None:
        self.trouble.button.hide()
        self.trouble.say(what, safe=safe, tone=Tone.GOOD)

    def check(self) -> None:
        """Is it unchanged, and why? For the version on the desk, or any file."""
        self.trouble.say_nothing()
        self.provisional.hide()
        self.confirm.hide()
        self.edit_mode.end()
        self._stack.setCurrentWidget(self.verify)
        if self.opened is not None and self.opened.report_id is not None:
            name = self.tr("Fassung {0} aus der Firmenakte").format(self.opened.model.version)
            self.verify.check_report(self.opened.report_id, name)
        self.header_changed.emit()

    def show_report_page(self) -> None:
        """Back from checking."""
        self._stack.setCurrentWidget(self._loading if self.opened is None else self.desk)
        if self.opened is not None:
            self._say_provisional(self.opened)
        self.header_changed.emit()

    # -- Qt ----------------------------------------------------------------------------------

    def close_one(self) -> bool:
        finder, contents = self.desk.preview.finder, self.desk.contents
        if self._is_verifying():
            self.show_report_page()
        elif self.confirm.isVisible():
            self.confirm.dismiss()
        elif contents.is_list_open():
            contents.close_list()
        elif finder.isVisible():
            finder.close_search()
        elif self.edit_mode.is_active:
            self.edit_mode.end()
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.sheet.isVisible():
            self.sheet.place_itself()
        edge, old = theme().px(PRINT_FROM), event.oldSize().width()
        if (old >= edge) != (self.width() >= edge):
            self.header_changed.emit()

    # -- within ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._loading = LoadingState(self.tr("Der Bericht wird zusammengestellt."))
        self._stack.addWidget(self._loading)
        self._stack.addWidget(self.desk)
        self._stack.addWidget(self.verify)
        notes = column(
            self.trouble,
            self.provisional,
            self.confirm,
            self.sealing.progress,
            self.hand_over.work.progress,
            gap=L,
            margins=(XXL, XXL - 2, XXL, 0),
        )
        whole = column(notes, gap=L)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.sealing.turned.connect(self.header_changed)
        self.sealing.sealed.connect(self._on_sealed)
        self.sealing.failed.connect(self._on_trouble)
        self._signed.slow.connect(self.desk.preview.bar.show_drawing)
        self.desk.preview.failed.connect(self._on_trouble)
        self.desk.contents.document_chosen.connect(self.shelf.choose)
        self.shelf.changed.connect(self._show_document)
        self.shelf.failed.connect(self._on_trouble)
        self.hand_over.done.connect(self._say_done)
        self.hand_over.failed.connect(self._on_trouble)
        self.hand_over.committed.connect(self.committed)
        QShortcut(QKeySequence("Ctrl+P"), self.desk).activated.connect(self.hand_over.print_shown)
        self.edit_mode.drawn.connect(self._take_edited)
        self.edit_mode.turned.connect(self.header_changed)
        self.edit_mode.failed.connect(self._on_trouble)
        self.desk.contents.document_chosen.connect(lambda _id: self.edit_mode.end())
        self.desk.language.chosen.connect(self.speak)
        self.desk.signatures.wanted.connect(self.ask_signature)
        self.desk.versions.chosen.connect(self.show_version)
        self.desk.versions.correction_wanted.connect(self.new_version)
        self.sheet.signed.connect(self.take_signature)

    def _is_verifying(self) -> bool:
        return self._stack.currentWidget() is self.verify

    def _discard(self) -> None:
        """The advisor gives the unsealed signatures up."""
        self.signatures.clear()
        discard_signatures(self._place, self._case_id)
        self.trouble.say_nothing()
        self._open(lambda: draft(self._place, self._case_id))

    def _on_trouble(self, error: Exception) -> None:
        self.trouble.button.hide()
        self.trouble.say_error(error)
