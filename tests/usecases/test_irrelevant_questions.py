"""A question that no longer fits the company counts nowhere, though its answer is kept."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.companies import edit_company
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.recommending import refresh_recommendations
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.results import IndicatorRow, Results, show_results
from desktop_advisor.usecases.workplace import Workplace

COUNCIL = "d11_council"


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    """Both sides answered the works council question; then the company turns out to have none."""
    made = Interview(place, visit_id)
    made.answer("d11_roadmap", "4")
    made.answer("d11_warning", "4")
    made.answer(COUNCIL, "0")
    made.switch(Perspective.WORKS_COUNCIL)
    made.answer(COUNCIL, "4")
    release_view(place, made.case_id, "Sabine Krauß")
    return made


def _loses_its_council(place: Workplace, company_id: uuid.UUID) -> None:
    draft = show_company_file(place, company_id).draft
    edit_company(place, company_id, replace(draft, has_works_council="no", heads="4"))


def _row(results: Results) -> IndicatorRow:
    rows = [item for row in results.dimensions for item in row.indicators]
    return next(item for item in rows if item.indicator.question == COUNCIL)


def test_it_is_asked_of_nobody_and_is_no_talking_point(place: Workplace, talk: Interview) -> None:
    assert len(show_results(place, talk.case_id).dissents) == 1
    _loses_its_council(place, talk.company_id)
    results = show_results(place, talk.case_id)
    assert results.dissents == ()
    assert _row(results).answers == {}
    assert _row(results).indicator.perspectives == ()


def test_it_is_no_bottleneck_and_fires_no_rule(place: Workplace, talk: Interview) -> None:
    assert any(v.rule == "joint_steering" for v in refresh_recommendations(place, talk.case_id))
    _loses_its_council(place, talk.company_id)
    rules = {v.rule for v in refresh_recommendations(place, talk.case_id)}
    assert not rules & {"joint_steering", "two_views", "information"}
    row = next(r for r in show_results(place, talk.case_id).maturity if r.dimension.code == "D11")
    assert row.bottleneck == ""
    assert row.scores[Perspective.MANAGEMENT].applicable == 2


def test_it_is_not_in_the_report(place: Workplace, talk: Interview) -> None:
    _loses_its_council(place, talk.company_id)
    model = compose_report(place, talk.case_id)
    printed = {item.question for row in model.dimensions for item in row.indicators}
    assert COUNCIL not in printed
    assert "d11_roadmap" in printed


def test_its_answer_comes_back_with_the_question(place: Workplace, talk: Interview) -> None:
    draft = show_company_file(place, talk.company_id).draft
    _loses_its_council(place, talk.company_id)
    edit_company(place, talk.company_id, draft)
    assert _row(show_results(place, talk.case_id)).answers[
        Perspective.MANAGEMENT
    ].response.value == ("0")


def test_the_live_strip_reads_what_is_asked_and_all_that_is_known_of_the_company(
    place: Workplace, company_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    draft = show_company_file(place, company_id).draft
    edit_company(place, company_id, replace(draft, heads="40", turnover_million="21,4"))
    strip = Interview(place, visit_id).answer("d03_security", "3").new_advice
    views = refresh_recommendations(place, Interview(place, visit_id).case_id)
    assert {v.title for v in views} == set(strip)


def test_a_bottleneck_is_explained_by_its_own_answer(place: Workplace, visit_id: uuid.UUID) -> None:
    talk = Interview(place, visit_id)
    critical = [q for q in talk.questions() if talk.question(q).is_critical]
    dimension = talk.question(critical[0]).dimension
    mine = [q for q in talk.questions() if talk.question(q).dimension == dimension]
    lesser = next(q for q in mine if q not in critical)
    for name in mine:
        talk.answer(name, "0" if name == lesser else "1")
    finding = compose_report(place, talk.case_id).urgent[0]
    view = talk.question(critical[0])
    anchor = next(o.text for o in view.options if o.value == "1")
    assert finding.text == f"Engpass: {view.text} – {anchor}"
