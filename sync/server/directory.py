"""Who is known by which name: networks, teams and advisors, found or made on demand."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.server.audit import AdministrationError
from sync.server.database import now_ms
from sync.server.models import Network
from sync.server.people_models import Advisor, Team

LONGEST_NAME = 200
LONGEST_PERSON = 64
"""X.520 ub-common-name: it goes into a certificate."""


def checked_name(name: str, what: str, longest: int = LONGEST_NAME) -> str:
    """The name without outer blanks. Raises AdministrationError."""
    name = name.strip()
    if not name or len(name) > longest or not name.isprintable():
        raise AdministrationError(f"A {what} needs a name of 1 to {longest} printable characters.")
    return name


def network_named(session: Session, name: str) -> Network:
    """The network. Raises AdministrationError."""
    network = session.scalar(select(Network).where(Network.name == name))
    if network is None:
        raise AdministrationError(f'There is no network "{name}".')
    return network


def team_named(session: Session, network_id: int, name: str) -> Team:
    """The team; the network's first one for "". Raises AdministrationError."""
    wanted = select(Team).where(Team.network_id == network_id).order_by(Team.id).limit(1)
    if name:
        wanted = wanted.where(Team.name == name)
    team = session.scalar(wanted)
    if team is None:
        raise AdministrationError(f'There is no team "{name}".')
    return team


def new_team(session: Session, network_id: int, name: str, *, shares_files: bool) -> Team:
    """A team without members. Raises AdministrationError."""
    name = checked_name(name, "team")
    if session.scalar(select(Team.id).where(Team.network_id == network_id, Team.name == name)):
        raise AdministrationError(f'There is a team "{name}" already.')
    team = Team(network_id=network_id, name=name, shares_files=shares_files, created_ms=now_ms())
    session.add(team)
    session.flush()
    return team


def new_advisor(session: Session, team: Team, name: str, role: str = "advisor") -> Advisor:
    """A person of that team, who cannot sign in at the console yet."""
    advisor = Advisor(
        id=str(uuid.uuid4()),
        network_id=team.network_id,
        team_id=team.id,
        name=name,
        role=role,
        secret=b"",
        created_ms=now_ms(),
    )
    session.add(advisor)
    session.flush()
    return advisor


def advisor_by_name(session: Session, network_id: int, name: str) -> Advisor | None:
    """Whoever bears this name in the network."""
    return session.scalar(
        select(Advisor).where(Advisor.network_id == network_id, Advisor.name == name)
    )


def advisor_for_person(session: Session, network_id: int, person: str, team: str) -> Advisor:
    """The advisor of this name, made on demand in `team` ("" the first one).

    Raises: AdministrationError, also for one who is disabled or in another team.
    """
    wanted = team_named(session, network_id, team)
    lock_people(session, network_id)
    advisor = advisor_by_name(session, network_id, person)
    if advisor is None:
        return new_advisor(session, wanted, person)
    if advisor.disabled_ms is not None:
        raise AdministrationError(f"{person} is disabled.")
    if team and advisor.team_id != wanted.id:
        raise AdministrationError(f'{person} belongs to another team than "{team}".')
    return advisor


def advisor_for_device(session: Session, network_id: int, device_name: str) -> Advisor:
    """A new advisor of the first team, named after a laptop that was given to nobody by name."""
    lock_people(session, network_id)
    stem = device_name.strip()[: LONGEST_PERSON - 6].strip() or "Laptop"
    name, count = stem, 1
    while advisor_by_name(session, network_id, name) is not None:
        count += 1
        name = f"{stem} {count}"
    return new_advisor(session, team_named(session, network_id, ""), name)


def lock_people(session: Session, network_id: int) -> None:
    """Let nobody else name people of this network until the transaction ends.

    Rows that refer to the network are written meanwhile, as an exchange does under the log's lock,
    which whoever moves a person takes after this one.
    """
    session.get(Network, network_id, with_for_update={"key_share": True})
