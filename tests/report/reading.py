"""The words of a drawn report, as an independent reader sees them."""

from __future__ import annotations

import pypdfium2 as pdfium

from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.model import ReportModel
from tests.report.sample import FONTS


def words_of(model: ReportModel) -> str:
    """All pages in one line, every run of blanks as one."""
    document = pdfium.PdfDocument(draw_report(model, FONTS))
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())
