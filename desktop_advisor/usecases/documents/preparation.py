"""Besuchsvorbereitung: compose the page an advisor reads in the car park (domain §8, 07:05).

It is for the advisor, but paper lies on tables: nothing unreleased of the works council is on it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.plan import OPEN_STATES
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.german import BERLIN, counted, figure, million_euro, short_date
from desktop_advisor.domain.regions import county_name
from desktop_advisor.report.documents import preparation_model as page
from desktop_advisor.report.documents.minutes_model import Meeting
from desktop_advisor.report.documents.privacy_model import PurposeLine
from desktop_advisor.report.wording import PERSPECTIVES
from desktop_advisor.storage.models import Case, Company, Contact, Participant
from desktop_advisor.usecases.branding import branding
from desktop_advisor.usecases.companies import company_size_class
from desktop_advisor.usecases.documents.answered_fields import AnsweredFields, OpenQuestion
from desktop_advisor.usecases.documents.funding_filter import funding_hints
from desktop_advisor.usecases.documents.last_report import last_report
from desktop_advisor.usecases.documents.next_talk import next_talk, next_visit
from desktop_advisor.usecases.documents.privacy import purpose_lines
from desktop_advisor.usecases.follow_ups import list_talks
from desktop_advisor.usecases.measures import PlanRow, list_measures
from desktop_advisor.usecases.notes import untagged
from desktop_advisor.usecases.releasing import release_in
from desktop_advisor.usecases.results import Results, show_results
from desktop_advisor.usecases.visits import ROLES
from desktop_advisor.usecases.worklist import talk_title
from desktop_advisor.usecases.workplace import Workplace

_GF = Perspective.MANAGEMENT


@dataclass(frozen=True)
class _Known:
    """What the company file says by itself."""

    company: Company
    size: SizeClass
    contacts: tuple[page.Person, ...]
    people: tuple[str, ...]
    cases: tuple[uuid.UUID, ...]
    purposes: tuple[PurposeLine, ...]
    council: str


def compose_preparation(place: Workplace, case_id: uuid.UUID) -> page.Preparation:
    """The page of a case as it stands today; measures of earlier cases of the company included."""
    today = place.clock().astimezone(BERLIN).date()
    results = show_results(place, case_id)
    asked = AnsweredFields(place, case_id)
    known = _known(place, case_id)
    measures = tuple(_measures(place, known.cases, today))
    report = last_report(place, known.company.id)
    return page.Preparation(
        network=branding(place),
        created_on=today,
        company=known.company.name,
        facts=tuple(_facts(known)),
        products=known.company.products,
        visit=_meeting(place, case_id),
        people=known.people,
        contacts=known.contacts,
        council=known.council,
        report=report,
        talks=tuple(_talks(place, case_id, today)),
        measures=measures,
        fields=tuple(_fields(asked, results)),
        consents=tuple(_consents(known.purposes)),
        funding=funding_hints(place, known.company, results, today),
        bring=(*_bring(known, report, measures), *_unsorted(place, case_id)),
    )


def draw(place: Workplace, case_id: uuid.UUID) -> bytes:
    """The PDF of the page as the case stands now."""
    from desktop_advisor.report.documents.preparation import draw_preparation

    return draw_preparation(compose_preparation(place, case_id), place.resources.fonts)


def _known(place: Workplace, case_id: uuid.UUID) -> _Known:
    with place.store.read() as session:
        company = session.get_one(Company, session.get_one(Case, case_id).company_id)
        cases = select(Case.id).where(Case.company_id == company.id, Case.deleted.is_(False))
        return _Known(
            company=company,
            size=company_size_class(company),
            contacts=tuple(_contacts(session, company.id)),
            people=tuple(_expected(place, session, case_id)),
            cases=tuple(session.scalars(cases.order_by(Case.id))),
            purposes=tuple(purpose_lines(session, case_id, place.profile.consents)),
            council=_council(session, company, case_id),
        )


def _contacts(session: Session, company_id: uuid.UUID) -> Iterator[page.Person]:
    query = select(Contact).where(Contact.company_id == company_id, Contact.deleted.is_(False))
    for row in session.scalars(query.order_by(Contact.id)):
        yield page.Person(
            name=row.name,
            role=ROLES.get(row.role, row.role),
            function=row.function,
            reach=" · ".join(part for part in (row.phone, row.email) if part),
        )


def _expected(place: Workplace, session: Session, case_id: uuid.UUID) -> Iterator[str]:
    """Who is entered for the next visit, without the advisor."""
    visit = next_visit(place, session, case_id)
    if visit is None:
        return
    query = select(Participant).where(
        Participant.visit_id == visit.id, Participant.deleted.is_(False), Participant.role != "ber"
    )
    for person in session.scalars(query.order_by(Participant.id)):
        what = person.function or ROLES.get(person.role, person.role)
        yield f"{person.name} ({what})" if what else person.name


def _council(session: Session, company: Company, case_id: uuid.UUID) -> str:
    """Whether its view may be shown, never what it said or how much."""
    if not company.has_works_council:
        return ""
    release = release_in(session, case_id)
    if not release.is_released:
        return "Sicht des Betriebsrats: nicht freigegeben"
    when = f" am {short_date(release.at.astimezone(BERLIN).date())}" if release.at else ""
    return f"Sicht des Betriebsrats: freigegeben von {release.by}{when}"


def _facts(known: _Known) -> Iterator[str]:
    company = known.company
    town = " ".join(part for part in (company.postcode, company.town) if part)
    county = county_name(company.ags)
    yield from [", ".join(part for part in (company.street, town) if part)] if town else []
    yield from [county] if county and county != company.town else []
    if company.heads is not None:
        yield f"{figure(company.heads)} Beschäftigte"
    if company.turnover_million is not None:
        yield f"{million_euro(company.turnover_million)} Umsatz"
    is_known = known.size is not SizeClass.UNDETERMINED
    yield str(known.size) if is_known else "Größenklasse nicht bestimmbar"
    if company.wz_code:
        yield f"WZ {company.wz_edition}: {company.wz_code}"
    words = {
        True: "Betriebsrat vorhanden",
        False: "kein Betriebsrat",
        None: "Betriebsrat unbekannt",
    }
    yield words[company.has_works_council]


def _meeting(place: Workplace, case_id: uuid.UUID) -> Meeting | None:
    talk = next_talk(place, case_id)
    if talk is None:
        return None
    return Meeting(on=talk.on, what=talk.what, time=talk.time, place=talk.place)


def _talks(place: Workplace, case_id: uuid.UUID, today: date) -> Iterator[str]:
    """Open and proposed follow-up talks that are due, and the next one that is not."""
    waiting = [talk for talk in list_talks(place, case_id) if talk.state in ("open", "proposed")]
    due = [talk for talk in waiting if talk.due_on <= today]
    ahead = [talk for talk in waiting if talk.due_on > today][:1]
    for talk in (*due, *ahead):
        title = talk_title(talk.months, talk.due_on)
        when = f", fällig am {short_date(talk.due_on)}" if talk.months is not None else ""
        mark = " (vorgeschlagen)" if talk.state == "proposed" else ""
        late = ", überfällig" if talk.due_on < today else ""
        yield f"{title}{when}{late}{mark}"


def _measures(
    place: Workplace, cases: Sequence[uuid.UUID], today: date
) -> Iterator[page.OpenMeasure]:
    """What is not done, the most overdue first, undated last."""
    rows = [row for case_id in cases for row in list_measures(place, case_id)]
    is_open = [row for row in rows if row.draft.state in OPEN_STATES]

    def urgency(row: PlanRow) -> tuple[bool, date]:
        return row.draft.due_on is None, row.draft.due_on or today

    for row in sorted(is_open, key=urgency):
        due = row.draft.due_on
        yield page.OpenMeasure(
            title=row.draft.title,
            owner=row.draft.owner,
            due_on=due,
            days_overdue=max(0, (today - due).days) if due else 0,
        )


def _fields(asked: AnsweredFields, results: Results) -> Iterator[page.OpenField]:
    """What the leading side still has to answer; fields by priority, then as in the form."""
    side = results.leading if results.leading in asked.said else _GF
    found = asked.open_questions(_GF if side is Perspective.JOINT else side)
    placed = {row.dimension: place for place, row in enumerate(results.priorities.rows)}
    codes = sorted(asked.fields, key=lambda code: placed.get(code, len(placed)))
    for code in (*codes, ""):
        questions = sorted((q for q in found if q.field == code), key=_importance)
        if questions:
            label = asked.fields.get(code, "Weitere Fragen")
            yield page.OpenField(field=label, questions=tuple(q.text for q in questions))


def _importance(question: OpenQuestion) -> tuple[bool, Decimal]:
    return not question.is_critical, -question.weight


_SAID = {
    "granted": "erteilt",
    "refused": "abgelehnt",
    "withdrawn": "widerrufen",
    "unasked": "noch nicht gefragt",
}


def _consents(purposes: Sequence[PurposeLine]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for said, words in _SAID.items():
        titles = tuple(line.title for line in purposes if line.said == said)
        if titles:
            yield words, titles


def _bring(
    known: _Known, report: page.LastReport | None, measures: Sequence[page.OpenMeasure]
) -> Iterator[str]:
    unasked = sum(line.said == "unasked" for line in known.purposes)
    if unasked:
        yield f"Datenschutzblatt: {counted(unasked, 'Zweck', 'Zwecke')} noch nicht gefragt"
    yield "Stundennachweis zum Unterschreiben"
    if report is not None:
        yield f"Beratungsbericht, Fassung {report.version}"
    if measures:
        many = counted(len(measures), "offene Maßnahme", "offene Maßnahmen")
        yield f"Maßnahmenplan: Stand abfragen für {many}"
    if gaps := _unknown(known.company):
        yield f"Stammdaten ergänzen: {', '.join(gaps)}"
    if known.size is SizeClass.UNDETERMINED:
        yield "KMU-Selbsterklärung: Größenklasse klären"
    if known.company.has_works_council:
        yield f"Eigene Zeit für: {PERSPECTIVES[Perspective.WORKS_COUNCIL]}"


def _unsorted(place: Workplace, case_id: uuid.UUID) -> Iterator[str]:
    """Notes that wait to be sorted; those from after a visit are in no minutes until then."""
    if waiting := len(untagged(place, case_id)):
        yield f"{counted(waiting, 'Notiz', 'Notizen')} einem Handlungsfeld zuordnen"


def _unknown(company: Company) -> list[str]:
    """Facts that funding and size class depend on."""
    wanted = {
        "Landkreis": company.ags,
        "Wirtschaftszweig": company.wz_code,
        "Beschäftigte": company.heads,
        "Jahresarbeitseinheiten": company.staff_units,
        "Umsatz": company.turnover_million,
        "Bilanzsumme": company.balance_million,
        "Betriebsrat ja/nein": company.has_works_council,
    }
    return [name for name, value in wanted.items() if value is None or value == ""]
