"""Synchronise with the central server: one run, what it did, and its line in the journal."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from desktop_advisor.domain.german import counted
from desktop_advisor.storage.conflicts import Conflict, list_conflicts
from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from desktop_advisor.usecases.case_figures import empty_where_withdrawn
from desktop_advisor.usecases.content_bundles import refresh_content
from desktop_advisor.usecases.departures import WatchedChanges, note_departures
from desktop_advisor.usecases.network_authority import refresh_authority
from desktop_advisor.usecases.run_outcome import BROUGHT_BACK_LATE, restored_words, together
from desktop_advisor.usecases.server_line import server_line
from desktop_advisor.usecases.sync_failures import NotEnrolled, SyncFailed
from desktop_advisor.usecases.sync_journal import write_journal
from desktop_advisor.usecases.sync_phases import RunLog, RunView, Step
from desktop_advisor.usecases.sync_state import (
    CompanySyncState,
    Standing,
    SyncOverview,
    note_standing,
    show_sync,
    standing,
)
from desktop_advisor.usecases.time_stamping import Stamped, reports_waiting, stamp_reports
from desktop_advisor.usecases.workplace import Workplace
from sync.client.outcome import Outcome, Progress
from sync.client.port import Enrolment

__all__ = [
    "CompanySyncState",
    "LastRun",
    "NotEnrolled",
    "SyncFailed",
    "SyncOverview",
    "SyncResult",
    "conflicts",
    "enrol_device",
    "last_run",
    "result_words",
    "show_sync",
    "synchronise",
]

CLOCK_TOLERANCE_S = 300
"""From five minutes on the advisor is told (our choice); order never depends on it."""
_LAST = "sync.last"


@dataclass(frozen=True)
class SyncResult:
    """What a finished run did. seconds: how long it took. notices: whole sentences.

    departed: which company files left this laptop, and why; shown once, as it may name them.
    """

    sent: int
    received: int
    quarantined: int
    files_sent: int
    files_received: int
    seconds: float
    notices: tuple[str, ...] = ()
    departed: tuple[str, ...] = ()


class LastRun(msgspec.Struct, frozen=True, kw_only=True):
    """What the newest finished run found. at: seconds since 1970.

    clock_ahead_s: by how much this laptop's clock is ahead of the server's. files_missing:
    attachments that nobody has sent yet. content: newest version of the network's content.
    """

    at: float
    clock_ahead_s: float = 0.0
    files_missing: int = 0
    content: int = 0


def last_run(place: Workplace) -> LastRun | None:
    """The newest run that went through; None before the first."""
    saved = place.store.setting(_LAST)
    try:
        return None if saved is None else msgspec.json.decode(saved, type=LastRun)
    except msgspec.MsgspecError:
        return None


def enrol_device(
    place: Workplace, server_url: str, code: str, device_name: str, ca_pem: str = ""
) -> Enrolment:
    """Register this laptop with a one-time code; its changes carry that name. Raises SyncFailed.

    ca_pem: certificates (PEM) of the only authority that may vouch for the server; "" for any.
    """
    from sync.client.enrolment import enrol
    from sync.client.errors import SyncError

    try:
        changes = StoreChanges(place.store)
        made = enrol(changes, server_url.strip(), code.strip(), device_name, ca_pem=ca_pem)
    except SyncError as error:
        raise SyncFailed(error.kind) from error
    note_standing(place, Standing.ACCEPTED)
    if name := device_name.strip():
        place.store.name_device(name)
    return made


def synchronise(
    place: Workplace,
    *,
    progress: Callable[[RunView], None] = lambda _view: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> SyncResult:
    """One run: send what is new, fetch what others did. Raises NotEnrolled, SyncFailed.

    progress: called with all phases whenever one of them has moved. Each end is in the journal.
    """
    log = RunLog()

    def hear(told: Progress) -> None:
        progress(log.hear(told))

    sort_in_all(place.store, cancelled)  # what has arrived may forbid to send what is here
    empty_where_withdrawn(place)
    changes = WatchedChanges(place)
    try:
        outcome = _exchange(changes, hear, cancelled)
    except SyncFailed as failed:
        is_refused = failed.kind == "revoked"
        is_unheard = failed.kind == "offline" and not log.is_answered
        progress(log.refuse() if is_refused or is_unheard else log.fail())
        if is_refused and standing(place) is Standing.ACCEPTED:
            note_standing(place, Standing.SHUT_OUT)
        write_journal(place, "failure", f"{failed.what} {failed.todo}")
        note_departures(place, changes.departures)
        sort_in_all(place.store, cancelled)
        raise
    note_standing(place, Standing.ACCEPTED)
    sort_in_all(
        place.store, cancelled, lambda done, every: progress(log.enter(Step.SORT, done, every))
    )
    if outcome.received:
        empty_where_withdrawn(place)
    progress(log.enter(Step.STAMPS))
    refresh_authority(place, is_needed=reports_waiting(place) > 0)
    news = refresh_content(place, outcome.content_version)
    stamped = stamp_reports(
        place,
        progress=lambda done, every: progress(log.enter(Step.STAMPS, done, every)),
        cancelled=cancelled,
    )
    if stamped.is_changed and changes.waiting():
        outcome = _send_stamps(
            changes, outcome, lambda told: progress(log.hear_along(told)), cancelled
        )
        sort_in_all(place.store, cancelled)
        empty_where_withdrawn(place)
    departed = note_departures(place, changes.departures)
    result = replace(_result(outcome, changes, stamped, news), departed=departed)
    changes.note_whole()
    progress(log.finish(outcome, stamped=stamped.upgraded, has_content=bool(news)))
    _remember(place, outcome, result)
    return result


def _send_stamps(
    changes: WatchedChanges,
    first: Outcome,
    hear: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Outcome:
    """What the whole run did, time stamps sent along; where that fails, they go next time."""
    try:
        return together(first, _exchange(changes, hear, cancelled))
    except SyncFailed:
        return first


def _exchange(
    changes: WatchedChanges,
    hear: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Outcome:
    from sync.client.errors import SyncError
    from sync.client.session import run

    enrolment = changes.enrolment()
    if enrolment is None:
        raise NotEnrolled
    try:
        with server_line(enrolment) as transport:
            return run(changes, transport, progress=hear, cancelled=cancelled)
    except SyncError as error:
        raise SyncFailed(error.kind) from error


def conflicts(place: Workplace) -> list[Conflict]:
    """Fields that were edited on two laptops, with all values."""
    with place.store.read() as session:
        return list_conflicts(session)


def result_words(result: SyncResult) -> str:
    """What a run did, in sentences."""
    sentences = [words] if (words := _moved_words(result)) else []
    if result.quarantined:
        kept = counted(result.quarantined, "Änderung", "Änderungen")
        sentences.append(f"{kept} hat der Server zurückgestellt; Ihre Koordination entscheidet.")
    if not sentences:  # a notice may tell of what was moved once more
        same = "auf beiden Seiten ist alles gleich."
        sentences.append(f"A{same[1:]}" if result.notices else f"Nichts Neues, {same}")
    return " ".join((*sentences, *result.notices))


def _moved_words(result: SyncResult) -> str:
    sent = _counted_both(result.sent, result.files_sent)
    got = _counted_both(result.received, result.files_received)
    if result.sent:
        return f"{sent} gesendet und bestätigt, {got} empfangen."
    parts = [f"{sent} gesendet"] if result.files_sent else []
    if result.received or result.files_received:
        parts.append(f"{got} empfangen")
    return f"{', '.join(parts)}." if parts else ""


def _counted_both(changes: int, files: int) -> str:
    """600 Änderungen und 6 Dateien; keine Änderungen, where there is neither."""
    parts = [counted(changes, "Änderung", "Änderungen")] if changes or not files else []
    return " und ".join(parts + ([counted(files, "Datei", "Dateien")] if files else []))


def _remember(place: Workplace, outcome: Outcome, result: SyncResult) -> None:
    write_journal(place, "run", result_words(result))
    overview = show_sync(place)
    touched = {uuid.UUID(company) for company in outcome.touched}
    for row in overview.companies:
        if row.conflicts and row.company_id in touched:
            fields = counted(row.conflicts, "Feld steht", "Felder stehen")
            text = f"{fields} in zwei Fassungen; beide sind aufbewahrt."
            write_journal(place, "conflict", text, row.company_id)
        if row.quarantined and result.quarantined:
            text = " ".join(row.reasons) or "Der Server hat Änderungen zurückgestellt."
            write_journal(place, "quarantine", text, row.company_id)
    run = LastRun(
        at=place.clock().timestamp(),
        clock_ahead_s=outcome.clock_ahead_s,
        files_missing=outcome.blobs_missing,
        content=outcome.content_version,
    )
    place.store.save_setting(_LAST, msgspec.json.encode(run).decode())


def _result(outcome: Outcome, changes: WatchedChanges, stamped: Stamped, news: str) -> SyncResult:
    notices = [words for words in (news, stamped.words) if words]
    if outcome.device_was_restored:
        notices.append(
            "Dieses Gerät arbeitet mit einer älteren Kopie; es wurde neu angemeldet und "
            "abgeglichen."
        )
    if outcome.server_was_restored:
        notices.append(restored_words(outcome.fresh - changes.new(outcome.fresh)))
    if changes.goes_on and changes.new(outcome.fresh):
        notices.append(BROUGHT_BACK_LATE)
    if outcome.differing:
        files = counted(len(outcome.differing), "Akte war", "Akten waren")
        notices.append(f"{files} hier und am Server verschieden; sie wurden ganz abgeglichen.")
    if outcome.blobs_missing:
        notices.append("Einige Dateien hat noch kein Gerät gesendet; sie folgen später.")
    if abs(outcome.clock_ahead_s) > CLOCK_TOLERANCE_S:
        notices.append("Die Uhr dieses Geräts weicht von der des Servers ab; bitte prüfen.")
    return SyncResult(
        sent=changes.new(outcome.fresh),
        received=outcome.received,
        quarantined=outcome.quarantined,
        files_sent=outcome.blobs_sent,
        files_received=outcome.blobs_received,
        seconds=outcome.duration_s,
        notices=tuple(notices),
    )
