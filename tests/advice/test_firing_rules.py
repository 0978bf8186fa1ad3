"""A rule fires on what is known, says by which facts, and growth waits for solvency (design §9)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest

from desktop_advisor.advice.recommending import fire
from desktop_advisor.questionnaire.sidecar import Rule

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FACTS = {"d01_a": "1", "d07_b": "", "br_d07_b": "", "heads": "40", "score_d01": ""}


def rule(
    name: str,
    relevant: str,
    audience: Literal["company", "employees", "stop"] = "company",
    *,
    is_growth: bool = False,
) -> Rule:
    text = {"de": name, "en": name}
    return Rule(
        name=name,
        dimension="D01",
        relevant=relevant,
        audience=audience,
        title=text,
        text=text,
        steps=text,
        owner=text,
        effort=text,
        metric=text,
        is_growth=is_growth,
    )


LOW = rule("low", "${d01_a} <= 2")
STOP = rule("stop", "${d01_a} <= 1", "stop")
GROWTH = rule("growth", "${heads} >= 10", is_growth=True)


def test_a_rule_names_the_known_facts_its_condition_reads() -> None:
    (hit,) = fire([rule("r", "${d01_a} <= 2 or ${d07_b} <= 2")], FACTS, NOW)
    assert hit.fired_by == {"d01_a": "1"}


@pytest.mark.parametrize(
    "relevant",
    ["${d07_b} <= 2", "${score_d01} < 2.5", "${br_d07_b} = 0", "${d07_b} - ${d01_a} > 0"],
)
def test_a_fact_that_is_not_known_fires_nothing(relevant: str) -> None:
    assert fire([rule("r", relevant)], FACTS, NOW) == ()


def test_rules_fire_in_the_order_of_the_workbook() -> None:
    hits = fire([GROWTH, rule("never", "${heads} > 99"), LOW], FACTS, NOW)
    assert [hit.rule.name for hit in hits] == ["growth", "low"]


def test_a_warning_sign_suspends_growth_and_says_why() -> None:
    hits = {hit.rule.name: hit for hit in fire([GROWTH, LOW, STOP], FACTS, NOW)}
    assert hits["growth"].suspended == "Zurückgestellt, solange das Warnzeichen besteht: stop."
    assert hits["low"].suspended == ""
    assert hits["stop"].suspended == ""


def test_growth_is_advised_while_no_warning_sign_fires() -> None:
    hits = fire([GROWTH, STOP], FACTS | {"d01_a": "3"}, NOW)
    assert [(hit.rule.name, hit.suspended) for hit in hits] == [("growth", "")]
