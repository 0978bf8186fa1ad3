"""Prioritäten: which field of action comes first, and why, with every factor in the open."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from desktop_advisor.assessment.priorities import Priority, Standing, Wish, prioritise
from desktop_advisor.usecases.targets import wishes_of
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class Priorities:
    """The order as it stands, and what it takes to compute it anew with another Soll.

    rows: every maturity dimension that is looked at; those without a value last.
    """

    case_id: uuid.UUID
    form_id: str
    rows: tuple[Priority, ...]
    standings: tuple[Standing, ...]
    wishes: Mapping[str, Wish]
    exposures: Mapping[str, Decimal]

    @property
    def values(self) -> dict[str, Decimal]:
        """Dimension code → P, for all that have one."""
        return {row.dimension: row.value for row in self.rows if row.value is not None}

    def with_targets(self, levels: Mapping[str, Decimal]) -> tuple[Priority, ...]:
        """What the order would be with these Soll levels; nothing is stored."""
        tried = dict(self.wishes)
        for code, level in levels.items():
            old = tried.get(code, Wish())
            tried[code] = Wish(level, old.relevance, old.rank, old.reason)
        return prioritise(self.standings, tried, self.exposures)


NO_PRIORITIES = Priorities(uuid.UUID(int=0), "", (), (), {}, {})


def priorities_of(
    session: Session,
    case_id: uuid.UUID,
    form_id: str,
    standings: Sequence[Standing],
    exposures: Mapping[str, Decimal],
) -> Priorities:
    """The priorities of a case. exposures: E_rel by dimension; absent: not measured."""
    wishes = wishes_of(session, case_id, form_id)
    rows = prioritise(standings, wishes, exposures)
    return Priorities(case_id, form_id, rows, tuple(standings), wishes, exposures)


def read_again(place: Workplace, shown: Priorities) -> Priorities:
    """The same fields of action with the targets, relevance and order as they are stored now."""
    with place.store.read() as session:
        return priorities_of(
            session, shown.case_id, shown.form_id, shown.standings, shown.exposures
        )
