"""What the works council has not released is in no part of a report, however it came about."""

from __future__ import annotations

import uuid

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.frozen import to_json
from desktop_advisor.report.model import ReportModel
from desktop_advisor.storage.models import Case, Visit
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.measures import MeasureDraft, add_measure
from desktop_advisor.usecases.recommending import (
    agree_measure,
    decide_recommendation,
    list_recommendations,
    refresh_recommendations,
)
from desktop_advisor.usecases.releasing import (
    ReleaseNeedsName,
    ReleaseView,
    release_of,
    release_view,
    withdraw_release,
)
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.visits import begin_visit, plan_visit, record_consent
from desktop_advisor.usecases.workplace import Workplace

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
SKILLS = ("d07_plan", "d07_matrix", "d07_inclusion")


@pytest.fixture
def council(place: Workplace, visit_id: uuid.UUID) -> Interview:
    """Only the works council has answered so far."""
    talk = Interview(place, visit_id)
    talk.switch(BR)
    for name in SKILLS:
        talk.answer(name, "1")
    return talk


def _is_silent(model: ReportModel) -> bool:
    nothing = model.summary.figures.answered == 0 and not model.recommendations
    return nothing and not (model.strengths or model.urgent or model.talking_points or model.offers)


def test_a_report_on_the_works_council_alone_says_only_that_something_is_withheld(
    place: Workplace, council: Interview
) -> None:
    refresh_recommendations(place, council.case_id)
    model = compose_report(place, council.case_id)
    assert _is_silent(model)
    assert model.perspectives == (GF,)
    assert model.withheld
    assert b'"br"' not in to_json(model)


def test_management_that_took_everything_back_does_not_lead(
    place: Workplace, council: Interview
) -> None:
    council.switch(GF)
    council.answer("d01_strategy", "3")
    council.undo()
    seen_by_council = show_results(place, council.case_id, hidden=())
    assert seen_by_council.leading is BR
    assert seen_by_council.perspectives == (BR,)
    refresh_recommendations(place, council.case_id)
    assert _is_silent(compose_report(place, council.case_id))


def test_a_cause_keeps_its_owner_when_somebody_else_comes_to_lead(
    place: Workplace, council: Interview
) -> None:
    release_view(place, council.case_id, "Sabine Krauß")
    for view in refresh_recommendations(place, council.case_id):
        decide_recommendation(place, view.recommendation_id, "accepted")
    council.switch(GF)
    for name in SKILLS:
        council.answer(name, "5")
    views = refresh_recommendations(place, council.case_id)
    matrix = next(v for v in views if v.rule == "skills_matrix")
    assert matrix.rests_on_works_council
    assert matrix.causes[0].label.endswith("(Betriebsrat)")
    withdraw_release(place, council.case_id, "Sabine Krauß")
    assert compose_report(place, council.case_id).recommendations == ()


def test_the_last_word_on_the_release_counts(place: Workplace, council: Interview) -> None:
    release_view(place, council.case_id, "Sabine Krauß")
    assert BR in compose_report(place, council.case_id).perspectives
    withdraw_release(place, council.case_id, "Sabine Krauß")
    assert compose_report(place, council.case_id).perspectives == (GF,)
    release_view(place, council.case_id, "Sabine Krauß")
    assert BR in compose_report(place, council.case_id).perspectives


def test_a_release_says_who_and_when_and_needs_a_name(place: Workplace, council: Interview) -> None:
    with pytest.raises(ReleaseNeedsName):
        release_view(place, council.case_id, "  ")
    assert release_of(place, council.case_id) == ReleaseView()
    release_view(place, council.case_id, " Sabine Krauß ")
    given = release_of(place, council.case_id)
    assert (given.is_released, given.by, given.is_withdrawn) == (True, "Sabine Krauß", False)
    withdraw_release(place, council.case_id, "Sabine Krauß")
    taken = release_of(place, council.case_id)
    assert taken.is_withdrawn
    assert given.at
    assert taken.at
    assert taken.at > given.at


def test_an_old_consent_stays_stored_and_releases_nothing(
    place: Workplace, council: Interview, company_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    old = "works_council_view"
    record_consent(place, visit_id, old, granted=True, given_by="Sabine Krauß")
    assert compose_report(place, council.case_id).perspectives == (GF,)
    assert old in {row["purpose"] for row in export_company_file(place, company_id)["consent"]}


def test_people_and_consents_of_another_case_stay_there(
    place: Workplace, council: Interview, company_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    record_consent(place, visit_id, "statistics", granted=True, given_by="Martin Uhlig")
    with place.store.edit(place.author) as session:
        session.get_one(Case, council.case_id).state = "closed"
    second = plan_visit(place, company_id, starts_at=place.clock(), purpose="Wiedervorlage")
    begin_visit(place, second)
    with place.store.read() as session:
        case_id = session.get_one(Visit, second).case_id
    assert case_id is not None
    assert case_id != council.case_id
    model = compose_report(place, case_id)
    assert model.occasion == "Wiedervorlage"
    assert model.consents == ()
    assert [slot.name for slot in model.signatures] == ["", place.author]


def test_a_dropped_measure_is_not_called_agreed(place: Workplace, council: Interview) -> None:
    add_measure(place, council.case_id, MeasureDraft("Matrix anlegen"))
    add_measure(place, council.case_id, MeasureDraft("Halle umbauen", state="dropped"))
    model = compose_report(place, council.case_id)
    assert [m.title for m in model.measures] == ["Matrix anlegen"]
    assert "Vereinbart wurde 1 Maßnahme." in model.summary.sentences


def test_an_edited_recommendation_stays_edited_when_its_rule_fires_again(
    place: Workplace, council: Interview
) -> None:
    release_view(place, council.case_id, "Sabine Krauß")
    view = refresh_recommendations(place, council.case_id)[0]
    decide_recommendation(place, view.recommendation_id, "edited", title="Anders", text="Kürzer.")
    agree_measure(place, list_recommendations(place, council.case_id)[0])
    for value in ("5", "0"):
        for name in SKILLS:
            council.answer(name, value)
        refresh_recommendations(place, council.case_id)
    kept = {v.recommendation_id: v for v in list_recommendations(place, council.case_id)}
    again = kept[view.recommendation_id]
    assert (again.title, again.text, again.decision) == ("Anders", "Kürzer.", "edited")
    assert again.is_current


def test_advice_that_also_stands_on_the_managements_answers_stays_with_those_as_causes(
    place: Workplace, council: Interview
) -> None:
    council.answer("d11_council", "1")
    council.switch(GF)
    council.answer("d11_council", "2")
    release_view(place, council.case_id, "Sabine Krauß")
    views = refresh_recommendations(place, council.case_id)
    assert next(v for v in views if v.rule == "joint_steering").rests_on_works_council
    withdraw_release(place, council.case_id, "Sabine Krauß")
    model = compose_report(place, council.case_id)
    titles = {v.rule: v.title for v in views}
    causes = {r.title: r.fired_by for r in model.recommendations}
    assert any("? 2 – " in cause for cause in causes[titles["joint_steering"]])
    assert not any("(Betriebsrat)" in cause for cause in causes[titles["joint_steering"]])
