"""One sync run, from the first request to the last (design §6)."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import msgspec

from sync.client.batch import EncodedBatch, read_verdicts, what_fits
from sync.client.calls import Calls
from sync.client.errors import (
    CancelledError,
    DeviceRestoredError,
    ForeignServerError,
    NotEnrolledError,
    PartUnknownError,
    ProtocolTooOldError,
    RevokedError,
    ServerRestoredError,
    ServerSaysNoError,
)
from sync.client.media import Step, fetch_blobs, send_blobs
from sync.client.outcome import Outcome, Phase, Progress
from sync.client.port import (
    ChangeStore,
    Enrolment,
    KeptAside,
    OpenBatch,
    Parcel,
    Settled,
    Settlement,
)
from sync.client.transport import Transport
from sync.client.uplink import Uplink
from sync.protocol import MAX_FILES_NAMED, PROTOCOL_VERSION, SyncReply, Tombstone
from sync.tally import Tally

RECOVERIES = 3
"""A server and a laptop that were both restored need two; more means that something is wrong."""


class EncodedRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`protocol.SyncRequest` with its changes encoded."""

    protocol: int
    device: str
    server_id: str
    server_epoch: str
    cursor: int
    last_reply: str
    batch: EncodedBatch | None = None
    erased: tuple[Tombstone, ...] = ()
    check: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    waiting: int = 0


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
            session.say_hello()
            session.repeat_open_batch()
            session.look_for_content()
            session.send_blobs()
            session.send_and_pull()
            session.fetch_blobs()
            session.check()
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
        self._uplink = Uplink(self._calls)
        self._report = progress
        self._cancelled = cancelled
        self._started_s = time.monotonic()
        self._outcome = Outcome()
        self._to_send = 0
        self._may_send_blobs = False
        self._unchecked: set[str] = set()
        self._differing: set[str] = set()
        enrolment = store.enrolment()
        if enrolment is None:
            raise NotEnrolledError
        self._enrolment = enrolment

    def say_hello(self) -> None:
        """Before attachments are sent, know who answers; each sync request is checked anyway."""
        self._enter(Phase.HELLO)
        self._may_send_blobs = bool(self._store.blobs_to_send())
        if self._may_send_blobs:
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
        batch = self._store.open_batch()
        if batch is None:
            return
        self._enter(Phase.SEND)
        self._may_send_blobs = True  # what its reply brings may name some that are here
        parcels = self._store.parcels(batch.parcels)
        if parcels and len(parcels) == len(batch.parcels):
            waiting = self._store.waiting()
            self._exchange(parcels, batch.batch_id, waiting, asked_from=batch.asked_from)
        else:  # not as it was sent, so its verdicts would not fit: send what is left as another
            self._settle(batch_id=batch.batch_id)

    def look_for_content(self) -> None:
        """Whether the network has a newer bundle is said by each reply; who wants it fetches it."""
        self._enter(Phase.CONTENT)

    def send_blobs(self) -> None:
        """Attachments before the records that name them."""
        if self._may_send_blobs:
            self._outcome.blobs_refused += self._carry_up(partial(self._enter, Phase.SEND_BLOBS))

    def _carry_up(self, step: Step) -> int:
        """Send the attachments that the server lacks; how many it does not take."""
        sent = send_blobs(self._store, self._calls, self._enrolment, step)
        self._outcome.blobs_sent += sent.done
        return sent.failed

    def send_and_pull(self, *, check: tuple[str, ...] = (), again: tuple[str, ...] = ()) -> None:
        """Exchange until both sides have nothing left; a single request when nothing changed.

        check: files to be compared beside those that travel. again: files to be received whole.
        """
        parcels = self._next_parcels()
        is_checking = bool(check or again)
        while True:
            waiting = self._store.waiting()
            if is_checking:
                self._pause()
            elif parcels:
                self._to_send = self._outcome.sent + waiting
                self._go_on_sending()
            else:
                self._enter(Phase.PULL)
            batch_id = secrets.token_hex(16)
            if parcels:
                ids = tuple(parcel.id for parcel in parcels)
                asked_from = self._enrolment.cursor
                batch = OpenBatch(batch_id=batch_id, parcels=ids, asked_from=asked_from)
                self._store.save_open_batch(batch)
            reply = self._exchange(parcels, batch_id, waiting, check=check, again=again)
            again = ()
            parcels = self._next_parcels()
            if not parcels and not reply.more:
                break
        if not is_checking:
            self._report(self._progress(Phase.PULL))

    def fetch_blobs(self) -> None:
        """Attachments that received records name."""
        step = partial(self._enter, Phase.FETCH_BLOBS)
        fetched = fetch_blobs(self._store, self._calls, self._enrolment, step)
        self._outcome.blobs_received += fetched.done
        self._outcome.blobs_missing += fetched.failed

    def check(self) -> None:
        """Compare what both ends hold of the files that travelled, where no reply has said it.

        A file that differs is exchanged whole, once in a run.
        """
        total = len(self._unchecked)
        while self._unchecked:
            self._enter(Phase.CHECK, total - len(self._unchecked), total)
            some = tuple(sorted(self._unchecked)[:MAX_FILES_NAMED])
            self.send_and_pull(check=some)
            self._unchecked.difference_update(some)
            total = max(total, len(self._unchecked))
        differing = self._differing - self._outcome.differing
        for done, company_id in enumerate(sorted(differing)):
            self._outcome.differing.add(company_id)
            self._enter(Phase.CHECK, done, len(differing))
            self._store.offer_again(company_id)
            self.send_and_pull(again=(company_id,))
        if total or differing:
            self.fetch_blobs()

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

    def _next_parcels(self) -> Sequence[Parcel]:
        return what_fits(self._store.outbox(self._uplink.batch_bytes))

    def _exchange(
        self,
        parcels: Sequence[Parcel],
        batch_id: str,
        waiting: int,
        *,
        asked_from: int = 0,
        check: tuple[str, ...] = (),
        again: tuple[str, ...] = (),
    ) -> SyncReply:
        """One request and what its reply changes. waiting: changes in the outbox, these included.

        asked_from: the cursor when this batch was first sent, as its reply may have been kept.
        """
        left = waiting - sum(parcel.count for parcel in parcels)
        request = self._request(max(0, left), check, again)
        if self._enrolment.cursor == 0:
            self._tell_older_purges(request)
        reply = self._send(request, parcels, batch_id)
        if reply.server_id != self._enrolment.server_id:
            raise ForeignServerError(reply.server_id)
        self._outcome.clock_ahead_s = (time.time_ns() // 1_000_000 - reply.server_time_ms) / 1000
        self._outcome.content_version = reply.content
        result = read_verdicts(parcels, reply.verdicts)
        if any(gone.reason == "withdrawn" for gone in reply.gone):
            self._carry_up(self._pause_at_piece)  # bytes added meanwhile, before they leave
        before = self._enrolment
        self._enrolment = msgspec.structs.replace(
            before, cursor=reply.cursor, last_reply=reply.reply_id
        )
        has_news = reply.frames or reply.pulled or reply.gone or self._enrolment != before
        named = {parcel.company_id for parcel in parcels} | {*check}
        if parcels or has_news:
            settled = self._settle(
                batch_id=batch_id if parcels else "",
                applied=tuple(result.applied),
                kept=tuple(result.kept),
                reply=reply,
                asked_from=max(before.cursor, asked_from),
            )
            named |= settled.received.keys() | settled.kept_out
        self._outcome.sent += result.sent
        self._outcome.fresh += result.fresh
        self._outcome.quarantined += result.quarantined
        self._compare(reply, named, is_all=not reply.more and asked_from <= before.cursor)
        return reply

    def _tell_older_purges(self, request: EncodedRequest) -> None:
        """Tombstones for which the request has no room go ahead of it.

        Their replies are let go of: the log is still read from its start, and all are told again,
        where the request itself stays unanswered.
        """
        stones = tuple(self._store.tombstones())
        for start in range(MAX_FILES_NAMED, len(stones), MAX_FILES_NAMED):
            self._pause()
            some = stones[start : start + MAX_FILES_NAMED]
            ahead = msgspec.structs.replace(request, erased=some, check=(), again=())
            with suppress(DeviceRestoredError):  # so says the request, if it repeats no batch
                self._calls.sync(msgspec.msgpack.encode(ahead), self._enrolment)

    def _send(self, request: EncodedRequest, parcels: Sequence[Parcel], batch_id: str) -> SyncReply:
        """The reply; parts that the server has lost in the meantime travel with the batch."""
        for in_parts in (True, False):
            began_s = time.monotonic()
            size = sum(len(parcel.frame) for parcel in parcels)
            if parcels:
                batch = self._uplink.batch(
                    batch_id, parcels, self._enrolment, self._go_on_sending, in_parts=in_parts
                )
                request = msgspec.structs.replace(request, batch=batch)
            try:
                reply = self._calls.sync(
                    msgspec.msgpack.encode(request), self._enrolment, has_frames=bool(parcels)
                )
            except PartUnknownError:
                if not in_parts:
                    raise
                continue
            self._uplink.measure(size, began_s)
            return reply
        raise ServerSaysNoError("parts are asked for that were not named")

    def _compare(self, reply: SyncReply, named: set[str], *, is_all: bool) -> None:
        """Take down which files differ, and which nobody has compared yet.

        is_all: there is nothing left to come.
        """
        if not is_all:
            self._unchecked |= named
            return
        self._unchecked -= named
        theirs = {t.company_id: Tally.of(t.count, t.mark) for t in reply.tallies}
        for recounted in (False, True):
            ours = self._store.tallies(theirs, recounted=recounted) if theirs else {}
            theirs = {c: theirs[c] for c, tally in ours.items() if tally != theirs[c]}
        self._differing |= theirs.keys()

    def _settle(
        self,
        *,
        batch_id: str = "",
        applied: tuple[int, ...] = (),
        kept: tuple[KeptAside, ...] = (),
        reply: SyncReply | None = None,
        asked_from: int = 0,
    ) -> Settled:
        pulled = () if reply is None else reply.pulled
        settled = self._store.settle(
            Settlement(
                batch_id=batch_id,
                applied=applied,
                kept=kept,
                frames=() if reply is None else reply.frames,
                pulled=tuple(change for changeset in pulled for change in changeset.changes),
                asked_from=asked_from,
                gone=() if reply is None else reply.gone,
                enrolment=self._enrolment,
            )
        )
        self._enrolment = settled.enrolment
        self._outcome.received += sum(settled.received.values())
        self._outcome.touched |= settled.received.keys()
        for file in settled.erased:
            left = self._outcome.purged if file.reason == "purged" else self._outcome.withdrawn
            left.add(file.company_id)
        return settled

    def _request(
        self, waiting: int, check: tuple[str, ...], again: tuple[str, ...]
    ) -> EncodedRequest:
        """Without a batch. Tombstones go along where the server may be a copy that lacks a purge.

        So it may be where the log is read from its start, after a restoration and until the first
        reply is stored; and where it gives a file of which both ends hold different changes.
        """
        may_be_copy = self._enrolment.cursor == 0 or bool(again)
        return EncodedRequest(
            protocol=PROTOCOL_VERSION,
            device=self._enrolment.device_id,
            server_id=self._enrolment.server_id,
            server_epoch=self._enrolment.server_epoch,
            cursor=self._enrolment.cursor,
            last_reply=self._enrolment.last_reply,
            erased=tuple(self._store.tombstones()[:MAX_FILES_NAMED]) if may_be_copy else (),
            check=check,
            again=again,
            waiting=waiting,
        )

    def _go_on_sending(self) -> None:
        self._enter(Phase.SEND, self._outcome.sent, self._to_send)

    def _enter(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        self._pause()
        self._report(self._progress(phase, done, total))

    def _pause_at_piece(self, _done: int, _total: int) -> None:
        self._pause()

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
