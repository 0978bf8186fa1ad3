"""What is known of a PDF before any of its pages is drawn, and one page as a Qt image."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from desktop_advisor.report.bookmarks import Bookmark, read_bookmarks
from desktop_advisor.report.preview import PageSize, page_sizes, render_pages
from desktop_advisor.signing.pdfium import PDFIUM


@dataclass(frozen=True)
class Paper:
    """A PDF that can be looked at."""

    pdf: bytes
    sizes: tuple[PageSize, ...]
    bookmarks: tuple[Bookmark, ...]


def read_paper(pdf: bytes) -> Paper:
    """Sizes and bookmarks; a few milliseconds. Raises UnreadablePdf."""
    with PDFIUM:
        return Paper(pdf, page_sizes(pdf), tuple(read_bookmarks(pdf)))


def page_image(pdf: bytes, page: int, width_px: int) -> QImage:
    """One page at that width. Raises UnreadablePdf."""
    (drawn,) = render_pages(pdf, width_px, (page,))
    form = QImage.Format.Format_RGBX8888
    return QImage(drawn.rgba, drawn.width, drawn.height, drawn.stride, form).copy()
