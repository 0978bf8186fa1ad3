"""Pages of a PDF as Qt images and its chapters, made on a worker's thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from PySide6.QtGui import QImage

from desktop_advisor.report.bookmarks import Bookmark, read_bookmarks
from desktop_advisor.report.preview import PageImage, render_pages

_ONE_AT_A_TIME = threading.Lock()
"""PDFium must not be entered by two threads."""


@dataclass(frozen=True)
class Pages:
    """What the preview shows. width_px: the width the images were drawn at."""

    images: tuple[QImage, ...]
    bookmarks: tuple[Bookmark, ...]
    width_px: int


def draw_pages(pdf: bytes, width_px: int) -> Pages:
    """All pages at that width. Raises UnreadablePdf."""
    with _ONE_AT_A_TIME:
        drawn = render_pages(pdf, width_px)
        marks = read_bookmarks(pdf)
    return Pages(tuple(_image(page) for page in drawn), tuple(marks), width_px)


def _image(page: PageImage) -> QImage:
    form = QImage.Format.Format_RGBX8888
    shared = QImage(page.rgba, page.width, page.height, page.stride, form)
    return shared.copy()
