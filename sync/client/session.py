"""One sync run, from the first request to the last (design §6)."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from functools import partial

import msgspec

from sync.client.batch import EncodedBatch, Parcel, pack, pulled_changes, read_verdicts
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
from sync.client.media import Step, fetch_blobs, send_blobs
from sync.client.outcome import Outcome, Phase, Progress
from sync.client.port import ChangeStore, Enrolment, OpenBatch, Settlement
from sync.client.transport import Transport
from sync.protocol import (
    BATCH_BYTES,
    MAX_FILES_NAMED,
    MAX_PLAIN_BYTES,
    PROTOCOL_VERSION,
    Change,
    ChangeName,
    Gone,
    SyncReply,
    Tombstone,
)
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
        self._report = progress
        self._cancelled = cancelled
        self._started_s = time.monotonic()
        self._outcome = Outcome()
        self._unchecked: set[str] = set()
        self._differing: set[str] = set()
        enrolment = store.enrolment()
        if enrolment is None:
            raise NotEnrolledError
        self._enrolment = enrolment

    def say_hello(self) -> None:
        """Before attachments are sent, know who answers; each sync request is checked anyway."""
        self._enter(Phase.HELLO)
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
        batch = self._store.open_batch()
        if batch is None:
            return
        self._enter(Phase.SEND)
        present = {change.name: change for change in self._store.changes(batch.names)}
        parcel = pack([present[n] for n in batch.names if n in present], MAX_PLAIN_BYTES)
        if parcel.all_names() == batch.names:
            self._exchange(parcel, batch.batch_id)
        else:  # not as it was sent, so its verdicts would not fit: send its changes as new ones
            self._settle(batch_id=batch.batch_id)

    def look_for_content(self) -> None:
        """Whether the network has a newer bundle is said by each reply; who wants it fetches it."""
        self._enter(Phase.CONTENT)

    def send_blobs(self) -> None:
        """Attachments before the records that name them."""
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
        parcel = self._next_parcel()
        is_checking = bool(check or again)
        while True:
            if is_checking:
                self._pause()
            elif parcel.count:
                total = self._outcome.sent + self._store.waiting()
                self._enter(Phase.SEND, self._outcome.sent, total)
            else:
                self._enter(Phase.PULL)
            batch_id = secrets.token_hex(16)
            if parcel.count:
                self._store.save_open_batch(OpenBatch(batch_id=batch_id, names=parcel.all_names()))
            reply = self._exchange(parcel, batch_id, check=check, again=again)
            again = ()
            parcel = self._next_parcel()
            if not parcel.count and not reply.more:
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

    def _next_parcel(self) -> Parcel:
        """What goes next; changes that no server could take are kept aside on the way."""
        while True:
            parcel = pack(self._store.outbox(BATCH_BYTES))
            if parcel.unfit:
                self._settle(quarantined=tuple(parcel.unfit))
            if parcel.count or not parcel.unfit:
                return parcel

    def _exchange(
        self,
        parcel: Parcel,
        batch_id: str,
        *,
        check: tuple[str, ...] = (),
        again: tuple[str, ...] = (),
    ) -> SyncReply:
        batch = parcel.batch(batch_id) if parcel.count else None
        request = self._encoded(batch, max(0, self._store.waiting() - parcel.count), check, again)
        reply = self._calls.sync(request, self._enrolment)
        if reply.server_id != self._enrolment.server_id:
            raise ForeignServerError(reply.server_id)
        self._outcome.clock_ahead_s = (time.time_ns() // 1_000_000 - reply.server_time_ms) / 1000
        self._outcome.content_version = reply.content
        result = read_verdicts(parcel, reply.verdicts)
        if any(gone.reason == "withdrawn" for gone in reply.gone):
            self._carry_up(self._pause_at_piece)  # bytes added meanwhile, before they leave
        pulled = pulled_changes(reply)
        before = self._enrolment
        self._enrolment = msgspec.structs.replace(
            before, cursor=reply.cursor, last_reply=reply.reply_id
        )
        if batch is not None or pulled or reply.gone or self._enrolment != before:
            self._settle(
                batch_id=batch_id if batch else "",
                applied=tuple(result.applied),
                quarantined=tuple(result.quarantined),
                pulled=pulled,
                gone=reply.gone,
            )
        self._compare(reply, {*parcel.names, *check})
        return reply

    def _compare(self, reply: SyncReply, named: set[str]) -> None:
        """Take down which files differ, and which nobody has compared yet."""
        named |= {changeset.company_id for changeset in reply.pulled}
        if reply.more:
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
        applied: tuple[ChangeName, ...] = (),
        quarantined: tuple[tuple[ChangeName, str], ...] = (),
        pulled: tuple[Change, ...] = (),
        gone: tuple[Gone, ...] = (),
    ) -> None:
        settled = self._store.settle(
            Settlement(
                batch_id=batch_id,
                applied=applied,
                quarantined=quarantined,
                pulled=pulled,
                gone=gone,
                enrolment=self._enrolment,
            )
        )
        self._enrolment = settled.enrolment
        self._outcome.sent += len(applied)
        self._outcome.quarantined += len(quarantined)
        self._outcome.received += len(pulled)
        self._outcome.touched |= {change.company_id for change in pulled}
        for file in settled.erased:
            left = self._outcome.purged if file.reason == "purged" else self._outcome.withdrawn
            left.add(file.company_id)

    def _encoded(
        self,
        batch: EncodedBatch | None,
        waiting: int,
        check: tuple[str, ...],
        again: tuple[str, ...],
    ) -> bytes:
        """The request. From the log's start tombstones go along: the server may be a restored copy.

        It reads from the start after a restoration, and until the first reply is stored.
        """
        is_start = self._enrolment.cursor == 0
        return msgspec.json.encode(
            EncodedRequest(
                protocol=PROTOCOL_VERSION,
                device=self._enrolment.device_id,
                server_id=self._enrolment.server_id,
                server_epoch=self._enrolment.server_epoch,
                cursor=self._enrolment.cursor,
                last_reply=self._enrolment.last_reply,
                batch=batch,
                erased=tuple(self._store.tombstones()[:MAX_FILES_NAMED]) if is_start else (),
                check=check,
                again=again,
                waiting=waiting,
            )
        )

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
