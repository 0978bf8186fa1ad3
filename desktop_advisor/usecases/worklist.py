"""Wiedervorlage: everything that is due in any company file, the oldest first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.plan import OPEN_STATES
from desktop_advisor.domain.german import short_date
from desktop_advisor.storage.advice_models import FollowUp, Referral
from desktop_advisor.storage.models import Company, Measure
from desktop_advisor.usecases.leading_files import names_with_origin
from desktop_advisor.usecases.referrals import REPLY_WITHIN
from desktop_advisor.usecases.releasing import withheld_measures

LOOK_AHEAD = timedelta(days=14)
"""How far ahead something counts as due: two working weeks (our choice)."""


@dataclass(frozen=True)
class Due:
    """A measure, talk or answer that is due; days_overdue is negative while it lies ahead.

    owner: who is responsible for the measure, "" where nobody is named and for anything else.
    """

    kind: Literal["measure", "talk", "referral"]
    row_id: uuid.UUID
    case_id: uuid.UUID | None
    company_id: uuid.UUID
    company_name: str
    title: str
    owner: str
    due_on: date
    days_overdue: int


def due_items(session: Session, today: date) -> tuple[Due, ...]:
    """Open measures and talks up to two weeks ahead, answers that fail to come; oldest first."""
    due = [*_measures(session, today), *_talks(session, today), *_referrals(session, today)]
    names = names_with_origin(session)
    found = [replace(d, company_name=names.get(d.company_id, d.company_name)) for d in due]
    return tuple(sorted(found, key=lambda due: (due.due_on, due.company_name, due.title)))


def _measures(session: Session, today: date) -> list[Due]:
    query = (
        select(Measure, Company.name)
        .join(Company, Company.id == Measure.company_id)
        .where(
            Measure.deleted.is_(False),
            Company.deleted.is_(False),
            Measure.state.in_(OPEN_STATES),
            Measure.due_on <= today + LOOK_AHEAD,
        )
    )
    rows = [(m, name) for m, name in session.execute(query)]
    companies = {m.company_id for m, _ in rows}
    withheld = {key for company in companies for key in withheld_measures(session, company)}
    return [
        Due(
            "measure",
            m.id,
            m.case_id,
            m.company_id,
            name,
            m.title,
            m.owner,
            m.due_on,
            (today - m.due_on).days,
        )
        for m, name in rows
        if m.due_on is not None and m.id not in withheld
    ]


def _talks(session: Session, today: date) -> list[Due]:
    query = (
        select(FollowUp, Company.name)
        .join(Company, Company.id == FollowUp.company_id)
        .where(
            FollowUp.deleted.is_(False),
            Company.deleted.is_(False),
            FollowUp.state == "open",
            FollowUp.due_on <= today + LOOK_AHEAD,
        )
    )
    return [
        Due(
            "talk",
            f.id,
            f.case_id,
            f.company_id,
            name,
            talk_title(f.months, f.due_on),
            "",
            f.due_on,
            (today - f.due_on).days,
        )
        for f, name in session.execute(query)
        if f.due_on is not None
    ]


def _referrals(session: Session, today: date) -> list[Due]:
    """Referrals that were handed over and not answered in time."""
    query = (
        select(Referral, Company.name)
        .join(Company, Company.id == Referral.company_id)
        .where(
            Referral.deleted.is_(False),
            Company.deleted.is_(False),
            Referral.state == "sent",
            Referral.sent_on <= today - REPLY_WITHIN,
        )
    )
    rows = [(r, name) for r, name in session.execute(query)]
    companies = {r.company_id for r, _ in rows}
    withheld = {key for company in companies for key in withheld_measures(session, company)}
    return [
        Due(
            "referral",
            r.id,
            r.case_id,
            r.company_id,
            name,
            f"Rückmeldung steht aus: {r.recipient}",
            "",
            r.sent_on + REPLY_WITHIN,
            (today - r.sent_on - REPLY_WITHIN).days,
        )
        for r, name in rows
        if r.sent_on is not None and r.measure_id not in withheld
    ]


def talk_title(months: int | None, due_on: date) -> str:
    """ "Gespräch 6 Monate nach dem Bericht", or the day where it was added by hand."""
    if months is None:
        return f"Gespräch zur Wiedervorlage am {short_date(due_on)}"
    return f"Gespräch {months} Monate nach dem Bericht"
