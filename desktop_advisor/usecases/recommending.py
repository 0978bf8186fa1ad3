"""Recommend: fire the rules, let the advisor decide, turn what is accepted into measures."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.eligibility import CompanyFacts, Eligibility, Verdict, check
from desktop_advisor.advice.offers import Offer, Standing, spoken_offer, standing
from desktop_advisor.advice.recommending import Fired, paused_by
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.language import GERMAN, choose_of
from desktop_advisor.questionnaire.sidecar import Rule
from desktop_advisor.storage.models import Case, Company, Recommendation
from desktop_advisor.usecases.causes import Cause, cause_of
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.firing import fire_rules
from desktop_advisor.usecases.measures import MeasureDraft, add_measure
from desktop_advisor.usecases.releasing import hidden_sides, rests_on_works_council
from desktop_advisor.usecases.results import Results, show_results
from desktop_advisor.usecases.workplace import Workplace

Audience = Literal["company", "employees", "stop"]
"""Whom a recommendation speaks to; "stop" is a warning sign that suspends growth advice."""

DECISIONS = {
    "open": "offen",
    "accepted": "angenommen",
    "edited": "angepasst",
    "postponed": "zurückgestellt",
    "rejected": "abgelehnt",
}
"""Decision of the advisor → its word on screen and in the report."""


class DecisionNeedsReason(KnownError):
    """A recommendation is put off or rejected without saying why (design §9)."""

    def __init__(self) -> None:
        super().__init__(
            "Bitte geben Sie einen Grund an.",
            safe="Die Empfehlung bleibt unverändert.",
        )


@dataclass(frozen=True)
class OfferHint:
    """An offer for this company: does it come into consideration, and how old is the news?"""

    offer: Offer
    eligibility: Eligibility
    standing: Standing


@dataclass(frozen=True)
class RecommendationView:
    """A recommendation with its reasons. is_current False: its answers have changed since.

    is_parked: its dimension was put aside since, so it stands on nothing that is looked at.
    suspended: why it is held back, "" where it is not (growth advice under a warning sign).
    """

    recommendation_id: uuid.UUID
    rule: str
    audience: Audience
    dimension: str
    dimension_short: str
    title: str
    text: str
    steps: str
    owner: str
    effort: str
    metric: str
    causes: tuple[Cause, ...]
    hints: tuple[OfferHint, ...]
    decision: str
    reason: str
    is_current: bool
    is_parked: bool = False
    suspended: str = ""

    @property
    def rests_on_works_council(self) -> bool:
        """Whether an answer of the works council fired it, which needs its release (§3)."""
        return rests_on_works_council(cause.fact for cause in self.causes)


def refresh_recommendations(place: Workplace, case_id: uuid.UUID) -> list[RecommendationView]:
    """Fire the rules on the answers as they are; decisions already taken are kept.

    What the works council said fires nothing until it is released (domain §3). Writes only what
    changed, so looking twice leaves no trace in the change log.
    """
    results = show_results(place, case_id)
    hits = fire_rules(place, results)
    with place.store.edit(place.author) as session:
        case = session.get_one(Case, case_id)
        fired = {hit.rule.name: hit for hit in hits if not hit.suspended}
        stored = {r.rule: r for r in _stored(session, case_id)}
        for name, hit in fired.items():
            _keep(session, case, hit, stored.get(name))
        for name, row in stored.items():
            if name not in fired and row.is_current:
                row.is_current = False
    return list_recommendations(place, case_id, results)


def list_recommendations(
    place: Workplace, case_id: uuid.UUID, results: Results | None = None
) -> list[RecommendationView]:
    """Warning signs first, then by the priority of the field; obsolete undecided ones drop out.

    So do those that rest on the works council's answers alone while these are not released.
    """
    results = results or show_results(place, case_id)
    rules = {rule.name: rule for rule in results.form.sidecar.rules}
    with place.store.read() as session:
        case = session.get_one(Case, case_id)
        facts = company_facts(session.get_one(Company, case.company_id))
        rows = [r for r in _stored(session, case_id) if r.is_current or r.decision != "open"]
        hidden = hidden_sides(session, case_id)
        views = [
            _view(place, row, rules.get(row.rule), results, facts)
            for row in rows
            if not (hidden and rests_on_works_council(row.fired_by))
        ]
        views = _with_pauses(views, rules)
    order = {name: position for position, name in enumerate(rules)}
    values = results.priorities.values

    def urgency(view: RecommendationView) -> tuple[bool, Decimal, int]:
        value = values.get(view.dimension, Decimal(0))
        return (view.audience != "stop", -value, order.get(view.rule, len(order)))

    return sorted(views, key=urgency)


def _with_pauses(
    views: Sequence[RecommendationView], rules: Mapping[str, Rule]
) -> list[RecommendationView]:
    """Growth advice decided on earlier says that a warning sign stands against it (domain §5b)."""
    signs = [view.title for view in views if view.audience == "stop" and view.is_current]
    grows = {name for name, rule in rules.items() if rule.is_growth}
    return [
        replace(view, suspended=paused_by(signs[0])) if signs and view.rule in grows else view
        for view in views
    ]


def decide_recommendation(
    place: Workplace,
    recommendation_id: uuid.UUID,
    decision: str,
    *,
    reason: str = "",
    title: str | None = None,
    text: str | None = None,
) -> None:
    """Accept, edit, postpone or reject. Raises DecisionNeedsReason for the last two."""
    if decision not in DECISIONS:
        raise ValueError(decision)
    if decision in ("postponed", "rejected") and not reason.strip():
        raise DecisionNeedsReason
    with place.store.edit(place.author) as session:
        row = session.get_one(Recommendation, recommendation_id)
        row.decision = decision
        row.reason = reason.strip()
        if title is not None:
            row.title = title.strip()
        if text is not None:
            row.text = text.strip()


def agree_measure(
    place: Workplace, view: RecommendationView, draft: MeasureDraft | None = None
) -> uuid.UUID:
    """Accept a recommendation and put it on the action plan; the measure's id."""
    with place.store.read() as session:
        case_id = session.get_one(Recommendation, view.recommendation_id).case_id
    if case_id is None:
        raise ValueError(view.recommendation_id)
    if view.decision not in ("accepted", "edited"):
        decide_recommendation(place, view.recommendation_id, "accepted")
    return add_measure(place, case_id, draft or measure_draft(view), view.recommendation_id)


