"""Agree on measures: the action plan of a case."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Case, Measure
from desktop_advisor.usecases.workplace import Workplace

STATES = {
    "agreed": "vereinbart",
    "running": "läuft",
    "done": "umgesetzt",
    "dropped": "verworfen",
}
"""State of a measure → its word on screen and in the report."""


@dataclass(frozen=True)
class MeasureDraft:
    """A measure as the advisor writes it; due_on None means no date agreed yet."""

    title: str
    steps: str = ""
    owner: str = ""
    due_on: date | None = None
    effort: str = ""
    metric: str = ""
    dimension: str = ""
    offers: tuple[str, ...] = ()
    state: str = "agreed"


@dataclass(frozen=True)
class PlanRow:
    """One line of the action plan."""

    measure_id: uuid.UUID
    recommendation_id: uuid.UUID | None
    draft: MeasureDraft


def add_measure(
    place: Workplace,
    case_id: uuid.UUID,
    draft: MeasureDraft,
    recommendation_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """One more measure; its id."""
    with place.store.edit(place.author) as session:
        case = session.get_one(Case, case_id)
        measure = Measure(
            id=new_id(place.clock()),
            company_id=case.company_id,
            case_id=case_id,
            recommendation_id=recommendation_id,
        )
        _fill(measure, draft)
        session.add(measure)
        return measure.id


def edit_measure(place: Workplace, measure_id: uuid.UUID, draft: MeasureDraft) -> None:
    """Save what changed of a measure."""
    with place.store.edit(place.author) as session:
        _fill(session.get_one(Measure, measure_id), draft)


def remove_measure(place: Workplace, measure_id: uuid.UUID) -> None:
    """Take a measure off the plan; the change log keeps it."""
    with place.store.edit(place.author) as session:
        session.get_one(Measure, measure_id).deleted = True


def list_measures(place: Workplace, case_id: uuid.UUID) -> list[PlanRow]:
    """The action plan: earliest date first, undated last."""
    query = select(Measure).where(Measure.case_id == case_id, Measure.deleted.is_(False))
    with place.store.read() as session:
        rows = [
            PlanRow(m.id, m.recommendation_id, _draft(m))
            for m in session.scalars(query.order_by(Measure.id))
        ]
    return sorted(rows, key=lambda row: row.draft.due_on or date.max)


def _fill(measure: Measure, draft: MeasureDraft) -> None:
    values = {
        "title": draft.title.strip(),
        "steps": draft.steps.strip(),
        "owner": draft.owner.strip(),
        "due_on": draft.due_on,
        "effort": draft.effort.strip(),
        "metric": draft.metric.strip(),
        "dimension": draft.dimension,
        "offers": list(draft.offers),
        "state": draft.state,
    }
    for name, value in values.items():
        if getattr(measure, name) != value:
            setattr(measure, name, value)


def _draft(row: Measure) -> MeasureDraft:
    return MeasureDraft(
        title=row.title,
        steps=row.steps,
        owner=row.owner,
        due_on=row.due_on,
        effort=row.effort,
        metric=row.metric,
        dimension=row.dimension,
        offers=tuple(row.offers or ()),
        state=row.state,
    )
