"""Words of a referral: its state, the next step, and what has happened so far."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.usecases.referrals import ReferralView

translate = QCoreApplication.translate


def referral_state(view: ReferralView) -> tuple[str, Tone]:
    """State in words, and its tone."""
    if view.state == "agreed" and view.withdrawn_on is not None:
        return translate("referrals", "Weitergabe abgelehnt"), Tone.DANGER
    return {
        "planned": (translate("referrals", "geplant"), Tone.NEUTRAL),
        "agreed": (translate("referrals", "Einwilligung liegt vor"), Tone.MAIN),
        "sent": (translate("referrals", "übergeben"), Tone.ATTENTION),
        "answered": (translate("referrals", "Rückmeldung eingegangen"), Tone.GOOD),
        "dropped": (translate("referrals", "verworfen"), Tone.NEUTRAL),
    }[view.state]


def next_step(view: ReferralView) -> tuple[str, str] | None:
    """Key and words of the one thing to do next; None where nothing is left to do."""
    if view.state == "planned" or (view.state == "agreed" and not view.has_consent):
        return "agree", translate("referrals", "Einwilligung festhalten …")
    if view.state == "agreed":
        return "send", translate("referrals", "Als übergeben vermerken …")
    if view.state == "sent":
        return "feedback", translate("referrals", "Rückmeldung eintragen …")
    return None


def happened(view: ReferralView) -> str:
    """One line per thing that has happened, oldest first; "" while nothing has."""
    lines = []
    if view.consent_by and view.consent_on:
        words = translate("referrals", "{0} hat am {1} eingewilligt.")
        lines.append(words.format(view.consent_by, short_date(view.consent_on)))
    if view.withdrawn_on:
        words = translate("referrals", "Am {0} wurde die Weitergabe abgelehnt.")
        lines.append(words.format(short_date(view.withdrawn_on)))
    if view.sent_on:
        words = translate("referrals", "Übergeben am {0}.")
        lines.append(words.format(short_date(view.sent_on)))
    if view.reply_due:
        words = translate("referrals", "Rückmeldung erwartet bis {0}.")
        lines.append(words.format(short_date(view.reply_due)))
    if view.feedback_on:
        words = translate("referrals", "Rückmeldung vom {0}: {1}")
        lines.append(words.format(short_date(view.feedback_on), view.feedback))
    return "\n".join(lines)
