"""Fire the rules on the results of a case, with every cause under the name of who said it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from desktop_advisor.advice.facts import build_facts, leading_of
from desktop_advisor.advice.recommending import Fired, fire, is_stop
from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.questionnaire.fact_names import COMPANY_FACTS
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.figures import Figures
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.scoring import Answers
from desktop_advisor.usecases.workplace import Form, Workplace


def fire_rules(place: Workplace, results: Results) -> tuple[Fired, ...]:
    """What fires on the results as they are, suspended growth advice included."""
    with place.store.read() as session:
        return _fired(place, results, session.get_one(Company, results.company_id))


def fired_titles(
    place: Workplace,
    form: Form,
    company: Mapping[str, str],
    answers: Answers,
    scores: Mapping[str, Score],
    parked: Collection[str] = (),
) -> tuple[str, ...]:
    """Titles of the rules that fire on one perspective's answers alone, for the live strip.

    answers: those to questions that are asked. scores: dimension code → score of the same.
    parked: dimensions put aside, whose rules do not fire.
    """
    values = {name: record.response.form_value for name, record in answers.items()}
    facts = build_facts(
        form.sidecar,
        company=company,
        answers={Perspective.MANAGEMENT: values},
        scores={Perspective.MANAGEMENT: scores},
    )
    rules = [rule for rule in form.sidecar.rules if rule.dimension not in parked]
    hits = fire(rules, facts, place.clock())
    return tuple(hit.rule.title.get("de", hit.rule.name) for hit in hits if not hit.suspended)


def _fired(place: Workplace, results: Results, company: Company) -> tuple[Fired, ...]:
    facts = company_facts(company)
    answers = {
        p: {
            i.indicator.question: i.answers[p].response.form_value
            for row in results.dimensions
            for i in row.indicators
            if p in i.answers
        }
        | {row.question: row.answers[p] for row in results.plain if p in row.answers}
        for p in results.perspectives
    }
    led = {
        i.indicator.question: i.led.response.form_value
        for row in results.dimensions
        for i in row.indicators
        if i.led is not None
    }
    led |= {row.question: row.led for row in results.plain}
    tree = build_facts(
        results.form.sidecar,
        company=facts.as_texts(),
        answers=answers,
        scores={
            p: {row.dimension.code: row.scores[p] for row in results.maturity if p in row.scores}
            for p in results.perspectives
        },
        leading=led,
        leading_scores={row.dimension.code: row.led for row in results.maturity if row.led},
        figures=results.figures.values,
    )
    parked = {row.dimension.code for row in results.parked}
    rules = [rule for rule in results.form.sidecar.rules if rule.dimension not in parked]
    # A warning sign stands whether its dimension is looked at or not: advice must not depend on it.
    aside = [r for r in results.form.sidecar.rules if r.dimension in parked and is_stop(r)]
    signs = fire(aside, {**tree, **results.aside}, place.clock())
    hits = _named((*signs, *fire(rules, tree, place.clock(), signs)), answers, tree)
    return tuple(replace(hit, fired_by=_told(hit.fired_by, results.figures)) for hit in hits)


def _told(fired_by: Mapping[str, str], figures: Figures) -> dict[str, str]:
    """A figure under the name of whoever's table it rests on, unless it is the management's."""

    def name(fact: str) -> str:
        side = figures.told_by.get(fact, Perspective.MANAGEMENT)
        return fact if side is Perspective.MANAGEMENT else f"{side}_{fact}"

    return {name(fact): value for fact, value in fired_by.items()}


def _named(
    fired: Sequence[Fired],
    answers: Mapping[Perspective, Mapping[str, str]],
    tree: Mapping[str, str],
) -> tuple[Fired, ...]:
    """The causes under the name of whoever answered in the management's place.

    A cause is kept for good, the lead is not: once the management answers, a plain name would
    pass the works council's word off as the management's, and print it without its release.
    """
    lead = leading_of(answers)
    agreed = {name for name, value in answers.get(Perspective.JOINT, {}).items() if value}

    def name(fact: str) -> str:
        if fact in agreed:
            return f"{Perspective.JOINT}_{fact}"
        if lead is Perspective.MANAGEMENT:
            return fact
        for kind in ("score_", "coverage_", ""):
            if fact.startswith(kind):
                own = f"{kind}{lead}_{fact.removeprefix(kind)}"
                return own if own in tree and fact not in COMPANY_FACTS else fact
        return fact

    return tuple(
        replace(hit, fired_by={name(fact): value for fact, value in hit.fired_by.items()})
        for hit in fired
    )
