"""Paragraphs that tell the canvas what they are and where they stand."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Paragraph


class Words(Paragraph):  # type: ignore[misc]  # ReportLab is untyped
    """A paragraph. passage: the key of the passage it shows, "" for none."""

    passage = ""

    def __init__(self, *args: Any, passage: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if passage:
            self.passage = passage

    def split(self, width: float, height: float) -> list[Any]:
        """Split like a paragraph; each part belongs to the same passage."""
        parts: list[Any] = super().split(width, height)
        if self.passage:
            for part in parts:
                part.passage = self.passage
        return parts

    def draw(self) -> None:
        """Draw the words and note the place of a passage."""
        if self.passage:
            left, bottom = self.canv.absolutePosition(0, 0)
            self.canv.note(self.passage, left, bottom, self.width, self.height)
        super().draw()
