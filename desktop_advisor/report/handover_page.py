"""Übergabenotiz, drawn: one A4 page in the network's colours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from reportlab.platypus import Spacer

from desktop_advisor.domain.german import short_date
from desktop_advisor.report import theme as look
from desktop_advisor.report.fonts import register
from desktop_advisor.report.handover_model import (
    TITLE,
    HandoverMeasure,
    HandoverNote,
    advisor_lines,
    contact_lines,
)
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.tables import bare, boxes, ruled
from desktop_advisor.report.theme import Theme, brief, text

Story = list[Any]
_TRIMS = ((2400, 8, 10), (1600, 6, 8), (900, 5, 5), (500, 3, 3))
"""Most characters of the concern, most measures, most lines of what was done; roomy first."""
_GAP = 20.0
_MOST_LABEL = 110


def draw_handover(note: HandoverNote, fonts: Path) -> bytes:
    """The PDF of the note, always one page; what finds no room is cut with an ellipsis.

    fonts: the folder with the Source Sans 3 files.
    """
    register(fonts)
    sheet = SinglePage(TITLE, note.network, note.created_on)
    theme = look.theme(note.network)
    for concern, measures, done in _TRIMS:
        drawn, pages = sheet.draw(_story(_trimmed(note, concern, measures, done), theme))
        if pages == 1:
            break
    return drawn


def _trimmed(note: HandoverNote, concern: int, measures: int, done: int) -> HandoverNote:
    words = note.concern
    if len(words) > concern or words.count("\n") > concern // 80:
        words = brief(words, concern)
    return msgspec.structs.replace(
        note,
        recipient=brief(note.recipient, _MOST_LABEL),
        company=brief(note.company, _MOST_LABEL),
        concern=words,
        measures=note.measures[:measures],
        done=note.done[:done],
    )


def _story(note: HandoverNote, theme: Theme) -> Story:
    half = (WIDTH - _GAP) / 2
    reach: Story = [
        _label("erbeten bis", theme),
        text(short_date(note.reply_by), theme.figure_right.clone("reply", alignment=0)),
    ]
    sender = _block("an die beratende Person", advisor_lines(note.advisor), theme)
    return [
        boxes((_parties(note, theme), _company(note, theme)), theme, width=WIDTH),
        Spacer(1, 6),
        text("Anliegen", theme.section),
        text(note.concern or "Wird im Gespräch geklärt.", theme.body),
        *_done(note, theme),
        *_measures(note.measures, theme),
        Spacer(1, 10),
        text("Rückmeldung", theme.section),
        text(note.request_line, theme.body),
        Spacer(1, 4),
        bare([[reach, "", sender]], (half, _GAP, half), middle=False),
        Spacer(1, 12),
        text("Einwilligung", theme.label),
        Spacer(1, 2),
        text(note.consent_line, theme.small),
    ]


def _label(words: str, theme: Theme) -> Any:
    return text(words, theme.label)


def _block(label: str, lines: list[str], theme: Theme) -> Story:
    """A label, the first line strong, the others below."""
    first, *others = [brief(line, _MOST_LABEL) for line in lines] or ["–"]
    return [
        _label(label, theme),
        Spacer(1, 2),
        text(first, theme.entry),
        *(text(line, theme.cell) for line in others),
    ]


def _parties(note: HandoverNote, theme: Theme) -> Story:
    lines = [line for line in (note.recipient, note.recipient_reach) if line]
    return _block("An", lines, theme)


def _company(note: HandoverNote, theme: Theme) -> Story:
    who = [line for line in (note.company, note.town) if line]
    return [
        *_block("Anfragendes Unternehmen", who, theme),
        Spacer(1, 5),
        *_block("Ansprechperson", contact_lines(note.contact), theme),
    ]


def _done(note: HandoverNote, theme: Theme) -> Story:
    if not note.done:
        return []
    lines = [text(line, theme.step, bullet="•") for line in note.done]
    return [text("Bisher geschehen", theme.section), *lines]


def _measures(measures: tuple[HandoverMeasure, ...], theme: Theme) -> Story:
    if not measures:
        return []
    rows = [
        [
            text(brief(m.title, 160), theme.cell_bold),
            text(m.state or "–", theme.cell),
            text(short_date(m.due_on) if m.due_on else "offen", theme.cell_right),
        ]
        for m in measures
    ]
    header = ("Maßnahme", "Umsetzungsstand", "Frist")
    table = ruled(rows, (WIDTH - 190, 110, 80), header=header, theme=theme, right=(2,))
    return [text("Vereinbarte Maßnahmen dazu", theme.section), table]