def measure_draft(view: RecommendationView) -> MeasureDraft:
    """What the measure would say, to be completed with a person and a date."""
    return MeasureDraft(
        title=view.title,
        steps=view.steps,
        effort=view.effort,
        metric=view.metric,
        dimension=view.dimension,
        offers=tuple(
            h.offer.id for h in view.hints if h.eligibility.verdict is not Verdict.EXCLUDED
        ),
    )


def _stored(session: Session, case_id: uuid.UUID) -> list[Recommendation]:
    query = select(Recommendation).where(
        Recommendation.case_id == case_id, Recommendation.deleted.is_(False)
    )
    return list(session.scalars(query))


def _keep(session: Session, case: Case, hit: Fired, row: Recommendation | None) -> None:
    rule = hit.rule
    if row is None:
        row = Recommendation(
            id=uuid.uuid5(case.id, f"recommendation:{rule.name}"),
            company_id=case.company_id,
            case_id=case.id,
            rule=rule.name,
            audience=rule.audience,
            dimension=rule.dimension,
            title=rule.title["de"],
            text=rule.text["de"],
            offers=list(rule.offers),
        )
        session.add(row)
    if row.fired_by != dict(hit.fired_by):
        row.fired_by = dict(hit.fired_by)
    if row.is_current is False:
        row.is_current = True


def _view(
    place: Workplace,
    row: Recommendation,
    rule: Rule | None,
    results: Results,
    facts: CompanyFacts,
) -> RecommendationView:
    offers = {offer.id: spoken_offer(offer) for offer in place.offers}
    short = {d.dimension.code: d.short for d in results.dimensions}

    def text(part: str) -> str:
        return "" if rule is None else choose_of(getattr(rule, part))

    return RecommendationView(
        recommendation_id=row.id,
        rule=row.rule,
        audience=cast("Audience", row.audience),
        dimension=row.dimension,
        dimension_short=short.get(row.dimension, row.dimension),
        title=rule_text(rule, "title", row.title),
        text=rule_text(rule, "text", row.text),
        steps=text("steps"),
        owner=text("owner"),
        effort=text("effort"),
        metric=text("metric"),
        causes=tuple(cause_of(fact, value, results) for fact, value in row.fired_by.items()),
        hints=tuple(_hint(place, offers[o], facts) for o in row.offers or () if o in offers),
        decision=row.decision,
        reason=row.reason,
        is_current=row.is_current,
        is_parked=row.dimension in {d.dimension.code for d in results.parked},
    )


def rule_text(rule: Rule | None, part: str, kept: str) -> str:
    """What is kept of a rule, in the language spoken as long as nobody has changed its words."""
    texts: Mapping[str, str] = {} if rule is None else getattr(rule, part)
    return choose_of(texts, kept) if kept == texts.get(GERMAN) else kept


def _hint(place: Workplace, offer: Offer, facts: CompanyFacts) -> OfferHint:
    today = place.clock().astimezone(BERLIN).date()
    return OfferHint(offer, check(offer, facts, today), standing(offer, today))
