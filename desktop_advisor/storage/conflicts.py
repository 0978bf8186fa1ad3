"""Fields that two laptops set differently, until a person decides (design §5)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from desktop_advisor.storage.change_log import Edit
from desktop_advisor.storage.errors import SealedReport
from desktop_advisor.storage.fields import from_json, moment_of
from desktop_advisor.storage.log_tables import LoggedChange, OpenConflict
from desktop_advisor.storage.sealed import is_written_once
from desktop_advisor.storage.session import write_and_fold
from sync.protocol import ChangeName

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class ConflictValue:
    """One of the values that stand against each other.

    value: the JSON value as it stands in the log; for a group a mapping column → value.
    """

    value: Any
    author: str
    device: str
    at: datetime
    name: ChangeName


@dataclass(frozen=True)
class Conflict:
    """A field with several heads. values: weakest first; the last one shows in the typed table."""

    company_id: uuid.UUID
    entity: str
    entity_id: uuid.UUID
    field: str
    values: tuple[ConflictValue, ...]


def list_conflicts(session: Session, company_id: uuid.UUID | None = None) -> list[Conflict]:
    """All open conflicts, or those of one company file; oldest value first within each."""
    query = (
        select(OpenConflict, LoggedChange)
        .join(
            LoggedChange,
            and_(
                LoggedChange.entity_id == OpenConflict.entity_id,
                LoggedChange.entity == OpenConflict.entity,
                LoggedChange.field == OpenConflict.field,
            ),
        )
        .where(LoggedChange.is_head)
        .order_by(LoggedChange.hlc, LoggedChange.writer, LoggedChange.n)
    )
    if company_id is not None:
        query = query.where(OpenConflict.company_id == company_id)
    found: dict[tuple[str, uuid.UUID, str], list[LoggedChange]] = {}
    companies: dict[tuple[str, uuid.UUID, str], uuid.UUID] = {}
    for conflict, change in session.execute(query):
        key = (conflict.entity, conflict.entity_id, conflict.field)
        found.setdefault(key, []).append(change)
        companies[key] = conflict.company_id
    return [
        Conflict(companies[key], *key, tuple(_value(change) for change in heads))
        for key, heads in found.items()
    ]


def settle(session: Session, conflict: Conflict, value: Any) -> None:
    """A person decides for `value`: one of the conflict's, or another JSON value of the field.

    Only the values the person saw are replaced: one that arrived since stays a conflict.
    Raises: SealedReport.
    """
    if is_written_once(conflict.entity, conflict.field):
        raise SealedReport
    edit = Edit(
        company_id=conflict.company_id,
        entity=conflict.entity,
        entity_id=conflict.entity_id,
        field=conflict.field,
        value=value,
        bases=tuple(shown.name for shown in conflict.values),
        is_forced=True,
    )
    write_and_fold(session, [edit])


def _value(change: LoggedChange) -> ConflictValue:
    return ConflictValue(
        value=from_json(change.value),
        author=change.author,
        device=change.device,
        at=moment_of(change.hlc),
        name=(change.writer.hex(), change.n),
    )
