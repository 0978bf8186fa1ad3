"""The advisor's own paragraphs and photos at the end of a chapter."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.platypus import KeepTogether, Spacer

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.language import say
from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report.edit_model import Inserted
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.sketches import Sketch
from desktop_advisor.report.theme import BODY_HEIGHT, BODY_WIDTH, Theme, text

HIGHEST = BODY_HEIGHT / 2 - 40
"""Points of a photo without its caption, so that both are never more than half a page."""
DENSEST = 72 / 110
"""Points per pixel at least: a small picture is not blown up until one sees its pixels."""


class UnreadablePhoto(KnownError):
    """The bytes of a photo are no image."""

    def __init__(self, caption: str) -> None:
        super().__init__(
            f"Das Foto „{caption or 'ohne Bildunterschrift'}“ im Bericht ist nicht lesbar.",
            safe="Alle Texte und Antworten sind erhalten.",
            todo="Bitte nehmen Sie es aus dem Bericht und fügen Sie es neu ein.",
        )


def inserted(model: ReportModel, chapter: str, theme: Theme) -> list[Any]:
    """What the advisor added to the chapter, in their order. Raises: UnreadablePhoto."""
    story: list[Any] = []
    for part in model.insertions:
        if part.chapter == chapter:
            story += _photo(part, theme) if part.image else _paragraphs(part, theme)
    return [Spacer(1, 6), *story] if story else []


def _paragraphs(part: Inserted, theme: Theme) -> list[Any]:
    lines = [line for line in part.text.splitlines() if line.strip()]
    return [text(line, theme.body, passage=keys.own(part.id)) for line in lines]


def _photo(part: Inserted, theme: Theme) -> list[Any]:
    """The photo above its caption; they stay on one page unless the caption alone would fill it."""
    image = _image(part)
    width, height = fitted_size(*image.getSize())

    def paint(canvas: Any) -> None:
        canvas.drawImage(image, 0, 0, width, height)

    sketch = Sketch(width, height, paint)
    sketch.hAlign, sketch.alt = "LEFT", part.caption or say("Foto ohne Bildunterschrift")
    caption = text(part.caption or " ", theme.small, passage=keys.own(part.id))
    return [KeepTogether([sketch, Spacer(1, 3), caption]), Spacer(1, 8)]


def fitted_size(width_px: int, height_px: int) -> tuple[float, float]:
    """Width and height in points: within the text, half a page and the picture's own pixels."""
    scale = min(BODY_WIDTH / width_px, HIGHEST / height_px, DENSEST)
    return width_px * scale, height_px * scale


def _image(part: Inserted) -> Any:
    try:
        Image.open(BytesIO(part.image)).verify()
        return ImageReader(BytesIO(part.image))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise UnreadablePhoto(part.caption) from broken
