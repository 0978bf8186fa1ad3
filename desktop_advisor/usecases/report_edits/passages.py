"""Change a generated passage of a case's report, and take that back."""

from __future__ import annotations

import uuid

from desktop_advisor.domain.language import GERMAN
from desktop_advisor.storage.models import Case
from desktop_advisor.storage.report_models import Passage
from desktop_advisor.usecases.report_edits.rows import kept_key, writing_side
from desktop_advisor.usecases.workplace import Workplace


def change_passage(
    place: Workplace,
    case_id: uuid.UUID,
    key: str,
    *,
    generated: str,
    text: str,
    language: str = GERMAN,
) -> None:
    """Keep other words for a passage; text: "" leaves it out.

    generated: what the program says there now. language: of the report it stands in. The same
    words again are no edit, and take an earlier one back.
    """
    words = text.strip()
    if words == generated.strip():
        revert_passage(place, case_id, key, language)
        return
    key = kept_key(key, language)
    with place.store.edit(place.author) as session:
        row = session.get(Passage, _id_of(case_id, key))
        if row is None:
            company_id = session.get_one(Case, case_id).company_id
            row = Passage(id=_id_of(case_id, key), company_id=company_id, case_id=case_id, key=key)
            session.add(row)
        row.deleted = False
        side = writing_side(session, case_id)
        if (row.original, row.text, row.perspective) != (generated, words, side):
            row.original, row.text, row.perspective = generated, words, side


def revert_passage(place: Workplace, case_id: uuid.UUID, key: str, language: str = GERMAN) -> None:
    """Print again what the program says; nothing where the passage was never changed."""
    with place.store.edit(place.author) as session:
        row = session.get(Passage, _id_of(case_id, kept_key(key, language)))
        if row is not None and not row.deleted:
            row.deleted = True


def keep_passage(
    place: Workplace, case_id: uuid.UUID, key: str, generated: str, language: str = GERMAN
) -> None:
    """The advisor has read the new generated text, and the edit stands as it is."""
    with place.store.edit(place.author) as session:
        row = session.get_one(Passage, _id_of(case_id, kept_key(key, language)))
        if row.original != generated:
            row.original, row.perspective = generated, writing_side(session, case_id)


def _id_of(case_id: uuid.UUID, key: str) -> uuid.UUID:
    """The same on every laptop, so that two edits of a passage meet in one row."""
    return uuid.uuid5(case_id, f"passage:{key}")
