"""Heute: the day's visits, what is due, what is waiting."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_advisor.advice.offers import standing
from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.storage.conflicts import list_conflicts
from desktop_advisor.storage.models import (
    Answer,
    Assessment,
    Case,
    Company,
    Note,
    Participant,
    Recommendation,
    Visit,
)
from desktop_advisor.storage.report_models import MailDraft
from desktop_advisor.usecases.follow_ups import cases_without_talks
from desktop_advisor.usecases.leading_files import names_with_origin
from desktop_advisor.usecases.releasing import (
    GUARDED,
    hidden_sides,
    rests_on_works_council,
)
from desktop_advisor.usecases.visits import ROLES
from desktop_advisor.usecases.worklist import Due, due_items
from desktop_advisor.usecases.workplace import KURZCHECK, Workplace


@dataclass(frozen=True)
class TodayVisit:
    """A visit of today, or one left unfinished; answered counts all perspectives' answers."""

    visit_id: uuid.UUID
    company_id: uuid.UUID
    company_name: str
    town: str
    starts_at: datetime | None
    purpose: str
    roles: tuple[str, ...]
    state: str
    answered: int


@dataclass(frozen=True)
class Todo:
    """Something waiting. kind: notes, recommendations, talks, mails, conflicts.

    company_id: where it is one; case_id: where it is about one case.
    """

    kind: str
    count: int
    text: str
    company_id: uuid.UUID | None
    case_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Notice:
    """Gut zu wissen: news of an offer. label: one word, e.g. "ausgesetzt"."""

    label: str
    text: str


@dataclass(frozen=True)
class Today:
    """What the first screen shows."""

    day: date
    visits: tuple[TodayVisit, ...]
    coming: tuple[TodayVisit, ...]
    follow_ups: tuple[Due, ...]
    todos: tuple[Todo, ...]
    notices: tuple[Notice, ...]
    has_companies: bool


def show_today(place: Workplace) -> Today:
    """Today's and unfinished visits, the next ones, due measures, open ends, news of offers."""
    now = place.clock().astimezone(BERLIN)
    with place.store.read() as session:
        visits = _visits(session)
        today = [v for v in visits if _is_today(v, now)]
        coming = [v for v in visits if v.state == "planned" and v not in today]
        return Today(
            day=now.date(),
            visits=tuple(today),
            coming=tuple(v for v in coming if v.starts_at and v.starts_at > now)[:5],
            follow_ups=due_items(session, now.date()),
            todos=_todos(session),
            notices=_notices(place, now.date()),
            has_companies=session.scalar(select(func.count()).select_from(Company)) != 0,
        )


def _is_today(visit: TodayVisit, now: datetime) -> bool:
    if visit.state in ("running", "interrupted"):
        return True
    return visit.starts_at is not None and visit.starts_at.astimezone(BERLIN).date() == now.date()


def _visits(session: Session) -> list[TodayVisit]:
    query = (
        select(Visit, Company)
        .join(Company, Company.id == Visit.company_id)
        .where(Visit.deleted.is_(False), Visit.state != "done", Company.deleted.is_(False))
        .order_by(Visit.starts_at)
    )
    names = names_with_origin(session)
    return [
        TodayVisit(
            visit_id=visit.id,
            company_id=company.id,
            company_name=names.get(company.id, company.name),
            town=company.town,
            starts_at=visit.starts_at,
            purpose=visit.purpose,
            roles=_roles(session, visit.id),
            state=visit.state,
            answered=_answered(session, visit.case_id),
        )
        for visit, company in session.execute(query)
    ]


def _roles(session: Session, visit_id: uuid.UUID) -> tuple[str, ...]:
    query = select(Participant.role).where(
        Participant.visit_id == visit_id, Participant.deleted.is_(False)
    )
    return tuple(dict.fromkeys(ROLES.get(role, role) for role in session.scalars(query)))


