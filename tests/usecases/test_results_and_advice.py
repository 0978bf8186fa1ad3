"""Results and recommendations of a case."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from desktop_advisor.assessment.scores import Verdict
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.measures import MeasureDraft, add_measure, edit_measure, list_measures
from desktop_advisor.usecases.recommending import (
    DecisionNeedsReason,
    agree_measure,
    decide_recommendation,
    list_recommendations,
    refresh_recommendations,
)
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.synchronising import show_sync
from desktop_advisor.usecases.workplace import Workplace


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    made = Interview(place, visit_id)
    for name in ("d07_plan", "d07_matrix", "d07_inclusion"):
        made.answer(name, "1")
    return made


def test_a_dimension_without_coverage_prints_no_value(place: Workplace, talk: Interview) -> None:
    talk.answer("d01_strategy", "5")
    results = show_results(place, talk.case_id)
    scores = {r.dimension.code: r.scores[Perspective.MANAGEMENT] for r in results.maturity}
    assert scores["D07"].printable == Decimal(1)
    assert scores["D01"].verdict is Verdict.TOO_LITTLE
    assert scores["D01"].printable is None


def test_management_and_works_council_two_levels_apart_is_a_talking_point(
    place: Workplace, talk: Interview
) -> None:
    talk.switch(Perspective.WORKS_COUNCIL)
    talk.answer("d07_matrix", "3")
    talk.answer("d07_plan", "2")
    release_view(place, talk.case_id, "Sabine Krauß")
    results = show_results(place, talk.case_id)
    assert [row.indicator.question for row in results.dissents] == ["d07_matrix"]


def test_a_hidden_perspective_leaves_no_trace_in_the_results(
    place: Workplace, talk: Interview
) -> None:
    talk.switch(Perspective.WORKS_COUNCIL)
    talk.answer("d07_matrix", "5")
    results = show_results(place, talk.case_id)
    assert results.perspectives == (Perspective.MANAGEMENT,)
    assert results.dissents == ()
    assert results.withheld == (Perspective.WORKS_COUNCIL,)
    assert all(
        Perspective.WORKS_COUNCIL not in item.answers
        for row in results.dimensions
        for item in row.indicators
    )


def test_recommendations_name_the_answers_that_fired_them(
    place: Workplace, talk: Interview
) -> None:
    views = refresh_recommendations(place, talk.case_id)
    matrix = next(v for v in views if any(c.fact == "d07_matrix" for c in v.causes))
    cause = next(c for c in matrix.causes if c.fact == "d07_matrix")
    assert cause.label.startswith("Wie gut wissen Sie")
    assert cause.value.startswith("1 – ")


def test_looking_twice_writes_nothing(place: Workplace, talk: Interview) -> None:
    refresh_recommendations(place, talk.case_id)
    before = show_sync(place).unsent
    refresh_recommendations(place, talk.case_id)
    assert show_sync(place).unsent == before


def test_a_rejection_needs_a_reason(place: Workplace, talk: Interview) -> None:
    view = refresh_recommendations(place, talk.case_id)[0]
    with pytest.raises(DecisionNeedsReason):
        decide_recommendation(place, view.recommendation_id, "rejected")
    assert list_recommendations(place, talk.case_id)[0].decision == "open"


def test_an_accepted_recommendation_becomes_a_measure(place: Workplace, talk: Interview) -> None:
    view = next(v for v in refresh_recommendations(place, talk.case_id) if v.audience != "stop")
    agree_measure(place, view)
    (row,) = list_measures(place, talk.case_id)
    assert row.draft.title == view.title
    assert (row.draft.owner, row.draft.due_on) == ("", None)
    assert list_recommendations(place, talk.case_id)[0].decision in ("accepted", "open")


def test_an_undecided_recommendation_goes_when_its_answers_change(
    place: Workplace, talk: Interview
) -> None:
    fired = {v.rule for v in refresh_recommendations(place, talk.case_id)}
    for name in ("d07_plan", "d07_matrix", "d07_inclusion"):
        talk.answer(name, "5")
    assert {v.rule for v in refresh_recommendations(place, talk.case_id)} < fired


def test_a_measure_can_be_edited(place: Workplace, talk: Interview) -> None:
    measure = add_measure(place, talk.case_id, MeasureDraft("Matrix anlegen"))
    edit_measure(place, measure, MeasureDraft("Matrix anlegen", owner="Personalleitung"))
    assert list_measures(place, talk.case_id)[0].draft.owner == "Personalleitung"
