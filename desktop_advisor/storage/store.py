"""The local store of one laptop: opened with a passphrase, edited, read, closed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from desktop_advisor.domain.clock import Clock
from desktop_advisor.storage.attachments import AttachmentFiles
from desktop_advisor.storage.change_log import ChangeLog
from desktop_advisor.storage.database import WRITES, assert_encrypted, checkpoint, open_engine
from desktop_advisor.storage.durable_files import sync_folder
from desktop_advisor.storage.errors import DamagedStore, DiskFull, StoreExists, StoreLocked
from desktop_advisor.storage.folder_lock import FolderLock
from desktop_advisor.storage.key_file import (
    KEY_BYTES,
    KeyCost,
    load_key_file,
    new_key_file,
    rewrapped,
    save_key_file,
    unwrap,
)
from desktop_advisor.storage.log_tables import ClockPosition, LocalValue
from desktop_advisor.storage.migrations import upgrade
from desktop_advisor.storage.projection import rebuild_all
from desktop_advisor.storage.raw_rows import cursor_of
from desktop_advisor.storage.session import Pen, StoreSession

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

DATABASE = "akten.db"
KEY_FILE = "schluessel.json"
LOCK_FILE = "sperre"
ATTACHMENTS = "anlagen"
COPIES = "sicherungen"

_STRONG = KeyCost()


class StoreClosed(RuntimeError):
    """Somebody works with a store that has been locked: a fault of ours."""


class _Engines(NamedTuple):
    """One pool of keyed connections, seen by readers and by writers."""

    reading: Engine
    writing: Engine

    @classmethod
    def around(cls, engine: Engine) -> _Engines:
        """Writers begin their transactions otherwise."""
        return cls(engine, engine.execution_options(**{WRITES: True}))


class Store:
    """Everything that is kept on this laptop, encrypted.

    Attributes:
        files: bytes of the attachments.
        device: name of this laptop in the change log.
    """

    def __init__(
        self, folder: Path, engine: Engine, lock: FolderLock, data_key: bytes, clock: Clock
    ) -> None:
        """Use `create` or `open`."""
        self._folder = folder
        self._engines: _Engines | None = _Engines.around(engine)
        self._folder_lock = lock
        self._is_open = True
        self._one_writer = threading.Lock()
        self._writing_thread: int | None = None
        self.files = AttachmentFiles(folder / ATTACHMENTS, data_key)
        self.device = self.setting("device") or ""
        self._log = ChangeLog(self.device, clock, self._last_stamp())

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        clock: Clock,
        device: str = "",
        cost: KeyCost = _STRONG,
    ) -> Store:
        """A new, empty, open store; never overwrites one. Raises: StoreExists, StoreInUse.

        device: name of this laptop in the change log; drawn at random when empty.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FolderLock(folder / LOCK_FILE)
        try:
            if cls.exists(folder):
                raise StoreExists(folder)
            _set_orphaned_key_aside(folder, clock())
            data_key = os.urandom(KEY_BYTES)
            # The key comes first: a database without its key would be lost.
            save_key_file(folder / KEY_FILE, new_key_file(data_key, passphrase, cost))
            return cls._create_database(folder, lock, data_key, clock, device)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, folder: Path, passphrase: str, *, clock: Clock) -> Store:
        """The store in `folder`, brought to this version, after a copy, when it is older.

        Raises: WrongPassphrase, NewerDatabase, DamagedStore, StoreInUse, UpgradeFailed.
        """
        if not cls.exists(folder):
            raise DamagedStore("Die Datenbank fehlt.")
        key_file = load_key_file(folder / KEY_FILE)
        lock = FolderLock(folder / LOCK_FILE)
        try:
            data_key = unwrap(key_file, passphrase)
            assert_encrypted(folder / DATABASE)
            return cls._open_database(folder, lock, data_key, clock)
        except BaseException:
            lock.release()
            raise

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether `folder` holds a store; an empty file is what a broken-off creation leaves."""
        path = folder / DATABASE
        return path.exists() and path.stat().st_size > 0

    def edit(self, author: str) -> AbstractContextManager[Session]:
        """A session whose changes are durable and logged under `author` when the block ends.

        An exception takes everything back. One edit at a time; others wait. No edit inside an edit.
        Raises: DiskFull, SealedReport.
        """
        return self._writing(Pen(self._log, author))

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the store and cannot change it."""
        with StoreSession(self._opened().reading, None) as session:
            yield session
            session.flush()  # refuses an edit that would else be lost in silence

    @contextmanager
    def maintain(self) -> Iterator[Session]:
        """A write transaction of the storage room itself, for what is not an edit of a person."""
        with self._writing(None) as session:
            yield session

    def name_device(self, name: str) -> None:
        """Call this laptop so in all changes written from now on, also after it is opened again."""
        self.save_setting("device", name)
        self.device = self._log.device = name

    def rebuild(self) -> None:
        """The typed tables from the log alone; they come out as they were."""
        with self.maintain() as session:
            rebuild_all(session.connection())

    def drop_copies(self) -> None:
        """Let go of the copies from before an upgrade: they hold what has been purged since."""
        for copy in (self._folder / COPIES).glob("*"):
            copy.unlink(missing_ok=True)

    @property
    def change_log(self) -> ChangeLog:
        """The writing end of the change log, for the storage room."""
        return self._log

    def close(self) -> None:
        """Leave the database in one file and let other programs in, once a running edit is done.

        A second call does nothing. An edit or a reading afterwards raises StoreClosed.
        """
        with self._one_writer:
            if not self._is_open:
                return
            self._is_open = False
            if self._engines is not None:
                checkpoint(self._engines.reading)
            self._forget_keys()
            self._folder_lock.release()

    @property
    def is_locked(self) -> bool:
        """Whether the keys are out of memory."""
        return self._engines is None

    def lock(self) -> None:
        """Forget the keys once a running edit is done; no other program is let in.

        Every edit and reading raises StoreLocked until `unlock`. A reading under way in another
        thread keeps its connection until it ends.
        """
        with self._one_writer:
            self._forget_keys()

    def unlock(self, passphrase: str) -> None:
        """Go on where `lock` stopped. Raises: WrongPassphrase, DamagedStore; it stays locked then.

        The passphrase is checked also while the store is not locked.
        """
        data_key = unwrap(load_key_file(self._folder / KEY_FILE), passphrase)
        with self._one_writer:
            if not self._is_open:
                raise StoreClosed("the store is closed; open it again")
            if self._engines is None:
                engine = _proven_engine(self._folder / DATABASE, data_key)
                self._engines = _Engines.around(engine)
                self.files.unlock(data_key)

    def change_passphrase(self, old: str, new: str) -> None:
        """From now on only `new` opens the store. Raises: WrongPassphrase."""
        path = self._folder / KEY_FILE
        save_key_file(path, rewrapped(load_key_file(path), old, new))

    def setting(self, name: str) -> str | None:
        """A setting of this laptop; None when never saved."""
        raw = self._local(f"setting:{name}")
        return None if raw is None else raw.decode()

    def save_setting(self, name: str, value: str | None) -> None:
        """Remember a setting on this laptop only; None forgets it."""
        self._save_local(f"setting:{name}", None if value is None else value.encode())

    def secret(self, name: str) -> bytes | None:
        """A secret of this laptop, such as its signing key; None when never saved."""
        return self._local(f"secret:{name}")

    def save_secret(self, name: str, value: bytes | None) -> None:
        """Remember a secret on this laptop only, inside the encrypted database; None forgets it."""
        self._save_local(f"secret:{name}", value)

    @classmethod
    def _create_database(
        cls, folder: Path, lock: FolderLock, data_key: bytes, clock: Clock, device: str
    ) -> Store:
        engine = open_engine(folder / DATABASE, data_key)
        try:
            upgrade(engine, folder / DATABASE, folder / COPIES, clock())
            with engine.execution_options(**{WRITES: True}).begin() as connection:
                name = (device or os.urandom(4).hex()).encode()
                connection.execute(insert(LocalValue), {"name": "setting:device", "value": name})
            checkpoint(engine)
            assert_encrypted(folder / DATABASE)
            sync_folder(folder)
            return cls(folder, engine, lock, data_key, clock)
        except BaseException:
            engine.dispose()
            raise

    @classmethod
    def _open_database(cls, folder: Path, lock: FolderLock, data_key: bytes, clock: Clock) -> Store:
        engine = open_engine(folder / DATABASE, data_key)
        try:
            upgrade(engine, folder / DATABASE, folder / COPIES, clock())
            return cls(folder, engine, lock, data_key, clock)
        except DatabaseError as error:
            engine.dispose()
            raise DamagedStore("Die Datenbank ist beschädigt.") from error
        except BaseException:
            engine.dispose()
            raise

    @contextmanager
    def _writing(self, pen: Pen | None) -> Iterator[Session]:
        with self._alone() as engine, StoreSession(engine, pen) as session:
            try:
                yield session
                session.commit()
            except OperationalError as error:
                session.rollback()
                if "disk is full" in str(error.orig):
                    raise DiskFull from error
                raise
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def _alone(self) -> Iterator[Engine]:
        """Writers queue here rather than in SQLite, which would let them poll."""
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("an edit inside an edit would wait for itself")
        with self._one_writer:
            engine = self._opened().writing
            self._writing_thread = threading.get_ident()
            try:
                yield engine
            finally:
                self._writing_thread = None

    def _opened(self) -> _Engines:
        if not self._is_open:
            raise StoreClosed("the store is closed; open it again")
        if self._engines is None:
            raise StoreLocked
        return self._engines

    def _forget_keys(self) -> None:
        """An engine that is only disposed of would quietly open the database again."""
        engines, self._engines = self._engines, None
        self.files.lock()
        if engines is not None:
            engines.reading.dispose()

    def _last_stamp(self) -> int:
        with self.read() as session:
            return session.scalar(select(ClockPosition.hlc)) or 0

    def _local(self, name: str) -> bytes | None:
        with self.read() as session:
            return local_value(session, name)

    def _save_local(self, name: str, value: bytes | None) -> None:
        with self.maintain() as session:
            save_local_value(session, name, value)


