"""Datenschutzblatt, drawn: what is agreed to on the front, what one has to know at the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.platypus import PageBreak, Spacer

from desktop_advisor.domain.german import short_date
from desktop_advisor.report import theme as look
from desktop_advisor.report.documents import privacy_wording as wording
from desktop_advisor.report.documents.facts_table import facts_table, headed
from desktop_advisor.report.documents.parties import parties
from desktop_advisor.report.documents.privacy_model import (
    TITLE,
    NamedBody,
    PrivacySheet,
    PurposeLine,
)
from desktop_advisor.report.documents.signature_lines import signature_lines
from desktop_advisor.report.documents.tick_box import ticked_line
from desktop_advisor.report.fonts import register
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.tables import bare, ruled
from desktop_advisor.report.theme import Theme, text

Story = list[Any]
_BOX = 46.0


def draw_privacy(sheet: PrivacySheet, fonts: Path) -> bytes:
    """The PDF of the sheet, two pages. fonts: the folder with the Source Sans 3 files."""
    register(fonts)
    whose = sheet.company[0] if sheet.company else ""
    page = SinglePage(TITLE, sheet.network, sheet.created_on, about=whose)
    theme = look.theme(sheet.network)
    return page.draw([*_front(sheet, theme), PageBreak(), *_back(sheet, theme)])[0]


def _front(sheet: PrivacySheet, theme: Theme) -> Story:
    lead = theme.cell.clone("lead_cell", spaceAfter=4)
    return [
        parties(sheet.company, sheet.advisor, theme, label="Für"),
        Spacer(1, 8),
        *(text(words, lead) for words in sheet.lead),
        *headed("Worin ich einwillige", theme),
        _purposes(sheet.purposes, theme),
        *_bodies(sheet.bodies, theme),
        *signature_lines(sheet.signatures, theme, signed=_confirmed(sheet, theme)),
    ]


def _confirmed(sheet: PrivacySheet, theme: Theme) -> Story:
    return [
        Spacer(1, 8),
        text(wording.CONFIRMED, theme.cell),
        text(f"{sheet.version_line}. {wording.INFORMED}", theme.small),
        Spacer(1, 6),
    ]


def _purposes(lines: Sequence[PurposeLine], theme: Theme) -> Any:
    """Both boxes stay empty until somebody was asked, so that the printed sheet is a form."""
    rows = [[_purpose(line, theme), _ticks(line, theme)] for line in lines]
    if not rows:
        return text(f"Zwecke: {wording.MISSING}", theme.cell)
    widths = (WIDTH - 2 * _BOX - 12, 2 * _BOX + 12)
    return ruled(rows, widths, header=("Zweck", "Ich willige ein"), theme=theme, padding=3)


def _ticks(line: PurposeLine, theme: Theme) -> Any:
    yes = ticked_line("ja", theme, is_ticked=line.is_granted, width=_BOX)
    no = ticked_line("nein", theme, is_ticked=line.is_refused, width=_BOX)
    return bare([[yes, no]], (_BOX, _BOX), middle=False)


def _purpose(line: PurposeLine, theme: Theme) -> Story:
    story: Story = [text(line.title, theme.cell_bold)]
    if line.text:
        story.append(text(line.text, theme.cell))
    if line.state:
        story.append(text(line.state[:1].upper() + line.state[1:], theme.small))
    return story


def _bodies(bodies: Sequence[NamedBody], theme: Theme) -> Story:
    if not bodies:
        return []
    rows = [
        [
            text(body.recipient, theme.cell_bold),
            text(_body_state(body), theme.cell),
        ]
        for body in bodies
    ]
    header = ("Benannte Stelle", "Einwilligung in die Weitergabe")
    table = ruled(rows, (WIDTH * 0.46, WIDTH * 0.54), header=header, theme=theme, padding=2.8)
    return [Spacer(1, 8), table]


def _body_state(body: NamedBody) -> str:
    given = f"erteilt von {body.by} am {short_date(body.on)}"
    if body.withdrawn_on is None:
        return given
    return f"widerrufen am {short_date(body.withdrawn_on)} ({given})"


def _back(sheet: PrivacySheet, theme: Theme) -> Story:
    reach = f" ({sheet.reach})" if sheet.reach else ""
    rows: list[tuple[str, Any]] = [
        ("Verantwortlich", _given(_controller(sheet), theme)),
        ("Datenschutzbeauftragte Person", _given(sheet.officer, theme)),
        ("Welche Daten", wording.WHAT),
        ("Wozu und auf welcher Grundlage", _points(wording.WHY, theme)),
        ("Wer sie erhält", _points(wording.WHO_GETS_IT, theme)),
        ("Wie lange", wording.HOW_LONG),
        ("Ihre Rechte", wording.RIGHTS),
        ("Widerruf", wording.WITHDRAWAL.format(reach=reach)),
        ("Muss ich das angeben?", wording.MUST_I),
        ("Beschwerde", [text(wording.COMPLAINT, theme.cell), _given(sheet.authority, theme)]),
        ("Fassung", f"{sheet.version_line}, gedruckt am {short_date(sheet.created_on)}"),
    ]
    firm = [(label, _firm(said) if isinstance(said, str) else said) for label, said in rows]
    lead = _firm("Wie wir mit Ihren Daten umgehen: Information nach Art. 13 DSGVO")
    return [text(lead, theme.section), Spacer(1, 2), facts_table(firm, theme)]


def _controller(sheet: PrivacySheet) -> str:
    return " · ".join(part for part in (sheet.controller, sheet.website) if sheet.controller)


def _given(words: str, theme: Theme) -> Any:
    """What the profile says, or in plain sight that it says nothing."""
    if words.strip():
        return text(words, theme.cell)
    return text(wording.MISSING, theme.cell_bold.clone("missing", textColor=look.ATTENTION))


def _firm(words: str) -> str:
    """No line ends between "Art." and its number."""
    return words.replace("Art. ", "Art.\u00a0").replace("Buchst. ", "Buchst.\u00a0")


def _points(points: Sequence[str], theme: Theme) -> Story:
    style = theme.cell.clone("point", leftIndent=9, bulletIndent=0, spaceAfter=1.5)
    return [text(_firm(point), style, bullet="•") for point in points]
