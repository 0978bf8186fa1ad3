"""Two values of one field on a screen the management may look at: which of them stay covered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from desktop_advisor.storage.models import ENTITIES, Answer
from desktop_advisor.usecases.releasing import hidden_sides, open_rows
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_advisor.storage.conflicts import Conflict


def is_covered(place: Workplace, conflict: Conflict) -> bool:
    """Whether the values are what a side said that has not released its view (domain §3).

    A field of a guarded record that is not here, because it has not arrived, is covered too, and
    so are values of which one names a covered side itself.
    """
    with place.store.read() as session:
        may_be_shown = open_rows(session, conflict.company_id)
        row = _row(session, conflict)
        if not may_be_shown(conflict.entity, row):
            return True
        values = [v.value for v in conflict.values if isinstance(v.value, Mapping)]
        sides = {value.get("perspective") for value in values} - {None}
        return bool(sides and sides & set(hidden_sides(session, row.case_id)))


def _row(session: Session, conflict: Conflict) -> Any:
    model: Any = ENTITIES.get(conflict.entity)
    if model is None:
        return None
    if model is Answer:
        of_company = select(Answer).where(Answer.company_id == conflict.company_id)
        found = (row for row in session.scalars(of_company) if row.id == conflict.entity_id)
        return next(found, None)
    return session.get(model, conflict.entity_id)
