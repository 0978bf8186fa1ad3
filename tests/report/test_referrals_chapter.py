"""Chapter Verweise: to whom, with whose consent, and what came of it."""

from __future__ import annotations

from datetime import date

import msgspec

from desktop_advisor.report.referrals_model import ReferralLine
from tests.report.reading import words_of
from tests.report.sample import sample_report

ANSWERED = ReferralLine(
    recipient="Helpdesk ITAS",
    concern="Umstellung auf Elektroantrieb",
    measure="Energieaudit",
    state="Rückmeldung eingegangen",
    consent_by="Sabine Hartmann",
    consent_on=date(2026, 11, 24),
    sent_on=date(2026, 11, 25),
    feedback="Termin am 9. Dezember",
    feedback_on=date(2026, 11, 30),
)


def printed(*lines: ReferralLine) -> str:
    return words_of(msgspec.structs.replace(sample_report(), referrals=lines))


def test_the_chapter_says_whom_who_agreed_and_what_came_of_it() -> None:
    words = printed(ANSWERED, ReferralLine(recipient="SAENA", state="geplant"))

    for part in (
        "Helpdesk ITAS",
        "Maßnahme: Energieaudit",
        "Sabine Hartmann",
        "übergeben am 25.11.2026",
        "Termin am 9. Dezember (30.11.2026)",
        "SAENA",
        "noch nicht erteilt",
    ):
        assert part in words


def test_without_a_referral_there_is_no_chapter() -> None:
    assert "Verwiesen wird nur mit Einwilligung" not in printed()


def test_twelve_long_referrals_go_on_over_pages() -> None:
    lines = [
        msgspec.structs.replace(ANSWERED, recipient=f"Stelle {n}", feedback="Wort " * 200)
        for n in range(12)
    ]
    words = printed(*lines)
    assert all(f"Stelle {n} " in words for n in range(12))
