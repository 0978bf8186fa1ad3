"""Brings a backup back, on SQLite and PostgreSQL alike, and tells the laptops by a new epoch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Table, delete, func, insert, select
from sqlalchemy import text as sql

from sync.server import administration
from sync.server.backup import (
    READ_BYTES,
    ROWS_AT_ONCE,
    BackupError,
    Manifest,
    blob_file,
    rows_of,
    written_tables,
)
from sync.server.blob_stores.store import BlobStore, put_whole
from sync.server.database import Database
from sync.server.models import Network


def restore(
    database: Database,
    store: BlobStore,
    folder: Path,
    manifest: Manifest,
    *,
    replace: bool = False,
) -> None:
    """Fill the database from a backup that `backup.verified` has found whole; all of it or nothing.

    replace: erase what the database holds; without it only an empty one is taken. The server must
    not be serving. Attachments that are already in the store stay. Raises BackupError.
    """
    with database.reading() as session:
        revision = str(session.execute(sql("SELECT version_num FROM alembic_version")).scalar())
        is_empty = session.scalar(select(func.count()).select_from(Network)) == 0
    if revision != manifest.revision:
        raise BackupError(
            f"The backup is of tables {manifest.revision}, this server has {revision}: "
            "restore it with the server's version that made it, then update."
        )
    if not is_empty and not replace:
        raise BackupError("The database is not empty; --replace erases what it holds.")
    for sha256 in manifest.blobs:
        with database.reading() as session:
            is_here = store.has(session, sha256)
        if not is_here:
            _put_blob(store, folder, sha256)
    with database.writing() as session:
        connection = session.connection()
        for table in reversed(written_tables()):
            connection.execute(delete(table))
        tables = {table.name: table for table in written_tables()}
        parts = {part.name: part for part in manifest.tables}
        for name, table in tables.items():
            if name in parts:
                rows = rows_of(folder, parts[name], table)
                written = _insert(connection, table, rows)
                if written != parts[name].rows:
                    raise BackupError(f"The backup is damaged: {name}")
                if not database.is_sqlite:
                    _count_on(connection, table)
        administration.begin_epoch(session)


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    while some := list(islice(rows, ROWS_AT_ONCE)):
        connection.execute(insert(table), some)
        count += len(some)
    return count


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL's counters go on after the highest number that came."""
    column = table.autoincrement_column
    if column is None or not isinstance(column.type, BigInteger | Integer):
        return
    connection.execute(
        select(
            func.setval(
                func.pg_get_serial_sequence(table.name, column.name),
                func.coalesce(select(func.max(column)).scalar_subquery(), 0) + 1,
                False,
            )
        )
    )


def _put_blob(store: BlobStore, folder: Path, sha256: str) -> None:
    def pieces() -> Iterator[bytes]:
        with blob_file(folder, sha256).open("rb") as file:
            while piece := file.read(READ_BYTES):
                yield piece

    if not put_whole(store, f"restore-{sha256}", sha256, pieces()):
        raise BackupError(f"The backup is damaged: blobs/{sha256}")
