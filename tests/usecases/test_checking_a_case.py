"""The checks read what is stored of a case."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop_advisor.assessment.plausibility import Finding
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Answer, Assessment, Company, Report, Visit
from desktop_advisor.usecases.companies import draft_of, edit_company
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.plausibility import check_case
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.workplace import Workplace


@pytest.fixture
def case_id(place: Workplace, company_id: uuid.UUID, visit_id: uuid.UUID) -> uuid.UUID:
    found = show_company_file(place, company_id).case_id
    assert found is not None
    return found


@pytest.fixture
def interview(place: Workplace, visit_id: uuid.UUID) -> Interview:
    return Interview(place, visit_id, "kurzcheck")


def found_codes(place: Workplace, case_id: uuid.UUID) -> list[str]:
    return [finding.code for finding in check_case(place, case_id)]


def the(findings: tuple[Finding, ...], code: str) -> Finding:
    return next(finding for finding in findings if finding.code == code)


def store(place: Workplace, interview: Interview, answers: Mapping[str, str]) -> None:
    """Answers as the interview stores them, of questions that the Kurzcheck has not."""
    with place.store.edit("x") as session:
        if session.get(Assessment, interview.assessment_id) is None:
            session.add(
                Assessment(
                    id=interview.assessment_id,
                    company_id=interview.company_id,
                    case_id=interview.case_id,
                    form_id="kurzcheck",
                    perspective=str(interview.perspective),
                )
            )
        for key, value in answers.items():
            response = Response.of(value)
            session.add(
                Answer(
                    company_id=interview.company_id,
                    assessment_id=interview.assessment_id,
                    question=key,
                    state=response.state,
                    value=response.value,
                )
            )


def change_company(place: Workplace, company_id: uuid.UUID, **texts: str) -> None:
    with place.store.read() as session:
        draft = draft_of(session.get_one(Company, company_id))
    edit_company(place, company_id, replace(draft, **texts))


def test_a_new_case_has_nothing_odd(place: Workplace, case_id: uuid.UUID) -> None:
    assert check_case(place, case_id) == ()


def test_product_rows_are_summed_and_removed_rows_left_out(
    place: Workplace, case_id: uuid.UUID, interview: Interview
) -> None:
    store(
        place,
        interview,
        {
            "products#a": "1",
            "products#a/product_name": "Wellen",
            "products#a/product_share": "58",
            "products#a/product_eop": "2025-06-30",
            "products#b": "1",
            "products#b/product_share": "40",
            "products#c": "",
            "products#c/product_share": "30",
            "products#d": "1",
            "products#d/product_share": "dk",
        },
    )

    findings = check_case(place, case_id)

    assert [finding.code for finding in findings] == ["shares_sum", "ended_products"]
    assert "98,0" in findings[0].sentence
    assert findings[1].sentence.startswith("Wellen: Das Serienende 2025")


def test_job_rows_are_checked_against_their_heads(
    place: Workplace, case_id: uuid.UUID, interview: Interview
) -> None:
    row = {"name": "Guss", "heads": "9", "under30": "2", "30to44": "3", "60plus": "3"}
    cells = {f"jobs#a/job_{end}": value for end, value in row.items()}
    store(place, interview, {"jobs#a": "1", **cells})

    assert found_codes(place, case_id) == ["age_bands_sum"]


def test_a_critical_level_without_evidence_is_asked_about(
    place: Workplace, case_id: uuid.UUID, interview: Interview
) -> None:
    interview.answer("d01_customers", "4")

    finding = the(check_case(place, case_id), "high_without_evidence")
    assert finding.questions == ("d01_customers",)

    interview.set_evidence("d01_customers", Evidence.SEEN)
    assert found_codes(place, case_id) == []


def test_what_the_other_side_said_alone_is_never_named(
    place: Workplace, case_id: uuid.UUID, interview: Interview
) -> None:
    interview.answer("d01_strategy", "2")
    interview.switch(Perspective.WORKS_COUNCIL)
    interview.answer("d01_customers", "5")

    assert check_case(place, case_id) == ()
    own = check_case(place, case_id, Perspective.WORKS_COUNCIL)
    assert [finding.code for finding in own] == ["high_without_evidence"]


def test_many_not_applicable_answers_in_a_dimension_are_named(
    place: Workplace, case_id: uuid.UUID, interview: Interview
) -> None:
    first, second, *_rest = interview.section_questions("D06")
    interview.answer(first, "na", "Gibt es hier nicht")
    assert found_codes(place, case_id) == []

    interview.answer(second, "na", "Gibt es hier nicht")

    finding = the(check_case(place, case_id), "many_not_applicable")
    assert finding.questions == (first, second)


def test_a_parked_dimension_is_not_checked(
    place: Workplace, case_id: uuid.UUID, interview: Interview
) -> None:
    interview.answer("d01_customers", "5")

    interview.park("D01")

    assert check_case(place, case_id) == ()


def test_two_sides_that_agree_everywhere_are_named(
    place: Workplace, case_id: uuid.UUID, interview: Interview
) -> None:
    shared = [q for q in interview.questions() if not q.startswith("d12")]
    for side in (Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL):
        interview.switch(side)
        for question in shared:
            if question in interview.questions():
                interview.answer(question, "2")

    assert found_codes(place, case_id) == []
    release_view(place, case_id, "Sabine Krauß")
    assert found_codes(place, case_id) == ["same_in_all"]


@pytest.mark.parametrize("cost", ["d05_energy_cost", "energy_cost_year"])
def test_company_figures_are_checked(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID, interview: Interview, cost: str
) -> None:
    change_company(place, company_id, turnover_million="1,5", staff_units="118", wz_code="25.53")
    store(place, interview, {"apprentices": "6", cost: "2000000"})

    assert found_codes(place, case_id) == [
        "turnover_per_head",
        "energy_above_turnover",
        "apprentices_in_units",
        "wz_edition_differs",
    ]


def test_a_report_older_than_its_visit_is_named(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    with place.store.edit("x") as session:
        visit = session.get_one(Visit, visit_id)
        assert visit.starts_at is not None
        before = visit.starts_at - timedelta(days=3)
        report = Report(id=new_id(before), company_id=company_id, case_id=case_id)
        report.sealed_at = before
        session.add(report)

    assert found_codes(place, case_id) == ["report_before_visit"]


def test_states_are_no_figures(place: Workplace, case_id: uuid.UUID, interview: Interview) -> None:
    store(place, interview, {"products#a": "1", "products#a/product_share": "kv"})

    assert Response.of("kv").state is AnswerState.CONFIDENTIAL
    assert check_case(place, case_id) == ()


def test_a_table_put_aside_is_not_checked(place: Workplace, visit_id: uuid.UUID) -> None:
    talk = Interview(place, visit_id, "vollcheck")
    choose(place, talk.case_id, "vollcheck")
    talk.fill_rows("products", [{"product_share": "40"}, {"product_share": "20"}])
    section = talk.question("products").dimension
    assert "shares_sum" in found_codes(place, talk.case_id)
    talk.park(section)
    assert "shares_sum" not in found_codes(place, talk.case_id)
    talk.take_up(section)
    assert "shares_sum" in found_codes(place, talk.case_id)
