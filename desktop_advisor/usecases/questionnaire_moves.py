"""Go on with another questionnaire, or a newer version: what is carried over, and what is not."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.storage.models import Answer, Assessment, Case, Dissent, Parking
from desktop_advisor.usecases.answer_fit import AnswerFit
from desktop_advisor.usecases.questionnaires import (
    assessments_of,
    form_of_case,
    keep_version,
    questionnaire_of,
    title_of,
)
from desktop_advisor.usecases.workplace import Form, Workplace


@dataclass(frozen=True)
class LeftBehind:
    """An answer that is not carried over. label: its question. reason: why, in German."""

    label: str
    reason: str


@dataclass(frozen=True)
class PerspectiveMove:
    """What becomes of one perspective's answers.

    answered: how many there are; carried: those that stand in the new questionnaire;
    present: those already answered there, which stay as they are there.
    """

    perspective: Perspective
    answered: int
    carried: int
    present: int
    left: tuple[LeftBehind, ...]


@dataclass(frozen=True)
class MovePreview:
    """What a change of the questionnaire would do; nothing has happened yet.

    old, new: title and version. is_update: the same questionnaire in its version in force.
    added: questions that are new there.
    """

    name: str
    old: tuple[str, str]
    new: tuple[str, str]
    is_update: bool
    perspectives: tuple[PerspectiveMove, ...]
    added: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Move:
    """One answer row and where it goes. problem: why it does not, "" when it does."""

    row: Answer
    key: str
    problem: str


def preview_move(place: Workplace, case_id: uuid.UUID, name: str) -> MovePreview:
    """What moving a case to a questionnaire, or to its version in force, would carry over.

    Raises a KnownError where this device lacks one of the two.
    """
    with place.store.read() as session:
        old, new, fit = _forms(place, session, case_id, name)
        is_update = old.sidecar.form_id == new.sidecar.form_id
        begun = assessments_of(session, case_id, old.sidecar.form_id)
        perspectives = tuple(
            _previewed(session, fit, a, new, is_update=is_update) for a in _ordered(begun)
        )
    return MovePreview(
        name=name,
        old=(title_of(old.sidecar), old.sidecar.version),
        new=(title_of(new.sidecar), new.sidecar.version),
        is_update=is_update,
        perspectives=tuple(p for p in perspectives if p.answered),
        added=fit.added(),
    )


def move(place: Workplace, case_id: uuid.UUID, name: str) -> None:
    """Carry the answers over and go on with that questionnaire; one edit.

    Another questionnaire gets assessments of its own, the old ones stay as they are. For a newer
    version of the same one, answers that no longer fit are opened and their words kept as a note.
    """
    with place.store.read() as session:
        _, new, _ = _forms(place, session, case_id, name)
    keep_version(place, new)
    now = place.clock()
    with place.store.edit(place.author) as session:
        old, new, fit = _forms(place, session, case_id, name)
        begun = assessments_of(session, case_id, old.sidecar.form_id)
        if old.sidecar.form_id == new.sidecar.form_id:
            for assessment in begun:
                _update(session, fit, assessment, new, now)
            return
        for assessment in begun:
            _carry(session, fit, assessment, new, now)
        _carry_remarks(session, fit, case_id, old, new)
        session.get_one(Case, case_id).questionnaire = name


def _forms(
    place: Workplace, session: Session, case_id: uuid.UUID, name: str
) -> tuple[Form, Form, AnswerFit]:
    if name == questionnaire_of(session, case_id):
        old, new = form_of_case(place, session, case_id), place.form(name)
    else:
        old = form_of_case(place, session, case_id)
        begun = assessments_of(session, case_id, name)
        new = place.form(name, begun[-1].form_hash if begun else "")
    return old, new, AnswerFit(old, new)


def _ordered(assessments: list[Assessment]) -> list[Assessment]:
    order = [str(p) for p in Perspective]
    return sorted(assessments, key=lambda a: order.index(a.perspective))


def _moves(session: Session, fit: AnswerFit, assessment: Assessment) -> Iterator[_Move]:
    rows = session.scalars(select(Answer).where(Answer.assessment_id == assessment.id))
    for row in sorted(rows, key=lambda row: row.question):
        if row.state != AnswerState.OPEN or row.note or row.evidence != Evidence.CLAIMED:
            problem = fit.problem(row.question, assessment.perspective, row.response)
            yield _Move(row, fit.key(row.question), problem)


def _previewed(
    session: Session, fit: AnswerFit, assessment: Assessment, new: Form, *, is_update: bool
) -> PerspectiveMove:
    there = assessment.id if is_update else _assessment_id(assessment, new)
    answered = carried = present = 0
    left = []
    for one in _moves(session, fit, assessment):
        if one.row.state == AnswerState.OPEN or not fit.counts(one.row.question):
            continue
        answered += 1
        target = session.get(Answer, (there, one.key)) if one.key else None
        is_same = target is not None and target is one.row
        if target is not None and not is_same and target.state != AnswerState.OPEN:
            present += 1
        elif one.problem:
            left.append(LeftBehind(fit.label(one.row.question), one.problem))
        else:
            carried += 1
    perspective = Perspective(assessment.perspective)
    return PerspectiveMove(perspective, answered, carried, present, tuple(left))


# -- another questionnaire -----------------------------------------------------------------------


def _assessment_id(old: Assessment, new: Form) -> uuid.UUID:
    if old.case_id is None:
        raise ValueError(old.id)
    return uuid.uuid5(old.case_id, f"{new.sidecar.form_id}:{old.perspective}")


def _carry(session: Session, fit: AnswerFit, old: Assessment, new: Form, now: datetime) -> None:
    moves = [one for one in _moves(session, fit, old) if one.key and not one.problem]
    assessment_id = _assessment_id(old, new)
    if not moves:
        return
    if session.get(Assessment, assessment_id) is None:
        session.add(
            Assessment(
                id=assessment_id,
                company_id=old.company_id,
                case_id=old.case_id,
                visit_id=old.visit_id,
                form_id=new.sidecar.form_id,
                form_version=new.sidecar.version,
                form_hash=new.sidecar.form_hash,
                perspective=old.perspective,
                respondents=old.respondents,
                started_at=old.started_at,
            )
        )
    for one in moves:
        _copy(session, one.row, assessment_id, one.key, now)


def _copy(session: Session, row: Answer, assessment_id: uuid.UUID, key: str, now: datetime) -> None:
    """State, value, reason, evidence and note; what is said there already stays."""
    there = session.get(Answer, (assessment_id, key))
    if there is None:
        there = Answer(company_id=row.company_id, assessment_id=assessment_id, question=key)
        there.state, there.evidence, there.note = AnswerState.OPEN, Evidence.CLAIMED, ""
        session.add(there)
    there.deleted = False
    if there.state == AnswerState.OPEN and row.state != AnswerState.OPEN:
        there.state, there.value, there.reason = row.state, row.value, row.reason
        there.answered_at = now
        there.evidence = row.evidence
    if not there.note and row.note:
        there.note = row.note


def _carry_remarks(
    session: Session, fit: AnswerFit, case_id: uuid.UUID, old: Form, new: Form
) -> None:
    """What the table said about differences, and what was put aside, as far as it is there."""
    company_id = session.get_one(Case, case_id).company_id
    form_id, codes = new.sidecar.form_id, {d.code for d in new.sidecar.dimensions}
    dissents = select(Dissent).where(
        Dissent.case_id == case_id, Dissent.form_id == old.sidecar.form_id
    )
    for said in session.scalars(dissents).all():
        key = "" if said.deleted else fit.key(said.question)
        row_id = uuid.uuid5(case_id, f"dissent:{form_id}:{key}")
        if key and session.get(Dissent, row_id) is None:
            dissent = Dissent(id=row_id, company_id=company_id, case_id=case_id, form_id=form_id)
            dissent.question, dissent.revealed, dissent.note = key, said.revealed, said.note
            session.add(dissent)
    parked = select(Parking).where(
        Parking.case_id == case_id, Parking.form_id == old.sidecar.form_id, Parking.parked.is_(True)
    )
    for row in session.scalars(parked).all():
        row_id = uuid.uuid5(case_id, f"parking:{form_id}:{row.dimension}")
        is_there = session.get(Parking, row_id) is not None
        if row.dimension in codes and not row.deleted and not is_there:
            parking = Parking(id=row_id, company_id=company_id, case_id=case_id, form_id=form_id)
            parking.dimension, parking.parked = row.dimension, True
            session.add(parking)


# -- a newer version -----------------------------------------------------------------------------


def _update(
    session: Session, fit: AnswerFit, assessment: Assessment, new: Form, now: datetime
) -> None:
    for one in list(_moves(session, fit, assessment)):
        is_renamed = one.key != one.row.question
        if one.problem and not is_renamed:
            _reopen(one.row, assessment.form_version, now)
        elif one.key and not one.problem and is_renamed:
            _copy(session, one.row, assessment.id, one.key, now)
    assessment.form_version = new.sidecar.version
    assessment.form_hash = new.sidecar.form_hash


def _reopen(row: Answer, version: str, now: datetime) -> None:
    said = row.response.form_value
    if row.state == AnswerState.OPEN:
        return
    former = f"Antwort in Fassung {version}: {said}" + (f" ({row.reason})" if row.reason else "")
    row.note = "\n".join(part for part in (row.note, former) if part)
    row.state, row.value, row.reason = AnswerState.OPEN, "", ""
    row.answered_at = now
