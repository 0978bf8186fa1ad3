"""The laptop's receiving key: colleagues lock hand-over packages to it, only this laptop opens.

Shown as 14 groups of four signs in Crockford's base 32, which can be read aloud: the public key
(X25519) and three bytes of its SHA-256, so that a slip shows at once. The private half is a secret
of the store and never leaves it.
"""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop_advisor.storage.package_errors import BadReceivingKey
from desktop_advisor.usecases.workplace import Workplace

_SECRET = "package.key"  # noqa: S105 - the secret's name
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_KEY_BYTES, _CHECK_BYTES, _SIGNS = 32, 3, 56
_SEPARATORS = frozenset(" -–\t\r\n")


def receiving_key(place: Workplace) -> str:
    """The key as it is shown; made at the first look."""
    private = X25519PrivateKey.from_private_bytes(private_key(place))
    return key_text(private.public_key().public_bytes_raw())


def private_key(place: Workplace) -> bytes:
    """The private half, 32 bytes."""
    kept = place.store.secret(_SECRET)
    if kept is None:
        kept = X25519PrivateKey.generate().private_bytes_raw()
        place.store.save_secret(_SECRET, kept)
    return kept


def key_text(public_key: bytes) -> str:
    """Fourteen groups of four signs."""
    number = int.from_bytes(public_key + _check(public_key), "big")
    signs = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_SIGNS)))
    return "-".join(signs[start : start + 4] for start in range(0, _SIGNS, 4))


def read_key(text: str) -> bytes:
    """The public key, however its text was typed. Raises BadReceivingKey."""
    signs = [sign for sign in text.upper().translate(_MISREAD) if sign not in _SEPARATORS]
    if len(signs) != _SIGNS or any(sign not in _ALPHABET for sign in signs):
        raise BadReceivingKey
    number = 0
    for sign in signs:
        number = number * 32 + _ALPHABET.index(sign)
    raw = number.to_bytes(_KEY_BYTES + _CHECK_BYTES, "big")
    public_key, check = raw[:_KEY_BYTES], raw[_KEY_BYTES:]
    if check != _check(public_key):
        raise BadReceivingKey
    return public_key


def _check(public_key: bytes) -> bytes:
    return hashlib.sha256(b"desktop-advisor receiving key" + public_key).digest()[:_CHECK_BYTES]
