"""Plan a visit, say who takes part, record the consents, begin and end it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.language import Words
from desktop_advisor.storage.models import Case, Consent, Participant, Visit
from desktop_advisor.usecases.case_figures import PURPOSES, write_case_figures
from desktop_advisor.usecases.workplace import Workplace

ROLES = Words(
    {
        "gf": "Geschäftsführung",
        "br": "Betriebsrat",
        "hr": "Personal",
        "qm": "Qualitätsmanagement",
        "prod": "Produktion",
        "ber": "Beratung",
        "other": "weitere Person",
    }
)
"""Role of a participant → its word on screen and in the report."""


@dataclass(frozen=True)
class Person:
    """Somebody who takes part; role is a key of ROLES."""

    name: str
    role: str
    function: str = ""


def plan_visit(
    place: Workplace,
    company_id: uuid.UUID,
    *,
    starts_at: datetime,
    purpose: str = "Erstgespräch und Kurzcheck",
    location: str = "",
    people: Sequence[Person] = (),
) -> uuid.UUID:
    """A visit in the open case of that company, which is opened where there is none; its id."""
    with place.store.edit(place.author) as session:
        case_id = open_case(place, session, company_id)
        visit = Visit(
            id=new_id(place.clock()),
            company_id=company_id,
            case_id=case_id,
            purpose=purpose,
            place=location,
            starts_at=starts_at,
        )
        session.add(visit)
        for person in people:
            _add_person(place, session, visit, person)
        return visit.id


def open_case(place: Workplace, session: Session, company_id: uuid.UUID) -> uuid.UUID:
    """The company's open case; a new one where there is none."""
    query = select(Case.id).where(
        Case.company_id == company_id, Case.state == "open", Case.deleted.is_(False)
    )
    found = session.scalars(query.order_by(Case.id.desc())).first()
    if found is not None:
        return found
    today = place.clock().astimezone(BERLIN).date()
    case = Case(
        id=new_id(place.clock()),
        company_id=company_id,
        title=f"Transformationscheck {today.year}",
        opened_on=today,
    )
    session.add(case)
    session.flush()
    return case.id


def add_participant(place: Workplace, visit_id: uuid.UUID, person: Person) -> uuid.UUID:
    """One more participant; the id of the row."""
    with place.store.edit(place.author) as session:
        return _add_person(place, session, session.get_one(Visit, visit_id), person)


def remove_participant(place: Workplace, participant_id: uuid.UUID) -> None:
    """Take a participant off the visit; the change log keeps who it was."""
    with place.store.edit(place.author) as session:
        session.get_one(Participant, participant_id).deleted = True


def record_consent(
    place: Workplace, visit_id: uuid.UUID, purpose: str, *, granted: bool, given_by: str
) -> None:
    """One purpose of data processing, ticked or not; the visit's row of that purpose."""
    with place.store.edit(place.author) as session:
        visit = session.get_one(Visit, visit_id)
        consent_id = uuid.uuid5(visit_id, f"consent:{purpose}")
        consent = session.get(Consent, consent_id)
        if consent is None:
            consent = Consent(
                id=consent_id, company_id=visit.company_id, visit_id=visit_id, purpose=purpose
            )
            session.add(consent)
        consent.granted = granted
        consent.given_by = given_by
        consent.given_at = place.clock()
        consent.text_version = place.profile.id
        if purpose in PURPOSES and visit.case_id is not None:
            write_case_figures(place, session, visit.case_id)


def begin_visit(place: Workplace, visit_id: uuid.UUID) -> None:
    """The clock of the visit starts, or goes on after an interruption.

    A visit that was planned for another day takes place today.
    """
    with place.store.edit(place.author) as session:
        visit = session.get_one(Visit, visit_id)
        now = place.clock()
        is_moved = visit.state == "planned" and not _is_same_day(visit.starts_at, now)
        if visit.starts_at is None or is_moved:
            visit.starts_at = now
        if visit.state != "running":
            visit.state = "running"


def interrupt_visit(place: Workplace, visit_id: uuid.UUID) -> None:
    """Called away: the visit can be taken up again at the same question."""
    with place.store.edit(place.author) as session:
        session.get_one(Visit, visit_id).state = "interrupted"


def end_visit(place: Workplace, visit_id: uuid.UUID, hours: Decimal | None = None) -> None:
    """The visit is over; hours default to the time since its start, in quarter hours.

    Over midnight they stay unknown: a visit taken up again the next day did not last the night.
    """
    with place.store.edit(place.author) as session:
        visit = session.get_one(Visit, visit_id)
        visit.ends_at = place.clock()
        visit.state = "done"
        visit.hours = hours_until(visit, visit.ends_at) if hours is None else hours


def held_visits(session: Session, case_id: uuid.UUID) -> list[Visit]:
    """The visits of a case that took place or are taking place, in their order."""
    query = select(Visit).where(
        Visit.case_id == case_id, Visit.deleted.is_(False), Visit.state != "planned"
    )
    return list(session.scalars(query.order_by(Visit.starts_at, Visit.id)))


def visit_to_continue(place: Workplace, case_id: uuid.UUID) -> uuid.UUID | None:
    """The visit in which more can be asked: one under way, else the latest; None without any."""
    with place.store.read() as session:
        query = select(Visit).where(Visit.case_id == case_id, Visit.deleted.is_(False))
        visits = list(session.scalars(query.order_by(Visit.starts_at)))
    under_way = [v for v in visits if v.state in ("running", "interrupted")]
    return next((v.id for v in (*reversed(under_way), *reversed(visits))), None)


def hours_until(visit: Visit, end: datetime) -> Decimal | None:
    """Quarter hours from its start to `end`; None over midnight, where nobody knows."""
    if visit.starts_at is None or not _is_same_day(visit.starts_at, end):
        return None
    seconds = Decimal(max(0, int((end - visit.starts_at).total_seconds())))
    return (seconds / 900).quantize(Decimal(1), ROUND_HALF_UP) / 4


def _is_same_day(one: datetime | None, other: datetime) -> bool:
    return one is not None and one.astimezone(BERLIN).date() == other.astimezone(BERLIN).date()


def _add_person(place: Workplace, session: Session, visit: Visit, person: Person) -> uuid.UUID:
    row = Participant(
        id=new_id(place.clock()),
        company_id=visit.company_id,
        visit_id=visit.id,
        name=person.name.strip(),
        role=person.role,
        function=person.function.strip(),
    )
    session.add(row)
    return row.id
