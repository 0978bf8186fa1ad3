"""Pages as pixels, drawn by PDFium, for whatever screen asks; no Qt here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2 as pdfium

from desktop_advisor.domain.errors import KnownError


@dataclass(frozen=True)
class PageImage:
    """One page. rgba: rows of `stride` bytes, four per pixel, opaque."""

    page: int
    width: int
    height: int
    stride: int
    rgba: bytes


class UnreadablePdf(KnownError):
    """The file is no PDF that can be shown."""

    def __init__(self) -> None:
        super().__init__(
            "Die Datei lässt sich nicht als PDF anzeigen.",
            safe="Gespeicherte Daten sind nicht betroffen.",
            todo="Bitte erstellen Sie den Bericht neu oder öffnen Sie eine andere Kopie.",
        )


def page_count(pdf: bytes) -> int:
    """Number of pages.

    Raises:
        UnreadablePdf: PDFium cannot open it.
    """
    document = _open(pdf)
    try:
        return len(document)
    finally:
        document.close()


def render_pages(pdf: bytes, width_px: int, pages: Iterable[int] | None = None) -> list[PageImage]:
    """The pages asked for (from 0; None: all) at that width, signature fields included.

    Raises:
        UnreadablePdf: PDFium cannot open it.
    """
    document = _open(pdf)
    try:
        document.init_forms()
        wanted = range(len(document)) if pages is None else pages
        return [_render(document, number, width_px) for number in wanted]
    finally:
        document.close()


def _open(pdf: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as broken:
        raise UnreadablePdf from broken


def _render(document: pdfium.PdfDocument, number: int, width_px: int) -> PageImage:
    page = document[number]
    try:
        scale = width_px / page.get_width()
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        pixels = bytes(bitmap.buffer)
        return PageImage(number, bitmap.width, bitmap.height, bitmap.stride, pixels)
    finally:
        page.close()
