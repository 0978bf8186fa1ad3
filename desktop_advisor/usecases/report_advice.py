"""The advice chapters of the report as plain values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from desktop_advisor.advice.eligibility import Verdict
from desktop_advisor.domain.language import say
from desktop_advisor.report import model as page
from desktop_advisor.report.plan_model import Measure
from desktop_advisor.usecases.action_plan import ChosenOffer, PlanLine
from desktop_advisor.usecases.causes import Cause
from desktop_advisor.usecases.recommending import OfferHint, RecommendationView

AGREED = ("accepted", "edited")
"""Decisions with which a recommendation stands in the report in full."""

_PARKED_SINCE = "das Handlungsfeld wird seither nicht mehr betrachtet"
_SINCE_CHANGED = "die Antworten haben sich seither geändert"


def recommendation(view: RecommendationView) -> page.Recommendation:
    """A recommendation with the answers that led to it, in words, and whether they still hold."""
    causes = [_cause(cause) for cause in view.causes]
    if view.is_parked:
        causes.append(say(_PARKED_SINCE))
    elif view.suspended:
        causes.append(view.suspended)
    elif not view.is_current:
        causes.append(say(_SINCE_CHANGED))
    return page.Recommendation(
        title=view.title,
        rule=view.rule,
        text=view.text,
        audience=view.audience,
        dimension=view.dimension_short,
        steps=_lines(view.steps),
        decision=view.decision,
        reason=view.reason,
        fired_by=tuple(causes),
        offers=tuple(
            h.offer.title for h in view.hints if h.eligibility.verdict is not Verdict.EXCLUDED
        ),
    )


def _cause(cause: Cause) -> str:
    link = " " if cause.label.endswith("?") else ": "
    return f"{cause.label}{link}{cause.value}"


def measures(lines: Sequence[PlanLine]) -> tuple[Measure, ...]:
    """The action plan without what was dropped, in its order."""
    kept = [line for line in lines if line.row.draft.state != "dropped"]
    numbers = {line.row.measure_id: number for number, line in enumerate(kept, start=1)}
    return tuple(_measure(line, numbers) for line in kept)


def _measure(line: PlanLine, numbers: Mapping[uuid.UUID, int]) -> Measure:
    draft = line.row.draft
    return Measure(
        title=draft.title,
        steps=_lines(draft.steps),
        owner=draft.owner,
        due_on=draft.due_on,
        effort=draft.effort,
        metric=draft.metric,
        dimension=draft.dimension,
        offers=tuple(_chosen(chosen) for chosen in line.offers if chosen.offer is not None),
        state=draft.state,
        starts_on=draft.starts_on,
        done_on=draft.done_on,
        benefit=draft.benefit,
        effect=draft.effect,
        effect_on=draft.effect_on,
        waits_for=numbers.get(draft.depends_on) if draft.depends_on else None,
        remark=line.held,
    )


def _chosen(chosen: ChosenOffer) -> str:
    """The title, and how far the entry can be relied on where that is in doubt."""
    if chosen.standing is None or chosen.standing.is_fresh:
        return chosen.title
    return f"{chosen.title} – {chosen.standing.said.partition('.')[0]}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def offers(recommendations: Sequence[RecommendationView]) -> tuple[page.Offer, ...]:
    """Offers of what was accepted, each once: the report is no catalogue."""
    hints: dict[str, OfferHint] = {}
    for view in recommendations:
        if view.decision in AGREED:
            hints |= {hint.offer.id: hint for hint in view.hints}
    return tuple(_offer(hint) for hint in hints.values())


def _offer(hint: OfferHint) -> page.Offer:
    offer = hint.offer
    return page.Offer(
        title=offer.title,
        kind=offer.kind_word,
        provider=offer.provider,
        text=_said(hint),
        verdict=hint.eligibility.wording,
        reasons=hint.eligibility.points,
        status=offer.status,
        valid_from=offer.valid_from,
        valid_to=offer.valid_to,
        checked_on=offer.checked_on,
        legal_basis=offer.legal_basis,
        source=say(offer.source),
        warning="" if hint.standing.is_fresh else hint.standing.said,
        before_start=say("Antrag vor Beginn stellen.") if offer.before_start else "",
    )


def _said(hint: OfferHint) -> str:
    """What it is, what it asks for, how much in general and here, what it may be combined with."""
    offer, here = hint.offer, hint.eligibility.rate_sentence
    parts = (offer.summary, offer.conditions, offer.rates, here, offer.cumulation)
    return " ".join(part for part in parts if part)
