"""What a worked firm's file holds beside the answers: people, group, years, aids, visits, plan."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec

from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.working_days import working_day_from
from desktop_advisor.storage.models import Case, Visit
from desktop_advisor.usecases.company_file import add_contact
from desktop_advisor.usecases.de_minimis_aids import AidDraft, add_aid
from desktop_advisor.usecases.group_structure import (
    AffiliateDraft,
    YearDraft,
    add_affiliate,
    record_year,
)
from desktop_advisor.usecases.measures import move_measure
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.recommending import (
    agree_measure,
    decide_recommendation,
    measure_draft,
    refresh_recommendations,
)
from desktop_advisor.usecases.visits import Person, begin_visit, end_visit, plan_visit
from desktop_advisor.usecases.workplace import Workplace

LASTED = timedelta(hours=3)
"""How long the visit lasts in which the questions are asked; the others begin as early."""
_INTO = timedelta(minutes=40)
"""How far into an earlier visit its notes were written."""


class Contact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person of the company; the fields of the file."""

    name: str
    role: str
    function: str = ""
    phone: str = ""
    email: str = ""


class Affiliate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shareholding. of: name of an enterprise entered before, "" for the firm itself."""

    name: str
    of: str = ""
    is_owner: bool = True
    capital: Decimal | None = None
    votes: Decimal | None = None
    controls: bool = False
    is_public: bool = False
    investor: str = ""
    staff_units: Decimal | None = None
    turnover_million: Decimal | None = None
    balance_million: Decimal | None = None


class Year(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An earlier closed year; without figures, the year the company data are of."""

    year: int
    staff_units: Decimal | None = None
    turnover_million: Decimal | None = None
    balance_million: Decimal | None = None
    owner_changed: bool = False


class Aid(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A de minimis aid, €."""

    granted_on: date
    amount: Decimal
    body: str
    purpose: str = ""


class OtherVisit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A visit beside the one in which the questions are asked. days: before (< 0) or after it.

    notes: what was written down there.
    """

    days: int
    purpose: str
    hours: Decimal | None = None
    notes: tuple[str, ...] = ()


class Agreed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A recommendation that became a measure. starts, due: days from today."""

    owner: str
    starts: int
    due: int
    state: str = "agreed"


class Records(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it. agreed, postponed: rule → what was agreed, or why it waits.

    remarks: question → what management added to its answer. dissents: question → what the table
    makes of two views on it.
    """

    contacts: tuple[Contact, ...] = ()
    affiliates: tuple[Affiliate, ...] = ()
    years: tuple[Year, ...] = ()
    aids: tuple[Aid, ...] = ()
    visits: tuple[OtherVisit, ...] = ()
    agreed: dict[str, Agreed] = {}
    postponed: dict[str, str] = {}
    remarks: dict[str, str] = {}
    dissents: dict[str, str] = {}


def enter_file(place: Workplace, company_id: uuid.UUID, records: Records) -> None:
    """Contacts, group, years and aids."""
    for contact in records.contacts:
        add_contact(place, company_id, **msgspec.structs.asdict(contact))
    known: dict[str, uuid.UUID] = {}
    for affiliate in records.affiliates:
        fields = msgspec.structs.asdict(affiliate)
        parent = known.get(fields.pop("of"))
        draft = AffiliateDraft(parent_id=parent, **fields)
        known[affiliate.name] = add_affiliate(place, company_id, draft)
    for year in records.years:
        record_year(place, company_id, YearDraft(**msgspec.structs.asdict(year)))
    for aid in records.aids:
        add_aid(place, company_id, AidDraft(**msgspec.structs.asdict(aid)))


def enter_visits(
    place: Workplace,
    company_id: uuid.UUID,
    visits: Sequence[OtherVisit],
    people: Sequence[Person],
    town: str,
) -> tuple[Workplace, uuid.UUID] | None:
    """Visits before today took place and ended; later ones are planned.

    Returns the first that took place, with the clock of that moment; None where none did.
    """
    first = None
    for visit in sorted(visits, key=lambda visit: visit.days):
        at = _in_working_time(place.clock() - LASTED, visit.days)
        planned = plan_visit(
            place, company_id, starts_at=at, purpose=visit.purpose, location=town, people=people
        )
        if visit.days < 0:
            hours = visit.hours or Decimal(2)
            begin_visit(_at(place, at), planned)
            first = first or (_at(place, at), planned)
            for note in visit.notes:
                write_note(_at(place, at + _INTO), _case_of(place, planned), note)
            end_visit(_at(place, at + timedelta(hours=float(hours))), planned, hours)
    return first


def _in_working_time(now: datetime, days: int) -> datetime:
    """So many days from now at the same hour in Germany; nobody meets on a holiday."""
    here = now.astimezone(BERLIN)
    day = here.date() + timedelta(days=days)
    day = working_day_from(day) if days > 0 else day
    return datetime.combine(day, here.time(), BERLIN)


def _case_of(place: Workplace, visit_id: uuid.UUID) -> uuid.UUID:
    with place.store.read() as session:
        case_id = session.get_one(Visit, visit_id).case_id
    if case_id is None:
        raise LookupError(visit_id)
    return case_id


def enter_occasion(place: Workplace, case_id: uuid.UUID, occasion: str) -> None:
    """Why the firm asked for advice."""
    with place.store.edit(place.author) as session:
        session.get_one(Case, case_id).occasion = occasion


def _at(place: Workplace, moment: datetime) -> Workplace:
    """The same workplace at another time."""
    return replace(place, clock=lambda: moment)


def enter_plan(place: Workplace, case_id: uuid.UUID, records: Records) -> None:
    """What was agreed and what was put off, of the recommendations that the answers led to."""
    today = place.clock().astimezone(BERLIN).date()
    for view in refresh_recommendations(place, case_id):
        agreed, reason = records.agreed.get(view.rule), records.postponed.get(view.rule)
        if agreed:
            draft = replace(
                measure_draft(view),
                owner=agreed.owner,
                starts_on=working_day_from(today + timedelta(days=agreed.starts)),
                due_on=working_day_from(today + timedelta(days=agreed.due)),
            )
            measure_id = agree_measure(place, view, draft)
            if agreed.state != draft.state:
                move_measure(place, measure_id, agreed.state)
        elif reason:
            decide_recommendation(place, view.recommendation_id, "postponed", reason=reason)
