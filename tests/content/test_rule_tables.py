"""The test tables beside the rules: both questionnaires, every rule, every threshold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_advisor.advice.facts import fact_names
from desktop_advisor.advice.recommending import fire
from desktop_advisor.questionnaire.authoring.checks.rule_tables import Case, table_of
from desktop_advisor.questionnaire.authoring.compiling import compile_book
from desktop_advisor.questionnaire.authoring.outline import Outline, outline_of
from desktop_advisor.questionnaire.authoring.workbook import read_workbook
from desktop_advisor.questionnaire.fact_names import FIGURES
from desktop_advisor.questionnaire.sidecar import Rule, Sidecar

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FORMS = Path(__file__).parents[2] / "resources" / "forms"
THRESHOLD = re.compile(r"\$\{(\w+)\} (<=|>=|<|>) ([\d.]+)")
NUMBERS = (*FIGURES, "heads", "turnover_million")
TRIGGERS = {
    "exposure of 50 % with a follow-on gap": (
        "product_stress_test machine_reuse new_markets technology_scouting bank_talk",
        "jobs_map perspective_talks transition_agreement",
    ),
    "one customer above 50 %": ("customer_plan renegotiate joint_bid", "multi_skilling"),
    "entry into high-voltage components": ("electric_parts", "high_voltage_training"),
    "no machine data": ("machine_data mes_step", "data_skills"),
    "NIS2 in scope": ("nis2_check it_emergency", "security_officer security_awareness"),
    "footprint requested": ("carbon_footprint vsme_data", "circular_training energy_scouts"),
    "energy above 8 %": ("energy_audit own_power energy_price", "energy_scouts"),
    "bad reach by public transport": ("commute_plan", "commute_offers"),
    "no overview of skills": (
        "skills_matrix skills_sheet training_plan",
        "partial_degrees career_steps",
    ),
    "more than 30 % leave a key job": ("knowledge_relay recruiting", "mentoring"),
    "no partner in research": ("transfer_talk research_allowance", "students"),
    "works council informed late": (
        "joint_steering council_talk staff_round future_check change_lead",
        "information team_talk idea_round",
    ),
    "power or land is short": ("site_talk", ""),
    "liquidity below two months": ("stop_liquidity short_time_joint short_time_staff", ""),
}
"""Row of domain §5b → rules for the company, rules for the employees."""


@pytest.fixture(scope="module", params=["kurzcheck", "vollcheck"])
def outline(request: pytest.FixtureRequest) -> Outline:
    return outline_of(read_workbook(FORMS / f"{request.param}.md"))


@pytest.fixture(scope="module")
def sidecar(outline: Outline) -> Sidecar:
    return compile_book(outline.book, "form").sidecar


@pytest.fixture(scope="module")
def cases(outline: Outline) -> dict[str, list[Case]]:
    by_rule: dict[str, list[Case]] = defaultdict(list)
    for case in table_of(outline):
        by_rule[case.rule].append(case)
    return by_rule


def test_every_rule_fires_and_stays_silent_in_its_table(
    sidecar: Sidecar, cases: dict[str, list[Case]]
) -> None:
    assert set(cases) == {rule.name for rule in sidecar.rules}
    for rule in sidecar.rules:
        assert {case.fires for case in cases[rule.name]} == {True, False}, rule.name


def test_every_row_comes_out_through_the_engine_that_advises(
    sidecar: Sidecar, cases: dict[str, list[Case]]
) -> None:
    known = dict.fromkeys(fact_names(sidecar), "")
    for rule in sidecar.rules:
        for case in cases[rule.name]:
            assert set(case.facts) <= set(known), (rule.name, case.row.number)
            hits = fire([rule], known | case.facts, NOW)
            assert bool(hits) == case.fires, (rule.name, case.row.number)
            assert all(hit.fired_by for hit in hits), "advice names what led to it"


def thresholds(rule: Rule) -> Iterator[tuple[str, float]]:
    for name, _, constant in THRESHOLD.findall(rule.relevant):
        if name in NUMBERS:
            yield name, float(constant)


def test_every_threshold_of_a_number_is_tried_at_its_boundary(
    sidecar: Sidecar, cases: dict[str, list[Case]]
) -> None:
    for rule in sidecar.rules:
        for name, constant in thresholds(rule):
            tried = {float(case.facts[name]) for case in cases[rule.name] if case.facts.get(name)}
            near = {value for value in tried if abs(value - constant) <= 1}
            assert len(near) >= 2, f"{rule.name}: both sides of {name} at {constant}"
            assert constant in near, f"{rule.name}: {name} exactly {constant}"


def test_every_figure_is_tried_when_it_is_not_known(
    sidecar: Sidecar, cases: dict[str, list[Case]]
) -> None:
    for rule in sidecar.rules:
        for name in FIGURES:
            if f"${{{name}}}" in rule.relevant:
                unknown = [case for case in cases[rule.name] if not case.facts.get(name)]
                assert unknown, f"{rule.name}: {name} not known"


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_every_trigger_has_advice_for_company_and_employees(sidecar: Sidecar, trigger: str) -> None:
    rules = {rule.name: rule for rule in sidecar.rules}
    company, employees = (names.split() for names in TRIGGERS[trigger])
    assert all(rules[name].audience in {"company", "stop"} for name in company)
    assert all(rules[name].audience == "employees" for name in employees)


def weak(sidecar: Sidecar, level: str, **company: str) -> dict[str, str]:
    """A firm that answered everything with one level."""
    facts = dict.fromkeys(fact_names(sidecar), "") | company
    for indicator in sidecar.indicators:
        of_pair = {"importance": "3", "satisfaction": "3"}
        facts[indicator.question] = of_pair.get(indicator.role, level)
    return facts


def names_of(sidecar: Sidecar, facts: dict[str, str]) -> set[str]:
    return {hit.rule.name for hit in fire(sidecar.rules, facts, NOW) if not hit.suspended}


def test_a_toolmaker_of_nine_is_told_no_committees(sidecar: Sidecar) -> None:
    facts = weak(sidecar, "1", heads="9", has_works_council="no", turnover_million="1.1")
    told = names_of(sidecar, facts)
    large = "strategy_paper joint_steering staff_round change_lead skills_matrix information"
    assert not told & {*large.split(), "idea_round", "age_structure", "commute_plan", "nis2_check"}
    assert {"strategy_page", "skills_sheet", "team_talk"} <= told


@pytest.mark.parametrize("heads", ["9", "48", "180"])
def test_what_is_under_way_is_not_advised_again(sidecar: Sidecar, heads: str) -> None:
    """Level 2: somebody has the job and a date is set."""
    told = names_of(sidecar, weak(sidecar, "2", heads=heads, has_works_council="no"))
    assert len(told) <= len(sidecar.rules) // 4


def test_only_advice_that_asks_for_a_works_council_has_a_step_with_one(sidecar: Sidecar) -> None:
    allowed = re.compile(
        r"Betriebsrat, wo es ihn gibt|wo es ihn gibt, Betriebsrat|Ohne Betriebsrat"
    )
    for rule in sidecar.rules:
        if "has_works_council} = 'yes'" in rule.relevant or rule.name == "two_views":
            continue
        words = "; ".join(text["de"] for text in (rule.title, rule.text, rule.steps, rule.owner))
        assert "Betriebsr" not in allowed.sub("", words), rule.name
