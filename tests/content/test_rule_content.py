"""Every rule can fire, reads facts that exist, and is complete in both languages."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_advisor.advice.facts import fact_names
from desktop_advisor.advice.offers import Offer
from desktop_advisor.advice.recommending import fire
from desktop_advisor.questionnaire.authoring.compiling import compile_workbook
from desktop_advisor.questionnaire.rules import compile_condition
from desktop_advisor.questionnaire.sidecar import Sidecar

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEXTS = ("title", "text", "steps", "owner", "effort", "metric")
FORMS = Path(__file__).parents[2] / "resources" / "forms"


@pytest.fixture(scope="session", params=["kurzcheck", "vollcheck"])
def sidecar(request: pytest.FixtureRequest) -> Sidecar:
    """Both questionnaires: what holds for the rules of one holds for the other."""
    return compile_workbook(FORMS / f"{request.param}.md").sidecar


def nothing_known(sidecar: Sidecar) -> dict[str, str]:
    return dict.fromkeys(fact_names(sidecar), "")


def everything_at(sidecar: Sidecar, level: str) -> dict[str, str]:
    facts = nothing_known(sidecar)
    for indicator in sidecar.indicators:
        best = "5" if indicator.role == "importance" else level.replace("0", "1")
        value = level if indicator.role == "level" else best
        facts |= {indicator.question: value, f"br_{indicator.question}": value}
    return facts


def test_there_are_at_least_60_rules_for_company_employees_and_warning_signs(
    sidecar: Sidecar,
) -> None:
    audiences = Counter(rule.audience for rule in sidecar.rules)
    assert len(sidecar.rules) >= 60
    assert audiences["employees"] >= 18
    assert 1 <= audiences["stop"] <= 2


def test_rule_names_are_unique_and_their_dimensions_exist(sidecar: Sidecar) -> None:
    names = [rule.name for rule in sidecar.rules]
    assert len(set(names)) == len(names)
    assert {r.dimension for r in sidecar.rules} == {d.code for d in sidecar.dimensions}


def test_every_text_of_every_rule_is_there_in_german_and_english(sidecar: Sidecar) -> None:
    for rule in sidecar.rules:
        for part in TEXTS:
            text = getattr(rule, part)
            assert text["de"], (rule.name, part)
            assert text["en"], (rule.name, part)
            assert "€" not in text["de"]


def test_every_rule_says_in_three_to_six_steps_how_to_go_about_it(sidecar: Sidecar) -> None:
    for rule in sidecar.rules:
        german, english = (rule.steps[code].splitlines() for code in ("de", "en"))
        assert 3 <= len(german) <= 6, rule.name
        assert len(german) == len(english), rule.name


FOUND_BY_SEARCH = {"sgb3-106a"}
"""Shared offers that no rule has to name: what ran out is kept to be found by the search."""


def test_every_offer_a_rule_names_is_in_the_catalogue(
    sidecar: Sidecar, offers: dict[str, Offer], shared: dict[str, Offer]
) -> None:
    named = {offer for rule in sidecar.rules for offer in rule.offers}
    assert named <= set(offers)
    assert set(shared) - named <= FOUND_BY_SEARCH, "no rule names it: never shown with advice"


def test_every_fact_a_rule_reads_exists(sidecar: Sidecar) -> None:
    names = frozenset(fact_names(sidecar))
    for rule in sidecar.rules:
        read = compile_condition(rule.relevant, names).names
        assert read, rule.name
        assert set(read) <= names, rule.name


def test_nothing_fires_while_nothing_is_known(sidecar: Sidecar) -> None:
    assert fire(sidecar.rules, nothing_known(sidecar), NOW) == ()


def test_a_company_at_the_highest_level_gets_no_advice(sidecar: Sidecar) -> None:
    hits = fire(sidecar.rules, everything_at(sidecar, "5"), NOW)
    assert [hit.rule.name for hit in hits] == []


def test_a_company_at_the_lowest_level_gets_advice_in_every_dimension(sidecar: Sidecar) -> None:
    hits = fire(sidecar.rules, everything_at(sidecar, "0"), NOW)
    assert {hit.rule.dimension for hit in hits} == {d.code for d in sidecar.dimensions}


@pytest.mark.parametrize("state", ["na", "kv"])
def test_states_that_are_not_answers_fire_nothing(sidecar: Sidecar, state: str) -> None:
    facts = nothing_known(sidecar) | {i.question: state for i in sidecar.indicators}
    assert fire(sidecar.rules, facts, NOW) == ()


def test_whatever_looks_for_new_business_is_growth(sidecar: Sidecar) -> None:
    growth = {rule.name for rule in sidecar.rules if rule.is_growth}
    business = "new_markets technology_scouting new_mobility electric_parts joint_bid"
    assert {*business.split(), "innovation_project", "own_power", "mes_step"} <= growth


def test_short_liquidity_suspends_growth_advice_and_nothing_else(sidecar: Sidecar) -> None:
    facts = everything_at(sidecar, "0") | {"d06_offers": "2", "d09_science": "2"}
    hits = fire(sidecar.rules, facts, NOW)
    growth = [hit for hit in hits if hit.rule.is_growth]
    assert len(growth) >= 3
    assert all(hit.suspended for hit in growth)
    assert not any(hit.suspended for hit in hits if not hit.rule.is_growth)

    relieved = facts | {"d01_liquidity": "4", "d11_warning": "3"}
    assert not any(hit.suspended for hit in fire(sidecar.rules, relieved, NOW))
