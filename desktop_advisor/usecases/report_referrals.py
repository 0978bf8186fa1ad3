"""The referrals of a case, as the report prints them."""

from __future__ import annotations

import uuid

from desktop_advisor.domain.language import say
from desktop_advisor.report.referrals_model import ReferralLine
from desktop_advisor.usecases.referrals import STATES, ReferralView, list_referrals
from desktop_advisor.usecases.workplace import Workplace


def referral_lines(place: Workplace, case_id: uuid.UUID) -> tuple[ReferralLine, ...]:
    """Without those that were dropped; without what the works council has not released."""
    views = list_referrals(place, case_id)
    return tuple(_line(view) for view in views if view.state != "dropped")


def _line(view: ReferralView) -> ReferralLine:
    is_stopped = view.withdrawn_on is not None and view.state == "agreed"
    consent_on = None if view.withdrawn_on else view.consent_on
    return ReferralLine(
        recipient=view.recipient,
        concern=view.concern,
        measure=view.measure_title,
        state=say("Weitergabe abgelehnt") if is_stopped else STATES[view.state],
        consent_by="" if view.withdrawn_on else view.consent_by,
        consent_on=consent_on,
        sent_on=view.sent_on,
        feedback=view.feedback,
        feedback_on=view.feedback_on,
    )
