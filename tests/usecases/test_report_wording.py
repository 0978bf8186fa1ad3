"""The sentences and figures of the summary, also where there is little or nothing to say."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.company_file import consenting, show_company_file
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.recommending import decide_recommendation, refresh_recommendations
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.visits import Person, plan_visit
from desktop_advisor.usecases.workplace import Workplace


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    return Interview(place, visit_id)


def test_without_an_answer_the_coverage_is_zero_of_all(place: Workplace, talk: Interview) -> None:
    figures = compose_report(place, talk.case_id).summary.figures
    assert (figures.answered, figures.applicable, figures.coverage) == (0, 33, Decimal(0))


def test_the_overall_coverage_is_weighted_like_every_other(
    place: Workplace, talk: Interview
) -> None:
    talk.answer("d01_liquidity", "3")
    figures = compose_report(place, talk.case_id).summary.figures
    assert figures.coverage is not None
    assert figures.coverage > Decimal(figures.answered) / figures.applicable


def test_where_nothing_applies_the_summary_says_so(place: Workplace, talk: Interview) -> None:
    for name in talk.questions():
        talk.answer(name, "na", "Der Betrieb ruht.")
    summary = compose_report(place, talk.case_id).summary
    assert summary.sentences[0].startswith("Keiner der Kennpunkte zum Reifegrad trifft auf")
    assert (summary.figures.coverage, summary.figures.applicable) == (None, 0)


def test_a_dimension_with_a_bottleneck_is_no_strength(place: Workplace, talk: Interview) -> None:
    for name, value in (("d04_footprint", "1"), ("d04_material", "5"), ("d04_esg", "5")):
        talk.answer(name, value)
    model = compose_report(place, talk.case_id)
    assert [(f.title, f.value) for f in model.strengths] == [
        ("Ökologische Transformation & Kreislauf, ein Kennpunkt", None)
    ]
    assert [f.title for f in model.urgent] == ["Ökologische Transformation & Kreislauf"]
    assert (
        "Ein niedriger Reifegrad oder ein Engpass zeigt sich im Handlungsfeld "
        "„Ökologische Transformation & Kreislauf“."
    ) in model.summary.sentences


def test_what_the_works_council_disputes_is_no_strength(place: Workplace, talk: Interview) -> None:
    for name in ("d11_council", "d11_roadmap"):
        talk.answer(name, "4")
    assert compose_report(place, talk.case_id).strengths[0].value is not None
    talk.switch(Perspective.WORKS_COUNCIL)
    for name in ("d11_council", "d11_roadmap"):
        talk.answer(name, "1")
    release_view(place, talk.case_id, "Sabine Krauß")
    model = compose_report(place, talk.case_id)
    assert all(finding.value is None for finding in model.strengths)
    assert (
        "Geschäftsführung und Betriebsrat liegen bei 2 Kennpunkten um zwei Stufen oder mehr "
        "auseinander."
    ) in model.summary.sentences


def test_a_cause_reads_without_a_colon_behind_its_question_mark(
    place: Workplace, talk: Interview
) -> None:
    talk.answer("d07_matrix", "1")
    for view in refresh_recommendations(place, talk.case_id):
        decide_recommendation(place, view.recommendation_id, "accepted")
    causes = [c for r in compose_report(place, talk.case_id).recommendations for c in r.fired_by]
    assert causes
    assert not any("?:" in cause for cause in causes)


def test_the_management_speaks_for_the_company_and_the_advisor_never_does(
    place: Workplace, company_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    (visit,) = show_company_file(place, company_id).visits
    assert consenting(visit) == "Martin Uhlig"
    alone = (Person("Jana Vogel", "ber"),)
    planned = plan_visit(place, company_id, starts_at=place.clock(), people=alone)
    visits = {v.visit_id: v for v in show_company_file(place, company_id).visits}
    assert consenting(visits[planned]) == ""
