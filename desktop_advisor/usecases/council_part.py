"""How far the works council is with its part, without anything it said."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.models import Case, Participant, Visit
from desktop_advisor.usecases.case_progress import progress_of
from desktop_advisor.usecases.releasing import ReleaseView, release_in
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class CouncilPart:
    """answered of asked, as numbers of questions; release: what was last decided.

    speaker: who takes part for the works council, "" where nobody is entered.
    """

    answered: int
    asked: int
    release: ReleaseView
    speaker: str = ""


def show_council_part(place: Workplace, case_id: uuid.UUID) -> CouncilPart:
    """The part of the works council in a case as it stands now."""
    with place.store.read() as session:
        return council_part(place, session, session.get_one(Case, case_id))


def council_part(place: Workplace, session: Session, case: Case) -> CouncilPart:
    """The same within a session."""
    progress = progress_of(place, session, case, Perspective.WORKS_COUNCIL)
    release = release_in(session, case.id)
    return CouncilPart(progress.answered, progress.asked, release, _speaker(session, case.id))


def _speaker(session: Session, case_id: uuid.UUID) -> str:
    """Of the latest visit at which somebody spoke for it."""
    query = (
        select(Participant.name)
        .join(Visit, Visit.id == Participant.visit_id)
        .where(
            Visit.case_id == case_id,
            Visit.deleted.is_(False),
            Participant.role == str(Perspective.WORKS_COUNCIL),
            Participant.deleted.is_(False),
        )
        .order_by(Visit.starts_at.desc(), Participant.id)
    )
    return session.scalars(query).first() or ""
