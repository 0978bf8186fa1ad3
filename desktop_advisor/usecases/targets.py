"""Set what is aimed at: Soll, relevance and the advisor's own order of the fields of action."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.assessment.priorities import MOST_RELEVANT, Wish
from desktop_advisor.assessment.scores import HIGHEST_LEVEL
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.advice_models import Target
from desktop_advisor.storage.models import Case
from desktop_advisor.usecases.workplace import Workplace


class RankNeedsReason(KnownError):
    """The computed order is left without saying why (domain §3)."""

    def __init__(self) -> None:
        super().__init__(
            "Bitte geben Sie an, warum das Handlungsfeld anders eingereiht wird.",
            safe="Die Reihenfolge bleibt, wie sie ist.",
        )


def wishes_of(session: Session, case_id: uuid.UUID, form_id: str) -> dict[str, Wish]:
    """Dimension code → what was set for it; where nothing was ever set it is absent."""
    query = select(Target).where(
        Target.case_id == case_id, Target.form_id == form_id, Target.deleted.is_(False)
    )
    return {
        row.dimension: Wish(row.level, row.relevance, row.rank, row.reason)
        for row in session.scalars(query)
    }


def set_targets(
    place: Workplace, case_id: uuid.UUID, form_id: str, levels: Mapping[str, Decimal | None]
) -> None:
    """Agree on Soll levels, 0–5, by dimension code; None goes back to the usual one.

    Raises:
        ValueError: a level outside 0–5.
    """
    if any(level is not None and not 0 <= level <= HIGHEST_LEVEL for level in levels.values()):
        raise ValueError(levels)
    _write(place, case_id, form_id, {code: {"level": level} for code, level in levels.items()})


def set_relevance(
    place: Workplace, case_id: uuid.UUID, form_id: str, dimension: str, relevance: int | None
) -> None:
    """How much the field matters for this company, 1–5; None for not asked.

    Raises:
        ValueError: a relevance outside 1–5.
    """
    if relevance is not None and not 1 <= relevance <= MOST_RELEVANT:
        raise ValueError(relevance)
    _write(place, case_id, form_id, {dimension: {"relevance": relevance}})


def set_rank(
    place: Workplace,
    case_id: uuid.UUID,
    form_id: str,
    dimension: str,
    rank: int | None,
    reason: str = "",
) -> None:
    """Put a field at a place of its own, 1 first; None goes back to the computed one.

    Raises:
        RankNeedsReason: no reason was given for a place of its own.
    """
    if rank is not None and not reason.strip():
        raise RankNeedsReason
    kept = reason.strip() if rank is not None else ""
    _write(place, case_id, form_id, {dimension: {"rank": rank, "reason": kept}})


def _write(
    place: Workplace,
    case_id: uuid.UUID,
    form_id: str,
    values: Mapping[str, Mapping[str, Any]],
) -> None:
    """One transaction, so that one undo takes it all back; the ids are derived."""
    with place.store.edit(place.author) as session:
        company_id = session.get_one(Case, case_id).company_id
        for dimension, columns in values.items():
            row_id = uuid.uuid5(case_id, f"target:{form_id}:{dimension}")
            row = session.get(Target, row_id)
            if row is None:
                row = Target(
                    id=row_id,
                    company_id=company_id,
                    case_id=case_id,
                    form_id=form_id,
                    dimension=dimension,
                )
                session.add(row)
            for column, value in columns.items():
                if getattr(row, column) != value:
                    setattr(row, column, value)
