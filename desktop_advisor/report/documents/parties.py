"""Who a document is between: two tinted boxes at its top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Spacer

from desktop_advisor.domain.language import say
from desktop_advisor.report.single_page import WIDTH
from desktop_advisor.report.tables import boxes
from desktop_advisor.report.theme import Theme, brief, text

_LONGEST = 400
"""Most characters of a line in a box, which cannot go over two pages."""


def parties(
    company: Sequence[str], advisor: Sequence[str], theme: Theme, *, label: str = "Unternehmen"
) -> Any:
    """Company and advisor side by side, name first, the other lines below.

    label: above the company.
    """
    cells = (_party(label, company, theme), _party(say("Beratende Person"), advisor, theme))
    return boxes(cells, theme, width=WIDTH)


def _party(label: str, lines: Sequence[str], theme: Theme) -> list[Any]:
    first, *others = [brief(line, _LONGEST) for line in lines] or ["–"]
    story = [text(label, theme.label), Spacer(1, 2), text(first, theme.entry)]
    return [*story, *(text(line, theme.cell) for line in others)]
