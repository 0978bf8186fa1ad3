"""After a synchronisation: own sealed reports get their time stamp and later their proofs."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import select

from desktop_advisor.domain.german import counted
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Attachment, Report
from desktop_advisor.usecases.anchors import trusted_seals, trusted_stamps
from desktop_advisor.usecases.network_authority import known_lists
from desktop_advisor.usecases.reporting import read_report
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from desktop_advisor.signing.upgrading import Upgraded
    from desktop_advisor.usecases.time_stamp_line import TimeStampLine

SETTING = "time_stamp_url"
"""Setting of this workplace that goes before the network profile's field of that name."""
_LAST = "B-LT"
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_NOT_INTACT = "Der Zeitstempel wurde geholt, aber die Prüfung danach gelang nicht."
_NOT_SECURE = "Die Adresse des Zeitstempeldienstes ist nicht sicher."


@dataclass(frozen=True)
class Stamped:
    """What a run did. upgraded: reports that carry more proof than before.

    waiting: reports that stay below B-LT. why: the first reason, "" where there is none.
    """

    upgraded: int = 0
    waiting: int = 0
    why: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether something may have been written that is to be sent."""
        return bool(self.upgraded or self.waiting)

    @property
    def words(self) -> str:
        """For the sync log; "" where nothing was to be done."""
        sentences = []
        if self.upgraded:
            reports = counted(self.upgraded, "Bericht hat", "Berichte haben")
            sentences.append(f"{reports} einen Zeitstempel erhalten.")
        if self.waiting:
            rest = counted(self.waiting, "Bericht wartet", "Berichte warten")
            sentences.append(f"{rest} noch auf Zeitstempel oder Nachweise: {self.why}")
        return " ".join(sentences)


def stamp_reports(
    place: Workplace,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Stamped:
    """Bring own sealed reports as far as the configured service carries them.

    The file that was sealed stays beside the new one. Nothing is done, and nothing imported, where
    no service is configured or no report waits. Never raises for what a service or line does.
    """
    url = service_url(place)
    waiting = _waiting(place) if url else []
    if not waiting:
        return Stamped()
    from desktop_advisor.usecases.time_stamp_line import TimeStampLine

    upgraded, notes = 0, list[str]()
    with TimeStampLine() as line:
        for done, report_id in enumerate(waiting):
            if cancelled():
                break
            progress(done, len(waiting))
            better, note = _stamp(place, report_id, url, line)
            upgraded += better
            notes += [note] if note else []
    return Stamped(upgraded, len(notes), notes[0] if notes else "")


def service_url(place: Workplace) -> str:
    """Where the time-stamp service listens; "" where none is configured."""
    return (place.store.setting(SETTING) or place.profile.time_stamp_url).strip()


def reports_waiting(place: Workplace) -> int:
    """Own sealed reports that a configured service would still bring further."""
    return len(_waiting(place)) if service_url(place) else 0


def _waiting(place: Workplace) -> list[uuid.UUID]:
    """Own reports below the last level whose bytes lie on this laptop."""
    query = select(Report.id, Attachment.sha256)
    query = query.join(Attachment, Attachment.id == Report.attachment_id)
    query = query.where(
        Report.deleted.is_(False),
        Report.state == "sealed",
        Report.level != _LAST,
        Report.sealed_by == place.author,
    )
    with place.store.read() as session:
        found = session.execute(query.order_by(Report.sealed_at, Report.id)).all()
    return [report_id for report_id, digest in found if place.store.files.has(digest)]


def _stamp(
    place: Workplace, report_id: uuid.UUID, url: str, line: TimeStampLine
) -> tuple[bool, str]:
    """Whether the report carries more than before, and why not all, as it was written down."""
    with place.store.read() as session:
        before = session.get_one(Report, report_id).level
    pdf = read_report(place, report_id)
    result = _upgraded(place, pdf, url, line)
    if result.pdf == pdf or not _is_intact(place, result.pdf):
        note = result.note if result.pdf == pdf else _NOT_INTACT
        _note(place, report_id, note)
        return False, note
    _keep(place, report_id, result)
    return str(result.level) != before, result.note


def _upgraded(place: Workplace, pdf: bytes, url: str, line: TimeStampLine) -> Upgraded:
    from desktop_advisor.signing.revocation import Line
    from desktop_advisor.signing.time_stamps import TimeStampService
    from desktop_advisor.signing.upgrading import Level, Trust, Upgraded, upgrade

    stamps = trusted_stamps(place)
    if not _is_secure(url, has_anchors=bool(stamps)):
        return Upgraded(pdf, Level.BASIC, _NOT_SECURE)
    return upgrade(
        pdf,
        TimeStampService(url, line.post, stamps),
        Line(get=line.get, post=line.post),
        trust=Trust(seals=trusted_seals(place), stamps=stamps, lists=known_lists(place)),
        at=place.clock(),
    )


def _is_secure(url: str, *, has_anchors: bool) -> bool:
    """HTTPS says who answers; where anchors do, many services offer HTTP only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "https" or parts.hostname in _LOCAL:
        return True
    return parts.scheme == "http" and has_anchors


def _is_intact(place: Workplace, pdf: bytes) -> bool:
    """Whether our own check agrees with what we wrote, before it stands for the report."""
    from desktop_advisor.signing.verification import verify

    return verify(
        pdf,
        expected_sha256=None,
        anchors=trusted_seals(place),
        stamp_anchors=trusted_stamps(place),
        lists=known_lists(place),
        now=place.clock(),
    ).is_intact


def _keep(place: Workplace, report_id: uuid.UUID, result: Upgraded) -> None:
    """The new file as an attachment of its own; the one that was sealed stays what it is."""
    now = place.clock()
    with place.store.edit(place.author) as session:
        report = session.get_one(Report, report_id)
        original = session.get_one(Attachment, report.attachment_id)
        row = Attachment(
            id=new_id(now),
            company_id=report.company_id,
            sha256=place.store.files.add(result.pdf),
            size=len(result.pdf),
            media_type=original.media_type,
            file_name=original.file_name,
        )
        session.add(row)
        report.upgraded_id = row.id
        report.upgraded_hash = sha256(result.pdf).hexdigest()
        report.upgraded_at = now
        report.level = str(result.level)
        report.upgrade_note = result.note


def _note(place: Workplace, report_id: uuid.UUID, note: str) -> None:
    with place.store.edit(place.author) as session:
        session.get_one(Report, report_id).upgrade_note = note
