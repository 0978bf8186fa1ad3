"""Who works with which company file, and erasing one for good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.server import events
from sync.server.audit import AdministrationError, note
from sync.server.database import Database
from sync.server.people import advisor_of
from sync.server.people_models import Advisor, Assignment, CompanyFile, Team

REASONS = {
    "consent-withdrawn": "Einwilligung widerrufen (Art. 17 Abs. 1 lit. b DSGVO)",
    "objection": "Widerspruch (Art. 17 Abs. 1 lit. c DSGVO)",
    "purpose-ended": "Zweck entfallen, Aufbewahrungsfrist beendet (Art. 17 Abs. 1 lit. a DSGVO)",
    "unlawful": "Unrechtmäßig verarbeitet (Art. 17 Abs. 1 lit. d DSGVO)",
    "obligation": "Rechtliche Pflicht zur Löschung (Art. 17 Abs. 1 lit. e DSGVO)",
    "test-data": "Testdaten ohne Unternehmen",
}
"""Why a company file may be erased for good: code, and the German words of the console."""


@dataclass(frozen=True)
class Holder:
    """A team or an advisor that works with a file; id as text."""

    kind: Literal["team", "advisor"]
    id: str
    name: str


@dataclass(frozen=True)
class FileLine:
    """A company file of the list; name "" before it is known. purged_ms: erased for good, why."""

    company_id: str
    name: str
    created_ms: int
    change_count: int
    holders: tuple[Holder, ...]
    purged_ms: int | None
    purge_reason: str


def files(
    database: Database, network_id: int, *, search: str = "", after: str = "", limit: int = 500
) -> Sequence[FileLine]:
    """The network's company files by id; search: part of the name, in any case.

    after: only files with a greater id, to page.
    """
    wanted = (
        select(CompanyFile)
        .where(CompanyFile.network_id == network_id, CompanyFile.company_id > after)
        .order_by(CompanyFile.company_id)
        .limit(limit)
    )
    if search:
        wanted = wanted.where(CompanyFile.name.icontains(search, autoescape=True))
    with database.reading() as session:
        rows = session.scalars(wanted).all()
        holders = _holders(session, network_id, [row.company_id for row in rows])
        return [_line(row, holders[row.company_id]) for row in rows]


def file(database: Database, network_id: int, company_id: str) -> FileLine | None:
    """One company file of the network, None where it has no such."""
    with database.reading() as session:
        row = session.get(CompanyFile, (network_id, company_id))
        if row is None:
            return None
        return _line(row, _holders(session, network_id, [company_id])[company_id])


def assign(
    database: Database,
    network_id: int,
    company_id: str,
    actor: str,
    *,
    team_id: int | None = None,
    advisor_id: str | None = None,
) -> Holder:
    """Give a file to one team or one advisor; who has it already keeps it.

    Raises: AdministrationError.
    """
    with database.writing() as session:
        holder = _holder(session, network_id, team_id, advisor_id)
        try:
            events.assign(session, network_id, company_id, team_id=team_id, advisor_id=advisor_id)
        except events.UnknownFileError as error:
            raise AdministrationError(f"There is no company file {company_id}.") from error
        note(session, network_id, actor, "file assigned", company_id, {holder.kind: holder.name})
        return holder


def withdraw(
    database: Database,
    network_id: int,
    company_id: str,
    actor: str,
    *,
    team_id: int | None = None,
    advisor_id: str | None = None,
) -> Holder:
    """Take a file from one team or one advisor; laptops that thereby lose it let it go.

    What they had not sent of it comes into quarantine. Raises: AdministrationError.
    """
    with database.writing() as session:
        holder = _holder(session, network_id, team_id, advisor_id)
        open_one = session.scalar(
            select(Assignment.id).where(
                Assignment.network_id == network_id,
                Assignment.company_id == company_id,
                Assignment.ended_ms.is_(None),
                Assignment.team_id == team_id
                if advisor_id is None
                else Assignment.advisor_id == advisor_id,
            )
        )
        if open_one is None:
            raise AdministrationError(f"{holder.name} does not work with {company_id}.")
        events.withdraw(session, open_one)
        note(session, network_id, actor, "file withdrawn", company_id, {holder.kind: holder.name})
        return holder


def purge(database: Database, network_id: int, company_id: str, reason: str, actor: str) -> None:
    """Erase a company file for good, on the server and on every laptop (Art. 17 GDPR).

    reason: a code of REASONS. Raises: AdministrationError, also where it is erased already.
    """
    if reason not in REASONS:
        raise AdministrationError(f"A reason is one of {', '.join(REASONS)}.")
    with database.writing() as session:
        if session.get(CompanyFile, (network_id, company_id)) is None:
            raise AdministrationError(f"There is no company file {company_id}.")
        if not events.purge(session, network_id, company_id, reason):
            raise AdministrationError(f"Company file {company_id} is erased already.")
        note(session, network_id, actor, "file purged", company_id, {"reason": reason})


def _line(row: CompanyFile, holders: Sequence[Holder]) -> FileLine:
    return FileLine(
        company_id=row.company_id,
        name=row.name,
        created_ms=row.created_ms,
        change_count=row.change_count,
        holders=tuple(holders),
        purged_ms=row.purged_ms,
        purge_reason=row.purge_reason,
    )


def _holder(
    session: Session, network_id: int, team_id: int | None, advisor_id: str | None
) -> Holder:
    """The one team or advisor of this network that is meant. Raises AdministrationError."""
    if advisor_id is not None and team_id is None:
        advisor = advisor_of(session, network_id, advisor_id)
        return Holder("advisor", advisor.id, advisor.name)
    team = session.get(Team, team_id) if advisor_id is None and team_id is not None else None
    if team is None or team.network_id != network_id:
        raise AdministrationError("Name one team or one person of the network.")
    return Holder("team", str(team.id), team.name)


def _holders(
    session: Session, network_id: int, company_ids: Sequence[str]
) -> dict[str, list[Holder]]:
    """Teams before advisors, each by name."""
    found: dict[str, list[Holder]] = defaultdict(list)
    is_open = (
        Assignment.network_id == network_id,
        Assignment.company_id.in_(company_ids),
        Assignment.ended_ms.is_(None),
    )
    for company_id, team in session.execute(
        select(Assignment.company_id, Team)
        .join(Team, Team.id == Assignment.team_id)
        .where(*is_open)
        .order_by(Team.name)
    ):
        found[company_id].append(Holder("team", str(team.id), team.name))
    for company_id, advisor in session.execute(
        select(Assignment.company_id, Advisor)
        .join(Advisor, Advisor.id == Assignment.advisor_id)
        .where(*is_open)
        .order_by(Advisor.name)
    ):
        found[company_id].append(Holder("advisor", advisor.id, advisor.name))
    return found
