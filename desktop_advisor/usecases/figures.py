"""Figures computed from several answers: exposure, jobs, energy; what rules and priorities read."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from desktop_advisor.assessment.job_profiles import job_facts
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.exposure import show_exposure
from desktop_advisor.usecases.job_profiles import show_jobs
from desktop_advisor.usecases.workplace import Workplace

ENERGY_COST = ("energy_cost", "energy_cost_year")
"""How the question for the energy cost of a year, in euro, is named wherever a form asks it."""
ENERGY_SHARE = "energy_share"


@dataclass(frozen=True)
class Figures:
    """values: see `questionnaire.fact_names.FIGURES`; "" where nothing may be said.

    told_by: figure → whose table or answer it rests on. relative: dimension code → E_rel, 0–1.
    """

    values: Mapping[str, str]
    told_by: Mapping[str, Perspective]
    relative: Mapping[str, Decimal]


NO_FIGURES = Figures({}, {}, {})


def figures_of(
    place: Workplace,
    case_id: uuid.UUID,
    hidden: Collection[Perspective],
    *,
    energy_cost: str = "",
    turnover_million: str = "",
    told_by: Perspective = Perspective.MANAGEMENT,
) -> Figures:
    """The figures of a case. hidden: sides that must not appear in them.

    energy_cost: euro a year, as text; told_by: whose word it is.
    """
    exposure, jobs = show_exposure(place, case_id, hidden), show_jobs(place, case_id, hidden)
    of_products, of_jobs = exposure.facts(), job_facts(jobs.summary)
    share = energy_share(energy_cost, turnover_million)
    return Figures(
        values={**of_products, **of_jobs, ENERGY_SHARE: share},
        told_by={
            **dict.fromkeys(of_products, exposure.told_by),
            **dict.fromkeys(of_jobs, jobs.told_by),
            ENERGY_SHARE: told_by,
        },
        relative=exposure.relative(),
    )


def energy_share(cost: str, turnover_million: str) -> str:
    """Energy cost by turnover in percent, as text; "" unless both are known and turnover > 0."""
    try:
        euros, turnover = Decimal(cost), Decimal(turnover_million)
    except InvalidOperation:
        return ""
    if not euros.is_finite() or euros < 0 or not turnover.is_finite() or turnover <= 0:
        return ""
    percent = euros / (turnover * 1_000_000) * 100
    return f"{percent.quantize(Decimal('0.0001')).normalize():f}"
