"""Für unterwegs bereitstellen: whether everything for a day without a line is on this laptop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import msgspec
from sqlalchemy import select

from desktop_advisor.advice.offers import STALE_AFTER_DAYS
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN, clock_time, counted, short_date
from desktop_advisor.storage.models import Assessment
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.certificate import needs_pin, show_certificate
from desktop_advisor.usecases.content_bundles import content_version
from desktop_advisor.usecases.sync_state import Standing, standing, unsent_work
from desktop_advisor.usecases.synchronising import CLOCK_TOLERANCE_S, LastRun, last_run
from desktop_advisor.usecases.time_stamping import reports_waiting
from desktop_advisor.usecases.workplace import Workplace

LEAST_FREE_BYTES = 2 * 1024**3
"""A day of photos and recordings, a report and its copies, and room for the system; our choice."""
CERTIFICATE_LASTS = timedelta(weeks=3)
"""A renewed certificate may take the network some days; our choice."""
SYNC_IS_FRESH = timedelta(days=7)
"""Older, and what colleagues did or the network published is likely to be missing; our choice."""
_SETTING = "provisioned"


class Way(StrEnum):
    """Where a finding is put right."""

    NONE = ""
    SYNCHRONISE = "synchronise"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class Finding:
    """One thing to do, or with is_note one that is only good to know.

    what: what was found. todo: the next step. way: where a button leads.
    """

    what: str
    todo: str = ""
    way: Way = Way.NONE
    is_note: bool = False


@dataclass(frozen=True)
class Readiness:
    """What the check found. as_of: the last synchronisation, None before the first."""

    at: datetime
    as_of: datetime | None
    todos: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to do."""
        return not self.todos


class _Kept(msgspec.Struct, frozen=True):
    """The last check in the settings. at: seconds since 1970."""

    at: float
    is_ready: bool


def check_readiness(place: Workplace) -> Readiness:
    """Look through everything that a day on the road needs; works without a network."""
    now, last = place.clock(), last_run(place)
    is_enrolled = StoreChanges(place.store).enrolment() is not None
    found = [
        *_server(place, now, last, is_enrolled=is_enrolled),
        *_files(place, last, is_enrolled=is_enrolled),
        *_questionnaires(place),
        *_catalogue(place, now, is_enrolled=is_enrolled),
        *_disk(place),
        *_seal(place, now),
        *_clock(last),
    ]
    readiness = Readiness(
        at=now,
        as_of=datetime.fromtimestamp(last.at, UTC) if last else None,
        todos=tuple(finding for finding in found if not finding.is_note),
        notes=tuple(finding for finding in found if finding.is_note),
    )
    kept = _Kept(now.timestamp(), readiness.is_ready)
    place.store.save_setting(_SETTING, msgspec.json.encode(kept).decode())
    return readiness


def ready_since(place: Workplace) -> datetime | None:
    """When today's check gave the green seal; None where it did not, or there was none today.

    A laptop that the server does not accept any more is not ready for anything.
    """
    if standing(place) is not Standing.ACCEPTED:
        return None
    saved = place.store.setting(_SETTING)
    try:
        kept = msgspec.json.decode(saved or "null", type=_Kept | None)
    except msgspec.MsgspecError:
        return None
    if kept is None or not kept.is_ready:
        return None
    at = datetime.fromtimestamp(kept.at, UTC)
    return at if _day(at) == _day(place.clock()) else None


def _server(
    place: Workplace, now: datetime, last: LastRun | None, *, is_enrolled: bool
) -> Iterator[Finding]:
    if not is_enrolled:
        yield Finding(
            "Dieses Gerät gehört zu keinem zentralen Server: Es gibt keine zweite Kopie.",
            is_note=True,
        )
        return
    if standing(place) is not Standing.ACCEPTED:
        what = "Dieses Gerät ist am zentralen Server nicht mehr zugelassen."
        yield Finding(what, "Bitte wenden Sie sich an Ihre Netzwerkzentrale.")
        return
    if last is None:
        what = "Mit dem zentralen Server wurde noch nie abgeglichen."
        yield Finding(what, "Bitte einmal synchronisieren.", Way.SYNCHRONISE)
        return
    at = datetime.fromtimestamp(last.at, UTC)
    if now - at > SYNC_IS_FRESH:
        what = f"Zuletzt abgeglichen am {short_date(_day(at))}, um {clock_time(at)} Uhr."
        todo = "Akten, Inhalte und die Kopie am Server sind älter als eine Woche."
        yield Finding(what, todo, Way.SYNCHRONISE)
    if last.content > content_version(place):
        what = "Neue Inhalte Ihres Netzwerks sind noch nicht in Gebrauch."
        yield Finding(what, "Der nächste Abgleich holt sie.", Way.SYNCHRONISE)
    work = unsent_work(place)
    if work.changes:
        entries = counted(work.changes, "Eingabe ist", "Eingaben sind")
        what = f"{entries} noch nicht am Server gesichert."
        yield Finding(what, "Geht das Gerät verloren, sind sie fort.", Way.SYNCHRONISE)


