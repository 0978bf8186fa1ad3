"""The bookmarks of a report, for the chapter list beside the preview."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from desktop_advisor.signing.pdfium import opened


@dataclass(frozen=True)
class Bookmark:
    """One bookmark. page: from 0. level: 0 for chapters. share: how far down the page, 0 to 1."""

    title: str
    page: int
    level: int
    share: float = 0.0


def read_bookmarks(pdf: bytes) -> list[Bookmark]:
    """Bookmarks in the order of the pages; one that leads nowhere is left out.

    Raises:
        UnreadablePdf: PDFium cannot open it.
    """
    with opened(pdf) as document:
        found = []
        for mark in document.get_toc():
            target = mark.get_dest()
            page = None if target is None else target.get_index()
            if page is not None:
                share = _share(document, page, target.get_view())
                found.append(Bookmark(mark.get_title(), page, mark.level, share))
        return found


def _share(document: pdfium.PdfDocument, page: int, view: tuple[int, list[float]]) -> float:
    """Of a destination with a height (/XYZ: left, top, zoom); any other shows the whole page."""
    kind, numbers = view
    if kind != raw.PDFDEST_VIEW_XYZ or len(numbers) < 2:
        return 0.0
    _, height = document.get_page_size(page)
    return float(min(max(1 - numbers[1] / height, 0.0), 1.0))
