"""Fields that two laptops set differently, until a person decides (design §5)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from desktop_advisor.storage.change_log import Edit, names_from_json, portions
from desktop_advisor.storage.errors import SealedReport
from desktop_advisor.storage.fields import from_json, moment_of
from desktop_advisor.storage.log_tables import LoggedChange, OpenConflict, Upload
from desktop_advisor.storage.sealed import is_written_once
from desktop_advisor.storage.session import write_and_fold
from sync.protocol import ChangeName

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Key = tuple[str, uuid.UUID, str]
"""Record, row and field that stand in several versions."""


@dataclass(frozen=True)
class ConflictValue:
    """One of the values that stand against each other.

    value: the JSON value as it stands in the log; for a group a mapping column → value.
    is_own: made on this laptop. seq: order of arrival here; both differ between laptops.
    """

    value: Any
    author: str
    device: str
    at: datetime
    name: ChangeName
    is_own: bool = field(default=False, compare=False)
    seq: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Conflict:
    """A field with several heads. values: weakest first; the last one shows in the typed table."""

    company_id: uuid.UUID
    entity: str
    entity_id: uuid.UUID
    field: str
    values: tuple[ConflictValue, ...]

    @property
    def key(self) -> Key:
        """Which field of which row."""
        return (self.entity, self.entity_id, self.field)

    @property
    def is_sealed(self) -> bool:
        """Whether the field stands as it was sealed, so that there is nothing to choose."""
        return is_written_once(self.entity, self.field)


def list_conflicts(session: Session, company_id: uuid.UUID | None = None) -> list[Conflict]:
    """All open conflicts, or those of one company file; the value that shows last within each."""
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
        Conflict(companies[key], *key, tuple(value_of(change) for change in _weakest_first(heads)))
        for key, heads in found.items()
    ]


def settle(session: Session, conflict: Conflict, value: Any) -> None:
    """A person decides for `value`: one of the conflict's, or another JSON value of the field.

    Only the values the person saw are replaced: one that arrived since stays a conflict.
    Raises: SealedReport.
    """
    settle_all(session, [(conflict, value)])


def settle_all(session: Session, decided: Sequence[tuple[Conflict, Any]]) -> list[ChangeName]:
    """The same for several at once; the names of the changes written, in that order.

    Raises: SealedReport before anything is written.
    """
    if any(conflict.is_sealed for conflict, _ in decided):
        raise SealedReport
    if not decided:
        return []
    edits = [
        Edit(
            company_id=conflict.company_id,
            entity=conflict.entity,
            entity_id=conflict.entity_id,
            field=conflict.field,
            value=value,
            bases=tuple(shown.name for shown in conflict.values),
            is_forced=True,
        )
        for conflict, value in decided
    ]
    write_and_fold(session, edits)
    last: dict[Key, ChangeName] = {}
    for ids in portions({conflict.entity_id for conflict, _ in decided}):
        own = select(LoggedChange).where(
            LoggedChange.entity_id.in_(ids), LoggedChange.is_own, LoggedChange.is_head
        )
        for row in session.scalars(own.order_by(LoggedChange.seq)):
            last[row.entity, row.entity_id, row.field] = _name(row)
    return [last[conflict.key] for conflict, _ in decided]


def reopen(session: Session, decisions: Iterable[ChangeName]) -> list[Key]:
    """Take decisions back: their values stand against each other again, on every laptop.

    Each value is written anew over the decision, the one that showed last. What somebody has
    changed since is left alone. The fields that are open again.
    """
    edits: list[Edit] = []
    for writer, n in decisions:
        row = _named(session, (writer, n))
        if row is None or not row.is_head or _has_other_heads(session, row):
            continue
        replaced = [_named(session, name) for name in names_from_json(row.bases)]
        edits += [
            Edit(
                company_id=row.company_id,
                entity=row.entity,
                entity_id=row.entity_id,
                field=row.field,
                value=from_json(before.value),
                bases=((writer, n),),
                undoes=row.seq,
                is_forced=True,
            )
            for before in _weakest_first([r for r in replaced if r is not None])
        ]
    if edits:
        write_and_fold(session, edits)
    return list(dict.fromkeys(edit.key for edit in edits))


def value_of(change: LoggedChange) -> ConflictValue:
    """A change of the log as one of the values that stand against each other."""
    return ConflictValue(
        value=from_json(change.value),
        author=change.author,
        device=change.device,
        at=moment_of(change.hlc),
        name=_name(change),
        is_own=change.is_own,
        seq=change.seq,
    )


def _weakest_first(heads: Sequence[LoggedChange]) -> list[LoggedChange]:
    """As the projection shows them: what the server keeps apart stays on top (design §6)."""
    return sorted(heads, key=lambda r: (r.upload == Upload.QUARANTINED, r.hlc, r.writer, r.n))


def _name(row: LoggedChange) -> ChangeName:
    return (row.writer.hex(), row.n)


def _named(session: Session, name: ChangeName) -> LoggedChange | None:
    return session.scalar(
        select(LoggedChange).where(
            LoggedChange.writer == bytes.fromhex(name[0]), LoggedChange.n == name[1]
        )
    )


def _has_other_heads(session: Session, row: LoggedChange) -> bool:
    others = select(LoggedChange.seq).where(
        LoggedChange.entity_id == row.entity_id,
        LoggedChange.entity == row.entity,
        LoggedChange.field == row.field,
        LoggedChange.is_head,
        LoggedChange.seq != row.seq,
    )
    return session.scalar(others) is not None