def _proven_engine(path: Path, data_key: bytes) -> Engine:
    """An engine that has read from the database. Raises: DamagedStore."""
    engine = open_engine(path, data_key)
    try:
        assert_encrypted(path)
        engine.connect().close()
    except (DatabaseError, FileNotFoundError) as error:
        engine.dispose()
        raise DamagedStore("Die Datenbank fehlt oder ist beschädigt.") from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def local_value(session: Session, name: str) -> bytes | None:
    """A local value inside a transaction that does more; None when never saved."""
    row = cursor_of(session.connection()).execute(_VALUE, (name,)).fetchone()
    return None if row is None else row[0]


def save_local_value(session: Session, name: str, value: bytes | None) -> None:
    """Set or forget a local value inside a transaction that does more."""
    cursor = cursor_of(session.connection())
    if value is None:
        cursor.execute(_FORGET, (name,))
    else:
        cursor.execute(_REMEMBER, (name, value))


def _set_orphaned_key_aside(folder: Path, now: datetime) -> None:
    """Keep a key file without database under another name: its database may still turn up."""
    path = folder / KEY_FILE
    if path.exists():
        path.rename(folder / f"{KEY_FILE}.{now:%Y%m%d-%H%M%S}-{os.urandom(3).hex()}")


_VALUE = "SELECT value FROM local_value WHERE name = ?"
_REMEMBER = "INSERT OR REPLACE INTO local_value (name, value) VALUES (?, ?)"
_FORGET = "DELETE FROM local_value WHERE name = ?"
