"""The visits of a case as a document prints them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from desktop_advisor.report import model as page
from desktop_advisor.report.phrases import address
from desktop_advisor.storage.models import Company, Visit
from desktop_advisor.usecases.branding import advisor
from desktop_advisor.usecases.composing import visit_page
from desktop_advisor.usecases.visits import ROLES, held_visits
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class HeldVisit:
    """A visit that took place or is taking place. state: running, interrupted or done."""

    page: page.Visit
    starts_at: datetime | None
    ends_at: datetime | None
    state: str

    @property
    def is_done(self) -> bool:
        """Whether it is over, so that its hours are what was recorded."""
        return self.state == "done"

    def lasted_at(self, moment: datetime | None) -> bool:
        """Whether it was on at that moment; one that is not over yet still is."""
        if moment is None or self.starts_at is None or moment < self.starts_at:
            return False
        return not self.is_done or (self.ends_at is not None and moment <= self.ends_at)


def visits_of(place: Workplace, session: Session, case_id: uuid.UUID) -> tuple[HeldVisit, ...]:
    """The visits of a case in their order, without those that are only planned.

    Hours only as they were recorded, so none of a visit that is not over.
    """
    now = place.clock()
    return tuple(
        HeldVisit(
            _recorded(visit, visit_page(session, visit, now)),
            visit.starts_at,
            visit.ends_at,
            visit.state,
        )
        for visit in held_visits(session, case_id)
    )


def _recorded(visit: Visit, shown: page.Visit) -> page.Visit:
    if visit.state == "done":
        return shown
    return msgspec.structs.replace(shown, hours=None)


def company_lines(company: Company) -> tuple[str, ...]:
    """Name and address, one line each."""
    town = page.Company(
        name=company.name, street=company.street, postcode=company.postcode, town=company.town
    )
    return tuple(line for line in (company.name, address(town)) if line)


def advisor_lines(place: Workplace) -> tuple[str, ...]:
    """Who advises, for which network, and how to reach that person."""
    who = advisor(place)
    reach = " · ".join(part for part in (who.phone, who.email) if part)
    return tuple(line for line in (who.name, who.organisation, reach) if line)


def slots(
    place: Workplace, visits: tuple[HeldVisit, ...], *, with_council: bool = False
) -> tuple[page.SignatureSlot, ...]:
    """Who signs: the company by its latest management, the works council to note, the advisor."""
    people = {p.role: p for v in visits for p in v.page.participants}
    found = [_slot(people.get(ROLES["gf"]), "Unternehmen")]
    council = people.get(ROLES["br"])
    if with_council and council is not None:
        found.append(_slot(council, "Betriebsrat", note="zur Kenntnis"))
    advises = people.get(ROLES["ber"])
    is_same = advises is not None and advises.name == place.author
    function = advises.function if advises and is_same and advises.function else "Beratung"
    return (
        *found,
        page.SignatureSlot(name=place.author, role="Beratende Person", function=function),
    )


def _slot(person: page.Participant | None, role: str, note: str = "") -> page.SignatureSlot:
    if person is None:
        return page.SignatureSlot(role=role, note=note)
    return page.SignatureSlot(name=person.name, role=role, function=person.function, note=note)
