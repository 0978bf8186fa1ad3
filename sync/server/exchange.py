"""One sync request, from handshake to reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from sync import wire
from sync.protocol import OLDEST_PROTOCOL, PROTOCOL_VERSION, Reason, Verdict
from sync.server import parts, problems
from sync.server.access import mine_among
from sync.server.admission import admit, files_among
from sync.server.arrival import Arrival, LooseBatch, LooseRequest, Speech, arrivals
from sync.server.database import Database, draw_id, now_ms
from sync.server.devices import Caller
from sync.server.events import erase_again
from sync.server.log import appending, head_of, keep_aside
from sync.server.models import Device, Registration, StoredReply, table_of
from sync.server.projection import projected
from sync.server.pull import PullingDevice, gone_files, page_after, tallies
from sync.server.reading_ahead import AHEAD
from sync.server.reply import KeptReply, PackedReply
from sync.server.standing import Standing, standing

FILE_IS_GONE = frozenset({Reason.NOT_ASSIGNED, Reason.PURGED})
"""Verdicts upon which a laptop lets go of the whole file."""
WRITTEN = frozenset({"applied", "duplicate"})
"""Outcomes of which the caller had the right to write that file."""


_KEPT = table_of(StoredReply)
_KEEP = insert(_KEPT)
_KEEP_INSTEAD = update(_KEPT).where(_KEPT.c.device_id == bindparam("of_device"))
_KEPT_BODY = select(_KEPT.c.body).where(_KEPT.c.device_id == bindparam("of_device"))
_DEVICE, _LAPTOP = table_of(Device), table_of(Registration)
_ANSWERED = update(_DEVICE).where(_DEVICE.c.id == bindparam("of_device"))
_WAITING = update(_LAPTOP).where(_LAPTOP.c.id == bindparam("of_laptop"))


@dataclass
class _Exchange:
    """One request within its transaction, after both ends know each other."""

    session: Session
    caller: Caller
    request: LooseRequest
    standing: Standing

    def is_answered(self, batch: LooseBatch) -> bool:
        """Whether this very batch was answered before."""
        return self.standing.answered == batch.batch_id

    def check_last_reply(self) -> None:
        """A device that has not stored our last reply, nor repeats its batch, is a copy."""
        if self.request.last_reply != self.standing.last_reply:
            raise problems.device_restored()

    def given_again(self) -> PackedReply:
        """The stored reply, without files that the caller has lost the right to since."""
        of_device = {"of_device": self.request.device}
        body = self.session.connection().execute(_KEPT_BODY, of_device).scalar_one()
        kept = KeptReply.unpacked(body)
        return kept.only_of(mine_among(self.session, self.caller, kept.named()))

    def take(self, arrived: Sequence[Arrival]) -> tuple[Verdict, ...]:
        """The verdicts, after what arrived was written down."""
        session, network_id, now = self.session, self.caller.network_id, now_ms()
        named = {part.company_id for part in arrived if part.is_of_company}
        files = files_among(session, network_id, named)
        admitted = admit(session, self.caller, arrived, files)
        with appending(
            session,
            network_id=network_id,
            device_id=self.request.device,
            head=self.standing.head,
            admitted=admitted,
            now=now,
        ) as self.standing.head:
            following = projected(network_id, self.caller, admitted, files, now)
        following.write(session)
        keep_aside(
            session,
            network_id=network_id,
            device_id=self.request.device,
            admitted=admitted,
            now=now,
        )
        return tuple(part.verdict for part in admitted)

    def reply(self, verdicts: tuple[Verdict, ...] = ()) -> KeptReply:
        """What is answered: verdicts, and what came after the cursor."""
        session, caller, request, stand = self.session, self.caller, self.request, self.standing
        device = PullingDevice(request.device, stand.own_from)
        page = page_after(session, caller, device, request.cursor, stand.head, request.again)
        barred = [v.company_id for v in verdicts if v.reason in FILE_IS_GONE]
        mine = {v.company_id for v in verdicts if v.outcome in WRITTEN} | page.files
        named = {v.company_id for v in verdicts} | {*request.check, *request.again}
        mine |= mine_among(session, caller, named - mine)
        reply = PackedReply(
            reply_id=stand.last_reply,
            server_id=stand.server_id,
            server_epoch=stand.epoch,
            server_time_ms=now_ms(),
            verdicts=verdicts,
            pulled=tuple(page.pulled),
            cursor=page.cursor,
            more=page.more,
            gone=tuple((page.gone | gone_files(session, caller, barred)).values()),
            tallies=() if page.more else tuple(tallies(session, caller, mine)),
            content=stand.content,
            frames=tuple(frame for _, frame in page.frames),
        )
        return KeptReply(reply=reply, frame_files=tuple(file for file, _ in page.frames))

    def begin_reply(self) -> None:
        """From now on the device has to know a new reply."""
        self.standing.last_reply = draw_id()
        row = {"of_device": self.request.device, "last_reply": self.standing.last_reply}
        self.session.connection().execute(_ANSWERED, row)

    def keep(self, batch: LooseBatch, kept: KeptReply) -> None:
        """Remember the reply, for when it is lost on its way."""
        connection, device = self.session.connection(), self.request.device
        row = {"batch_id": batch.batch_id, "body": kept.packed()}
        if self.standing.answered is None:
            connection.execute(_KEEP, {"device_id": device, **row})
        else:
            connection.execute(_KEEP_INSTEAD, {"of_device": device, **row})


def answer(
    database: Database, caller: Caller, request: LooseRequest, speech: Speech = msgspec.json
) -> PackedReply:
    """The reply; `speech` is what the request came in. Raises RefusalError."""
    if not OLDEST_PROTOCOL <= request.protocol <= PROTOCOL_VERSION:
        raise problems.protocol_not_spoken()
    if request.batch is not None or request.erased:
        return _answer_writing(database, caller, request, speech)
    with database.reading() as session:
        exchange = _shake_hands(session, caller, request)
        exchange.check_last_reply()
        reply = exchange.reply().reply
    if exchange.standing.unsent != request.waiting:
        with database.writing() as session:
            _note_waiting(session, caller, request)
    return reply


def _answer_writing(
    database: Database, caller: Caller, request: LooseRequest, speech: Speech
) -> PackedReply:
    batch = request.batch
    arrived = [] if batch is None else _read(database, caller, request, batch, speech)
    with database.writing() as session:
        database.lock_log(session, caller.network_id)
        exchange = _shake_hands(session, caller, request)
        if batch is not None and exchange.is_answered(batch):
            parts.forget(session, caller, batch.parts)
            return exchange.given_again()
        exchange.check_last_reply()
        if exchange.standing.unsent != request.waiting:
            _note_waiting(session, caller, request)
        if request.erased:
            erase_again(session, exchange.caller, request.erased)
            exchange.standing.head = head_of(session, caller.network_id)
        if batch is None:
            return exchange.reply().reply
        verdicts = exchange.take(arrived)
        exchange.begin_reply()
        kept = exchange.reply(verdicts)
        exchange.keep(batch, kept)
        parts.forget(session, caller, batch.parts)
        return kept.reply


def _read(
    database: Database, caller: Caller, request: LooseRequest, batch: LooseBatch, speech: Speech
) -> list[Arrival]:
    """What the batch brings, read while others may still write; its parts may be gone with it."""
    bodies: Sequence[bytes] = ()
    if batch.parts:
        with database.reading() as session:
            exchange = _shake_hands(session, caller, request)
            if exchange.is_answered(batch):
                return []
            exchange.check_last_reply()
            bodies = parts.staged(session, caller, batch.parts)
    try:
        return arrivals(batch, parts.frames_of(bodies), speech, AHEAD.take)
    except wire.BodyUnreadableError as error:
        raise problems.malformed(str(error)) from error


def _shake_hands(session: Session, caller: Caller, request: LooseRequest) -> _Exchange:
    """The exchange, once both ends know each other. Raises RefusalError."""
    stand = standing(session, caller, request.device)
    if request.server_id != stand.server_id:
        raise problems.foreign_server(stand.server_id)
    if request.server_epoch != stand.epoch:
        raise problems.server_restored(stand.server_id, stand.epoch)
    if request.cursor > stand.head:
        raise problems.server_behind()
    if stand.registration_id != caller.registration_id:
        raise problems.device_restored()  # given after the copy that this server was restored from
    return _Exchange(session, stand.caller, request, stand)


def _note_waiting(session: Session, caller: Caller, request: LooseRequest) -> None:
    """How many changes wait on the laptop, as administrators see it."""
    row = {"of_laptop": caller.registration_id, "unsent": request.waiting}
    session.connection().execute(_WAITING, row)
