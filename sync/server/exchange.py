"""One sync request, from handshake to reply."""

from __future__ import annotations

import msgspec
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from sync import wire
from sync.protocol import (
    MAX_REPLY_BYTES,
    OLDEST_PROTOCOL,
    PROTOCOL_VERSION,
    PULL_BYTES,
    FileTally,
    Gone,
    Verdict,
)
from sync.server import problems
from sync.server.admission import LooseBatch, LooseRequest, admit, append, keep_aside
from sync.server.database import Database, draw_id, now_ms
from sync.server.devices import Caller
from sync.server.models import Device, LogEntry, StoredReply

PULL_ENTRIES = 1000
"""Log entries looked at per reply."""


class PackedChangeset(msgspec.Struct, frozen=True, kw_only=True):
    """`protocol.Changeset`, its changes left as they arrived, unknown members included."""

    company_id: str
    changes: msgspec.Raw


class PackedReply(msgspec.Struct, frozen=True, kw_only=True):
    """`protocol.SyncReply` with packed changesets."""

    reply_id: str
    server_id: str
    server_epoch: str
    server_time_ms: int
    verdicts: tuple[Verdict, ...]
    pulled: tuple[PackedChangeset, ...]
    cursor: int
    more: bool
    gone: tuple[Gone, ...] = ()
    tallies: tuple[FileTally, ...] = ()
    content: int = 0


def answer(database: Database, caller: Caller, request: LooseRequest) -> bytes:
    """The encoded SyncReply. Raises RefusalError."""
    if not OLDEST_PROTOCOL <= request.protocol <= PROTOCOL_VERSION:
        raise problems.protocol_not_spoken()
    if request.batch is None:
        with database.reading() as session:
            device = _shake_hands(database, session, caller, request)
            _check_last_reply(device, request)
            return _reply(database, session, device, request, ())
    return _answer_batch(database, caller, request, request.batch)


def _answer_batch(
    database: Database, caller: Caller, request: LooseRequest, batch: LooseBatch
) -> bytes:
    with database.writing() as session:
        database.lock_log(session, caller.network_id)
        device = _shake_hands(database, session, caller, request)
        stored = session.get(StoredReply, device.id)
        if stored is not None and stored.batch_id == batch.batch_id:
            return wire.unpack(stored.body, "zstd", MAX_REPLY_BYTES)
        _check_last_reply(device, request)
        verdicts = _take(session, device, batch)
        device.last_reply = draw_id()
        reply = _reply(database, session, device, request, verdicts)
        session.merge(
            StoredReply(device_id=device.id, batch_id=batch.batch_id, body=wire.compress(reply))
        )
        return reply


def _shake_hands(
    database: Database, session: Session, caller: Caller, request: LooseRequest
) -> Device:
    """The caller's device, after both ends know each other. Raises RefusalError."""
    identity = database.identity(session)
    if request.server_id != identity.server_id:
        raise problems.foreign_server(identity.server_id)
    if request.server_epoch != identity.epoch:
        raise problems.server_restored(identity.server_id, identity.epoch)
    if request.cursor > _head(session, caller.network_id):
        raise problems.server_behind()
    device = session.get(Device, request.device)
    if device is None or device.registration_id != caller.registration_id:
        raise problems.device_restored()  # given after the copy that this server was restored from
    return device


def _check_last_reply(device: Device, request: LooseRequest) -> None:
    """A device that has not stored our last reply, and does not repeat its batch, is a copy."""
    if request.last_reply != device.last_reply:
        raise problems.device_restored()


def _take(session: Session, device: Device, batch: LooseBatch) -> tuple[Verdict, ...]:
    admitted = admit(session, device.network_id, batch)
    now = now_ms()
    append(
        session,
        network_id=device.network_id,
        device_id=device.id,
        head=_head(session, device.network_id),
        admitted=admitted,
        now=now,
    )
    keep_aside(
        session, network_id=device.network_id, device_id=device.id, admitted=admitted, now=now
    )
    return tuple(a.verdict for a in admitted)


def _head(session: Session, network_id: int) -> int:
    """The highest place in the network's log; 0 when it is empty."""
    head = select(func.coalesce(func.max(LogEntry.seq), 0)).where(LogEntry.network_id == network_id)
    return int(session.execute(head).scalar_one())


def _reply(
    database: Database,
    session: Session,
    device: Device,
    request: LooseRequest,
    verdicts: tuple[Verdict, ...],
) -> bytes:
    identity = database.identity(session)
    cursor, more = _next_cursor(session, device, request.cursor)
    return msgspec.json.encode(
        PackedReply(
            reply_id=device.last_reply,
            server_id=identity.server_id,
            server_epoch=identity.epoch,
            server_time_ms=now_ms(),
            verdicts=verdicts,
            pulled=_pulled(session, device, request.cursor, cursor),
            cursor=cursor,
            more=more,
        )
    )


def _next_cursor(session: Session, device: Device, cursor: int) -> tuple[int, bool]:
    """Up to where one reply goes, and whether the log goes on after it."""
    rows = session.execute(
        select(LogEntry.seq, LogEntry.size, LogEntry.device_id)
        .where(LogEntry.network_id == device.network_id, LogEntry.seq > cursor)
        .order_by(LogEntry.seq)
        .limit(PULL_ENTRIES + 1)
    ).all()
    room = PULL_BYTES
    for count, (seq, size, device_id) in enumerate(rows):
        is_own = device_id == device.id and seq > device.own_from
        if count == PULL_ENTRIES or (not is_own and room < PULL_BYTES and size > room):
            return cursor, True
        cursor = seq
        room -= 0 if is_own else size
    return cursor, False


def _pulled(
    session: Session, device: Device, after: int, until: int
) -> tuple[PackedChangeset, ...]:
    if until == after:
        return ()
    rows = session.execute(
        select(LogEntry.company_id, LogEntry.body)
        .where(
            LogEntry.network_id == device.network_id,
            LogEntry.seq > after,
            LogEntry.seq <= until,
            or_(LogEntry.device_id != device.id, LogEntry.seq <= device.own_from),
        )
        .order_by(LogEntry.seq)
    )
    return tuple(
        PackedChangeset(
            company_id=company_id, changes=msgspec.Raw(wire.unpack(body, "zstd", MAX_REPLY_BYTES))
        )
        for company_id, body in rows
    )
