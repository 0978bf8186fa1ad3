"""Attachment bytes as files, named by their hash; uploads lie in `partial/`."""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from sync.server.blob_stores.store import READ_BYTES

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PARTIAL = "partial"
LOCKS = "locks"
LOCK_COUNT = 256
"""Files that stand for all uploads: one for each could not be let go of while others open it."""


class FolderStore:
    """Two levels of folders, so that none grows to many thousands of names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in (PARTIAL, LOCKS):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def has(self, session: Session, sha256: str) -> bool:
        """Whether the whole is here."""
        return self._path(sha256).exists()

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to `end`, in pieces. What is not here gives none."""
        try:
            file = self._path(sha256).open("rb")
        except FileNotFoundError:
            return
        with file:
            file.seek(start)
            left = end - start
            while left > 0 and (piece := file.read(min(left, READ_BYTES))):
                left -= len(piece)
                yield piece

    def received(self, upload: str) -> int:
        """How many bytes of an upload are here; 0 where there is none."""
        try:
            return self._partial(upload).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, upload: str, start: int, content: bytes) -> int:
        """How many are here after these; written where they belong, so that twice is like once."""
        with self._alone_with(upload):
            here = self.received(upload)
            if not start <= here < start + len(content):
                return here
            descriptor = os.open(self._partial(upload), os.O_RDWR | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                file.seek(start)
                file.write(content)
        return start + len(content)

    def finish(self, upload: str, sha256: str, total: int) -> bool:
        """Put the upload under its hash, if it has it; durably.

        Nobody writes between the look at the bytes and their new name, which others trust.
        """
        with self._alone_with(upload):
            partial = self._partial(upload)
            if total == 0:
                partial.touch()
            try:
                is_whole = _is_whole(partial, sha256, total)
            except FileNotFoundError:  # the last piece came twice, and the other one was quicker
                return self._path(sha256).exists()
            if not is_whole:
                partial.unlink(missing_ok=True)
                return False
            path = self._path(sha256)
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                partial.replace(path)
            except FileNotFoundError:  # an old upload that was let go of just now
                return path.exists()
            return True

    def drop_uploads(self, before_ms: int) -> int:
        """Let go of uploads that got nothing since then; how many."""
        count = 0
        for partial in (self._folder / PARTIAL).iterdir():
            try:
                if partial.stat().st_mtime * 1000 < before_ms:
                    partial.unlink()
                    count += 1
            except FileNotFoundError:
                continue
        return count

    def stored(self) -> Iterator[str]:
        """The hash of everything that is here."""
        for folder in self._folder.iterdir():
            if len(folder.name) == 2:
                yield from (path.name for path in folder.iterdir())

    def remove(self, session: Session, sha256: str) -> None:
        """Let go of these bytes, if they are here."""
        self._path(sha256).unlink(missing_ok=True)

    @contextmanager
    def _alone_with(self, upload: str) -> Iterator[None]:
        """No other thread or process writes this upload meanwhile."""
        number = zlib.crc32(upload.encode()) % LOCK_COUNT
        with (self._folder / LOCKS / f"{number:02x}").open("ab") as file:
            _lock(file)
            try:
                yield
            finally:
                _unlock(file)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _partial(self, upload: str) -> Path:
        return self._folder / PARTIAL / upload


def _is_whole(partial: Path, sha256: str, total: int) -> bool:
    with partial.open("rb+") as file:
        has_length = os.fstat(file.fileno()).st_size == total
        is_whole = has_length and hashlib.file_digest(file, "sha256").hexdigest() == sha256
        os.fsync(file.fileno())
    return is_whole


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
