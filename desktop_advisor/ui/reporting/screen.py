"""Bericht: chapters left, pages in the middle, signatures right; sealed, it is handed over."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.reporting.desk import ReportDesk
from desktop_advisor.ui.reporting.opened_report import (
    OpenedReport,
    draft,
    open_newest,
    open_sealed,
    signed_draft,
    slots_with,
)
from desktop_advisor.ui.reporting.page_images import Pages, draw_pages
from desktop_advisor.ui.reporting.seal_line import SealLine
from desktop_advisor.ui.reporting.signing_sheet import SigningSheet
from desktop_advisor.ui.reporting.signing_subject import subject_of
from desktop_advisor.ui.reporting.verify_screen import VerifyPanel
from desktop_advisor.ui.screen import Action, Screen, StatePill
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import XXL, L
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    LoadingState,
    ProgressLine,
    column,
)
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.certificate import PinTooShort, WrongPin, choose_pin, needs_pin
from desktop_advisor.usecases.pending_signatures import discard_signatures, keep_signatures
from desktop_advisor.usecases.reporting import (
    DrawnSignature,
    report_file_name,
    save_copy,
    seal_report,
)

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


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
        self._is_busy = False
        self.trouble = Banner()
        self.trouble.say_nothing()
        self.trouble.action_pressed.connect(self._discard)
        self.confirm = SealLine()
        self.confirm.agreed.connect(self.seal)
        self.confirm.hide()
        self.progress = ProgressLine()
        self.progress.stop.hide()
        self.progress.hide()
        self.desk = ReportDesk()
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
        if self.opened is None:
            return self.tr("Beratungsbericht")
        return self.tr("Beratungsbericht · Fassung {0}").format(self.opened.model.version)

    def pills(self) -> Sequence[StatePill | QWidget]:
        if self.opened is None or self._is_verifying():
            return ()
        if self.opened.is_draft:
            return (StatePill(self.tr("vorläufig"), Tone.ATTENTION),)
        if self.opened.is_replaced:
            return (StatePill(self.tr("ersetzt"), Tone.NEUTRAL),)
        return (StatePill(self.tr("final"), Tone.GOOD),)

    def secondary(self) -> Sequence[Action]:
        if self._is_verifying():
            return (Action(self.tr("Zurück zum Bericht"), self.show_report_page),)
        check = Action(self.tr("Prüfen"), self.check)
        if self.opened is None or self.opened.is_draft:
            return (check,)
        return (Action(self.tr("Wiedervorlage planen"), self.plan_follow_up), check)

    def primary(self) -> Action | None:
        if self.opened is None or self._is_verifying():
            return None
        if not self.opened.is_draft:
            return Action(self.tr("Kopie speichern"), self.save_copy)
        is_signed = bool(self.signatures)
        tip = "" if is_signed else self.tr("Erst muss jemand unterschreiben.")
        enabled = is_signed and not self._is_busy
        return Action(self.tr("Siegeln …"), self.ask_seal, enabled=enabled, tip=tip)

    def refresh(self) -> None:
        if self.opened is None:
            self._open(lambda: open_newest(self._place, self._case_id))

    def _say_waiting(self) -> None:
        """Signatures from before are on the desk, with the content they stand under."""
        self.trouble.say(
            self.tr("Dieser Bericht ist unterschrieben, aber noch nicht gesiegelt."),
            safe=self.tr("Unterschriften und Inhalt sind auf diesem Gerät gesichert."),
            todo=self.tr("Siegeln Sie ihn, oder verwerfen Sie die Unterschriften."),
            tone=Tone.ATTENTION,
        )
        self.trouble.button.setText(self.tr("Unterschriften verwerfen"))
        self.trouble.button.show()

    # -- opening -----------------------------------------------------------------------------

    def _open(self, read: Callable[[], OpenedReport]) -> None:
        """Read a report and draw its pages, both off the GUI thread."""
        width = self.desk.preview.pages.wanted_pixels()

        def work(_control: Control) -> tuple[OpenedReport, Pages]:
            opened = read()
            return opened, draw_pages(opened.pdf, width)

        run_task(
            self, work, on_done=lambda both: self.show_report(*both), on_failed=self._on_trouble
        )

    def show_report(self, opened: OpenedReport, pages: Pages) -> None:
        """Put a report on the desk."""
        self.opened = opened
        self.signatures = dict(opened.signatures)
        self.desk.show_report(opened, pages, self.signatures)
        if self.signatures:
            self._say_waiting()
        self._stack.setCurrentWidget(self.desk)
        self.header_changed.emit()

    def show_version(self, report_id: uuid.UUID) -> None:
        """A sealed version instead of what is on the desk."""
        self._open(lambda: open_sealed(self._place, self._case_id, report_id))

    def new_version(self) -> None:
        """A correction: the case as it stands now, as the draft of the next version."""
        self._open(lambda: draft(self._place, self._case_id))

    # -- signing and sealing -----------------------------------------------------------------

    def ask_signature(self, number: int) -> None:
        """Turn the screen to whoever signs that line."""
        if self.opened is None or not self.opened.is_draft or self._is_busy:
            return
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
        width = self.desk.preview.pages.wanted_pixels()

        def work(_control: Control) -> Pages:
            return draw_pages(signed_draft(place, opened, signatures), width)

        run_task(self, work, on_done=self.desk.show_pages, on_failed=self._on_trouble)

    def ask_seal(self) -> None:
        """One line instead of a dialog: what sealing means."""
        if self.opened is None or not self.signatures:
            return
        self.trouble.say_nothing()
        self.confirm.ask(
            self.tr("Fassung {0} siegeln?").format(self.opened.model.version),
            self.tr("Danach ist der Inhalt fest; jede Korrektur wird eine neue Fassung."),
            first_pin=needs_pin(self._place),
        )

    def seal(self, pin: str) -> None:
        """Freeze, seal, keep; then show the sealed version."""
        opened = self.opened
        if opened is None or self._is_busy:
            return
        self.confirm.hide()
        self._busy(True)
        self.progress.advance(None, self.tr("Der Bericht wird gesiegelt."))
        place, case_id = self._place, self._case_id
        ordered = [self.signatures[number] for number in sorted(self.signatures)]
        width = self.desk.preview.pages.wanted_pixels()

        def work(_control: Control) -> tuple[OpenedReport, Pages]:
            if needs_pin(place):
                choose_pin(place, pin)
            report_id = seal_report(place, case_id, opened.model, ordered, pin)
            discard_signatures(place, case_id)
            sealed = open_sealed(place, case_id, report_id)
            return sealed, draw_pages(sealed.pdf, width)

        run_task(self, work, on_done=self._on_sealed, on_failed=self._on_not_sealed)

    def _on_not_sealed(self, error: Exception) -> None:
        if isinstance(error, WrongPin | PinTooShort):
            self._busy(False)
            self.confirm.say_wrong(error)
        else:
            self._on_trouble(error)

    def _on_sealed(self, both: tuple[OpenedReport, Pages]) -> None:
        self._busy(False)
        self.show_report(*both)
        self.trouble.button.hide()
        self.trouble.say(
            self.tr("Fassung {0} ist gesiegelt und in der Firmenakte gespeichert.").format(
                both[0].model.version
            ),
            todo=self.tr("Jetzt kann die Firma ihre Kopie bekommen."),
            tone=Tone.GOOD,
        )
        self.committed.emit()

    def plan_follow_up(self) -> None:
        """To the talks that are proposed from the day of the seal."""
        self.go(Destination(Where.ADVICE, case_id=self._case_id, focus="follow-up"))

    # -- handing over ------------------------------------------------------------------------

    def save_copy(self) -> None:
        """Ask where, write, read back."""
        opened = self.opened
        if opened is None or opened.report_id is None:
            return
        report_id, place = opened.report_id, self._place
        found, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Kopie speichern"),
            report_file_name(place, report_id),
            self.tr("PDF-Dateien (*.pdf)"),
        )
        if not found:
            return
        target = Path(found)

        def work(_control: Control) -> Path:
            save_copy(place, report_id, target)
            return target

        run_task(self, work, on_done=self._on_copied, on_failed=self._on_trouble)

    def _on_copied(self, target: Path) -> None:
        self.trouble.button.hide()
        self.trouble.say(
            self.tr("Die Kopie liegt in {0}.").format(str(target)),
            safe=self.tr("Sie wurde zurückgelesen und ist Byte für Byte gleich."),
            tone=Tone.GOOD,
        )

    def check(self) -> None:
        """Is it unchanged, and why? For the version on the desk, or any file."""
        self.trouble.say_nothing()
        self.confirm.hide()
        self._stack.setCurrentWidget(self.verify)
        if self.opened is not None and self.opened.report_id is not None:
            name = self.tr("Fassung {0} aus der Firmenakte").format(self.opened.model.version)
            self.verify.check_report(self.opened.report_id, name)
        self.header_changed.emit()

    def show_report_page(self) -> None:
        """Back from checking."""
        self._stack.setCurrentWidget(self.desk)
        self.header_changed.emit()

    # -- Qt ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_verifying():
            self.show_report_page()
        elif event.key() == Qt.Key.Key_Escape and self.confirm.isVisible():
            self.confirm.dismiss()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.sheet.isVisible():
            self.sheet.place_itself()

    # -- within ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(LoadingState(self.tr("Der Bericht wird zusammengestellt.")))
        self._stack.addWidget(self.desk)
        self._stack.addWidget(self.verify)
        notes = column(
            self.trouble, self.confirm, self.progress, gap=L, margins=(XXL, XXL - 2, XXL, 0)
        )
        whole = column(notes, gap=L)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.desk.preview.pages.redraw_wanted.connect(self._redraw)
        self.desk.signatures.wanted.connect(self.ask_signature)
        self.desk.versions.chosen.connect(self.show_version)
        self.desk.versions.correction_wanted.connect(self.new_version)
        self.sheet.signed.connect(self.take_signature)

    def _redraw(self, width: int) -> None:
        opened = self.opened
        if opened is None:
            return
        signatures, place = dict(self.signatures), self._place

        def work(_control: Control) -> Pages:
            pdf = signed_draft(place, opened, signatures) if signatures else opened.pdf
            return draw_pages(pdf, width)

        run_task(self, work, on_done=self.desk.show_pages, on_failed=self._on_trouble)

    def _busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        show_if(self.progress, is_busy)
        self.header_changed.emit()

    def _is_verifying(self) -> bool:
        return self._stack.currentWidget() is self.verify

    def _discard(self) -> None:
        """The advisor gives the unsealed signatures up."""
        self.signatures.clear()
        discard_signatures(self._place, self._case_id)
        self.trouble.say_nothing()
        self._open(lambda: draft(self._place, self._case_id))

    def _on_trouble(self, error: Exception) -> None:
        if self._is_busy:
            self._busy(False)
        self.trouble.button.hide()
        self.trouble.say_error(error)
