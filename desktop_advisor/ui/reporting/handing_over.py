"""What leaves the report screen: copies of the sealed report, other documents, paper."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.preview import page_count
from desktop_advisor.ui.reporting.printing import (
    NoPrinter,
    is_printer_missing,
    new_printer,
    print_dialog,
    print_pdf,
)
from desktop_advisor.ui.reporting.saving import ask_folder, ask_target
from desktop_advisor.ui.tasks import Control, Task, run_task
from desktop_advisor.ui.widgets import ProgressLine
from desktop_advisor.usecases.copies import Copy, copy_report
from desktop_advisor.usecases.documents.listing import write_document
from desktop_advisor.usecases.exporting_report import Export, export_name, save_export
from desktop_advisor.usecases.reporting import report_file_name, save_copy

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

T = TypeVar("T")


class HandingOver(QObject):
    """Asks, works in the background, tells how it went.

    Attributes:
        progress: the line of what is being printed, hidden until then.

    Signals:
        done: what happened, and what is certain about it ("" for nothing more).
        failed: the exception.
    """

    done = Signal(str, str)
    failed = Signal(object)

    def __init__(self, screen: QWidget, place: Workplace) -> None:
        super().__init__(screen)
        self._screen = screen
        self._place = place
        self._printing: Task[int] | None = None
        self.dialog: QPrintDialog | None = None
        self.progress = ProgressLine()
        self.progress.hide()
        self.progress.cancelled.connect(self._stop_printing)

    # -- files -------------------------------------------------------------------------------

    def save_sealed(self, report_id: uuid.UUID) -> None:
        """A copy of the sealed report: ask where, write, read back."""
        place = self._place
        target = self._target(report_file_name(place, report_id))
        if target is None:
            return

        def write() -> Path:
            return save_copy(place, report_id, target)

        self._write(write, self.tr("Sie wurde zurückgelesen und ist Byte für Byte gleich."))

    def save_shown(self, pdf: bytes, name: str) -> None:
        """The document as it is on the screen."""
        target = self._target(name)
        if target is not None:
            self._write(lambda: write_document(pdf, target), "")

    def _target(self, name: str) -> Path | None:
        title, kinds = self.tr("Kopie speichern"), self.tr("PDF-Dateien (*.pdf)")
        return ask_target(self._screen, self._place, title, name, kinds)

    def _write(self, write: Callable[[], Path], safe: str) -> None:
        words = self.tr("Die Kopie liegt in {0}.")

        def work(_control: Control) -> Path:
            return write()

        self._in_background(work, lambda kept: self.done.emit(words.format(str(kept)), safe))

    def export(self, model: ReportModel, export: Export, *, is_draft: bool) -> None:
        """The report for another program: as it was sealed, or as it is shown."""
        place, shown = self._place, msgspec.structs.replace(model, is_draft=is_draft)
        kinds = f"{export.title} (*{export.ending})"
        name = export_name(export, shown)
        target = ask_target(self._screen, place, export.title, name, kinds)
        if target is None:
            return

        def work(_control: Control) -> Path:
            return save_export(place, shown, export.id, target)

        self._in_background(work, self._say_where)

    def copy_to_stick(self, report_id: uuid.UUID) -> None:
        """The sealed report and its receipt into a folder."""
        place = self._place
        folder = ask_folder(self._screen, place, self.tr("Auf USB-Stick mit Beleg"))
        if folder is None:
            return

        def work(_control: Control) -> Copy:
            return copy_report(place, report_id, folder)

        self._in_background(work, self._say_copied)

    def _in_background(self, work: Callable[[Control], T], on_done: Callable[[T], object]) -> None:
        run_task(self, work, on_done=on_done, on_failed=self.failed.emit)

    def _say_where(self, target: Path) -> None:
        self.done.emit(self.tr("Die Datei liegt in {0}.").format(str(target)), "")

    def _say_copied(self, copy: Copy) -> None:
        self.done.emit(
            self.tr("Bericht und Beleg liegen in {0}.").format(str(copy.pdf.parent)),
            self.tr("Beide wurden zurückgelesen. Bitte werfen Sie den Stick vor dem Abziehen aus."),
        )

    # -- paper -------------------------------------------------------------------------------

    def ask_print(self, pdf: bytes, title: str) -> None:
        """The system's dialog; what is chosen there is printed."""
        if self._printing is not None:
            return
        if is_printer_missing():
            self.failed.emit(NoPrinter())
            return
        printer = new_printer(title)
        dialog = print_dialog(printer, page_count(pdf), self._screen)
        dialog.accepted.connect(lambda: self.print_to(printer, pdf))
        dialog.finished.connect(lambda _: self._forget(dialog))
        self.dialog = dialog
        QDialog.open(dialog)  # the dialog's own wants a slot by its name

    def _forget(self, dialog: QPrintDialog) -> None:
        self.dialog = None
        dialog.deleteLater()

    def print_to(self, printer: QPrinter, pdf: bytes) -> None:
        """Print there, page by page, off the window's thread."""
        self.progress.advance(0, self.tr("Der Druck wird vorbereitet."))
        self.progress.show()
        self._printing = run_task(
            self,
            lambda control: print_pdf(pdf, printer, control),
            on_done=self._on_printed,
            on_failed=self._on_not_printed,
            on_progress=lambda words, share: self.progress.advance(share, words),
        )

    def _stop_printing(self) -> None:
        if self._printing is not None:
            self.progress.advance(None, self.tr("Der Druck wird abgebrochen."))
            self._printing.cancel()

    def _on_printed(self, pages: int) -> None:
        self._printing = None
        self.progress.hide()
        if pages == 0:
            self.done.emit(self.tr("Der Druck wurde abgebrochen."), "")
        elif pages == 1:
            self.done.emit(self.tr("Eine Seite ging an den Drucker."), "")
        else:
            self.done.emit(self.tr("{0} Seiten gingen an den Drucker.").format(pages), "")

    def _on_not_printed(self, error: Exception) -> None:
        self._printing = None
        self.progress.hide()
        self.failed.emit(error)
