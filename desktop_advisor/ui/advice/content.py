"""What the advice screen shows of a case, read in one go."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop_advisor.usecases.action_plan import ActionPlan, plan_priority, show_plan
from desktop_advisor.usecases.growth_pause import HeldBack, list_held_back
from desktop_advisor.usecases.recommending import RecommendationView, refresh_recommendations
from desktop_advisor.usecases.results import show_results

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class Advice:
    """Recommendations, plan and what they rest on."""

    company_id: uuid.UUID
    company_name: str
    short_names: dict[str, str]
    views: list[RecommendationView]
    plan: ActionPlan
    held: tuple[HeldBack, ...]
    priority: dict[str, Decimal]


def read_advice(place: Workplace, case_id: uuid.UUID) -> Advice:
    """The advice of a case as its answers stand now; the rules are fired on the way."""
    results = show_results(place, case_id)
    views = refresh_recommendations(place, case_id)
    return Advice(
        company_id=results.company_id,
        company_name=results.company_name,
        short_names={r.dimension.code: r.short for r in results.dimensions},
        views=views,
        plan=show_plan(place, results, views),
        held=list_held_back(place, case_id, results),
        priority=plan_priority(results),
    )
