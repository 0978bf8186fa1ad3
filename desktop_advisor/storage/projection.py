"""Folds the log into the typed tables: heads, winners, rows (design §5)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, select

from desktop_advisor.storage.change_log import names_from_json, portions
from desktop_advisor.storage.fields import shape
from desktop_advisor.storage.log_tables import CONFLICTS, LOG, Upload, table_of
from desktop_advisor.storage.models import ENTITIES
from desktop_advisor.storage.raw_rows import cursor_of, marks
from desktop_advisor.storage.sealed import is_written_once
from desktop_advisor.storage.typed_rows import Cells, typed_table
from sync.merge import heads, is_conflict, winner
from sync.protocol import Change, ChangeName

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Logged(NamedTuple):
    """A change of the log as the driver knows it; value and bases are JSON text.

    seq: below 0 while it is not written.
    """

    seq: int
    writer: bytes
    n: int
    company_id: bytes
    entity: str
    entity_id: bytes
    field: str
    value: str
    bases: str
    hlc: int
    is_head: bool
    upload: int


Fresh = tuple[bytes, int, bytes, str, bytes, str, str, str, int, str, str, int]
"""A change that is not in the log yet: `Logged` from writer to hlc, then author, device, schema."""
RowKey = tuple[str, bytes]
"""(entity, entity_id)."""


@dataclass
class _Shown:
    """What one row of a typed table shows: per field its JSON text and the stamp behind it."""

    company_id: bytes
    values: dict[str, tuple[str, int]] = field(default_factory=dict)


@dataclass
class _Folded:
    """What a portion of the log comes to; written with one statement per kind.

    moved_heads: (whether it is a head now, seq). conflicts: as the columns of their table.
    """

    shown: dict[RowKey, _Shown] = field(default_factory=dict)
    moved_heads: list[tuple[bool, int]] = field(default_factory=list)
    conflicts: list[tuple[bytes, str, str, bytes]] = field(default_factory=list)


def fold(connection: Connection, entity_ids: Collection[uuid.UUID]) -> None:
    """Heads, conflicts and typed rows of these ids follow from the log, whatever they were before.

    Whole rows instead of single fields, so that the order in which changes arrive never matters.
    """
    cursor = cursor_of(connection)
    for ids in portions([entity_id.bytes for entity_id in entity_ids]):
        folded = _fold(_history(cursor, ids))
        cursor.execute(f"{_FORGET_CONFLICTS} ({marks(ids)})", ids)
        cursor.executemany(_MARK_HEAD, folded.moved_heads)
        _show(cursor, folded)


def merge(connection: Connection, fresh: Sequence[Fresh]) -> None:
    """Log changes that others have made, and fold what they touch in the same breath.

    It comes to the same as logging them first, but what is new need not be read back.
    """
    cursor = cursor_of(connection)
    known: list[Logged] = []
    for ids in portions({change[4] for change in fresh}):
        known += _history(cursor, ids)
    met = list({row.entity_id for row in known})
    for ids in portions(met):
        cursor.execute(f"{_FORGET_CONFLICTS} ({marks(ids)})", ids)
    shown, rest = _plain_rows(fresh, set(met))
    folded = _fold([*known, *rest])
    folded.shown |= shown
    no_heads = {row.seq for row in rest} - {seq for _, seq in folded.moved_heads}
    cursor.executemany(_MARK_HEAD, [moved for moved in folded.moved_heads if moved[1] >= 0])
    rows = [(*c, -1 - place not in no_heads) for place, c in enumerate(fresh)]
    cursor.executemany(_ADD, rows)
    _show(cursor, folded)


def _plain_rows(
    fresh: Sequence[Fresh], met: Collection[bytes]
) -> tuple[dict[RowKey, _Shown], list[Logged]]:
    """Rows without a past in which no field was set twice: nothing is to be weighed in them.

    And the changes of all other rows. met: ids of rows that have a past.
    """
    shown: dict[RowKey, _Shown] = {}
    mixed: set[RowKey] = set()
    for _, _, company_id, entity, entity_id, name, value, _, hlc, _, _, _ in fresh:
        key = (entity, entity_id)
        row = shown.get(key)
        if row is None:
            row = shown[key] = _Shown(company_id)
        if name in row.values or row.company_id != company_id or entity_id in met:
            mixed.add(key)
        row.values[name] = (value, hlc)
    if not mixed:
        return shown, []
    for key in mixed:
        del shown[key]
    places = ((-1 - place, change) for place, change in enumerate(fresh))
    rest = [
        Logged(seq, *change[:9], False, Upload.APPLIED)
        for seq, change in places
        if (change[3], change[4]) in mixed
    ]
    return shown, rest


def rebuild_all(connection: Connection) -> None:
    """Every typed table anew from the log; what the program could not read before, it may now."""
    for record in ENTITIES.values():
        connection.execute(delete(table_of(record)))
    connection.execute(delete(CONFLICTS))
    every_id = connection.execute(select(LOG.c.entity_id).distinct()).scalars().all()
    fold(connection, every_id)


def _history(cursor: Any, ids: Sequence[bytes]) -> list[Logged]:
    return list(map(Logged._make, cursor.execute(f"{_HISTORY} ({marks(ids)})", ids)))


def _fold(changes: Iterable[Logged]) -> _Folded:
    by_row: defaultdict[RowKey, defaultdict[str, list[Logged]]]
    by_row = defaultdict(lambda: defaultdict(list))
    for row in changes:
        by_row[row.entity, row.entity_id][row.field].append(row)
    folded = _Folded()
    for key, fields in by_row.items():
        _fold_row(folded, key, fields)
    return folded


def _fold_row(folded: _Folded, key: RowKey, fields: dict[str, list[Logged]]) -> None:
    entity, entity_id = key
    company_id = min((r for rows in fields.values() for r in rows), key=_age).company_id
    shown = folded.shown[key] = _Shown(company_id)
    for name, rows in fields.items():
        if len(rows) == 1:
            row = rows[0]
            if not row.is_head:
                folded.moved_heads.append((True, row.seq))
            shown.values[name] = (row.value, row.hlc)
            continue
        by_name = {(r.writer.hex(), r.n): r for r in rows}
        field_heads = heads(_light_change(r) for r in rows)
        head_names = {head.name for head in field_heads}
        folded.moved_heads += [
            (row_name in head_names, row.seq)
            for row_name, row in by_name.items()
            if row.is_head != (row_name in head_names)
        ]
        if is_conflict(field_heads) and not _is_computed(entity, name):
            folded.conflicts.append((entity_id, entity, name, company_id))
        row = _shown_row(entity, name, rows, by_name, field_heads)
        shown.values[name] = (row.value, row.hlc)


def _shown_row(
    entity: str,
    name: str,
    rows: Sequence[Logged],
    by_name: dict[ChangeName, Logged],
    field_heads: Sequence[Change],
) -> Logged:
    """The change whose value the typed table shows.

    What is written once stays as it was here first, as whoever sends a stamp may backdate it.
    Nothing is pulled over a value that the server keeps in quarantine (design §6): it is shown
    until a person decides.
    """
    if is_written_once(entity, name):
        return min(rows, key=_arrival)
    kept = [h for h in field_heads if by_name[h.name].upload == Upload.QUARANTINED]
    return by_name[winner(kept or field_heads).name]


def _is_computed(entity: str, name: str) -> bool:
    known = shape(entity)
    return known is not None and name in known.computed


def _age(row: Logged) -> tuple[int, bytes, int]:
    return (row.hlc, row.writer, row.n)


def _arrival(row: Logged) -> tuple[bool, int]:
    """Sorts by when a change was here; those not yet written come last, as they will be written."""
    return (row.seq < 0, abs(row.seq))


def _light_change(row: Logged) -> Change:
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


def _show(cursor: Any, folded: _Folded) -> None:
    """Conflicts and typed rows as they come out."""
    cursor.executemany(_ADD_CONFLICT, folded.conflicts)
    by_statement: defaultdict[str, list[Sequence[Any]]] = defaultdict(list)
    before: defaultdict[str, dict[tuple[str, str], Cells]] = defaultdict(dict)
    for (entity, entity_id), row in folded.shown.items():
        table = typed_table(entity)
        if table is None:
            continue
        values = table.row(entity_id, row.company_id, row.values, before[entity])
        if values is not None:
            by_statement[table.statement].append(values)
        elif table.removal:  # it could be read before a later value came that does not fit
            by_statement[table.removal].append((entity_id,))
    for statement, rows in by_statement.items():
        cursor.executemany(statement, rows)


_HISTORY = (
    "SELECT seq, writer, n, company_id, entity, entity_id, field, value, bases, hlc, is_head,"
    " upload FROM change_log WHERE entity_id IN"
)
_ADD = (
    "INSERT INTO change_log (writer, n, company_id, entity, entity_id, field, value, bases, hlc,"
    " author, device, schema_number, is_head, is_own, upload, undoes, reason)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 2, NULL, '')"
)
_MARK_HEAD = "UPDATE change_log SET is_head = ? WHERE seq = ?"
_FORGET_CONFLICTS = "DELETE FROM open_conflict WHERE entity_id IN"
_ADD_CONFLICT = (
    "INSERT OR REPLACE INTO open_conflict (entity_id, entity, field, company_id)"
    " VALUES (?, ?, ?, ?)"
)
