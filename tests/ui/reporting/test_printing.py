"""Paper, tried on a printer that prints into a PDF file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import ImageStat
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from desktop_advisor.signing.pdfium import opened
from desktop_advisor.ui.reporting.printing import (
    DOTS_PER_INCH,
    PrintFailed,
    new_printer,
    print_dialog,
    print_pdf,
)
from desktop_advisor.ui.tasks import Control


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Two upright pages and a wide one."""
    made = BytesIO()
    canvas = Canvas(made)
    for size in (A4, landscape(A4), A4):
        canvas.setPageSize(size)
        canvas.rect(40, 40, size[0] - 80, size[1] - 80, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def to_file(target: Path) -> QPrinter:
    made = new_printer("Probe")
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(target))
    return made


def control(stop_after: int | None = None) -> Control:
    """One that is cancelled once so many pages were begun."""
    begun: list[object] = []

    def say(_kind: str, what: object) -> None:
        begun.append(what)
        if stop_after is not None and len(begun) > stop_after:
            made.cancel()

    made = Control(say)
    return made


def sizes(target: Path) -> list[tuple[int, int]]:
    with opened(target.read_bytes()) as document:
        return [(round(page.get_width()), round(page.get_height())) for page in document]


def test_every_page_is_printed_at_its_size_and_turn(pdf: bytes, tmp_path: Path) -> None:
    target = tmp_path / "druck.pdf"

    assert print_pdf(pdf, to_file(target), control()) == 3

    assert sizes(target) == [(595, 842), (842, 595), (595, 842)]
    with opened(target.read_bytes()) as document:
        image = document[1].render(scale=0.5).to_pil().copy()
    wide, high = image.size
    assert ImageStat.Stat(image.crop((30, 30, wide - 30, high - 30))).mean[0] < 10
    assert ImageStat.Stat(image.crop((0, 0, wide, 15))).mean[0] > 240


def test_pages_are_drawn_fine_enough(pdf: bytes, tmp_path: Path) -> None:
    target = tmp_path / "druck.pdf"
    printer = to_file(target)
    print_pdf(pdf, printer, control())

    with opened(target.read_bytes()) as document:
        strips = [part for part in document[0].get_objects() if part.type == 3]
        pixels = strips[0].get_px_size()[0]
    assert printer.resolution() == DOTS_PER_INCH >= 300
    assert pixels >= 8.2 * DOTS_PER_INCH


def test_only_the_pages_asked_for_are_printed(pdf: bytes, tmp_path: Path) -> None:
    printer = to_file(tmp_path / "druck.pdf")
    printer.setFromTo(2, 3)

    assert print_pdf(pdf, printer, control()) == 2
    assert sizes(tmp_path / "druck.pdf")[0] == (842, 595)


def test_a_cancelled_print_leaves_no_file(pdf: bytes, tmp_path: Path) -> None:
    target = tmp_path / "druck.pdf"

    assert print_pdf(pdf, to_file(target), control(stop_after=1)) == 0
    assert not target.exists()


def test_a_printer_that_takes_nothing_is_said(pdf: bytes, tmp_path: Path) -> None:
    with pytest.raises(PrintFailed) as said:
        print_pdf(pdf, to_file(tmp_path / "fehlt" / "druck.pdf"), control())

    assert "konnte nicht gedruckt werden" in said.value.what


def test_the_dialog_offers_the_pages_there_are(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = print_dialog(to_file(tmp_path / "druck.pdf"), 3, parent)

    assert (dialog.minPage(), dialog.maxPage()) == (1, 3)
