"""Attachment bytes in the database: one thing to back up, at the price of a larger one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sync.server.blob_stores.tables import BlobContent, BlobPiece
from sync.server.database import Database, now_ms

PIECE_BYTES = 1024 * 1024
PARTIAL = "partial/"


class RowStore:
    """Rows of at most 1 MiB; a finished upload only changes its name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has(self, session: Session, sha256: str) -> bool:
        """Whether the whole is here.

        Never with a connection of its own: whoever holds a lock would wait for one that those who
        wait for the lock have taken.
        """
        return _content_id(session, sha256) is not None

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to `end`, in pieces. What is not here gives none."""
        with self._database.reading() as session:
            content_id = _content_id(session, sha256)
            rows = session.execute(
                select(BlobPiece.start, BlobPiece.size)
                .where(BlobPiece.content_id == content_id)
                .order_by(BlobPiece.start)
            ).all()
        for first, size in rows:
            if first < end and first + size > start:
                piece = self._piece(content_id, first)
                yield piece[max(0, start - first) : end - first]

    def received(self, upload: str) -> int:
        """How many bytes of an upload are here; 0 where there is none."""
        with self._database.reading() as session:
            query = select(BlobContent.size).where(BlobContent.name == PARTIAL + upload)
            return session.execute(query).scalar_one_or_none() or 0

    def append(self, upload: str, start: int, content: bytes) -> int:
        """How many are here after these; only what is new of them is written."""
        try:
            with self._database.writing() as session:
                return _append(session, PARTIAL + upload, start, content)
        except IntegrityError:
            return self.received(upload)  # the same piece came twice, at the same time

    def finish(self, upload: str, sha256: str, total: int) -> bool:
        """Put the upload under its hash, if it has it.

        Meanwhile it has a name that no other request knows, which might else put other bytes in the
        place of those that are looked at.
        """
        if total == 0:
            self.append(upload, 0, b"")
        taken = f"{upload}/{secrets.token_hex(8)}"
        name = PARTIAL + taken
        of_upload = BlobContent.name == PARTIAL + upload
        with self._database.writing() as session:
            session.execute(update(BlobContent).where(of_upload).values(name=name))
        digest = hashlib.sha256()
        for piece in self.read(name, 0, total):
            digest.update(piece)
        is_whole = digest.hexdigest() == sha256 and self.received(taken) == total
        with self._database.writing() as session:
            content_id = _content_id(session, name)
            if content_id is None:
                return _content_id(session, sha256) is not None
            if not is_whole:
                _remove(session, content_id)
            elif _content_id(session, sha256) is not None:
                _remove(session, content_id)  # they are here already
            else:
                session.execute(
                    update(BlobContent).where(BlobContent.id == content_id).values(name=sha256)
                )
        return is_whole

    def drop_uploads(self, before_ms: int) -> int:
        """Let go of uploads that got nothing since then; how many."""
        old = select(BlobContent.id).where(
            BlobContent.name.startswith(PARTIAL), BlobContent.written_ms < before_ms
        )
        with self._database.writing() as session:
            found = session.scalars(old).all()
            for content_id in found:
                _remove(session, content_id)
        return len(found)

    def stored(self) -> Iterator[str]:
        """The hash of everything that is here."""
        whole = select(BlobContent.name).where(~BlobContent.name.startswith(PARTIAL))
        with self._database.reading() as session:
            yield from session.scalars(whole).all()

    def remove(self, session: Session, sha256: str) -> None:
        """Let go of these bytes, if they are here; in this transaction."""
        content_id = _content_id(session, sha256)
        if content_id is not None:
            _remove(session, content_id)

    def _piece(self, content_id: int | None, start: int) -> bytes:
        with self._database.reading() as session:
            found = session.execute(
                select(BlobPiece.content).where(
                    BlobPiece.content_id == content_id, BlobPiece.start == start
                )
            ).scalar_one_or_none()
        return found or b""


def _content_id(session: Session, name: str) -> int | None:
    return session.execute(
        select(BlobContent.id).where(BlobContent.name == name)
    ).scalar_one_or_none()


def _append(session: Session, name: str, start: int, content: bytes) -> int:
    row = session.execute(
        select(BlobContent).where(BlobContent.name == name).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        row = BlobContent(name=name, size=0, written_ms=now_ms())
        session.add(row)
        session.flush()
    if start > row.size:
        return row.size
    for at in range(row.size - start, len(content), PIECE_BYTES):
        piece = content[at : at + PIECE_BYTES]
        session.add(BlobPiece(content_id=row.id, start=start + at, size=len(piece), content=piece))
    row.size = max(row.size, start + len(content))
    row.written_ms = now_ms()
    return row.size


def _remove(session: Session, content_id: int) -> None:
    session.execute(delete(BlobPiece).where(BlobPiece.content_id == content_id))
    session.execute(delete(BlobContent).where(BlobContent.id == content_id))
