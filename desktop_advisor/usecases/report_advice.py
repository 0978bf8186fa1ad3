"""The advice chapters of the report as plain values."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_advisor.advice.eligibility import Verdict
from desktop_advisor.report import model as page
from desktop_advisor.usecases.measures import PlanRow
from desktop_advisor.usecases.recommending import Cause, OfferHint, RecommendationView
from desktop_advisor.usecases.workplace import Workplace

AGREED = ("accepted", "edited")
"""Decisions with which a recommendation stands in the report in full."""

_PARKED_SINCE = "das Handlungsfeld wird seither nicht mehr betrachtet"
_SINCE_CHANGED = "die Antworten haben sich seither geändert"


def recommendation(view: RecommendationView) -> page.Recommendation:
    """A recommendation with the answers that led to it, in words, and whether they still hold."""
    causes = [_cause(cause) for cause in view.causes]
    if view.is_parked:
        causes.append(_PARKED_SINCE)
    elif view.suspended:
        causes.append(view.suspended)
    elif not view.is_current:
        causes.append(_SINCE_CHANGED)
    return page.Recommendation(
        title=view.title,
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


def measure(place: Workplace, row: PlanRow) -> page.Measure:
    """A line of the action plan."""
    titles = {offer.id: offer.title for offer in place.offers}
    draft = row.draft
    return page.Measure(
        title=draft.title,
        steps=_lines(draft.steps),
        owner=draft.owner,
        due_on=draft.due_on,
        effort=draft.effort,
        metric=draft.metric,
        dimension=draft.dimension,
        offers=tuple(titles[o] for o in draft.offers if o in titles),
    )


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
        source=offer.source,
        warning="" if hint.standing.is_fresh else hint.standing.sentence,
        before_start="Antrag vor Beginn stellen." if offer.before_start else "",
    )


def _said(hint: OfferHint) -> str:
    """What it is, what it asks for, how much, and with what it may be combined, in words."""
    offer = hint.offer
    parts = (offer.summary, offer.conditions, offer.rates, offer.cumulation)
    return " ".join(part for part in parts if part)
