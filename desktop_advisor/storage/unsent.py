"""What waits on this laptop for each company file: how much, since when, and why not.

All statements use the partial indexes of the change log: their cost grows with what waits, never
with the number of company files.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Integer, cast, func, literal, select, text

from desktop_advisor.storage.change_log import portions
from desktop_advisor.storage.log_tables import LoggedChange, OpenConflict
from desktop_advisor.storage.raw_rows import cursor_of
from desktop_advisor.storage.sync_models import FileTally, OutboxParcel

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_COUNTER_BITS = 16
"""Low bits of a hybrid logical stamp; above them stand milliseconds since 1970."""


@dataclass(frozen=True)
class Waiting:
    """Changes of one company file that the server has not confirmed.

    local: never sent; sent: on their way, no answer yet. since: when the oldest was written.
    """

    local: int
    sent: int
    since: datetime

    @property
    def count(self) -> int:
        """All of them."""
        return self.local + self.sent


def waiting_by_file(session: Session) -> dict[uuid.UUID, Waiting]:
    """Company files with unconfirmed changes: loose ones, and those packed in the outbox."""
    found: dict[uuid.UUID, Waiting] = {}
    for company, count, sent, oldest in (*session.execute(_LOOSE), *session.execute(_PACKED)):
        known = found.get(company, Waiting(0, 0, _moment(oldest)))
        since = min(known.since, _moment(oldest))
        found[company] = Waiting(known.local + count - sent, known.sent + sent, since)
    return found


def waiting(session: Session) -> int:
    """How many changes that makes over all files."""
    count: int = cursor_of(session.connection()).execute(_ALL).fetchone()[0]
    return count


def quarantine_reasons(session: Session) -> dict[uuid.UUID, tuple[str, ...]]:
    """Company file → why the server keeps changes of it aside, each reason once, in German."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for company, reason in session.execute(_REASONS):
        found[company].append(reason)
    return {company: tuple(reasons) for company, reasons in found.items()}


def changes_held(session: Session, companies: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many changes of these files both sides have, as far as they have been counted."""
    found: dict[uuid.UUID, int] = {}
    for some in portions(list(companies)):
        query = select(FileTally.company_id, FileTally.change_count)
        rows = session.execute(query.where(FileTally.company_id.in_(some)))
        found |= {row.company_id: row.change_count for row in rows}
    return found


def _moment(hlc: int) -> datetime:
    return datetime.fromtimestamp((hlc >> _COUNTER_BITS) / 1000, UTC)


@dataclass(frozen=True)
class FileSyncState:
    """What is still to be done for one company file.

    unsent: changes the server has not confirmed. quarantined: fields whose value the server keeps
    aside. conflicts: fields with two values.
    """

    company_id: uuid.UUID
    unsent: int = 0
    quarantined: int = 0
    conflicts: int = 0


@dataclass(frozen=True)
class SyncTotals:
    """The same over all company files; files: how many have something unsent."""

    files: int
    unsent: int
    quarantined: int
    conflicts: int


def sync_state(session: Session) -> list[FileSyncState]:
    """One entry for each company file with something to do; the cost grows with that only."""
    unsent = {company: waits.count for company, waits in waiting_by_file(session).items()}
    quarantined, conflicts = (
        {company: count for company, count in session.execute(query)}  # noqa: C416 - rows
        for query in (_QUARANTINED_BY_FILE, _CONFLICTS_BY_FILE)
    )
    return [
        FileSyncState(file, unsent.get(file, 0), quarantined.get(file, 0), conflicts.get(file, 0))
        for file in sorted({*unsent, *quarantined, *conflicts})
    ]


def sync_totals(session: Session) -> SyncTotals:
    """What is still to be done altogether."""
    states = sync_state(session)
    return SyncTotals(
        files=sum(state.unsent > 0 for state in states),
        unsent=sum(state.unsent for state in states),
        quarantined=sum(state.quarantined for state in states),
        conflicts=sum(state.conflicts for state in states),
    )


# Literal conditions, because SQLite uses a partial index only when it can see that it applies.
_ALL = (
    "SELECT (SELECT count(*) FROM change_log WHERE upload < 2)"
    " + (SELECT coalesce(sum(waiting_count), 0) FROM outbox_parcel)"
)
_LOOSE = (
    select(LoggedChange.company_id, func.count(), literal(0), func.min(LoggedChange.hlc))
    .where(text("upload < 2"))
    .group_by(LoggedChange.company_id)
)
_PACKED = select(
    OutboxParcel.company_id,
    func.sum(OutboxParcel.waiting_count),
    func.sum(OutboxParcel.waiting_count * cast(OutboxParcel.is_sent, Integer)),
    func.min(OutboxParcel.first_hlc),
)
_PACKED = _PACKED.where(OutboxParcel.waiting_count > 0).group_by(OutboxParcel.company_id)
_REASONS = (
    select(LoggedChange.company_id, LoggedChange.reason)
    .where(text("upload = 3"), LoggedChange.is_head)
    .group_by(LoggedChange.company_id, LoggedChange.reason)
    .order_by(LoggedChange.company_id, LoggedChange.reason)
)
_QUARANTINED_BY_FILE = (
    select(LoggedChange.company_id, func.count())
    .where(text("upload = 3"), LoggedChange.is_head)
    .group_by(LoggedChange.company_id)
)
_CONFLICTS_BY_FILE = select(OpenConflict.company_id, func.count()).group_by(OpenConflict.company_id)
