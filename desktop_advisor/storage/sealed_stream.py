"""One encrypted file, written and read in one pass: a header, then chunks.

Layout: "DAPAKET" and a zero byte, version and length of the header (16 bits each), the header as
JSON, SHA-256 of all that, 32 bytes that prove the key, then chunks of 64 KiB, each with its AES-GCM
tag. Two secrets lead to a key: a passphrase (Argon2id, RFC 9106) or the recipient's private key
(X25519 with an ephemeral key, RFC 7748). HKDF salted with the header's hash derives from them the
file's key and the proof, so that a header changed anywhere opens nothing. The nonce of a chunk is
its number and whether it is the last one (the STREAM construction, Hoang et al. 2015): no chunk can
be left out, moved or cut off unnoticed. A key opens one file only, so no nonce comes twice.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_advisor.storage.key_file import KeyCost
from desktop_advisor.storage.package_errors import (
    BadReceivingKey,
    DamagedPackage,
    ForPassphrase,
    ForRecipient,
    NewerPackage,
    NotAPackage,
    TruncatedPackage,
    WrongPackagePassphrase,
)

MAGIC = b"DAPAKET\x00"
VERSION = 1
CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
_START = struct.Struct(">8sHH")
_LARGEST_HEADER = 4096
_PROOF_BYTES = 32
_MOST_MEMORY_KIB = 256 * 1024
_MOST_ITERATIONS = 16
_MOST_LANES = 16


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the file opens. Byte fields are Base64 in the JSON; those of the other way are empty.

    package_id: 32 hex digits, drawn at random. recipient: the public key it is locked to.
    """

    package_id: str
    way: Literal["passphrase", "recipient"]
    salt: bytes = b""
    cost: KeyCost | None = None
    ephemeral: bytes = b""
    recipient: bytes = b""


@dataclass(frozen=True)
class Lock:
    """What a new file is locked with: its header and the secret behind it."""

    header: Header
    secret: bytes


@dataclass(frozen=True)
class Opener:
    """What the reader has: a typed passphrase, the laptop's private key (X25519, 32 bytes)."""

    passphrase: str = ""
    private_key: bytes = b""


def lock_with_passphrase(passphrase: str, cost: KeyCost) -> Lock:
    """Whoever knows the passphrase opens it."""
    header = Header(os.urandom(16).hex(), "passphrase", salt=os.urandom(16), cost=cost)
    return Lock(header, _stretched(passphrase, header.salt, cost))


def lock_to_recipient(public_key: bytes) -> Lock:
    """Only the holder of the private key opens it. Raises BadReceivingKey."""
    ephemeral = X25519PrivateKey.generate()
    try:
        secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    except ValueError as error:
        raise BadReceivingKey from error
    mine = ephemeral.public_key().public_bytes_raw()
    header = Header(os.urandom(16).hex(), "recipient", ephemeral=mine, recipient=public_key)
    return Lock(header, secret)


class SealedWriter:
    """Writes a file; only after `finish` it opens."""

    def __init__(self, file: BinaryIO, lock: Lock) -> None:
        self._file = file
        encoded = msgspec.json.encode(lock.header)
        head = _START.pack(MAGIC, VERSION, len(encoded)) + encoded
        key, proof = _keys(lock.secret, head)
        self._cipher = AESGCM(key)
        self._number = 0
        self._waiting = bytearray()
        self._hash = hashlib.sha256()
        self._put(head + hashlib.sha256(head).digest() + proof)

    @property
    def digest(self) -> str:
        """SHA-256 of the encrypted file so far, in hex."""
        return self._hash.hexdigest()

    def write(self, content: bytes) -> None:
        """Append plain bytes."""
        self._waiting += content
        while len(self._waiting) > CHUNK_BYTES:  # the last full chunk waits, it may be the end
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._waiting), is_last=True)

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._number, is_last), plain, None))
        self._number += 1

    def _put(self, raw: bytes) -> None:
        self._file.write(raw)
        self._hash.update(raw)


