"""A box to tick, drawn as lines; the word beside it says the same."""

from __future__ import annotations

from typing import Any

from desktop_advisor.report import theme as look
from desktop_advisor.report.single_page import WIDTH
from desktop_advisor.report.sketches import Sketch
from desktop_advisor.report.tables import bare
from desktop_advisor.report.theme import Theme, text

_SIZE = 9.0
_ROOM = 15.0


def tick_box(*, is_ticked: bool) -> Sketch:
    """☐, or ☑ where it is ticked."""

    def paint(canvas: Any) -> None:
        canvas.setStrokeColor(look.INK)
        canvas.setLineWidth(0.8)
        canvas.rect(0.5, 1.2, _SIZE, _SIZE, stroke=1, fill=0)
        if is_ticked:
            canvas.setLineWidth(1.6)
            canvas.setLineCap(1)
            canvas.lines([(2.6, 5.6, 4.5, 3.4), (4.5, 3.4, 8.2, 8.6)])

    words = "angekreuzt" if is_ticked else "nicht angekreuzt"
    return Sketch(_SIZE + 1, _SIZE + 2.4, paint, alt=words)


def ticked_line(words: str, theme: Theme, *, is_ticked: bool, width: float = WIDTH) -> Any:
    """A box with its words beside it."""
    cells = [tick_box(is_ticked=is_ticked), text(words, theme.cell)]
    return bare([cells], (_ROOM, width - _ROOM), middle=False)
