"""Attachments as parts of a company file: who may send and fetch which bytes.

A company file has an attachment once one of its own laptops has sent all of its bytes, even where
another file's lie in the store already, so nobody can find out what others have. Whatever the
caller may not work with is answered like an attachment that does not exist. Bytes for a file that
is not theirs, or not any more, are kept for it all the same, as its changes are kept aside: a
photo taken before a withdrawal was heard of would else be lost with the laptop's copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.protocol import MAX_BLOB_BYTES, ProblemType
from sync.server.access import mine_among, portions, works_with_files
from sync.server.blob_stores.store import BlobStore
from sync.server.database import Database, lock_blobs, lock_log, now_ms
from sync.server.devices import Caller, looked_at_again
from sync.server.models import Blob
from sync.server.people_models import CompanyFile
from sync.server.problems import RefusalError, refusal
from sync.server.projection import begin_file

SHA256 = re.compile(r"[0-9a-f]{64}")
COMPANY_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})", re.ASCII)
RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})", re.ASCII)
UPLOAD_KEPT_MS = 48 * 3_600_000
"""Without another piece until then an upload begins anew. Our choice: a weekend's half."""


@dataclass(frozen=True)
class Piece:
    """One part of an upload: where it starts and how long the whole is."""

    start: int
    total: int
    content: bytes