def _files(place: Workplace, last: LastRun | None, *, is_enrolled: bool) -> Iterator[Finding]:
    missing = len(StoreChanges(place.store).blobs_to_fetch())
    if not missing:
        return
    files = counted(missing, "Anlage liegt", "Anlagen liegen")
    if last is not None and missing <= last.files_missing:
        what = f"{files} noch auf einem anderen Gerät, das sie nicht gesendet hat."
        yield Finding(what, is_note=True)
    elif is_enrolled:
        what = f"{files} noch nicht auf diesem Gerät."
        yield Finding(what, "Sie kommen beim Synchronisieren.", Way.SYNCHRONISE)
    else:
        yield Finding(f"{files} nicht auf diesem Gerät.", is_note=True)


def _questionnaires(place: Workplace) -> Iterator[Finding]:
    shipped = sorted(path.stem for path in place.resources.forms.glob("*.json"))
    for name in dict.fromkeys([*shipped, *place.own_forms()]):
        try:
            place.form(name)
        except KnownError as error:
            yield Finding(error.what, error.todo)
    begun = select(Assessment.form_id, Assessment.form_hash).where(
        Assessment.deleted.is_(False), Assessment.state == "open", Assessment.form_id != ""
    )
    with place.store.read() as session:
        drafts = session.execute(begun.distinct()).all()
    for name, form_hash in drafts:
        try:
            notice = place.form(name, form_hash).notice
        except KnownError as error:
            yield Finding(error.what, error.todo)
            continue
        if notice:
            yield Finding(notice, is_note=True)


def _catalogue(place: Workplace, now: datetime, *, is_enrolled: bool) -> Iterator[Finding]:
    if not place.offers:
        yield Finding("Auf diesem Gerät ist kein Angebotskatalog.", is_note=True)
        return
    newest = max(offer.checked_on for offer in place.offers)
    if (_day(now) - newest).days > STALE_AFTER_DAYS:
        yield Finding(
            f"Die Förderangebote sind auf dem Stand vom {short_date(newest)}.",
            "Ein neuerer Katalog kommt beim Synchronisieren, wenn Ihr Netzwerk einen hat.",
            Way.SYNCHRONISE if is_enrolled else Way.NONE,
            is_note=not is_enrolled,
        )


def _disk(place: Workplace) -> Iterator[Finding]:
    free = shutil.disk_usage(place.folder).free
    if free < LEAST_FREE_BYTES:
        yield Finding(
            f"Auf dem Laufwerk sind nur noch {free // 1024**2} MB frei.",
            "Für Fotos und Berichte eines Tages werden 2 GB gebraucht; bitte Platz schaffen.",
        )


def _seal(place: Workplace, now: datetime) -> Iterator[Finding]:
    held = None if needs_pin(place) else show_certificate(place)
    if held is None:
        what = "Es ist noch keine Siegel-PIN festgelegt."
        todo = "Ohne sie lässt sich vor Ort kein Bericht siegeln."
        yield Finding(what, todo, Way.CERTIFICATE)
    elif held.valid_to < now + CERTIFICATE_LASTS:
        day = short_date(_day(held.valid_to))
        what = f"Ihr Siegel-Zertifikat gilt nur bis {day}."
        if held.valid_to < now:
            what = f"Ihr Siegel-Zertifikat ist seit {day} abgelaufen."
        yield Finding(what, "Bitte erneuern Sie es vor dem Termin.", Way.CERTIFICATE)
    waiting = reports_waiting(place)
    if waiting:
        reports = counted(waiting, "Bericht wartet", "Berichte warten")
        yield Finding(f"{reports} noch auf einen Zeitstempel.", is_note=True)


def _clock(last: LastRun | None) -> Iterator[Finding]:
    if last is None or abs(last.clock_ahead_s) <= CLOCK_TOLERANCE_S:
        return
    minutes = counted(round(abs(last.clock_ahead_s) / 60), "Minute", "Minuten")
    way = "vor" if last.clock_ahead_s > 0 else "nach"
    what = f"Die Uhr dieses Geräts geht {minutes} {way}."
    yield Finding(what, "Bitte stellen Sie sie: Siegel und Termine tragen diese Zeit.")


def _day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()
