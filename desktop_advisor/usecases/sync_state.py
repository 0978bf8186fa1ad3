"""Where every company file stands on its way to the central server."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from desktop_advisor.storage.change_log import portions
from desktop_advisor.storage.log_tables import OpenConflict
from desktop_advisor.storage.models import Company
from desktop_advisor.storage.sealed import is_written_once
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.storage.unsent import (
    changes_held,
    quarantine_reasons,
    sync_state,
    waiting_by_file,
)
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_QUIET = 200
"""Files without anything open that are named; a list of thousands is searched elsewhere."""


_STANDING = "sync.standing"


class Standing(StrEnum):
    """How the server received this laptop last."""

    ACCEPTED = ""
    SHUT_OUT = "shut-out"
    TO_BE_ERASED = "to-be-erased"


@dataclass(frozen=True)
class CompanySyncState:
    """Where one company file stands.

    unsent: changes not yet confirmed by the server, of which `sent` are on their way. since: when
    the oldest of them was written. quarantined: fields whose value the server keeps aside, and
    why. applied: changes on both sides; None while nobody has counted. conflicts: fields to be
    decided. late: fields for which something came in after they were sealed; nobody decides them.
    """

    company_id: uuid.UUID
    name: str
    unsent: int
    quarantined: int
    conflicts: int
    sent: int = 0
    since: datetime | None = None
    reasons: tuple[str, ...] = ()
    applied: int | None = None
    late: int = 0

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return bool(self.unsent or self.quarantined or self.conflicts)


@dataclass(frozen=True)
class SyncOverview:
    """Where everything stands; server_url "" before enrolment.

    companies: all with something open, and the first others by name. hidden: further others.
    """

    server_url: str
    network: str
    companies: tuple[CompanySyncState, ...]
    hidden: int = 0
    standing: Standing = Standing.ACCEPTED

    @property
    def unsent(self) -> int:
        """Changes not yet confirmed."""
        return sum(row.unsent for row in self.companies)

    @property
    def unsent_files(self) -> int:
        """Company files with unconfirmed changes."""
        return sum(row.unsent > 0 for row in self.companies)

    @property
    def conflicts(self) -> int:
        """Fields to be decided."""
        return sum(row.conflicts for row in self.companies)

    @property
    def quarantined(self) -> int:
        """Fields whose value the server keeps aside."""
        return sum(row.quarantined for row in self.companies)

    @property
    def since(self) -> datetime | None:
        """When the oldest unconfirmed change was written."""
        return min((row.since for row in self.companies if row.since), default=None)


@dataclass(frozen=True)
class UnsentWork:
    """What the main window always says. since: when the oldest change was written."""

    changes: int
    files: int
    since: datetime | None
    is_enrolled: bool
    standing: Standing = Standing.ACCEPTED


def standing(place: Workplace) -> Standing:
    """What the server said last, also before a restart of the program."""
    return Standing(place.store.setting(_STANDING) or "")


def note_standing(place: Workplace, now: Standing) -> None:
    """Remember what the server says now."""
    if now is not standing(place):
        place.store.save_setting(_STANDING, str(now))


def unsent_work(place: Workplace) -> UnsentWork:
    """How much is not safe at the server yet; the cost grows with that only."""
    is_enrolled = StoreChanges(place.store).enrolment() is not None
    with place.store.read() as session:
        waiting = waiting_by_file(session).values()
    since = min((file.since for file in waiting), default=None)
    count = sum(file.count for file in waiting)
    return UnsentWork(count, len(waiting), since, is_enrolled, standing(place))


def show_sync(place: Workplace) -> SyncOverview:
    """State of every company file that has something open, and of the first others."""
    enrolment = StoreChanges(place.store).enrolment()
    with place.store.read() as session:
        rows = _open_rows(session)
        quiet, hidden = _quiet_rows(session, {row.company_id for row in rows})
    return SyncOverview(
        server_url=enrolment.server_url if enrolment else "",
        network=enrolment.network if enrolment else "",
        companies=tuple(sorted([*rows, *quiet], key=lambda row: (-row.unsent, row.name))),
        hidden=hidden,
        standing=standing(place),
    )


def company_names(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Names of these company files; those that are not here are missing."""
    names: dict[uuid.UUID, str] = {}
    for some in portions(list(ids)):
        found = session.execute(select(Company.id, Company.name).where(Company.id.in_(some)))
        names |= {company: name for company, name in found}  # noqa: C416 - rows
    return names


def _open_rows(session: Session) -> list[CompanySyncState]:
    states = sync_state(session)
    ids = [state.company_id for state in states]
    names, waiting = company_names(session, ids), waiting_by_file(session)
    reasons, held = quarantine_reasons(session), changes_held(session, ids)
    late = _late(session)
    return [
        CompanySyncState(
            company_id=state.company_id,
            name=names.get(state.company_id) or "–",
            unsent=state.unsent,
            quarantined=state.quarantined,
            conflicts=state.conflicts - late[state.company_id],
            late=late[state.company_id],
            sent=waiting[state.company_id].sent if state.company_id in waiting else 0,
            since=waiting[state.company_id].since if state.company_id in waiting else None,
            reasons=reasons.get(state.company_id, ()),
            applied=held.get(state.company_id),
        )
        for state in states
    ]


def _late(session: Session) -> Counter[uuid.UUID]:
    """Company file → open conflicts in what was sealed."""
    found = session.execute(
        select(OpenConflict.company_id, OpenConflict.entity, OpenConflict.field)
    )
    return Counter(company for company, *field in found if is_written_once(*field))


def _quiet_rows(session: Session, busy: set[uuid.UUID]) -> tuple[list[CompanySyncState], int]:
    """The first files with nothing open, and how many more there are."""
    here = Company.deleted.is_(False)
    query = select(Company.id, Company.name).where(here).order_by(Company.name)
    found = [row for row in session.execute(query.limit(MOST_QUIET + len(busy)))]  # noqa: C416
    quiet = [(company, name) for company, name in found if company not in busy][:MOST_QUIET]
    every = session.scalar(select(func.count()).select_from(Company).where(here)) or 0
    held = changes_held(session, [company for company, _ in quiet])
    rows = [
        CompanySyncState(company, name or "–", 0, 0, 0, applied=held.get(company))
        for company, name in quiet
    ]
    return rows, max(0, every - len(quiet) - len(busy))
