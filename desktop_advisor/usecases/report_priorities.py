"""The priorities as the report prints them."""

from __future__ import annotations

from desktop_advisor.report.priorities_model import PriorityLine
from desktop_advisor.usecases.priorities import Priorities


def priority_lines(priorities: Priorities) -> tuple[PriorityLine, ...]:
    """Those with a value, in the order that counts."""
    return tuple(
        PriorityLine(
            dimension=row.label,
            actual=row.actual,
            target=row.target,
            relevance=row.relevance,
            exposure=row.exposure,
            gap=row.gap,
            value=row.value,
            place=row.place,
            computed=row.computed,
            reason=row.wish.reason,
            is_agreed=row.wish.level is not None,
            is_rated=row.wish.relevance is not None,
            is_measured=row.is_measured,
        )
        for row in priorities.rows
        if row.actual is not None
        and row.gap is not None
        and row.value is not None
        and row.place is not None
        and row.computed is not None
    )
