"""From the question before the seal to the sealed report: PIN, work off the window's thread."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_advisor.ui.reporting.opened_report import OpenedReport, open_sealed
from desktop_advisor.ui.reporting.pages.paper import Paper, read_paper
from desktop_advisor.ui.reporting.seal_line import SealLine
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.widgets import ProgressLine
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.certificate import PinTooShort, WrongPin, choose_pin, needs_pin
from desktop_advisor.usecases.pending_signatures import discard_signatures
from desktop_advisor.usecases.reporting import DrawnSignature, seal_report

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class Sealing(QObject):
    """Asks, seals, and says how it went.

    Attributes:
        line: the question with the PIN, hidden until it is asked.
        progress: while it seals.
        is_busy: whether it seals.

    Signals:
        turned: sealing began or ended.
        sealed: the OpenedReport and its Paper.
        failed: the exception of what was not the PIN; nothing was sealed.
    """

    turned = Signal()
    sealed = Signal(object, object)
    failed = Signal(object)

    def __init__(self, place: Workplace, case_id: uuid.UUID, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._case_id = case_id
        self._opened: OpenedReport | None = None
        self._signatures: Mapping[int, DrawnSignature] = {}
        self.is_busy = False
        self.line = SealLine()
        self.line.agreed.connect(self.seal)
        self.line.hide()
        self.progress = ProgressLine()
        self.progress.stop.hide()
        self.progress.hide()

    def ask(self, opened: OpenedReport, signatures: Mapping[int, DrawnSignature]) -> None:
        """One line instead of a dialog: what sealing means."""
        self._opened, self._signatures = opened, signatures
        self.line.ask(
            self.tr("Fassung {0} siegeln?").format(opened.model.version),
            self.tr("Danach ist der Inhalt fest; jede Korrektur wird eine neue Fassung."),
            first_pin=needs_pin(self._place),
        )

    def seal(self, pin: str) -> None:
        """Freeze what was asked about, seal it, keep it."""
        opened = self._opened
        if opened is None or self.is_busy:
            return
        self.line.hide()
        self._busy(True)
        self.progress.advance(None, self.tr("Der Bericht wird gesiegelt."))
        place, case_id = self._place, self._case_id
        ordered = [self._signatures[number] for number in sorted(self._signatures)]

        def work(_control: Control) -> tuple[OpenedReport, Paper]:
            if needs_pin(place):
                choose_pin(place, pin)
            report_id = seal_report(place, case_id, opened.model, ordered, pin)
            discard_signatures(place, case_id)
            sealed = open_sealed(place, case_id, report_id)
            return sealed, read_paper(sealed.pdf)

        run_task(self, work, on_done=self._on_sealed, on_failed=self._on_not_sealed)

    def _on_sealed(self, both: tuple[OpenedReport, Paper]) -> None:
        self._opened = None
        self._busy(False)
        self.sealed.emit(*both)

    def _on_not_sealed(self, error: Exception) -> None:
        from desktop_advisor.signing.keys import TokenError

        self._busy(False)
        if isinstance(error, WrongPin | PinTooShort | TokenError):
            self.line.say_wrong(error)
        else:
            self.failed.emit(error)

    def _busy(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        show_if(self.progress, is_busy)
        self.turned.emit()
