"""A company file as plain data: for Article 20 GDPR, and whole to compare two laptops."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, select

from desktop_advisor.storage.models import ENTITIES, Assessment
from desktop_advisor.usecases.releasing import (
    hidden_sides,
    rests_on_works_council,
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
    files, what was noted while it spoke, what the table noted beside them, and what the rules made
    of them. A row whose side is not known yet, because what names it has not arrived, stays out.
    is_complete: with all that, never for the employer's hands.
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
    talks = session.scalars(select(Assessment).where(Assessment.company_id == company_id)).all()
    covered = {a.id for a in talks if a.perspective in hidden_sides(session, a.case_id)}
    is_open = {a.id for a in talks} - covered
    measures = withheld_measures(session, company_id)

    rules: dict[str, Callable[[Any], bool]] = {
        "assessment": lambda row: row.id not in covered,
        "answer": lambda row: row.assessment_id in is_open,
        "attachment": lambda row: row.assessment_id is None or row.assessment_id in is_open,
        "measure": lambda row: row.id not in measures,
        "referral": lambda row: row.measure_id is None or row.measure_id not in measures,
        "note": lambda row: row.perspective not in hidden_sides(session, row.case_id),
        "dissent": lambda row: not hidden_sides(session, row.case_id),
        "recommendation": lambda row: (
            not (rests_on_works_council(row.fired_by or ()) and hidden_sides(session, row.case_id))
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
