"""Verweise: hand a company over to a named body, with its consent, and hear what became of it.

Domain §1, stage 5. Consent is given per named recipient (domain §6); without it nothing is sent.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.offers import Offer
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.language import Words
from desktop_advisor.storage.advice_models import Referral
from desktop_advisor.storage.history import undo_last_row
from desktop_advisor.storage.models import Case, Consent, Measure, Visit
from desktop_advisor.usecases.referral_errors import (
    ConsentMissing,
    ConsentNeedsName,
    ConsentWithdrawn,
    FeedbackMissing,
    ForeignMeasure,
    NoSuchReferral,
    NotSentYet,
    RecipientMissing,
    StepOutOfOrder,
)
from desktop_advisor.usecases.releasing import withheld_measures
from desktop_advisor.usecases.workplace import Workplace

STATES = Words(
    {
        "planned": "geplant",
        "agreed": "Einwilligung liegt vor",
        "sent": "übergeben",
        "answered": "Rückmeldung eingegangen",
        "dropped": "verworfen",
    }
)
"""State of a referral → its words on screen and in the report."""
PURPOSE = "referral"
"""The purpose of the network profile under which the passing on is agreed or refused as a whole."""
REPLY_WITHIN = timedelta(days=14)
"""How long a body may take before the advisor asks: two working weeks (our choice)."""
_ORDER = ("planned", "agreed", "sent", "answered", "dropped")


@dataclass(frozen=True)
class ReferralDraft:
    """A referral as the advisor writes it. offer: id of the catalogue's contact, "" for a free one.

    recipient: who is asked; may stay empty where an offer says it. concern: what for, in words.
    measure_id: the measure it serves, None for none.
    """

    recipient: str = ""
    concern: str = ""
    offer: str = ""
    measure_id: uuid.UUID | None = None


@dataclass(frozen=True)
class ReferralView:
    """One referral as it stands. contact: the catalogue's entry, None for a free recipient.

    measure_title: "" where none is linked. reply_due: by when an answer is expected, None while
    nothing is sent or once it has come. withdrawn_on: when passing on was refused as a whole after
    the consent, None while the consent stands.
    """

    referral_id: uuid.UUID
    case_id: uuid.UUID
    company_id: uuid.UUID
    recipient: str
    concern: str
    state: str
    contact: Offer | None = None
    measure_id: uuid.UUID | None = None
    measure_title: str = ""
    consent_by: str = ""
    consent_on: date | None = None
    sent_on: date | None = None
    feedback: str = ""
    feedback_on: date | None = None
    reply_due: date | None = None
    withdrawn_on: date | None = None

    @property
    def has_consent(self) -> bool:
        """Whether it may be handed over."""
        return bool(self.consent_by) and self.consent_on is not None and not self.withdrawn_on


def add_referral(place: Workplace, case_id: uuid.UUID, draft: ReferralDraft) -> uuid.UUID:
    """A planned referral; its id. Raises RecipientMissing, ForeignMeasure."""
    offer = _offer(place, draft.offer)
    recipient = " ".join(draft.recipient.split()) or (offer.title if offer else "")
    if not recipient:
        raise RecipientMissing
    with place.store.edit(place.author) as session:
        case = session.get_one(Case, case_id)
        _check_measure(session, case, draft.measure_id)
        row = Referral(
            id=new_id(place.clock()),
            company_id=case.company_id,
            case_id=case_id,
            measure_id=draft.measure_id,
            offer=offer.id if offer else "",
            recipient=recipient,
            concern=draft.concern.strip(),
        )
        session.add(row)
        return row.id


def edit_referral(place: Workplace, referral_id: uuid.UUID, draft: ReferralDraft) -> None:
    """Another recipient, concern or measure, as long as nobody has agreed to the present one.

    Raises RecipientMissing, ForeignMeasure, NoSuchReferral, StepOutOfOrder.
    """
    offer = _offer(place, draft.offer)
    recipient = " ".join(draft.recipient.split()) or (offer.title if offer else "")
    if not recipient:
        raise RecipientMissing
    with place.store.edit(place.author) as session:
        row = _row(session, referral_id)
        if row.state != "planned" or row.case_id is None:
            raise StepOutOfOrder(row.recipient, STATES[row.state])
        _check_measure(session, session.get_one(Case, row.case_id), draft.measure_id)
        row.recipient, row.concern = recipient, draft.concern.strip()
        row.offer, row.measure_id = offer.id if offer else "", draft.measure_id


def agree_referral(
    place: Workplace, referral_id: uuid.UUID, by: str, on: date | None = None
) -> None:
    """Somebody of the company agrees that this body is told; on: today by default.

    Raises ConsentNeedsName, NoSuchReferral, StepOutOfOrder.
    """
    name = " ".join(by.split())
    if not name:
        raise ConsentNeedsName
    with place.store.edit(place.author) as session:
        row = _row(session, referral_id)
        if row.state not in ("planned", "agreed"):
            raise StepOutOfOrder(row.recipient, STATES[row.state])
        row.consent_by, row.consent_on, row.state = name, on or _today(place), "agreed"


def send_referral(place: Workplace, referral_id: uuid.UUID, on: date | None = None) -> None:
    """It was handed over; on: today by default.

    Raises ConsentMissing, ConsentWithdrawn, NoSuchReferral, StepOutOfOrder.
    """
    with place.store.edit(place.author) as session:
        row = _row(session, referral_id)
        if row.state in ("answered", "dropped"):
            raise StepOutOfOrder(row.recipient, STATES[row.state])
        check_consent(session, row)
        row.sent_on, row.state = on or _today(place), "sent"


def note_feedback(
    place: Workplace, referral_id: uuid.UUID, feedback: str, on: date | None = None
) -> None:
    """What the body answered; on: today by default.

    Raises FeedbackMissing, NotSentYet, NoSuchReferral.
    """
    words = feedback.strip()
    if not words:
        raise FeedbackMissing
    with place.store.edit(place.author) as session:
        row = _row(session, referral_id)
        if row.state not in ("sent", "answered"):
            raise NotSentYet(row.recipient)
        row.feedback, row.feedback_on, row.state = words, on or _today(place), "answered"


def drop_referral(place: Workplace, referral_id: uuid.UUID) -> None:
    """It is not pursued; what was agreed and sent stays to be read. Raises NoSuchReferral."""
    with place.store.edit(place.author) as session:
        _row(session, referral_id).state = "dropped"


def undo_referral_edit(place: Workplace, case_id: uuid.UUID) -> str | None:
    """Take back the last edit of a referral on this laptop; its recipient, None when none is left.

    What a colleague has changed since is left alone; one that was only just added goes again.
    """
    with place.store.edit(place.author) as session:
        of_case = session.scalars(select(Referral).where(Referral.case_id == case_id))
        names = {row.id: row.recipient for row in of_case}
        undone = undo_last_row(session, list(names), birth="case_id")
        return None if undone is None else names[undone]


def list_referrals(place: Workplace, case_id: uuid.UUID) -> list[ReferralView]:
    """The referrals of a case, those waiting for a step first, dropped ones last.

    Without those for a measure that rests on the works council's unreleased view alone.
    """
    with place.store.read() as session:
        return referrals_in(place, session, case_id)


def referrals_in(place: Workplace, session: Session, case_id: uuid.UUID) -> list[ReferralView]:
    """As `list_referrals`, within a session."""
    company_id = session.get_one(Case, case_id).company_id
    withheld = withheld_measures(session, company_id)
    query = select(Referral).where(Referral.case_id == case_id, Referral.deleted.is_(False))
    rows = [row for row in session.scalars(query) if row.measure_id not in withheld]
    titles = _titles(session, case_id)
    refused_on = _refused_on(session, case_id)
    views = [_view(place, row, case_id, titles, refused_on) for row in rows]
    return sorted(views, key=lambda view: (_ORDER.index(view.state), view.referral_id))


def find_referral(place: Workplace, referral_id: uuid.UUID) -> ReferralView:
    """One of them. Raises NoSuchReferral, also where it is withheld."""
    with place.store.read() as session:
        case_id = _row(session, referral_id).case_id
        found = referrals_in(place, session, case_id) if case_id else []
    for view in found:
        if view.referral_id == referral_id:
            return view
    raise NoSuchReferral


def contacts(place: Workplace, search: str = "") -> list[Offer]:
    """Contacts of the catalogue that contain `search`, helpdesks first, then by title."""
    wanted = search.strip().casefold()
    found = [
        offer
        for offer in place.offers
        if offer.kind == "contact"
        and wanted in f"{offer.title} {offer.provider} {offer.summary}".casefold()
    ]
    return sorted(found, key=lambda offer: (not offer.is_helpdesk, offer.title.casefold()))


def check_consent(session: Session, row: Referral) -> None:
    """Nothing when it may be handed over. Raises ConsentMissing, ConsentWithdrawn."""
    if not row.consent_by or row.consent_on is None:
        raise ConsentMissing(row.recipient)
    refused_on = _refused_on(session, row.case_id)
    if refused_on is not None and refused_on > row.consent_on:
        raise ConsentWithdrawn(row.recipient, refused_on)


def _refused_on(session: Session, case_id: uuid.UUID | None) -> date | None:
    """The day on which passing on was last refused as a whole; None where it was not."""
    query = (
        select(Consent)
        .join(Visit, Visit.id == Consent.visit_id)
        .where(
            Visit.case_id == case_id,
            Consent.purpose == PURPOSE,
            Consent.deleted.is_(False),
            Consent.given_at.is_not(None),
        )
        .order_by(Consent.given_at.desc())
    )
    last = session.scalars(query).first()
    if last is None or last.granted or last.given_at is None:
        return None
    return last.given_at.astimezone(BERLIN).date()


def _view(
    place: Workplace,
    row: Referral,
    case_id: uuid.UUID,
    titles: dict[uuid.UUID, str],
    refused_on: date | None,
) -> ReferralView:
    is_waiting = row.state == "sent" and row.sent_on is not None
    is_withdrawn = refused_on and row.consent_on and refused_on > row.consent_on
    return ReferralView(
        referral_id=row.id,
        case_id=case_id,
        company_id=row.company_id,
        recipient=row.recipient,
        concern=row.concern,
        state=row.state if row.state in STATES else "planned",
        contact=_offer(place, row.offer),
        measure_id=row.measure_id,
        measure_title=titles.get(row.measure_id, "") if row.measure_id else "",
        consent_by=row.consent_by,
        consent_on=row.consent_on,
        sent_on=row.sent_on,
        feedback=row.feedback,
        feedback_on=row.feedback_on,
        reply_due=row.sent_on + REPLY_WITHIN if is_waiting and row.sent_on else None,
        withdrawn_on=refused_on if is_withdrawn else None,
    )


def _titles(session: Session, case_id: uuid.UUID) -> dict[uuid.UUID, str]:
    query = select(Measure).where(Measure.case_id == case_id, Measure.deleted.is_(False))
    return {measure.id: measure.title for measure in session.scalars(query)}


def _check_measure(session: Session, case: Case, measure_id: uuid.UUID | None) -> None:
    if measure_id is None:
        return
    known = _titles(session, case.id)
    if measure_id not in known or measure_id in withheld_measures(session, case.company_id):
        raise ForeignMeasure


def _offer(place: Workplace, offer_id: str) -> Offer | None:
    return next((offer for offer in place.offers if offer_id and offer.id == offer_id), None)


def _row(session: Session, referral_id: uuid.UUID) -> Referral:
    row = session.get(Referral, referral_id)
    if row is None or row.deleted:
        raise NoSuchReferral
    return row


def _today(place: Workplace) -> date:
    return place.clock().astimezone(BERLIN).date()
