"""A central server to test against: one network, laptops on demand, copies of its database."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

from sqlalchemy import QueuePool, select

from sync.client.enrolment import enrol
from sync.client.outcome import Outcome
from sync.client.session import run
from sync.client.transport import Transport
from sync.protocol import ChangeName
from sync.server import administration
from sync.server.app import app_over
from sync.server.database import Database, open_database
from sync.server.models import Base, KnownRun
from sync.server.rates import Rates, unlimited
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore

NETWORK = "ITAS"
CA_PASSPHRASE = "Siegel am Bergaltar 5"
COMPANY = "0190a000-0000-7000-8000-000000000001"
WAIT_S = 2.0
RAM_DISK = Path("/dev/shm")  # noqa: S108 a folder of its own is made in it


@dataclass
class Copy:
    """What a backup of the server holds: SQLite's file, or rows as PostgreSQL writes them."""

    database: bytes = b""
    tables: dict[str, bytes] = field(default_factory=dict)


class Central:
    """The real application in this process; its files lie in memory where that is possible."""

    def __init__(self, *, with_console: bool = False, database_url: str = "") -> None:
        parent = RAM_DISK if RAM_DISK.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="advisor-sync-", dir=parent))
        self._file = self.folder / "server.sqlite"
        if not database_url:
            self._file.write_bytes(_fresh_tables())
        self.database: Database = open_database(database_url or f"sqlite:///{self._file}")
        administration.add_network(self.database, NETWORK)
        self.app = app_over(
            self.database,
            self.folder / "blobs",
            passphrase=CA_PASSPHRASE,
            rates=Rates(unlimited()),
            with_console=with_console,
        )
        self.transport = AppTransport(self.app)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.transport.close()
        self.database.close()
        shutil.rmtree(self.folder)

    def code(self, network: str = NETWORK, person: str = "") -> str:
        """A fresh one-time code."""
        return administration.enrolment_code(self.database, network, person=person).text

    def enrol(self, store: MemoryStore, network: str = NETWORK, person: str = "") -> None:
        """Make the store's laptop a device of the network."""
        code = self.code(network, person)
        enrol(store, "http://127.0.0.1", code, "Laptop", transport=self.transport)

    def copy(self) -> Copy:
        """A backup of the database; attachments are backed up by themselves."""
        if not self.database.is_sqlite:
            return Copy(tables=self._tables_as_text())
        with contextlib.closing(sqlite3.connect(self._file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return Copy(connection.serialize())

    def held(self) -> set[ChangeName]:
        """Names of all changes in the log."""
        with self.database.reading() as session:
            runs = session.execute(select(KnownRun.writer, KnownRun.first, KnownRun.last)).all()
        return {(writer, n) for writer, first, last in runs for n in range(first, last + 1)}

    def put_back(self, copy: Copy) -> None:
        """Restore a backup, as a disk image would be: nothing else happens."""
        if not self.database.is_sqlite:
            self._write_tables(copy.tables)
            return
        self._wait_for_requests()
        self.database.close()
        for suffix in ("-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        self._file.write_bytes(copy.database)

    def _wait_for_requests(self) -> None:
        """One that is answered may still hold its connection, to which its file would be gone."""
        pool = self.database.engine.pool
        assert isinstance(pool, QueuePool)
        until = time.monotonic() + WAIT_S
        while pool.checkedout() and time.monotonic() < until:
            time.sleep(0.001)

    def _tables_as_text(self) -> dict[str, bytes]:
        found = {}
        with self.database.engine.connect() as connection:
            cursor = connection.connection.cursor()
            for table in Base.metadata.sorted_tables:
                with cursor.copy(f'COPY "{table.name}" TO STDOUT') as rows:
                    found[table.name] = b"".join(bytes(row) for row in rows)
        return found

    def _write_tables(self, tables: dict[str, bytes]) -> None:
        """Emptied by DELETE, which is quicker than TRUNCATE where there are few rows."""
        with self.database.engine.begin() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f'DELETE FROM "{name}"' for name in tables))
            for name, rows in tables.items():
                if rows:
                    with cursor.copy(f'COPY "{name}" FROM STDIN') as target:
                        target.write(rows)


@cache
def _fresh_tables() -> bytes:
    """A database with all tables and nothing in them, made once: its upgrades take a while."""
    with tempfile.TemporaryDirectory(prefix="advisor-sync-") as folder:
        file = Path(folder) / "server.sqlite"
        open_database(f"sqlite:///{file}").close()
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("DELETE FROM server_identity")  # each server draws its own
            connection.commit()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return connection.serialize()


def sync(store: MemoryStore, transport: Transport) -> Outcome:
    """One run that nobody watches, and a quiet moment in which all is sorted in."""
    outcome = run(store, transport, progress=lambda _: None, cancelled=lambda: False)
    while store.sort_in(100):
        pass
    return outcome


def sync_whole(store: MemoryStore, transport: Transport) -> Outcome:
    """One run, after which all that it brought is sorted in."""
    outcome = sync(store, transport)
    while store.sort_in(100):
        pass
    return outcome
