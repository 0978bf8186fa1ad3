"""Folds the log into the typed tables: heads, winners, rows (design §5)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from desktop_advisor.storage.change_log import names_from_json, portions
from desktop_advisor.storage.fields import (
    EntityShape,
    Undecodable,
    default_of,
    from_json,
    moment_of,
    shape,
)
from desktop_advisor.storage.log_tables import CONFLICTS, LOG, LogRow, Upload, table_of
from desktop_advisor.storage.models import ENTITIES
from desktop_advisor.storage.sealed import is_written_once
from sync.merge import heads, is_conflict, winner
from sync.protocol import Change, ChangeName

if TYPE_CHECKING:
    from sqlalchemy import Connection


EntityKey = tuple[str, uuid.UUID]


@dataclass
class _Shown:
    """What one row of a typed table shows: per field its JSON text and the stamp behind it."""

    company_id: uuid.UUID
    values: dict[str, tuple[str, int]] = field(default_factory=dict)


@dataclass
class _Folded:
    """What a portion of the log comes to; written with one statement per kind."""

    shown: dict[EntityKey, _Shown] = field(default_factory=dict)
    moved_heads: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)


def fold(connection: Connection, entity_ids: Collection[uuid.UUID]) -> None:
    """Heads, conflicts and typed rows of these ids follow from the log, whatever they were before.

    Whole rows instead of single fields, so that the order in which changes arrive never matters.
    """
    for ids in portions(entity_ids):
        by_row: dict[EntityKey, dict[str, list[LogRow]]] = defaultdict(lambda: defaultdict(list))
        for row in connection.execute(_HISTORY, {"ids": ids}):
            by_row[row.entity, row.entity_id][row.field].append(row)
        folded = _Folded()
        for key, fields in by_row.items():
            _fold_row(folded, key, fields)
        connection.execute(_FORGET_CONFLICTS, {"ids": ids})
        if folded.conflicts:
            connection.execute(_ADD_CONFLICT, folded.conflicts)
        if folded.moved_heads:
            connection.execute(_MARK_HEAD, folded.moved_heads)
        _write_rows(connection, folded.shown)


def rebuild_all(connection: Connection) -> None:
    """Every typed table anew from the log; what the program could not read before, it may now."""
    for record in ENTITIES.values():
        connection.execute(delete(table_of(record)))
    connection.execute(delete(CONFLICTS))
    every_id = connection.execute(select(LOG.c.entity_id).distinct()).scalars().all()
    fold(connection, every_id)


def _fold_row(folded: _Folded, key: EntityKey, fields: dict[str, list[LogRow]]) -> None:
    entity, entity_id = key
    first = min((r for rows in fields.values() for r in rows), key=_age)
    shown = folded.shown[key] = _Shown(first.company_id)
    for name, rows in fields.items():
        by_name = {(r.writer.hex(), r.n): r for r in rows}
        field_heads = heads(_light_change(r) for r in rows)
        head_names = {head.name for head in field_heads}
        folded.moved_heads += [
            {"of_seq": row.seq, "to": row_name in head_names}
            for row_name, row in by_name.items()
            if row.is_head != (row_name in head_names)
        ]
        if is_conflict(field_heads) and not _is_computed(entity, name):
            folded.conflicts.append(
                {
                    "entity_id": entity_id,
                    "entity": entity,
                    "field": name,
                    "company_id": first.company_id,
                }
            )
        row = _shown_row(entity, name, rows, by_name, field_heads)
        shown.values[name] = (row.value, row.hlc)


def _shown_row(
    entity: str,
    name: str,
    rows: Sequence[LogRow],
    by_name: dict[ChangeName, LogRow],
    field_heads: Sequence[Change],
) -> LogRow:
    """The change whose value the typed table shows.

    What is written once stays as its first edit left it. Nothing is pulled over a value that the
    server keeps in quarantine (design §6): it is shown until a person decides.
    """
    if is_written_once(entity, name):
        start = min((r.hlc, r.writer) for r in rows)
        return max((r for r in rows if (r.hlc, r.writer) == start), key=lambda r: r.n)
    kept = [h for h in field_heads if by_name[h.name].upload == Upload.QUARANTINED]
    return by_name[winner(kept or field_heads).name]


def _is_computed(entity: str, name: str) -> bool:
    known = shape(entity)
    return known is not None and name in known.computed


def _age(row: LogRow) -> tuple[int, bytes, int]:
    return (row.hlc, row.writer, row.n)


def _light_change(row: LogRow) -> Change:
    """Enough for the merge; the value stays JSON text, which is equal when the value is."""
    return Change(
        writer=row.writer.hex(),
        n=row.n,
        company_id="",
        entity="",
        entity_id="",
        field="",
        value=row.value,
        bases=names_from_json(row.bases),
        hlc=row.hlc,
    )


def _write_rows(connection: Connection, shown: dict[EntityKey, _Shown]) -> None:
    by_entity: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (entity, entity_id), row in shown.items():
        known = shape(entity)
        values = None if known is None else _typed_row(known, entity_id, row)
        if values is not None:
            by_entity[entity].append(values)
    for entity, rows in by_entity.items():
        known = shape(entity)
        if known is not None:
            connection.execute(insert(known.table).prefix_with("OR REPLACE"), rows)


def _typed_row(known: EntityShape, entity_id: uuid.UUID, row: _Shown) -> dict[str, Any] | None:
    """Column → value; None while the log does not know the row's primary key.

    A field this version does not know, or whose value does not fit, stays in the log only.
    """
    values = {column.key: default_of(column) for column in known.table.columns}
    readable = set()
    for name, (raw, _) in row.values.items():
        known_field = known.fields.get(name)
        if known_field is None:
            continue
        try:
            values |= known_field.decode(from_json(raw))
        except Undecodable:
            continue
        readable.add(name)
    if not readable or (known.key is not None and known.key not in readable):
        return None
    for column, source in known.stamped.items():
        values[column] = moment_of(row.values[source][1]) if source in row.values else None
    if known.key is None:
        values["id"] = entity_id
    values["company_id"] = row.company_id
    return values


_HISTORY = select(
    LOG.c.seq,
    LOG.c.writer,
    LOG.c.n,
    LOG.c.company_id,
    LOG.c.entity,
    LOG.c.entity_id,
    LOG.c.field,
    LOG.c.value,
    LOG.c.bases,
    LOG.c.hlc,
    LOG.c.is_head,
    LOG.c.upload,
).where(LOG.c.entity_id.in_(bindparam("ids", expanding=True)))
_MARK_HEAD = update(LOG).where(LOG.c.seq == bindparam("of_seq")).values(is_head=bindparam("to"))
_FORGET_CONFLICTS = delete(CONFLICTS).where(
    CONFLICTS.c.entity_id.in_(bindparam("ids", expanding=True))
)
_ADD_CONFLICT = insert(CONFLICTS).prefix_with("OR REPLACE")
