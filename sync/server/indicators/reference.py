"""The reference set for the laptops: means by size class, as a file that the network signs.

Its form is that of `networks/<id>/benchmarks.json` on the laptops, its signature that of
`benchmarks.sig`: Ed25519 (RFC 8032) over the file's bytes, in Base64. Both travel in a content
bundle, and the profile of the same network names the public key as reference_key.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.server.indicators.tables import FEWEST_COMPARED, Group, Published, groups_of

N_CLASSES = (FEWEST_COMPARED, 20, 50, 100, 200, 500)
"""A group says only which of these it reaches. Our choice."""


class KeyUnreadableError(ValueError):
    """The key file is no Ed25519 key, or the passphrase does not open it."""


class _Group(msgspec.Struct, kw_only=True):
    dimension: str
    size: str
    firms: int
    is_at_least: bool
    mean: Decimal


class _Set(msgspec.Struct, kw_only=True):
    version: str
    form_id: str
    as_of: str
    source: str
    groups: list[_Group]


def reference_set(published: Published, form: str, source: str) -> bytes:
    """The set of one questionnaire as JSON; as_of is the day on which a mean last changed.

    groups [] while no size class has ten companies.
    """
    groups = [group for group in groups_of(published) if group.form == form]
    found = _Set(
        version=(as_of := _as_of(published, form)),
        form_id=form,
        as_of=as_of,
        source=source,
        groups=[_written(group) for group in _sorted(groups)],
    )
    return msgspec.json.encode(found)


def sign(content: bytes, key: Ed25519PrivateKey) -> bytes:
    """The signature in Base64."""
    return base64.b64encode(key.sign(content))


def public_text(key: Ed25519PrivateKey) -> str:
    """What the network's profile names as reference_key."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode("ascii")


def signing_key(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """The key in that file (PKCS#8, PEM, encrypted), drawn and kept there on first use.

    Raises: KeyUnreadableError, OSError.
    """
    secret = passphrase.encode()
    if not path.exists():
        drawn = Ed25519PrivateKey.generate()
        pem = drawn.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(secret),
        )
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(pem)
        return drawn
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), secret)
    except (ValueError, TypeError) as error:
        raise KeyUnreadableError from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnreadableError
    return key


def _written(group: Group) -> _Group:
    return _Group(
        dimension=group.dimension,
        size=group.size,
        firms=max(least for least in N_CLASSES if least <= group.n),
        is_at_least=True,
        mean=group.mean,
    )


def _sorted(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (group.dimension, group.size))


def _as_of(published: Published, form: str) -> str:
    moments = [
        moment
        for key, moment in published.as_of.items()
        if key.is_measured and key.row.startswith(f"{form} ")
    ]
    return datetime.fromtimestamp(max(moments, default=0) / 1000, UTC).date().isoformat()
