"""Übergabenotiz: compose the page for the body a company is referred to, and write it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.offers import Offer
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.domain.working_days import working_day_from
from desktop_advisor.report.handover_model import (
    HandoverContact,
    HandoverMeasure,
    HandoverNote,
    mail_text,
)
from desktop_advisor.storage.advice_models import Referral
from desktop_advisor.storage.models import Assessment, Company, Contact, Participant, Visit
from desktop_advisor.usecases.branding import advisor, branding
from desktop_advisor.usecases.measures import STATES, PlanRow, list_measures
from desktop_advisor.usecases.referral_errors import (
    ConsentMissing,
    HandoverNotWritten,
    NoSuchReferral,
    StepOutOfOrder,
)
from desktop_advisor.usecases.referrals import (
    REPLY_WITHIN,
    ReferralView,
    check_consent,
    find_referral,
)
from desktop_advisor.usecases.referrals import STATES as REFERRAL_STATES
from desktop_advisor.usecases.visits import held_visits
from desktop_advisor.usecases.workplace import Workplace

FILE_NAME = "Uebergabenotiz.pdf"
"""Without the company's name: a file name is read by whoever sees the drive."""


def compose_handover(place: Workplace, referral_id: uuid.UUID) -> HandoverNote:
    """The note of one referral. Of persons it names only who agreed, and the advisor.

    Raises ConsentMissing, ConsentWithdrawn, NoSuchReferral, StepOutOfOrder once it was dropped.
    """
    view = find_referral(place, referral_id)
    if view.state == "dropped":
        raise StepOutOfOrder(view.recipient, REFERRAL_STATES[view.state])
    measures = _measures(place, view)
    today = place.clock().astimezone(BERLIN).date()
    with place.store.read() as session:
        row = session.get(Referral, referral_id)
        if row is None:
            raise NoSuchReferral
        check_consent(session, row)
        if view.consent_on is None:
            raise ConsentMissing(view.recipient)
        company = session.get_one(Company, view.company_id)
        return HandoverNote(
            network=branding(place),
            created_on=today,
            advisor=advisor(place),
            recipient=view.recipient,
            recipient_reach=_reach(view.contact),
            company=company.name,
            town=company.town,
            contact=_contact(session, view),
            consent_on=view.consent_on,
            reply_by=reply_day(view.sent_on or today),
            concern=view.concern,
            done=tuple(_done(session, view.case_id)),
            measures=measures,
        )


def save_handover(place: Workplace, referral_id: uuid.UUID, target: Path) -> None:
    """Write the page as a PDF. Raises HandoverNotWritten, and as `compose_handover`."""
    from desktop_advisor.report.handover_page import draw_handover

    pdf = draw_handover(compose_handover(place, referral_id), place.resources.fonts)
    try:
        target.write_bytes(pdf)
    except OSError as error:
        raise HandoverNotWritten(target) from error


def handover_mail(place: Workplace, referral_id: uuid.UUID) -> str:
    """The note as an e-mail to be copied. Raises as `compose_handover`."""
    return mail_text(compose_handover(place, referral_id))


def reply_day(sent_on: date) -> date:
    """By when an answer is wished for: two weeks on, or the next working day."""
    return working_day_from(sent_on + REPLY_WITHIN)


def _reach(offer: Offer | None) -> str:
    if offer is None:
        return ""
    parts = (offer.phone, offer.email, offer.website.removeprefix("https://"))
    return " · ".join(part for part in parts if part)


def _contact(session: Session, view: ReferralView) -> HandoverContact:
    """Whoever agreed, with phone and e-mail where the file has them for that very person."""
    wanted = view.consent_by.casefold()
    people = select(Contact).where(
        Contact.company_id == view.company_id, Contact.deleted.is_(False)
    )
    for person in session.scalars(people.order_by(Contact.id)):
        if " ".join(person.name.split()).casefold() == wanted:
            return HandoverContact(
                name=view.consent_by,
                function=person.function,
                phone=person.phone,
                email=person.email,
            )
    guests = select(Participant).where(
        Participant.company_id == view.company_id, Participant.deleted.is_(False)
    )
    functions = [
        guest.function
        for guest in session.scalars(guests.order_by(Participant.id))
        if " ".join(guest.name.split()).casefold() == wanted and guest.function
    ]
    return HandoverContact(name=view.consent_by, function=functions[0] if functions else "")


def _done(session: Session, case_id: uuid.UUID) -> Iterator[str]:
    """The visits and that there was a check, without what it found."""
    for visit in held_visits(session, case_id):
        yield _visit_line(visit)
    query = select(Assessment.id).where(
        Assessment.case_id == case_id,
        Assessment.deleted.is_(False),
        Assessment.perspective != str(Perspective.WORKS_COUNCIL),
    )
    if session.scalars(query).first() is not None:
        yield "Transformationscheck begonnen; Ergebnisse werden nicht weitergegeben."


def _visit_line(visit: Visit) -> str:
    day = visit.starts_at.astimezone(BERLIN).date() if visit.starts_at else None
    return f"Termin am {short_date(day)}" if day else "Termin ohne Datum"


def _measures(place: Workplace, view: ReferralView) -> tuple[HandoverMeasure, ...]:
    """The measure the referral serves, and open ones that name the same contact."""
    offer = view.contact.id if view.contact else None

    def concerns(row: PlanRow) -> bool:
        names_it = offer in row.draft.offers and row.draft.state in ("agreed", "running")
        return row.measure_id == view.measure_id or names_it

    return tuple(
        HandoverMeasure(
            title=row.draft.title,
            state=STATES.get(row.draft.state, ""),
            due_on=row.draft.due_on,
        )
        for row in list_measures(place, view.case_id)
        if concerns(row)
    )
