"""Stored answers as the scores see them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.facts import LEADING_ORDER
from desktop_advisor.assessment.location import SiteFactor
from desktop_advisor.assessment.scores import Score, ScoredAnswer, score
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response
from desktop_advisor.questionnaire.sidecar import Indicator, Sidecar
from desktop_advisor.storage.models import Answer, Assessment, Dissent, Parking


@dataclass(frozen=True)
class AnswerRecord:
    """A stored answer, free of its database session."""

    response: Response
    evidence: Evidence = Evidence.CLAIMED
    note: str = ""
    answered_at: datetime | None = None


Answers = Mapping[str, AnswerRecord]
"""Question name → answer; what was never touched is absent and counts as open."""


def records(rows: Iterable[Answer]) -> dict[str, AnswerRecord]:
    """Answer rows by question.

    A row that was taken away and is empty stays out; what a colleague says in it meanwhile counts.
    """
    return {
        row.question: AnswerRecord(row.response, Evidence(row.evidence), row.note, row.answered_at)
        for row in rows
        if not row.deleted or row.state != AnswerState.OPEN or row.note
    }


def answers_of_case(
    session: Session, case_id: uuid.UUID, form_id: str
) -> dict[Perspective, dict[str, AnswerRecord]]:
    """Answers of one questionnaire by perspective; a perspective never started is absent."""
    assessments = select(Assessment).where(
        Assessment.case_id == case_id, Assessment.form_id == form_id, Assessment.deleted.is_(False)
    )
    found: dict[Perspective, dict[str, AnswerRecord]] = {}
    for assessment in session.scalars(assessments.order_by(Assessment.id)).all():
        rows = session.scalars(select(Answer).where(Answer.assessment_id == assessment.id)).all()
        found[Perspective(assessment.perspective)] = records(rows)
    return found


def dissent_notes(session: Session, case_id: uuid.UUID, form_id: str) -> dict[str, str]:
    """Question → what the table says where its sides differ; questions without a word absent."""
    query = select(Dissent).where(
        Dissent.case_id == case_id, Dissent.form_id == form_id, Dissent.deleted.is_(False)
    )
    return {row.question: row.note for row in session.scalars(query) if row.note.strip()}


def leading(answers: Mapping[Perspective, Answers]) -> Perspective:
    """Whose answers lead the advice: management, else advisor, else works council, else the table.

    Whoever has answered nothing, or taken everything back, does not lead.
    """
    return next((p for p in LEADING_ORDER if has_said(answers.get(p, {}))), LEADING_ORDER[0])


def leading_answers(answers: Mapping[Perspective, Answers]) -> dict[str, AnswerRecord]:
    """What scores, strengths and advice rest on: the leading perspective's answers.

    Where the table agreed on an answer together, that stands in place of it; nothing is averaged.
    """
    joint = answers.get(Perspective.JOINT, {})
    agreed = {q: a for q, a in joint.items() if a.response.state is not AnswerState.OPEN}
    return {**answers.get(leading(answers), {}), **agreed}


def parked_dimensions(session: Session, case_id: uuid.UUID, form_id: str) -> frozenset[str]:
    """Codes of the dimensions put aside in a case, for every perspective."""
    query = select(Parking.dimension).where(
        Parking.case_id == case_id,
        Parking.form_id == form_id,
        Parking.parked.is_(True),
        Parking.deleted.is_(False),
    )
    return frozenset(session.scalars(query))


def has_said(answers: Answers) -> bool:
    """Whether any question has a state other than open."""
    return any(a.response.state is not AnswerState.OPEN for a in answers.values())


def dimension_score(indicators: Iterable[Indicator], answers: Answers) -> Score:
    """The score over the given level indicators; those never asked count as open."""
    return score(_scored(indicator, answers.get(indicator.question)) for indicator in indicators)


def site_factors(sidecar: Sidecar, answers: Answers) -> list[SiteFactor]:
    """Importance and satisfaction of each site condition, in the order of the form."""
    ratings: dict[str, dict[str, int | None]] = {}
    for indicator in sidecar.indicators:
        if indicator.role != "level":
            level = level_of(answers.get(indicator.question))
            rating = None if level is None else int(level)
            ratings.setdefault(indicator.factor, {})[indicator.role] = rating
    return [
        SiteFactor(factor, pair.get("importance"), pair.get("satisfaction"))
        for factor, pair in ratings.items()
    ]


def _scored(indicator: Indicator, answer: AnswerRecord | None) -> ScoredAnswer:
    return ScoredAnswer(
        indicator=indicator.question,
        state=answer.response.state if answer else AnswerState.OPEN,
        level=level_of(answer),
        weight=indicator.weight,
        is_critical=indicator.is_critical,
        evidence=answer.evidence if answer else Evidence.CLAIMED,
    )


def level_of(answer: AnswerRecord | None) -> Decimal | None:
    """The level that was given; None unless answered."""
    if answer is None or answer.response.state is not AnswerState.ANSWERED:
        return None
    return Decimal(answer.response.value)
