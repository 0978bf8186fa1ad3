"""Annex: what the program had written and what was printed instead, passage by passage."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import CondPageBreak, Spacer

from desktop_advisor.domain.language import say
from desktop_advisor.report.chapters_overview import Story
from desktop_advisor.report.edit_model import EditedPassage
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import heading
from desktop_advisor.report.tables import ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, text

_WHERE = 112.0
_LEAD = (
    "Diese Texte hat das Programm aus den Antworten erzeugt; die beratende Person hat sie "
    "geändert. Zahlen, Antworten und Rechenwege sind davon nicht berührt."
)
_LEFT_OUT = "(weggelassen)"


def edited_passages(model: ReportModel, theme: Theme) -> Story:
    """The generated and the printed text side by side; nothing where nothing was edited.

    A passage of a chapter that is not printed stands on no page and is not listed either.
    """
    shown = [edit for edit in model.edited if edit.chapter not in model.hidden]
    if not shown:
        return []
    half = (BODY_WIDTH - _WHERE) / 2
    header = (say("Passage"), say("Vom Programm erzeugt"), say("Gedruckt"))
    table = ruled(
        [_row(edit, theme) for edit in shown],
        (_WHERE, half, half),
        header=header,
        theme=theme,
        padding=2.6,
    )
    title = heading(say("Bearbeitete Passagen"), theme.dense_section, level=1)
    return [CondPageBreak(96), title, text(say(_LEAD), theme.dense_soft), table, Spacer(1, 8)]


def _row(edit: EditedPassage, theme: Theme) -> list[Any]:
    printed = [text(line, theme.dense) for line in edit.text.splitlines() if line.strip()]
    return [
        text(edit.label, theme.dense_soft),
        [text(line, theme.dense) for line in edit.original.splitlines() if line.strip()],
        printed or text(say(_LEFT_OUT), theme.dense_soft),
    ]
