"""The store as a sync run sees it, and what is still to be done for each company file."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import bindparam, delete, exists, insert, select, update

from desktop_advisor.storage.arrivals import (
    Arrival,
    frames_left,
    is_waiting,
    keep_arrivals,
    read_arrivals,
    sort_in_files,
    sort_in_some,
)
from desktop_advisor.storage.attachments import is_sha256
from desktop_advisor.storage.change_log import add_foreign, known_changes, to_change
from desktop_advisor.storage.erasing import (
    PURGED,
    Erased,
    clear_away,
    erase,
    files_that_stay,
    kept_away,
    note_leftovers,
    tombstones,
    welcome_back,
)
from desktop_advisor.storage.log_tables import (
    LOG,
    ConfirmedFile,
    Upload,
    table_of,
)
from desktop_advisor.storage.models import Attachment
from desktop_advisor.storage.outbox import (
    is_loose,
    loosen_all,
    mark_sent,
    note_came,
    pack_loose,
    parcels_after,
    parcels_named,
    settle_applied,
    settle_kept,
    sweep_frames,
)
from desktop_advisor.storage.projection import fold
from desktop_advisor.storage.raw_rows import id_bytes
from desktop_advisor.storage.store import Store, local_value, save_local_value
from desktop_advisor.storage.tallies import (
    Counted,
    count_applied,
    counted,
    forget,
    recount,
    with_quarantined,
)
from desktop_advisor.storage.unsent import waiting
from sync.client.port import BlobName, Enrolment, OpenBatch, Parcel, Settled, Settlement
from sync.protocol import Change, ChangeName, Tombstone
from sync.tally import Tally, runs

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

_ENROLMENT = "enrolment"
_OPEN_BATCH = "open batch"
_PACKED_AT_ONCE = 256 * 1024
"""Bytes packed in one transaction, so that an edit does not wait for long; our choice."""
_SORTED_AT_ONCE = 20
"""Frames sorted in by one transaction, for the same reason."""


class StoreChanges:
    """Implements sync.client.port.ChangeStore over the encrypted store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def enrolment(self) -> Enrolment | None:
        """The server this laptop is enrolled at; None before enrolment."""
        with self._store.read() as session:
            return _enrolment(session)

    def save_enrolment(self, enrolment: Enrolment) -> None:
        """Remember a new or changed enrolment."""
        self._store.save_secret(_ENROLMENT, msgspec.json.encode(enrolment))

    def outbox(self, limit_bytes: int) -> Sequence[Parcel]:
        """The oldest parcels, about so many bytes; what is loose is packed as far as is needed."""
        with self._store.read() as session:
            found = parcels_after(session.connection(), 0, limit_bytes)
            is_all = not is_loose(session.connection())
        left = limit_bytes - _size(found)
        while left >= 0 and not is_all:
            with self._store.maintain() as session:
                is_all = not _pack(session, min(max(left, 1), _PACKED_AT_ONCE))
                last = found[-1].id if found else 0
                more = parcels_after(session.connection(), last, left)
            found += more
            left -= _size(more)
        return found if left >= 0 or len(found) == 1 else found[:-1]

    def prepare(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Pack everything that is loose, while nobody waits for it."""
        is_more = True
        while is_more and not cancelled():
            with self._store.maintain() as session:
                is_more = _pack(session, _PACKED_AT_ONCE)
        with self._store.maintain() as session:
            sweep_frames(session.connection())

    def parcels(self, ids: Iterable[int]) -> Sequence[Parcel]:
        """Those of these parcels that are still in the outbox, in this order."""
        with self._store.read() as session:
            return parcels_named(session.connection(), list(ids))

    def open_batch(self) -> OpenBatch | None:
        """The batch whose reply has not been stored."""
        with self._store.read() as session:
            return _open_batch(session)

    def save_open_batch(self, batch: OpenBatch) -> None:
        """Write down the batch before it is sent; its changes are then in state `sent`."""
        with self._store.maintain() as session:
            _save_secret(session, _OPEN_BATCH, msgspec.json.encode(batch))
            mark_sent(session.connection(), batch.parcels)

    def settle(self, settlement: Settlement) -> Settled:
        """Write one reply: verdicts, files gone, what came, cursor, id."""
        arrivals = read_arrivals(settlement.frames)
        with self._store.maintain() as session:
            connection = session.connection()
            batch = _open_batch(session) if settlement.batch_id else None
            is_answered = batch is not None and batch.batch_id == settlement.batch_id
            count_applied(connection, _settle_own(connection, settlement))
            taken: list[Counted] = []
            staying = files_that_stay(connection, settlement.gone)
            gone = [file for file in settlement.gone if file.company_id not in staying]
            erased = erase(connection, gone) if gone else Erased((), set())
            received, kept_out = self._take_in(connection, arrivals, settlement.pulled, taken)
            count_applied(connection, taken)
            enrolment = settlement.enrolment
            before = _enrolment(session)
            if before is not None and (staying or before.cursor < settlement.asked_from):
                enrolment = msgspec.structs.replace(enrolment, cursor=before.cursor)
            _save_secret(session, _ENROLMENT, msgspec.json.encode(enrolment))
            if is_answered:
                _save_secret(session, _OPEN_BATCH, None)
            is_purge = any(file.reason == PURGED for file in settlement.gone)
            if erased.files or is_purge:
                note_leftovers(session, erased, is_purge=is_purge)
            if erased.files:
                self._store.change_log.begin_anew()
        if erased.files or is_purge:
            clear_away(self._store)
        return Settled(
            enrolment=enrolment, erased=erased.files, received=received, kept_out=kept_out
        )

    def _take_in(
        self,
        connection: Connection,
        arrivals: Sequence[Arrival],
        pulled: Sequence[Change],
        taken: list[Counted],
    ) -> tuple[dict[str, int], frozenset[str]]:
        """Company file → how many changes are new, and which files stay out.

        `taken` gets those that are to be counted.
        """
        named = {change.company_id for change in pulled}
        named |= {arrival.company_id for arrival in arrivals}
        away = kept_away(connection, named)
        welcome_back(connection, named - away)
        wanted = [arrival for arrival in arrivals if arrival.company_id not in away]
        changes = [change for change in pulled if change.company_id not in away]
        self._yield_writer(wanted, changes)
        fresh = Counter(dict.fromkeys(named - away, 0))
        waiting_to_be_sorted, rest = keep_arrivals(connection, wanted)
        taken += waiting_to_be_sorted
        changes += [change for arrival in rest for change in arrival.changes()]
        for arrival in wanted:
            if arrival not in rest:
                fresh[arrival.company_id] += arrival.change_count
        if changes:
            taken += self._merge(connection, changes, fresh)
        return dict(fresh), frozenset(away)

    def _yield_writer(self, arrivals: Sequence[Arrival], changes: Sequence[Change]) -> None:
        """Go on under another name where changes of the present one come from outside.

        They are copies of our own, after a restoration, or somebody else writes under it; in both
        cases it is not known which numbers are free.
        """
        log = self._store.change_log
        writer = log.writer.hex()
        named = {change.writer for change in changes}
        if writer in named or any(run[0] == writer for a in arrivals for run in a.runs):
            log.begin_anew()

    def _merge(
        self, connection: Connection, changes: Sequence[Change], new: Counter[str]
    ) -> list[Counted]:
        """What came is in the log and shown at once; what is to be counted of it.

        new: company file → how many changes were not here, added to.
        """
        files = {uuid.UUID(change.company_id).bytes for change in changes}
        sort_in_files(connection, self._store.change_log, files)
        changes = _uncontested(connection, changes)
        names = [change.name for change in changes]
        taken = note_came(connection, names, files)
        _release(connection, changes)
        known = known_changes(connection, names)
        done = {Upload.APPLIED, Upload.QUARANTINED}
        fresh: dict[str, set[ChangeName]] = {}
        for change in changes:
            if change.name not in known or known[change.name][1] not in done:
                fresh.setdefault(change.company_id, set()).add(change.name)
        new.update(change.company_id for change in changes if change.name not in known)
        fold(connection, add_foreign(connection, changes))
        self._store.change_log.observe(connection, max((c.hlc for c in changes), default=0))
        taken += [Counted(uuid.UUID(file).bytes, runs(some)) for file, some in fresh.items()]
        return taken

    def sort_in(self, limit: int = 1) -> int:
        """Merge and project received frames, about `limit` of them; how many are left.

        After one that cannot be read everything is asked for again.
        """
        with self._store.maintain() as session:
            left, is_lost = sort_in_some(session.connection(), self._store.change_log, limit)
            if is_lost:
                self._ask_again(session)
        return left

    def sort_in_files(self, company_ids: Iterable[uuid.UUID]) -> None:
        """The same for what has arrived of these files, because they are looked at now."""
        files = {company_id.bytes for company_id in company_ids}
        with self._store.read() as session:
            if not is_waiting(session.connection(), files):
                return
        with self._store.maintain() as session:
            if sort_in_files(session.connection(), self._store.change_log, files):
                self._ask_again(session)

    def _ask_again(self, session: Session) -> None:
        """For everything: something that had arrived is lost."""
        if (enrolment := _enrolment(session)) is not None:
            again = msgspec.structs.replace(enrolment, cursor=0)
            _save_secret(session, _ENROLMENT, msgspec.json.encode(again))

    def offer_again(self, company_id: str | None = None) -> None:
        """Put every change held, or every one of one file, back into the outbox."""
        of_file = None if company_id is None else uuid.UUID(company_id)
        if of_file is None:
            sort_in_all(self._store)
        with self._store.maintain() as session:
            connection = session.connection()
            if of_file is not None:
                sort_in_files(connection, self._store.change_log, {of_file.bytes})
            forget(connection, of_file)
            released = loosen_all(connection, None if of_file is None else of_file.bytes)
            fold(connection, [uuid.UUID(bytes=row) for row in released])
            if of_file is None:
                connection.execute(delete(table_of(ConfirmedFile)))

    def waiting(self) -> int:
        """How many changes are neither applied nor quarantined."""
        with self._store.read() as session:
            return waiting(session)

    def tombstones(self) -> Sequence[Tombstone]:
        """The purged files, the newest first."""
        with self._store.read() as session:
            return tombstones(session.connection())

    def tallies(
        self, company_ids: Collection[str], *, recounted: bool = False
    ) -> Mapping[str, Tally]:
        """A tally of the applied changes of each file, but for those with quarantined changes."""
        names = {id_bytes(company_id): company_id for company_id in company_ids}
        if recounted:
            with self._store.maintain() as session:
                recount(session.connection(), names)
        with self._store.read() as session:
            asked = names.keys() - with_quarantined(session.connection())
            found = counted(session.connection(), asked)
        return {names[company_id]: found.get(company_id, Tally()) for company_id in asked}

    def blobs_to_send(self) -> Sequence[BlobName]:
        """Attachments whose bytes are here and not confirmed by the server for that file."""
        with self._store.read() as session:
            names = [(str(company), sha) for company, sha in session.execute(_UNCONFIRMED)]
        return [name for name in names if self._store.files.has(name[1])]

    def blobs_to_fetch(self) -> Sequence[BlobName]:
        """Attachments whose bytes are not here."""
        with self._store.read() as session:
            names = [(str(company), sha) for company, sha in session.execute(_ATTACHED)]
        return [n for n in names if is_sha256(n[1]) and not self._store.files.has(n[1])]

    def read_blob(self, sha256: str) -> bytes:
        """The plain bytes. Raises KeyError when they are not here."""
        return self._store.files.read(sha256)

    def write_blob(self, company_id: str, sha256: str, content: bytes | bytearray) -> None:
        """Store fetched bytes, which the server thus has. Raises ValueError on another hash."""
        self._store.files.drop_part(sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError(sha256)
        self._store.files.add(content)
        self.blob_sent(company_id, sha256)

    def blob_sent(self, company_id: str, sha256: str) -> None:
        """The server has confirmed these bytes for this company file."""
        row = {"company_id": uuid.UUID(company_id), "sha256": sha256}
        with self._store.maintain() as session:
            session.connection().execute(_CONFIRM_FILE, row)

    def blob_part(self, sha256: str) -> bytes:
        """The first bytes of a download that was cut; b"" where nothing was kept."""
        return self._store.files.part(sha256)

    def keep_blob_part(self, sha256: str, content: bytes | bytearray) -> None:
        """Keep them for the next run."""
        self._store.files.keep_part(sha256, content)


def sort_in_all(
    store: Store,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], object] = lambda _done, _every: None,
) -> bool:
    """Sort in whatever has arrived, a bounded portion at a time; whether there was anything."""
    with store.read() as session:
        left = every = frames_left(session.connection())
    while left and not cancelled():
        progress(every - left, every)
        left = StoreChanges(store).sort_in(_SORTED_AT_ONCE)
    return every > 0


def _pack(session: Session, enough_bytes: int) -> bool:
    """Pack about so much of what is loose; whether any of it is left."""
    connection = session.connection()
    unfit = pack_loose(connection, enough_bytes)
    fold(connection, [uuid.UUID(bytes=row) for row in unfit])
    return is_loose(connection)


def _size(parcels: Iterable[Parcel]) -> int:
    return sum(len(parcel.frame) for parcel in parcels)


def _enrolment(session: Session) -> Enrolment | None:
    raw = local_value(session, f"secret:{_ENROLMENT}")
    return None if raw is None else msgspec.json.decode(raw, type=Enrolment)


def _open_batch(session: Session) -> OpenBatch | None:
    raw = local_value(session, f"secret:{_OPEN_BATCH}")
    return None if raw is None else msgspec.json.decode(raw, type=OpenBatch)


def _save_secret(session: Session, name: str, value: bytes | None) -> None:
    save_local_value(session, f"secret:{name}", value)


def _settle_own(connection: Connection, settlement: Settlement) -> list[Counted]:
    """What the server said of this laptop's changes; those that it is now known to have."""
    taken = settle_applied(connection, settlement.applied)
    of_kept, touched = settle_kept(connection, settlement.kept)
    fold(connection, [uuid.UUID(bytes=row) for row in touched])
    return taken + of_kept


def _uncontested(connection: Connection, changes: Sequence[Change]) -> list[Change]:
    """Without those under whose name something else is here."""
    by_name = {change.name: change for change in changes}
    contested: set[ChangeName] = set()
    for writer, first, length in runs(set(by_name)):
        span = {"of_writer": bytes.fromhex(writer), "low": first, "high": first + length - 1}
        for row in connection.execute(_SPAN, span):
            here = to_change(row)
            if here != by_name[here.name]:
                contested.add(here.name)
    return [change for change in changes if change.name not in contested]


def _release(connection: Connection, pulled: Iterable[Change]) -> None:
    """What was kept aside and now comes back, as it left, was taken in after all."""
    known = known_changes(connection, {change.name for change in pulled})
    for (writer, n), (_, upload) in known.items():
        if upload == _KEPT_ASIDE:
            connection.execute(_RELEASE, {"of_writer": bytes.fromhex(writer), "of_n": n})


_SPAN = select(LOG).where(
    LOG.c.writer == bindparam("of_writer"), LOG.c.n.between(bindparam("low"), bindparam("high"))
)
_NAMED = (LOG.c.writer == bindparam("of_writer"), LOG.c.n == bindparam("of_n"))
_KEPT_ASIDE = int(Upload.QUARANTINED)
_RELEASE = update(LOG).where(*_NAMED).values(upload=int(Upload.LOCAL), reason="")
_ATTACHED = (
    select(Attachment.company_id, Attachment.sha256)
    .where(Attachment.deleted.is_(False), Attachment.sha256 != "")
    .distinct()
    .order_by(Attachment.company_id, Attachment.sha256)
)
_UNCONFIRMED = _ATTACHED.where(
    ~exists().where(
        ConfirmedFile.company_id == Attachment.company_id,
        ConfirmedFile.sha256 == Attachment.sha256,
    )
)
_CONFIRM_FILE = insert(table_of(ConfirmedFile)).prefix_with("OR REPLACE")
