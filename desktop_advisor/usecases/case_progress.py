"""How far a case is through its questionnaire, without opening the interview."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import FilledForm, is_row
from desktop_advisor.usecases.form_outline import Item
from desktop_advisor.usecases.headway import headway
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.questionnaires import form_of_case, questionnaire_of
from desktop_advisor.usecases.scoring import (
    Answers,
    answers_of_case,
    leading,
    parked_dimensions,
)
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class CaseProgress:
    """Of one perspective; asked: questions it is asked as things stand.

    asked is 0 where this device cannot read the questionnaire.
    """

    perspective: Perspective
    answered: int
    asked: int


def progress_of(
    place: Workplace, session: Session, case: Case, side: Perspective | None = None
) -> CaseProgress:
    """Answered of asked; irrelevant questions and parked dimensions count in neither.

    side: whose; None for the perspective that has answered most.
    """
    name = questionnaire_of(session, case)
    said = answers_of_case(session, case.id, name)
    most = side or max(said, key=lambda p: _answered(said[p]), default=leading(said))
    answers: Answers = said.get(most, {})
    try:
        form = form_of_case(place, session, case)
    except KnownError:
        return CaseProgress(most, _answered(answers), 0)
    facts = company_facts(session.get_one(Company, case.company_id)).as_texts()
    filled = FilledForm(place, form, facts, answers, "de")
    parked = parked_dimensions(session, case.id, name)
    asked = [
        item.label
        for item in filled.outline.items
        if most in item.perspectives and item.section not in parked and _is_asked(filled, item)
    ]
    done, total = headway(filled, asked, answers)
    return CaseProgress(most, done, total)


def _answered(answers: Answers) -> int:
    return sum(
        a.response.state is not AnswerState.OPEN for key, a in answers.items() if not is_row(key)
    )


def _is_asked(filled: FilledForm, item: Item) -> bool:
    if item.kind in (Kind.NOTE, Kind.OTHER):
        return False
    ref = filled.ref_of(item.label)
    return filled.session.is_relevant(f"{ref}#range" if item.kind is Kind.TABLE else ref)
