"""Datenschutzblatt: compose it from the network's profile and what was agreed to in a case."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.network_profile import ConsentPurpose, NetworkProfile
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.report.documents import privacy_wording as wording
from desktop_advisor.report.documents.privacy_model import (
    NamedBody,
    PrivacySheet,
    PurposeLine,
    Said,
)
from desktop_advisor.report.model import SignatureSlot
from desktop_advisor.storage.history import history
from desktop_advisor.storage.models import Case, Company, Consent, Visit
from desktop_advisor.usecases.branding import branding
from desktop_advisor.usecases.documents.visit_rows import (
    HeldVisit,
    advisor_lines,
    company_lines,
    slots,
    visits_of,
)
from desktop_advisor.usecases.referrals import list_referrals
from desktop_advisor.usecases.settings import show_settings
from desktop_advisor.usecases.workplace import Workplace

_FINGERPRINT = 8


def compose_privacy(place: Workplace, case_id: uuid.UUID) -> PrivacySheet:
    """The sheet as the case stands now; boxes nobody was asked about are empty, to be ticked."""
    profile, settings = place.profile, show_settings(place)
    with place.store.read() as session:
        company = session.get_one(Company, session.get_one(Case, case_id).company_id)
        visits = visits_of(place, session, case_id)
        purposes = tuple(purpose_lines(session, case_id, profile.consents))
    return PrivacySheet(
        network=branding(place),
        created_on=place.clock().astimezone(BERLIN).date(),
        company=company_lines(company),
        advisor=advisor_lines(place),
        reach=", ".join(part for part in (settings.phone, settings.email) if part),
        website=profile.website,
        controller=profile.controller,
        officer=profile.data_protection_officer,
        authority=profile.supervisory_authority,
        lead=profile.privacy or wording.VOLUNTARY,
        purposes=purposes,
        bodies=tuple(_bodies(place, case_id)),
        fingerprint=_fingerprint(profile),
        signatures=_signatures(place, visits, purposes),
    )


def draw(place: Workplace, case_id: uuid.UUID) -> bytes:
    """The PDF of the sheet as the case stands now."""
    from desktop_advisor.report.documents.privacy import draw_privacy

    return draw_privacy(compose_privacy(place, case_id), place.resources.fonts)


def purpose_lines(
    session: Session, case_id: uuid.UUID, purposes: Iterable[ConsentPurpose]
) -> Iterator[PurposeLine]:
    """Each purpose of the profile and what was last said to it in a case."""
    rows = list(
        session.scalars(
            select(Consent)
            .join(Visit, Visit.id == Consent.visit_id)
            .where(
                Visit.case_id == case_id,
                Visit.deleted.is_(False),
                Consent.deleted.is_(False),
                Consent.given_at.is_not(None),
            )
            .order_by(Consent.given_at, Consent.id)
        )
    )
    for purpose in purposes:
        said = [row for row in rows if row.purpose == purpose.id]
        yield _line(session, purpose, said)


def _line(session: Session, purpose: ConsentPurpose, said: list[Consent]) -> PurposeLine:
    """What was last said, at whichever visit; a no after a yes is a withdrawal."""
    if not said:
        return PurposeLine(title=purpose.title, text=purpose.text)
    last = said[-1]
    granted_at = None if last.granted else _last_yes(session, said)
    refused: Said = "withdrawn" if granted_at else "refused"
    return PurposeLine(
        title=purpose.title,
        text=purpose.text,
        said="granted" if last.granted else refused,
        by=last.given_by,
        on=_day(last.given_at),
        granted_on=_day(granted_at),
    )


def _last_yes(session: Session, said: Iterable[Consent]) -> datetime | None:
    """When it was last agreed to, as the change log remembers; None where it never was."""
    found = [
        change.at
        for row in said
        for change in history(session, row.id)
        if change.field == "granted" and change.value is True
    ]
    return max(found, default=None)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(BERLIN).date() if moment else None


def _bodies(place: Workplace, case_id: uuid.UUID) -> Iterator[NamedBody]:
    """Whom the company agreed to be passed on to, one by one."""
    for view in list_referrals(place, case_id):
        if view.consent_by and view.consent_on is not None:
            yield NamedBody(
                recipient=view.recipient,
                by=view.consent_by,
                on=view.consent_on,
                withdrawn_on=view.withdrawn_on,
            )


def _signatures(
    place: Workplace, visits: tuple[HeldVisit, ...], purposes: Iterable[PurposeLine]
) -> tuple[SignatureSlot, ...]:
    """Whoever ticked signs; where nobody has yet, the management that takes part."""
    company, advisor = slots(place, visits)
    givers = list(dict.fromkeys(line.by for line in purposes if line.by))
    if len(givers) != 1 or givers == [company.name]:
        return company, advisor
    functions = [
        person.function
        for visit in visits
        for person in visit.page.participants
        if person.name == givers[0]
    ]
    function = functions[-1] if functions else ""
    return SignatureSlot(name=givers[0], role=company.role, function=function), advisor


def _fingerprint(profile: NetworkProfile) -> str:
    """Of everything on the sheet that is not about this company."""
    own = (
        profile.name,
        profile.controller,
        profile.data_protection_officer,
        profile.supervisory_authority,
    )
    purposes = (f"{p.id}|{p.title}|{p.text}" for p in profile.consents)
    standing = (wording.VERSION, wording.WHAT, *wording.WHY, *wording.WHO_GETS_IT)
    more = (wording.HOW_LONG, wording.RIGHTS, wording.WITHDRAWAL, wording.MUST_I)
    lead = (wording.CONFIRMED, wording.COMPLAINT, *(profile.privacy or wording.VOLUNTARY))
    said = "\n".join((*standing, *more, *lead, *own, *purposes))
    return sha256(said.encode()).hexdigest()[:_FINGERPRINT]
