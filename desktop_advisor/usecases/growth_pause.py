"""Growth advice under a warning sign: it stays out of the plan unless the advisor says why not."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from desktop_advisor.advice.recommending import Fired
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.models import Case, Recommendation
from desktop_advisor.usecases.firing import fire_rules
from desktop_advisor.usecases.measures import MeasureDraft, add_measure, list_measures
from desktop_advisor.usecases.results import Results, show_results
from desktop_advisor.usecases.workplace import Workplace

OVERRIDDEN = "Trotz Warnzeichen aufgenommen: "
"""How the reason begins, so that the report and a colleague see that it was a decision."""


class OverrideNeedsReason(KnownError):
    """Growth advice is to go on the plan under a warning sign, and nobody says why."""

    def __init__(self) -> None:
        super().__init__(
            "Bitte geben Sie an, warum diese Empfehlung trotz des Warnzeichens in den "
            "Maßnahmenplan soll.",
            safe="Sie bleibt zurückgestellt.",
        )


class NotHeldBack(KnownError):
    """The advice is not held back any more; it stands among the others."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Empfehlung ist nicht mehr zurückgestellt.",
            todo="Bitte entscheiden Sie unter „Empfehlungen“ darüber.",
        )


@dataclass(frozen=True)
class HeldBack:
    """Growth advice that fires and waits. sentence: for which warning sign."""

    rule: str
    title: str
    text: str
    dimension: str
    sentence: str


def list_held_back(
    place: Workplace, case_id: uuid.UUID, results: Results | None = None
) -> tuple[HeldBack, ...]:
    """What would be recommended without the warning sign and is not on the plan already."""
    results = results or show_results(place, case_id)
    planned = {row.recommendation_id for row in list_measures(place, case_id)}
    return tuple(
        HeldBack(
            rule=hit.rule.name,
            title=hit.rule.title.get("de", hit.rule.name),
            text=hit.rule.text.get("de", ""),
            dimension=hit.rule.dimension,
            sentence=hit.suspended,
        )
        for hit in fire_rules(place, results)
        if hit.suspended and _id(case_id, hit.rule.name) not in planned
    )


def take_despite_warning(place: Workplace, case_id: uuid.UUID, rule: str, reason: str) -> uuid.UUID:
    """Put held-back advice on the plan all the same; the measure's id.

    reason: why, kept with the decision and printed. Raises OverrideNeedsReason, NotHeldBack.
    """
    if not reason.strip():
        raise OverrideNeedsReason
    held = fire_rules(place, show_results(place, case_id))
    hit = next((hit for hit in held if hit.suspended and hit.rule.name == rule), None)
    if hit is None:
        raise NotHeldBack
    recommendation_id = _decide(place, case_id, hit, OVERRIDDEN + reason.strip())
    return add_measure(place, case_id, _draft(hit), recommendation_id)


def _decide(place: Workplace, case_id: uuid.UUID, hit: Fired, reason: str) -> uuid.UUID:
    with place.store.edit(place.author) as session:
        row = session.get(Recommendation, _id(case_id, hit.rule.name))
        if row is None:
            row = Recommendation(
                id=_id(case_id, hit.rule.name),
                company_id=session.get_one(Case, case_id).company_id,
                case_id=case_id,
                rule=hit.rule.name,
                audience=hit.rule.audience,
                dimension=hit.rule.dimension,
                title=hit.rule.title.get("de", hit.rule.name),
                text=hit.rule.text.get("de", ""),
                offers=list(hit.rule.offers),
                is_current=False,
            )
            session.add(row)
        row.fired_by = dict(hit.fired_by)
        row.decision, row.reason = "accepted", reason
        return row.id


def _draft(hit: Fired) -> MeasureDraft:
    rule = hit.rule
    return MeasureDraft(
        title=rule.title.get("de", rule.name),
        steps=rule.steps.get("de", ""),
        effort=rule.effort.get("de", ""),
        metric=rule.metric.get("de", ""),
        dimension=rule.dimension,
        offers=tuple(rule.offers),
    )


def _id(case_id: uuid.UUID, rule: str) -> uuid.UUID:
    """As the recommendation of that rule has it, so that both meet in one row."""
    return uuid.uuid5(case_id, f"recommendation:{rule}")
