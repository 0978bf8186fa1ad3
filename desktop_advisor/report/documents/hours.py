"""Stundennachweis, drawn: a table of visits, its sum, two statements to sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.platypus import Spacer

from desktop_advisor.domain.german import short_date
from desktop_advisor.report import theme as look
from desktop_advisor.report.documents.facts_table import facts_table
from desktop_advisor.report.documents.hours_model import (
    MISSING,
    STATEMENTS,
    TITLE,
    HoursRecord,
    hours_text,
)
from desktop_advisor.report.documents.parties import parties
from desktop_advisor.report.documents.signature_lines import signature_lines
from desktop_advisor.report.fonts import register
from desktop_advisor.report.model import Visit
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.tables import ruled
from desktop_advisor.report.theme import Theme, text

Story = list[Any]
_WIDTHS = (62.0, 88.0, 104.0, WIDTH - 62 - 88 - 104 - 66, 66.0)
_HEADER = ("Datum", "von–bis", "Ort", "Tätigkeit", "Stunden")


def draw_hours(record: HoursRecord, fonts: Path) -> bytes:
    """The PDF of the record. fonts: the folder with the Source Sans 3 files."""
    register(fonts)
    whose = record.company[0] if record.company else ""
    sheet = SinglePage(TITLE, record.network, record.created_on, about=whose)
    return sheet.draw(_story(record, look.theme(record.network)))[0]


def _story(record: HoursRecord, theme: Theme) -> Story:
    return [
        parties(record.company, record.advisor, theme),
        Spacer(1, 8),
        facts_table(_funding(record), theme),
        Spacer(1, 12),
        _visits(record, theme),
        Spacer(1, 8),
        *(text(gap, theme.warning) for gap in record.gaps),
        *signature_lines(record.signatures, theme, signed=_statements(theme)),
    ]


def _statements(theme: Theme) -> Story:
    said = [text(words, theme.body) for words in STATEMENTS]
    return [Spacer(1, 6), *said, Spacer(1, 8)]


def _funding(record: HoursRecord) -> list[tuple[str, str]]:
    return [
        ("Beratungsfall", record.case or "–"),
        ("Förderung", record.network.funder_line or MISSING),
        ("Förderkennzeichen", record.network.funding_number or MISSING),
    ]


def _visits(record: HoursRecord, theme: Theme) -> Any:
    rows = [_row(visit, theme) for visit in record.visits]
    rows = rows or [[text("noch kein Termin abgeschlossen", theme.cell), "", "", "", ""]]
    words = text("Summe der erfassten Stunden", theme.cell_bold)
    total = text(hours_text(record.total), theme.figure_right.clone("total", fontSize=11.5))
    foot = ["", "", "", words, total]
    return ruled(rows, _WIDTHS, header=_HEADER, theme=theme, right=(4,), foot=foot)


def _row(visit: Visit, theme: Theme) -> list[Any]:
    return [
        text(short_date(visit.on) if visit.on else "ohne Datum", theme.cell),
        text(visit.time or "–", theme.cell),
        text(visit.place or "–", theme.cell),
        text(visit.purpose or "Beratung", theme.cell),
        text(hours_text(visit.hours), theme.cell_right),
    ]