class SealedReader:
    """Reads a file from its beginning; whatever `read` returned is as it was written.

    Attributes:
        header: how it opened.
    """

    def __init__(self, file: BinaryIO, opener: Opener) -> None:
        """Raises a PackageError where it is none, is damaged, or does not open."""
        self._file = file
        self._hash = hashlib.sha256()
        head, self.header, proof = self._read_head()
        key, expected = _keys(_secret(self.header, opener), head)
        if not hmac.compare_digest(proof, expected):
            is_typed = self.header.way == "passphrase"
            raise WrongPackagePassphrase if is_typed else DamagedPackage
        self._cipher = AESGCM(key)
        self._number = 0
        self._plain = memoryview(b"")
        self._ahead = self._raw(CHUNK_BYTES + TAG_BYTES)
        self._is_done = False

    @property
    def bytes_read(self) -> int:
        """How far in the encrypted file."""
        return self._file.tell()

    @property
    def digest(self) -> str:
        """SHA-256 of what was read of the encrypted file, in hex; of all of it at the end."""
        return self._hash.hexdigest()

    def read(self, length: int) -> bytes:
        """Exactly so many plain bytes. Raises DamagedPackage, TruncatedPackage."""
        parts = []
        while length:
            if not self._plain:
                self._next_chunk()
            part = self._plain[:length]
            self._plain = self._plain[len(part) :]
            parts.append(bytes(part))
            length -= len(part)
        return b"".join(parts)

    def finish(self) -> None:
        """See that nothing comes any more. Raises DamagedPackage, TruncatedPackage."""
        if self._plain or self._ahead:
            raise DamagedPackage

    def _next_chunk(self) -> None:
        if self._is_done:
            raise DamagedPackage
        raw, self._ahead = self._ahead, self._raw(CHUNK_BYTES + TAG_BYTES)
        is_last = not self._ahead
        try:
            plain = self._cipher.decrypt(_nonce(self._number, is_last), raw, None)
        except (InvalidTag, ValueError) as error:
            raise self._fault(raw, is_last=is_last) from error
        self._number += 1
        self._is_done = is_last
        self._plain = memoryview(plain)
        if not plain:
            raise DamagedPackage

    def _fault(self, raw: bytes, *, is_last: bool) -> DamagedPackage:
        """A last chunk that was written as one in the middle shows where the file was cut."""
        if not is_last or len(raw) < TAG_BYTES:
            return TruncatedPackage() if is_last else DamagedPackage()
        try:
            self._cipher.decrypt(_nonce(self._number, is_last=False), raw, None)
        except InvalidTag:
            return DamagedPackage("Dieses Übergabepaket ist beschädigt oder unvollständig.")
        return TruncatedPackage()

    def _read_head(self) -> tuple[bytes, Header, bytes]:
        start = self._raw(_START.size)
        if not start.startswith(MAGIC):
            raise NotAPackage
        if len(start) < _START.size:
            raise TruncatedPackage
        _, version, length = _START.unpack(start)
        if length > _LARGEST_HEADER:
            raise NewerPackage if version > VERSION else DamagedPackage
        head = start + self._raw(length)
        checksum, proof = self._raw(_PROOF_BYTES), self._raw(_PROOF_BYTES)
        if len(proof) < _PROOF_BYTES:
            raise TruncatedPackage
        if hashlib.sha256(head).digest() != checksum:
            raise DamagedPackage
        if version > VERSION:
            raise NewerPackage
        return head, _header(head[_START.size :]), proof

    def _raw(self, length: int) -> bytes:
        raw = self._file.read(length)
        self._hash.update(raw)
        return raw


def _header(encoded: bytes) -> Header:
    try:
        header = msgspec.json.decode(encoded, type=Header)
        bytes.fromhex(header.package_id)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise DamagedPackage from error
    if len(header.package_id) != 32:
        raise DamagedPackage
    return header


def _secret(header: Header, opener: Opener) -> bytes:
    """Raises ForPassphrase, ForRecipient, DamagedPackage."""
    if header.way == "passphrase":
        if not opener.passphrase:
            raise ForPassphrase
        if header.cost is None or len(header.salt) != 16 or not _is_payable(header.cost):
            raise DamagedPackage
        return _stretched(opener.passphrase, header.salt, header.cost)
    if len(opener.private_key) != 32:
        raise ForRecipient
    private = X25519PrivateKey.from_private_bytes(opener.private_key)
    if private.public_key().public_bytes_raw() != header.recipient:
        raise ForRecipient
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(header.ephemeral))
    except ValueError as error:
        raise DamagedPackage from error


def _is_payable(cost: KeyCost) -> bool:
    """A forged header must not make the program take all memory or time."""
    return (
        1 <= cost.iterations <= _MOST_ITERATIONS
        and 1 <= cost.lanes <= _MOST_LANES
        and 8 * cost.lanes <= cost.memory_kib <= _MOST_MEMORY_KIB
    )


def _stretched(passphrase: str, salt: bytes, cost: KeyCost) -> bytes:
    # NFC, because macOS and Windows type "ä" as different code points.
    text = unicodedata.normalize("NFC", passphrase.strip()).encode()
    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(text)


def _keys(secret: bytes, head: bytes) -> tuple[bytes, bytes]:
    """The file's key, and what proves it before the first chunk."""
    salt = hashlib.sha256(head).digest()
    info = b"desktop-advisor package v1"
    both = HKDF(algorithm=SHA256(), length=64, salt=salt, info=info).derive(secret)
    return both[:32], both[32:]


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
