"""A warning sign is in the report while it holds, whether or not anybody looked at the advice."""

from __future__ import annotations

import uuid

import pytest

from desktop_advisor.advice.recommending import is_stop
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.firing import fire_rules
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.recommending import decide_recommendation, refresh_recommendations
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import park, say


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    made = Interview(place, visit_id)
    made.answer("d01_liquidity", "0")
    return made


def _stops(place: Workplace, talk: Interview) -> list[str]:
    model = compose_report(place, talk.case_id)
    return [r.title for r in model.recommendations if r.audience == "stop"]


def test_it_is_there_before_the_advice_was_looked_at(place: Workplace, talk: Interview) -> None:
    assert len(_stops(place, talk)) == 1


def test_it_goes_with_its_cause_even_after_it_was_accepted(
    place: Workplace, talk: Interview
) -> None:
    (stop,) = [v for v in refresh_recommendations(place, talk.case_id) if v.audience == "stop"]
    decide_recommendation(place, stop.recommendation_id, "accepted")
    talk.answer("d01_liquidity", "4")
    assert _stops(place, talk) == []


def test_accepted_advice_says_that_its_answers_have_changed(
    place: Workplace, talk: Interview
) -> None:
    talk.answer("d07_matrix", "1")
    matrix = next(
        v for v in refresh_recommendations(place, talk.case_id) if v.rule == "skills_matrix"
    )
    decide_recommendation(place, matrix.recommendation_id, "accepted")
    talk.answer("d07_matrix", "5")
    model = compose_report(place, talk.case_id)
    printed = next(r for r in model.recommendations if r.title == matrix.title)
    assert printed.fired_by[-1] == "die Antworten haben sich seither geändert"


def test_a_warning_sign_stands_though_its_dimension_is_put_aside(
    place: Workplace, case_id: uuid.UUID
) -> None:
    growth = {"d03_data": "0", "d02_followon": "1", "d06_offers": "3"}
    say(place, case_id, Perspective.MANAGEMENT, {**growth, "d01_liquidity": "0"})
    park(place, case_id, "D01")
    hits = fire_rules(place, show_results(place, case_id))
    assert "stop_liquidity" in {hit.rule.name for hit in hits}
    grows = [hit for hit in hits if hit.rule.is_growth]
    assert grows
    assert all("Liquidität" in hit.suspended for hit in grows)
    assert {hit.rule.dimension for hit in hits if not is_stop(hit.rule)}.isdisjoint({"D01"})
