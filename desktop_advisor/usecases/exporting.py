"""A company file as plain data: for Article 20 GDPR, and whole to compare two laptops."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, select

from desktop_advisor.storage.models import ENTITIES, Assessment, Case
from desktop_advisor.usecases.releasing import (
    hidden_sides,
    rests_on_works_council,
    withheld_files,
    withheld_measures,
)
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Keep = Callable[[str, Any], bool]
"""(entity name, row) → whether the row is handed out."""


def export_company_file(
    place: Workplace, company_id: uuid.UUID, *, is_complete: bool = False
) -> dict[str, list[dict[str, Any]]]:
    """Every row of the file by entity name, JSON-ready; sorted, so that equal files are equal.

    Without what the works council has not released (domain §3): its answers with their notes and
    files, what the table noted beside them, and what the rules made of them. is_complete: with
    that, never for the employer's hands.
    """
    with place.store.read() as session:
        may_leave = _everything if is_complete else _released(session, company_id)
        return {
            name: sorted(
                (
                    _row(row)
                    for row in session.scalars(_of(model, company_id))
                    if may_leave(name, row)
                ),
                key=lambda row: (row.get("id", ""), row.get("question", "")),
            )
            for name, model in ENTITIES.items()
        }


def _everything(_name: str, _row: Any) -> bool:
    return True


def _released(session: Session, company_id: uuid.UUID) -> Keep:
    cases = session.scalars(select(Case.id).where(Case.company_id == company_id)).all()
    hidden = {case_id: {str(p) for p in hidden_sides(session, case_id)} for case_id in cases}
    files = {file for case_id in cases for file in withheld_files(session, case_id)}
    covered = {
        a.id
        for a in session.scalars(select(Assessment).where(Assessment.company_id == company_id))
        if a.perspective in hidden.get(a.case_id or a.id, ())
    }
    measures = withheld_measures(session, company_id)

    rules: dict[str, Callable[[Any], bool]] = {
        "assessment": lambda row: row.id not in covered,
        "answer": lambda row: row.assessment_id not in covered,
        "attachment": lambda row: row.id not in files,
        "measure": lambda row: row.id not in measures,
        "referral": lambda row: row.measure_id is None or row.measure_id not in measures,
        "dissent": lambda row: not hidden.get(row.case_id),
        "recommendation": lambda row: (
            not (hidden.get(row.case_id) and rests_on_works_council(row.fired_by or ()))
        ),
    }
    return lambda name, row: name not in rules or rules[name](row)


def _of(model: Any, company_id: uuid.UUID) -> Any:
    return select(model).where(model.company_id == company_id)


def _row(row: Any) -> dict[str, Any]:
    return {a.key: _plain(getattr(row, a.key)) for a in inspect(row).mapper.column_attrs}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    return value
