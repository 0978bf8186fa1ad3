"""The company file: everything about one company on one page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.regions import county_name
from desktop_advisor.storage.models import (
    Answer,
    Assessment,
    Case,
    Company,
    Consent,
    Contact,
    Measure,
    Participant,
    Report,
    Visit,
)
from desktop_advisor.storage.records import Entity
from desktop_advisor.usecases.case_progress import CaseProgress, progress_of
from desktop_advisor.usecases.companies import CompanyDraft, company_size_class, draft_of
from desktop_advisor.usecases.council_part import CouncilPart, council_part
from desktop_advisor.usecases.questionnaires import QuestionnaireView, questionnaire_of, view_of
from desktop_advisor.usecases.releasing import withheld_measures
from desktop_advisor.usecases.visits import ROLES, hours_until
from desktop_advisor.usecases.workplace import Workplace

Row = TypeVar("Row", bound=Entity)


@dataclass(frozen=True)
class ContactView:
    """A person of the company."""

    contact_id: uuid.UUID
    name: str
    role: str
    function: str
    phone: str
    email: str


@dataclass(frozen=True)
class ParticipantView:
    """Who takes part in a visit; role_text is the German word."""

    participant_id: uuid.UUID
    name: str
    role: str
    role_text: str
    function: str


@dataclass(frozen=True)
class ConsentView:
    """One purpose from the network profile and what was said to it; granted None: not asked.

    given_at: when it was last recorded.
    """

    purpose: str
    title: str
    text: str
    granted: bool | None
    given_by: str
    given_at: datetime | None = None


@dataclass(frozen=True)
class VisitView:
    """One visit. state: planned, running, interrupted, done. hours: so far, until it is done."""

    visit_id: uuid.UUID
    case_id: uuid.UUID
    starts_at: datetime | None
    ends_at: datetime | None
    hours: Decimal | None
    purpose: str
    location: str
    state: str
    people: tuple[ParticipantView, ...]
    consents: tuple[ConsentView, ...]


@dataclass(frozen=True)
class AssessmentView:
    """One filled questionnaire; answered counts every state but open."""

    assessment_id: uuid.UUID
    case_id: uuid.UUID
    form_id: str
    perspective: str
    started_at: datetime | None
    answered: int


@dataclass(frozen=True)
class MeasureView:
    """One agreed measure. state: agreed, running, done, dropped."""

    measure_id: uuid.UUID
    title: str
    owner: str
    due_on: date | None
    state: str


@dataclass(frozen=True)
class ReportView:
    """One sealed report; is_replaced when a later version names it.

    level: how much proof its file carries (B-B, B-T, B-LT). upgrade_note: why not more, "" where
    nothing was tried or nothing is missing.
    """

    report_id: uuid.UUID
    version: int
    sealed_at: datetime | None
    sealed_by: str
    content_hash: str
    is_replaced: bool
    level: str = "B-B"
    upgrade_note: str = ""


@dataclass(frozen=True)
class CompanyFile:
    """Firmenakte; case_id is the open case, None before the first visit.

    questionnaire: what that case is asked with. progress: how far it is through it.
    council: how far the works council is and whether its view is released, None before a visit.
    """

    company_id: uuid.UUID
    name: str
    county: str
    size_class: SizeClass
    draft: CompanyDraft
    case_id: uuid.UUID | None
    contacts: tuple[ContactView, ...]
    visits: tuple[VisitView, ...]
    assessments: tuple[AssessmentView, ...]
    measures: tuple[MeasureView, ...]
    reports: tuple[ReportView, ...]
    questionnaire: QuestionnaireView | None = None
    progress: CaseProgress | None = None
    council: CouncilPart | None = None


def show_company_file(place: Workplace, company_id: uuid.UUID) -> CompanyFile:
    """The whole file, newest visits first."""
    with place.store.read() as session:
        company = session.get_one(Company, company_id)
        visits = _rows(session, Visit, company_id)
        visits.sort(key=lambda v: (v.starts_at is not None, v.starts_at), reverse=True)
        open_cases = [v.case_id for v in visits if v.case_id is not None]
        case = session.get(Case, open_cases[0]) if open_cases else None
        withheld = withheld_measures(session, company_id)
        return CompanyFile(
            company_id=company_id,
            name=company.name,
            county=county_name(company.ags),
            size_class=company_size_class(company),
            draft=draft_of(company),
            case_id=open_cases[0] if open_cases else None,
            questionnaire=view_of(place, questionnaire_of(session, case)) if case else None,
            progress=progress_of(place, session, case) if case else None,
            council=council_part(place, session, case) if case else None,
            contacts=tuple(_contact(c) for c in _rows(session, Contact, company_id)),
            visits=_visits(place, session, company_id, visits),
            assessments=_assessments(session, company_id),
            measures=tuple(
                MeasureView(m.id, m.title, m.owner, m.due_on, m.state)
                for m in _rows(session, Measure, company_id)
                if m.id not in withheld
            ),
            reports=_reports(session, company_id),
        )


def add_contact(
    place: Workplace,
    company_id: uuid.UUID,
    *,
    name: str,
    role: str = "gf",
    function: str = "",
    phone: str = "",
    email: str = "",
) -> uuid.UUID:
    """A person to talk to; the id of the row."""
    with place.store.edit(place.author) as session:
        contact = Contact(
            id=new_id(place.clock()),
            company_id=company_id,
            name=name.strip(),
            role=role,
            function=function.strip(),
            phone=phone.strip(),
            email=email.strip(),
        )
        session.add(contact)
        return contact.id


def edit_contact(place: Workplace, contact_id: uuid.UUID, field: str, text: str) -> None:
    """Change name, role, function, phone or email of a contact."""
    if field not in {"name", "role", "function", "phone", "email"}:
        raise ValueError(field)
    with place.store.edit(place.author) as session:
        setattr(session.get_one(Contact, contact_id), field, text.strip())


def remove_contact(place: Workplace, contact_id: uuid.UUID) -> None:
    """Take a contact out of the file."""
    with place.store.edit(place.author) as session:
        session.get_one(Contact, contact_id).deleted = True


def _rows(session: Session, model: type[Row], company_id: uuid.UUID) -> list[Row]:
    query = select(model).where(model.company_id == company_id, model.deleted.is_(False))
    return list(session.scalars(query.order_by(model.id)))


def _contact(row: Contact) -> ContactView:
    return ContactView(row.id, row.name, row.role, row.function, row.phone, row.email)


def _visits(
    place: Workplace, session: Session, company_id: uuid.UUID, visits: Sequence[Visit]
) -> tuple[VisitView, ...]:
    people = _rows(session, Participant, company_id)
    consents = _rows(session, Consent, company_id)
    return tuple(
        VisitView(
            visit_id=visit.id,
            case_id=visit.case_id or visit.id,
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            hours=visit.hours if visit.state == "done" else hours_until(visit, place.clock()),
            purpose=visit.purpose,
            location=visit.place,
            state=visit.state,
            people=tuple(_participant(p) for p in people if p.visit_id == visit.id),
            consents=consent_views(place, [c for c in consents if c.visit_id == visit.id]),
        )
        for visit in visits
    )


def _participant(row: Participant) -> ParticipantView:
    return ParticipantView(row.id, row.name, row.role, ROLES.get(row.role, row.role), row.function)


def consent_views(place: Workplace, rows: Sequence[Consent]) -> tuple[ConsentView, ...]:
    """Every purpose of the network profile with what was said to it."""
    said = {row.purpose: row for row in rows}
    return tuple(
        ConsentView(
            purpose=purpose.id,
            title=purpose.title,
            text=purpose.text,
            granted=said[purpose.id].granted if purpose.id in said else None,
            given_by=said[purpose.id].given_by if purpose.id in said else "",
            given_at=said[purpose.id].given_at if purpose.id in said else None,
        )
        for purpose in place.profile.consents
    )


def consenting(visit: VisitView) -> str:
    """Who of a visit speaks for the company; "" where nobody of that side is there.

    The management decides, or in its absence whoever else of the company is there, never the
    advisor, and not the works council, which speaks for itself alone.
    """
    able = [p for p in visit.people if p.role not in ("br", "ber")]
    able.sort(key=lambda person: person.role != "gf")
    return able[0].name if able else ""


def _assessments(session: Session, company_id: uuid.UUID) -> tuple[AssessmentView, ...]:
    query = select(Answer.assessment_id).where(
        Answer.company_id == company_id, Answer.state != str(AnswerState.OPEN)
    )
    answered: dict[uuid.UUID, int] = {}
    for assessment_id in session.scalars(query):
        answered[assessment_id] = answered.get(assessment_id, 0) + 1
    return tuple(
        AssessmentView(
            assessment_id=a.id,
            case_id=a.case_id or a.id,
            form_id=a.form_id,
            perspective=a.perspective,
            started_at=a.started_at,
            answered=answered.get(a.id, 0),
        )
        for a in _rows(session, Assessment, company_id)
    )


def _reports(session: Session, company_id: uuid.UUID) -> tuple[ReportView, ...]:
    rows = _rows(session, Report, company_id)
    replaced = {row.replaces_id for row in rows}
    return tuple(
        ReportView(
            report_id=r.id,
            version=r.version,
            sealed_at=r.sealed_at,
            sealed_by=r.sealed_by,
            content_hash=r.content_hash,
            is_replaced=r.id in replaced,
            level=r.level,
            upgrade_note=r.upgrade_note,
        )
        for r in sorted(rows, key=lambda r: r.version, reverse=True)
    )
