"""The interview: answers are saved at once, per perspective, and can be undone."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.interview import Interview, ReasonMissing
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    return Interview(place, visit_id)


def test_the_kurzcheck_asks_three_indicators_in_each_of_twelve_dimensions(talk: Interview) -> None:
    rows = talk.dimensions()
    assert len(rows) == 12
    assert [row.total for row in rows] == [3] * 11 + [6]  # site: importance and satisfaction


def test_an_answer_is_there_when_the_interview_is_opened_again(
    place: Workplace, visit_id: uuid.UUID, talk: Interview
) -> None:
    talk.answer("d07_matrix", "3")
    talk.set_evidence("d07_matrix", Evidence.DOCUMENT)
    talk.write_note("d07_matrix", "Matrix nur in der Kernmacherei.")
    again = Interview(place, visit_id).question("d07_matrix")
    assert again.response.value == "3"
    assert again.evidence is Evidence.DOCUMENT
    assert again.note == "Matrix nur in der Kernmacherei."


def test_the_five_states_stay_distinct(talk: Interview) -> None:
    for value in ("2", "dk", "kv"):
        talk.answer("d01_strategy", value)
        assert talk.question("d01_strategy").response.form_value == value
    talk.answer("d01_strategy", "na", "Der Konzern entscheidet.")
    assert talk.question("d01_strategy").response.state is AnswerState.NOT_APPLICABLE
    talk.answer("d01_strategy", "")
    assert talk.question("d01_strategy").response.state is AnswerState.OPEN


def test_not_applicable_needs_a_reason(talk: Interview) -> None:
    talk.answer("d01_strategy", "2")
    with pytest.raises(ReasonMissing):
        talk.answer("d01_strategy", "na", "  ")
    assert talk.question("d01_strategy").response.value == "2"


def test_undo_goes_back_step_by_step(talk: Interview) -> None:
    talk.answer("d01_strategy", "2")
    talk.answer("d01_customers", "4")
    talk.answer("d01_customers", "1")
    assert talk.undo() == "d01_customers"
    assert talk.question("d01_customers").response.value == "4"
    assert talk.undo() == "d01_customers"
    assert talk.question("d01_customers").response.state is AnswerState.OPEN
    assert talk.undo() == "d01_strategy"
    assert talk.undo() is None


def test_perspectives_do_not_see_each_others_values(talk: Interview) -> None:
    talk.answer("d07_matrix", "4")
    talk.switch(Perspective.WORKS_COUNCIL)
    view = talk.question("d07_matrix")
    assert view.response.state is AnswerState.OPEN
    assert view.answered_elsewhere == (Perspective.MANAGEMENT,)


def test_questions_for_management_are_not_put_to_the_works_council(talk: Interview) -> None:
    assert "d01_liquidity" in talk.questions()
    talk.switch(Perspective.WORKS_COUNCIL)
    assert "d01_liquidity" not in talk.questions()


def test_a_micro_firm_is_not_asked_about_its_works_council(place: Workplace) -> None:
    company = create_company(
        place, CompanyDraft(name="Kleinbetrieb", heads="4", has_works_council="no")
    )
    talk = Interview(place, plan_visit(place, company, starts_at=place.clock()))
    assert "d11_council" not in talk.questions()


def test_the_effect_tells_score_and_new_advice(talk: Interview) -> None:
    talk.answer("d07_plan", "2")
    talk.answer("d07_inclusion", "2")
    effect = talk.answer("d07_matrix", "0")
    assert effect.before.value == Decimal(2)
    assert effect.after.value is not None
    assert effect.after.value < 2
    assert effect.after.bottleneck == "d07_matrix"
    assert effect.new_advice


def test_the_interview_resumes_at_the_first_open_question(
    place: Workplace, visit_id: uuid.UUID, talk: Interview
) -> None:
    first, second, third = talk.questions()[:3]
    talk.answer(first, "1")
    talk.answer(second, "dk")
    assert Interview(place, visit_id).first_open() == third


def test_questions_are_found_by_words(talk: Interview) -> None:
    assert "d03_security" in [v.name for v in talk.find("Rechner verschlüsselt")]
    assert talk.find("Quantencomputer") == []


def test_the_remaining_time_falls_as_questions_are_answered(talk: Interview) -> None:
    before = talk.remaining_minutes()
    for name in talk.questions()[:12]:
        talk.answer(name, "2" if talk.question(name).role == "level" else "3")
    assert talk.remaining_minutes() < before
