"""The outbox: unsent changes packed into parcels, whose state moves as a whole.

A change is loose (`upload` 0) until it is packed; then the log is done with it (2) and the parcel
stands for it until the server has answered. A change that has left the log and is in no parcel is
applied.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from desktop_advisor.storage.change_log import names_from_json, portions
from desktop_advisor.storage.fields import from_json
from desktop_advisor.storage.log_tables import Upload
from desktop_advisor.storage.raw_rows import (
    bounds_of,
    cursor_of,
    id_text,
    marks,
    names_in,
    read_runs,
    runs_text,
)
from desktop_advisor.storage.tallies import Counted
from sync.client.packing import pack
from sync.client.port import KeptAside, Parcel
from sync.protocol import Change, ChangeName, Run
from sync.tally import runs as in_runs

if TYPE_CHECKING:
    from sqlalchemy import Connection

NOTHING = "[]"
MOST_TOGETHER = 20_000
"""Changes of one file that are packed at once; it bounds what is held in memory."""


def is_loose(connection: Connection) -> bool:
    """Whether any change waits to be packed."""
    return cursor_of(connection).execute(_OLDEST_LOOSE).fetchone() is not None


def pack_loose(connection: Connection, enough_bytes: int) -> set[bytes]:
    """Pack files with loose changes, the oldest first, into about so many bytes.

    The rows of changes that no server could take, to be folded.
    """
    cursor = cursor_of(connection)
    unfit: set[bytes] = set()
    while enough_bytes > 0:
        oldest = cursor.execute(_OLDEST_LOOSE).fetchone()
        if oldest is None:
            break
        enough_bytes -= _pack_file(cursor, oldest[0], unfit)
    return unfit


def _pack_file(cursor: Any, company_id: bytes, unfit: set[bytes]) -> int:
    """How many bytes its loose changes came to."""
    rows = cursor.execute(_LOOSE_OF, (company_id, MOST_TOGETHER)).fetchall()
    changes = list(_changes(company_id, rows))
    packing = pack(changes)
    stamps = {change.name: change.hlc for change in changes} if packing.packed else {}
    for packed in packing.packed:
        oldest = min(stamps[name] for name in names_in(packed.runs))
        names, count = runs_text(packed.runs), packed.count
        cursor.execute(_ADD_PARCEL, (company_id, names, count, count, oldest))
        cursor.execute(_ADD_FRAME, (cursor.lastrowid, packed.frame))
    for (writer, n), reason in packing.unfit:
        name = (bytes.fromhex(writer), n)
        cursor.execute(_KEEP_ASIDE, (reason, *name))
        unfit.add(cursor.execute(_ROW_OF, name).fetchone()[0])
    cursor.execute(_LEAVE, (company_id, rows[-1][0]))
    return sum(len(p.frame) for p in packing.packed)


def _changes(company_id: bytes, rows: Iterable[Sequence[Any]]) -> Iterator[Change]:
    file = id_text(company_id)
    writers: dict[bytes, str] = {}
    texts: dict[bytes, str] = {}
    for _, writer, n, entity, row, field, value, bases, hlc, author, device, schema in rows:
        yield Change(
            writer=writers.get(writer) or writers.setdefault(writer, writer.hex()),
            n=n,
            company_id=file,
            entity=entity,
            entity_id=texts.get(row) or texts.setdefault(row, id_text(row)),
            field=field,
            value=from_json(value),
            bases=names_from_json(bases) if bases != "[]" else (),
            hlc=hlc,
            author=author,
            device=device,
            schema=schema,
        )


def parcels_after(connection: Connection, parcel_id: int, limit_bytes: int) -> list[Parcel]:
    """What is packed, the oldest first, after this parcel: until there are more bytes than that."""
    cursor = cursor_of(connection)
    found: list[Parcel] = []
    for row in cursor.execute(f"{_PARCELS} id > ? ORDER BY id", (parcel_id,)):
        found.append(_parcel(row))
        limit_bytes -= len(found[-1].frame)
        if limit_bytes < 0:
            break
    cursor.close()
    return found


def parcels_named(connection: Connection, ids: Collection[int]) -> list[Parcel]:
    """Those of these parcels that are still here, in this order."""
    cursor = cursor_of(connection)
    found: dict[int, Parcel] = {}
    for some in portions(ids):
        rows = cursor.execute(f"{_PARCELS} id IN ({marks(some)})", some)
        found |= {row[0]: _parcel(row) for row in rows}
    return [found[parcel_id] for parcel_id in ids if parcel_id in found]


def _parcel(row: Sequence[Any]) -> Parcel:
    return Parcel(
        id=row[0], company_id=id_text(row[1]), runs=read_runs(row[2]), count=row[3], frame=row[4]
    )


def sweep_frames(connection: Connection) -> None:
    """Let go of frames whose parcels the server has taken."""
    cursor_of(connection).execute(_SWEEP)


def mark_sent(connection: Connection, ids: Iterable[int]) -> None:
    """They have left in a batch."""
    cursor_of(connection).executemany(_SENT, [(parcel_id,) for parcel_id in ids])


def settle_applied(connection: Connection, ids: Collection[int]) -> list[Counted]:
    """The server has all of these parcels: they go, and what they held is to be counted."""
    cursor = cursor_of(connection)
    counted: list[Counted] = []
    for some in portions(ids):
        rows = cursor.execute(f"{_RUNS} id IN ({marks(some)})", some)
        counted += [Counted(row[1], _not_counted(*row[2:])) for row in rows]
    cursor.executemany(_DROP, [(parcel_id,) for parcel_id in ids])
    return counted


def settle_kept(
    connection: Connection, kept: Iterable[KeptAside]
) -> tuple[list[Counted], set[bytes]]:
    """The same for parcels of which the server keeps changes aside; also the rows of those.

    Their values are shown from now on, whatever is pulled.
    """
    cursor = cursor_of(connection)
    counted: list[Counted] = []
    touched: set[bytes] = set()
    for verdict in kept:
        row = cursor.execute(f"{_RUNS} id = ?", (verdict.parcel,)).fetchone()
        if row is None:
            continue
        came = set(names_in(read_runs(row[3])))
        taken: list[ChangeName] = []
        for place, name in enumerate(names_in(read_runs(row[2]))):
            if place not in verdict.reasons:
                taken.append(name)
                continue
            key = (bytes.fromhex(name[0]), name[1])
            cursor.execute(_KEEP_ASIDE, (verdict.reasons[place], *key))
            touched |= {found for (found,) in cursor.execute(_ROW_OF, key)}
        counted.append(Counted(row[1], in_runs(set(taken) - came)))
        cursor.execute(_DROP, (verdict.parcel,))
    return counted, touched


def note_came(
    connection: Connection, names: Collection[ChangeName], files: Collection[bytes]
) -> list[Counted]:
    """The server has sent changes of these names: those that are packed wait for it no longer.

    Their parcels stay as they are; what they hold is to be counted now and never again.
    """
    cursor = cursor_of(connection)
    wanted = set(names)
    counted: list[Counted] = []
    for some in portions(files):
        rows = cursor.execute(f"{_RUNS} company_id IN ({marks(some)})", some).fetchall()
        for parcel_id, company_id, runs, before in rows:
            came = set(names_in(read_runs(before)))
            fresh = (wanted & set(names_in(read_runs(runs)))) - came
            if fresh:
                counted.append(Counted(company_id, in_runs(fresh)))
                every = runs_text(in_runs(came | fresh))
                cursor.execute(_CAME, (every, len(fresh), parcel_id))
    return counted


def loosen_all(connection: Connection, company_id: bytes | None) -> set[bytes]:
    """Everything held, or all of one file but what is kept aside, is to be sent again.

    What is packed stays so. The rows of changes that are kept aside no longer, to be folded.
    """
    cursor = cursor_of(connection)
    where, of_file = ("1", ()) if company_id is None else ("company_id = ?", (company_id,))
    cursor.execute(f"{_LOOSEN_ALL} {where}", of_file)
    released: set[bytes] = set()
    if company_id is None:
        released = {row for (row,) in cursor.execute(_ROWS_KEPT_ASIDE)}
        cursor.execute(_RELEASE_ALL)
    for (runs,) in cursor.execute(f"{_RUNS_ONLY} {where}", of_file).fetchall():
        cursor.executemany(_PACKED_AGAIN, bounds_of(read_runs(runs)))
    cursor.execute(f"{_NOTHING_CAME} {where}", of_file)
    return released


def _not_counted(runs: str, came: str) -> Iterable[Run]:
    """What a parcel holds but for what is counted already."""
    if came == NOTHING:
        return read_runs(runs)
    return in_runs(set(names_in(read_runs(runs))) - set(names_in(read_runs(came))))


def on_their_way(
    connection: Connection, company_ids: Collection[bytes]
) -> dict[ChangeName, Upload]:
    """The packed changes of these files: sent, or still as good as local."""
    cursor = cursor_of(connection)
    found: dict[ChangeName, Upload] = {}
    for some in portions(company_ids):
        rows = cursor.execute(f"{_STATES} company_id IN ({marks(some)})", some)
        for runs, came, is_sent in rows:
            state = Upload.SENT if is_sent else Upload.LOCAL
            found |= dict.fromkeys(names_in(_not_counted(runs, came)), state)
    return found


# INDEXED BY, because SQLite might go through the whole log in its order instead.
_OLDEST_LOOSE = (
    "SELECT company_id FROM change_log INDEXED BY ix_change_log_outbox"
    " WHERE upload < 2 ORDER BY seq LIMIT 1"
)
_LOOSE_OF = (
    "SELECT seq, writer, n, entity, entity_id, field, value, bases, hlc, author, device,"
    " schema_number FROM change_log INDEXED BY ix_change_log_unsent"
    " WHERE company_id = ? AND upload < 2 ORDER BY seq LIMIT ?"
)
_LEAVE = (
    "UPDATE change_log INDEXED BY ix_change_log_unsent SET upload = 2"
    " WHERE company_id = ? AND upload < 2 AND seq <= ?"
)
_ADD_PARCEL = (
    "INSERT INTO outbox_parcel"
    " (company_id, runs, came, change_count, waiting_count, first_hlc, is_sent)"
    " VALUES (?, ?, '[]', ?, ?, ?, 0)"
)
_ADD_FRAME = "INSERT INTO outbox_frame (id, frame) VALUES (?, ?)"
_SWEEP = "DELETE FROM outbox_frame WHERE id NOT IN (SELECT id FROM outbox_parcel)"
_PARCELS = (
    "SELECT id, company_id, runs, change_count, frame"
    " FROM outbox_parcel JOIN outbox_frame USING (id) WHERE"
)
_RUNS = "SELECT id, company_id, runs, came FROM outbox_parcel WHERE"
_RUNS_ONLY = "SELECT runs FROM outbox_parcel WHERE"
_STATES = "SELECT runs, came, is_sent FROM outbox_parcel WHERE"
_SENT = "UPDATE outbox_parcel SET is_sent = 1 WHERE id = ?"
_DROP = "DELETE FROM outbox_parcel WHERE id = ?"
_KEEP_ASIDE = "UPDATE change_log SET upload = 3, reason = ? WHERE writer = ? AND n = ?"
_ROW_OF = "SELECT entity_id FROM change_log WHERE writer = ? AND n = ?"
_CAME = "UPDATE outbox_parcel SET came = ?, waiting_count = waiting_count - ? WHERE id = ?"
_NOTHING_CAME = "UPDATE outbox_parcel SET came = '[]', waiting_count = change_count WHERE"
_LOOSEN_ALL = "UPDATE change_log SET upload = 0 WHERE upload = 2 AND"
_ROWS_KEPT_ASIDE = "SELECT DISTINCT entity_id FROM change_log WHERE upload = 3"
_RELEASE_ALL = "UPDATE change_log SET upload = 0, reason = '' WHERE upload = 3"
_PACKED_AGAIN = (
    "UPDATE change_log SET upload = 2 WHERE writer = ? AND n BETWEEN ? AND ? AND upload = 0"
)
