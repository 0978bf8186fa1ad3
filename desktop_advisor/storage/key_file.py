"""The random data key, wrapped by the passphrase, in a small JSON file beside the database.

A new passphrase re-wraps 32 bytes instead of re-encrypting everything, and a further wrap (the
network's recovery key) is one more entry in `wraps`.
"""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop_advisor.storage.durable_files import write_durably
from desktop_advisor.storage.errors import DamagedStore, NewerDatabase, WrongPassphrase

if TYPE_CHECKING:
    from pathlib import Path

FILE_VERSION = 1
KEY_BYTES = 32
_NONCE_BYTES = 12
_LARGEST_FILE = 64 * 1024
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_ITERATIONS = 64


class KeyCost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Argon2id cost; the default is RFC 9106 §4, second recommended option (64 MiB, t=3, p=4)."""

    iterations: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


class Wrap(msgspec.Struct, frozen=True):
    """The data key under one secret. kind: passphrase. All byte fields are Base64 in the file."""

    kind: str
    salt: bytes
    cost: KeyCost
    nonce: bytes
    wrapped: bytes


class KeyFile(msgspec.Struct, frozen=True):
    """What the key file says. store_id: random, ties the wraps to this store."""

    version: int
    store_id: bytes
    wraps: tuple[Wrap, ...]


def new_key_file(data_key: bytes, passphrase: str, cost: KeyCost) -> KeyFile:
    """A key file whose only wrap opens with `passphrase`."""
    store_id = os.urandom(16)
    return KeyFile(FILE_VERSION, store_id, (_wrap(data_key, passphrase, cost, store_id),))


def unwrap(key_file: KeyFile, passphrase: str) -> bytes:
    """The data key. Raises: WrongPassphrase."""
    for wrap in key_file.wraps:
        if wrap.kind == "passphrase":
            return _unwrap(wrap, passphrase, key_file.store_id)
    raise DamagedStore("Die Schlüsseldatei enthält keinen Schlüssel für eine Passphrase.")


def rewrapped(key_file: KeyFile, old: str, new: str) -> KeyFile:
    """The same data key under a new passphrase at the same cost. Raises: WrongPassphrase."""
    data_key = unwrap(key_file, old)
    cost = next(w.cost for w in key_file.wraps if w.kind == "passphrase")
    others = tuple(w for w in key_file.wraps if w.kind != "passphrase")
    fresh = _wrap(data_key, new, cost, key_file.store_id)
    return msgspec.structs.replace(key_file, wraps=(fresh, *others))


def save_key_file(path: Path, key_file: KeyFile) -> None:
    """Write it so that a crash leaves either the old or the new file."""
    write_durably(path, msgspec.json.format(msgspec.json.encode(key_file), indent=2))


def load_key_file(path: Path) -> KeyFile:
    """Read it, bounded. Raises: DamagedStore, NewerDatabase."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise DamagedStore("Die Schlüsseldatei fehlt oder ist nicht lesbar.") from error
    try:
        version = msgspec.json.decode(raw, type=_Versioned).version
        if version > FILE_VERSION:
            raise NewerDatabase
        key_file = msgspec.json.decode(raw, type=KeyFile)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DamagedStore("Die Schlüsseldatei ist beschädigt.") from error
    for wrap in key_file.wraps:
        _check_cost(wrap.cost)
    return key_file


class _Versioned(msgspec.Struct):
    version: int


def _check_cost(cost: KeyCost) -> None:
    """A forged file must not make the program take all memory."""
    fits = (
        1 <= cost.iterations <= _MOST_ITERATIONS
        and 1 <= cost.lanes <= 64
        and 8 * cost.lanes <= cost.memory_kib <= _MOST_MEMORY_KIB
    )
    if not fits:
        raise DamagedStore("Die Schlüsseldatei nennt unzulässige Kosten.")


def _key_encryption_key(passphrase: str, salt: bytes, cost: KeyCost) -> bytes:
    # NFC, because macOS and Windows type "ä" as different code points.
    text = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return kdf.derive(text)


def _bound_to(store_id: bytes) -> bytes:
    return b"desktop-advisor data key v1" + store_id


def _wrap(data_key: bytes, passphrase: str, cost: KeyCost, store_id: bytes) -> Wrap:
    _check_cost(cost)
    salt, nonce = os.urandom(16), os.urandom(_NONCE_BYTES)
    key = _key_encryption_key(passphrase, salt, cost)
    sealed = AESGCM(key).encrypt(nonce, data_key, _bound_to(store_id))
    return Wrap("passphrase", salt, cost, nonce, sealed)


def _unwrap(wrap: Wrap, passphrase: str, store_id: bytes) -> bytes:
    try:
        key = _key_encryption_key(passphrase, wrap.salt, wrap.cost)
        data_key = AESGCM(key).decrypt(wrap.nonce, wrap.wrapped, _bound_to(store_id))
    except InvalidTag:
        raise WrongPassphrase from None
    except ValueError as error:
        raise DamagedStore("Die Schlüsseldatei ist beschädigt.") from error
    if len(data_key) != KEY_BYTES:
        raise DamagedStore("Die Schlüsseldatei ist beschädigt.")
    return data_key
