"""Priorities: what comes first, with the factors a reader can multiply."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Spacer

from desktop_advisor.domain.german import two_digits
from desktop_advisor.domain.language import say, say_all
from desktop_advisor.report import phrases
from desktop_advisor.report.chapters_overview import Story, chapter, explained
from desktop_advisor.report.explained import EXPLAINED
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.priorities_model import PriorityLine
from desktop_advisor.report.tables import ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, text

_HEADER = ("", "Handlungsfeld", "Ist", "Soll", "Lücke", "Relevanz", "Exposition", "Priorität")
_NUMBERS = 54.0


def priorities(model: ReportModel, theme: Theme) -> Story:
    """The table in its order; nothing where no field of action has a value."""
    if not model.priorities:
        return []
    story = chapter(say("Prioritäten"), theme, room=240)
    story += [*explained(model, "priorities", theme.aside), Spacer(1, 6)]
    widths = (22.0, BODY_WIDTH - 22 - 6 * _NUMBERS, *([_NUMBERS] * 6))
    rows = [_row(line, theme) for line in model.priorities]
    right = tuple(range(2, 8))
    story.append(
        ruled(
            rows,
            widths,
            header=say_all(_HEADER),
            theme=theme,
            padding=2.6,
            middle=True,
            right=right,
        )
    )
    if EXPLAINED["priorities_usual"].stands_in(model):
        story += [Spacer(1, 4), *explained(model, "priorities_usual", theme.small)]
    story += [
        text(
            say("{0}: rechnerisch Platz {1}, auf Platz {2} gesetzt. {3}").format(
                line.dimension, line.computed, line.place, line.reason
            ),
            theme.small,
        )
        for line in model.priorities
        if line.place != line.computed and line.reason
    ]
    return story


def _row(line: PriorityLine, theme: Theme) -> list[Any]:
    def cell(figure: str, *, is_set: bool = True) -> Any:
        return text(figure if is_set else f"{figure}*", theme.cell_right)

    return [
        text(str(line.place), theme.cell_bold),
        text(brief(line.dimension), theme.cell),
        cell(phrases.figure(line.actual)),
        cell(phrases.figure(line.target), is_set=line.is_agreed),
        cell(two_digits(line.gap)),
        cell(str(line.relevance), is_set=line.is_rated),
        cell(two_digits(line.exposure), is_set=line.is_measured),
        cell(two_digits(line.value)),
    ]
