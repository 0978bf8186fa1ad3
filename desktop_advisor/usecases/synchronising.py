"""Synchronise with the central server, and say where everything stands."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.conflicts import Conflict, list_conflicts, settle
from desktop_advisor.storage.models import Company
from desktop_advisor.storage.sync_port import StoreChanges, sync_state
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Enrolment


class NotEnrolled(KnownError):
    """This laptop has not been registered at a central server."""

    def __init__(self) -> None:
        super().__init__(
            "Dieses Gerät ist noch an keinem zentralen Server angemeldet.",
            safe="Alle Daten bleiben verschlüsselt auf diesem Gerät.",
            todo="Bitte geben Sie unter „Synchronisieren“ Adresse und Einmalcode ein.",
        )


class SyncFailed(KnownError):
    """A run ended early; everything not confirmed stays in the outbox."""

    def __init__(self, what: str, todo: str) -> None:
        safe = "Ihre Eingaben sind gespeichert und gehen bei der nächsten Synchronisation mit."
        super().__init__(what, safe=safe, todo=todo)


@dataclass(frozen=True)
class CompanySyncState:
    """Where one company file stands. unsent: changes not yet confirmed by the server."""

    company_id: uuid.UUID
    name: str
    unsent: int
    quarantined: int
    conflicts: int


@dataclass(frozen=True)
class SyncOverview:
    """Where everything stands; server_url "" before enrolment."""

    server_url: str
    network: str
    companies: tuple[CompanySyncState, ...]

    @property
    def unsent(self) -> int:
        """Changes not yet confirmed."""
        return sum(row.unsent for row in self.companies)

    @property
    def unsent_files(self) -> int:
        """Company files with unconfirmed changes."""
        return sum(row.unsent > 0 for row in self.companies)


@dataclass(frozen=True)
class SyncResult:
    """What a finished run did."""

    sent: int
    received: int
    quarantined: int


def show_sync(place: Workplace) -> SyncOverview:
    """State of every company file."""
    enrolment = StoreChanges(place.store).enrolment()
    with place.store.read() as session:
        names = {c.id: c.name for c in session.scalars(select(Company))}
        rows = tuple(
            CompanySyncState(
                s.company_id, names.get(s.company_id, "–"), s.unsent, s.quarantined, s.conflicts
            )
            for s in sync_state(session)
        )
    known = {row.company_id for row in rows}
    quiet = tuple(CompanySyncState(i, n, 0, 0, 0) for i, n in names.items() if i not in known)
    return SyncOverview(
        server_url=enrolment.server_url if enrolment else "",
        network=enrolment.network if enrolment else "",
        companies=tuple(sorted(rows + quiet, key=lambda row: (-row.unsent, row.name))),
    )


def enrol_device(place: Workplace, server_url: str, code: str, device_name: str) -> Enrolment:
    """Register this laptop with a one-time code. Raises SyncFailed."""
    from sync.client.enrolling import enrol
    from sync.client.errors import SyncError

    try:
        return enrol(StoreChanges(place.store), server_url.strip(), code.strip(), device_name)
    except SyncError as error:
        raise _in_german(error) from error


def synchronise(
    place: Workplace,
    *,
    progress: Callable[[str, float], None] = lambda _text, _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> SyncResult:
    """One run: send what is new, fetch what others did. Raises NotEnrolled, SyncFailed.

    progress: called with a German sentence and a share of 0–1.
    """
    from sync.client.errors import SyncError
    from sync.client.session import run
    from sync.client.transport import Transport

    changes = StoreChanges(place.store)
    enrolment = changes.enrolment()
    if enrolment is None:
        raise NotEnrolled
    try:
        outcome = run(
            changes,
            Transport(enrolment.server_url),
            progress=lambda step: progress(_PHASES.get(step.phase, step.phase), step.share),
            cancelled=cancelled,
        )
    except SyncError as error:
        raise _in_german(error) from error
    return SyncResult(outcome.sent, outcome.received, outcome.quarantined)


def conflicts(place: Workplace) -> list[Conflict]:
    """Fields that were edited on two laptops, with all values."""
    with place.store.read() as session:
        return list_conflicts(session)


def settle_conflict(place: Workplace, conflict: Conflict, value: Any) -> None:
    """The advisor says which value holds; the others stay in the history."""
    with place.store.edit(place.author) as session:
        settle(session, conflict, value)


_PHASES: dict[str, str] = {}


def _in_german(error: Exception) -> SyncFailed:
    return SyncFailed(str(error), "")
