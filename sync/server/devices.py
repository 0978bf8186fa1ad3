"""Who may speak: enrolment by one-time code, registration anew, and the token of each request."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sync.protocol import DeviceRegistration, EnrolRequest, RenewRequest
from sync.server.database import Database, now_ms
from sync.server.models import Device, EnrolmentCode, Network
from sync.server.problems import code_not_accepted, malformed, token_not_accepted

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is mistaken for a digit when read aloud."""
MISREAD = str.maketrans("OIL", "011")
SEEN_STEP_MS = 600_000
"""Contact without a batch is written down at most every ten minutes."""


@dataclass(frozen=True)
class Caller:
    """The device that a request comes from, known by its token alone."""

    device_id: str
    network_id: int


def hash_of(secret: str) -> bytes:
    """What is stored of a token or code. Both are random and long, so one SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).digest()


def tidy_code(code: str) -> str:
    """The code as it was printed, however it was typed: case, hyphens, O for 0, I and L for 1."""
    return "".join(c for c in code.upper().translate(MISREAD) if c in CODE_ALPHABET)


def authenticate(database: Database, authorization: str) -> Caller:
    """The caller of this Authorization header. Raises RefusalError."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise token_not_accepted()
    with database.reading() as session:
        device = _device_of(session, token)
        if device is None or device.revoked_ms is not None:
            raise token_not_accepted()
        caller = Caller(device.id, device.network_id)
        seen_ms = device.seen_ms
    if now_ms() - seen_ms > SEEN_STEP_MS:
        with database.writing() as session:
            session.execute(
                update(Device).where(Device.id == caller.device_id).values(seen_ms=now_ms())
            )
    return caller


def enrol(database: Database, request: EnrolRequest) -> DeviceRegistration:
    """A new device of the code's network; the code is used up. Raises RefusalError."""
    try:
        with database.writing() as session:
            code = session.execute(
                select(EnrolmentCode)
                .where(EnrolmentCode.code_hash == hash_of(tidy_code(request.code)))
                .with_for_update()
            ).scalar_one_or_none()
            if code is None:
                raise code_not_accepted()
            if code.device_id is not None:
                return _enrolled_before(database, session, code, request.token)
            if code.expires_ms < now_ms():
                raise code_not_accepted()
            device = _new_device(code.network_id, request.device_name, request.token)
            session.add(device)
            code.device_id = device.id
            return _registration(database, session, device)
    except IntegrityError as error:  # the token is somebody's already
        raise malformed("draw another token") from error


def renew(database: Database, caller: Caller, request: RenewRequest) -> DeviceRegistration:
    """A new device of the caller's lineage, for a laptop that was restored or cloned."""
    try:
        with database.writing() as session:
            old = session.get_one(Device, caller.device_id)
            present = _device_of(session, request.token)
            if present is not None and present.id != old.id and present.lineage == old.lineage:
                return _registration(database, session, present)  # the reply was lost
            device = _new_device(old.network_id, old.name, request.token, old.lineage)
            session.add(device)
            return _registration(database, session, device)
    except IntegrityError as error:
        raise malformed("draw another token") from error


def _device_of(session: Session, token: str) -> Device | None:
    return session.execute(
        select(Device).where(Device.token_hash == hash_of(token))
    ).scalar_one_or_none()


def _enrolled_before(
    database: Database, session: Session, code: EnrolmentCode, token: str
) -> DeviceRegistration:
    device = _device_of(session, token)
    if device is None or device.id != code.device_id or device.revoked_ms is not None:
        raise code_not_accepted()
    return _registration(database, session, device)


def _new_device(network_id: int, name: str, token: str, lineage: str = "") -> Device:
    device_id = str(uuid.uuid4())
    now = now_ms()
    return Device(
        id=device_id,
        network_id=network_id,
        lineage=lineage or device_id,
        name=name,
        token_hash=hash_of(token),
        created_ms=now,
        seen_ms=now,
        last_reply="",
        own_from=0,
    )


def _registration(database: Database, session: Session, device: Device) -> DeviceRegistration:
    session.flush()
    identity = database.identity(session)
    network = session.get_one(Network, device.network_id)
    return DeviceRegistration(
        device_id=device.id,
        network=network.name,
        server_id=identity.server_id,
        server_epoch=identity.epoch,
    )
