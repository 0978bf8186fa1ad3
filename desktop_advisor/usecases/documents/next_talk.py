"""When one meets again: the next planned visit, else the next follow-up talk."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.german import BERLIN, clock_time
from desktop_advisor.storage.models import Visit
from desktop_advisor.usecases.follow_ups import list_talks
from desktop_advisor.usecases.worklist import talk_title
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class NextTalk:
    """on: the day. time, place: of a planned visit, "" of a follow-up talk. what: in words."""

    on: date
    what: str
    time: str = ""
    place: str = ""


def next_talk(place: Workplace, case_id: uuid.UUID) -> NextTalk | None:
    """The earliest of what is agreed; None where nothing is."""
    with place.store.read() as session:
        planned = next_visit(place, session, case_id)
    if planned is not None and planned.starts_at is not None:
        start = planned.starts_at.astimezone(BERLIN)
        what = planned.purpose or "Termin"
        return NextTalk(start.date(), what, clock_time(start), planned.place)
    talks = [talk for talk in list_talks(place, case_id) if talk.state == "open"]
    if not talks:
        return None
    return NextTalk(talks[0].due_on, talk_title(talks[0].months, talks[0].due_on))


def next_visit(place: Workplace, session: Session, case_id: uuid.UUID) -> Visit | None:
    """The planned visit that comes next, from today on."""
    query = select(Visit).where(
        Visit.case_id == case_id,
        Visit.deleted.is_(False),
        Visit.state == "planned",
        Visit.starts_at.is_not(None),
    )
    today = place.clock().astimezone(BERLIN).date()
    ahead = [
        visit
        for visit in session.scalars(query.order_by(Visit.starts_at, Visit.id))
        if visit.starts_at is not None and visit.starts_at.astimezone(BERLIN).date() >= today
    ]
    return ahead[0] if ahead else None
