"""Who may speak: enrolment by one-time code, registration anew, and the token of each request."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sync.protocol import DeviceRegistration, EnrolRequest
from sync.server.audit import AdministrationError, note
from sync.server.database import Database, now_ms
from sync.server.directory import advisor_for_device, advisor_for_person
from sync.server.models import Device, EnrolmentCode, Network, Registration, table_of
from sync.server.people_models import Advisor
from sync.server.problems import code_not_accepted, token_not_accepted, token_taken

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is mistaken for a digit when read aloud."""
MISREAD = str.maketrans("OIL", "011")
SEEN_STEP_MS = 600_000
"""Contact without a batch is written down at most every ten minutes."""
TOKEN_LIFE_MS = 400 * 24 * 3_600_000
"""Without contact a token ends after this; our choice: a long parental leave and some weeks."""


@dataclass(frozen=True)
class Caller:
    """The laptop, or one of its copies, that a request comes from; known by its token alone."""

    registration_id: str
    network_id: int
    advisor_id: str
    team_id: int
    role: str


_LAPTOP, _ADVISOR = table_of(Registration).c, table_of(Advisor).c
CALLER = (
    _LAPTOP.id,
    _LAPTOP.network_id,
    _LAPTOP.advisor_id,
    _LAPTOP.expires_ms,
    _LAPTOP.revoked_ms,
    _ADVISOR.team_id,
    _ADVISOR.role,
    _ADVISOR.disabled_ms,
)
"""What `accepted` reads of a registration and its advisor."""
_FOUND = select(*CALLER, _LAPTOP.seen_ms).join_from(
    table_of(Registration), table_of(Advisor), _ADVISOR.id == _LAPTOP.advisor_id
)
_BY_TOKEN = _FOUND.where(_LAPTOP.token_hash == bindparam("hash"))
_AGAIN = _FOUND.where(_LAPTOP.id == bindparam("laptop")).with_for_update(
    read=True, of=table_of(Registration)
)


def hash_of(secret: str) -> bytes:
    """What is stored of a token or code. Both are random and long, so one SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).digest()


def tidy_code(code: str) -> str:
    """The code as it was printed, however it was typed: case, hyphens, O for 0, I and L for 1."""
    return "".join(c for c in code.upper().translate(MISREAD) if c in CODE_ALPHABET)


def authenticate(database: Database, authorization: str) -> Caller:
    """The caller of this Authorization header. Raises RefusalError."""
    token = bearer_token(authorization)
    now = now_ms()
    with database.asking() as connection:
        found: Any = connection.execute(_BY_TOKEN, {"hash": hash_of(token)}).first()
    caller = accepted(found, now)
    if now - found.seen_ms > SEEN_STEP_MS:
        with database.writing() as session:
            session.execute(
                update(Registration)
                .where(Registration.id == caller.registration_id)
                .values(seen_ms=now, expires_ms=now + TOKEN_LIFE_MS)
            )
    return caller


def accepted(found: Any, now: int) -> Caller:
    """Whose the row with the columns of CALLER is, None for nobody's. Raises RefusalError."""
    if found is None or not _is_accepted(found, found, now):
        raise token_not_accepted()
    return Caller(found.id, found.network_id, found.advisor_id, found.team_id, found.role)


def looked_at_again(session: Session, caller: Caller) -> Caller:
    """The caller as they are now: a body may travel long after its token was looked at.

    Until the transaction ends nobody shuts the laptop out. Raises RefusalError.
    """
    found = session.connection().execute(_AGAIN, {"laptop": caller.registration_id}).first()
    return accepted(found, now_ms())


def bearer_token(authorization: str) -> str:
    """The token in an Authorization header (RFC 6750 §2.1). Raises RefusalError."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise token_not_accepted()
    return token


def _is_accepted(registration: Any, advisor: Any, now: int) -> bool:
    """Whether this Registration and Advisor, or rows with their columns, may speak."""
    return bool(
        registration.revoked_ms is None
        and registration.expires_ms > now
        and advisor.disabled_ms is None
    )


def enrol(database: Database, request: EnrolRequest) -> DeviceRegistration:
    """The first device that this code buys; the code is used up. Raises RefusalError."""
    try:
        with database.writing() as session:
            code = session.execute(
                select(EnrolmentCode)
                .where(EnrolmentCode.code_hash == hash_of(tidy_code(request.code)))
                .with_for_update()
            ).scalar_one_or_none()
            if code is None:
                raise code_not_accepted()
            if code.registration_id is not None:
                return _enrolled_before(database, session, code, request.token)
            if code.expires_ms < now_ms():
                raise code_not_accepted()
            registration = _new_registration(session, code, request)
            code.registration_id = registration.id
            return _give_device(database, session, registration, registration.id)
    except IntegrityError as error:  # the token is somebody's already
        raise token_taken() from error


def renew(database: Database, caller: Caller) -> DeviceRegistration:
    """Another device of the caller's registration, for a laptop that was restored or cloned."""
    with database.writing() as session:
        registration = session.get_one(Registration, caller.registration_id)
        return _give_device(database, session, registration, str(uuid.uuid4()))


def _registration_of(session: Session, token: str) -> Registration | None:
    return session.execute(
        select(Registration).where(Registration.token_hash == hash_of(token))
    ).scalar_one_or_none()


def _enrolled_before(
    database: Database, session: Session, code: EnrolmentCode, token: str
) -> DeviceRegistration:
    """The same answer once more, for a laptop that lost it and so holds the token."""
    registration = _registration_of(session, token)
    if registration is None or registration.id != code.registration_id:
        raise code_not_accepted()
    if not _is_accepted(registration, session.get_one(Advisor, registration.advisor_id), now_ms()):
        raise code_not_accepted()
    return _answer(database, session, registration, registration.id)


def _new_registration(session: Session, code: EnrolmentCode, request: EnrolRequest) -> Registration:
    advisor = _advisor_of(session, code, request.device_name)
    if advisor.disabled_ms is not None:
        raise code_not_accepted()
    now = now_ms()
    registration = Registration(
        id=str(uuid.uuid4()),
        network_id=code.network_id,
        name=request.device_name,
        person=code.person,
        advisor_id=advisor.id,
        token_hash=hash_of(request.token),
        created_ms=now,
        seen_ms=now,
        expires_ms=now + TOKEN_LIFE_MS,
    )
    session.add(registration)
    session.flush()
    actor = f"Gerät {registration.name}"
    note(session, code.network_id, actor, "device enrolled", registration.id, {"for": advisor.name})
    return registration


def _advisor_of(session: Session, code: EnrolmentCode, device_name: str) -> Advisor:
    """Whose laptop it becomes."""
    if code.advisor_id is not None:
        return session.get_one(Advisor, code.advisor_id)
    if code.person:
        try:
            return advisor_for_person(session, code.network_id, code.person, "")
        except AdministrationError as error:
            raise code_not_accepted() from error
    return advisor_for_device(session, code.network_id, device_name)


def _give_device(
    database: Database, session: Session, registration: Registration, device_id: str
) -> DeviceRegistration:
    session.add(
        Device(
            id=device_id,
            registration_id=registration.id,
            network_id=registration.network_id,
            created_ms=now_ms(),
        )
    )
    return _answer(database, session, registration, device_id)


def _answer(
    database: Database, session: Session, registration: Registration, device_id: str
) -> DeviceRegistration:
    identity = database.identity(session)
    return DeviceRegistration(
        device_id=device_id,
        network=session.get_one(Network, registration.network_id).name,
        server_id=identity.server_id,
        server_epoch=identity.epoch,
        person=registration.person,
    )
