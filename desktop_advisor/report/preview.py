"""Pages as pixels, drawn by PDFium, for whatever screen or printer asks; no Qt here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium

from desktop_advisor.signing.pdfium import UnreadablePdf, opened

__all__ = [
    "PageImage",
    "PageSize",
    "UnreadablePdf",
    "page_count",
    "page_sizes",
    "render_pages",
    "render_strips",
]


@dataclass(frozen=True)
class PageSize:
    """A page in points (1/72 inch)."""

    width: float
    height: float

    @property
    def ratio(self) -> float:
        """Height by width."""
        return self.height / self.width


@dataclass(frozen=True)
class PageImage:
    """A page, or a strip of it. rgba: rows of `stride` bytes, four per pixel, opaque.

    top: the first row's distance from the top of the page, in pixels.
    """

    page: int
    width: int
    height: int
    stride: int
    rgba: bytes
    top: int = 0


def page_count(pdf: bytes) -> int:
    """Number of pages. Raises UnreadablePdf."""
    with opened(pdf) as document:
        return len(document)


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """The size of every page, without drawing any. Raises UnreadablePdf."""
    with opened(pdf) as document:
        numbers = range(len(document))
        return tuple(PageSize(*document.get_page_size(number)) for number in numbers)


def render_pages(pdf: bytes, width_px: int, pages: Iterable[int] | None = None) -> list[PageImage]:
    """The pages asked for (from 0; None: all) at that width, signature fields included.

    Raises:
        UnreadablePdf: PDFium cannot open it.
    """
    with opened(pdf) as document:
        document.init_forms()
        wanted = range(len(document)) if pages is None else pages
        return [_render(document, number, width_px) for number in wanted]


def render_strips(pdf: bytes, number: int, width_px: int, rows: int) -> Iterator[PageImage]:
    """One page from top to bottom in strips of that many rows, so that a large one stays small.

    Raises:
        UnreadablePdf: PDFium cannot open it.
    """
    with opened(pdf) as document:
        document.init_forms()
        page = document[number]
        try:
            scale = width_px / page.get_width()
            height = math.ceil(page.get_height() * scale)
            for top in range(0, height, rows):
                yield _strip(page, number, scale, top, max(0, height - top - rows))
        finally:
            page.close()


def _render(document: pdfium.PdfDocument, number: int, width_px: int) -> PageImage:
    page = document[number]
    try:
        return _strip(page, number, width_px / page.get_width(), 0, 0)
    finally:
        page.close()


def _strip(page: pdfium.PdfPage, number: int, scale: float, above: int, below: int) -> PageImage:
    """Without so many pixel rows above and below; PDFium wants points and rounds up."""
    crop = tuple(max(0.0, (rows - 0.5) / scale) for rows in (0, below, 0, above))
    bitmap = page.render(scale=scale, crop=crop, rev_byteorder=True, prefer_bgrx=True)
    try:
        pixels = bytes(bitmap.buffer)
        return PageImage(number, bitmap.width, bitmap.height, bitmap.stride, pixels, above)
    finally:
        bitmap.close()
