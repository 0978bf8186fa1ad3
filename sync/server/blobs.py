"""Attachment bytes: on disk under their hash, visible to a network only after it sent them itself.

A network that sends bytes which another one has stored before sends all of them and shares the
file, so nobody can find out what others have. Unfinished uploads lie in `partial/`, one per laptop,
and are resumed at their size.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sync.protocol import MAX_BLOB_BYTES, ProblemType
from sync.server.database import Database, now_ms
from sync.server.devices import Caller
from sync.server.models import Blob
from sync.server.problems import RefusalError, refusal

SHA256 = re.compile(r"[0-9a-f]{64}")
CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")
RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})")
READ_BYTES = 256 * 1024


@dataclass(frozen=True)
class Piece:
    """One part of an upload: where it starts and how long the whole is."""

    start: int
    total: int
    content: bytes

    @property
    def end(self) -> int:
        """Where the next part starts."""
        return self.start + len(self.content)


@dataclass(frozen=True)
class Stretch:
    """The part [start, end) of a stored file of `size` bytes."""

    path: Path
    start: int
    end: int
    size: int

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, in pieces."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            left = self.end - self.start
            while left > 0 and (piece := file.read(min(left, READ_BYTES))):
                left -= len(piece)
                yield piece


class BlobShelf:
    """The blob folder and the table that says which network has what."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        (folder / "partial").mkdir(parents=True, exist_ok=True)

    def size(self, caller: Caller, sha256: str) -> int | None:
        """Bytes of a blob that the caller's network has; None for any other."""
        with self._database.reading() as session:
            return session.execute(
                select(Blob.size).where(Blob.network_id == caller.network_id, Blob.sha256 == sha256)
            ).scalar_one_or_none()

    def received(self, caller: Caller, sha256: str) -> int:
        """How many bytes of an unfinished upload of this laptop are here."""
        partial = self._partial(caller, sha256)
        return partial.stat().st_size if partial.exists() else 0

    def stretch(self, caller: Caller, sha256: str, wanted: str) -> Stretch:
        """What a GET with the Range header `wanted` ("" for all) reads. Raises RefusalError."""
        size = self.size(caller, sha256) if SHA256.fullmatch(sha256) else None
        path = self._path(sha256)
        if size is None or not path.exists():
            raise unknown_blob()
        if not wanted:
            return Stretch(path, 0, size, size)
        match = RANGE.fullmatch(wanted)
        start = int(match[1]) if match else size
        end = min(size, int(match[2]) + 1) if match and match[2] else size
        if start >= end:
            raise refusal(
                ProblemType.RANGE,
                HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                "There are no such bytes.",
                Content_Range=f"bytes */{size}",
            )
        return Stretch(path, start, end, size)

    def put(self, caller: Caller, sha256: str, piece: Piece) -> int | None:
        """The bytes received so far, None once the blob is complete. Raises RefusalError."""
        if not SHA256.fullmatch(sha256):
            raise unknown_blob()
        if piece.total > MAX_BLOB_BYTES:
            raise refusal(
                ProblemType.TOO_LARGE,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                "This attachment is too large.",
            )
        if self.size(caller, sha256) is not None and self._path(sha256).exists():
            return None
        received = self._write(caller, sha256, piece)
        if received < piece.total:
            return received
        self._finish(caller, sha256, piece.total)
        return None

    def _write(self, caller: Caller, sha256: str, piece: Piece) -> int:
        """Write at the place the piece names, so that a repeated piece does no harm."""
        received = self.received(caller, sha256)
        if piece.start > received:
            raise refusal(
                ProblemType.BLOB_OFFSET,
                HTTPStatus.CONFLICT,
                "The upload goes on at another place.",
                Upload_Offset=str(received),
            )
        partial = self._partial(caller, sha256)
        with partial.open("r+b" if partial.exists() else "w+b") as file:
            file.seek(piece.start)
            file.write(piece.content)
        return max(received, piece.end)

    def _finish(self, caller: Caller, sha256: str, total: int) -> None:
        partial = self._partial(caller, sha256)
        with partial.open("rb+") as file:
            is_whole = (
                os.fstat(file.fileno()).st_size == total
                and hashlib.file_digest(file, "sha256").hexdigest() == sha256
            )
            os.fsync(file.fileno())
        if not is_whole:
            partial.unlink()
            raise refusal(
                ProblemType.BLOB_HASH,
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "These bytes do not have this hash; send them again from the start.",
                Upload_Offset="0",
            )
        path = self._path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.replace(path)
        self._enter(caller, sha256, total)

    def _enter(self, caller: Caller, sha256: str, size: int) -> None:
        blob = Blob(
            network_id=caller.network_id,
            sha256=sha256,
            size=size,
            received_ms=now_ms(),
        )
        try:
            with self._database.writing() as session:
                session.add(blob)
        except IntegrityError:
            return  # it is there already: a colleague was quicker, or the file had been lost

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _partial(self, caller: Caller, sha256: str) -> Path:
        return self._folder / "partial" / f"{caller.registration_id}-{sha256}"


def unknown_blob() -> RefusalError:
    """One answer for a blob that nobody has and for one that is somebody else's."""
    return refusal(ProblemType.BLOB_UNKNOWN, HTTPStatus.NOT_FOUND, "There is no such attachment.")


def piece_of(content_range: str, content: bytes) -> Piece:
    """The piece that a PUT with this Content-Range ("" for the whole) brings.

    RFC 9110 §14.4 and §14.5. Raises RefusalError.
    """
    if not content_range:
        return Piece(0, len(content), content)
    match = CONTENT_RANGE.fullmatch(content_range)
    if match:
        start, last, total = (int(group) for group in match.groups())
        if last + 1 - start == len(content) and last < total:
            return Piece(start, total, content)
    raise refusal(
        ProblemType.RANGE, HTTPStatus.BAD_REQUEST, "Content-Range and body do not fit together."
    )
