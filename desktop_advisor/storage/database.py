"""Connections to the encrypted database: key, journal, transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2
from sqlalchemy import URL, Connection, Engine, create_engine, event

from desktop_advisor.storage.errors import DamagedStore

if TYPE_CHECKING:
    from pathlib import Path

_PLAIN_HEADER = b"SQLite format 3\x00"
_BUSY_TIMEOUT_MS = 10_000
WRITES = "desktop_advisor_writes"
"""Execution option of an engine whose transactions write."""


def open_engine(path: Path, data_key: bytes) -> Engine:
    """An engine whose connections are keyed; each thread draws its own from the pool.

    A transaction begins as BEGIN, with the option WRITES as BEGIN IMMEDIATE: SQLite would else
    refuse to turn a reader into a writer when somebody has written in between.
    """
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=sqlcipher3.dbapi2,
        pool_size=4,
        max_overflow=12,
        pool_reset_on_return="rollback",
    )

    @event.listens_for(engine, "connect")
    def key_connection(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.isolation_level = None  # transactions are ours, DDL included
        cursor = dbapi_connection.cursor()
        cursor.execute("PRAGMA cipher_log_level = NONE")
        # A raw key: SQLCipher's own stretching would cost 110 ms for each connection.
        cursor.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        cursor.execute("SELECT count(*) FROM sqlite_master")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def checkpoint(engine: Engine) -> None:
    """Everything committed is in the main file and the journal is empty."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def assert_encrypted(path: Path) -> None:
    """Raises: DamagedStore when the file is empty or plain.

    SQLite silently makes a plain file of one that is opened without a key.
    """
    with path.open("rb") as file:
        header = file.read(len(_PLAIN_HEADER))
    if len(header) < len(_PLAIN_HEADER):
        raise DamagedStore("Die Datenbank ist leer oder abgeschnitten.")
    if header == _PLAIN_HEADER:
        raise DamagedStore("Die Datenbank ist nicht verschlüsselt.")
