"""One sync request, from handshake to reply."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import update
from sqlalchemy.orm import Session

from sync import wire
from sync.protocol import (
    MAX_REPLY_BYTES,
    OLDEST_PROTOCOL,
    PROTOCOL_VERSION,
    FileTally,
    Gone,
    Reason,
    Verdict,
)
from sync.server import problems
from sync.server.access import mine_among
from sync.server.admission import admit
from sync.server.arrival import Arrival, BlockOutline, LooseRequest, arrivals
from sync.server.content import newest_version
from sync.server.database import Database, draw_id, now_ms
from sync.server.devices import Caller
from sync.server.events import erase_again
from sync.server.log import append, head_of, keep_aside
from sync.server.models import Device, Registration, StoredReply
from sync.server.projection import project
from sync.server.pull import PackedChangeset, gone_files, page_after, tallies

FILE_IS_GONE = frozenset({Reason.NOT_ASSIGNED, Reason.PURGED})
"""Verdicts upon which a laptop lets go of the whole file."""


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
    blocks: tuple[msgspec.Raw, ...] = ()


def answer(database: Database, caller: Caller, request: LooseRequest) -> bytes:
    """The encoded SyncReply. Raises RefusalError."""
    if not OLDEST_PROTOCOL <= request.protocol <= PROTOCOL_VERSION:
        raise problems.protocol_not_spoken()
    if request.batch is None and not request.erased:
        with database.reading() as session:
            device = _shake_hands(database, session, caller, request)
            _check_last_reply(device, request)
            reply = _reply(database, session, caller, device, request, ())
            noted = session.get_one(Registration, caller.registration_id).unsent
        if noted != request.waiting:
            with database.writing() as session:
                _note_waiting(session, caller, request)
        return reply
    return _answer_writing(database, caller, request)


def _answer_writing(database: Database, caller: Caller, request: LooseRequest) -> bytes:
    batch = request.batch
    arrived = _read(request)
    with database.writing() as session:
        database.lock_log(session, caller.network_id)
        device = _shake_hands(database, session, caller, request)
        stored = session.get(StoredReply, device.id)
        if batch is not None and stored is not None and stored.batch_id == batch.batch_id:
            return _given_again(session, caller, stored)
        _check_last_reply(device, request)
        _note_waiting(session, caller, request)
        erase_again(session, caller, request.erased)
        if batch is None:
            return _reply(database, session, caller, device, request, ())
        verdicts = _take(session, caller, device, arrived)
        device.last_reply = draw_id()
        reply = _reply(database, session, caller, device, request, verdicts)
        session.merge(
            StoredReply(device_id=device.id, batch_id=batch.batch_id, body=wire.compress(reply))
        )
        return reply


def _given_again(session: Session, caller: Caller, stored: StoredReply) -> bytes:
    """The stored reply, without files that the caller has lost the right to in the meantime.

    The cursor stays: the loss, and any later grant, have their own places further on in the log.
    """
    reply = msgspec.json.decode(wire.unpack(stored.body, "zstd", MAX_REPLY_BYTES), type=PackedReply)
    outlines = [msgspec.json.decode(raw, type=BlockOutline) for raw in reply.blocks]
    blocks = [(o.company_id, raw) for o, raw in zip(outlines, reply.blocks, strict=True)]
    named = {c.company_id for c in reply.pulled} | {t.company_id for t in reply.tallies}
    named |= {file for file, _ in blocks}
    mine = mine_among(session, caller, named)
    return msgspec.json.encode(
        msgspec.structs.replace(
            reply,
            pulled=tuple(c for c in reply.pulled if c.company_id in mine),
            blocks=tuple(raw for file, raw in blocks if file in mine),
            tallies=tuple(t for t in reply.tallies if t.company_id in mine),
        )
    )


def _read(request: LooseRequest) -> list[Arrival]:
    if request.batch is None:
        return []
    try:
        return arrivals(request.batch)
    except wire.BodyUnreadableError as error:
        raise problems.malformed(str(error)) from error


def _shake_hands(
    database: Database, session: Session, caller: Caller, request: LooseRequest
) -> Device:
    """The caller's device, after both ends know each other. Raises RefusalError."""
    identity = database.identity(session)
    if request.server_id != identity.server_id:
        raise problems.foreign_server(identity.server_id)
    if request.server_epoch != identity.epoch:
        raise problems.server_restored(identity.server_id, identity.epoch)
    if request.cursor > head_of(session, caller.network_id):
        raise problems.server_behind()
    device = session.get(Device, request.device)
    if device is None or device.registration_id != caller.registration_id:
        raise problems.device_restored()  # given after the copy that this server was restored from
    return device


def _check_last_reply(device: Device, request: LooseRequest) -> None:
    """A device that has not stored our last reply, and does not repeat its batch, is a copy."""
    if request.last_reply != device.last_reply:
        raise problems.device_restored()


def _note_waiting(session: Session, caller: Caller, request: LooseRequest) -> None:
    """How many changes wait on the laptop, as administrators see it."""
    session.execute(
        update(Registration)
        .where(Registration.id == caller.registration_id)
        .values(unsent=request.waiting)
    )


def _take(
    session: Session, caller: Caller, device: Device, arrived: Sequence[Arrival]
) -> tuple[Verdict, ...]:
    admitted = admit(session, caller, arrived)
    now = now_ms()
    append(
        session,
        network_id=caller.network_id,
        device_id=device.id,
        head=head_of(session, caller.network_id),
        admitted=admitted,
        now=now,
    )
    project(session, caller.network_id, caller, admitted, now)
    keep_aside(
        session, network_id=caller.network_id, device_id=device.id, admitted=admitted, now=now
    )
    return tuple(a.verdict for a in admitted)


def _reply(
    database: Database,
    session: Session,
    caller: Caller,
    device: Device,
    request: LooseRequest,
    verdicts: tuple[Verdict, ...],
) -> bytes:
    identity = database.identity(session)
    page = page_after(session, caller, device, request.cursor, request.again)
    barred = [v.company_id for v in verdicts if v.reason in FILE_IS_GONE]
    named = {v.company_id for v in verdicts} | page.files
    named |= {*request.check, *request.again}
    return msgspec.json.encode(
        PackedReply(
            reply_id=device.last_reply,
            server_id=identity.server_id,
            server_epoch=identity.epoch,
            server_time_ms=now_ms(),
            verdicts=verdicts,
            pulled=tuple(page.pulled),
            blocks=tuple(page.blocks),
            cursor=page.cursor,
            more=page.more,
            gone=tuple((page.gone | gone_files(session, caller, barred)).values()),
            tallies=() if page.more else tuple(tallies(session, caller, named)),
            content=newest_version(session, caller.network_id),
        )
    )