def _answered(session: Session, case_id: uuid.UUID | None) -> int:
    """Of the questionnaire in use; answers that were carried over are not counted twice."""
    in_use = func.coalesce(func.nullif(Case.questionnaire, ""), KURZCHECK)
    query = (
        select(func.count())
        .select_from(Answer)
        .join(Assessment, Assessment.id == Answer.assessment_id)
        .join(Case, Case.id == Assessment.case_id)
        .where(
            Assessment.case_id == case_id,
            Assessment.form_id == in_use,
            Answer.state != str(AnswerState.OPEN),
        )
    )
    return session.scalar(query) or 0


def _todos(session: Session) -> tuple[Todo, ...]:
    todos = [*_todo_notes(session), *_todo_recommendations(session), *_todo_talks(session)]
    todos += _todo_mails(session)
    conflicts = [conflict for conflict in list_conflicts(session) if not conflict.is_sealed]
    if conflicts:
        todos.append(
            Todo("conflicts", len(conflicts), "Angaben in zwei Fassungen", conflicts[0].company_id)
        )
    return tuple(todo for todo in todos if todo.count)


def _todo_notes(session: Session) -> list[Todo]:
    untagged = (
        select(Company.id, Company.name, Note.case_id, Note.perspective)
        .join(Note, Note.company_id == Company.id)
        .where(Note.deleted.is_(False), Note.text != "", Note.dimension == "", Note.question == "")
        .order_by(Company.name)
    )
    counts: Counter[tuple[uuid.UUID, str]] = Counter()
    for company_id, name, case_id, side in session.execute(untagged):
        if not (side in GUARDED and side in hidden_sides(session, case_id)):
            counts[company_id, name] += 1
    return [
        Todo("notes", count, f"Notizen ohne Handlungsfeld: {name}", company_id)
        for (company_id, name), count in counts.items()
    ]


def _todo_recommendations(session: Session) -> list[Todo]:
    """What nobody decided on yet, without what an unreleased view alone would give away."""
    undecided = (
        select(Company.id, Company.name, Case.id, Recommendation.fired_by)
        .join(Case, Case.company_id == Company.id)
        .join(Recommendation, Recommendation.case_id == Case.id)
        .where(Recommendation.decision == "open", Recommendation.is_current.is_(True))
        .order_by(Company.id)
    )
    counts: Counter[tuple[uuid.UUID, str]] = Counter()
    for company_id, name, case_id, facts in session.execute(undecided):
        if not (rests_on_works_council(facts or ()) and hidden_sides(session, case_id)):
            counts[company_id, name] += 1
    return [
        Todo("recommendations", count, f"Empfehlungen offen: {name}", company_id)
        for (company_id, name), count in counts.items()
    ]


def _todo_talks(session: Session) -> list[Todo]:
    """Sealed reports whose follow-up nobody has planned yet."""
    names = {company.id: company.name for company in session.scalars(select(Company))}
    return [
        Todo("talks", count, f"Wiedervorlage planen: {names[company_id]}", company_id, case_id)
        for case_id, company_id, count in cases_without_talks(session)
        if company_id in names
    ]


def _todo_mails(session: Session) -> list[Todo]:
    """Mails that were written without a network."""
    waiting = (
        select(Company.id, Company.name, func.count())
        .join(MailDraft, MailDraft.company_id == Company.id)
        .where(
            MailDraft.deleted.is_(False), MailDraft.state == "waiting", Company.deleted.is_(False)
        )
        .group_by(Company.id, Company.name)
        .order_by(Company.name)
    )
    return [
        Todo("mails", count, f"E-Mails zu senden: {name}", company_id)
        for company_id, name, count in session.execute(waiting)
    ]


def _notices(place: Workplace, today: date) -> tuple[Notice, ...]:
    """Offers that are suspended, or that end within a quarter; at most four."""
    news = []
    for offer in place.offers:
        state = standing(offer, today)
        if offer.valid_to is not None and 0 <= (offer.valid_to - today).days <= 92:
            news.append(
                Notice("läuft aus", f"{offer.title} endet am {short_date(offer.valid_to)}.")
            )
        elif offer.status == "ausgesetzt":
            news.append(Notice("ausgesetzt", f"{offer.title}. {state.sentence}"))
    return tuple(news[:4])
