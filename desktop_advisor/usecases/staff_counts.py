"""Persons by weekly hours, and the five counts that follow from them (domain §4)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy.orm import Session

from desktop_advisor.domain.headcounts import Headcount, Staff, headcounts
from desktop_advisor.storage.advice_models import StaffCount
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class StaffView:
    """The persons as stored and the counts. as_of: the day they were counted, None not known."""

    staff: Staff
    as_of: date | None
    counts: tuple[Headcount, ...]


def show_staff(place: Workplace, company_id: uuid.UUID) -> StaffView:
    """What is known of the company's staff."""
    with place.store.read() as session:
        company = session.get_one(Company, company_id)
        row = session.get(StaffCount, _row_id(company_id))
        known = row if row is not None and not row.deleted else None
        staff = _staff(known)
        counts = headcounts(
            staff,
            company.staff_units,
            company.turnover_million,
            company.balance_million,
            company.heads,
        )
        return StaffView(staff, known.as_of if known else None, counts)


def record_staff(
    place: Workplace, company_id: uuid.UUID, staff: Staff, as_of: date | None = None
) -> None:
    """Keep the persons by hours; only what changed is written."""
    with place.store.edit(place.author) as session:
        row = _row(session, company_id)
        values = {field.name: getattr(staff, field.name) for field in fields(Staff)}
        for name, value in (values | {"as_of": as_of, "deleted": False}).items():
            if getattr(row, name) != value:
                setattr(row, name, value)


def _row(session: Session, company_id: uuid.UUID) -> StaffCount:
    row_id = _row_id(company_id)
    row = session.get(StaffCount, row_id)
    if row is None:
        row = StaffCount(id=row_id, company_id=company_id, deleted=False)
        session.add(row)
    return row


def _row_id(company_id: uuid.UUID) -> uuid.UUID:
    """One row per company, so that two laptops meet in it."""
    return uuid.uuid5(company_id, "staff-count")


def _staff(row: StaffCount | None) -> Staff:
    if row is None:
        return Staff()
    return Staff(**{field.name: getattr(row, field.name) for field in fields(Staff)})
