"""Which questionnaires there are, and which one a case is asked with, in which version."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.questionnaire.sidecar import Sidecar
from desktop_advisor.storage.durable_files import write_durably
from desktop_advisor.storage.models import Answer, Assessment, Case
from desktop_advisor.usecases.form_outline import outline_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.workplace import (
    FORM_FILES,
    KURZCHECK,
    Form,
    Workplace,
    version_name,
)

SECONDS_PER_QUESTION = 80
"""36 core items in 45–60 minutes (domain §3)."""
ONE_SITTING_MINUTES = 90
"""Beyond it a questionnaire takes two visits, as the Vollcheck does (domain §3)."""


@dataclass(frozen=True)
class QuestionnaireView:
    """One questionnaire to choose from.

    questions: its Kennpunkte, the two questions of a site factor as one; of a form without any,
    its questions. minutes: about how long it takes, in fives. is_own: added here, so removable.
    problem: why it cannot be asked on this device, in German; "" when it can.
    """

    name: str
    title: str
    version: str
    questions: int
    minutes: int
    is_own: bool
    problem: str = ""

    @property
    def takes_two_visits(self) -> bool:
        """Whether nobody would want to answer it in one sitting."""
        return self.minutes > ONE_SITTING_MINUTES


class HasAnswers(KnownError):
    """Another questionnaire is chosen although the present one has answers."""

    def __init__(self) -> None:
        super().__init__(
            "Zu diesem Fragebogen gibt es schon Antworten.",
            safe="Es wurde nichts geändert.",
            todo="Sehen Sie sich zuerst an, welche Antworten übernommen werden.",
        )


def available(place: Workplace) -> list[QuestionnaireView]:
    """The program's questionnaires, the Kurzcheck first, then the advisor's own."""
    bundled = place.resources.form_names()
    bundled.sort(key=lambda name: (name != KURZCHECK, name))
    own = [name for name in place.own_forms() if name not in bundled]
    return [view_of(place, name) for name in (*bundled, *own)]


def view_of(place: Workplace, name: str) -> QuestionnaireView:
    """One questionnaire, with its problem where this device cannot read it."""
    is_own = name in place.own_forms() and name not in place.resources.form_names()
    try:
        sidecar = place.sidecar(name)
        questions = _questions(place, sidecar)
    except KnownError as error:
        return QuestionnaireView(name, name, "", 0, 0, is_own, error.what)
    return QuestionnaireView(
        name=name,
        title=title_of(sidecar),
        version=sidecar.version,
        questions=questions,
        minutes=5 * round(questions * SECONDS_PER_QUESTION / 300),
        is_own=is_own,
    )


def title_of(sidecar: Sidecar) -> str:
    """The questionnaire's title in German, else in whatever language it has."""
    return sidecar.title.get("de") or next(iter(sidecar.title.values()), sidecar.form_id)


def _questions(place: Workplace, sidecar: Sidecar) -> int:
    levels = sum(i.role == "level" for i in sidecar.indicators)
    factors = {i.factor for i in sidecar.indicators if i.factor}
    if levels or factors:
        return levels + len(factors)
    items = outline_of(place.form(sidecar.form_id)).items
    return sum(item.kind not in (Kind.NOTE, Kind.OTHER) for item in items)


# -- of a case -----------------------------------------------------------------------------------


def questionnaire_of(session: Session, case: Case | uuid.UUID) -> str:
    """Name of the questionnaire a case is asked with."""
    row = case if isinstance(case, Case) else session.get_one(Case, case)
    return row.questionnaire or KURZCHECK


def form_of_case(place: Workplace, session: Session, case: Case | uuid.UUID) -> Form:
    """The case's questionnaire, in the version that was last begun with; else the one in force.

    Its `notice` says where this device lacks that version. Raises a KnownError where it lacks the
    questionnaire.
    """
    row = case if isinstance(case, Case) else session.get_one(Case, case)
    name = questionnaire_of(session, row)
    begun = assessments_of(session, row.id, name)
    return place.form(name, begun[-1].form_hash if begun else "")


def assessments_of(session: Session, case_id: uuid.UUID, form_id: str) -> list[Assessment]:
    """What was filled of one questionnaire in one case, in the order it was begun."""
    query = select(Assessment).where(
        Assessment.case_id == case_id, Assessment.form_id == form_id, Assessment.deleted.is_(False)
    )
    rows = list(session.scalars(query.order_by(Assessment.id)))
    rows.sort(key=lambda row: (row.started_at is not None, row.started_at or 0))
    return rows


def has_answers(session: Session, case_id: uuid.UUID, form_id: str) -> bool:
    """Whether anybody has answered or noted anything in that questionnaire."""
    begun = [row.id for row in assessments_of(session, case_id, form_id)]
    query = select(Answer.question).where(
        Answer.assessment_id.in_(begun),
        (Answer.state != str(AnswerState.OPEN)) | (Answer.note != ""),
    )
    return session.scalars(query.limit(1)).first() is not None


def dimensions_of(place: Workplace, case_id: uuid.UUID) -> list[tuple[str, str]]:
    """Code and short name of the dimensions of a case; none where its form cannot be read."""
    try:
        with place.store.read() as session:
            dimensions = form_of_case(place, session, case_id).sidecar.dimensions
    except KnownError:
        return []
    return [(made.code, made.short.get("de", made.code)) for made in dimensions]


def choose(place: Workplace, case_id: uuid.UUID, name: str) -> None:
    """Ask a case with another questionnaire from now on.

    Raises:
        HasAnswers: the present one has answers, which would have to be moved.
        BrokenQuestionnaire: this device does not have it.
    """
    place.sidecar(name)
    with place.store.edit(place.author) as session:
        case = session.get_one(Case, case_id)
        present = questionnaire_of(session, case)
        if name == present:
            return
        if has_answers(session, case_id, present):
            raise HasAnswers
        case.questionnaire = name


def newer_version(place: Workplace, case_id: uuid.UUID) -> QuestionnaireView | None:
    """The version in force where the case was begun with another one, else None."""
    with place.store.read() as session:
        name = questionnaire_of(session, case_id)
        begun = assessments_of(session, case_id, name)
    try:
        current = place.sidecar(name)
    except KnownError:
        return None
    if not begun or begun[-1].form_hash in ("", current.form_hash):
        return None
    return view_of(place, name)


def keep_version(place: Workplace, form: Form) -> bool:
    """Keep the form a draft is begun with beside the store, so that no update takes it away.

    False where that did not work; the draft then goes on with the form in force.
    """
    kept = version_name(form.sidecar.form_id, form.sidecar.form_hash)
    if (place.forms / f"{kept}{FORM_FILES[-1]}").is_file():
        return True
    name = form.sidecar.form_id
    source = place.resources.form_home(name) / name
    try:
        xform, sidecar = (Path(f"{source}{ending}").read_bytes() for ending in FORM_FILES)
        if hashlib.sha256(xform).hexdigest() != form.sidecar.form_hash:
            return False
        write_version(place, kept, xform, sidecar)
    except OSError:
        return False
    return True


def write_version(place: Workplace, kept: str, xform: bytes, sidecar: bytes) -> None:
    """Both halves of a version on the disk; it is there once the second one is."""
    for ending, content in zip(FORM_FILES, (xform, sidecar), strict=True):
        write_durably(place.forms / f"{kept}{ending}", content)
