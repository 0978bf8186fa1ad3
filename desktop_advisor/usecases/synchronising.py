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
from desktop_advisor.usecases.network_authority import refresh_authority
from desktop_advisor.usecases.time_stamping import Stamped, stamp_reports
from desktop_advisor.usecases.workplace import Workplace
from sync.client.outcome import Outcome, Progress
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
    """A run ended early; everything not confirmed stays in the outbox.

    Attributes:
        kind: what happened, as the sync client names it ("offline", "revoked", …).
    """

    def __init__(self, kind: str) -> None:
        what, todo = _FAILURES.get(kind, _FAILURES["try-again"])
        super().__init__(what, safe=_SAFE, todo=todo)
        self.kind = kind


_SAFE = "Ihre Eingaben sind gespeichert und gehen bei der nächsten Synchronisation mit."
_LATER = "Bitte versuchen Sie es später noch einmal."
_ASK = "Bitte wenden Sie sich an Ihre Netzwerkzentrale."
_FAILURES = {
    "try-again": ("Der Server konnte gerade nicht antworten.", _LATER),
    "offline": (
        "Der Server ist nicht erreichbar.",
        "Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.",
    ),
    "server-says-no": ("Der Server hat die Anfrage gerade abgelehnt.", _LATER),
    "foreign-server": (
        "Unter dieser Adresse antwortet ein anderer Server als bisher; nichts wurde übertragen.",
        _ASK,
    ),
    "server-behind": (
        "Der Server kennt weniger als dieses Gerät schon erhalten hat; nichts wurde gelöscht.",
        _ASK,
    ),
    "revoked": ("Dieses Gerät ist am Server nicht mehr zugelassen.", _ASK),
    "code-not-accepted": (
        "Der Einmalcode wurde nicht angenommen; er ist vertippt, verbraucht oder abgelaufen.",
        "Bitte prüfen Sie ihn, oder lassen Sie sich einen neuen geben.",
    ),
    "no-authority": (
        "Ihr Netzwerk stellt am Server keine Siegel-Zertifikate aus.",
        "Sie siegeln weiter mit dem Zertifikat dieses Geräts; fragen Sie Ihre Netzwerkzentrale.",
    ),
    "protocol-too-old": (
        "Der Server spricht eine neuere Fassung als dieses Programm.",
        "Bitte aktualisieren Sie das Programm.",
    ),
    "address-not-secure": (
        "Die Adresse ist nicht sicher oder nicht gültig.",
        "Bitte geben Sie eine Adresse an, die mit https:// beginnt.",
    ),
    "cancelled": (
        "Die Synchronisation wurde abgebrochen.",
        "Sie können sie jederzeit fortsetzen; Übertragenes wird nicht wiederholt.",
    ),
}
"""Kind of the sync client's error → what happened, what to do."""


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
    files_sent: int
    files_received: int
    seconds: float
    notices: tuple[str, ...] = ()


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
    from sync.client.enrolment import enrol
    from sync.client.errors import SyncError

    try:
        return enrol(StoreChanges(place.store), server_url.strip(), code.strip(), device_name)
    except SyncError as error:
        raise SyncFailed(error.kind) from error


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
    from sync.client.transport import HttpTransport

    changes = StoreChanges(place.store)
    enrolment = changes.enrolment()
    if enrolment is None:
        raise NotEnrolled
    try:
        with HttpTransport(enrolment.server_url) as transport:
            outcome = run(
                changes,
                transport,
                progress=lambda step: progress(*_in_words(step)),
                cancelled=cancelled,
            )
    except SyncError as error:
        raise SyncFailed(error.kind) from error
    refresh_authority(place)
    stamped = stamp_reports(
        place,
        progress=lambda done, every: progress(f"Zeitstempel: {done} von {every}", 0.95),
        cancelled=cancelled,
    )
    return _result(outcome, stamped)


def conflicts(place: Workplace) -> list[Conflict]:
    """Fields that were edited on two laptops, with all values."""
    with place.store.read() as session:
        return list_conflicts(session)


def settle_conflict(place: Workplace, conflict: Conflict, value: Any) -> None:
    """The advisor says which value holds; the others stay in the history."""
    with place.store.edit(place.author) as session:
        settle(session, conflict, value)


_PHASES = {
    "check": ("Server prüfen", 0.05),
    "repeat": ("Unterbrochene Übertragung fortsetzen", 0.1),
    "send-blobs": ("Dateien senden", 0.2),
    "exchange": ("Änderungen senden und empfangen", 0.5),
    "fetch-blobs": ("Dateien empfangen", 0.8),
    "done": ("Fertig", 1.0),
}
"""Phase of a run → what the advisor reads, and about how far that is."""


def _in_words(step: Progress) -> tuple[str, float]:
    words, share = _PHASES.get(step.phase, ("Synchronisieren", 0.5))
    if step.total:
        words = f"{words}: {step.done} von {step.total}"
        share += 0.2 * step.done / step.total
    elif step.sent or step.received:
        words = f"{words}: {step.sent} gesendet, {step.received} empfangen"
    return words, share


def _result(outcome: Outcome, stamped: Stamped) -> SyncResult:
    notices = [stamped.words] if stamped.words else []
    if outcome.device_was_restored:
        notices.append(
            "Dieses Gerät arbeitet mit einer älteren Kopie; es wurde neu angemeldet und "
            "abgeglichen."
        )
    if outcome.server_was_restored:
        notices.append("Der Server wurde wiederhergestellt; Fehlendes wurde erneut gesendet.")
    if outcome.blobs_missing:
        notices.append("Einige Dateien hat noch kein Gerät gesendet; sie folgen später.")
    if abs(outcome.clock_ahead_s) > CLOCK_TOLERANCE_S:
        notices.append("Die Uhr dieses Geräts weicht von der des Servers ab; bitte prüfen.")
    return SyncResult(
        sent=outcome.sent,
        received=outcome.received,
        quarantined=outcome.quarantined,
        files_sent=outcome.blobs_sent,
        files_received=outcome.blobs_received,
        seconds=outcome.duration_s,
        notices=tuple(notices),
    )


CLOCK_TOLERANCE_S = 300
"""From five minutes on the advisor is told (our choice); order never depends on it."""
