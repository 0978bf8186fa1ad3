"""Verweise as they are printed in the consultation report."""

from __future__ import annotations

from datetime import date

import msgspec


class ReferralLine(msgspec.Struct, frozen=True, kw_only=True):
    """One referral. state in words; consent_by "" and consent_on None: nobody agreed yet.

    sent_on: None while nothing was handed over. feedback: "" while the body has not answered.
    """

    recipient: str
    concern: str = ""
    measure: str = ""
    state: str = ""
    consent_by: str = ""
    consent_on: date | None = None
    sent_on: date | None = None
    feedback: str = ""
    feedback_on: date | None = None
