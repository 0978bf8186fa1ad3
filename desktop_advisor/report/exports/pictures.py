"""Drawings as pictures, for files that cannot hold them as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

DOTS_PER_INCH = 220
"""Sharp in print at the size of the page; above it a file only grows (our choice)."""
_LARGEST_DRAWING = 300_000
"""Bytes no drawing of lines reaches; above, it is a photo, which JPEG stores in a fifth."""


@dataclass(frozen=True)
class Picture:
    """A drawing as PNG, a photo as JPEG. width, height: in points; alt: "" for mere ornament."""

    image: bytes
    width: float
    height: float
    alt: str


def pictures(drawings: Sequence[Any], room: float) -> list[Picture]:
    """Every drawing as it stands in the PDF, in the same order. room: points a page offers."""
    if not drawings:
        return []
    sizes = [tuple(map(float, drawing.wrap(room, 10_000))) for drawing in drawings]
    sheets = _sheets(drawings, sizes)
    images = (_image(sheets, number) for number in range(len(drawings)))
    return [
        Picture(image, width, height, str(getattr(drawing, "alt", "") or ""))
        for image, (width, height), drawing in zip(images, sizes, drawings, strict=True)
    ]


def _sheets(drawings: Sequence[Any], sizes: Sequence[tuple[float, ...]]) -> bytes:
    """A PDF with a page of the very size of each drawing."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for drawing, size in zip(drawings, sizes, strict=True):
        canvas.setPageSize(size)
        drawing.drawOn(canvas, 0, 0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _image(sheets: bytes, number: int) -> bytes:
    from desktop_advisor.signing.pdfium import opened

    with opened(sheets) as document:
        bitmap = document[number].render(scale=DOTS_PER_INCH / 72)
        image = bitmap.to_pil().copy()
        bitmap.close()
    png = _encoded(image, "PNG")
    return png if len(png) <= _LARGEST_DRAWING else _encoded(image, "JPEG", quality=88)


def _encoded(image: Any, form: str, **options: int) -> bytes:
    out = BytesIO()
    image.save(out, form, dpi=(DOTS_PER_INCH, DOTS_PER_INCH), **options)
    return out.getvalue()
