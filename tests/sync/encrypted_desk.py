"""The real laptop's store as the histories see it; its copies are copies of its folder."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from desktop_advisor.storage.change_log import to_change
from desktop_advisor.storage.log_tables import LOG
from desktop_advisor.storage.log_tables import Upload as Stands
from desktop_advisor.storage.models import ENTITIES, Attachment, Company, Report
from desktop_advisor.storage.raw_rows import names_in, read_runs
from desktop_advisor.storage.store import ATTACHMENTS, Store
from desktop_advisor.storage.sync_models import ArrivedFrame, OutboxParcel
from desktop_advisor.storage.sync_port import StoreChanges
from sync.client.port import BlobName
from sync.protocol import Change, ChangeName
from tests.storage.desks import CHEAP, PASSPHRASE
from tests.sync.central import RAM_DISK
from tests.sync.memory_store import FieldKey, Shown, Upload, look

KNOWN = {"company": Company, "attachment": Attachment, "report": Report}
AUTHOR = "Anna Weber"
_START = datetime(1970, 1, 1, tzinfo=UTC)


class _SetClock:
    """What the history says the time is."""

    now_ms = 0

    def __call__(self) -> datetime:
        return _START + timedelta(milliseconds=self.now_ms)


@cache
def _new_store() -> Path:
    """A new, closed store, made once because that takes long."""
    folder = _folder()
    Store.create(folder, PASSPHRASE, clock=_SetClock(), device="Laptop", cost=CHEAP).close()
    return folder


def _folder() -> Path:
    parent = RAM_DISK if RAM_DISK.is_dir() else None
    return Path(tempfile.mkdtemp(prefix="advisor-desk-", dir=parent)) / "store"


class EncryptedDesk(StoreChanges):
    """Implements tests.sync.sync_desks.Desk. Opened when it is first looked at."""

    def __init__(self, like: Path | None = None) -> None:
        self._folder = _folder()
        shutil.copytree(_new_store() if like is None else like, self._folder)
        self._clock = _SetClock()
        self._opened: Store | None = None

    @property
    def _store(self) -> Store:  # type: ignore[override] # opened when it is needed
        if self._opened is None:
            self._opened = Store.open(self._folder, PASSPHRASE, clock=self._clock)
        return self._opened

    @property
    def log(self) -> dict[ChangeName, Change]:
        """All changes that are merged."""
        with self._store.read() as session:
            changes = map(to_change, session.connection().execute(select(LOG)))
            return {change.name: change for change in changes}

    @property
    def uploads(self) -> dict[ChangeName, Upload]:
        """Where each stands; the packed ones wait until they were sent or came."""
        with self._store.read() as session:
            packed: set[ChangeName] = set()
            for parcel in session.scalars(select(OutboxParcel)):
                packed |= set(names_in(read_runs(parcel.runs)))
                packed -= set(names_in(read_runs(parcel.came)))
            rows = session.execute(select(LOG.c.writer, LOG.c.n, LOG.c.upload)).all()
        found = {}
        for writer, n, upload in rows:
            name = (writer.hex(), n)
            if upload == Stands.QUARANTINED:
                found[name] = Upload.QUARANTINED
            else:
                is_waiting = upload == Stands.LOCAL or name in packed
                found[name] = Upload.LOCAL if is_waiting else Upload.APPLIED
        return found

    @property
    def purged(self) -> dict[str, int]:
        """Company file → when it was erased for good."""
        return {stone.company_id: stone.erased_ms for stone in self.tombstones()}

    def can_write(self, entity: str) -> bool:
        """Whether this version knows the entity."""
        return entity in KNOWN

    def write(
        self, company_id: str, entity: str, entity_id: str, field: str, value: object, now_ms: int
    ) -> list[Change]:
        """An edit, and all changes that it came to."""
        self._clock.now_ms = now_ms
        before = self.log.keys()
        with self._store.edit(AUTHOR) as session:
            row: Any = session.get(KNOWN[entity], uuid.UUID(entity_id))
            if row is None:
                row = KNOWN[entity](id=uuid.UUID(entity_id), company_id=uuid.UUID(company_id))
                session.add(row)
            setattr(row, field, value)
        return [change for name, change in self.log.items() if name not in before]

    def shown(self, key: FieldKey) -> object:
        """The value that the typed table shows."""
        _, entity, entity_id, field = key
        with self._store.read() as session:
            row = session.get(ENTITIES[entity], uuid.UUID(entity_id))
            return None if row is None else getattr(row, field)

    def held(self) -> set[ChangeName]:
        """The names of all that is here, merged or not."""
        with self._store.read() as session:
            names = {
                (writer.hex(), n) for writer, n in session.execute(select(LOG.c.writer, LOG.c.n))
            }
            for runs in session.scalars(select(ArrivedFrame.runs)):
                names |= set(names_in(read_runs(runs)))
            return names

    def held_files(self) -> set[str]:
        """Company files of which anything is here."""
        with self._store.read() as session:
            files = set(session.scalars(select(LOG.c.company_id)))
            files |= set(session.scalars(select(ArrivedFrame.company_id)))
            files |= {
                id_ for kind in KNOWN.values() for id_ in session.scalars(select(kind.company_id))
            }
            return {str(company_id) for company_id in files}

    def view_of(self, company_id: str) -> tuple[Shown, dict[ChangeName, Change]]:
        """What the typed tables show, and the heads as they are marked; the changes behind it."""
        with self._store.read() as session:
            mine = select(LOG).where(LOG.c.company_id == uuid.UUID(company_id))
            rows = session.connection().execute(mine).all()
        fields: defaultdict[FieldKey, list[Change]] = defaultdict(list)
        marked: defaultdict[FieldKey, set[ChangeName]] = defaultdict(set)
        for row in rows:
            change = to_change(row)
            key = (company_id, change.entity, change.entity_id, change.field)
            fields[key].append(change)
            if row.is_head:
                marked[key].add(change.name)
        view: Shown = {}
        for key, changes in fields.items():
            value, _ = look(changes)
            is_typed = key[1] in KNOWN and isinstance(value, str | bool)
            view[key] = (self.shown(key) if is_typed else value, frozenset(marked[key]))
        return view, {change.name: change for some in fields.values() for change in some}

    def is_kept_aside(self, company_id: str) -> bool:
        """Whether the server keeps changes of this file in quarantine."""
        kept = select(func.count()).where(
            LOG.c.company_id == uuid.UUID(company_id), LOG.c.upload == Stands.QUARANTINED
        )
        with self._store.read() as session:
            return bool(session.scalar(kept))

    def referenced(self) -> set[BlobName]:
        """All attachments that records name."""
        with self._store.read() as session:
            rows = session.execute(select(Attachment.company_id, Attachment.sha256))
            return {(str(company_id), sha256) for company_id, sha256 in rows if sha256}

    def keep_blob(self, content: bytes) -> str:
        """Put bytes on the disk; their hash."""
        return self._store.files.add(content)

    def blob_names(self) -> set[str]:
        """Hashes of the attachments whose bytes are here."""
        files = (self._folder / ATTACHMENTS).glob("*/*")
        return {path.name for path in files if self._store.files.has(path.name)}

    def lose_blob(self, sha256: str) -> None:
        """A file of the disk cannot be read any more."""
        self._store.files.remove(sha256)

    def frames_waiting(self) -> int:
        """How many frames are not merged."""
        with self._store.read() as session:
            return session.scalar(select(func.count()).select_from(ArrivedFrame)) or 0

    def damage_frame(self, which: int) -> frozenset[ChangeName]:
        """A frame that waits cannot be read any more; the names of what it brought."""
        with self._store.maintain() as session:
            frames = list(session.scalars(select(ArrivedFrame).order_by(ArrivedFrame.id)))
            damaged = frames[which % len(frames)]
            session.connection().execute(
                update(ArrivedFrame)
                .where(ArrivedFrame.id == damaged.id)
                .values(frame=damaged.frame[:-1])
            )
            return frozenset(names_in(read_runs(damaged.runs)))

    def copy(self) -> EncryptedDesk:
        """The folder as a backup would hold it: it never reuses a writer."""
        return EncryptedDesk(self._folder)

    def restarted(self) -> EncryptedDesk:
        """The folder as it is found after the program was killed."""
        return EncryptedDesk(self._folder)

    def close(self) -> None:
        """It is not looked at any more."""
        if self._opened is not None:
            self._opened.close()
        shutil.rmtree(self._folder.parent)
