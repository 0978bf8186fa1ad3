"""Passphrases of the web console: kept as Argon2id, checked alike whether the person exists."""

from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import select

from sync.server.audit import AdministrationError, note
from sync.server.database import Database
from sync.server.models import Network
from sync.server.people import AdvisorLine, advisor_line, advisor_of, sign_out
from sync.server.people_models import Advisor

LEAST_PASSPHRASE = 12
LONGEST_PASSPHRASE = 1024
SALT_BYTES = 16
KEY_BYTES = 32
ROUNDS = 2
MEMORY_KIB = 19 * 1024
"""OWASP Password Storage Cheat Sheet (2025): Argon2id, 19 MiB, t=2, p=1; sign-in is limited too."""
FORMAT = b"\x01"
"""First byte of a stored secret: which cost it was made with."""


def set_passphrase(
    database: Database, network_id: int, advisor_id: str, passphrase: str, actor: str
) -> None:
    """Let this person sign in by that passphrase; "" takes the console away again.

    Whoever is signed in as them is signed out. Raises: AdministrationError.
    """
    if passphrase and not LEAST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
        raise AdministrationError("The passphrase needs at least 12 characters.")
    secret = _stored(passphrase) if passphrase else b""
    with database.writing() as session:
        advisor = advisor_of(session, network_id, advisor_id)
        advisor.secret = secret
        sign_out(session, advisor.id)
        action = "console passphrase set" if passphrase else "console passphrase removed"
        note(session, network_id, actor, action, advisor.name)


def signed_in(
    database: Database, network: str, name: str, passphrase: str
) -> tuple[int, AdvisorLine] | None:
    """The network's id and the person, if this is their passphrase and they are not disabled."""
    with database.reading() as session:
        advisor = session.scalar(
            select(Advisor)
            .join(Network, Network.id == Advisor.network_id)
            .where(Network.name == network, Advisor.name == name)
        )
        secret = advisor.secret if advisor is not None else b""
        fits = _fits(secret or _NOBODY, passphrase[:LONGEST_PASSPHRASE])
        if advisor is None or not secret or not fits or advisor.disabled_ms is not None:
            return None
        return advisor.network_id, advisor_line(session, advisor)


def _stored(passphrase: str) -> bytes:
    salt = secrets.token_bytes(SALT_BYTES)
    return FORMAT + salt + _kdf(salt).derive(passphrase.encode())


def _fits(secret: bytes, passphrase: str) -> bool:
    salt, key = secret[1 : 1 + SALT_BYTES], secret[1 + SALT_BYTES :]
    try:
        _kdf(salt).verify(passphrase.encode(), key)
    except InvalidKey:
        return False
    return hmac.compare_digest(secret[:1], FORMAT)


def _kdf(salt: bytes) -> Argon2id:
    return Argon2id(salt=salt, length=KEY_BYTES, iterations=ROUNDS, lanes=1, memory_cost=MEMORY_KIB)


_NOBODY = FORMAT + bytes(SALT_BYTES + KEY_BYTES)
"""Compared with where there is nobody, so that it takes as long."""
