"""A backup: all tables at one moment and all attachments, the same for every kind of database.

    manifest.json                what is in it, with SHA-256 and row count of each part
    tables/NAME.jsonl.zst        a JSON array for each row, columns in the manifest's order
    blobs/ab/HASH                attachments, named by their hash

Bytes stand in Base64. The manifest is written last: a folder without one is no backup. What lies
in the database as attachment bytes is written as attachments, so that it can go elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import zstandard
from sqlalchemy import Connection, LargeBinary, Table, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from sync.server.blob_stores.store import BlobStore
from sync.server.blob_stores.tables import BlobContent, BlobPiece
from sync.server.database import READ_ONLY, Database, now_ms
from sync.server.models import Base, Blob

FORMAT = 1
MANIFEST = "manifest.json"
ROWS_AT_ONCE = 500
READ_BYTES = 1024 * 1024
NOT_WRITTEN = frozenset({BlobContent.__tablename__, BlobPiece.__tablename__})


class BackupError(ValueError):
    """It cannot be made or brought back; the message says why. Nothing was changed."""


class TablePart(msgspec.Struct, frozen=True, kw_only=True):
    """One table; sha256 is that of its file."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds. revision: of the tables. missing: attachments without bytes."""

    format: int
    revision: str
    server_id: str
    taken_ms: int
    tables: tuple[TablePart, ...]
    blobs: tuple[str, ...]
    missing: tuple[str, ...]


def write(database: Database, store: BlobStore, folder: Path) -> Manifest:
    """Write a backup into a new folder while the server goes on. Raises BackupError, OSError."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in ("tables", "blobs"):  # also where the folder was there, for all to look into
        (folder / part).mkdir(mode=0o700)
    with _one_moment(database) as session:
        taken_ms = now_ms()
        revision = str(session.execute(sql("SELECT version_num FROM alembic_version")).scalar())
        server_id = database.identity(session).server_id
        hashes = sorted(set(session.scalars(select(Blob.sha256))))
        tables = tuple(
            _write_table(session.connection(), table, folder) for table in written_tables()
        )
    blobs = [sha256 for sha256 in hashes if _write_blob(store, sha256, folder)]
    manifest = Manifest(
        format=FORMAT,
        revision=revision,
        server_id=server_id,
        taken_ms=taken_ms,
        tables=tables,
        blobs=tuple(blobs),
        missing=tuple(sorted(set(hashes) - set(blobs))),
    )
    _durably(folder / MANIFEST, msgspec.json.encode(manifest))
    return manifest


def verified(folder: Path) -> Manifest:
    """The manifest of a backup of which every part is whole. Raises BackupError."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise BackupError(f"{folder} is no backup.") from error
    if manifest.format != FORMAT:
        raise BackupError("This backup was made by another version of the server.")
    parts = {table_file(folder, part.name): part.sha256 for part in manifest.tables}
    parts |= {blob_file(folder, sha256): sha256 for sha256 in manifest.blobs}
    for path, sha256 in parts.items():
        if not _has_hash(path, sha256):
            raise BackupError(f"The backup is damaged: {path.relative_to(folder)}")
    return manifest


def written_tables() -> list[Table]:
    """All tables of a backup, each after those that it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in NOT_WRITTEN]


def table_file(folder: Path, name: str) -> Path:
    """Where the rows of a table lie."""
    return folder / "tables" / f"{name}.jsonl.zst"


def blob_file(folder: Path, sha256: str) -> Path:
    """Where the bytes of an attachment lie."""
    return folder / "blobs" / sha256[:2] / sha256


def rows_of(folder: Path, part: TablePart, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table as they are to be inserted."""
    binary = {c.name for c in table.columns if isinstance(c.type, LargeBinary)}
    with (
        table_file(folder, part.name).open("rb") as file,
        zstandard.ZstdDecompressor().stream_reader(file) as plain,
    ):
        for line in io.TextIOWrapper(plain, encoding="utf-8", newline="\n"):
            values = zip(part.columns, msgspec.json.decode(line), strict=True)
            yield {
                name: base64.b64decode(value) if name in binary and value is not None else value
                for name, value in values
            }


class _one_moment:  # noqa: N801 - reads as the context that it is
    """A transaction that sees the whole database as it is now, and lets others write."""

    def __init__(self, database: Database) -> None:
        options: dict[str, Any] = {READ_ONLY: True}
        if not database.is_sqlite:
            options["isolation_level"] = "REPEATABLE READ"
        self._session = Session(database.engine.execution_options(**options))

    def __enter__(self) -> Session:
        return self._session

    def __exit__(self, *_exception: object) -> None:
        self._session.close()


def _write_table(connection: Connection, table: Table, folder: Path) -> TablePart:
    path = table_file(folder, table.name)
    rows = 0
    query = select(table).order_by(*table.primary_key.columns)
    found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)
    with path.open("wb") as file:
        with zstandard.ZstdCompressor().stream_writer(file, closefd=False) as packed:
            for row in found:
                packed.write(msgspec.json.encode(list(row)) + b"\n")
                rows += 1
        _flush(file)
    return TablePart(
        name=str(table.name),
        columns=tuple(str(column.name) for column in table.columns),
        rows=rows,
        sha256=_hash(path),
    )


def _write_blob(store: BlobStore, sha256: str, folder: Path) -> bool:
    """Whether its bytes were there; a purge may have taken them in the meantime."""
    path = blob_file(folder, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in store.read(sha256, 0, 2**62):
            digest.update(piece)
            file.write(piece)
        _flush(file)
    if digest.hexdigest() == sha256:
        return True
    path.unlink()
    return False


def _durably(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.new")
    with unfinished.open("wb") as file:
        file.write(content)
        _flush(file)
    unfinished.replace(path)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _has_hash(path: Path, sha256: str) -> bool:
    try:
        return _hash(path) == sha256
    except OSError:
        return False


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
