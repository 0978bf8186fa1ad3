"""The facts tree: all a rule may read, as text, under names that never change (design §7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.questionnaire.fact_names import COMPANY_FACTS, FIGURES
from desktop_advisor.questionnaire.sidecar import Sidecar

LEADING_ORDER = (
    Perspective.MANAGEMENT,
    Perspective.ADVISOR,
    Perspective.WORKS_COUNCIL,
    Perspective.JOINT,
)
"""Whose answers stand under the plain question name: the first who answered anything."""

_BESIDE = (Perspective.WORKS_COUNCIL, Perspective.ADVISOR, Perspective.JOINT)
"""Perspectives that can also be read by name, as br_…, ber_… and gem_…."""


def fact_names(sidecar: Sidecar) -> tuple[str, ...]:
    """Every name the facts tree of this questionnaire has, whether known or not."""
    return tuple(build_facts(sidecar, company={}, answers={}, scores={}))


def build_facts(
    sidecar: Sidecar,
    *,
    company: Mapping[str, str],
    answers: Mapping[Perspective, Mapping[str, str]],
    scores: Mapping[Perspective, Mapping[str, Score]],
    leading: Mapping[str, str] | None = None,
    leading_scores: Mapping[str, Score] | None = None,
    figures: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Name → text of every fact; "" where not known, so that no rule fires on ignorance.

    company: the company facts as text. answers: question → form value, per perspective.
    scores: dimension code → score, per perspective; a score without enough coverage reads as "".
    leading, leading_scores: what stands under the plain names where that is more than one
    perspective's word; None: the leading perspective's. figures: see `FIGURES`; absent: not known.
    A company fact outweighs the question of the same name.
    """
    lead = leading_of(answers)
    said = answers.get(lead, {}) if leading is None else leading
    facts = {name: said.get(name, "") for name in _questions(sidecar, answers)}
    for name in COMPANY_FACTS:
        facts[name] = company.get(name, "") or facts.get(name, "")
    for perspective in _BESIDE:
        theirs = answers.get(perspective, {})
        for name in _questions(sidecar, answers):
            facts[f"{perspective}_{name}"] = theirs.get(name, "")
    facts |= {name: (figures or {}).get(name, "") for name in FIGURES}
    led = scores.get(lead, {}) if leading_scores is None else leading_scores
    facts |= _score_facts(sidecar, led, "")
    for perspective in _BESIDE:
        facts |= _score_facts(sidecar, scores.get(perspective, {}), f"{perspective}_")
    return facts


def leading_of(answers: Mapping[Perspective, Mapping[str, str]]) -> Perspective:
    """Whose answers stand under the plain names; management where nobody answered."""
    answered = (p for p in LEADING_ORDER if any(answers.get(p, {}).values()))
    return next(answered, LEADING_ORDER[0])


def _questions(sidecar: Sidecar, answers: Mapping[Perspective, Mapping[str, str]]) -> Iterator[str]:
    """Scored questions, the other questions of the form, then whatever else was answered."""
    names = dict.fromkeys(indicator.question for indicator in sidecar.indicators)
    names |= dict.fromkeys(sidecar.rows)
    for values in answers.values():
        names |= dict.fromkeys(values)
    yield from names


def _score_facts(sidecar: Sidecar, scores: Mapping[str, Score], infix: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    for dimension in sidecar.dimensions:
        score = scores.get(dimension.code)
        value = None if score is None else score.printable
        coverage = None if score is None else score.coverage
        code = dimension.code.lower()
        facts[f"score_{infix}{code}"] = "" if value is None else f"{value:f}"
        facts[f"coverage_{infix}{code}"] = "" if coverage is None else f"{coverage:f}"
    return facts
