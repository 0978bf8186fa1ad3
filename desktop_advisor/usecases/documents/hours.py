"""Stundennachweis: compose the record of a case from its visits."""

from __future__ import annotations

import uuid

from desktop_advisor.domain.german import BERLIN
from desktop_advisor.report.documents.hours_model import HoursRecord
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.branding import branding
from desktop_advisor.usecases.documents.visit_rows import (
    advisor_lines,
    company_lines,
    slots,
    visits_of,
)
from desktop_advisor.usecases.workplace import Workplace


def compose_hours(place: Workplace, case_id: uuid.UUID) -> HoursRecord:
    """Every visit that is over; one without recorded hours stays, and is named as missing."""
    with place.store.read() as session:
        case = session.get_one(Case, case_id)
        company = session.get_one(Company, case.company_id)
        visits = visits_of(place, session, case_id)
    return HoursRecord(
        network=branding(place),
        created_on=place.clock().astimezone(BERLIN).date(),
        case=case.title,
        company=company_lines(company),
        advisor=advisor_lines(place),
        visits=tuple(visit.page for visit in visits if visit.is_done),
        running=sum(not visit.is_done for visit in visits),
        signatures=slots(place, visits),
    )


def draw(place: Workplace, case_id: uuid.UUID) -> bytes:
    """The PDF of the record as the case stands now."""
    from desktop_advisor.report.documents.hours import draw_hours

    return draw_hours(compose_hours(place, case_id), place.resources.fonts)
