"""Writes changes: names them, dates them, and lets them replace the heads they saw (design §5)."""

from __future__ import annotations

import os
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, delete, func, insert, select, update

from desktop_advisor.storage.fields import from_json, shape, to_json
from desktop_advisor.storage.log_tables import (
    CONFLICTS,
    LOG,
    ClockPosition,
    LogRow,
    Upload,
    table_of,
)
from desktop_advisor.storage.models import SCHEMA
from sync.hybrid_clock import COUNTER_BITS, observe, tick
from sync.protocol import Change, ChangeName
from sync.tally import runs

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop_advisor.domain.clock import Clock

_BELIEVABLE_AHEAD_MS = 24 * 3600 * 1000
"""Our choice: a day covers a wrong time zone, and more is a broken clock."""
_IDS_AT_ONCE = 500
"""Ids in one IN list; SQLite allows 32,766 parameters."""

_Id = TypeVar("_Id")
FieldKey = tuple[str, uuid.UUID, str]
"""(entity, entity_id, field)."""


class Head(NamedTuple):
    """What a new change needs to know of a head it replaces."""

    seq: int
    company_id: uuid.UUID
    name: ChangeName
    value: str
    hlc: int


@dataclass(frozen=True)
class Edit:
    """What a person did to one field.

    bases: the changes the person saw; None means all present heads. undoes: seq of the change that
    this one takes back. is_forced: write it although the field shows that value already.
    """

    company_id: uuid.UUID
    entity: str
    entity_id: uuid.UUID
    field: str
    value: Any
    bases: tuple[ChangeName, ...] | None = None
    undoes: int | None = None
    is_forced: bool = False

    @property
    def key(self) -> FieldKey:
        """Which field of which row."""
        return (self.entity, self.entity_id, self.field)


class ChangeLog:
    """The writing end of the log for as long as the store is open.

    Only called inside a write transaction, which only one thread has at a time.
    """

    def __init__(self, device: str, clock: Clock, last_hlc: int) -> None:
        self.writer = os.urandom(16)
        self.device = device
        self._clock = clock
        self._last_hlc = last_hlc

    def next_stamp(self) -> int:
        """A hybrid logical stamp above every stamp given or seen."""
        self._last_hlc = tick(self._last_hlc, self._now_ms())
        return self._last_hlc

    def begin_anew(self) -> None:
        """Go on under another name: changes of this one were erased, and n is never given twice."""
        self.writer = os.urandom(16)

    def observe(self, connection: Connection, seen: int) -> None:
        """Later stamps are above `seen`, unless that comes from a clock far ahead of ours.

        Such a stamp would else reach every laptop and stay; the bases keep the order anyway.
        """
        latest = (self._now_ms() + _BELIEVABLE_AHEAD_MS) << COUNTER_BITS
        if seen <= latest:
            self._last_hlc = observe(self._last_hlc, seen)
        connection.execute(_SAVE_CLOCK, {"hlc": self._last_hlc})

    def append(
        self, connection: Connection, edits: Sequence[Edit], *, author: str, hlc: int
    ) -> set[FieldKey]:
        """The fields for which a change was written: those whose value is not there already.

        What other files say of the same row is neither replaced nor named.
        """
        heads = current_heads(connection, {edit.entity_id for edit in edits})
        wanted = [(e, h) for e in edits if _is_news(e, h := _of_own_file(e, heads))]
        if not wanted:
            return set()
        last_n = connection.execute(_LAST_N, {"writer": self.writer}).scalar() or 0
        rows = [
            self._row(edit, edit_heads, n, author, hlc)
            for n, (edit, edit_heads) in enumerate(wanted, start=last_n + 1)
        ]
        connection.execute(_INSERT, rows)
        _retire(connection, wanted)
        connection.execute(_SAVE_CLOCK, {"hlc": self._last_hlc})
        return {edit.key for edit, _ in wanted}

    def _now_ms(self) -> int:
        return int(self._clock().timestamp() * 1000)

    def _row(
        self, edit: Edit, heads: Sequence[Head], n: int, author: str, hlc: int
    ) -> dict[str, Any]:
        bases = edit.bases if edit.bases is not None else tuple(head.name for head in heads)
        return {
            "writer": self.writer,
            "n": n,
            "company_id": edit.company_id,
            "entity": edit.entity,
            "entity_id": edit.entity_id,
            "field": edit.field,
            "value": to_json(edit.value),
            "bases": to_json(bases),
            "hlc": hlc,
            "author": author,
            "device": self.device,
            "schema_number": SCHEMA,
            "is_head": True,
            "is_own": True,
            "upload": Upload.LOCAL,
            "undoes": edit.undoes,
            "reason": "",
        }


def current_heads(
    connection: Connection, entity_ids: Collection[uuid.UUID]
) -> dict[FieldKey, list[Head]]:
    """The heads of every field of these rows."""
    found: dict[FieldKey, list[Head]] = defaultdict(list)
    for ids in portions(entity_ids):
        for row in connection.execute(_HEADS, {"ids": ids}):
            head = Head(row.seq, row.company_id, (row.writer.hex(), row.n), row.value, row.hlc)
            found[row.entity, row.entity_id, row.field].append(head)
    return found


def known_changes(
    connection: Connection, names: Iterable[ChangeName]
) -> dict[ChangeName, tuple[uuid.UUID, int]]:
    """Those of these changes that are here: their company file and where they stand (`Upload`)."""
    found: dict[ChangeName, tuple[uuid.UUID, int]] = {}
    for writer, first, length in runs(set(names)):
        keys = {"of_writer": bytes.fromhex(writer), "low": first, "high": first + length - 1}
        for n, company_id, upload in connection.execute(_KNOWN, keys):
            found[writer, n] = (company_id, upload)
    return found


