"""What the funder's indicators count: cases of a period whose company agreed to the statistics."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.industry_code import EDITIONS, check_industry_code, industry_label
from desktop_advisor.domain.region_key import check_region_key
from desktop_advisor.storage.advice_models import Referral
from desktop_advisor.storage.models import Case, Company, Consent, Measure, Visit
from desktop_advisor.usecases.companies import company_size_class
from desktop_advisor.usecases.measures import STATES
from desktop_advisor.usecases.recipient_kinds import recipient_kind
from desktop_advisor.usecases.releasing import withheld_measures
from desktop_advisor.usecases.workplace import Workplace

PURPOSE = "statistics"
"""The purpose of the network profile without which a case enters no table."""


UNKNOWN = "nicht angegeben"


@dataclass(frozen=True)
class CompanyFact:
    """Of a company its KMU class, its division of the WZ and its county, each in words of ours."""

    company_id: uuid.UUID
    size: str
    division: str
    county: str


@dataclass(frozen=True)
class HeldVisit:
    """A visit that took place. hours: None where they were not recorded."""

    case_id: uuid.UUID
    on: date
    hours: Decimal | None


@dataclass(frozen=True)
class MeasureFact:
    """A measure without its words; state is a key of STATES."""

    company_id: uuid.UUID
    dimension: str
    state: str


@dataclass(frozen=True)
class ReferralFact:
    """A referral without its words. kind: of the body it went to."""

    kind: str
    is_answered: bool


@dataclass(frozen=True)
class Counted:
    """Everything that counts between first and last. refused: cases left out for want of consent.

    cases: with a visit in between; referrals need none.
    """

    first: date
    last: date
    companies: tuple[CompanyFact, ...]
    cases: frozenset[uuid.UUID]
    visits: tuple[HeldVisit, ...]
    measures: tuple[MeasureFact, ...]
    referrals: tuple[ReferralFact, ...]
    refused: int


def read_facts(place: Workplace, first: date, last: date) -> Counted:
    """The facts of a period, both days included.

    A case belongs to it by a held visit; a referral by the day it was handed over.
    """
    with place.store.read() as session:
        companies = {c.id: c for c in session.scalars(select(Company)) if not c.deleted}
        owners = {
            case.id: case.company_id
            for case in session.scalars(select(Case))
            if not case.deleted and case.company_id in companies
        }
        agreed = _agreed(session) & owners.keys()
        visits = [v for v in _visits(session, first, last) if v.case_id in owners]
        active = {visit.case_id for visit in visits}
        counted = frozenset(active & agreed)
        chosen = {owners[case_id] for case_id in counted}
        withheld = {key for company in chosen for key in withheld_measures(session, company)}
        referrals = list(_referrals(place, session, agreed, first, last))
        return Counted(
            first=first,
            last=last,
            companies=tuple(_company(companies[key]) for key in sorted(chosen)),
            cases=counted,
            visits=tuple(visit for visit in visits if visit.case_id in counted),
            measures=tuple(_measures(session, counted, withheld)),
            referrals=tuple(referrals),
            refused=len(active - agreed),
        )


def _company(company: Company) -> CompanyFact:
    """Read while the session is open: the class looks at group and earlier years."""
    return CompanyFact(
        company.id, str(company_size_class(company)), _division(company), _county(company)
    )


def _division(company: Company) -> str:
    edition = company.wz_edition
    if edition not in EDITIONS:
        return UNKNOWN
    code = check_industry_code(company.wz_code, edition)
    if not code.is_sound:
        return UNKNOWN
    division = code.value[:2]
    label = industry_label(division, edition)
    return f"WZ {edition}, Abteilung {division}" + (f": {label}" if label else "")


def _county(company: Company) -> str:
    key = check_region_key(company.ags)
    if not key.is_sound:
        return UNKNOWN
    return f"{key.county} {key.county_name}" if key.county_name else "anderer Kreis"


def _agreed(session: Session) -> set[uuid.UUID]:
    """Cases whose last word on the statistics is yes."""
    query = (
        select(Visit.case_id, Consent.granted)
        .join(Consent, Consent.visit_id == Visit.id)
        .where(
            Consent.purpose == PURPOSE,
            Consent.deleted.is_(False),
            Consent.given_at.is_not(None),
        )
        .order_by(Consent.given_at, Consent.id)
    )
    last: dict[uuid.UUID, bool] = {
        case_id: granted for case_id, granted in session.execute(query) if case_id is not None
    }
    return {case_id for case_id, granted in last.items() if granted}


def _visits(session: Session, first: date, last: date) -> Iterable[HeldVisit]:
    query = select(Visit).where(
        Visit.deleted.is_(False), Visit.state != "planned", Visit.starts_at.is_not(None)
    )
    for visit in session.scalars(query):
        if visit.case_id is None or visit.starts_at is None:
            continue
        on = visit.starts_at.astimezone(BERLIN).date()
        if first <= on <= last:
            yield HeldVisit(visit.case_id, on, visit.hours if visit.state == "done" else None)


def _measures(
    session: Session, cases: frozenset[uuid.UUID], withheld: set[uuid.UUID]
) -> Iterable[MeasureFact]:
    for measure in session.scalars(select(Measure).where(Measure.deleted.is_(False))):
        is_open = measure.case_id in cases and measure.id not in withheld
        if is_open and measure.state in STATES:
            yield MeasureFact(measure.company_id, measure.dimension, measure.state)


def _referrals(
    place: Workplace, session: Session, cases: Iterable[uuid.UUID], first: date, last: date
) -> Iterable[ReferralFact]:
    offers = {offer.id: offer for offer in place.offers}
    wanted = set(cases)
    query = select(Referral).where(
        Referral.deleted.is_(False),
        Referral.sent_on >= first,
        Referral.sent_on <= last,
        Referral.consent_by != "",
    )
    rows = [row for row in session.scalars(query) if row.case_id in wanted]
    companies = {row.company_id for row in rows}
    withheld = {key for company in companies for key in withheld_measures(session, company)}
    for row in rows:
        if row.measure_id is None or row.measure_id not in withheld:
            kind = recipient_kind(row.recipient, offers.get(row.offer))
            yield ReferralFact(kind, row.feedback_on is not None)
