"""Facts in two columns, and headings that stay with what follows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import CondPageBreak

from desktop_advisor.report.single_page import WIDTH
from desktop_advisor.report.tables import Cell, ruled
from desktop_advisor.report.theme import Theme, text

_LABELS = 112.0


def facts_table(
    rows: Sequence[tuple[str, str | Cell]], theme: Theme, *, width: float = WIDTH
) -> Any:
    """A label and what stands for it, per row; words may be longer than a page."""
    cells = [
        [
            text(label, theme.cell_bold),
            text(said, theme.cell) if isinstance(said, str) else said,
        ]
        for label, said in rows
    ]
    return ruled(cells, (_LABELS, width - _LABELS), theme=theme, padding=2.8)


def headed(title: str, theme: Theme, *, room: float = 84) -> list[Any]:
    """A heading, on the next page where only `room` points are left below it."""
    return [CondPageBreak(room), text(title, theme.section)]
