"""What an administrator does: networks, enrolment codes, devices, and a restored database."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update

from sync.server.audit import COMMAND_LINE, AdministrationError, note
from sync.server.database import Database, draw_id, now_ms
from sync.server.devices import CODE_ALPHABET, hash_of
from sync.server.models import (
    Device,
    EnrolmentCode,
    IssuedCertificate,
    LogEntry,
    Network,
    Registration,
    ServerIdentity,
    StoredReply,
)
from sync.server.people import (
    LONGEST_PERSON,
    advisor_for_person,
    checked_name,
    network_named,
    new_team,
)

__all__ = ["AdministrationError"]

CODE_GROUPS = 4
CODE_GROUP_LENGTH = 4
"""Sixteen characters of base 32 are 80 bits: not guessed within their few days."""
HOUR_MS = 3_600_000
FIRST_TEAM = "Beratung"


@dataclass(frozen=True)
class Code:
    """A fresh enrolment code, readable here and now only."""

    text: str
    network: str
    expires_ms: int


@dataclass(frozen=True)
class DeviceLine:
    """One laptop of the list; revoked_ms is None while it may sync."""

    device_id: str
    network: str
    name: str
    created_ms: int
    seen_ms: int
    revoked_ms: int | None


def add_network(database: Database, name: str, actor: str = COMMAND_LINE) -> int:
    """A new network with one team, which shares its files; its id. Raises AdministrationError."""
    name = checked_name(name, "network")
    with database.writing() as session:
        if session.execute(select(Network.id).where(Network.name == name)).first():
            raise AdministrationError(f"There is a network {name} already.")
        network = Network(name=name, created_ms=now_ms())
        session.add(network)
        session.flush()
        new_team(session, network.id, FIRST_TEAM, shares_files=True)
        note(session, network.id, actor, "network added", name)
        return network.id


def enrolment_code(
    database: Database,
    network: str,
    valid_hours: float = 72,
    person: str = "",
    team: str = "",
    *,
    actor: str = COMMAND_LINE,
) -> Code:
    """A one-time code for one device of the network. Raises AdministrationError.

    person: whom it is given to, made an advisor of `team` where there is none of that name; a
    certificate for that device then bears this name. Without a person the device's name is used.
    """
    if len(person) > LONGEST_PERSON or not (person.isprintable() and person == person.strip()):
        raise AdministrationError("A person's name has at most 64 printable characters.")
    if team and not person:
        raise AdministrationError("A team is joined by a person; say whose code it is.")
    if not 0 < valid_hours <= 24 * 366:
        raise AdministrationError("A code is valid for more than 0 hours and at most a year.")
    now = now_ms()
    text = "-".join(
        "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_GROUP_LENGTH))
        for _ in range(CODE_GROUPS)
    )
    expires_ms = now + int(valid_hours * HOUR_MS)
    with database.writing() as session:
        network_id = network_named(session, network).id
        advisor = advisor_for_person(session, network_id, person, team) if person else None
        code = EnrolmentCode(
            network_id=network_id,
            code_hash=hash_of(text.replace("-", "")),
            created_ms=now,
            expires_ms=expires_ms,
            person=person,
            advisor_id=advisor.id if advisor else None,
        )
        session.add(code)
        session.flush()
        detail = {"for": person, "valid_hours": valid_hours}
        note(session, network_id, actor, "enrolment code made", str(code.id), detail)
    return Code(text, network, expires_ms)


def devices(database: Database) -> Sequence[DeviceLine]:
    """All registered laptops, by network and name; copies count as the same laptop."""
    with database.reading() as session:
        rows = session.execute(
            select(Registration, Network.name)
            .join(Network, Network.id == Registration.network_id)
            .order_by(Network.name, Registration.name, Registration.created_ms)
        ).all()
        return [
            DeviceLine(r.id, network, r.name, r.created_ms, r.seen_ms, r.revoked_ms)
            for r, network in rows
        ]


def revoke(database: Database, device_id: str) -> None:
    """Shut a laptop out, together with all copies of it: a thief could have made some.

    Its certificates go onto the revocation list.

    Raises: AdministrationError.
    """
    with database.writing() as session:
        device = session.get(Device, device_id)
        if device is None:
            raise AdministrationError(f"There is no device {device_id}.")
        registration = session.get_one(Registration, device.registration_id)
        registration.revoked_ms = registration.revoked_ms or now_ms()
        session.execute(
            update(IssuedCertificate)
            .where(
                IssuedCertificate.registration_id == registration.id,
                IssuedCertificate.revoked_ms.is_(None),
            )
            .values(revoked_ms=registration.revoked_ms)
        )


def restored(database: Database) -> str:
    """The new epoch, by which devices learn that this database is an older copy.

    Replies stored before are void, and every device gets everything once more: it may have been
    restored itself in the meantime.
    """
    epoch = draw_id()
    with database.writing() as session:
        session.execute(update(ServerIdentity).values(epoch=epoch))
        session.execute(delete(StoredReply))
        head = (
            select(func.coalesce(func.max(LogEntry.seq), 0))
            .where(LogEntry.network_id == Device.network_id)
            .scalar_subquery()
        )
        session.execute(
            update(Device)
            .values(last_reply="", own_from=head)
            .execution_options(synchronize_session=False)
        )
    return epoch
