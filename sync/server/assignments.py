"""Who works with which company file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.server.database import Database
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
        return [
            FileLine(
                company_id=row.company_id,
                name=row.name,
                created_ms=row.created_ms,
                change_count=row.change_count,
                holders=tuple(holders[row.company_id]),
                purged_ms=row.purged_ms,
                purge_reason=row.purge_reason,
            )
            for row in rows
        ]


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
