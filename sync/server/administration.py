"""What an administrator does: networks, enrolment codes, and a restored database."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from sync.server import events
from sync.server.audit import COMMAND_LINE, AdministrationError, note
from sync.server.database import Database, draw_id, now_ms
from sync.server.devices import CODE_ALPHABET, hash_of
from sync.server.directory import (
    LONGEST_PERSON,
    advisor_for_person,
    checked_name,
    network_named,
    new_team,
)
from sync.server.laptops import devices, revoke
from sync.server.models import (
    Device,
    EnrolmentCode,
    LogEntry,
    Network,
    ServerIdentity,
    StoredReply,
)

__all__ = ["AdministrationError", "devices", "revoke"]

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


def add_network(database: Database, name: str, actor: str = COMMAND_LINE) -> int:
    """A new network with one team, which shares its files; its id. Raises AdministrationError."""
    name = checked_name(name, "network")
    with database.writing() as session:
        if session.execute(select(Network.id).where(Network.name == name)).first():
            raise AdministrationError(f'There is a network "{name}" already.')
        network = Network(name=name, created_ms=now_ms())
        session.add(network)
        session.flush()
        new_team(session, network.id, FIRST_TEAM, shares_files=True)
        note(session, network.id, actor, "network added", name)
        return network.id


def networks(database: Database) -> Sequence[str]:
    """Names of all networks."""
    with database.reading() as session:
        return session.scalars(select(Network.name).order_by(Network.name)).all()


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


def restored(database: Database, actor: str = COMMAND_LINE) -> str:
    """The new epoch, by which devices learn that this database is an older copy.

    Replies stored before are void, and every device gets everything once more: it may have been
    restored itself in the meantime.
    """
    with database.writing() as session:
        return begin_epoch(session, actor)


def begin_epoch(session: Session, actor: str = COMMAND_LINE) -> str:
    """`restored` within the transaction that restores."""
    epoch = draw_id()
    session.execute(update(ServerIdentity).values(epoch=epoch))
    events.note_restoration(session)
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
    note(session, None, actor, "restored from a copy", epoch)
    return epoch
