"""Encrypted attachment bytes beside the database, named by the SHA-256 of their content."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_advisor.storage.durable_files import write_durably
from desktop_advisor.storage.errors import DamagedStore, DiskFull, StoreLocked

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"DAA1"
_NONCE_BYTES = 12
_TAG_BYTES = 16
_HASH = re.compile(r"[0-9a-f]{64}")


class AttachmentFiles:
    """Adds and reads attachment bytes; a file is whole on disk before `add` returns.

    Format: "DAA1", 12 bytes nonce, AES-256-GCM of the content with its hash as associated data, so
    that one attachment's file cannot pass for another's.
    """

    def __init__(self, folder: Path, data_key: bytes) -> None:
        self._folder = folder
        self._cipher: AESGCM | None = None
        self.unlock(data_key)

    def lock(self) -> None:
        """Forget the key: `add` and `read` raise StoreLocked until `unlock`."""
        self._cipher = None

    def unlock(self, data_key: bytes) -> None:
        """Derive the key of the files again."""
        info = b"desktop-advisor attachments v1"
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(data_key)
        self._cipher = AESGCM(key)

    def add(self, content: bytes | bytearray) -> str:
        """The SHA-256 under which `content` can be read again; adding twice costs nothing.

        Raises: DiskFull, StoreLocked.
        """
        cipher = self._unlocked()
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            nonce = os.urandom(_NONCE_BYTES)
            sealed = cipher.encrypt(nonce, content, sha256.encode())
            try:
                write_durably(path, _MAGIC + nonce + sealed)
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    raise DiskFull from error
                raise
        return sha256

    def read(self, sha256: str) -> bytes:
        """The plain bytes.

        Raises: KeyError when they are not here, DamagedStore when broken, StoreLocked.
        """
        cipher = self._unlocked()
        try:
            raw = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise KeyError(sha256) from None
        start = len(_MAGIC) + _NONCE_BYTES
        try:
            if not raw.startswith(_MAGIC):
                raise InvalidTag
            content = cipher.decrypt(raw[len(_MAGIC) : start], raw[start:], sha256.encode())
        except (InvalidTag, ValueError) as error:
            raise DamagedStore("Eine Anlage ist beschädigt.") from error
        return content

    def keep_part(self, sha256: str, content: bytes | bytearray) -> None:
        """Keep the first bytes of an attachment that is still to come. Raises as `add` does."""
        path = self._part(sha256)
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._unlocked().encrypt(nonce, content, b"part of " + sha256.encode())
        try:
            write_durably(path, _MAGIC + nonce + sealed)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFull from error
            raise

    def part(self, sha256: str) -> bytes:
        """What `keep_part` kept; b"" where that is nothing or broken."""
        cipher = self._unlocked()
        try:
            raw = self._part(sha256).read_bytes()
            start = len(_MAGIC) + _NONCE_BYTES
            sealed = memoryview(raw)[start:]
            return cipher.decrypt(raw[len(_MAGIC) : start], sealed, b"part of " + sha256.encode())
        except (FileNotFoundError, InvalidTag, ValueError):
            return b""

    def drop_part(self, sha256: str) -> None:
        """Let go of it."""
        self._part(sha256).unlink(missing_ok=True)

    def has(self, sha256: str) -> bool:
        """Whether the bytes are on this laptop."""
        return is_sha256(sha256) and self._path(sha256).exists()

    def size(self, sha256: str) -> int:
        """How many plain bytes there are, without reading them. Raises: KeyError."""
        try:
            stored = self._path(sha256).stat().st_size
        except FileNotFoundError:
            raise KeyError(sha256) from None
        return max(stored - len(_MAGIC) - _NONCE_BYTES - _TAG_BYTES, 0)

    def remove(self, sha256: str) -> None:
        """Forget the bytes, as when what named them is taken back; nothing where there are none.

        A part that came of them goes too.
        """
        self._path(sha256).unlink(missing_ok=True)
        self.drop_part(sha256)

    def _unlocked(self) -> AESGCM:
        if self._cipher is None:
            raise StoreLocked
        return self._cipher

    def _path(self, sha256: str) -> Path:
        """Two levels, so that no folder grows to many thousands of names.

        Raises: KeyError when it is not a hash, because the name may come from another laptop.
        """
        if not is_sha256(sha256):
            raise KeyError(sha256)
        return self._folder / sha256[:2] / sha256

    def _part(self, sha256: str) -> Path:
        path = self._path(sha256)
        return path.with_name(f"{path.name}.part")


def is_sha256(name: str) -> bool:
    """Whether it is a hash as `add` gives it; only such names become file names."""
    return _HASH.fullmatch(name) is not None
