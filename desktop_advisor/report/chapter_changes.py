"""Changes since an earlier report: both values and what they are worth."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Spacer

from desktop_advisor.assessment.comparison import signed
from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import say, say_all
from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report import phrases
from desktop_advisor.report.change_model import ChangeLine
from desktop_advisor.report.chapters_overview import Story, chapter, passage
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.tables import ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, text

_HEADER = ("Handlungsfeld", "Damals", "Heute", "Veränderung", "Gemeinsame Kennpunkte")
_WIDTHS = (58.0, 58.0, 78.0, 112.0)


def changes(model: ReportModel, theme: Theme) -> Story:
    """The table; nothing where there is no earlier report of another time."""
    found = model.changes
    if found is None:
        return []
    story = chapter(say("Veränderung seit dem letzten Bericht"), theme, room=220)
    words = say("Verglichen mit dem Bericht vom {0}, Fassung {1}. ").format(
        short_date(found.since), found.version
    )
    if found.why_none:
        return [*story, text(words + found.why_none, theme.aside, passage=keys.CHANGES_WHY_NONE)]
    words += say(
        "Gezählt werden nur Kennpunkte, die gleich lauten und beide Male beantwortet sind."
    )
    story += [text(words, theme.aside), Spacer(1, 6)]
    widths = (BODY_WIDTH - sum(_WIDTHS), *_WIDTHS)
    rows = [_row(line, theme) for line in found.lines]
    right = (1, 2, 3, 4)
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
    return [*story, *passage(keys.CHANGES_LEFT_OUT, found.left_out, theme.small)]


def _row(line: ChangeLine, theme: Theme) -> list[Any]:
    difference = phrases.NOTHING
    if line.before is not None and line.after is not None:
        difference = signed(line.after - line.before)
    cells = (
        phrases.figure(line.before),
        phrases.figure(line.after),
        difference,
        str(line.shared),
    )
    return [text(brief(line.dimension), theme.cell), *(text(c, theme.cell_right) for c in cells)]
