"""The words of a drawn report, as an independent reader sees them."""

from __future__ import annotations

from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.model import ReportModel
from desktop_advisor.signing.pdfium import opened
from tests.report.sample import FONTS


def words_of(model: ReportModel) -> str:
    """All pages in one line, every run of blanks as one."""
    return " ".join(pages_of(draw_report(model, FONTS)))


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page in one line, every run of blanks as one."""
    with opened(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(page.split()) for page in pages]


def strays_of(pdf: bytes, margin: float = 40) -> list[str]:
    """Characters nearer to the left or right edge than that, or off the paper; blanks do not count.

    margin: points.
    """
    found = []
    with opened(pdf) as document:
        for page in document:
            words, (width, height) = page.get_textpage(), page.get_size()
            for index in range(words.count_chars()):
                left, bottom, right, top = words.get_charbox(index)
                is_inside = margin <= left and right <= width - margin
                if not (is_inside and bottom >= 0 and top <= height):
                    found.append(words.get_text_range(index, 1))
    return [char for char in found if char.strip()]
