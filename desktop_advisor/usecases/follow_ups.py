"""Wiedervorlage: the talks 3, 6 and 12 months after a sealed report, and what came of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.working_days import months_later, working_day_from
from desktop_advisor.storage.advice_models import FollowUp
from desktop_advisor.storage.models import Case, Report
from desktop_advisor.usecases.workplace import Workplace

MONTHS = (3, 6, 12)
"""When one calls again (domain §1, stage 6)."""


class NoSuchTalk(KnownError):
    """A talk was meant to be moved or ended that is not there any more."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Wiedervorlage gibt es nicht mehr.",
            safe="An den anderen Wiedervorlagen hat sich nichts geändert.",
        )


@dataclass(frozen=True)
class Talk:
    """One follow-up talk. months: since the report, None where it was added by hand.

    state: proposed (not stored yet), open, done, dropped. done_on: None until it was held.
    """

    talk_id: uuid.UUID
    months: int | None
    due_on: date
    state: str
    done_on: date | None = None
    note: str = ""


def list_talks(place: Workplace, case_id: uuid.UUID) -> tuple[Talk, ...]:
    """The follow-up talks of a case by date: proposed, open, held and skipped ones.

    Proposed are 3, 6 and 12 months after the latest seal, each on a working day, as long as
    nobody has decided on it; without a sealed report nothing is proposed.
    """
    with place.store.read() as session:
        return _talks(session, case_id)


def accept_talk(place: Workplace, case_id: uuid.UUID, months: int, due_on: date) -> uuid.UUID:
    """Put a proposed talk on the worklist, on this or another day; its id."""
    return _decide(place, case_id, months, due_on, "open")


def skip_talk(place: Workplace, case_id: uuid.UUID, months: int, due_on: date) -> uuid.UUID:
    """Decide that this talk is not held; it is not proposed again. Its id."""
    return _decide(place, case_id, months, due_on, "dropped")


def add_talk(place: Workplace, case_id: uuid.UUID, due_on: date, note: str = "") -> uuid.UUID:
    """A talk on a day of one's own choice; its id, the same for the same day on every laptop."""
    with place.store.edit(place.author) as session:
        return _add(session, case_id, due_on, note)


def move_talk(place: Workplace, talk_id: uuid.UUID, due_on: date) -> None:
    """Hold it on another day. Raises NoSuchTalk."""
    with place.store.edit(place.author) as session:
        _open_row(session, talk_id).due_on = due_on


def finish_talk(
    place: Workplace, talk_id: uuid.UUID, note: str = "", next_on: date | None = None
) -> None:
    """It was held today. note: what was said; next_on: when to call again, None for not at all.

    Raises NoSuchTalk.
    """
    with place.store.edit(place.author) as session:
        row = _open_row(session, talk_id)
        row.state = "done"
        row.done_on = place.clock().astimezone(BERLIN).date()
        if note.strip():
            row.note = note.strip()
        if next_on is not None and row.case_id is not None:
            _add(session, row.case_id, next_on, "")


def drop_talk(place: Workplace, talk_id: uuid.UUID) -> None:
    """It will not be held. Raises NoSuchTalk."""
    with place.store.edit(place.author) as session:
        _open_row(session, talk_id).state = "dropped"


def cases_without_talks(session: Session) -> list[tuple[uuid.UUID, uuid.UUID, int]]:
    """(case, company, proposals nobody has decided on) of every case with a sealed report."""
    query = select(Report.case_id, Report.company_id).where(Report.deleted.is_(False)).distinct()
    sealed = [(case, company) for case, company in session.execute(query) if case is not None]
    counted = [
        (case, company, sum(talk.state == "proposed" for talk in _talks(session, case)))
        for case, company in sealed
    ]
    return [row for row in counted if row[2]]


def _talks(session: Session, case_id: uuid.UUID) -> tuple[Talk, ...]:
    query = select(FollowUp).where(FollowUp.case_id == case_id, FollowUp.deleted.is_(False))
    stored = [
        Talk(row.id, row.months, row.due_on, row.state, row.done_on, row.note)
        for row in session.scalars(query)
        if row.due_on is not None
    ]
    decided = {talk.months for talk in stored}
    sealed = _sealed_on(session, case_id)
    proposed = [
        Talk(_id(case_id, months), months, proposed_day(sealed, months), "proposed")
        for months in MONTHS
        if sealed is not None and months not in decided
    ]
    return tuple(sorted([*stored, *proposed], key=lambda talk: (talk.due_on, talk.talk_id)))


def proposed_day(sealed: date, months: int) -> date:
    """When to call again: so many months after the seal, or the next working day."""
    return working_day_from(months_later(sealed, months))


def _sealed_on(session: Session, case_id: uuid.UUID) -> date | None:
    """The day of the latest seal, by a German clock."""
    query = select(func.max(Report.sealed_at)).where(
        Report.case_id == case_id, Report.deleted.is_(False)
    )
    sealed = session.scalar(query)
    return None if sealed is None else sealed.astimezone(BERLIN).date()


def _decide(
    place: Workplace, case_id: uuid.UUID, months: int, due_on: date, state: str
) -> uuid.UUID:
    with place.store.edit(place.author) as session:
        row = _row(session, case_id, _id(case_id, months))
        row.months, row.due_on, row.state = months, due_on, state
        return row.id


def _add(session: Session, case_id: uuid.UUID, due_on: date, note: str) -> uuid.UUID:
    row = _row(session, case_id, uuid.uuid5(case_id, f"follow-up:{due_on.isoformat()}"))
    row.due_on, row.state = due_on, "open"
    if note.strip():
        row.note = note.strip()
    return row.id


def _row(session: Session, case_id: uuid.UUID, talk_id: uuid.UUID) -> FollowUp:
    row = session.get(FollowUp, talk_id)
    if row is None:
        company_id = session.get_one(Case, case_id).company_id
        row = FollowUp(id=talk_id, company_id=company_id, case_id=case_id)
        session.add(row)
    elif row.deleted:
        row.deleted = False
    return row


def _open_row(session: Session, talk_id: uuid.UUID) -> FollowUp:
    row = session.get(FollowUp, talk_id)
    if row is None or row.deleted:
        raise NoSuchTalk
    return row


def _id(case_id: uuid.UUID, months: int) -> uuid.UUID:
    """The same on every laptop, so that two decisions meet in one row."""
    return uuid.uuid5(case_id, str(months))
