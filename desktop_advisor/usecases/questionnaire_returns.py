"""Back to the version of a questionnaire that a draft was moved from, while nothing is newer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import AnswerState, Evidence
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.change_log import names_from_json, portions
from desktop_advisor.storage.fields import from_json
from desktop_advisor.storage.history import undo_edit
from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.models import Answer
from desktop_advisor.usecases.questionnaires import assessments_of, questionnaire_of
from desktop_advisor.usecases.workplace import Workplace

_VERSION = "form_hash"


@dataclass(frozen=True)
class LastMove:
    """A move to a newer version, made on this laptop. old, new: the versions' names."""

    old: str
    new: str


@dataclass(frozen=True)
class _Found:
    """The change that set the version, and the rows that its edit may have touched."""

    change: LoggedChange
    before: LoggedChange
    assessments: list[uuid.UUID]
    answers: list[Answer]

    @property
    def ids(self) -> list[uuid.UUID]:
        """All of these rows."""
        return [*self.assessments, *(answer.id for answer in self.answers)]


def last_move(place: Workplace, case_id: uuid.UUID) -> LastMove | None:
    """The move that `return_to_former` takes back.

    None where there is none, where something was answered since, and where this device does not
    hold the former version any more.
    """
    with place.store.read() as session:
        found = _found(session, case_id)
        if found is None:
            return None
        name = questionnaire_of(session, case_id)
        hashes = [str(from_json(row.value)) for row in (found.before, found.change)]
    try:
        old, new = (place.form(name, wanted).sidecar for wanted in hashes)
    except KnownError:
        return None
    is_here = [old.form_hash, new.form_hash] == hashes
    return LastMove(old.version, new.version) if is_here else None


def return_to_former(place: Workplace, case_id: uuid.UUID) -> bool:
    """Answers and version as they were before the move, in one edit; False where it is too late."""
    if last_move(place, case_id) is None:
        return False
    with place.store.edit(place.author) as session:
        found = _found(session, case_id)
        if found is None:
            return False
        born = _born(session, found)
        kept = [key for key in found.ids if key not in born]
        undo_edit(session, kept, (found.change.entity_id, _VERSION))
        for row in found.answers:
            if row.id in born:
                row.state, row.value, row.reason, row.note = AnswerState.OPEN, "", "", ""
                row.evidence, row.deleted = Evidence.CLAIMED, True
    return True


def _found(session: Session, case_id: uuid.UUID) -> _Found | None:
    begun = [row.id for row in assessments_of(session, case_id, questionnaire_of(session, case_id))]
    heads = select(LoggedChange).where(
        LoggedChange.entity_id.in_(begun),
        LoggedChange.field == _VERSION,
        LoggedChange.is_head,
    )
    change = max(session.scalars(heads), key=lambda row: row.hlc, default=None)
    if change is None or not change.is_own or change.undoes is not None:
        return None
    before = _before(session, change)
    if before is None or before.value == change.value:
        return None
    found = _Found(change, before, begun, _answers(session, begun))
    return None if _is_newer(session, found.ids, change.hlc) else found


def _answers(session: Session, assessments: list[uuid.UUID]) -> list[Answer]:
    return [
        row
        for some in portions(assessments)
        for row in session.scalars(select(Answer).where(Answer.assessment_id.in_(some)))
    ]


def _before(session: Session, change: LoggedChange) -> LoggedChange | None:
    """What the version was; None where this edit began the draft."""
    for writer, n in names_from_json(change.bases):
        named = (LoggedChange.writer == bytes.fromhex(writer), LoggedChange.n == n)
        return session.scalar(select(LoggedChange).where(*named))
    return None


def _is_newer(session: Session, ids: list[uuid.UUID], hlc: int) -> bool:
    query = select(LoggedChange.seq).where(LoggedChange.hlc > hlc).limit(1)
    return any(
        session.scalar(query.where(LoggedChange.entity_id.in_(some))) is not None
        for some in portions(ids)
    )


def _born(session: Session, found: _Found) -> set[uuid.UUID]:
    """Answers under the new names of questions: made by the move, to be taken away again."""
    of_edit = select(LoggedChange.entity_id).where(
        LoggedChange.field == "key",
        LoggedChange.writer == found.change.writer,
        LoggedChange.hlc == found.change.hlc,
    )
    return {
        key
        for some in portions(found.ids)
        for key in session.scalars(of_edit.where(LoggedChange.entity_id.in_(some)))
    }
