"""The bookmarks of a report, for the chapter list beside the preview."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

from desktop_advisor.report.preview import UnreadablePdf


@dataclass(frozen=True)
class Bookmark:
    """One bookmark. page: from 0. level: 0 for chapters."""

    title: str
    page: int
    level: int


def read_bookmarks(pdf: bytes) -> list[Bookmark]:
    """Bookmarks in the order of the pages; one that leads nowhere is left out.

    Raises:
        UnreadablePdf: PDFium cannot open it.
    """
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as broken:
        raise UnreadablePdf from broken
    try:
        found = []
        for mark in document.get_toc():
            target = mark.get_dest()
            page = None if target is None else target.get_index()
            if page is not None:
                found.append(Bookmark(mark.get_title(), page, mark.level))
        return found
    finally:
        document.close()
