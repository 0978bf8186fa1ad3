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
from desktop_advisor.storage.homes import Claim, Claims, RowKey, children_elsewhere, place_of, show
from desktop_advisor.storage.log_tables import CONFLICTS, LOG, Upload, table_of
from desktop_advisor.storage.models import ENTITIES
from desktop_advisor.storage.raw_rows import cursor_of, marks
from desktop_advisor.storage.sealed import is_written_once
from desktop_advisor.storage.typed_rows import typed_table
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


@dataclass
class _Folded:
    """What a portion of the log comes to; written with one statement per kind.

    claims: once they are shown, the one of each row's own file; none where that is another one.
    """

    changes: dict[RowKey, list[Logged]] = field(default_factory=dict)
    claims: Claims = field(default_factory=dict)

    def moved_heads(self) -> list[tuple[bool, int]]:
        """(whether it is a head now, seq) of those that were not, or were."""
        moved = []
        for key, rows in self.changes.items():
            now = {seq for claim in self.claims[key] for seq in claim.heads}
            moved += [(r.seq in now, r.seq) for r in rows if r.is_head != (r.seq in now)]
        return moved

    def conflicts(self) -> list[tuple[bytes, str, str, bytes]]:
        """As the columns of their table."""
        return [
            (entity_id, entity, name, claim.company_id)
            for (entity, entity_id), claims in self.claims.items()
            for claim in claims
            for name in claim.conflicts
        ]


def fold(connection: Connection, entity_ids: Collection[uuid.UUID]) -> None:
    """Heads, conflicts and typed rows of these ids follow from the log, whatever they were before.

    Whole rows instead of single fields, so that the order in which the changes of a file arrive
    never matters. Of several files that claim a row in which no parent tells, the first has it.
    """
    _fold_ids(cursor_of(connection), [entity_id.bytes for entity_id in entity_ids])


def _fold_ids(cursor: Any, entity_ids: Collection[bytes]) -> None:
    """What several files claim is folded once more at the end, as its parents may come later."""
    claimed: list[bytes] = []
    for ids in portions(entity_ids):
        folded = _fold(_history(cursor, ids))
        claimed += [row for (_, row), claims in folded.claims.items() if len(claims) > 1]
        cursor.execute(f"{_FORGET_CONFLICTS} ({marks(ids)})", ids)
        show(cursor, folded.claims)
        cursor.executemany(_MARK_HEAD, folded.moved_heads())
        cursor.executemany(_ADD_CONFLICT, folded.conflicts())
        _fold_ids(cursor, children_elsewhere(cursor, folded.claims))
    if len(list(portions(entity_ids))) > 1:
        for some in portions(claimed):
            _fold_ids(cursor, some)


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
    plain, rest = _plain_rows(fresh, set(met))
    folded = _fold([*known, *rest])
    claims = {**plain, **folded.claims}
    show(cursor, claims)
    moved = folded.moved_heads()
    no_heads = {row.seq for row in rest} - {seq for _, seq in moved}
    hidden = {key for key, of_row in plain.items() if not of_row}
    cursor.executemany(_MARK_HEAD, [of_seq for of_seq in moved if of_seq[1] >= 0])
    rows = [
        (*c, -1 - place not in no_heads and (c[3], c[4]) not in hidden)
        for place, c in enumerate(fresh)
    ]
    cursor.executemany(_ADD, rows)
    cursor.executemany(_ADD_CONFLICT, folded.conflicts())
    _fold_ids(cursor, children_elsewhere(cursor, claims))


def _plain_rows(fresh: Sequence[Fresh], met: Collection[bytes]) -> tuple[Claims, list[Logged]]:
    """Rows without a past in which no field was set twice: nothing is to be weighed in them.

    And the changes of all other rows. met: ids of rows that have a past.
    """
    shown: Claims = {}
    mixed: set[RowKey] = set()
    for _, _, company_id, entity, entity_id, name, value, _, hlc, _, _, _ in fresh:
        key = (entity, entity_id)
        of_row = shown.get(key)
        if of_row is None:
            of_row = shown[key] = [Claim(company_id)]
        row = of_row[0]
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
    rows = connection.execute(select(LOG.c.entity, LOG.c.entity_id).distinct())
    parents_first = sorted(rows, key=lambda row: place_of(row[0]))
    fold(connection, list(dict.fromkeys(entity_id for _, entity_id in parents_first)))


def _history(cursor: Any, ids: Sequence[bytes]) -> list[Logged]:
    return list(map(Logged._make, cursor.execute(f"{_HISTORY} ({marks(ids)})", ids)))


def _fold(changes: Iterable[Logged]) -> _Folded:
    by_row: defaultdict[RowKey, list[Logged]] = defaultdict(list)
    for row in changes:
        by_row[row.entity, row.entity_id].append(row)
    folded = _Folded(by_row)
    for key, rows in by_row.items():
        by_file: defaultdict[bytes, list[Logged]] = defaultdict(list)
        for row in sorted(rows, key=_arrival):
            by_file[row.company_id].append(row)
        folded.claims[key] = [_claim(key, company_id, said) for company_id, said in by_file.items()]
    return folded


def _claim(key: RowKey, company_id: bytes, changes: Sequence[Logged]) -> Claim:
    """What the changes of one company file make of a row."""
    entity, entity_id = key
    values: dict[str, tuple[str, int]] = {}
    head_seqs: list[int] = []
    conflicts: list[str] = []
    fields: defaultdict[str, list[Logged]] = defaultdict(list)
    for change in changes:
        fields[change.field].append(change)
    for name, every in fields.items():
        rows = every if len(every) == 1 else _fitting_keys(entity, entity_id, name, every)
        if len(rows) == 1:
            row = rows[0]
            head_seqs.append(row.seq)
            values[name] = (row.value, row.hlc)
            continue
        by_name = {(r.writer.hex(), r.n): r for r in rows}
        field_heads = heads(_light_change(r) for r in rows)
        head_seqs += [by_name[head.name].seq for head in field_heads]
        if is_conflict(field_heads) and not _is_computed(entity, name):
            conflicts.append(name)
        row = _shown_row(entity, name, rows, by_name, field_heads)
        values[name] = (row.value, row.hlc)
    return Claim(company_id, values, head_seqs, conflicts)


def _fitting_keys(
    entity: str, entity_id: bytes, name: str, rows: Sequence[Logged]
) -> Sequence[Logged]:
    """Of what was said of a row's key only that from which its id follows, if any does."""
    table = typed_table(entity)
    if table is None or table.key != name:
        return rows
    return [row for row in rows if table.fits(entity_id, row.value)] or rows


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