def mark_applied(connection: Connection, names: Iterable[ChangeName]) -> None:
    """The server has them, each run of consecutive numbers with one statement."""
    keys = [
        {"of_writer": bytes.fromhex(writer), "low": first, "high": first + length - 1}
        for writer, first, length in runs(set(names))
    ]
    if keys:
        connection.execute(_APPLY, keys)


def add_foreign(connection: Connection, changes: Iterable[Change]) -> list[uuid.UUID]:
    """Store pulled changes; the ids of the rows they touch. Those already here are applied.

    A change that comes back from the server is thereby proven to be there, whoever made it; one in
    quarantine stays there, because the server may hold another under its name.
    """
    by_name = {change.name: change for change in changes}
    known = known_changes(connection, by_name)
    mark_applied(connection, [name for name, (_, u) in known.items() if u == Upload.LOCAL])
    rows = {name: _foreign_row(c) for name, c in by_name.items() if name not in known}
    if rows:
        connection.execute(_INSERT, list(rows.values()))
    return list(dict.fromkeys(uuid.UUID(change.entity_id) for change in by_name.values()))


def to_change(row: LogRow) -> Change:
    """A row of the log as it travels."""
    return Change(
        writer=row.writer.hex(),
        n=row.n,
        company_id=str(row.company_id),
        entity=row.entity,
        entity_id=str(row.entity_id),
        field=row.field,
        value=from_json(row.value),
        bases=names_from_json(row.bases),
        hlc=row.hlc,
        author=row.author,
        device=row.device,
        schema=row.schema_number,
    )


def names_from_json(raw: str) -> tuple[ChangeName, ...]:
    """Change names as they stand in the column `bases`."""
    return tuple((writer, n) for writer, n in from_json(raw))


def portions(ids: Collection[_Id]) -> Iterator[list[_Id]]:
    """The ids in lists short enough for one statement."""
    everything = list(ids)
    for start in range(0, len(everything), _IDS_AT_ONCE):
        yield everything[start : start + _IDS_AT_ONCE]


def _of_own_file(edit: Edit, heads: Mapping[FieldKey, Sequence[Head]]) -> Sequence[Head]:
    return [head for head in heads.get(edit.key, ()) if head.company_id == edit.company_id]


def _is_news(edit: Edit, heads: Sequence[Head]) -> bool:
    if edit.is_forced or len(heads) > 1:
        return True
    if heads:
        return heads[0].value != to_json(edit.value)
    known = shape(edit.entity)
    field = known.fields.get(edit.field) if known else None
    return field is None or field.default != edit.value


def _retire(connection: Connection, written: Sequence[tuple[Edit, Sequence[Head]]]) -> None:
    """The heads that the new changes name are heads no longer, their conflicts are settled.

    An edit with bases of its own may leave heads standing; its author folds the field anew.
    """
    replaced = [{"of_seq": h.seq} for edit, heads in written if edit.bases is None for h in heads]
    if replaced:
        connection.execute(_NO_HEAD, replaced)
    settled = [
        {"of_entity": e.entity, "of_id": e.entity_id, "of_field": e.field}
        for e, heads in written
        if e.bases is None and len(heads) > 1
    ]
    if settled:
        connection.execute(_SETTLED, settled)


def _foreign_row(change: Change) -> dict[str, Any]:
    return {
        "writer": bytes.fromhex(change.writer),
        "n": change.n,
        "company_id": uuid.UUID(change.company_id),
        "entity": change.entity,
        "entity_id": uuid.UUID(change.entity_id),
        "field": change.field,
        "value": to_json(change.value),
        "bases": to_json(change.bases),
        "hlc": change.hlc,
        "author": change.author,
        "device": change.device,
        "schema_number": change.schema,
        "is_head": False,
        "is_own": False,
        "upload": Upload.APPLIED,
        "undoes": None,
        "reason": "",
    }


_INSERT = insert(LOG)
_LAST_N = select(func.max(LOG.c.n)).where(LOG.c.writer == bindparam("writer"))
_SAVE_CLOCK = insert(table_of(ClockPosition)).prefix_with("OR REPLACE").values(id=1)
_NO_HEAD = update(LOG).where(LOG.c.seq == bindparam("of_seq")).values(is_head=False)
_RUN = (
    LOG.c.writer == bindparam("of_writer"),
    LOG.c.n.between(bindparam("low"), bindparam("high")),
)
_KNOWN = select(LOG.c.n, LOG.c.company_id, LOG.c.upload).where(*_RUN)
_APPLY = update(LOG).where(*_RUN).values(upload=int(Upload.APPLIED), reason="")
_SETTLED = delete(CONFLICTS).where(
    CONFLICTS.c.entity_id == bindparam("of_id"),
    CONFLICTS.c.entity == bindparam("of_entity"),
    CONFLICTS.c.field == bindparam("of_field"),
)
_HEADS = select(
    LOG.c.seq,
    LOG.c.company_id,
    LOG.c.writer,
    LOG.c.n,
    LOG.c.entity,
    LOG.c.entity_id,
    LOG.c.field,
    LOG.c.value,
    LOG.c.hlc,
).where(LOG.c.entity_id.in_(bindparam("ids", expanding=True)), LOG.c.is_head)
