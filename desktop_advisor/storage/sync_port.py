"""The store as a sync run sees it, and what is still to be done for each company file."""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import bindparam, delete, exists, func, insert, select, text, update

from desktop_advisor.storage.attachments import is_sha256
from desktop_advisor.storage.change_log import (
    add_foreign,
    known_changes,
    mark_applied,
    portions,
    to_change,
)
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
    LoggedChange,
    LogRow,
    OpenConflict,
    Upload,
    table_of,
)
from desktop_advisor.storage.models import Attachment
from desktop_advisor.storage.projection import fold
from desktop_advisor.storage.store import Store, save_local_value
from desktop_advisor.storage.tallies import (
    count_applied,
    counted,
    forget,
    recount,
    with_quarantined,
)
from sync.client.port import BlobName, Enrolment, OpenBatch, Settled, Settlement
from sync.protocol import Change, ChangeName, Tombstone
from sync.tally import Tally

if TYPE_CHECKING:
    from sqlalchemy import Connection, Update
    from sqlalchemy.orm import Session

_ENROLMENT = "enrolment"
_OPEN_BATCH = "open batch"
_ENVELOPE_BYTES = 280
"""What a change weighs on the wire beside its value and bases."""


class StoreChanges:
    """Implements sync.client.port.ChangeStore over the encrypted store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def enrolment(self) -> Enrolment | None:
        """The server this laptop is enrolled at; None before enrolment."""
        raw = self._store.secret(_ENROLMENT)
        return None if raw is None else msgspec.json.decode(raw, type=Enrolment)

    def save_enrolment(self, enrolment: Enrolment) -> None:
        """Remember a new or changed enrolment."""
        self._store.save_secret(_ENROLMENT, msgspec.json.encode(enrolment))

    def outbox(self, limit_bytes: int) -> Sequence[Change]:
        """Changes not yet applied and not quarantined, oldest first; at least one if any."""
        found: list[Change] = []
        left = limit_bytes
        with self._store.read() as session:
            rows = session.connection().execute(_OUTBOX)
            for row in rows:
                left -= _weight(row)
                if found and left < 0:
                    break
                found.append(to_change(row))
            rows.close()
        return found

    def changes(self, names: Iterable[ChangeName]) -> Sequence[Change]:
        """Those changes in that order, to repeat an open batch."""
        wanted = list(names)
        numbers: dict[str, list[int]] = defaultdict(list)
        for writer, n in wanted:
            numbers[writer].append(n)
        found: dict[ChangeName, Change] = {}
        with self._store.read() as session:
            connection = session.connection()
            for writer, all_n in numbers.items():
                for some in portions(all_n):
                    keys = {"of_writer": bytes.fromhex(writer), "numbers": some}
                    for row in connection.execute(_BY_NAME, keys):
                        found[writer, row.n] = to_change(row)
        return [found[name] for name in wanted if name in found]

    def open_batch(self) -> OpenBatch | None:
        """The batch whose reply has not been stored."""
        raw = self._store.secret(_OPEN_BATCH)
        return None if raw is None else msgspec.json.decode(raw, type=OpenBatch)

    def save_open_batch(self, batch: OpenBatch) -> None:
        """Write down the batch before it is sent; its changes are then in state `sent`."""
        with self._store.maintain() as session:
            _save_secret(session, _OPEN_BATCH, msgspec.json.encode(batch))
            _move(session.connection(), batch.names, _SENT)

    def settle(self, settlement: Settlement) -> Settled:
        """Write one reply: verdicts, files gone, pulled changes (merged, projected), cursor, id."""
        with self._store.maintain() as session:
            connection = session.connection()
            _settle_own(connection, settlement)
            staying = files_that_stay(connection, settlement.gone)
            gone = [file for file in settlement.gone if file.company_id not in staying]
            erased = erase(connection, gone) if gone else Erased((), set())
            self._take_in(connection, settlement.pulled)
            enrolment = settlement.enrolment
            before = self.enrolment()
            if staying and before is not None:
                enrolment = msgspec.structs.replace(enrolment, cursor=before.cursor)
            _save_secret(session, _ENROLMENT, msgspec.json.encode(enrolment))
            batch = self.open_batch()
            if batch is not None and batch.batch_id == settlement.batch_id:
                _save_secret(session, _OPEN_BATCH, None)
            is_purge = any(file.reason == PURGED for file in settlement.gone)
            if erased.files or is_purge:
                note_leftovers(session, erased, is_purge=is_purge)
            if erased.files:
                self._store.change_log.begin_anew()
        if erased.files or is_purge:
            clear_away(self._store)
        return Settled(enrolment=enrolment, erased=erased.files)

    def _take_in(self, connection: Connection, pulled: Sequence[Change]) -> None:
        away = kept_away(connection, {change.company_id for change in pulled})
        wanted = [change for change in pulled if change.company_id not in away]
        if not wanted:
            return
        welcome_back(connection, {change.company_id for change in wanted})
        _release(connection, wanted)
        known = known_changes(connection, [change.name for change in wanted])
        done = {Upload.APPLIED, Upload.QUARANTINED}
        fresh = {
            change.name: uuid.UUID(change.company_id)
            for change in wanted
            if change.name not in known or known[change.name][1] not in done
        }
        fold(connection, add_foreign(connection, wanted))
        count_applied(connection, [(company_id, name) for name, company_id in fresh.items()])
        newest = max(change.hlc for change in wanted)
        self._store.change_log.observe(connection, newest)

    def offer_again(self, company_id: str | None = None) -> None:
        """Put every change held, or every one of one file, back into the outbox."""
        of_file = None if company_id is None else uuid.UUID(company_id)
        with self._store.maintain() as session:
            connection = session.connection()
            forget(connection, of_file)
            if of_file is None:
                connection.execute(_OFFER_AGAIN)
                connection.execute(delete(table_of(ConfirmedFile)))
            else:
                connection.execute(_OFFER_FILE_AGAIN, {"of_company": of_file})

    def waiting(self) -> int:
        """How many changes are neither applied nor quarantined."""
        with self._store.read() as session:
            return session.scalar(_WAITING) or 0

    def tombstones(self) -> Sequence[Tombstone]:
        """The purged files, the newest first."""
        with self._store.read() as session:
            return tombstones(session.connection())

    def tallies(
        self, company_ids: Collection[str], *, recounted: bool = False
    ) -> Mapping[str, Tally]:
        """A tally of the applied changes of each file, but for those with quarantined changes."""
        ids = {uuid.UUID(company_id) for company_id in company_ids}
        if recounted:
            with self._store.maintain() as session:
                recount(session.connection(), ids)
        with self._store.read() as session:
            ids -= with_quarantined(session.connection(), ids)
            found = counted(session.connection(), ids)
        return {str(company_id): found.get(company_id, Tally()) for company_id in ids}

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


@dataclass(frozen=True)
class FileSyncState:
    """What is still to be done for one company file.

    unsent: changes the server has not confirmed. quarantined: fields whose value the server keeps
    aside. conflicts: fields with two values.
    """

    company_id: uuid.UUID
    unsent: int = 0
    quarantined: int = 0
    conflicts: int = 0


@dataclass(frozen=True)
class SyncTotals:
    """The same over all company files; files: how many have something unsent."""

    files: int
    unsent: int
    quarantined: int
    conflicts: int


def sync_state(session: Session) -> list[FileSyncState]:
    """One entry for each company file with something to do; the cost grows with that only."""
    unsent, quarantined, conflicts = (
        {company: count for company, count in session.execute(query)}  # noqa: C416 - rows
        for query in (_UNSENT_BY_FILE, _QUARANTINED_BY_FILE, _CONFLICTS_BY_FILE)
    )
    return [
        FileSyncState(file, unsent.get(file, 0), quarantined.get(file, 0), conflicts.get(file, 0))
        for file in sorted({*unsent, *quarantined, *conflicts})
    ]


def sync_totals(session: Session) -> SyncTotals:
    """What is still to be done altogether."""
    states = sync_state(session)
    return SyncTotals(
        files=sum(state.unsent > 0 for state in states),
        unsent=sum(state.unsent for state in states),
        quarantined=sum(state.quarantined for state in states),
        conflicts=sum(state.conflicts for state in states),
    )


def _weight(row: LogRow) -> int:
    return _ENVELOPE_BYTES + len(row.value.encode()) + len(row.bases)


def _save_secret(session: Session, name: str, value: bytes | None) -> None:
    save_local_value(session, f"secret:{name}", value)


def _move(connection: Connection, names: Iterable[ChangeName], statement: Update) -> None:
    rows = [{"of_writer": bytes.fromhex(writer), "of_n": n} for writer, n in names]
    if rows:
        connection.execute(statement, rows)


def _settle_own(connection: Connection, settlement: Settlement) -> None:
    """What the server said of this laptop's changes."""
    known = known_changes(connection, settlement.applied)
    mark_applied(connection, known)
    fresh = [
        (company_id, name)
        for name, (company_id, upload) in known.items()
        if upload != Upload.APPLIED
    ]
    if fresh:
        count_applied(connection, fresh)
    fold(connection, _quarantine(connection, settlement.quarantined))


