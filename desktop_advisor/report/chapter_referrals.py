"""Verweise: to whom the company was referred, who agreed, and what came of it (domain §6, 13)."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Spacer

from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import say, say_all
from desktop_advisor.report.chapters_overview import Story, chapter, explained
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.referrals_model import ReferralLine
from desktop_advisor.report.tables import ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, text

_HEADER = ("An wen und wofür", "Einwilligung", "Stand und Rückmeldung")
_CONSENT, _STATE = 120.0, 150.0


def referrals(model: ReportModel, theme: Theme) -> Story:
    """The table; nothing where nobody was referred."""
    if not model.referrals:
        return []
    rows = [_row(line, theme) for line in model.referrals]
    widths = (BODY_WIDTH - _CONSENT - _STATE, _CONSENT, _STATE)
    table = ruled(rows, widths, header=say_all(_HEADER), theme=theme)
    lead = explained(model, "referrals", theme.aside)
    return [*chapter(say("Verweise"), theme, room=170), *lead, Spacer(1, 2), table]


def _row(line: ReferralLine, theme: Theme) -> list[Any]:
    whom: Story = [text(line.recipient, theme.cell_bold)]
    whom += [text(line.concern, theme.cell)] if line.concern else []
    whom += [text(say("Maßnahme: {0}").format(line.measure), theme.small)] if line.measure else []
    return [whom, _consent(line, theme), _state(line, theme)]


def _consent(line: ReferralLine, theme: Theme) -> Story:
    if not line.consent_by:
        return [text(say("noch nicht erteilt"), theme.cell)]
    on = (
        [text(say("am {0}").format(short_date(line.consent_on)), theme.small)]
        if line.consent_on
        else []
    )
    return [text(line.consent_by, theme.cell), *on]


def _state(line: ReferralLine, theme: Theme) -> Story:
    story: Story = [text(line.state, theme.cell_bold)]
    if line.sent_on:
        story.append(text(say("übergeben am {0}").format(short_date(line.sent_on)), theme.small))
    if line.feedback:
        on = f" ({short_date(line.feedback_on)})" if line.feedback_on else ""
        story.append(text(f"{line.feedback}{on}", theme.cell))
    return story
