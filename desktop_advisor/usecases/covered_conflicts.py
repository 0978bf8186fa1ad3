"""Two values of one field on a screen the management may look at: which of them stay covered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from desktop_advisor.storage.models import ENTITIES, Answer
from desktop_advisor.usecases.releasing import Keep, hidden_sides, open_rows
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_advisor.storage.conflicts import Conflict, Key


def is_covered(place: Workplace, conflict: Conflict) -> bool:
    """Whether the values are what a side said that has not released its view (domain §3).

    A field of a guarded record that is not here, because it has not arrived, is covered too, and
    so are values of which one names a covered side itself.
    """
    with place.store.read() as session:
        return conflict.key in covered_keys(session, [conflict])


def covered_keys(session: Session, conflicts: Sequence[Conflict]) -> set[Key]:
    """Which of these conflicts stay covered; a company file is looked through once."""
    rows = rows_of(session, conflicts)
    found: set[Key] = set()
    may_be_shown: dict[uuid.UUID, Keep] = {}
    for conflict in conflicts:
        company = conflict.company_id
        if company not in may_be_shown:
            may_be_shown[company] = open_rows(session, company)
        row = rows.get((conflict.entity, conflict.entity_id))
        if not may_be_shown[company](conflict.entity, row) or _names_hidden(session, conflict, row):
            found.add(conflict.key)
    return found


def rows_of(session: Session, conflicts: Sequence[Conflict]) -> dict[tuple[str, uuid.UUID], Any]:
    """Record and id → the row that stands in several versions, where it is here."""
    found: dict[tuple[str, uuid.UUID], Any] = {}
    companies = {c.company_id for c in conflicts if ENTITIES.get(c.entity) is Answer}
    for company in companies:
        wanted = {c.entity_id for c in conflicts if c.company_id == company}
        for answer in session.scalars(select(Answer).where(Answer.company_id == company)):
            if answer.id in wanted:
                found["answer", answer.id] = answer
    for conflict in conflicts:
        model: Any = ENTITIES.get(conflict.entity)
        if model is not None and model is not Answer:
            row = session.get(model, conflict.entity_id)
            if row is not None:
                found[conflict.entity, conflict.entity_id] = row
    return found


def _names_hidden(session: Session, conflict: Conflict, row: Any) -> bool:
    values = [v.value for v in conflict.values if isinstance(v.value, Mapping)]
    sides = {value.get("perspective") for value in values} - {None}
    return bool(sides and sides & set(hidden_sides(session, getattr(row, "case_id", None))))
