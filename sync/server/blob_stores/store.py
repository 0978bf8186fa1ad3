"""What every place for attachment bytes can do.

Bytes lie under their SHA-256 once they are whole. Before that they are an upload, which grows at
its end only, so that it goes on after a cut where it was. Who may see what is none of a store's
business (`sync/server/blobs.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from sqlalchemy.orm import Session

READ_BYTES = 256 * 1024
"""What is read at once where the store does not say otherwise."""


class BlobStoreError(ValueError):
    """There is no such place for attachments, or it is not reachable; the message says why."""


class BlobStore(Protocol):
    """Attachment bytes by SHA-256, and uploads by a name of letters, digits and hyphens.

    Used by several threads and processes at once.
    """

    def has(self, session: Session, sha256: str) -> bool:
        """Whether the whole is here; rows are looked for with this transaction."""

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to `end`, in pieces. What is not here gives none."""

    def received(self, upload: str) -> int:
        """How many bytes of an upload are here; 0 where there is none."""

    def append(self, upload: str, start: int, content: bytes) -> int:
        """How many are here after these, which begin at `start`.

        Those that are here already do no harm; those that leave a gap are not taken.
        """

    def finish(self, upload: str, sha256: str, total: int) -> bool:
        """Put the upload under its hash. False if it has another length or hash; then it is gone.

        The bytes are read and hashed once.
        """

    def drop_uploads(self, before_ms: int) -> int:
        """Let go of uploads that got nothing since then; how many."""

    def stored(self) -> Iterator[str]:
        """The hash of everything that is here."""

    def remove(self, session: Session, sha256: str) -> None:
        """Let go of these bytes, if they are here; rows with this transaction."""


def put_whole(store: BlobStore, upload: str, sha256: str, pieces: Iterable[bytes]) -> bool:
    """Whether these pieces, one after the other, are now in the store under this hash."""
    at = 0
    for piece in pieces:
        at = store.append(upload, at, piece)
    return store.finish(upload, sha256, at)
