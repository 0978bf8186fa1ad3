"""A company file as plain data: for Article 20 GDPR, and whole to compare two laptops."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect, select

from desktop_advisor.storage.models import ENTITIES
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.releasing import open_rows
from desktop_advisor.usecases.workplace import Workplace


def export_company_file(
    place: Workplace, company_id: uuid.UUID, *, is_complete: bool = False
) -> dict[str, list[dict[str, Any]]]:
    """Every row of the file by entity name, JSON-ready; sorted, so that equal files are equal.

    Without what the works council has not released (domain §3): its answers with their notes and
    files, what was noted while it spoke, what the table noted beside them, and what the rules made
    of them. A row whose side is not known yet, because what names it has not arrived, stays out.
    is_complete: with all that, never for the employer's hands. What has arrived of the file is
    sorted in before, as it may take a release back.
    """
    StoreChanges(place.store).sort_in_files([company_id])
    with place.store.read() as session:
        may_leave = _everything if is_complete else open_rows(session, company_id)
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
