"""A central server to test against: one network, laptops on demand, copies of its database."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sync.client.enrolment import enrol
from sync.client.outcome import Outcome
from sync.client.session import run
from sync.client.transport import Transport
from sync.protocol import ChangeName
from sync.server import administration
from sync.server.app import app_over
from sync.server.database import Database, open_database
from sync.server.rates import Rates, unlimited
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore

NETWORK = "ITAS"
CA_PASSPHRASE = "Siegel am Bergaltar 5"
COMPANY = "0190a000-0000-7000-8000-000000000001"
RAM_DISK = Path("/dev/shm")  # noqa: S108 a folder of its own is made in it


@dataclass
class Copy:
    """What a backup of the server holds."""

    database: bytes


class Central:
    """The real application in this process; its files lie in memory where that is possible."""

    def __init__(self, *, with_console: bool = False) -> None:
        parent = RAM_DISK if RAM_DISK.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="advisor-sync-", dir=parent))
        self._file = self.folder / "server.sqlite"
        self.database: Database = open_database(f"sqlite:///{self._file}")
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

    def code(self, network: str = NETWORK) -> str:
        """A fresh one-time code."""
        return administration.enrolment_code(self.database, network).text

    def enrol(self, store: MemoryStore, network: str = NETWORK) -> None:
        """Make the store's laptop a device of the network."""
        enrol(store, "http://127.0.0.1", self.code(network), "Laptop", transport=self.transport)

    def copy(self) -> Copy:
        """A backup of the database; attachments are backed up by themselves."""
        with contextlib.closing(sqlite3.connect(self._file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return Copy(connection.serialize())

    def held(self) -> set[ChangeName]:
        """Names of all changes in the log."""
        with contextlib.closing(sqlite3.connect(self._file)) as connection:
            rows = connection.execute("SELECT writer, first, last FROM known_run").fetchall()
            return {(writer, n) for writer, first, last in rows for n in range(first, last + 1)}

    def epoch(self) -> str:
        """The present epoch."""
        with contextlib.closing(sqlite3.connect(self._file)) as connection:
            return str(connection.execute("SELECT epoch FROM server_identity").fetchone()[0])

    def put_back(self, copy: Copy) -> None:
        """Restore a backup, as a disk image would be: nothing else happens."""
        self.database.close()
        for suffix in ("-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        self._file.write_bytes(copy.database)


def sync(store: MemoryStore, transport: Transport) -> Outcome:
    """One run that nobody watches."""
    return run(store, transport, progress=lambda _: None, cancelled=lambda: False)
