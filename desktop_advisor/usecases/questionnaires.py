"""Which questionnaire a case is asked with, in which version."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.storage.durable_files import write_durably
from desktop_advisor.storage.models import Assessment, Case
from desktop_advisor.usecases.workplace import (
    FORM_FILES,
    KURZCHECK,
    Form,
    Workplace,
    version_name,
)


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


def keep_version(place: Workplace, form: Form) -> bool:
    """Keep the form a draft is begun with beside the store, so that no update takes it away.

    False where that did not work; the draft then goes on with the form in force.
    """
    kept = version_name(form.sidecar.form_id, form.sidecar.form_hash)
    if (place.forms / f"{kept}{FORM_FILES[-1]}").is_file():
        return True
    source = place.resources.forms / form.sidecar.form_id
    try:
        xform, sidecar = (Path(f"{source}{ending}").read_bytes() for ending in FORM_FILES)
        if hashlib.sha256(xform).hexdigest() != form.sidecar.form_hash:
            return False
        for ending, content in zip(FORM_FILES, (xform, sidecar), strict=True):
            write_durably(place.forms / f"{kept}{ending}", content)
    except OSError:
        return False
    return True
