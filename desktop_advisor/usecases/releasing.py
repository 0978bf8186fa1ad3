"""Release the works council's view, or keep it: the only gate to an employer-facing page.

The works council decides, not the management and not the advisor (domain §3, §6). What the table
agreed on together is open without it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.advice_models import Release
from desktop_advisor.storage.conflicts import Conflict, list_conflicts, settle
from desktop_advisor.storage.models import (
    Assessment,
    Case,
    Measure,
    Recommendation,
)
from desktop_advisor.usecases.workplace import Workplace

GUARDED = (Perspective.WORKS_COUNCIL,)
"""The sides that nobody else sees until they are released."""
_OF_WORKS_COUNCIL = ("br_", "score_br_", "coverage_br_")
"""How the names of facts begin that only the works council said."""


Keep = Callable[[str, Any], bool]
"""(entity name, row or None where it is not here) → whether it may be shown."""


class ReleaseNeedsName(KnownError):
    """Nobody is named who speaks for the works council."""

    def __init__(self) -> None:
        super().__init__(
            "Bitte tragen Sie ein, wer für den Betriebsrat entscheidet.",
            safe="An der Freigabe hat sich nichts geändert.",
        )


@dataclass(frozen=True)
class ReleaseView:
    """What was last said about showing a side. by, at: who decided and when, "" and None: nobody.

    is_released False with a name: the release was withdrawn.
    """

    is_released: bool = False
    by: str = ""
    at: datetime | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was released once and is not any more."""
        return bool(self.by) and not self.is_released


def hidden_sides(session: Session, case_id: uuid.UUID | None) -> tuple[Perspective, ...]:
    """The sides of a case that no employer-facing page may show; () once all are released.

    case_id: None where the row that should name the case has not arrived yet; then all are hidden.
    """
    if case_id is None:
        return GUARDED
    return tuple(p for p in GUARDED if not _view(session, case_id, p).is_released)


def release_of(
    place: Workplace, case_id: uuid.UUID, perspective: Perspective = Perspective.WORKS_COUNCIL
) -> ReleaseView:
    """Whether a side of a case is released, by whom and since when."""
    with place.store.read() as session:
        return _view(session, case_id, perspective)


def release_in(session: Session, case_id: uuid.UUID) -> ReleaseView:
    """The works council's release within a session."""
    return _view(session, case_id, Perspective.WORKS_COUNCIL)


def release_view(place: Workplace, case_id: uuid.UUID, by: str) -> None:
    """The works council lets the management see its view, now and in the next report.

    by: who of the works council says so. Raises: ReleaseNeedsName.
    """
    _decide(place, case_id, by, is_released=True)


def withdraw_release(place: Workplace, case_id: uuid.UUID, by: str) -> None:
    """The works council takes its release back; a sealed report stays as it is.

    by: who of the works council says so. Raises: ReleaseNeedsName.
    """
    _decide(place, case_id, by, is_released=False)


def rests_on_works_council(facts: Iterable[str]) -> bool:
    """Whether one of these facts is something only the works council said."""
    return any(fact.startswith(_OF_WORKS_COUNCIL) for fact in facts)


def withheld_measures(session: Session, company_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Measures of a company from advice that rests on an unreleased view alone.

    Advice like that is seen, and agreed on, only after a release. A measure agreed in the open
    stays when the release is withdrawn; these are from before releases were asked for.
    """
    query = select(Measure.id, Measure.case_id, Recommendation.fired_by).where(
        Measure.company_id == company_id, Measure.recommendation_id == Recommendation.id
    )
    return frozenset(
        measure_id
        for measure_id, case_id, facts in session.execute(query)
        if rests_on_works_council(facts or ())
        and (case_id is None or not _view(session, case_id, Perspective.WORKS_COUNCIL).by)
    )


def open_rows(session: Session, company_id: uuid.UUID) -> Keep:
    """Which rows of a company file may be shown to the employer; what is in doubt may not."""
    hidden = cache(lambda case_id: hidden_sides(session, case_id))
    talks = session.scalars(select(Assessment).where(Assessment.company_id == company_id)).all()
    covered = {a.id for a in talks if a.perspective in hidden(a.case_id)}
    is_open = {a.id for a in talks} - covered
    measures = withheld_measures(session, company_id)

    rules: dict[str, Callable[[Any], bool]] = {
        "assessment": lambda row: row.id not in covered,
        "answer": lambda row: row.assessment_id in is_open,
        "attachment": lambda row: row.assessment_id is None or row.assessment_id in is_open,
        "measure": lambda row: row.id not in measures,
        "referral": lambda row: row.measure_id is None or row.measure_id not in measures,
        "note": lambda row: row.perspective not in hidden(row.case_id),
        "passage": lambda row: row.perspective not in hidden(row.case_id),
        "insertion": lambda row: row.perspective not in hidden(row.case_id),
        "dissent": lambda row: not hidden(row.case_id),
        "recommendation": lambda row: (
            not (rests_on_works_council(row.fired_by or ()) and hidden(row.case_id))
        ),
    }
    return lambda name, row: name not in rules or (row is not None and rules[name](row))


def _decide(place: Workplace, case_id: uuid.UUID, by: str, *, is_released: bool) -> None:
    if not by.strip():
        raise ReleaseNeedsName
    with place.store.edit(place.author) as session:
        row_id = _id_of(case_id, Perspective.WORKS_COUNCIL)
        row = session.get(Release, row_id)
        if row is None:
            company_id = session.get_one(Case, case_id).company_id
            row = Release(
                id=row_id,
                company_id=company_id,
                case_id=case_id,
                perspective=str(Perspective.WORKS_COUNCIL),
            )
            session.add(row)
        for conflict in _disputed(session, row):
            settle(session, conflict, is_released)
        row.deleted = False
        row.released = is_released
        row.released_by = by.strip()
        row.released_at = place.clock()


def _view(session: Session, case_id: uuid.UUID, perspective: Perspective) -> ReleaseView:
    row = session.get(Release, _id_of(case_id, perspective))
    if row is None or row.deleted:
        return ReleaseView()
    is_released = bool(row.released) and not _disputed(session, row)
    return ReleaseView(is_released, row.released_by, row.released_at)


def _disputed(session: Session, row: Release) -> list[Conflict]:
    """Two laptops decided without knowing of each other: until one holds, nothing is shown."""
    found = list_conflicts(session, row.company_id)
    return [c for c in found if c.entity_id == row.id and c.field == "released"]


def _id_of(case_id: uuid.UUID, perspective: Perspective) -> uuid.UUID:
    """The same on every laptop, so that two decisions meet in one row."""
    return uuid.uuid5(case_id, str(perspective))
