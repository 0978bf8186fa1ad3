"""In den Kalender: what is due, as a file that any calendar program takes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.plan import OPEN_STATES
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.report.calendar_file import CalendarEntry, calendar_file
from desktop_advisor.storage.advice_models import FollowUp
from desktop_advisor.storage.models import Company, Measure
from desktop_advisor.usecases.releasing import withheld_measures
from desktop_advisor.usecases.workplace import Workplace


class NothingDue(KnownError):
    """There is no open measure with a date and no open talk to be written."""

    def __init__(self) -> None:
        super().__init__(
            "Es ist nichts einzutragen: keine offene Maßnahme hat einen Termin, und es ist keine "
            "Wiedervorlage vereinbart.",
            todo="Tragen Sie im Maßnahmenplan Termine ein, oder planen Sie eine Wiedervorlage.",
        )


class CalendarNotWritten(KnownError):
    """The file could not be written, for instance on a full or missing drive."""

    def __init__(self, target: Path) -> None:
        super().__init__(
            f"Die Kalenderdatei konnte nicht nach „{target}“ geschrieben werden.",
            safe="Termine und Wiedervorlagen sind in der Firmenakte gespeichert.",
            todo="Bitte prüfen Sie Laufwerk und freien Platz, oder wählen Sie einen anderen Ort.",
        )


@dataclass(frozen=True)
class CalendarWish:
    """What is to be written. case_id: of one case, None for all of them.

    with_names: title and company in clear. A calendar is often read by others and synchronised to
    phones and clouds, so nothing confidential stands in it unless the advisor wants it (design §1).
    """

    case_id: uuid.UUID | None = None
    with_names: bool = False


def write_calendar(place: Workplace, wish: CalendarWish, target: Path) -> int:
    """Write the file; how many entries it has. Raises NothingDue, CalendarNotWritten."""
    entries = calendar_entries(place, wish)
    if not entries:
        raise NothingDue
    try:
        target.write_bytes(calendar_file(entries, place.clock()))
    except OSError as error:
        raise CalendarNotWritten(target) from error
    return len(entries)


def calendar_entries(place: Workplace, wish: CalendarWish) -> list[CalendarEntry]:
    """Open measures with a date and open talks, by day. The UID is the id of the row."""
    with place.store.read() as session:
        names = {c.id: c.name for c in session.scalars(select(Company)) if not c.deleted}
        entries = [
            *_measures(session, wish, names),
            *_talks(session, wish, names),
        ]
    return sorted(entries, key=lambda entry: (entry.day, entry.uid))


def _measures(
    session: Session, wish: CalendarWish, names: dict[uuid.UUID, str]
) -> list[CalendarEntry]:
    query = select(Measure).where(Measure.deleted.is_(False), Measure.state.in_(OPEN_STATES))
    if wish.case_id is not None:
        query = query.where(Measure.case_id == wish.case_id)
    rows = list(session.scalars(query))
    withheld = {
        key
        for company in {m.company_id for m in rows}
        for key in withheld_measures(session, company)
    }
    return [
        CalendarEntry(
            _uid(m.id),
            m.due_on,
            f"{names[m.company_id]}: {m.title}" if wish.with_names else "Maßnahme fällig",
            "Termin aus dem Maßnahmenplan" if wish.with_names else "",
        )
        for m in rows
        if m.due_on is not None and m.company_id in names and m.id not in withheld
    ]


def _talks(
    session: Session, wish: CalendarWish, names: dict[uuid.UUID, str]
) -> list[CalendarEntry]:
    query = select(FollowUp).where(FollowUp.deleted.is_(False), FollowUp.state == "open")
    if wish.case_id is not None:
        query = query.where(FollowUp.case_id == wish.case_id)
    return [
        CalendarEntry(
            _uid(f.id),
            f.due_on,
            f"{names[f.company_id]}: Wiedervorlage" if wish.with_names else "Wiedervorlage",
        )
        for f in session.scalars(query)
        if f.due_on is not None and f.company_id in names
    ]


def _uid(row_id: uuid.UUID) -> str:
    """Globally unique and stable, so that a second file replaces the entries of the first."""
    return f"{row_id}@desktop-advisor"
