"""Paper: the system's dialog, then the pages strip by strip on a worker's thread."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.report.preview import PageImage, PageSize, page_sizes, render_strips
from desktop_advisor.ui.tasks import Control

DOTS_PER_INCH = 300
"""Enough for 8 point type; more makes only the printer's queue larger."""
STRIP_ROWS = 256
"""Rows held at once: 2.5 MB across A4 at 300 dpi, where a whole page has 35 MB."""


class PrintFailed(KnownError):
    """The printer or the file it prints to took no page, or none after some."""

    def __init__(self, printer: str) -> None:
        super().__init__(
            f"Auf „{printer}“ konnte nicht gedruckt werden.",
            safe="Das Dokument selbst ist unverändert.",
            todo="Bitte prüfen Sie, ob der Drucker eingeschaltet, verbunden und gefüllt ist, "
            "oder wählen Sie einen anderen.",
        )


class NoPrinter(KnownError):
    """The system knows no printer."""

    def __init__(self) -> None:
        super().__init__(
            "Auf diesem Gerät ist kein Drucker eingerichtet.",
            safe="Das Dokument selbst ist unverändert.",
            todo="Bitte speichern Sie eine Kopie als PDF und drucken Sie diese auf einem anderen "
            "Gerät, oder richten Sie im System einen Drucker ein.",
        )


def is_printer_missing() -> bool:
    """Whether the system's dialog would have nothing to offer; elsewhere it prints to a file."""
    return sys.platform == "win32" and not QPrinterInfo.availablePrinterNames()


def new_printer(name: str) -> QPrinter:
    """A4, whole sheet, at DOTS_PER_INCH. name: what stands in the printer's queue."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setResolution(DOTS_PER_INCH)
    made.setDocName(name)
    made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    made.setFullPage(True)
    made.setPageMargins(QMarginsF(0, 0, 0, 0))
    return made


def print_dialog(printer: QPrinter, pages: int, parent: QWidget) -> QPrintDialog:
    """The system's dialog for so many pages."""
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setWindowTitle(QCoreApplication.translate("printing", "Drucken"))
    return dialog


def print_pdf(pdf: bytes, printer: QPrinter, control: Control) -> int:
    """Print the pages the printer was asked for; how many were printed. For a worker's thread.

    When it is cancelled, what the printer has not begun is withdrawn and a file is removed.

    Raises:
        PrintFailed: the printer takes nothing (any more).
        UnreadablePdf: PDFium cannot open it.
    """
    sizes = page_sizes(pdf)
    order = _order(printer, len(sizes))
    _turn(printer, sizes[order[0]])
    _try_file(printer)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintFailed(_name(printer))
    printed = 0
    try:
        for page in order:
            if control.cancelled():
                break
            if printed:
                _turn(printer, sizes[page])
                if not printer.newPage():
                    raise PrintFailed(_name(printer))
            words = QCoreApplication.translate("printing", "Seite {0} von {1} wird gedruckt.")
            control.progress(words.format(printed + 1, len(order)), printed / len(order))
            _print_page(pdf, page, painter, control)
            printed += 1
        if control.cancelled():
            printer.abort()
    finally:
        is_ended = painter.end()
    if control.cancelled():
        _withdraw(printer)
        return 0
    if not is_ended:
        raise PrintFailed(_name(printer))
    return printed


def _try_file(printer: QPrinter) -> None:
    """Where it prints into a file, whether there can be one."""
    name = printer.outputFileName()
    try:
        if name:
            Path(name).touch()
    except OSError as error:
        raise PrintFailed(name) from error


def _order(printer: QPrinter, count: int) -> list[int]:
    """Pages from 0, as often as the printer cannot repeat them itself."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = list(range(max(1, first) - 1, min(last, count))) or list(range(count))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    return pages if printer.supportsMultipleCopies() else pages * max(1, printer.copyCount())


def _turn(printer: QPrinter, size: PageSize) -> None:
    """A wide page on a wide sheet."""
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if size.width > size.height else way.Portrait)


def _print_page(pdf: bytes, page: int, painter: QPainter, control: Control) -> None:
    device = painter.device()
    sheet = (device.width(), device.height())
    size = page_sizes(pdf)[page]
    scale = min(sheet[0] / size.width, sheet[1] / size.height)
    wide, high = round(size.width * scale), round(size.height * scale)
    left, top = (sheet[0] - wide) // 2, (sheet[1] - high) // 2
    pixels = max(wide, round(size.width / 72 * DOTS_PER_INCH))
    grown = wide / pixels
    for strip in render_strips(pdf, page, pixels, STRIP_ROWS):
        if control.cancelled():
            return
        begin, end = (round(rows * grown) for rows in (strip.top, strip.top + strip.height))
        painter.drawImage(QRect(left, top + begin, wide, end - begin), _image(strip))


def _image(strip: PageImage) -> QImage:
    form = QImage.Format.Format_RGBX8888
    image = QImage(strip.rgba, strip.width, strip.height, strip.stride, form)
    return image.convertToFormat(QImage.Format.Format_RGB888)


def _withdraw(printer: QPrinter) -> None:
    """A file that was begun is no document."""
    if printer.outputFileName():
        with suppress(OSError):
            Path(printer.outputFileName()).unlink(missing_ok=True)


def _name(printer: QPrinter) -> str:
    return printer.outputFileName() or printer.printerName() or "Drucker"
