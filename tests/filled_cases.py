"""Rows of a case as an interview leaves them, for tests of what is made of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from desktop_advisor.domain.answers import Perspective, Response
from desktop_advisor.storage.models import Answer, Assessment, Case, Dissent, Parking
from desktop_advisor.usecases.workplace import Workplace


def say(
    place: Workplace,
    case_id: uuid.UUID,
    perspective: Perspective,
    answers: Mapping[str, str],
    form_name: str = "kurzcheck",
) -> uuid.UUID:
    """One perspective's answers by question, as form values; the assessment's id."""
    sidecar = place.form(form_name).sidecar
    assessment_id = uuid.uuid5(case_id, f"{sidecar.form_id}:{perspective}")
    with place.store.edit(place.author) as session:
        company_id = session.get_one(Case, case_id).company_id
        if session.get(Assessment, assessment_id) is None:
            session.add(
                Assessment(
                    id=assessment_id,
                    company_id=company_id,
                    case_id=case_id,
                    form_id=sidecar.form_id,
                    form_version=sidecar.version,
                    form_hash=sidecar.form_hash,
                    perspective=perspective,
                    started_at=place.clock(),
                )
            )
        for question, value in answers.items():
            response = Response.of(value, "probe")
            row = session.get(Answer, (assessment_id, question))
            if row is None:
                row = Answer(company_id=company_id, assessment_id=assessment_id, question=question)
                session.add(row)
            row.state, row.value, row.reason = response.state, response.value, response.reason
            row.answered_at = place.clock()
    return assessment_id


def park(place: Workplace, case_id: uuid.UUID, *codes: str, form_id: str = "kurzcheck") -> None:
    """Dimensions put aside."""
    with place.store.edit(place.author) as session:
        company_id = session.get_one(Case, case_id).company_id
        for code in codes:
            session.add(
                Parking(
                    id=uuid.uuid5(case_id, f"parking:{form_id}:{code}"),
                    company_id=company_id,
                    case_id=case_id,
                    form_id=form_id,
                    dimension=code,
                    parked=True,
                )
            )


def note_dissent(place: Workplace, case_id: uuid.UUID, question: str, note: str) -> None:
    """What the table says about a question its sides see differently."""
    with place.store.edit(place.author) as session:
        company_id = session.get_one(Case, case_id).company_id
        session.add(
            Dissent(
                id=uuid.uuid5(case_id, f"dissent:kurzcheck:{question}"),
                company_id=company_id,
                case_id=case_id,
                form_id="kurzcheck",
                question=question,
                note=note,
            )
        )
