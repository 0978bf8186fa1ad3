"""The one way into PDFium: entered by two threads at once, it ends the process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium

from desktop_advisor.domain.errors import KnownError

PDFIUM = threading.RLock()
"""Held while PDFium works; `opened` takes it, and nothing else opens a document."""


class UnreadablePdf(KnownError):
    """The file is no PDF that can be shown."""

    def __init__(self) -> None:
        super().__init__(
            "Die Datei lässt sich nicht als PDF anzeigen.",
            safe="Gespeicherte Daten sind nicht betroffen.",
            todo="Bitte erstellen Sie den Bericht neu oder öffnen Sie eine andere Kopie.",
        )


@contextmanager
def opened(pdf: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, closed afterwards; keep it short, others wait meanwhile.

    Raises:
        UnreadablePdf: PDFium cannot open it.
    """
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as broken:
            raise UnreadablePdf from broken
        try:
            yield document
        finally:
            document.close()
