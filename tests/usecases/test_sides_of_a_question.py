"""Covered answers, dissent, what the table agrees on, parked dimensions, two windows."""

from __future__ import annotations

import uuid

import pytest

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.usecases.answer_sheet import AnsweredMeanwhile
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.question_views import Bookmark, Comparison
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace

QUESTION = "d07_matrix"


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    return Interview(place, visit_id)


def council_says(talk: Interview, value: str) -> None:
    talk.switch(Perspective.WORKS_COUNCIL)
    talk.answer(QUESTION, value)
    talk.switch(Perspective.MANAGEMENT)


def test_what_the_other_side_said_stays_covered_until_both_have_answered(
    place: Workplace, visit_id: uuid.UUID, talk: Interview
) -> None:
    council_says(talk, "1")
    assert talk.comparison(QUESTION) == Comparison(
        hidden=(Perspective.WORKS_COUNCIL,), can_reveal=True
    )
    talk.answer(QUESTION, "3")
    release_view(place, talk.case_id, "Sabine Krauß")
    seen = Interview(place, visit_id).comparison(QUESTION)
    assert [(s.perspective, s.response.value) for s in seen.sides] == [
        (Perspective.MANAGEMENT, "3"),
        (Perspective.WORKS_COUNCIL, "1"),
    ]
    assert all(side.text for side in seen.sides)
    assert seen.is_dissent
    assert seen.hidden == ()


@pytest.mark.parametrize("own", [Perspective.MANAGEMENT, Perspective.ADVISOR, Perspective.JOINT])
def test_an_unreleased_works_council_stays_covered_until_it_reveals_its_answer(
    talk: Interview, own: Perspective
) -> None:
    council_says(talk, "1")
    talk.answer(QUESTION, "3")
    talk.switch(own)
    talk.answer(QUESTION, "2")
    covered = talk.comparison(QUESTION)
    assert covered.sides == ()
    assert Perspective.WORKS_COUNCIL in covered.hidden
    assert covered.can_reveal
    talk.reveal(QUESTION)
    assert Perspective.WORKS_COUNCIL in {s.perspective for s in talk.comparison(QUESTION).sides}


def test_taking_the_own_answer_back_covers_the_other_again(talk: Interview) -> None:
    council_says(talk, "1")
    talk.answer(QUESTION, "3")
    talk.answer(QUESTION, "")
    assert talk.comparison(QUESTION).sides == ()


def test_one_level_apart_is_no_dissent(talk: Interview) -> None:
    council_says(talk, "2")
    talk.answer(QUESTION, "3")
    talk.reveal(QUESTION)
    assert not talk.comparison(QUESTION).is_dissent


def test_a_revealed_question_stays_revealed(
    place: Workplace, visit_id: uuid.UUID, talk: Interview
) -> None:
    council_says(talk, "1")
    talk.reveal(QUESTION)
    assert [s.perspective for s in talk.comparison(QUESTION).sides] == [Perspective.WORKS_COUNCIL]
    assert Interview(place, visit_id).comparison(QUESTION).sides != ()
    assert talk.comparison("d07_plan").sides == ()


def test_the_note_on_a_dissent_is_kept(
    place: Workplace, visit_id: uuid.UUID, talk: Interview
) -> None:
    talk.write_dissent(QUESTION, "GF zählt die Kernmacherei, BR den ganzen Betrieb.")
    kept = Interview(place, visit_id).comparison(QUESTION)
    assert kept.note == "GF zählt die Kernmacherei, BR den ganzen Betrieb."


def test_without_a_works_council_management_and_advisor_are_both(place: Workplace) -> None:
    company = create_company(place, CompanyDraft(name="Kleinteile KG", has_works_council="no"))
    talk = Interview(place, plan_visit(place, company, starts_at=place.clock()))
    talk.answer(QUESTION, "3")
    talk.switch(Perspective.ADVISOR)
    talk.answer(QUESTION, "2")
    assert len(talk.comparison(QUESTION).sides) == 2


def test_what_the_table_agrees_on_is_an_answer_of_its_own(talk: Interview) -> None:
    council_says(talk, "1")
    talk.answer(QUESTION, "5")
    talk.switch(Perspective.JOINT)
    assert talk.question(QUESTION).response.state is AnswerState.OPEN
    talk.answer(QUESTION, "2")
    talk.switch(Perspective.MANAGEMENT)
    assert talk.question(QUESTION).response.value == "5"


def test_a_parked_dimension_is_not_asked_and_comes_back_with_its_answers(
    place: Workplace, visit_id: uuid.UUID, talk: Interview
) -> None:
    talk.answer(QUESTION, "3")
    talk.park("D07")
    assert QUESTION not in talk.questions()
    assert talk.progress() == (0, 36)
    other = Interview(place, visit_id)
    (parked,) = (row for row in other.dimensions() if row.is_parked)
    assert (parked.code, parked.total, parked.first_question) == ("D07", 0, "")
    other.switch(Perspective.WORKS_COUNCIL)
    assert QUESTION not in other.questions()
    talk.take_up("D07")
    assert talk.question(QUESTION).response.value == "3"
    assert QUESTION in talk.questions()


def test_two_windows_cannot_overwrite_each_other(
    place: Workplace, visit_id: uuid.UUID, talk: Interview
) -> None:
    other = Interview(place, visit_id)
    other.answer(QUESTION, "4")
    with pytest.raises(AnsweredMeanwhile):
        talk.answer(QUESTION, "1")
    assert talk.question(QUESTION).response.value == "4"
    assert Interview(place, visit_id).question(QUESTION).response.value == "4"
    talk.answer(QUESTION, "1")
    assert Interview(place, visit_id).question(QUESTION).response.value == "1"


def test_two_windows_may_answer_different_questions_or_say_the_same(
    place: Workplace, visit_id: uuid.UUID, talk: Interview
) -> None:
    other = Interview(place, visit_id)
    other.answer(QUESTION, "4")
    talk.answer("d07_plan", "1")
    talk.answer(QUESTION, "4")
    other.write_note(QUESTION, "gesehen")
    with pytest.raises(AnsweredMeanwhile):
        talk.write_note(QUESTION, "nicht gesehen")
    assert talk.question(QUESTION).note == "gesehen"


def test_the_place_is_remembered_on_this_laptop(
    place: Workplace, visit_id: uuid.UUID, talk: Interview
) -> None:
    assert talk.bookmark() is None
    talk.switch(Perspective.WORKS_COUNCIL)
    talk.keep_bookmark(QUESTION, "hall")
    assert Interview(place, visit_id).bookmark() == Bookmark(
        Perspective.WORKS_COUNCIL, QUESTION, "hall"
    )


def test_the_advice_that_reads_an_answer_is_named(talk: Interview) -> None:
    sentences = [why.sentence for why in talk.why(QUESTION)]
    assert any(s.startswith("Die Empfehlung „") and "liest diese Antwort" in s for s in sentences)