@dataclass(frozen=True)
class Stretch:
    """The part [start, end) of a stored attachment of `size` bytes."""

    store: BlobStore
    sha256: str
    start: int
    end: int
    size: int

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, in pieces."""
        return self.store.read(self.sha256, self.start, self.end)


@dataclass(frozen=True)
class Swept:
    """How many unfinished uploads and whole attachments a sweep let go of."""

    uploads: int
    blobs: int


class BlobShelf:
    """A store of bytes, and the table that says which company file has which."""

    def __init__(self, database: Database, store: BlobStore) -> None:
        self._database = database
        self._store = store

    def look(self, caller: Caller, company_id: str, sha256: str) -> tuple[int | None, int]:
        """Bytes of an attachment that the file has, None for any other; bytes of its upload."""
        if not _is_name(company_id, sha256):
            return None, 0
        with self._database.reading() as session:
            is_mine = may_touch(session, caller, company_id)
            size = _size(session, caller, company_id, sha256) if is_mine else None
            if size is not None and self._store.has(session, sha256):
                return size, size
        return None, self._store.received(_upload(caller, sha256))

    def stretch(self, caller: Caller, company_id: str, sha256: str, wanted: str) -> Stretch:
        """What a GET with the Range header `wanted` ("" for all) reads. Raises RefusalError."""
        size, _ = self.look(caller, company_id, sha256)
        if size is None:
            raise unknown_blob()
        if not wanted:
            return Stretch(self._store, sha256, 0, size, size)
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
        return Stretch(self._store, sha256, start, end, size)

    def put(self, caller: Caller, company_id: str, sha256: str, piece: Piece) -> int | None:
        """The bytes received so far, None once the attachment is complete. Raises RefusalError."""
        if not _is_name(company_id, sha256):
            raise unknown_blob()
        with self._database.reading() as session:
            if _is_purged(session, caller, company_id):
                raise unknown_blob()
            is_mine = may_touch(session, caller, company_id)
            size = _size(session, caller, company_id, sha256) if is_mine else None
            is_here = size is not None and self._store.has(session, sha256)
        if piece.total > MAX_BLOB_BYTES:
            raise refusal(
                ProblemType.TOO_LARGE,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                "This attachment is too large.",
            )
        if is_here:
            return None
        upload = _upload(caller, sha256)
        received = self._store.append(upload, piece.start, piece.content)
        if piece.start > received:
            raise _goes_on_at(received)
        if received < piece.total:
            return received
        if not self._store.finish(upload, sha256, piece.total):
            raise refusal(
                ProblemType.BLOB_HASH,
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "These bytes do not have this hash; send them again from the start.",
                Upload_Offset="0",
            )
        self._enter(caller, company_id, sha256, piece.total)
        return None

    def sweep(self, now: int | None = None, is_enough: Callable[[], bool] = lambda: False) -> Swept:
        """Let go of uploads that nobody goes on with, and of bytes that no company file has."""
        uploads = self._store.drop_uploads((now or now_ms()) - UPLOAD_KEPT_MS)
        blobs = 0
        for some in portions(list(self._store.stored())):
            if is_enough():
                break
            with self._database.reading() as session:
                known = set(session.scalars(select(Blob.sha256).where(Blob.sha256.in_(some))))
            for sha256 in set(some) - known:
                blobs += self._remove_unless_known(sha256)
        return Swept(uploads, blobs)

    def _remove_unless_known(self, sha256: str) -> bool:
        """Looked at again under the lock: somebody may be just about to enter it."""
        if not SHA256.fullmatch(sha256):
            return False
        with self._database.writing() as session:
            lock_blobs(session)
            if session.execute(select(Blob.size).where(Blob.sha256 == sha256)).first():
                return False
            self._store.remove(session, sha256)
        return True

    def _enter(self, caller: Caller, company_id: str, sha256: str, size: int) -> None:
        with self._database.writing() as session:
            claim(session, caller, company_id)
            lock_blobs(session)
            if not self._store.has(session, sha256):  # a sweep was quicker than we
                raise _goes_on_at(0)
            key = (caller.network_id, company_id, sha256)
            if session.get(Blob, key) is None:
                session.add(
                    Blob(
                        network_id=caller.network_id,
                        company_id=company_id,
                        sha256=sha256,
                        size=size,
                        received_ms=now_ms(),
                    )
                )


def may_touch(session: Session, caller: Caller, company_id: str) -> bool:
    """Whether the caller works with this file, or would be the one who begins it."""
    if mine_among(session, caller, [company_id]):
        return True
    known = session.get(CompanyFile, (caller.network_id, company_id))
    return known is None and works_with_files(caller)


def claim(session: Session, caller: Caller, company_id: str) -> None:
    """Begin a company file whose attachments come before its changes, as its first push would.

    Raises RefusalError when it was erased for good in the meantime, or the laptop shut out.
    """
    lock_log(session, caller.network_id)
    caller = looked_at_again(session, caller)
    if _is_purged(session, caller, company_id):
        raise unknown_blob()
    known = session.get(CompanyFile, (caller.network_id, company_id))
    if known is None and works_with_files(caller):
        begin_file(session, caller, company_id, now_ms())


def forget_companies(session: Session, network_id: int, company_ids: Sequence[str]) -> None:
    """The files have no attachments any more; the next sweep lets go of bytes that no other has."""
    for some in portions(company_ids):
        session.execute(
            delete(Blob).where(Blob.network_id == network_id, Blob.company_id.in_(some))
        )


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
    if match is None:
        raise refusal(
            ProblemType.RANGE, HTTPStatus.BAD_REQUEST, "This Content-Range cannot be read."
        )
    start, last, total = (int(group) for group in match.groups())
    if last + 1 - start != len(content) or last >= total:
        title = "Content-Range and body do not fit together."
        raise refusal(ProblemType.RANGE, HTTPStatus.UNPROCESSABLE_ENTITY, title)
    return Piece(start, total, content)


def _goes_on_at(offset: int) -> RefusalError:
    return refusal(
        ProblemType.BLOB_OFFSET,
        HTTPStatus.CONFLICT,
        "The upload goes on at another place.",
        Upload_Offset=str(offset),
    )


def _is_name(company_id: str, sha256: str) -> bool:
    return bool(COMPANY_ID.fullmatch(company_id) and SHA256.fullmatch(sha256))


def _size(session: Session, caller: Caller, company_id: str, sha256: str) -> int | None:
    blob = session.get(Blob, (caller.network_id, company_id, sha256))
    return None if blob is None else blob.size


def _is_purged(session: Session, caller: Caller, company_id: str) -> bool:
    known = session.get(CompanyFile, (caller.network_id, company_id))
    return known is not None and known.purged_ms is not None


def _upload(caller: Caller, sha256: str) -> str:
    """One per laptop, so that nobody goes on with what another one began."""
    return f"{caller.registration_id}-{sha256}"
