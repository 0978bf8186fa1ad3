"""Teams and advisors of a network: who belongs where, and what each may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.server import events
from sync.server.audit import AdministrationError, note
from sync.server.database import Database, now_ms
from sync.server.directory import (
    LONGEST_PERSON,
    advisor_by_name,
    checked_name,
    lock_people,
    network_named,
    new_advisor,
    new_team,
    team_named,
)
from sync.server.people_models import ROLES, Advisor, ConsoleSession, Team


@dataclass(frozen=True)
class TeamLine:
    """A team of the list; shares_files: what one of them begins is the whole team's."""

    id: int
    name: str
    shares_files: bool


@dataclass(frozen=True)
class AdvisorLine:
    """A person of the list; has_console: they have a passphrase. disabled_ms: None while let in."""

    id: str
    name: str
    role: str
    team_id: int
    team: str
    has_console: bool
    disabled_ms: int | None


def called(kind: str, name: str) -> str:
    """Team Zwickau, also where that is the team's whole name."""
    return name if name.casefold().startswith(f"{kind.casefold()} ") else f"{kind} {name}"


def network_id_of(database: Database, name: str) -> int:
    """The id of the network of this name. Raises AdministrationError."""
    with database.reading() as session:
        return network_named(session, name).id


def add_team(
    database: Database, network_id: int, name: str, actor: str, *, shares_files: bool = True
) -> TeamLine:
    """A new team of the network. Raises AdministrationError."""
    with database.writing() as session:
        team = new_team(session, network_id, name, shares_files=shares_files)
        note(session, network_id, actor, "team added", team.name, {"shares_files": shares_files})
        return TeamLine(team.id, team.name, team.shares_files)


def teams(database: Database, network_id: int) -> Sequence[TeamLine]:
    """The network's teams by name."""
    with database.reading() as session:
        rows = session.scalars(
            select(Team).where(Team.network_id == network_id).order_by(Team.name)
        )
        return [TeamLine(t.id, t.name, t.shares_files) for t in rows]


def team_id_of(database: Database, network_id: int, name: str) -> int:
    """The id of the team of this name. Raises AdministrationError."""
    with database.reading() as session:
        return team_named(session, network_id, checked_name(name, "team")).id


def add_advisor(
    database: Database,
    network_id: int,
    name: str,
    actor: str,
    *,
    team: str = "",
    role: str = "advisor",
) -> AdvisorLine:
    """A new person of the network, in its first team for "". Raises AdministrationError."""
    name = checked_name(name, "person", LONGEST_PERSON)
    _check_role(role)
    with database.writing() as session:
        lock_people(session, network_id)
        if advisor_by_name(session, network_id, name) is not None:
            raise AdministrationError(f'There is a person "{name}" already.')
        advisor = new_advisor(session, team_named(session, network_id, team), name, role)
        made = advisor_line(session, advisor)
        note(session, network_id, actor, "advisor added", name, {"role": role, "team": made.team})
        return made


def advisors(database: Database, network_id: int) -> Sequence[AdvisorLine]:
    """The network's people by name, disabled ones among them."""
    with database.reading() as session:
        rows = session.scalars(
            select(Advisor).where(Advisor.network_id == network_id).order_by(Advisor.name)
        )
        return [advisor_line(session, advisor) for advisor in rows]


def advisor_named(database: Database, network_id: int, name: str) -> AdvisorLine:
    """The person of this name. Raises AdministrationError."""
    with database.reading() as session:
        advisor = advisor_by_name(session, network_id, name)
        if advisor is None:
            raise AdministrationError(f'There is nobody called "{name}".')
        return advisor_line(session, advisor)


def set_role(
    database: Database, network_id: int, advisor_id: str, role: str, actor: str
) -> AdvisorLine:
    """Give a person another role of ROLES; company files come or go with it.

    Raises: AdministrationError.
    """
    _check_role(role)
    with database.writing() as session:
        lock_people(session, network_id)
        advisor = advisor_of(session, network_id, advisor_id)
        if advisor.role != role:
            detail = {"from": advisor.role, "to": role}
            advisor.role = role
            session.flush()
            events.role_changed(session, advisor.id)
            note(session, network_id, actor, "role set", advisor.name, detail)
        return advisor_line(session, advisor)


def move(
    database: Database, network_id: int, advisor_id: str, team: str, actor: str
) -> AdvisorLine:
    """Move a person to another team: its files come, the old team's go.

    Raises: AdministrationError.
    """
    with database.writing() as session:
        lock_people(session, network_id)
        advisor = advisor_of(session, network_id, advisor_id)
        left = session.get_one(Team, advisor.team_id)
        joined = team_named(session, network_id, checked_name(team, "team"))
        if left.id != joined.id:
            advisor.team_id = joined.id
            session.flush()
            events.moved(session, advisor.id, left.id, joined.id)
            detail = {"from": left.name, "to": joined.name}
            note(session, network_id, actor, "advisor moved", advisor.name, detail)
        return advisor_line(session, advisor)


def disable(database: Database, network_id: int, advisor_id: str, actor: str) -> AdvisorLine:
    """Shut a person out, on every laptop and at the console; nothing of theirs is deleted.

    Raises: AdministrationError.
    """
    with database.writing() as session:
        advisor = advisor_of(session, network_id, advisor_id)
        advisor.disabled_ms = advisor.disabled_ms or now_ms()
        sign_out(session, advisor.id)
        note(session, network_id, actor, "advisor disabled", advisor.name)
        return advisor_line(session, advisor)


def enable(database: Database, network_id: int, advisor_id: str, actor: str) -> AdvisorLine:
    """Let a disabled person in again. Raises AdministrationError."""
    with database.writing() as session:
        advisor = advisor_of(session, network_id, advisor_id)
        advisor.disabled_ms = None
        note(session, network_id, actor, "advisor enabled", advisor.name)
        return advisor_line(session, advisor)


def sign_out(session: Session, advisor_id: str) -> None:
    """End whatever is signed in at the console as this person."""
    session.execute(delete(ConsoleSession).where(ConsoleSession.advisor_id == advisor_id))


def advisor_of(session: Session, network_id: int, advisor_id: str) -> Advisor:
    """The person, if they are of this network. Raises AdministrationError."""
    advisor = session.get(Advisor, advisor_id)
    if advisor is None or advisor.network_id != network_id:
        raise AdministrationError(f"There is no person {advisor_id}.")
    return advisor


def advisor_line(session: Session, advisor: Advisor) -> AdvisorLine:
    """The person as the list shows them."""
    return AdvisorLine(
        id=advisor.id,
        name=advisor.name,
        role=advisor.role,
        team_id=advisor.team_id,
        team=session.get_one(Team, advisor.team_id).name,
        has_console=bool(advisor.secret),
        disabled_ms=advisor.disabled_ms,
    )


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise AdministrationError(f"A role is one of {', '.join(ROLES)}.")