def _release(connection: Connection, pulled: Iterable[Change]) -> None:
    """What was kept aside and now comes back as it left was taken in after all."""
    by_name = {change.name: change for change in pulled}
    kept = [n for n, (_, u) in known_changes(connection, by_name).items() if u == _KEPT_ASIDE]
    for name in kept:
        row = connection.execute(
            _BY_NAME, {"of_writer": bytes.fromhex(name[0]), "numbers": [name[1]]}
        )
        if to_change(row.one()) == by_name[name]:
            connection.execute(_RELEASE, {"of_writer": bytes.fromhex(name[0]), "of_n": name[1]})


def _quarantine(
    connection: Connection, verdicts: Iterable[tuple[ChangeName, str]]
) -> set[uuid.UUID]:
    """The rows they belong to: their values are shown from now on whatever is pulled."""
    touched: set[uuid.UUID] = set()
    for (writer, n), reason in verdicts:
        key = {"of_writer": bytes.fromhex(writer), "of_n": n}
        connection.execute(_QUARANTINE, {**key, "why": reason})
        touched |= set(connection.execute(_ROW_OF, key).scalars())
    return touched


_OUTBOX = select(LOG).where(text("upload < 2")).order_by(LOG.c.seq)
_BY_NAME = select(LOG).where(
    LOG.c.writer == bindparam("of_writer"), LOG.c.n.in_(bindparam("numbers", expanding=True))
)
_NAMED = (LOG.c.writer == bindparam("of_writer"), LOG.c.n == bindparam("of_n"))
_ROW_OF = select(LOG.c.entity_id).where(*_NAMED)
_SENT = (
    update(LOG).where(*_NAMED, LOG.c.upload == int(Upload.LOCAL)).values(upload=int(Upload.SENT))
)
_QUARANTINE = (
    update(LOG).where(*_NAMED).values(upload=int(Upload.QUARANTINED), reason=bindparam("why"))
)
_KEPT_ASIDE = int(Upload.QUARANTINED)
_RELEASE = update(LOG).where(*_NAMED).values(upload=int(Upload.LOCAL), reason="")
_WAITING = select(func.count()).select_from(LOG).where(text("upload < 2"))
_OFFER_AGAIN = (
    update(LOG)
    .where(LOG.c.upload.in_([int(Upload.SENT), int(Upload.APPLIED)]))
    .values(upload=int(Upload.LOCAL))
)
_OFFER_FILE_AGAIN = _OFFER_AGAIN.where(LOG.c.company_id == bindparam("of_company"))
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
# Literal conditions, because SQLite uses a partial index only when it can see that it applies.
_UNSENT_BY_FILE = (
    select(LoggedChange.company_id, func.count())
    .where(text("upload < 2"))
    .group_by(LoggedChange.company_id)
)
_QUARANTINED_BY_FILE = (
    select(LoggedChange.company_id, func.count())
    .where(text("upload = 3"), LoggedChange.is_head)
    .group_by(LoggedChange.company_id)
)
_CONFLICTS_BY_FILE = select(OpenConflict.company_id, func.count()).group_by(OpenConflict.company_id)
