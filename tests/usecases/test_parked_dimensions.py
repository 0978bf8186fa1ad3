"""A dimension put aside is not looked at: nowhere weak, nowhere counted, said in words."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from desktop_advisor.assessment.scores import Verdict, not_considered, overall
from desktop_advisor.domain.answers import Perspective, Response
from desktop_advisor.report.chapters_results import radar_chart
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.firing import fired_titles
from desktop_advisor.usecases.recommending import refresh_recommendations
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.scoring import AnswerRecord, parked_dimensions
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import park, say
from tests.report.reading import words_of

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
WEAK = {"d07_plan": "0", "d07_matrix": "0", "d07_inclusion": "0"}
FAIR = {"d01_strategy": "4", "d01_customers": "4"}


@pytest.fixture
def answered(place: Workplace, case_id: uuid.UUID) -> Workplace:
    say(place, case_id, GF, {**WEAK, **FAIR, "d12_energy_importance": "5"})
    say(place, case_id, BR, dict.fromkeys(WEAK, "4"))
    return place


def test_an_overall_value_of_nothing_but_parked_dimensions_says_so() -> None:
    assert overall([(not_considered(), Decimal(1))]).verdict is Verdict.NOT_CONSIDERED
    assert overall([]).verdict is Verdict.NOT_APPLICABLE


def test_a_parked_dimension_has_no_score_no_bottleneck_and_counts_nowhere(
    answered: Workplace, case_id: uuid.UUID
) -> None:
    before = show_results(answered, case_id)
    assert "D07" in {row.dimension.code for row in before.urgent}
    park(answered, case_id, "D07")
    with answered.store.read() as session:
        assert parked_dimensions(session, case_id, "kurzcheck") == {"D07"}
    results = show_results(answered, case_id)
    row = next(r for r in results.dimensions if r.dimension.code == "D07")
    assert row.is_parked
    assert row.led is not None
    assert row.led.verdict is Verdict.NOT_CONSIDERED
    assert (row.led.printable, row.bottleneck) == (None, "")
    assert results.urgent == ()
    assert results.dissents == ()
    assert results.total is not None
    assert before.total is not None
    assert results.total.applicable == before.total.applicable - 3


def test_no_rule_of_a_parked_dimension_fires(answered: Workplace, case_id: uuid.UUID) -> None:
    fired = {view.dimension for view in refresh_recommendations(answered, case_id)}
    assert "D07" in fired
    park(answered, case_id, "D07")
    assert "D07" not in {view.dimension for view in refresh_recommendations(answered, case_id)}


def test_the_report_prints_it_as_not_considered_and_never_as_weak(
    answered: Workplace, case_id: uuid.UUID
) -> None:
    park(answered, case_id, "D07")
    model = compose_report(answered, case_id)
    parked = next(d for d in model.dimensions if d.code == "D07")
    assert parked.is_parked
    assert parked.indicators == ()
    assert parked.label not in [finding.title for finding in model.urgent]
    assert model.summary.figures.bottlenecks == 0
    axis = next(a for a in radar_chart(model.dimensions, GF, BR).axes if a.label == parked.short)
    assert (axis.value, axis.low, axis.compared) == (None, None, None)
    shown = words_of(model)
    assert f"Nicht betrachtet: „{parked.label}“." in shown
    assert shown.count("nicht betrachtet") >= 3  # overview, dimension, annex
    assert "Engpass:" not in shown


def test_parked_site_conditions_are_named_too(answered: Workplace, case_id: uuid.UUID) -> None:
    park(answered, case_id, "D12")
    model = compose_report(answered, case_id)
    assert model.site_factors == ()
    assert "Standortbedingungen Nicht betrachtet." in words_of(model)


def test_a_case_that_parked_everything_still_makes_a_report(
    answered: Workplace, case_id: uuid.UUID
) -> None:
    park(answered, case_id, *(d.code for d in answered.form().sidecar.dimensions))
    model = compose_report(answered, case_id)
    assert model.strengths == model.urgent == ()
    assert "noch kein Handlungsfeld betrachtet" in model.summary.sentences[0]
    assert words_of(model)


def test_the_live_strip_leaves_out_the_rules_of_a_parked_dimension(place: Workplace) -> None:
    form = place.form()
    said = {name: AnswerRecord(Response.of(value)) for name, value in WEAK.items()}
    heard = fired_titles(place, form, {}, said, {})
    assert heard
    assert set(fired_titles(place, form, {}, said, {}, parked={"D07"})) < set(heard)
