"""One sync run, from the first request to the last (design §6)."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from functools import partial

import msgspec

from sync.client.batch import EncodedBatch, Parcel, pack, read_verdicts
from sync.client.calls import Calls
from sync.client.errors import (
    CancelledError,
    DeviceRestoredError,
    ForeignServerError,
    NotEnrolledError,
    ProtocolTooOldError,
    RevokedError,
    ServerRestoredError,
    ServerSaysNoError,
)
from sync.client.media import fetch_blobs, send_blobs
from sync.client.outcome import Outcome, Phase, Progress
from sync.client.port import ChangeStore, Enrolment, OpenBatch, Settlement
from sync.client.transport import Transport
from sync.protocol import (
    BATCH_BYTES,
    MAX_PLAIN_BYTES,
    PROTOCOL_VERSION,
    Change,
    ChangeName,
    SyncReply,
)

RECOVERIES = 3
"""A server and a laptop that were both restored need two; more means that something is wrong."""


class EncodedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """`protocol.SyncRequest` with its changes encoded."""

    protocol: int
    device: str
    server_id: str
    server_epoch: str
    cursor: int
    last_reply: str
    batch: EncodedBatch | None


def run(
    store: ChangeStore,
    transport: Transport,
    *,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Outcome:
    """Send what is here, receive what is there; safe to repeat after any end.

    Raises: SyncError. What was settled before it stays settled.
    """
    session = Session(store, transport, progress=progress, cancelled=cancelled)
    for _attempt in range(1 + RECOVERIES):
        try:
            session.check_server()
            session.repeat_open_batch()
            session.send_blobs()
            session.send_and_pull()
            session.fetch_blobs()
            return session.finish()
        except ServerRestoredError as error:
            session.offer_again(error.server_epoch)
        except DeviceRestoredError:
            session.register_anew()
        except RevokedError:
            session.check_identity()  # a foreign or empty server does not know the token either
            raise
    raise ServerSaysNoError("the server sees this laptop or itself as restored, again and again")


class Session:
    """The phases of one run over one store and one server."""

    def __init__(
        self,
        store: ChangeStore,
        transport: Transport,
        *,
        progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._store = store
        self._calls = Calls(transport)
        self._report = progress
        self._cancelled = cancelled
        self._started_s = time.monotonic()
        self._outcome = Outcome()
        enrolment = store.enrolment()
        if enrolment is None:
            raise NotEnrolledError
        self._enrolment = enrolment

    def check_server(self) -> None:
        """Before attachments are sent, know who answers; each sync request is checked anyway."""
        self._enter(Phase.CHECK)
        if self._store.blobs_to_send():
            server_epoch = self.check_identity()
            if server_epoch != self._enrolment.server_epoch:
                raise ServerRestoredError(server_epoch)

    def check_identity(self) -> str:
        """The epoch of the server, once it is the one that this laptop is enrolled at."""
        health = self._calls.health()
        if health.server_id != self._enrolment.server_id:
            raise ForeignServerError(health.server_id)
        if not health.protocol_oldest <= PROTOCOL_VERSION <= health.protocol_newest:
            raise ProtocolTooOldError(f"{health.protocol_oldest}-{health.protocol_newest}")
        return health.server_epoch

    def repeat_open_batch(self) -> None:
        """Send a batch again whose reply never arrived, under its own id."""
        self._enter(Phase.REPEAT)
        batch = self._store.open_batch()
        if batch is None:
            return
        present = {change.name: change for change in self._store.changes(batch.names)}
        parcel = pack([present[n] for n in batch.names if n in present], MAX_PLAIN_BYTES)
        if parcel.all_names() == batch.names:
            self._exchange(parcel, batch.batch_id)
        else:  # not as it was sent, so its verdicts would not fit: send its changes as new ones
            self._settle(batch_id=batch.batch_id)

    def send_blobs(self) -> None:
        """Attachments before the records that name them."""
        step = partial(self._enter, Phase.SEND_BLOBS)
        sent = send_blobs(self._store, self._calls, self._enrolment, step)
        self._outcome.blobs_sent += sent.done
        self._outcome.blobs_refused += sent.failed

    def send_and_pull(self) -> None:
        """Exchange until both sides have nothing left; a single request when nothing changed."""
        parcel = self._next_parcel()
        while True:
            self._enter(Phase.EXCHANGE)
            batch_id = secrets.token_hex(16)
            if parcel.count:
                self._store.save_open_batch(OpenBatch(batch_id=batch_id, names=parcel.all_names()))
            reply = self._exchange(parcel, batch_id)
            parcel = self._next_parcel()
            if not parcel.count and not reply.more:
                return

    def fetch_blobs(self) -> None:
        """Attachments that received records name."""
        step = partial(self._enter, Phase.FETCH_BLOBS)
        fetched = fetch_blobs(self._store, self._calls, self._enrolment, step)
        self._outcome.blobs_received += fetched.done
        self._outcome.blobs_missing += fetched.failed

    def finish(self) -> Outcome:
        """What this run did."""
        self._outcome.bytes_sent = self._calls.bytes_sent
        self._outcome.bytes_received = self._calls.bytes_received
        self._outcome.requests = self._calls.requests
        self._outcome.duration_s = time.monotonic() - self._started_s
        self._report(self._progress(Phase.DONE))
        return self._outcome

    def offer_again(self, server_epoch: str) -> None:
        """The server was restored from a copy: bring back what it lost, ask for everything."""
        self._outcome.server_was_restored = True
        self._store.offer_again()
        self._save(
            msgspec.structs.replace(
                self._enrolment, server_epoch=server_epoch, cursor=0, last_reply=""
            )
        )

    def register_anew(self) -> None:
        """This laptop is a restored copy or a clone, or the server quietly lost replies.

        The changes stay valid, as their names cannot collide. In the third case the server lacks
        some of them, so all are offered and asked for again.
        """
        self._outcome.device_was_restored = True
        registration = self._calls.renew(self._enrolment)
        if registration.server_id != self._enrolment.server_id:
            raise ForeignServerError(registration.server_id)
        self._store.offer_again()
        self._save(
            msgspec.structs.replace(
                self._enrolment,
                device_id=registration.device_id,
                server_epoch=registration.server_epoch,
                cursor=0,
                last_reply="",
            )
        )

    def _save(self, enrolment: Enrolment) -> None:
        self._store.save_enrolment(enrolment)
        self._enrolment = enrolment

    def _next_parcel(self) -> Parcel:
        """What goes next; changes that no server could take are kept aside on the way."""
        while True:
            parcel = pack(self._store.outbox(BATCH_BYTES))
            if parcel.unfit:
                self._settle(quarantined=tuple(parcel.unfit))
            if parcel.count or not parcel.unfit:
                return parcel

    def _exchange(self, parcel: Parcel, batch_id: str) -> SyncReply:
        batch = parcel.batch(batch_id) if parcel.count else None
        reply = self._calls.sync(self._encoded(batch), self._enrolment)
        if reply.server_id != self._enrolment.server_id:
            raise ForeignServerError(reply.server_id)
        self._outcome.clock_ahead_s = (time.time_ns() // 1_000_000 - reply.server_time_ms) / 1000
        result = read_verdicts(parcel, reply.verdicts)
        pulled = tuple(change for changeset in reply.pulled for change in changeset.changes)
        before = self._enrolment
        self._enrolment = msgspec.structs.replace(
            before, cursor=reply.cursor, last_reply=reply.reply_id
        )
        if batch is not None or pulled or self._enrolment != before:
            self._settle(
                batch_id=batch_id if batch else "",
                applied=tuple(result.applied),
                quarantined=tuple(result.quarantined),
                pulled=pulled,
            )
        return reply

    def _settle(
        self,
        *,
        batch_id: str = "",
        applied: tuple[ChangeName, ...] = (),
        quarantined: tuple[tuple[ChangeName, str], ...] = (),
        pulled: tuple[Change, ...] = (),
    ) -> None:
        self._store.settle(
            Settlement(
                batch_id=batch_id,
                applied=applied,
                quarantined=quarantined,
                pulled=pulled,
                enrolment=self._enrolment,
            )
        )
        self._outcome.sent += len(applied)
        self._outcome.quarantined += len(quarantined)
        self._outcome.received += len(pulled)
        self._outcome.touched |= {change.company_id for change in pulled}

    def _encoded(self, batch: EncodedBatch | None) -> bytes:
        return msgspec.json.encode(
            EncodedRequest(
                protocol=PROTOCOL_VERSION,
                device=self._enrolment.device_id,
                server_id=self._enrolment.server_id,
                server_epoch=self._enrolment.server_epoch,
                cursor=self._enrolment.cursor,
                last_reply=self._enrolment.last_reply,
                batch=batch,
            )
        )

    def _enter(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        self._pause()
        self._report(self._progress(phase, done, total))

    def _pause(self) -> None:
        """A place between two requests where the advisor's wish to stop is heard."""
        if self._cancelled():
            raise CancelledError

    def _progress(self, phase: Phase, done: int = 0, total: int = 0) -> Progress:
        return Progress(
            phase=phase,
            done=done,
            total=total,
            sent=self._outcome.sent,
            received=self._outcome.received,
            bytes_sent=self._calls.bytes_sent,
            bytes_received=self._calls.bytes_received,
        )
