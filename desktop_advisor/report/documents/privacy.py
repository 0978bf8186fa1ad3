"""Datenschutzblatt, drawn: what is agreed to on the front, what one has to know on the back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak, PageBreak, Spacer

from desktop_advisor.domain.german import short_date
from desktop_advisor.report import theme as look
from desktop_advisor.report.documents import privacy_wording as wording
from desktop_advisor.report.documents.facts_table import facts_table, headed
from desktop_advisor.report.documents.privacy_model import (
    TITLE,
    NamedBody,
    PrivacySheet,
    PurposeLine,
    said_or_missing,
)
from desktop_advisor.report.documents.signature_lines import signature_lines
from desktop_advisor.report.documents.tick_box import ticked_line
from desktop_advisor.report.fonts import register
from desktop_advisor.report.single_page import WIDTH, SinglePage
from desktop_advisor.report.tables import boxes, ruled
from desktop_advisor.report.theme import Theme, brief, text

Story = list[Any]
_BOX = 46.0
_LONGEST = 160
_SIGNED_TOGETHER = 170


def draw_privacy(sheet: PrivacySheet, fonts: Path) -> bytes:
    """The PDF of the sheet, two pages. fonts: the folder with the Source Sans 3 files."""
    register(fonts)
    page = SinglePage(title=TITLE, network=sheet.network, created_on=sheet.created_on)
    theme = look.theme(sheet.network)
    return page.draw([*_front(sheet, theme), PageBreak(), *_back(sheet, theme)])[0]


def _front(sheet: PrivacySheet, theme: Theme) -> Story:
    company = _block("Für", sheet.company or ("Unternehmen:", "_" * 34), theme)
    advisor = _block("Beratende Person", sheet.advisor, theme)
    return [
        boxes((company, advisor), theme, width=WIDTH),
        Spacer(1, 8),
        *(text(words, theme.cell) for words in sheet.lead),
        *headed("Worin ich einwillige", theme),
        _purposes(sheet.purposes, theme),
        *_bodies(sheet.bodies, theme),
        CondPageBreak(_SIGNED_TOGETHER),
        Spacer(1, 8),
        text(wording.CONFIRMED, theme.cell),
        text(
            f"{sheet.version_line}. Die Informationen nach Art. 13 DSGVO stehen auf der Rückseite.",
            theme.small,
        ),
        Spacer(1, 6),
        *signature_lines(sheet.signatures, theme),
    ]


def _block(label: str, lines: Sequence[str], theme: Theme) -> Story:
    first, *others = [brief(line, _LONGEST) for line in lines] or ["–"]
    story = [text(label, theme.label), Spacer(1, 2), text(first, theme.entry)]
    return [*story, *(text(line, theme.cell) for line in others)]


def _purposes(lines: Sequence[PurposeLine], theme: Theme) -> Any:
    """Both boxes stay empty until somebody was asked, so that the printed sheet is a form."""
    rows = [
        [
            ticked_line("ja", theme, is_ticked=line.is_granted, width=_BOX),
            ticked_line("nein", theme, is_ticked=line.is_refused, width=_BOX),
            _purpose(line, theme),
        ]
        for line in lines
    ]
    if not rows:
        return text(f"Zwecke: {wording.MISSING}", theme.cell)
    widths = (_BOX + 4, _BOX + 10, WIDTH - 2 * _BOX - 14)
    return ruled(rows, widths, header=("", "", "Zweck"), theme=theme, padding=3.6)


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
        ("Verantwortlich", _controller(sheet)),
        ("Datenschutz-beauftragte Person", said_or_missing(sheet.officer)),
        ("Welche Daten", wording.WHAT),
        ("Wozu und auf welcher Grundlage", _points(wording.WHY, theme)),
        ("Wer sie erhält", _points(wording.WHO_GETS_IT, theme)),
        ("Wie lange", wording.HOW_LONG),
        ("Ihre Rechte", wording.RIGHTS),
        ("Widerruf", wording.WITHDRAWAL.format(reach=reach)),
        ("Muss ich das angeben?", wording.MUST_I),
        ("Beschwerde", wording.COMPLAINT + said_or_missing(sheet.authority) + "."),
        ("Fassung", f"{sheet.version_line}, gedruckt am {short_date(sheet.created_on)}"),
    ]
    lead = "Wie wir mit Ihren Daten umgehen. Information nach Art. 13 DSGVO."
    return [text(lead, theme.section), Spacer(1, 2), facts_table(rows, theme)]


def _controller(sheet: PrivacySheet) -> str:
    where = f" {sheet.website}" if sheet.controller and sheet.website else ""
    return f"{said_or_missing(sheet.controller)}{where}"


def _points(points: Sequence[str], theme: Theme) -> Story:
    style = theme.cell.clone("point", leftIndent=9, bulletIndent=0, spaceAfter=1.5)
    return [text(point, style, bullet="•") for point in points]
