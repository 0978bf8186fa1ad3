"""A company file as plain data: to compare two laptops, and for Article 20 GDPR."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect, select

from desktop_advisor.storage.models import ENTITIES
from desktop_advisor.usecases.workplace import Workplace


def export_company_file(place: Workplace, company_id: uuid.UUID) -> dict[str, list[dict[str, Any]]]:
    """Every row of the file by entity name, JSON-ready; sorted, so that equal files are equal."""
    with place.store.read() as session:
        return {
            name: sorted(
                (_row(row) for row in session.scalars(_of(model, company_id))),
                key=lambda row: (row.get("id", ""), row.get("question", "")),
            )
            for name, model in ENTITIES.items()
        }


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
